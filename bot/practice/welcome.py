"""`buddy begin`, which `make run` calls: a newcomer practises, or links a Signal account and starts the bot."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files

from rich.console import Console

from bot.practice.linking import LinkingFailed, check_signal_cli, link, linked_accounts
from bot.practice.playing import play
from bot.qr_codes import in_blocks

TOUR = "03-overdue.txt"
FAILED = 3

_GREETING = """
[bold]Buddy[/bold] keeps the clock for people who work alone, and tells their buddy when they are overdue.

  [bold]1[/bold]  Practise with pretend phones in this terminal. Nothing leaves this machine.
  [bold]2[/bold]  Link a real Signal account, and start the bot.
  [bold]3[/bold]  End.
"""
_BEFORE_LINKING = """
Use an account that is the bot's alone: the bot reads what is sent to it, answers everybody who writes to it, and
changes the name under which others see it.
"""
_AT_HAND = "Have the phone with that account at hand."
_SCAN = "On that phone: Signal > Settings > Linked devices > Link a new device. Scan this:"
_WAITING = "Waiting until it is scanned (Ctrl+C breaks off) ..."
_AFTER_TOUR = """
That was the real bot with pretend phones and pretend time. In a terminal this command lets you try it yourself, or
link a Signal account. More evenings: buddy practice --script docs/tours/*.txt
"""


@dataclass(frozen=True, slots=True)
class Practise:
    """The newcomer wants to practise."""


@dataclass(frozen=True, slots=True)
class StartBot:
    """The newcomer wants the bot to run with these settings."""

    signal: str
    account: str


@dataclass(frozen=True, slots=True)
class Ended:
    """There is nothing more to do. `code` is the exit code."""

    code: int


def welcome() -> Practise | StartBot | Ended:
    """Ask what to do; without a terminal play a tour."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Ended(play_tour())
    return ask(Console(highlight=False), _ask_there)


def play_tour() -> int:
    """Print an overdue evening. Returns the exit code."""
    with as_file(files("bot.practice.tours") / TOUR) as path:
        code = play([path], sys.stdout, sys.stderr)
    sys.stdout.write(_AFTER_TOUR)
    return code


def ask(console: Console, answer: Callable[[str], str]) -> Practise | StartBot | Ended:
    """The questions. `answer` shows a question and returns what was typed; it raises EOFError at the end of input."""
    console.print(_GREETING)
    try:
        choice = _one_of("123", "Which? [1] ", answer, default="1")
        if choice == "1":
            return Practise()
        return _link(console, answer) if choice == "2" else Ended(0)
    except (EOFError, KeyboardInterrupt):
        console.print("\nBroken off. Nothing was started.")
        return Ended(0)
    except LinkingFailed as failed:
        console.print(f"\n{failed}", markup=False, soft_wrap=True)
        return Ended(FAILED)


def _link(console: Console, answer: Callable[[str], str]) -> StartBot | Ended:
    version = check_signal_cli()
    console.print(f"\nFound signal-cli {version}.")
    console.print(_BEFORE_LINKING)
    account = _known_account(answer) or _new_account(console)
    start = StartBot(endpoint(account), account)
    console.print(f"\nLinked: {account}\n", markup=False)
    _tell_settings(console, start)
    return start if _one_of("yn", "Start the bot now? [y] ", answer, default="y") == "y" else Ended(0)


def _known_account(answer: Callable[[str], str]) -> str | None:
    for account in linked_accounts():
        if _one_of("yn", f"signal-cli knows the account {account} already. Use it? [n] ", answer, default="n") == "y":
            return account
    return None


def _new_account(console: Console) -> str:
    console.print(_AT_HAND)
    console.print("Asking Signal for a code ...")

    def show(address: str) -> None:
        """The address as a code that the other phone can scan."""
        code = in_blocks(address)
        console.print(f"\n{_SCAN}\n")
        console.file.write(code)
        if code.count("\n") > console.height:
            console.print(
                "[bold]The window is too low for the whole code: make it higher, or the letters smaller.[/bold]"
            )
        console.print(f"\n{_WAITING}")

    return link(show)


def endpoint(account: str) -> str:
    """The setting BUDDY_SIGNAL for an account on this machine."""
    return f"spawn:signal-cli --trust-new-identities always -a {account} jsonRpc --receive-mode manual"


def _tell_settings(console: Console, start: StartBot) -> None:
    lines = (
        "These settings start it. Always start it from the same folder: buddy.db and buddy.key are there.",
        "",
        f"    export BUDDY_ACCOUNT={start.account}",
        f'    export BUDDY_SIGNAL="{start.signal}"',
        "    buddy run       # starts the bot",
        "    buddy invite    # in a second terminal, same settings: a code that lets the first person in",
        "",
        "If buddy is not found, it is .venv/bin/buddy.",
        "",
    )
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


def _one_of(choices: str, question: str, answer: Callable[[str], str], default: str) -> str:
    while True:
        typed = answer(question).strip().lower()[:1] or default
        if typed in choices:
            return typed


def _ask_there(question: str) -> str:
    return input(question)
