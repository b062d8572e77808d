"""What must hold at the end of an evening, whatever was killed in it."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.domain.check_in import CheckIn, Stage
from bot.domain.details import Subject, SubjectKind
from bot.domain.outgoing import Purpose
from bot.domain.pairing import PairingState
from bot.errors import StorageUnavailable
from storage.inbox import InboxState
from storage.records import Records
from tests.properties.night import Night


async def check_rest(night: Night) -> None:
    """Nothing waits that could be done; nothing was done twice that changes anything."""
    now = night.clock.now()

    def look(records: Records) -> tuple[Any, ...]:
        query = records.scope.connection.exec_driver_sql
        return (
            records.inbox.count(InboxState.WAITING),
            records.inbox.count(InboxState.PARKED),
            records.outbox.count_waiting(),
            records.deadlines.earliest(),
            query("SELECT count(*) FROM deadlines WHERE lease_until IS NOT NULL").scalar_one(),
            records.people.count(),
        )

    waiting, parked, unsent, earliest, leased, people = await night.ask_database(look)
    assert (waiting, parked) == (0, 0), "messages were left unanswered"
    assert unsent == 0, "something was left unsent"
    assert earliest is None or earliest > now - timedelta(seconds=2), "a deadline was left unacted"
    assert leased == 0
    assert people == 2
    await check_groups(night)
    assert list(faults(night)) == [], "faults of our own"


def faults(night: Night) -> Iterator[dict[str, Any]]:
    """What the log tells of errors, but for the database that ends with a kill."""
    for line in night.logged.getvalue().splitlines():
        told = json.loads(line)
        if told["level"] == "error" and told["error"] != StorageUnavailable.__name__:
            yield told


async def check_groups(night: Night) -> None:
    """One group for each active pairing, and no other that the bot is still in."""

    book = night.evening.stand_in._server.groups
    alive = {
        group_id for group_id, state in book._groups.items() if night.evening.stand_in.account_aci in state.members
    }

    def look(records: Records) -> tuple[int, set[str]]:
        ana = records.people.by_account(night.ana.aci)
        assert ana is not None
        pairings = records.pairings.of_person(ana.id)
        assert all(pairing.state is PairingState.ACTIVE for pairing in pairings)
        return len(pairings), records.groups.known_among(alive)

    pairings, known = await night.ask_database(look)
    assert len(known) == pairings
    assert alive == known, "a group was made twice, or left behind"
    for group_id in alive:
        members = book.get(group_id).members
        assert {night.ana.aci, night.bo.aci} <= set(members)


async def the_check_ins(night: Night) -> list[CheckIn]:
    """All of the evening."""

    def look(records: Records) -> list[CheckIn]:
        ids = records.scope.connection.exec_driver_sql("SELECT id FROM check_ins ORDER BY id").scalars()
        found = [records.check_ins.get(check_in_id) for check_in_id in ids]
        return [check_in for check_in in found if check_in is not None]

    found: list[CheckIn] = await night.ask_database(look)
    return found


async def check_closed_once(night: Night) -> None:
    """One check-in, closed, its details gone; who was alerted was told that it is over. Looks when all has left."""
    await asyncio.sleep(30 + night.slack)
    (check_in,) = await the_check_ins(night)
    assert check_in.stage is Stage.CLOSED
    assert (
        await night.ask_database(lambda records: records.details.of(Subject(SubjectKind.CHECK_IN, check_in.id))) == []
    )
    alerts, all_clears = night.alert_times(), night.texts(night.bo, r"^Ana has sent the word")
    assert bool(alerts) is bool(all_clears)
    assert len(all_clears) <= 1 + night.kills
    assert len(night.texts(night.ana, "Good night")) <= 1 + night.kills
    rows = await night.ask_database(lambda records: len(records.outbox.of_check_in(check_in.id, Purpose.ALERT)))
    assert len(alerts) <= rows + night.kills, "more than sends were repeated"
    started = night.texts(night.bo, "^Ana's timer runs until", in_group=True)
    assert not started or night.texts(night.bo, "^Ana's timer is closed", in_group=True)
