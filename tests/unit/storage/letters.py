"""Messages of every kind for an outbox, and whom they go to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup, ToPerson, ToStranger
from storage.leases import Lease
from storage.outbox import OutboxRow
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START

MINE = Lease("me", START + timedelta(seconds=30))
SECOND = timedelta(seconds=1)


@pytest.fixture
async def bo(store: Store) -> ToPerson:
    person = await store.run(lambda records: records.people.add("bo's account", START))
    return ToPerson(person.id)


@pytest.fixture
async def cy(store: Store) -> ToPerson:
    person = await store.run(lambda records: records.people.add("cy's account", START))
    return ToPerson(person.id)


def reply(to: ToPerson | ToGroup | ToStranger, **more: object) -> Outgoing:
    return Outgoing(to, Priority.REPLY, Purpose.REPLY, text="armed", **more)


def alert(to: ToPerson, **more: object) -> Outgoing:
    return Outgoing(to, Priority.ALERT, Purpose.ALERT, text="alert", **more)


def all_clear(to: ToPerson, **more: object) -> Outgoing:
    return Outgoing(to, Priority.ALL_CLEAR, Purpose.ALL_CLEAR, text="all clear", **more)


def clean_up(to: ToPerson, **more: object) -> Outgoing:
    return Outgoing(to, Priority.REST, Purpose.CLEAN_UP, Action.DELETE, facts={"row": "other"}, **more)


def queue(*messages: Outgoing) -> Callable[[Records], list[str]]:
    return lambda records: [records.outbox.add(message, START) for message in messages]


def claim(*, urgent: bool, after: timedelta = timedelta(), lease: Lease = MINE) -> Callable[[Records], list[OutboxRow]]:
    return lambda records: records.outbox.claim(START + after, 100, lease, urgent=urgent)


async def next_at(store: Store) -> datetime | None:
    return (await store.run(lambda records: records.outbox.outlook(START))).next_at


async def ids_of(store: Store, unit: Callable[[Records], list[OutboxRow]]) -> list[str]:
    return [row.id for row in await store.run(unit)]
