"""A row that cannot be read, and input without measure, are the trouble of one alone (DESIGN, invariants 3 and 14)."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select, update

from storage.column_types import Sealed
from storage.records import Records
from storage.tables import details, early_receipts, inbox, outbox, people
from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:30. …"
AGAIN = "Timer of Ana: still no word since 18:30. …"
DETAILS = "Timer of Ana, 2 of 2. …Hotel Ritz…"
CLOSED = "Thanks, noted. Good night."


async def _id_of(scene: Scene, someone: Someone) -> str:
    person = await scene.work(lambda records: records.people.by_account(someone.phone.aci))
    assert person is not None
    return person.id


async def _damage(scene: Scene, table: Table, column: str, **where: str) -> None:
    """Overwrite a sealed cell, as a bad disk or an unfit hand would."""

    def spoil(records: Records) -> int:
        statement = update(table).values({table.c[column]: bytes(60)})
        for name, value in where.items():
            statement = statement.where(table.c[name] == value)
        return records.scope.connection.execute(statement).rowcount

    assert await scene.work(spoil) > 0, "there was nothing to damage"


def _expected(scene: Scene, *failures: str) -> None:
    """Trouble that the damaged one has, and that may stand in the log."""
    for name in failures:
        assert scene.night.log.counts.pop(name, 0) > 0, f"{name} was expected"


async def _arm(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 30m\nRoom 12, Hotel Ritz")
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await scene.passes(seconds=2)
    for someone in scene.people.values():
        someone.forgets()


async def _evening_goes_as_always(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Questions, alerts and replies, each in its time."""
    await scene.until("18:20:00")
    await ana.reads("18:30 is close. …")
    await scene.until("18:30:00")
    await ana.reads("Your timer ended at 18:30. …")
    await scene.until("18:35:00")
    await bo.reads(ALERT)
    await bo.reads(DETAILS)
    await ana.says("/status")
    await ana.reads("Your timer ended at 18:30 and is open. …")
    await scene.until("18:41:00")
    await bo.reads(AGAIN)
    await ana.says(WORD)
    await ana.reads(CLOSED)
    await bo.reads("Ana has sent the word, 18:41: …")


async def _has_something_waiting(scene: Scene, someone: Someone) -> None:
    """A reply that cannot leave for the moment."""
    await scene.night.stand_in.fault(f"^/v1/messages/{someone.phone.aci}", 500, method="PUT", times=None)
    await someone.says("/help")
    await scene.passes(seconds=3)


PERSON_CELLS = ["account", "name", "zone", "language", "words", "settings", "away_until"]


@pytest.mark.parametrize("column", PERSON_CELLS)
@story()
async def test_a_damaged_person_stops_nobody_else(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, column: str
) -> None:
    await scene.let_in(dee)
    await _arm(ana, scene)
    await _has_something_waiting(scene, dee)
    await _damage(scene, people, column, id=await _id_of(scene, dee))
    await dee.says("hello")
    await _evening_goes_as_always(ana, bo, scene)
    if column == "account":
        _expected(scene, "message_failed")


@story()
async def test_nor_after_a_restart(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(dee)
    await _arm(ana, scene)
    await _has_something_waiting(scene, dee)
    await _damage(scene, people, "zone", id=await _id_of(scene, dee))
    await scene.restarts(down=timedelta(minutes=3))
    await ana.reads("I was away from 18:00 to 18:03. Your timer until 18:30 still counts.", within=30)
    await _evening_goes_as_always(ana, bo, scene)


@pytest.mark.parametrize("column", ["account", "zone"])
@story()
async def test_a_damaged_second_buddy_does_not_keep_the_first_from_being_alerted(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, column, id=await _id_of(scene, cy))
    await _evening_goes_as_always(ana, bo, scene)


@pytest.mark.parametrize("column", ["account", "zone"])
@story()
async def test_in_place_of_a_damaged_first_buddy_the_second_is_alerted(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, column, id=await _id_of(scene, bo))
    await scene.until("18:30:00")
    await ana.reads("18:30 is close. …")
    await ana.reads("Your timer ended at 18:30. …")
    await scene.until("18:37:00")
    await cy.reads(ALERT)
    await cy.reads(DETAILS)
    await ana.says(WORD)
    await ana.reads(CLOSED)
    await cy.reads("Ana has sent the word, 18:37: …")


@story()
async def test_although_nothing_can_be_said_to_her_her_buddy_is_alerted(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, "zone", id=await _id_of(scene, ana))
    await scene.until("18:35:00")
    await bo.reads(ALERT)
    await bo.reads(DETAILS)
    await bo.says("on it")
    await bo.reads("You have it. …")


@story()
async def test_details_that_cannot_be_read_do_not_keep_back_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await _damage(scene, details, "body")
    await scene.until("18:35:00")
    await bo.reads(
        "Timer of Ana: no word since 18:30. …1. Call Ana now. …\n"
        "What Ana left for you cannot be read any more.\nPolice: Ana has stated no wish. …"
    )
    await scene.until("18:40:00")
    await bo.reads(AGAIN)
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:40: …")


@story()
async def test_a_plan_that_cannot_be_read_does_not_keep_back_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, "plan", id=await _id_of(scene, ana))
    await scene.until("18:35:00")
    await bo.reads("Timer of Ana: no word since 18:30. …2. Ask the question that only Ana can answer.\n…")
    await bo.reads(
        "Timer of Ana, 2 of 2. …Hotel Ritz\nPolice: the plan that Ana left cannot be read any more. So not, …"
    )


@story()
async def test_of_a_plan_that_cannot_be_read_she_is_told(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/plan Ring my sister Mia.")
    await ana.reads("Saved. …")
    await _damage(scene, people, "plan", id=await _id_of(scene, ana))
    await ana.says("/plan")
    await ana.reads("Your plan cannot be read any more. Please send it again: /plan TEXT")


@story()
async def test_a_damaged_message_that_waits_stops_nobody_else(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    await _arm(ana, scene)
    await _has_something_waiting(scene, dee)
    await _damage(scene, outbox, "body", state="waiting", purpose="reply")
    await _evening_goes_as_always(ana, bo, scene)


@story()
async def test_a_damaged_message_does_not_stop_the_next_ones_to_the_same_person(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.night.stand_in.rate_limit("Ana", 428, retry_after=60, times=1)
    await ana.says("/status")
    await scene.passes(seconds=2)
    await _damage(scene, outbox, "body", state="waiting")
    await ana.says("/buddies")
    await ana.reads("Your buddies, …", within=61)
    await _evening_goes_as_always(ana, bo, scene)


@story()
async def test_a_damaged_message_that_came_in_stops_nobody_else(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found by the next run: it was stored, and not yet handled."""
    await _arm(ana, scene)
    now = scene.clock.now()
    body = {"is": "nothing", "reason": "other_kind"}
    await scene.work(lambda records: records.inbox.add("bot", bo.phone.aci, 5, now, now, body, None))
    await _damage(scene, inbox, "body", state="waiting")
    await scene.restarts()
    await scene.passes(seconds=10)
    await _evening_goes_as_always(ana, bo, scene)


@story()
async def test_receipts_from_a_damaged_person_hold_up_nothing(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    await _damage(scene, people, "zone", id=await _id_of(scene, dee))
    for _ in range(3):
        await dee.phone.receipt("read", 1)
        await ana.says("/buddies")
        await ana.reads("Your buddies, …")
    await _arm(ana, scene)
    await _evening_goes_as_always(ana, bo, scene)


# --- without measure


@pytest.mark.parametrize("kind", ["delivery", "read"])
@story()
async def test_a_receipt_without_measure_leaves_nothing(ana: Someone, bo: Someone, scene: Scene, kind: str) -> None:
    """No phone confirms so much at once; more than a statement can carry stopped everything that came with it."""
    count = select(func.count()).select_from(early_receipts)
    before = await scene.work(lambda records: records.scope.connection.execute(count).scalar_one())
    await ana.phone.receipt("delivery" if kind == "delivery" else "read", *range(10**12, 10**12 + 60_000))
    await ana.says("/buddies")
    await ana.reads("Your buddies, …")
    kept = await scene.work(lambda records: records.scope.connection.execute(count).scalar_one()) - before
    assert kept == 0  # nothing was on its way to her
    await _arm(ana, scene)
    await _evening_goes_as_always(ana, bo, scene)


@story()
async def test_what_it_names_first_still_counts(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.set_receipts(delivery=False)
    await scene.overdue()
    alert = next(event for event in bo.phone.history if (event.body or "").startswith("Timer of Ana"))
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("Timer of Ana: …My message: sent, not yet arrived on your phone. …")
    await bo.phone.receipt("delivery", alert.timestamp, *range(10**12, 10**12 + 60_000))
    await scene.passes(seconds=1)
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("Timer of Ana: …My message: arrived on your phone. …")


def test_every_sealed_cell_of_a_person_is_damaged_above() -> None:
    sealed = {column.name for column in people.columns if isinstance(column.type, Sealed)}
    assert sealed == {*PERSON_CELLS, "plan"}
