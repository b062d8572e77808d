"""The lanes of the outbox under a long random course, beside a simple model of what may be claimed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToGroup
from storage.leases import Lease
from storage.outbox import OutboxState
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START

KINDS = [
    (Priority.ALERT, Purpose.ALERT),
    (Priority.ALL_CLEAR, Purpose.ALL_CLEAR),
    (Priority.REST, Purpose.CLEAN_UP),
    (Priority.REPLY, Purpose.REPLY),
    (Priority.REST, Purpose.NOTICE),
]
RANKS = {Purpose.ALERT: 0, Purpose.ALL_CLEAR: 0, Purpose.CLEAN_UP: 1}
STEPS = 150


@dataclass
class Row:
    """What the model knows of a message."""

    row_id: str
    lane: tuple[str, bool]
    rank: int
    priority: Priority
    not_before: datetime
    expires_at: datetime | None
    waiting: bool = True
    leased_until: datetime | None = None


@dataclass
class Model:
    """The rules, said slowly."""

    rows: list[Row] = field(default_factory=list)

    def claimable(self, now: datetime, *, urgent: bool) -> list[str]:
        self._expire(now)
        lanes = {row.lane for row in self.rows if row.lane[1] is urgent}
        heads = [head for lane in lanes if (head := self._head(lane, now)) is not None]
        return [row.row_id for row in sorted(heads, key=lambda row: (row.priority, row.not_before, row.row_id))]

    def in_hand(self, now: datetime) -> list[Row]:
        return [row for row in self.rows if row.leased_until is not None and row.leased_until > now]

    def _expire(self, now: datetime) -> None:
        for row in self.rows:
            if row.waiting and row.expires_at is not None and row.expires_at < now and row not in self.in_hand(now):
                row.waiting, row.leased_until = False, None

    def _head(self, lane: tuple[str, bool], now: datetime) -> Row | None:
        if any(row.lane == lane for row in self.in_hand(now)):
            return None
        waiting = [row for row in self.rows if row.lane == lane and row.waiting]
        first = min(waiting, key=lambda row: (row.rank, row.row_id), default=None)
        return first if first is not None and first.not_before <= now else None


class Course:
    """One random course, played to the outbox and to the model alike."""

    def __init__(self, records: Records, seed: int) -> None:
        self._outbox = records.outbox
        self._model = Model()
        self._random = Random(seed)
        self._now = START

    def play(self) -> int:
        moves = [self._add, self._add, self._claim, self._settle, self._settle, self._withdraw, self._wait]
        for _ in range(STEPS):
            self._random.choice(moves)()
        return len(self._model.rows)

    def _add(self) -> None:
        priority, purpose = self._random.choice(KINDS)
        to = self._random.choice("ab")
        expires_at = self._random.choice([None, None, self._now + timedelta(seconds=20)])
        outgoing = Outgoing(ToGroup(to), priority, purpose, check_in_id="c", expires_at=expires_at)
        row_id = self._outbox.add(outgoing, self._now)
        lane = (to, purpose in RANKS)
        self._model.rows.append(Row(row_id, lane, RANKS.get(purpose, 0), priority, self._now, expires_at))

    def _claim(self) -> None:
        urgent = self._random.random() < 0.5
        until = self._now + timedelta(seconds=30)
        expected = self._model.claimable(self._now, urgent=urgent)
        found = self._outbox.claim(self._now, 10, Lease("me", until), urgent=urgent)
        assert [row.id for row in found] == expected
        for row in self._model.rows:
            if row.row_id in expected:
                row.leased_until = until

    def _settle(self) -> None:
        in_hand = self._model.in_hand(self._now)
        if not in_hand:
            return
        row = self._random.choice(in_hand)
        how = self._random.choice(["sent", "retry", "failed"])
        row.leased_until = None
        if how == "retry":
            row.not_before = self._now + timedelta(seconds=self._random.randrange(15))
            self._outbox.record_retry(row.row_id, row.not_before)
            return
        row.waiting = False
        if how == "sent":
            self._outbox.record_sent(row.row_id, 1, self._now)
        else:
            self._outbox.record_failed(row.row_id, "unregistered", self._now)

    def _withdraw(self) -> None:
        if self._random.random() < 0.8:
            return
        _, purpose = self._random.choice(KINDS)
        withdrawn = {row.id for row in self._outbox.withdraw("c", [purpose])}
        for row in self._model.rows:
            if row.row_id in withdrawn:
                assert row.waiting
                row.waiting = False
                kept = self._outbox.get(row.row_id)
                assert kept is not None
                assert kept.state is OutboxState.WITHDRAWN

    def _wait(self) -> None:
        self._now += timedelta(seconds=self._random.randrange(12))


@pytest.mark.parametrize("seed", range(6))
async def test_only_what_may_go_next_is_ever_claimed(store: Store, seed: int) -> None:
    assert await store.run(lambda records: Course(records, seed).play()) > 20
