"""Sending one parcel: what is asked of Signal."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.attempts import Attempt, Result
from bot.domain.details import Content
from bot.domain.outgoing import NOT_MADE, Action, ToOperator
from bot.errors import SealBroken, StorageError
from bot.group_care import GroupCare
from bot.group_making import GroupMaking
from bot.in_words import NotMadeError, in_words
from bot.judgement import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    after_error,
    after_fault,
    again,
    failed,
    given_up_in_the_end,
    gone,
    judge,
)
from bot.operator_channel import OperatorChannel
from bot.parcels import Parcel
from bot.transport.calls import SignalCalls, ToGroup, ToPerson
from bot.transport.errors import Refusal, SignalError
from bot.transport.requests import FileToSend

_CLEAN_UP_TRIES = 5
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
        return given_up_in_the_end(parcel, await self._attempt(parcel))

    async def _attempt(self, parcel: Parcel) -> Attempt:
        try:
            return await self._ACTIONS[parcel.row.action](self, parcel)
        except SignalError as error:
            return after_error(parcel, error)
        except StorageError as error:  # a moment's trouble, and no fault of the message
            self._on_fault(error)
            return again(parcel, type(error).__name__)
        except NotMadeError as not_made:
            self._on_fault(not_made.fault)
            return after_fault(parcel, NOT_MADE)
        except Exception as error:  # noqa: BLE001 (one message's fault must not stop the others)
            self._on_fault(error)
            return after_fault(parcel, type(error).__name__)

    async def _text(self, parcel: Parcel) -> Attempt:
        row = parcel.row
        text = in_words(parcel, row.text or "")
        if isinstance(row.to, ToOperator):
            taken = await self._is_told(text)
            return Attempt(Result.SENT) if taken else again(parcel, "operator_not_reached")
        if parcel.account is not None:
            return judge(parcel, await self._signal.send_to_person(parcel.account, text))
        if parcel.signal_group is None:
            return again(parcel, "group_not_made") if parcel.members else gone()
        outcome = await self._signal.send_to_group(parcel.signal_group, text, parcel.members)
        if outcome.unknown and not outcome.network_down:
            with suppress(SignalError):  # it is unknown all the same
                await self._signal.repair_group(parcel.signal_group)
        if not parcel.members and outcome.refusal in (Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER):
            return gone()
        return judge(parcel, outcome)

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
            return Attempt(Result.RETRY, pause=FIRST_PAUSE, reason="files_take_turns", tried=False)
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
            return failed(NOT_MADE)
        if content is None or parcel.account is None:
            return gone()
        text = in_words(parcel, row.text or "")
        file = FileToSend(content.name, content.content_type, content.contents)
        return judge(parcel, await self._signal.send_file(parcel.account, text, file))

    async def _text_file(self, parcel: Parcel) -> Attempt:
        if parcel.account is None:
            return gone()
        row = parcel.row
        lines = in_words(parcel, _LINES)
        file = FileToSend(_FILE_NAME, "text/plain", f"{lines}\n".encode("utf-8", "replace"))
        text = in_words(parcel, row.text or "")
        return judge(parcel, await self._signal.send_file(parcel.account, text, file))

    async def _react(self, parcel: Parcel) -> Attempt:
        if parcel.account is None:
            return gone()
        chat, facts = ToPerson(parcel.account), parcel.row.facts
        message_ms, emoji = int(str(facts["message_ms"])), str(facts["emoji"])
        return judge(parcel, await self._signal.react(chat, parcel.account, message_ms, emoji))

    async def _delete(self, parcel: Parcel) -> Attempt:
        chat = self._chat(parcel)
        if parcel.target_ms is None or chat is None:
            return gone()
        outcome = await self._signal.delete_for_everyone(chat, parcel.target_ms)
        attempt = judge(parcel, outcome)
        given_up = attempt.result is Result.RETRY and parcel.row.attempts >= _CLEAN_UP_TRIES
        return Attempt(Result.FAILED, reason=attempt.reason) if given_up else attempt

    async def _make_group(self, parcel: Parcel) -> Attempt:
        if not parcel.members:
            return gone()
        self._care.changed(await self._making.make(parcel))
        return Attempt(Result.SENT)

    async def _look_at_group(self, parcel: Parcel) -> Attempt:
        if parcel.signal_group is None:
            return again(parcel, "group_not_made") if parcel.members else gone()
        await self._care.look(parcel.signal_group)
        return Attempt(Result.SENT)

    async def _mend_group(self, parcel: Parcel) -> Attempt:
        """Where Signal goes on refusing it is given up: whoever looks at the group again has it tried anew."""
        if parcel.signal_group is None or not parcel.members:
            return gone()
        await self._making.mend(parcel, parcel.signal_group)
        return Attempt(Result.SENT)

    async def _end_group(self, parcel: Parcel) -> Attempt:
        if parcel.signal_group is not None:
            await self._making.end(parcel.signal_group)
        return Attempt(Result.SENT)

    async def _set_lifetime(self, parcel: Parcel) -> Attempt:
        """Set how long messages stay. While a timer runs it waits, in a lane of its own (SPEC: Privacy)."""
        if parcel.lifetime is None and (parcel.account is not None or parcel.members):
            return Attempt(Result.RETRY, pause=LONGEST_PAUSE, reason="timer_runs", tried=False)
        if parcel.account is not None and parcel.lifetime is not None:
            await self._signal.set_expiration(parcel.account, round(parcel.lifetime.total_seconds()))
        elif parcel.signal_group is not None and parcel.members:
            await self._making.set_lifetime(parcel, parcel.signal_group)
        elif parcel.members:
            return again(parcel, "group_not_made")
        else:
            return gone()
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
