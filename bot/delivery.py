"""Sending one parcel: what is asked of Signal, and what its outcome means for the row (DESIGN, invariant 8)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.attempts import Attempt, Result
from bot.domain.details import Content
from bot.domain.outgoing import (
    AS_IT_STOOD,
    NETWORK_DOWN,
    NO_ACCOUNT,
    NOT_MADE,
    UNKNOWN,
    Action,
    Priority,
    ToOperator,
    ToStranger,
)
from bot.errors import SealBroken, StorageError
from bot.group_care import GroupCare
from bot.group_making import GroupMaking
from bot.in_words import NotMadeError, in_words
from bot.operator_channel import OperatorChannel
from bot.parcels import Parcel
from bot.transport.calls import SignalCalls, ToGroup, ToPerson
from bot.transport.errors import Refusal, SignalError, SignalRefused, SignalUnavailable
from bot.transport.outcomes import FailureKind, SendOutcome
from bot.transport.requests import FileToSend

_STRANGER_TRIES = 3
_TRIES_AFTER_FAULT = 5
_CLEAN_UP_TRIES = 5
_TRIES_WITHOUT_ACCOUNT = 5
"""Of an answer that a line in a group should have brought, in fifteen seconds: she has just written, and may have been
without an account for a moment only."""
_MENDING_TRIES = 5
_LONGEST_TRY_FOR_LIFETIME = timedelta(days=2)  # longer than any timer runs
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=60)
_LONGEST_ALERT_PAUSE = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=5)
"""Signal sometimes asks for a wait of a day; a limit may be lifted sooner, and what follows in the lane waits too. A
group's line of which nobody knows whether it came is said again so seldom: each may show once more on every phone."""
_OPERATOR_WITHIN = 60.0
"""Seconds for the operator's second channel."""
_LINES = "export.lines"
_FILE_NAME = "timer-bot.txt"
FILES_AT_ONCE = 4
"""With all that is made of it on the way out, each takes some 40 MB."""
Contents = Callable[[str], Awaitable[Content | None]]
"""Finds the file of an entry of `details`; None when it is erased. Raises StorageError."""


class Delivery:
    """Carries out one outbox row at Signal."""

    def __init__(
        self,
        signal: SignalCalls,
        making: GroupMaking,
        care: GroupCare,
        operator: OperatorChannel,
        on_fault: Callable[[Exception], None],
        contents: Contents,
    ) -> None:
        self._signal = signal
        self._making = making
        self._care = care
        self._operator = operator
        self._on_fault = on_fault
        self._contents = contents
        self._files_in_hand = 0

    async def attempt(self, parcel: Parcel) -> Attempt:
        """Try once. Never raises SignalError; `on_fault` is told of any other error, which counts as an attempt."""
        try:
            return await self._ACTIONS[parcel.row.action](self, parcel)
        except SignalError as error:
            return _after_error(parcel, error)
        except StorageError as error:  # a moment's trouble, and no fault of the message
            self._on_fault(error)
            return _again(parcel, type(error).__name__)
        except NotMadeError as not_made:
            self._on_fault(not_made.fault)
            return _after_fault(parcel, NOT_MADE)
        except Exception as error:  # noqa: BLE001 (one message's fault must not stop the others)
            self._on_fault(error)
            return _after_fault(parcel, type(error).__name__)

    async def _text(self, parcel: Parcel) -> Attempt:
        row = parcel.row
        text = in_words(parcel, row.text or "")
        if isinstance(row.to, ToOperator):
            taken = await self._is_told(text)
            return Attempt(Result.SENT) if taken else _again(parcel, "operator_not_reached")
        if parcel.account is not None:
            return _judge(parcel, await self._signal.send_to_person(parcel.account, text))
        if parcel.signal_group is None:
            return _again(parcel, "group_not_made") if parcel.members else _gone()
        outcome = await self._signal.send_to_group(parcel.signal_group, text, parcel.members)
        if outcome.unknown and not outcome.network_down:
            with suppress(SignalError):  # it is unknown all the same
                await self._signal.repair_group(parcel.signal_group)
        if not parcel.members and outcome.refusal in (Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER):
            return _gone()
        return _judge(parcel, outcome)

    async def _is_told(self, text: str) -> bool:
        """Whether the second channel has taken it; one that hangs is not waited for, for it takes up a place."""
        try:
            async with asyncio.timeout(_OPERATOR_WITHIN):
                return await self._operator.tell(text)
        except TimeoutError:
            return False

    async def _file(self, parcel: Parcel) -> Attempt:
        """The file is read from the store only now, and few are held in memory at once."""
        if self._files_in_hand >= FILES_AT_ONCE:
            return Attempt(Result.RETRY, pause=_FIRST_PAUSE, reason="files_take_turns")
        self._files_in_hand += 1
        try:
            return await self._send_file(parcel)
        finally:
            self._files_in_hand -= 1

    async def _send_file(self, parcel: Parcel) -> Attempt:
        row = parcel.row
        try:
            content = await self._contents(str(row.facts.get("entry")))
        except SealBroken as error:
            self._on_fault(error)
            return _failed(NOT_MADE)
        if content is None or parcel.account is None:
            return _gone()
        text = in_words(parcel, row.text or "")
        file = FileToSend(content.name, content.content_type, content.contents)
        return _judge(parcel, await self._signal.send_file(parcel.account, text, file))

    async def _text_file(self, parcel: Parcel) -> Attempt:
        if parcel.account is None:
            return _gone()
        row = parcel.row
        lines = in_words(parcel, _LINES)
        file = FileToSend(_FILE_NAME, "text/plain", f"{lines}\n".encode("utf-8", "replace"))
        text = in_words(parcel, row.text or "")
        return _judge(parcel, await self._signal.send_file(parcel.account, text, file))

    async def _react(self, parcel: Parcel) -> Attempt:
        if parcel.account is None:
            return _gone()
        chat, facts = ToPerson(parcel.account), parcel.row.facts
        message_ms, emoji = int(str(facts["message_ms"])), str(facts["emoji"])
        return _judge(parcel, await self._signal.react(chat, parcel.account, message_ms, emoji))

    async def _delete(self, parcel: Parcel) -> Attempt:
        chat = self._chat(parcel)
        if parcel.target_ms is None or chat is None:
            return _gone()
        outcome = await self._signal.delete_for_everyone(chat, parcel.target_ms)
        attempt = _judge(parcel, outcome)
        given_up = attempt.result is Result.RETRY and parcel.row.attempts >= _CLEAN_UP_TRIES
        return Attempt(Result.FAILED, reason=attempt.reason) if given_up else attempt

    async def _make_group(self, parcel: Parcel) -> Attempt:
        if not parcel.members:
            return _gone()
        self._care.changed(await self._making.make(parcel))
        return Attempt(Result.SENT)

    async def _look_at_group(self, parcel: Parcel) -> Attempt:
        if parcel.signal_group is None:
            return _again(parcel, "group_not_made") if parcel.members else _gone()
        await self._care.look(parcel.signal_group)
        return Attempt(Result.SENT)

    async def _mend_group(self, parcel: Parcel) -> Attempt:
        """Where Signal goes on refusing it is given up: whoever looks at the group again has it tried anew."""
        if parcel.signal_group is None or not parcel.members:
            return _gone()
        await self._making.mend(parcel, parcel.signal_group)
        return Attempt(Result.SENT)

    async def _end_group(self, parcel: Parcel) -> Attempt:
        if parcel.signal_group is not None:
            await self._making.end(parcel.signal_group)
        return Attempt(Result.SENT)

    async def _set_lifetime(self, parcel: Parcel) -> Attempt:
        """Set how long messages stay. While a timer runs it waits, in a lane of its own (SPEC: Privacy)."""
        if parcel.lifetime is None and (parcel.account is not None or parcel.members):
            return Attempt(Result.RETRY, pause=_LONGEST_PAUSE, reason="timer_runs")
        if parcel.account is not None and parcel.lifetime is not None:
            await self._signal.set_expiration(parcel.account, round(parcel.lifetime.total_seconds()))
        elif parcel.signal_group is not None and parcel.members:
            await self._making.set_lifetime(parcel, parcel.signal_group)
        elif parcel.members:
            return _again(parcel, "group_not_made")
        else:
            return _gone()
        return Attempt(Result.SENT)

    def _chat(self, parcel: Parcel) -> ToPerson | ToGroup | None:
        if parcel.account is not None:
            return ToPerson(parcel.account)
        return None if parcel.signal_group is None else ToGroup(parcel.signal_group, frozenset(parcel.members))

    _ACTIONS = {  # noqa: RUF012 (a table of methods)
        Action.TEXT: _text,
        Action.FILE: _file,
        Action.TEXT_FILE: _text_file,
        Action.REACT: _react,
        Action.DELETE: _delete,
        Action.MAKE_GROUP: _make_group,
        Action.END_GROUP: _end_group,
        Action.LOOK_AT_GROUP: _look_at_group,
        Action.SET_LIFETIME: _set_lifetime,
        Action.MEND_GROUP: _mend_group,
    }


def _judge(parcel: Parcel, outcome: SendOutcome) -> Attempt:
    """A direct message has to reach its one recipient. A group line counts when it reached anybody: the rest is told
    by direct message (SPEC: "success is judged by the direct message")."""
    if outcome.unavailable or (outcome.network_down and not outcome.reached):
        reason = "unavailable" if outcome.unavailable or outcome.unknown else NETWORK_DOWN
        return replace(_again(parcel, reason), result=Result.SIGNAL_AWAY)
    if outcome.reached:
        return Attempt(Result.SENT, outcome.sent_ms or 0, missed=frozenset(outcome.failures))
    if outcome.unknown:
        late = None if outcome.late is None else partial(_judge_late, parcel, outcome.late)
        return replace(_again(parcel, UNKNOWN), late=late)
    kinds = {failure.kind for failure in outcome.failures.values()}
    reason = next(iter(sorted(kind.value for kind in kinds)), "refused")
    if kinds <= {FailureKind.UNREGISTERED} and kinds:
        is_said_again = parcel.account is not None and AS_IT_STOOD in parcel.row.facts
        tries = _TRIES_WITHOUT_ACCOUNT if is_said_again else 1
        if parcel.row.attempts + 1 < tries:
            return _again(parcel, NO_ACCOUNT)
        return replace(_failed(NO_ACCOUNT), missed=frozenset(outcome.failures))
    return _again(parcel, reason, outcome.retry_after)


async def _judge_late(parcel: Parcel, late: Callable[[], Awaitable[SendOutcome]]) -> Attempt:
    return replace(_judge(parcel, await late()), is_late=True)


def _after_error(parcel: Parcel, error: SignalError) -> Attempt:
    attempt = _again(parcel, type(error).__name__, error.retry_after)
    no_network = isinstance(error, SignalRefused) and error.reason is Refusal.NETWORK
    if no_network or isinstance(error, SignalUnavailable):
        return replace(attempt, result=Result.SIGNAL_AWAY)
    row = parcel.row
    waited_long = parcel.reader.now - row.created_at > _LONGEST_TRY_FOR_LIFETIME
    tried_often = row.attempts + 1 >= _MENDING_TRIES
    given_up = {Action.SET_LIFETIME: waited_long, Action.MEND_GROUP: tried_often}.get(row.action, False)
    return replace(attempt, result=Result.FAILED) if given_up else attempt


def _after_fault(parcel: Parcel, reason: str) -> Attempt:
    """A fault of our own: tried again, but not for ever, for the messages behind it in its lane wait too."""
    if parcel.row.attempts >= _TRIES_AFTER_FAULT:
        return _failed(reason)
    return _again(parcel, reason)


def _again(parcel: Parcel, reason: str, retry_after: float | None = None) -> Attempt:
    row = parcel.row
    is_given_up = isinstance(row.to, ToStranger) and row.attempts + 1 >= _STRANGER_TRIES
    pressing = row.priority <= Priority.ALL_CLEAR and row.action is not Action.FILE
    longest = _LONGEST_ALERT_PAUSE if pressing else _LONGEST_PAUSE
    if reason == UNKNOWN and parcel.account is None:
        longest = _LONGEST_WAIT
    pause = min(_FIRST_PAUSE * 2 ** min(row.attempts, 10), longest)
    if retry_after is not None:
        pause = max(pause, min(timedelta(seconds=retry_after), _LONGEST_WAIT))
    return Attempt(Result.FAILED if is_given_up else Result.RETRY, pause=pause, reason=reason)


def _gone() -> Attempt:
    return _failed("nothing_to_send_to")


def _failed(reason: str) -> Attempt:
    return Attempt(Result.FAILED, reason=reason)
