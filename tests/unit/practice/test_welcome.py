"""`buddy begin`: practise, or link a Signal account."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli import app
from bot.practice.welcome import FAILED, Ended, Practise, StartBot, ask, endpoint
from bot.transport.endpoints import endpoint_from

LINK = "sgnl://linkdevice?uuid=Zm9vYmFyMTIzNDU2Nzg5MA%3D%3D&pub_key=BXxsb3JlbWlwc3VtZG9sb3JzaXRhbWV0"
NUMBER = "+4915112345678"

SignalCli = Callable[[str], None]


@pytest.fixture
def signal_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SignalCli:
    """Puts a signal-cli on the PATH that does what the shell lines say; `$1` is its command."""

    def put(lines: str) -> None:
        program = tmp_path / "signal-cli"
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(0o755)

    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return put


GOOD = f"""
case "$*" in
  --version) echo "signal-cli 0.13.19" ;;
  listAccounts) ;;
  "link -n Buddy") echo "INFO something"; echo "{LINK}"; echo "Associated with: {NUMBER}" ;;
esac
"""


def asked(*answers: str) -> tuple[object, str]:
    shown = io.StringIO()
    left = list(answers)

    def answer(question: str) -> str:
        shown.write(question)
        if not left:
            raise EOFError
        return left.pop(0)

    chosen = ask(Console(file=shown, width=100, highlight=False), answer)
    return chosen, shown.getvalue()


def test_practice_is_what_enter_alone_chooses() -> None:
    assert asked("")[0] == Practise()
    assert asked("x", "1")[0] == Practise()


def test_ending_is_a_choice_and_so_is_the_end_of_input() -> None:
    assert asked("3")[0] == Ended(0)
    chosen, shown = asked()
    assert chosen == Ended(0)
    assert "Nothing was started" in shown


def test_linking_shows_the_code_then_the_settings_and_offers_to_start(signal_cli: SignalCli) -> None:
    signal_cli(GOOD)
    chosen, shown = asked("2", "")
    assert chosen == StartBot(endpoint(NUMBER), NUMBER)
    assert "Settings > Linked devices" in shown
    assert "▄▄▄▄▄" in shown, "a QR code"
    assert f"export BUDDY_ACCOUNT={NUMBER}\n" in shown
    assert f'export BUDDY_SIGNAL="{endpoint(NUMBER)}"\n' in shown
    assert "buddy run" in shown


def test_the_bot_need_not_be_started_at_once(signal_cli: SignalCli) -> None:
    signal_cli(GOOD)
    assert asked("2", "n")[0] == Ended(0)


def test_signal_cli_sees_no_setting_of_the_bot(
    signal_cli: SignalCli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There may be passwords among them."""
    monkeypatch.setenv("BUDDY_OPERATOR", "mailto:user:password@host")
    signal_cli(f"env >> {tmp_path}/seen{GOOD}")
    asked("2", "")
    seen = (tmp_path / "seen").read_text()
    assert "PATH=" in seen
    assert "BUDDY" not in seen


def test_what_signal_cli_writes_then_is_the_owners_alone(signal_cli: SignalCli, tmp_path: Path) -> None:
    """Its keys may be among it."""
    before = os.umask(0)
    try:
        signal_cli(f"umask >> {tmp_path}/seen{GOOD}")
        asked("2", "")
    finally:
        os.umask(before)
    assert set((tmp_path / "seen").read_text().split()) == {"0077"}


def test_an_account_that_is_linked_already_can_be_used(signal_cli: SignalCli) -> None:
    signal_cli(f'[ "$1" = --version ] && echo "signal-cli 0.14.6" || echo "Number: {NUMBER}"')
    chosen, shown = asked("2", "y", "y")
    assert chosen == StartBot(endpoint(NUMBER), NUMBER)
    assert "an account that is the bot's alone" in shown


def test_with_enter_alone_no_account_that_somebody_uses_is_taken(signal_cli: SignalCli) -> None:
    """The bot would answer everybody who writes to it, and call it Timer."""
    signal_cli(f'case "$1" in --version) echo "signal-cli 0.14.6" ;; listAccounts) echo "Number: {NUMBER}" ;; esac')
    assert asked("2", "", "")[0] == Ended(FAILED)


def test_the_settings_are_understood_by_the_bot() -> None:
    made = endpoint_from(endpoint(NUMBER))
    assert getattr(made, "command", ()) == (
        *("signal-cli", "--trust-new-identities", "always", "-a", NUMBER),
        *("jsonRpc", "--receive-mode", "manual"),
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('echo "signal-cli 0.13.4"', "This signal-cli is 0.13.4; at least 0.13.19 is needed."),
        ('echo "UnsupportedClassVersionError" >&2; exit 1', "Java is missing or too old"),
        (
            '[ "$1" = link ] && echo "Link request error: Connection closed!" && exit 3; echo "signal-cli 0.13.19"',
            "No account was linked",
        ),
    ],
)
def test_what_is_wrong_with_signal_cli_is_told(signal_cli: SignalCli, lines: str, told: str) -> None:
    signal_cli(lines)
    chosen, shown = asked("2", "")
    assert chosen == Ended(FAILED)
    assert told in shown


def test_a_missing_signal_cli_is_told_with_where_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    chosen, shown = asked("2")
    assert chosen == Ended(FAILED)
    assert "https://github.com/AsamK/signal-cli/releases" in shown
    assert "0.13.19" in shown
    assert "Java 21" in shown


def test_without_a_terminal_an_overdue_evening_is_played() -> None:
    result = CliRunner().invoke(app, ["begin"])
    assert result.exit_code == 0
    assert "no word since 22:00" in result.output
    assert "buddy practice --script" in result.output
