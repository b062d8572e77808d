"""What became of a try: again after which pause, or never (DESIGN, invariant 8). Pure."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.attempts import Attempt, Result
from bot.domain.outgoing import (
    AS_IT_STOOD,
    NETWORK_DOWN,
    NO_ACCOUNT,
    NOT_CONNECTED,
    NOT_LEFT,
    TO_BUDDY_ALONE,
    UNKNOWN,
    Action,
    Priority,
    ToStranger,
)
from bot.parcels import Parcel
from bot.transport.errors import Refusal, SignalError, SignalRefused, SignalUnavailable
from bot.transport.outcomes import FailureKind, SendOutcome

_STRANGER_TRIES = 3
_TRIES_AFTER_FAULT = 5
_TRIES_WITHOUT_ACCOUNT = 5
"""Of an answer that a line in a group should have brought, in fifteen seconds: she has just written, and may have been
without an account for a moment only."""
_LEAST_TRIES = 5
"""Before anything is given up for its age (it may have waited for a close, or be from before the clock was put right),
and of what mends a group."""
_LONGEST_TRY_FOR_LIFETIME = timedelta(days=2)  # longer than any timer runs
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
_LONGEST_ALERT_PAUSE = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=5)
"""Signal sometimes asks for a wait of a day; a limit may be lifted sooner, and what follows in the lane waits too. A
group's line of which nobody knows whether it came is said again so seldom: each may show once more on every phone."""
_LONGEST_TRY = timedelta(days=7)
"""Of what is neither a part of an alert nor the making of a group: what stands behind it in its lane waits as well."""


def judge(parcel: Parcel, outcome: SendOutcome) -> Attempt:
    """A direct message has to reach its one recipient. A group line counts when it reached anybody: the rest is told
    by direct message (SPEC: "success is judged by the direct message")."""
    if outcome.unavailable or (outcome.network_down and not outcome.reached):
        reason = "unavailable" if outcome.unknown else NOT_CONNECTED if outcome.unavailable else NETWORK_DOWN
        return replace(again(parcel, reason), result=Result.SIGNAL_AWAY)
    if outcome.reached:
        sent = Attempt(Result.SENT, outcome.sent_ms or 0)
        return replace(sent, missed=frozenset(outcome.failures), without_account=_without_account(outcome))
    if outcome.unknown:
        late = None if outcome.late is None else partial(_judge_late, parcel, outcome.late)
        return replace(again(parcel, UNKNOWN), late=late)
    kinds = {failure.kind for failure in outcome.failures.values()}
    reasons = sorted((kind.value for kind in kinds), key=lambda reason: (reason in NOT_LEFT, reason))
    reason = next(iter(reasons), "refused")  # first what leaves open whether it has left
    if kinds <= {FailureKind.UNREGISTERED} and kinds:
        is_said_again = parcel.account is not None and AS_IT_STOOD in parcel.row.facts
        tries = _TRIES_WITHOUT_ACCOUNT if is_said_again else 1
        if parcel.row.attempts + 1 < tries:
            return again(parcel, NO_ACCOUNT)
        return replace(
            failed(NO_ACCOUNT), missed=frozenset(outcome.failures), without_account=_without_account(outcome)
        )
    return again(parcel, reason, outcome.retry_after)


def _without_account(outcome: SendOutcome) -> frozenset[str]:
    kinds = {account: failure.kind for account, failure in outcome.failures.items()}
    return frozenset(account for account, kind in kinds.items() if kind is FailureKind.UNREGISTERED)


async def _judge_late(parcel: Parcel, late: Callable[[], Awaitable[SendOutcome]]) -> Attempt:
    return replace(judge(parcel, await late()), is_late=True)


def given_up_in_the_end(parcel: Parcel, attempt: Attempt) -> Attempt:
    """What cannot be sent for a week never is: by then it is of no use, and must not be kept for ever. A group is left
    all the same where only Signal is away."""
    row = parcel.row
    is_kept = row.purpose in TO_BUDDY_ALONE or row.action is Action.MAKE_GROUP
    is_left_later = row.action is Action.END_GROUP and attempt.result is Result.SIGNAL_AWAY
    is_old = parcel.reader.now - row.created_at > _LONGEST_TRY and row.attempts + 1 >= _LEAST_TRIES
    waits = attempt.result in (Result.RETRY, Result.SIGNAL_AWAY)
    if not waits or not attempt.tried or is_kept or is_left_later or not is_old:
        return attempt
    return replace(attempt, result=Result.FAILED)


def after_error(parcel: Parcel, error: SignalError) -> Attempt:
    """Signal, or signal-cli, did not do it."""
    attempt = again(parcel, type(error).__name__, error.retry_after)
    no_network = isinstance(error, SignalRefused) and error.reason is Refusal.NETWORK
    if no_network or isinstance(error, SignalUnavailable):
        return replace(attempt, result=Result.SIGNAL_AWAY)
    row = parcel.row
    tried_often = row.attempts + 1 >= _LEAST_TRIES
    waited_long = parcel.reader.now - row.created_at > _LONGEST_TRY_FOR_LIFETIME and tried_often
    given_up = {Action.SET_LIFETIME: waited_long, Action.MEND_GROUP: tried_often}.get(row.action, False)
    return replace(attempt, result=Result.FAILED) if given_up else attempt


def after_fault(parcel: Parcel, reason: str) -> Attempt:
    """A fault of our own: tried again, but not for ever, for the messages behind it in its lane wait too."""
    if parcel.row.attempts >= _TRIES_AFTER_FAULT:
        return failed(reason)
    return again(parcel, reason)


def again(parcel: Parcel, reason: str, retry_after: float | None = None) -> Attempt:
    """Once more, after a pause that grows with every try."""
    row = parcel.row
    is_given_up = isinstance(row.to, ToStranger) and row.attempts + 1 >= _STRANGER_TRIES
    pressing = row.priority <= Priority.ALL_CLEAR and row.action is not Action.FILE
    longest = _LONGEST_ALERT_PAUSE if pressing else LONGEST_PAUSE
    if reason == UNKNOWN and parcel.account is None:
        longest = _LONGEST_WAIT
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 10), longest)
    if retry_after is not None:
        pause = max(pause, min(timedelta(seconds=retry_after), _LONGEST_WAIT))
    return Attempt(Result.FAILED if is_given_up else Result.RETRY, pause=pause, reason=reason)


def gone() -> Attempt:
    """There is nothing any more to send, or nobody to send it to."""
    return failed("nothing_to_send_to")


def failed(reason: str) -> Attempt:
    """For good."""
    return Attempt(Result.FAILED, reason=reason)
