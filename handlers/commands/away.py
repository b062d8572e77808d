"""`/away 8h`, `/away until 07:00`: a buddy is not available (SPEC: Commands)."""

from datetime import datetime, timedelta

from bot.domain.local_time import DoesNotExist, MorningOrEvening, PastOrTomorrow, Resolved, resolve_clock_time
from bot.use_cases.availability import go_away
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.durations import Ambiguous, ForDuration, NotUnderstood, UntilClockTime, When, parse_when
from handlers.lengths import days_in
from handlers.parsing import Written
from handlers.situation import Situation

LONGEST = timedelta(days=14)
_MINUTE = timedelta(minutes=1)


def _read(written: Written, _: Situation) -> When:
    days = days_in(written.arguments)
    if days is not None:
        if not days:
            raise UserMistake("away.wrong_form")
        return ForDuration(days)
    try:
        when = parse_when(written.arguments)
    except Ambiguous as doubt:
        if doubt.suggestions:
            raise UserMistake("away.ambiguous", {"suggestions": _examples(*doubt.suggestions)}) from None
        raise UserMistake("away.wrong_form") from None
    except NotUnderstood:
        raise UserMistake("away.wrong_form") from None
    if when.rest:
        raise UserMistake("away.wrong_form")
    return when


def _carry_out(call: Call, when: When) -> bool:
    until = call.now + when.length if isinstance(when, ForDuration) else _clock_time(call, when)
    if until <= call.present:
        raise UserMistake("away.too_late", {"until": until})
    if until - call.now > LONGEST:
        raise UserMistake("away.too_long")
    go_away(call.records, call.person, until, call.now)
    call.answer_directly("away.saved", {"until": until})
    return True


def _clock_time(call: Call, when: UntilClockTime) -> datetime:
    match resolve_clock_time(when.hour, when.minute, call.zone, call.now, half_day_known=when.half_day_known):
        case Resolved(at):
            return at
        case MorningOrEvening(sooner_at, later_at):
            raise _ask_back(call, sooner_at, later_at)
        case PastOrTomorrow(next_at):
            raise _ask_back(call, next_at)
        case DoesNotExist(nearest_valid):
            raise _ask_back(call, nearest_valid)


def _ask_back(call: Call, *moments: datetime) -> UserMistake:
    """Each reading as a length, which is never asked back again."""
    return UserMistake("away.ambiguous", {"suggestions": _examples(*(_length(at - call.now) for at in moments))})


def _length(length: timedelta) -> str:
    hours, minutes = divmod(round(length / _MINUTE), 60)
    return f"{hours}h {minutes}m" if minutes else f"{hours}h"


def _examples(*readings: str) -> str:
    return ", ".join(f"/away {reading}" for reading in readings)


COMMAND = Command("away", "/away 8h", _read, _carry_out, most_an_hour=10, can_wait=True)
