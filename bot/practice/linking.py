"""Linking a Signal account with signal-cli. What it says may name the account: only the terminal hears it."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import BuddyError
from bot.transport.child import ONLY_OWNER, without_our_settings

DEVICE_NAME = "Buddy"
OLDEST = (0, 13, 19)
WHERE_TO_GET_IT = "https://github.com/AsamK/signal-cli/releases"

_COMMAND = "signal-cli"
_VERSION = re.compile(r"\bsignal-cli\D*(\d+)\.(\d+)\.(\d+)")
_LINK = re.compile(r"\bsgnl://linkdevice\?\S+")
_LINKED = re.compile(r"Associated with:\s*(\+\d+)")
_ACCOUNT = re.compile(r"Number:\s*(\+\d+)")
_ANSWERS_WITHIN = 60.0  # seconds; the first start of a Java program on a small machine takes long
_ENDS_WITHIN = 5.0


class LinkingFailed(BuddyError):  # noqa: N818 (says what is wrong)
    """No account was linked. The text says why and what to do."""


def check_signal_cli() -> str:
    """The version of the signal-cli on the PATH. Raises LinkingFailed."""
    if shutil.which(_COMMAND) is None:
        raise LinkingFailed(
            "signal-cli is not installed, or not on the PATH. It is the program that speaks to Signal.\n"
            f"Get version {_spelled(OLDEST)} or newer from {WHERE_TO_GET_IT}\n"
            "The file with -Linux-native in its name needs nothing else; the other one needs Java 21 or newer "
            "(from signal-cli 0.14 on Java 25).\nThen run this again."
        )
    told = _run("--version")
    found = _VERSION.search(told)
    if found is None:
        raise LinkingFailed(
            "signal-cli does not start. Mostly Java is missing or too old: it needs Java 21 or newer "
            f"(from 0.14 on Java 25).\nIt said:\n{_last_lines(told)}"
        )
    version = (int(found[1]), int(found[2]), int(found[3]))
    if version < OLDEST:
        raise LinkingFailed(
            f"This signal-cli is {_spelled(version)}; at least {_spelled(OLDEST)} is needed. "
            f"Get a newer one from {WHERE_TO_GET_IT}"
        )
    return _spelled(version)


def linked_accounts() -> list[str]:
    """The numbers of the accounts that signal-cli has on this machine already."""
    return _ACCOUNT.findall(_run("listAccounts"))


def link(show: Callable[[str], None]) -> str:
    """Link a further device and return the account's number. `show` gets the address for the QR code.

    Waits until the code was scanned. Raises LinkingFailed, also when the time to scan it is over.
    """
    said: list[str] = []
    with _child("link", "-n", DEVICE_NAME) as lines:
        for line in lines:
            if found := _LINK.search(line):
                show(found[0])
                continue
            if found := _LINKED.search(line):
                return found[1]
            said.append(line)
    raise LinkingFailed(
        "No account was linked: the code was not scanned in time, or Signal could not be reached. Run this again.\n"
        f"signal-cli said:\n{_last_lines(''.join(said))}"
    )


@contextmanager
def _child(*arguments: str) -> Iterator[Iterator[str]]:
    child = subprocess.Popen(  # noqa: S603 (a fixed command)
        [_found(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=without_our_settings(),
        umask=ONLY_OWNER,
        text=True,
    )
    assert child.stdout is not None
    try:
        yield iter(child.stdout)
        child.wait(_ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        pass
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _run(*arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command)
            [_found(), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=without_our_settings(),
            umask=ONLY_OWNER,
            text=True,
            timeout=_ANSWERS_WITHIN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    return done.stdout + done.stderr


def _found() -> str:
    return shutil.which(_COMMAND) or _COMMAND


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-5:]) or "(nothing)"


def _spelled(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
