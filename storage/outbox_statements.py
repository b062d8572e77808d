"""The statements of the outbox, built once.

A lane is one recipient, once for urgent messages and once for all others, so that a slow reply never holds up an
alert. Within a lane order is kept: by id, and in urgent lanes alerts and all-clears together before the rest
(DESIGN, invariant 7). Only the first waiting row of a lane can be claimed, and none while another row of the lane
is in hand, even if that one has been withdrawn meanwhile: it may still be on its way out.
"""

from datetime import timedelta

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, or_, select, tuple_, update

from bot.domain.outgoing import NETWORK_DOWN, NEVER_CAME, NOT_LEFT, UNKNOWN, Priority
from storage.column_types import Duration, Instant
from storage.tables import WAITING, alarms, check_ins, line_receipts, outbox

NOW = bindparam("now", type_=Instant)
_THIS = outbox.c.id == bindparam("key")
_IS_WAITING = outbox.c.state == WAITING
_NO_LEASE = {"lease_owner": None, "lease_until": None}
_WITHDRAWN_STAYS = case((outbox.c.state == "withdrawn", "withdrawn"), else_=bindparam("new_state"))
_OF_CHECK_IN = outbox.c.check_in_id == bindparam("of_check_in")
_OF_PURPOSES = outbox.c.purpose.in_(bindparam("purposes", expanding=True))

COLUMNS = (
    outbox.c.id,
    outbox.c.to_person_id,
    outbox.c.to_group_id,
    outbox.c.priority,
    outbox.c.purpose,
    outbox.c.action,
    outbox.c.body,
    outbox.c.check_in_id,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.created_at,
    outbox.c.first_attempt_at,
    outbox.c.sent_ms,
    outbox.c.delivered_at,
    outbox.c.confirmed_at,
    outbox.c.read_at,
    outbox.c.failure,
    outbox.c.lease_until,
)
_SELECT = select(*COLUMNS)

INSERT = insert(outbox)
BY_ID = _SELECT.where(outbox.c.id == bindparam("id"))
_BY_SENT = _SELECT.where(outbox.c.sent_ms == bindparam("at_ms")).order_by(outbox.c.id).limit(1)
BY_SENT_TO_PERSON = _BY_SENT.where(outbox.c.to_person_id == bindparam("to"))
BY_SENT_TO_GROUP = _BY_SENT.where(outbox.c.to_group_id == bindparam("to"))
OF_CHECK_IN = _SELECT.where(_OF_CHECK_IN).order_by(outbox.c.id)
OF_CHECK_IN_SINCE = OF_CHECK_IN.where(_OF_PURPOSES, outbox.c.created_at >= bindparam("since", type_=Instant))
OF_CHECK_IN_TO = OF_CHECK_IN_SINCE.where(outbox.c.to_person_id == bindparam("to"))

_not_in_hand = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= NOW)
EXPIRE = (
    update(outbox)
    .where(_IS_WAITING, outbox.c.expires_at < NOW, _not_in_hand)
    .values(state="withdrawn", body=None, settled_at=NOW, **_NO_LEASE)
)
_earlier = outbox.alias("earlier")
_ahead = exists().where(
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.state == WAITING,
    tuple_(_earlier.c.lane_rank, _earlier.c.id) < tuple_(outbox.c.lane_rank, outbox.c.id),
)
_other = outbox.alias("other")
_lane_busy = exists().where(
    _other.c.lane == outbox.c.lane,
    _other.c.lease_until > NOW,
    or_(_other.c.action != "file", outbox.c.action == "file"),  # a file may take long: no text waits for it
)
_FREE = (
    _SELECT.where(_IS_WAITING, outbox.c.urgent == bindparam("of_urgent"), outbox.c.not_before <= NOW)
    .where(~_ahead, ~_lane_busy)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=outbox)
)
_of_signal = outbox.c.purpose != "operator"
CLAIMABLE_FOR_OPERATOR = _FREE.where(~_of_signal).order_by(outbox.c.id)
CLAIMABLE = _FREE.order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
"""What failed queues up anew when its pause is over: whoever cannot be reached stands in nobody's way for long, and who
came once in vain is not passed by for ever."""
WAITED_LONG = timedelta(seconds=30)
CLAIMABLE_LONG_WAITING = _FREE.where(outbox.c.not_before < bindparam("waited_long", type_=Instant)).order_by(
    outbox.c.not_before, outbox.c.id
)
"""Whatever it is: otherwise the least of it would never leave while enough members write."""
TRY_ALERTS_AFTER = timedelta(seconds=60)
"""While Signal seems away no alert of a check-in is tried before it has been overdue for so long: what is on its way in
a stalled network leaves when that ends, before her word that waits there is heard, and cannot be called back."""
_just_overdue = exists().where(
    check_ins.c.id == outbox.c.check_in_id, check_ins.c.alerting_since > bindparam("overdue_until", type_=Instant)
)
_may_be_tried = or_(outbox.c.priority > Priority.ALERT.value, ~_just_overdue)
_asks_signal = outbox.c.action != "set_lifetime"  # which may only wait for a close, and would take every try
CLAIMABLE_IN_TURN = _FREE.where(_of_signal, _may_be_tried, _asks_signal).order_by(
    outbox.c.attempts, outbox.c.priority, outbox.c.id
)
_IS_UNSURE = and_(outbox.c.failure.is_not(None), outbox.c.failure.not_in(NOT_LEFT))
"""It may have left in an earlier try: that stays true, whatever comes of the next."""
_TELLS = outbox.c.purpose.in_(("alert", "alert_line", "start_line", "time_line"))
_PERHAPS_TOLD = and_(_TELLS, outbox.c.failure == NETWORK_DOWN, bindparam("reason").in_(NEVER_CAME))
_REASON = case((or_(_IS_UNSURE, _PERHAPS_TOLD), outbox.c.failure), else_=bindparam("reason"))
_REASON_OF_TOLD = case((or_(and_(_IS_UNSURE, _TELLS), _PERHAPS_TOLD), outbox.c.failure), else_=bindparam("reason"))
LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("keys", expanding=True)))
    .values(
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        failure=case((outbox.c.lease_until.is_not(None), UNKNOWN), else_=outbox.c.failure),
        first_attempt_at=func.coalesce(outbox.c.first_attempt_at, NOW),
    )
)
_is_mine = and_(_THIS, outbox.c.lease_owner == bindparam("owner"), outbox.c.lease_until == bindparam("until"))
MINE = select(outbox.c.id).where(_is_mine)
PUT_DOWN_IF_SENT = (
    update(outbox)
    .where(_is_mine, outbox.c.sent_ms.is_not(None))
    .values(attempts=outbox.c.attempts + 1, lease_owner=None, lease_until=None)
)
# Of several copies the last names it: a yes to an earlier one is understood all the same.
_LAST_COPY = case((outbox.c.sent_ms > bindparam("at_ms"), outbox.c.sent_ms), else_=bindparam("at_ms"))
_SENT = (
    update(outbox)
    .where(_THIS)
    .values(state=_WITHDRAWN_STAYS, sent_ms=_LAST_COPY, body=None, settled_at=NOW)
    .returning(outbox.c.to_person_id, outbox.c.to_group_id)
)
RECORD_SENT = _SENT.values(failure=None, **_NO_LEASE)
# Another try may be on its way meanwhile: nothing of its lane overtakes it, and whether it arrives stays open.
RECORD_SENT_LATE = _SENT.values(failure=case((outbox.c.lease_until.is_not(None), outbox.c.failure), else_=None))
RECORD_RETRY = (
    update(outbox)
    .where(_THIS)
    .values(
        not_before=bindparam("new_not_before"),
        attempts=outbox.c.attempts + bindparam("tries"),
        failure=_REASON,
        **_NO_LEASE,
    )
)
HURRY = update(outbox).where(_IS_WAITING, outbox.c.not_before > NOW).values(not_before=NOW)
RECORD_FAILED = (
    update(outbox)
    .where(_THIS)
    .values(state=_WITHDRAWN_STAYS, failure=_REASON_OF_TOLD, body=None, settled_at=NOW, **_NO_LEASE)
)
WITHDRAW = (
    update(outbox)
    .where(_OF_CHECK_IN, _OF_PURPOSES, _IS_WAITING)
    .values(state="withdrawn", body=None, settled_at=outbox.c.created_at)
    .returning(*COLUMNS)
)
CONFIRMED_ALERTS = select(outbox.c.to_person_id).where(
    _OF_CHECK_IN,
    outbox.c.purpose == "alert",
    outbox.c.created_at >= bindparam("since", type_=Instant),
    outbox.c.confirmed_at.is_not(None),
)
_ALERT_TO = and_(_OF_CHECK_IN, outbox.c.purpose == "alert", outbox.c.to_person_id == bindparam("to"))
ALERT_WAS_TRIED = select(exists().where(_ALERT_TO, outbox.c.first_attempt_at.is_not(None)))
ALERT_MAY_HAVE_LEFT = select(
    exists().where(
        _ALERT_TO,
        outbox.c.created_at >= bindparam("since", type_=Instant),
        outbox.c.first_attempt_at.is_not(None),
        or_(
            outbox.c.sent_ms.is_not(None),
            outbox.c.lease_until.is_not(None),
            outbox.c.failure.is_(None),
            outbox.c.failure.not_in(NOT_LEFT),
        ),
    )
)
ALERT_HAS_LEFT = select(
    exists().where(
        _ALERT_TO,
        outbox.c.created_at >= bindparam("since", type_=Instant),
        or_(outbox.c.sent_ms.is_not(None), outbox.c.lease_until.is_not(None)),
    )
)
CONFIRMED_LINES = select(line_receipts.c.person_id).join(outbox).where(_OF_CHECK_IN, _OF_PURPOSES)
WITHDRAW_FROM = (
    update(outbox)
    .where(
        _OF_CHECK_IN,
        _OF_PURPOSES,
        _IS_WAITING,
        outbox.c.to_person_id == bindparam("from_person"),
        outbox.c.id < bindparam("before_row"),
    )
    .values(state="withdrawn", body=None, settled_at=outbox.c.created_at)
)
MOVE = (
    update(outbox)
    .where(_OF_CHECK_IN, outbox.c.to_person_id.in_(bindparam("people", expanding=True)))
    .values(check_in_id=bindparam("moved_to"))
)
QUEUED_EARLIER = (
    update(outbox)
    .where(_OF_CHECK_IN, _OF_PURPOSES)
    .values(
        created_at=outbox.c.created_at - bindparam("by", type_=Duration),
        confirmed_at=outbox.c.confirmed_at - bindparam("by", type_=Duration),
    )
)
ERASE_BODIES = update(outbox).where(_OF_CHECK_IN, outbox.c.state != "waiting").values(body=None)
_ready = _IS_WAITING & _not_in_hand & or_(outbox.c.not_before <= NOW, outbox.c.expires_at < NOW)
OUTLOOK = select(
    exists().where(_ready, outbox.c.urgent).label("urgent"),
    exists().where(_ready, ~outbox.c.urgent).label("others"),
    select(func.min(outbox.c.not_before)).where(_IS_WAITING, outbox.c.not_before > NOW).label("next_retry"),
    select(func.min(outbox.c.lease_until)).where(outbox.c.lease_until > NOW).label("next_lease_end"),
)
_belongs = or_(
    exists().where(check_ins.c.id == outbox.c.check_in_id), exists().where(alarms.c.id == outbox.c.check_in_id)
)
PURGE = delete(outbox).where(
    outbox.c.state != "waiting",
    outbox.c.lease_until.is_(None),
    outbox.c.settled_at < bindparam("before", type_=Instant),
    ~_belongs,
)
WAITS_IN_LANE = (
    select(outbox.c.id).where(_IS_WAITING, outbox.c.lane == bindparam("lane"), outbox.c.lease_until.is_(None)).limit(1)
)
LIFETIME_STATES = select(outbox.c.state).where(
    outbox.c.purpose == "lifetime",
    outbox.c.to_person_id == bindparam("to"),
    or_(
        and_(_IS_WAITING, outbox.c.lease_until.is_(None)),
        and_(outbox.c.state == "sent", outbox.c.settled_at >= bindparam("since", type_=Instant)),
    ),
)
SET_BODY = update(outbox).where(outbox.c.id == bindparam("key"), _IS_WAITING).values(body=bindparam("cell"))
FOR_OPERATOR = _SELECT.where(_IS_WAITING, ~_of_signal, outbox.c.lease_until.is_(None))
COUNT_WAITING = select(func.count()).where(_IS_WAITING)
