"""Sending files: read when they leave, few at a time."""

import asyncio
from typing import Any

from sqlalchemy import update

from bot.attempts import Attempt, Result
from bot.delivery import FILES_AT_ONCE
from bot.domain.details import Content, Subject, SubjectKind
from bot.domain.outgoing import NOT_MADE, Action, Fact, Priority, Purpose, Said
from bot.parcels import Parcel
from storage.tables import files
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, NOW, FakeCalls, delivery_by, parcel
from tests.unit.bot.test_delivery import REACHED, delivery, judged


async def _kept(store: Store, contents: bytes = b"a photo") -> str:
    subject = Subject(SubjectKind.CHECK_IN, "a")
    file = Content("door.jpg", "image/jpeg", contents)
    return await store.run(lambda records: records.details.add_file(subject, NOW, file))


def _photo(entry_id: str, **given: Any) -> Parcel:
    facts: dict[str, Fact] = {"name": "Ana", "at": NOW, "what_text": "what.photo", "entry": entry_id}
    purpose, priority = Purpose.ALERT_ATTACHMENT, Priority.ALERT
    return parcel(action=Action.FILE, purpose=purpose, priority=priority, text="alert.file", facts=facts, **given)


async def test_a_file_is_read_only_when_it_leaves(store: Store) -> None:
    calls = FakeCalls(REACHED)
    attempt = await delivery(store, calls).attempt(_photo(await _kept(store)))
    assert attempt == Attempt(Result.SENT, 7)
    said = "Timer of Ana: a photo that Ana left at 20:00."
    assert calls.calls == [("file", ANA, said, "door.jpg", "image/jpeg", b"a photo")]


async def test_a_file_that_is_erased_is_given_up(store: Store) -> None:
    entry_id = await _kept(store)
    await store.run(lambda records: records.details.erase_entry(entry_id))
    attempt = await judged(store, _photo(entry_id))
    assert (attempt.result, attempt.reason) == (Result.FAILED, "nothing_to_send_to")


async def test_a_damaged_file_is_given_up_so_that_the_next_can_leave(store: Store) -> None:
    entry_id = await _kept(store)
    await store.run(lambda records: records.scope.connection.execute(update(files).values(content=bytes(60))))
    attempt = await judged(store, _photo(entry_id))
    assert (attempt.result, attempt.reason) == (Result.FAILED, NOT_MADE)


async def test_few_files_are_in_memory_at_once(store: Store) -> None:
    entry_id, hold = await _kept(store), asyncio.Event()
    loads: list[str] = []

    async def slow(entry: str) -> Content:
        loads.append(entry)
        await hold.wait()
        return Content("", "image/jpeg", b"x")

    calls = FakeCalls(REACHED)
    sending = delivery_by(calls, store, contents=slow)
    first = [asyncio.ensure_future(sending.attempt(_photo(entry_id))) for _ in range(FILES_AT_ONCE)]
    await asyncio.sleep(0)
    waits = await sending.attempt(_photo(entry_id))
    assert (waits.result, waits.reason) == (Result.RETRY, "files_take_turns")
    hold.set()
    assert {attempt.result for attempt in await asyncio.gather(*first)} == {Result.SENT}
    assert (await sending.attempt(_photo(entry_id))).result is Result.SENT
    assert len(loads) == FILES_AT_ONCE + 1


async def test_a_file_made_of_lines_is_made_when_it_leaves(store: Store) -> None:
    calls = FakeCalls(REACHED)
    lines = (Said("export.name", {"name": "Ana"}), Said("export.timer", {"since": NOW, "until": NOW}))
    given = parcel(action=Action.TEXT_FILE, text="export.here", facts={"lines": lines})
    assert (await delivery(store, calls).attempt(given)).result is Result.SENT
    ((_, _, said, _, kind, contents),) = calls.calls
    assert said.startswith("Here is what I keep about you.")
    assert kind == "text/plain"
    assert contents.decode() == "Name that your buddies see: Ana\nYour timer: from 20:00 until 20:00\n"
