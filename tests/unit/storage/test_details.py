"""What she leaves for her buddies: kept sealed, in order, shared by copies, erased whole."""

import pytest
from sqlalchemy import func, select, update

from bot.domain.details import Content, Entry, EntryKind, Subject, SubjectKind
from bot.errors import SealBroken
from storage.records import Records
from storage.tables import details, files, people
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, MINUTE, armed

WAITING, CHECK_IN = Subject(SubjectKind.WAITING, "ana"), Subject(SubjectKind.CHECK_IN, "a")
ALARM = Subject(SubjectKind.ALARM, "b")
PHOTO = Content("door.jpg", "image/jpeg", bytes(range(256)) * 40)


def leave(records: Records, subject: Subject = CHECK_IN) -> None:
    """Written out of order, as messages may come."""
    records.details.add(subject, EntryKind.NOTE, START + 2 * MINUTE, "back at ½ 12 \ud83d")
    records.details.add(subject, EntryKind.LEFT, START, "Room 12\nring twice")
    records.details.add_file(subject, START + MINUTE, PHOTO)


def said(entries: list[Entry]) -> list[tuple[EntryKind, str | None, int]]:
    return [(entry.kind, entry.text, entry.size) for entry in entries]


LEFT_THEN = [
    (EntryKind.LEFT, "Room 12\nring twice", 18),
    (EntryKind.ATTACHMENT, "door.jpg", 10240),
    (EntryKind.NOTE, "back at ½ 12 \ud83d", 14),
]


async def test_what_she_left_comes_back_in_order(store: Store) -> None:
    await store.run(leave)
    entries = await store.run(lambda records: records.details.of(CHECK_IN))
    assert said(entries) == LEFT_THEN
    assert [entry.at for entry in entries] == [START, START + MINUTE, START + 2 * MINUTE]
    assert await store.run(lambda records: records.details.content(entries[1].id)) == PHOTO
    assert await store.run(lambda records: records.details.content(entries[0].id)) is None
    assert await store.run(lambda records: records.details.of(WAITING)) == []


async def test_moved_it_is_all_there(store: Store) -> None:
    await store.run(lambda records: leave(records, WAITING))
    await store.run(lambda records: records.details.move(WAITING, CHECK_IN))
    assert await store.run(lambda records: records.details.of(WAITING)) == []
    moved = await store.run(lambda records: records.details.of(CHECK_IN))
    assert said(moved) == LEFT_THEN
    assert await store.run(lambda records: records.details.content(moved[1].id)) == PHOTO


async def test_a_copy_stays_when_the_original_is_erased(store: Store) -> None:
    await store.run(leave)
    await store.run(lambda records: records.details.copy(CHECK_IN, ALARM))
    before = await store.run(lambda records: records.details.of(CHECK_IN))
    await store.run(lambda records: records.details.erase(CHECK_IN))
    assert not await store.run(lambda records: records.details.erase_one_file_of_nobody())
    copied = await store.run(lambda records: records.details.of(ALARM))
    assert said(copied) == LEFT_THEN
    assert {entry.id for entry in copied} & {entry.id for entry in before} == set()
    assert await store.run(lambda records: records.details.content(copied[1].id)) == PHOTO
    assert await store.run(lambda records: records.details.content(before[1].id)) is None


async def test_the_file_goes_with_the_last_entry_that_has_it(store: Store) -> None:
    await store.run(leave)
    await store.run(lambda records: records.details.copy(CHECK_IN, ALARM))
    entries = await store.run(lambda records: records.details.of(CHECK_IN) + records.details.of(ALARM))
    for entry in entries:
        await store.run(lambda records, entry=entry: records.details.erase_entry(entry.id))  # type: ignore[misc]
    assert await store.run(lambda records: records.details.erase_one_file_of_nobody())
    assert not await store.run(lambda records: records.details.erase_one_file_of_nobody())
    count = select(func.count()).select_from(files)
    assert await store.run(lambda records: records.scope.connection.execute(count).scalar_one()) == 0


async def test_damage_to_one_hides_no_other_and_is_copied_as_what_it_is(store: Store) -> None:
    def spoil(records: Records) -> None:
        leave(records)
        note = details.c.kind == EntryKind.NOTE.value
        records.scope.connection.execute(update(details).where(note).values(body=bytes(60)))
        records.scope.connection.execute(update(files).values(content=bytes(60)))
        records.details.copy(CHECK_IN, ALARM)

    await store.run(spoil)
    for subject in (CHECK_IN, ALARM):
        entries = await store.run(lambda records, subject=subject: records.details.of(subject))  # type: ignore[misc]
        assert said(entries) == [*LEFT_THEN[:2], (EntryKind.NOTE, None, 14)]
        with pytest.raises(SealBroken, match=r"files\.content"):
            await store.run(lambda records, entries=entries: records.details.content(entries[1].id))  # type: ignore[misc]


async def test_what_waits_in_vain_goes_and_nothing_else(store: Store) -> None:
    arriving = Subject(SubjectKind.ARRIVING, "an inbox row")
    for subject in (WAITING, arriving, CHECK_IN, ALARM):
        await store.run(lambda records, subject=subject: leave(records, subject))  # type: ignore[misc]
    await store.run(
        lambda records: records.details.add(WAITING, EntryKind.NOTE, START + HOUR, "later"),
    )
    assert await store.run(lambda records: records.details.purge_waiting(START + HOUR)) == 6
    assert len(await store.run(lambda records: records.details.of(WAITING))) == 1
    assert await store.run(lambda records: records.details.of(arriving)) == []
    assert len(await store.run(lambda records: records.details.of(CHECK_IN))) == 3
    assert len(await store.run(lambda records: records.details.of(ALARM))) == 3


async def test_a_plan_is_kept_replaced_and_erased(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add("ana", START))
    assert await store.run(lambda records: records.people.plan(ana.id)) is None
    await store.run(lambda records: records.people.set_plan(ana.id, "Ring my sister.\nNo police before 23:00."))
    assert await store.run(lambda records: records.people.plan(ana.id)) == "Ring my sister.\nNo police before 23:00."
    await store.run(lambda records: records.people.set_plan(ana.id, None))
    assert await store.run(lambda records: records.people.plan(ana.id)) is None


async def test_a_damaged_plan_is_the_plans_trouble_alone(store: Store) -> None:
    ana = await store.run(lambda records: records.people.add("ana", START))
    spoil = update(people).values(plan=bytes(60))
    await store.run(lambda records: records.scope.connection.execute(spoil))
    assert (await store.run(lambda records: records.people.by_id(ana.id))).account == "ana"
    with pytest.raises(SealBroken):
        await store.run(lambda records: records.people.plan(ana.id))


async def test_removing_her_removes_what_she_left_but_not_what_an_alarm_holds(store: Store) -> None:
    def fill_and_remove(records: Records) -> list[int]:
        ana = records.people.add("ana", START)
        records.check_ins.add(armed("a", ana.id))
        subjects = [Subject(kind, ana.id) for kind in (SubjectKind.WAITING, SubjectKind.EXPORT)]
        subjects += [CHECK_IN, ALARM]
        for subject in subjects:
            leave(records, subject)
        records.people.remove(ana.id)
        return [len(records.details.of(subject)) for subject in subjects]

    assert await store.run(fill_and_remove) == [0, 0, 0, 3]
