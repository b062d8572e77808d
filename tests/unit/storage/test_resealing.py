"""Sealing everything anew under another key, beside a bot that runs, on both databases (SPEC: Privacy)."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.errors import KeyFileError, SealBroken
from bot.ids import Ids
from storage.key_file import add_key, forget_old_keys, load, load_or_make
from storage.resealing import AT_ONCE, Place, count_under_old_keys, reseal_some
from storage.sealing import Sealer
from storage.tables import people
from storage.unit_of_work import Store
from tests.databases import START


@pytest.fixture
def path(tmp_path: Path) -> Path:
    load_or_make(tmp_path / "buddy.key", os.urandom)
    return tmp_path / "buddy.key"


def sealer_of(path: Path) -> Sealer:
    """Like a bot that was started now."""
    return Sealer(load(path), os.urandom, reread=lambda: load(path))


@pytest.fixture
def running(engine: Engine, ids: Ids, path: Path) -> Store:
    """The store of a bot that has run since before the rotation."""
    return Store(engine, sealer_of(path), ids, inline=True)


async def add_people(store: Store, *accounts: str) -> None:
    for account in accounts:
        await store.run(lambda records, account=account: records.people.add(account, START))


async def reseal(store: Store) -> int:
    """As the command does it: some at once, until nothing is left; returns in how many units."""
    place: Place | None = Place()
    units = 0
    while place is not None:
        place = await store.run(lambda records, place=place: reseal_some(records, place))
        units += 1
    return units


async def known(store: Store, *accounts: str) -> list[str | None]:
    """What the rows of these accounts say they are."""
    found = [await store.run(lambda records, one=one: records.people.by_account(one)) for one in accounts]
    return [one and one.account for one in found]


def key_ids(engine: Engine) -> set[str]:
    """Under which keys the accounts are sealed."""
    with engine.connect() as connection:
        return {bytes(cell[1:5]).hex() for cell in connection.execute(select(people.c.account)).scalars()}


async def test_every_cell_is_sealed_under_the_new_key(engine: Engine, ids: Ids, path: Path, running: Store) -> None:
    await running.run(lambda records: records.seals.prove())
    accounts = [f"account {number}" for number in range(AT_ONCE + 3)]
    await add_people(running, *accounts)
    fresh = add_key(path, os.urandom)
    beside = Store(engine, sealer_of(path), ids, inline=True)
    assert await beside.run(count_under_old_keys) == AT_ONCE + 4
    await reseal(beside)
    assert key_ids(engine) == {fresh.current}
    assert await beside.run(count_under_old_keys) == 0
    assert await known(beside, *accounts) == accounts


async def test_a_bot_that_runs_meanwhile_follows(engine: Engine, ids: Ids, path: Path, running: Store) -> None:
    await running.run(lambda records: records.seals.prove())
    await add_people(running, "ana")
    fresh = add_key(path, os.urandom)
    await add_people(running, "bo")  # still under the old key
    await reseal(Store(engine, sealer_of(path), ids, inline=True))
    assert await known(running, "ana", "bo") == ["ana", "bo"]
    await add_people(running, "cy")
    assert key_ids(engine) == {fresh.current}


async def test_its_next_beat_is_enough(engine: Engine, ids: Ids, path: Path, running: Store) -> None:
    await running.run(lambda records: records.seals.prove())
    fresh = add_key(path, os.urandom)
    await reseal(Store(engine, sealer_of(path), ids, inline=True))
    await running.run(lambda records: records.seals.follow())
    await add_people(running, "ana")
    assert key_ids(engine) == {fresh.current}


async def test_a_damaged_cell_stays_as_it_is_and_stops_nothing(
    engine: Engine, ids: Ids, path: Path, running: Store
) -> None:
    await add_people(running, "ana", "bo")
    with engine.begin() as connection:
        first = connection.execute(select(people.c.id, people.c.account).order_by(people.c.id)).first()
        assert first is not None
        damaged = bytes(first.account[:-1]) + bytes([first.account[-1] ^ 1])
        connection.execute(people.update().where(people.c.id == first.id).values(account=damaged))
    fresh = add_key(path, os.urandom)
    beside = Store(engine, sealer_of(path), ids, inline=True)
    await reseal(beside)
    assert await beside.run(count_under_old_keys) == 1
    assert fresh.current in key_ids(engine)
    with engine.connect() as connection:
        assert damaged in [bytes(cell) for cell in connection.execute(select(people.c.account)).scalars()]


def test_old_keys_are_forgotten_for_good(path: Path) -> None:
    old = load(path)
    fresh = add_key(path, os.urandom)
    assert set(fresh.sealing) == {old.current, fresh.current}
    assert fresh.lookup == old.lookup
    forget_old_keys(path, os.urandom)
    assert set(load(path).sealing) == {fresh.current}
    assert [entry.name for entry in path.parent.iterdir()] == ["buddy.key"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_not_safe_is_not_changed(path: Path) -> None:
    content = path.read_bytes()
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        add_key(path, os.urandom)
    assert path.read_bytes() == content


def test_a_cell_under_a_key_that_nobody_has_is_broken_and_looked_for_once(path: Path) -> None:
    other = Sealer(load_or_make(path.with_name("other.key"), os.urandom), os.urandom)
    cell = other.seal("people", "name", "1", "Ana")
    reads = []
    sealer = Sealer(load(path), os.urandom, reread=lambda: reads.append(1) or load(path))  # type: ignore[func-returns-value]
    for _ in range(3):
        with pytest.raises(SealBroken, match="not in the key file"):
            sealer.open("people", "name", "1", cell)
    assert len(reads) == 1


def test_a_key_file_that_is_gone_meanwhile_breaks_no_more_than_the_cell(path: Path) -> None:
    sealer = Sealer(load(path), os.urandom, reread=lambda: load(path))
    add_key(path, os.urandom)
    cell = sealer_of(path).seal("people", "name", "1", "Ana")
    mine = sealer.seal("people", "name", "1", "Ana")
    path.unlink()
    with pytest.raises(SealBroken):
        sealer.open("people", "name", "1", cell)
    assert sealer.open_text("people", "name", "1", mine) == "Ana"
