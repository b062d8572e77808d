"""Silent alarms as rows, on both databases."""

from dataclasses import replace

import pytest

from bot.domain.alarm import (
    Alarm,
    AlarmCopy,
    AlarmStage,
    AlarmStep,
    AlarmWatch,
    BuddyCopy,
    Cause,
    Sign,
    WatchStep,
)
from bot.domain.details import Plan
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageConflict
from storage.leases import Lease
from storage.outbox import OutboxRow
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, MINUTE

WATCHES = tuple(
    AlarmWatch(buddy, place, START, START, 1, WatchStep.CHECK_ARRIVED, START + MINUTE)
    for place, buddy in enumerate(("bo", "cy"))
)
ALARM = Alarm(
    "a", "ana", "c", AlarmStage.OPEN, START, START, START, None, None, AlarmStep.LOOK, START + MINUTE, WATCHES
)
COPY = AlarmCopy(
    (BuddyCopy("bo", "Ana", "Bo"), BuddyCopy("cy", "Ana 2", "Cy")),
    (
        Sign(Cause.DURESS, START, not_for=("cy",)),
        Sign(Cause.SOS, START + MINUTE, message_ms=7, shown=1, shown_for=("bo",)),
    ),
    Plan("Ring the desk"),
    (BuddyCopy("dee", "Ana", "Dee"),),
)
CLOSED = replace(ALARM, stage=AlarmStage.CLOSED, closed_at=START, step=None, step_at=None)


async def test_what_is_stored_comes_back(store: Store) -> None:
    await store.run(lambda records: records.alarms.add(ALARM, COPY))
    assert await store.run(lambda records: records.alarms.get("a")) == ALARM
    assert await store.run(lambda records: records.alarms.open_about("ana")) == [ALARM]
    assert await store.run(lambda records: records.alarms.open_watched_by("cy")) == [ALARM]
    assert await store.run(lambda records: records.alarms.open_watched_by("ana")) == []
    assert await store.run(lambda records: records.alarms.copy("a")) == COPY


async def test_a_plan_that_could_not_be_read_and_none_at_all_are_told_apart(store: Store) -> None:
    await store.run(lambda records: records.alarms.add(ALARM, COPY))
    for plan in (None, Plan(None)):
        copy = replace(COPY, plan=plan)
        await store.run(lambda records, copy=copy: records.alarms.set_copy("a", copy))  # type: ignore[misc]
        assert await store.run(lambda records: records.alarms.copy("a")) == copy


async def test_a_person_has_one_open_alarm(store: Store) -> None:
    await store.run(lambda records: records.alarms.add(ALARM, COPY))
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.alarms.add(replace(ALARM, id="b"), COPY))
    await store.run(lambda records: records.alarms.save(CLOSED))
    await store.run(lambda records: records.alarms.add(replace(ALARM, id="b"), COPY))


async def test_those_about_her_come_by_ordinal_and_those_he_was_alerted_for_by_age(store: Store) -> None:
    later = replace(ALARM, ordinal=1)
    first = replace(ALARM, id="b")
    another = replace(ALARM, id="c", person_id="eve")
    for alarm in (later, first, another):
        await store.run(lambda records, alarm=alarm: records.alarms.add(alarm, COPY))  # type: ignore[misc]
    assert await store.run(lambda records: records.alarms.open_about("ana")) == [first, later]
    assert await store.run(lambda records: records.alarms.open_watched_by("cy")) == [later, first, another]


async def test_who_counts_in_it_and_is_alerted_elsewhere_does_not_watch_it(store: Store) -> None:
    counting = replace(ALARM, watches=(WATCHES[0], replace(WATCHES[1], elsewhere="the first")))
    await store.run(lambda records: records.alarms.add(counting, COPY))
    assert await store.run(lambda records: records.alarms.open_watched_by("bo")) == [counting]
    assert await store.run(lambda records: records.alarms.open_watched_by("cy")) == []


async def test_an_open_alarm_has_one_deadline_and_a_closed_one_none(store: Store) -> None:
    def due(records: Records) -> list[tuple[str, str, str]]:
        claimed = records.deadlines.claim_due(START + HOUR, 9, Lease("me", START + HOUR))
        return [(deadline.subject_kind, deadline.subject_id, deadline.what) for deadline in claimed]

    await store.run(lambda records: records.alarms.add(ALARM, COPY))
    assert await store.run(due) == [("alarm", "a", "look")]
    paused = replace(ALARM, stage=AlarmStage.PAUSED, step=AlarmStep.END_PAUSE, step_at=START + 2 * MINUTE)
    await store.run(lambda records: records.alarms.save(paused))
    assert await store.run(due) == [("alarm", "a", "end_pause")]
    with pytest.raises(ValueError, match="next step"):
        await store.run(lambda records: records.alarms.save(replace(ALARM, step=None)))
    await store.run(lambda records: records.alarms.save(CLOSED))
    assert await store.run(lambda records: records.deadlines.count_open()) == 0


async def test_it_is_known_whether_a_reaction_is_owed(store: Store) -> None:
    await store.run(lambda records: records.alarms.add(ALARM, COPY))
    assert await store.run(lambda records: records.alarms.owing_reactions()) == [ALARM]
    done = replace(COPY, signs=tuple(replace(sign, shown=2) for sign in COPY.signs))
    await store.run(lambda records: records.alarms.set_copy("a", done))
    assert await store.run(lambda records: records.alarms.owing_reactions()) == []
    await store.run(lambda records: records.alarms.set_copy("a", None))
    assert await store.run(lambda records: records.alarms.copy("a")) == AlarmCopy()


async def test_erasing_her_leaves_it_and_a_closed_one_vanishes(store: Store) -> None:
    def erase(records: Records) -> None:
        ana = records.people.add("ana", START)
        records.alarms.add(replace(ALARM, person_id=ana.id), COPY)
        records.people.remove(ana.id)

    await store.run(erase)
    assert await store.run(lambda records: records.alarms.copy("a")) == COPY
    assert await store.run(lambda records: records.deadlines.count_open()) == 1
    assert await store.run(lambda records: records.alarms.purge_closed(START + HOUR)) == 0
    await store.run(lambda records: records.alarms.save(CLOSED))
    assert await store.run(lambda records: records.alarms.purge_closed(START + HOUR)) == 1
    assert await store.run(lambda records: records.alarms.get("a")) is None


async def test_what_was_sent_to_one_buddy_can_count_as_about_another_alarm(store: Store) -> None:
    def send(records: Records) -> dict[str, list[OutboxRow]]:
        for to in (ToPerson(records.people.add(account, START).id) for account in ("bo", "cy")):
            records.outbox.add(Outgoing(to, Priority.ALERT, Purpose.ALERT, text="alert", check_in_id="a"), START)
        rows = records.outbox.of_check_in("a")
        first = rows[0].to
        assert isinstance(first, ToPerson)
        records.outbox.move_to("b", "a", {first.person_id})
        return {"before": rows, "a": records.outbox.of_check_in("a"), "b": records.outbox.of_check_in("b")}

    found = await store.run(send)
    assert [row.id for row in found["b"]] == [found["before"][0].id]
    assert [row.id for row in found["a"]] == [found["before"][1].id]
