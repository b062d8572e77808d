"""What is to be sent. A reply or an alert leaves only from a row here, committed with the state it reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select

from bot.domain.outgoing import (
    NOT_MADE,
    URGENT,
    Outgoing,
    Purpose,
    ToGroup,
    ToPerson,
    ToStranger,
)
from bot.errors import KeyMissing, SealBroken
from storage import outbox_statements as statements
from storage import receipts
from storage.facts import Body, encode_body
from storage.leases import Lease
from storage.outbox_lanes import lane_of, rank_in_lane
from storage.outbox_row import OutboxRow, OutboxState, read_row
from storage.scope import Scope
from storage.tables import outbox

__all__ = ["KEY_AGAIN", "Outbox", "OutboxRow", "OutboxState", "Outlook"]

LAST = "~"
"""After every id."""
EVER = datetime(1970, 1, 1, tzinfo=UTC)
KEY_AGAIN = timedelta(seconds=30)
"""Until a row under a key that is not seen is tried once more."""


@dataclass(frozen=True)
class Outlook:
    """Whether rows wait now that nobody has in hand, and the next moment at which a retry is due or a lease runs out.

    Such a row may still have to wait for another one of its lane, or has become pointless, and claiming withdraws it.
    """

    urgent: bool
    others: bool
    next_at: datetime | None


class Outbox:
    """Rows of `outbox`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, outgoing: Outgoing, now: datetime) -> str:
        """Queues a message; returns the row's id."""
        row_id = self._scope.ids.new()
        urgent = outgoing.purpose in URGENT
        to = outgoing.to
        person_id = to.person_id if isinstance(to, ToPerson) else None
        group_id = to.group_id if isinstance(to, ToGroup) else None
        body = Body(outgoing.text, outgoing.facts, to.account if isinstance(to, ToStranger) else None)
        values = {
            "id": row_id,
            "to_person_id": person_id,
            "to_group_id": group_id,
            "lane": lane_of(outgoing, row_id),
            "urgent": urgent,
            "priority": int(outgoing.priority),
            "lane_rank": rank_in_lane(outgoing),
            "purpose": outgoing.purpose.value,
            "action": outgoing.action.value,
            "body": self._scope.seal(outbox.c.body, row_id, encode_body(body)),
            "check_in_id": outgoing.check_in_id,
            "state": OutboxState.WAITING.value,
            "attempts": 0,
            "created_at": now,
            "not_before": outgoing.not_before or now,
            "expires_at": outgoing.expires_at,
        }
        self._change(statements.INSERT, values)
        return row_id

    def claim_for_operator(self, now: datetime, lease: Lease) -> list[OutboxRow]:
        """Takes the next message to the operator, if there is one: those leave also while Signal is away."""
        return self._claim(statements.CLAIMABLE_FOR_OPERATOR, {"now": now, "of_urgent": True, "limit": 1}, lease)

    def claim(self, now: datetime, limit: int, lease: Lease, *, urgent: bool, in_turn: bool = False) -> list[OutboxRow]:
        """Takes up to `limit` rows under the lease, at most one of each lane, best first; `in_turn`: of all lanes the
        one tried least often first, so that a recipient who cannot be reached does not use up every try; and no
        alert of a check-in that has just become overdue (`TRY_ALERTS_AFTER`).

        Rows that have become pointless (`expires_at`) are withdrawn on the way; one whose seal is broken has failed,
        so that it does not stand in the way of all others, and says so by its `state`.
        """
        self._scope.connection.execute(statements.EXPIRE, {"now": now})
        claimable = statements.CLAIMABLE_IN_TURN if in_turn else statements.CLAIMABLE
        values = {"now": now, "of_urgent": urgent, "limit": limit, "overdue_until": now - statements.TRY_ALERTS_AFTER}
        return self._claim(claimable, values, lease)

    def claim_long_waiting(self, now: datetime, limit: int, lease: Lease) -> list[OutboxRow]:
        """Takes what is not urgent and has waited longest, half a minute at least, in the same way."""
        self._scope.connection.execute(statements.EXPIRE, {"now": now})
        values = {"now": now, "of_urgent": False, "limit": limit, "waited_long": now - statements.WAITED_LONG}
        return self._claim(statements.CLAIMABLE_LONG_WAITING, values, lease)

    def _claim(self, claimable: Select[Any], values: dict[str, Any], lease: Lease) -> list[OutboxRow]:
        now, rows = values["now"], self._scope.connection.execute(claimable, values).all()
        if not rows:
            return []
        leased = {"keys": [row.id for row in rows], "owner": lease.owner, "until": lease.until, "now": now}
        self._scope.connection.execute(statements.LEASE, leased)
        claimed = []
        for row in rows:
            try:
                claimed.append(read_row(self._scope, row, first_attempt_at=row.first_attempt_at or now))
            except KeyMissing:  # perhaps another bot sees it, or this one again when the key file is put back
                self.record_retry(row.id, now + KEY_AGAIN, NOT_MADE)
            except SealBroken:
                self.record_failed(row.id, NOT_MADE, now)
                claimed.append(read_row(self._scope, row, even_if_damaged=True, state=OutboxState.FAILED))
        return claimed

    def still_to_send(self, row_id: str, lease: Lease) -> bool:
        """Whether the claimed row is still under this very lease, now that the try has not sent it. Where an earlier
        try is known by now to have sent it, the lease ends here, and the row is left as it is."""
        values = {"key": row_id, "owner": lease.owner, "until": lease.until}
        self._scope.connection.execute(statements.PUT_DOWN_IF_SENT, values)
        return self._scope.connection.execute(statements.MINE, values).one_or_none() is not None

    def record_sent(self, row_id: str, sent_ms: int, now: datetime, *, late: bool = False) -> None:
        """Signal has it. A row withdrawn meanwhile stays withdrawn, and keeps `sent_ms`, so that it can be deleted.
        `late`: an earlier try had reached Signal; one that has begun since stays in hand until it ends."""
        values = {"key": row_id, "at_ms": sent_ms, "new_state": "sent", "now": now}
        statement = statements.RECORD_SENT_LATE if late else statements.RECORD_SENT
        to = self._scope.connection.execute(statement, values).one_or_none()
        if to is not None:
            receipts.apply_early(self._scope, row_id, to.to_person_id, to.to_group_id, sent_ms)
        self._scope.outbox_touched = True

    def record_retry(self, row_id: str, not_before: datetime, reason: str | None = None, *, tried: bool = True) -> None:
        """It did not work, or has not been `tried` yet; again from `not_before`, and its lane waits. A row withdrawn
        meanwhile stays withdrawn. `reason` is a named value, never free text."""
        values = {"key": row_id, "new_not_before": not_before, "reason": reason, "tries": int(tried)}
        self._change(statements.RECORD_RETRY, values)

    def hurry(self, now: datetime) -> None:
        """Signal is back: nobody waits out a pause."""
        self._change(statements.HURRY, {"now": now})

    def record_failed(self, row_id: str, reason: str, now: datetime) -> None:
        """It will never work. `reason` is a named value, never free text."""
        self._change(statements.RECORD_FAILED, {"key": row_id, "reason": reason, "new_state": "failed", "now": now})

    def withdraw(self, check_in_id: str, purposes: Iterable[Purpose]) -> list[OutboxRow]:
        """Takes back what still waits and erases it; returns those rows as they are now.

        One with a `first_attempt_at` may be on its way already.
        """
        values = {"of_check_in": check_in_id, "purposes": [purpose.value for purpose in purposes]}
        rows = self._scope.connection.execute(statements.WITHDRAW, values).all()
        self._scope.outbox_touched = True
        return sorted((read_row(self._scope, row) for row in rows), key=lambda row: row.id)

    def withdraw_from(self, person_id: str, check_in_id: str, purposes: Iterable[Purpose], before: str = LAST) -> None:
        """The same for what waits for one person, and was queued before the row of that id."""
        values = {"of_check_in": check_in_id, "purposes": [purpose.value for purpose in purposes]}
        self._change(statements.WITHDRAW_FROM, values | {"from_person": person_id, "before_row": before})

    def move_to(self, alarm_id: str, from_id: str, people: Iterable[str]) -> None:
        """What is or was to be sent to these people about one alarm counts as about another from now on."""
        self._change(statements.MOVE, {"of_check_in": from_id, "people": list(people), "moved_to": alarm_id})

    def queued_earlier(self, check_in_id: str, purposes: Iterable[Purpose], by: timedelta) -> None:
        """The clock was set back: these count as queued, and confirmed, so much earlier."""
        of_purposes = [purpose.value for purpose in purposes]
        self._change(statements.QUEUED_EARLIER, {"of_check_in": check_in_id, "purposes": of_purposes, "by": by})

    def get(self, row_id: str) -> OutboxRow | None:
        """The row with this id."""
        return self._first(statements.BY_ID, {"id": row_id})

    def by_sent(self, sent_ms: int, person_id: str | None, group_id: str | None) -> OutboxRow | None:
        """The message that went out with this time stamp to this person or this group (name one of the two)."""
        if person_id is not None:
            return self._first(statements.BY_SENT_TO_PERSON, {"at_ms": sent_ms, "to": person_id})
        return self._first(statements.BY_SENT_TO_GROUP, {"at_ms": sent_ms, "to": group_id})

    def of_check_in(
        self, check_in_id: str, *purposes: Purpose, to: str | None = None, since: datetime = EVER
    ) -> list[OutboxRow]:
        """The messages about a check-in or an alarm, oldest first; without purposes all of them. `to`: to this person
        directly; `since`: queued then or later. An alert of days has many: who asks for few reads few."""
        if not purposes:
            return self._every(statements.OF_CHECK_IN, {"of_check_in": check_in_id})
        values = {"of_check_in": check_in_id, "purposes": [purpose.value for purpose in purposes], "since": since}
        if to is None:
            return self._every(statements.OF_CHECK_IN_SINCE, values)
        return self._every(statements.OF_CHECK_IN_TO, values | {"to": to})

    def note_receipt(
        self,
        recipient_person_id: str,
        sent_ms_list: Sequence[int],
        kind: receipts.ReceiptKind,
        at: datetime,
        *,
        by_phone: bool = False,
    ) -> None:
        """Raises direct messages to that person to delivered or read (which means delivered, too), and notes of lines
        in groups that her phone has them. `by_phone`: the receipt came from the phone itself.

        The first moment counts. A receipt that is faster than `record_sent` is kept and applied by it.
        """
        kinds: list[receipts.ReceiptKind] = [kind, "confirmed"] if by_phone else [kind]
        receipts.note(self._scope, recipient_person_id, sent_ms_list, kinds, at)

    def alert_was_tried(self, check_in_id: str, person_id: str) -> bool:
        """Whether this person can have heard of it: some alert to him was tried, whatever became of it."""
        values = {"of_check_in": check_in_id, "to": person_id}
        return bool(self._scope.connection.execute(statements.ALERT_WAS_TRIED, values).scalar_one())

    def alert_may_have_left(self, check_in_id: str, person_id: str, since: datetime, *, known: bool = False) -> bool:
        """Whether an alert to this person that was queued then or later has left, is on its way, or may have left;
        `known`: not where it is open whether it arrived."""
        values = {"of_check_in": check_in_id, "to": person_id, "since": since}
        statement = statements.ALERT_HAS_LEFT if known else statements.ALERT_MAY_HAVE_LEFT
        return bool(self._scope.connection.execute(statement, values).scalar_one())

    def alert_confirmed_by(self, check_in_id: str, since: datetime) -> set[str]:
        """The people whose own phone has confirmed an alert that was queued at or after `since`."""
        values = {"of_check_in": check_in_id, "since": since}
        return set(self._scope.connection.execute(statements.CONFIRMED_ALERTS, values).scalars())

    def lines_confirmed_by(self, check_in_id: str, purposes: Iterable[Purpose]) -> set[str]:
        """The people whose own phone has confirmed one of the lines about a check-in in their group."""
        values = {"of_check_in": check_in_id, "purposes": [purpose.value for purpose in purposes]}
        return set(self._scope.connection.execute(statements.CONFIRMED_LINES, values).scalars())

    def erase_bodies(self, check_in_id: str) -> None:
        """Erases what is left of the texts about a check-in, except of messages that are still to be sent."""
        self._scope.connection.execute(statements.ERASE_BODIES, {"of_check_in": check_in_id})
        self._scope.erased = True

    def outlook(self, now: datetime) -> Outlook:
        """What may be there to be claimed; asking so is far cheaper than claiming in vain."""
        row = self._scope.connection.execute(statements.OUTLOOK, {"now": now}).one()
        moments = [moment for moment in (row.next_retry, row.next_lease_end) if moment is not None]
        return Outlook(row.urgent, row.others, min(moments, default=None))

    def purge(self, before: datetime) -> int:
        """Erases what was settled before that moment and belongs to no check-in that is still here."""
        receipts.purge(self._scope, before)
        return self._scope.connection.execute(statements.PURGE, {"before": before}).rowcount

    def waits(self, outgoing: Outgoing) -> bool:
        """Whether a row that nobody has in hand waits in the lane in which this one would stand."""
        values = {"lane": lane_of(outgoing, "")}
        return self._scope.connection.execute(statements.WAITS_IN_LANE, values).first() is not None

    def keep_fact(self, row_id: str, name: str, value: str) -> str | None:
        """Keeps one more fact with what is still to be done, unless it has one of that name already; returns the one
        that it has then, None where there is no such row any more."""
        row = self._first(statements.BY_ID, {"id": row_id})
        if row is None or row.state is not OutboxState.WAITING:
            return None
        if name in row.facts:
            return str(row.facts[name])
        stranger = row.to.account if isinstance(row.to, ToStranger) else None
        body = encode_body(Body(row.text, {**row.facts, name: value}, stranger))
        self._change(statements.SET_BODY, {"key": row_id, "cell": self._scope.seal(outbox.c.body, row_id, body)})
        return value

    def lifetime_states(self, person_id: str, since: datetime) -> list[str]:
        """Of rows that set how long messages stay in a direct chat: those that wait, or have left since then."""
        values = {"to": person_id, "since": since}
        return list(self._scope.connection.execute(statements.LIFETIME_STATES, values).scalars())

    def operator_waits_for(self, text: str) -> bool:
        """Whether a row that nobody has in hand is still to tell the operator this."""
        return any(row.text == text for row in self._every(statements.FOR_OPERATOR, {}))

    def count_waiting(self) -> int:
        """How many messages are still to be sent."""
        return self._scope.connection.execute(statements.COUNT_WAITING).scalar_one()

    def _change(self, statement: Any, values: dict[str, Any]) -> None:
        self._scope.connection.execute(statement, values)
        self._scope.outbox_touched = True

    def _first(self, statement: Select[Any], values: dict[str, Any]) -> OutboxRow | None:
        row = self._scope.connection.execute(statement, values).one_or_none()
        return None if row is None else read_row(self._scope, row, even_if_damaged=True)

    def _every(self, statement: Select[Any], values: dict[str, Any]) -> list[OutboxRow]:
        rows = self._scope.connection.execute(statement, values)
        return [read_row(self._scope, row, even_if_damaged=True) for row in rows]
