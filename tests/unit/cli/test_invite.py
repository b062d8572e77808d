"""`buddy invite` prints a code that lets one person in, once, beside a running bot too."""

import asyncio
import re
from pathlib import Path

from bot.clock import SystemClock
from bot.domain.codes import read_code
from bot.opening import visited
from bot.settings import read_settings
from bot.use_cases.pair import join
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.cli.conftest import Buddy


def let_in(records: Records, printed: str, account: str) -> bool:
    """What `/join CODE` does with it."""
    now = SystemClock().now()
    code = read_code(printed)
    found = None if code is None else records.invites.open_by_code(code, now)
    if found is None:
        return False
    join(records, account, None, found, now)
    return records.people.by_account(account) is not None


def try_codes(*tries: tuple[str, str]) -> list[bool]:
    async def knock() -> list[bool]:
        async with visited(read_settings(), SystemClock()) as store:
            return await each(store)

    async def each(store: Store) -> list[bool]:
        return [await store.run(lambda records, one=one: let_in(records, *one)) for one in tries]

    return asyncio.run(knock())


def test_the_code_lets_one_person_in_once(buddy: Buddy) -> None:
    result = buddy("invite")
    assert result.exit_code == 0
    code = result.stdout.strip()
    assert re.fullmatch(r"[A-Z0-9-]{6,}", code)
    assert try_codes((code, "ana"), (code, "bo")) == [True, False]


def test_every_code_is_another_one(buddy: Buddy) -> None:
    codes = {buddy("invite").stdout for _ in range(3)}
    assert len(codes) == 3


def test_nothing_but_the_code_is_printed(buddy: Buddy) -> None:
    result = buddy("invite")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_the_code_is_not_in_the_database_in_plain(buddy: Buddy, folder: Path) -> None:
    code = buddy("invite").stdout.strip()
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    assert code.encode() not in everything
    assert code.replace("-", "").encode() not in everything


def test_it_can_be_a_picture_that_only_the_operator_reads(buddy: Buddy, folder: Path) -> None:
    result = buddy("invite", "--png", "code.png")
    assert result.exit_code == 0
    picture = folder / "code.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_mode & 0o777 == 0o600
    assert try_codes((result.stdout.strip(), "ana")) == [True]


def test_a_picture_replaces_nothing(buddy: Buddy, folder: Path) -> None:
    (folder / "code.png").write_text("mine")
    result = buddy("invite", "--png", "code.png")
    assert result.exit_code == 3
    assert "is not replaced" in result.stderr
    assert result.stdout == ""
    assert (folder / "code.png").read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(buddy: Buddy) -> None:
    result = buddy("invite", "--png", "nowhere/code.png")
    assert result.exit_code == 3
    assert "cannot be made" in result.stderr
