"""`python -m bot`: the same as the command `buddy`."""

from bot.cli import main

main()
