"""`/extend 30m [WORD]` asks for more time (SPEC: Commands)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import Extend
from bot.domain.outgoing import Purpose, ToGroup
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.durations import Ambiguous, ForDuration, NotUnderstood, parse_when
from handlers.ending import running_check_in, wrong_word
from handlers.parsing import Written
from handlers.situation import Situation

_MINUTE = timedelta(minutes=1)  # less is understood only where timers may be that short


@dataclass(frozen=True)
class _Extension:
    by: timedelta
    as_written: str
    word: str | None = field(repr=False)


def _read(written: Written, _: Situation) -> _Extension:
    try:
        when = parse_when(written.arguments, allow_seconds=True)
    except (Ambiguous, NotUnderstood):
        raise UserMistake("extend.wrong_form") from None
    if not isinstance(when, ForDuration):
        raise UserMistake("extend.wrong_form")
    as_written = written.arguments.removesuffix(when.rest).strip()
    return _Extension(when.length, as_written, when.rest or None)


def _carry_out(call: Call, order: _Extension) -> bool:
    check_in = running_check_in(call, "extend.none")
    if order.by < min(call.timing.min_duration, _MINUTE):
        raise UserMistake("extend.wrong_form")
    if order.word is not None and not call.checked.is_hers:
        return wrong_word(call, check_in)
    asked_at = _asked_at(call, check_in, order)
    heard_late = asked_at < check_in.deadline <= call.present
    event = Extend(order.by, with_word=order.word is not None, heard_late=heard_late)
    try:
        decision = move_on(call.records, check_in, event, asked_at, call.timing, call.answered_in)
    except NotPossible as refusal:
        if refusal.why is Impossible.TOO_LONG:
            raise Refused("extend.too_long", {"longest": call.timing.max_duration}) from None
        raise Refused("extend.needs_word", {"by": order.as_written}) from None
    if not _has_new_time_line(call, check_in):
        saved = "extend.saved" if decision.check_in.watches else "extend.saved|extend.nobody"
        call.answer(saved, {"until": decision.check_in.deadline}, changed=True)
    return True


def _asked_at(call: Call, check_in: CheckIn, order: _Extension) -> datetime:
    """Order is the server's (SPEC): what Signal had before the deadline was asked for in time, however late it came;
    unless what it asks for has passed by now, and would only call off the buddies whom it must call."""
    had_at = call.message.received_at
    if order.word is not None or had_at >= check_in.deadline:
        return call.now
    still_ahead = check_in.deadline + order.by + check_in.grace > call.present
    return min(had_at, call.now) if still_ahead else call.present


def _has_new_time_line(call: Call, check_in: CheckIn) -> bool:
    """Whether she wrote in a group that gets the line about the new time anyway."""
    if call.answered_in is None:
        return False
    lines = call.records.outbox.of_check_in(check_in.id, Purpose.START_LINE)
    return any(row.to == ToGroup(call.answered_in) for row in lines)


COMMAND = Command(
    "extend", "/extend 30m", _read, _carry_out, word=lambda order: order.word, in_group=True, counts_wrong_words=True
)
