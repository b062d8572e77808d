"""The command `buddy`. No logic here: it reads settings, hands over, and turns errors into words for people."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.errors import BuddyError, NotShown
from bot.settings import Settings, WrongSettings, describe_settings, read_settings
from bot.showing import show

T = TypeVar("T")

SETTINGS_ARE_WRONG = 2
"""Exit code when nothing was started because of a setting."""
CANNOT_START = 3
"""Exit code when the database, the key file or signal-cli's address cannot be used."""
NOT_SHOWN = 4
"""Exit code when the output could not be read by anybody; what was done all the same is told on the other one."""

app = typer.Typer(
    name="buddy", no_args_is_help=True, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False
)
keys = typer.Typer(no_args_is_help=True, help="The keys under which the database is sealed.")
app.add_typer(keys, name="keys")
_errors = Console(stderr=True)


@app.callback()
def _buddy() -> None:
    """Keeps the clock for people who work alone, and tells their buddy when they are overdue."""


@app.command()
def run() -> None:
    """Start the bot. Settings come from the environment; `buddy settings` lists them."""
    from bot.running import run_bot

    _with_settings(run_bot)


@app.command()
def invite(
    png: Annotated[Path | None, typer.Option(help="Save it as a QR picture too", metavar="FILE")] = None,
) -> None:
    """Print a fresh invite code of the operator's: it lets one person in, once.

    In a terminal a QR code of what she has to send follows.
    """
    from bot.running import invite_somebody

    _with_settings(partial(invite_somebody, show_code=_show_code, picture=png))


def _show_code(code: str) -> None:
    from bot.qr_codes import in_blocks

    show(code, *([in_blocks(f"/join {code}")] if Console().is_terminal else []))


@keys.command()
def rotate() -> None:
    """Make a new key and seal everything anew under it. Works beside a running bot."""
    from bot.key_rotation import rotate_keys

    _tell(_with_settings(rotate_keys))


@keys.command()
def forget_old() -> None:
    """Take the old keys out of the key file. Only while no bot runs."""
    from bot.key_rotation import forget_keys

    _tell(_with_settings(forget_keys))


@app.command()
def settings() -> None:
    """List every setting, its meaning and its default."""
    table = Table("Variable", "Meaning", "Default")
    for one in describe_settings():
        table.add_row(one.variable, one.meaning, one.without)
    try:
        show(table)
    except NotShown as error:
        raise _ended(str(error), NOT_SHOWN) from None


@app.command()
def practice(
    more: Annotated[list[Path] | None, typer.Argument(help="More such files", metavar="[FILE]...")] = None,
    script: Annotated[
        list[Path] | None,
        typer.Option(help="Play this file of timed lines and print the conversation", metavar="FILE"),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin with nobody paired")] = False,
) -> None:
    """Try everything with pretend phones in this terminal. Nothing leaves this machine."""
    if scripts := [*(script or []), *(more or [])]:
        from bot.practice.playing import play

        raise typer.Exit(play(scripts, sys.stdout, sys.stderr))
    from bot.practice.screen import show

    raise typer.Exit(show(paired=not fresh))


@app.command()
def simulate(
    nights: Annotated[int, typer.Option(min=1, help="How many nights")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="The seed of the first; each night has the next one")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes play them")] = 2,
    database: Annotated[
        str | None,
        typer.Option(help="On a PostgreSQL server: postgresql+psycopg://…; each night has a database of its own there"),
    ] = None,
    bots: Annotated[int, typer.Option(min=1, max=2, help="2: a second bot on the same PostgreSQL database")] = 1,
) -> None:
    """Play nights in which everything goes wrong, and judge them. One night alone is told whole."""
    from bot.simulation.telling import simulate as play_nights

    try:
        code = play_nights(nights, seed, jobs, Console(), database, bots)
    except BuddyError as error:
        raise _ended(str(error), CANNOT_START) from None
    raise typer.Exit(code)


@app.command()
def begin() -> None:
    """Begin here: practise with pretend phones, or link a Signal account and start the bot."""
    from bot.practice.welcome import Practise, StartBot, welcome

    chosen = welcome()
    if isinstance(chosen, Practise):
        practice()
    elif isinstance(chosen, StartBot):
        from bot.running import run_bot

        _with_settings(run_bot, signal=chosen.signal, account=chosen.account)
    else:
        raise typer.Exit(chosen.code)


def _with_settings(work: Callable[[Settings], Coroutine[Any, Any, T]], **given: str) -> T:
    try:
        return asyncio.run(work(read_settings(**given)))
    except WrongSettings as wrong:
        raise _ended("\n".join(wrong.problems), SETTINGS_ARE_WRONG) from None
    except NotShown as error:
        raise _ended(str(error), NOT_SHOWN) from None
    except BuddyError as error:
        raise _ended(str(error), CANNOT_START) from None


def _tell(done: str) -> None:
    """Of something that cannot be done again just to read of it: it is told on one output or the other."""
    try:
        show(done)
    except NotShown:
        told = f"The output is closed, or its disk is full. What it was to say: {done}"
        raise _ended(told, NOT_SHOWN) from None


def _ended(why: str, code: int) -> typer.Exit:
    _errors.print(why, markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(code)


def main() -> None:
    """The entry point of the command `buddy`."""
    app()
