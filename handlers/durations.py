"""Reading how long, or until when (SPEC, Commands, `/start` and `/extend`). Ambiguous input is never guessed.

The grammar, on the `plain` text (bot.domain.folding), in any case; `_` is an optional space:

    when     = ["for " | "by "] duration [rest]  |  clock [rest]
    duration = N _ hours                    2h, 2 hours
             | N "." D _ hours              1.5h, 1,5h: one decimal, tenths of an hour
             | N _ hours [","] _ ["and "] N _ minutes    2h 30m, 1 hour and 30 minutes
             | N _ hours NN                 2h30: two digits, glued
             | N _ hours " " NN             2h 30: two digits, and nothing after them
             | N _ minutes                  90m, 90 min
             | N _ seconds                  20s, where seconds are allowed
    clock    = until _ H[H] (":" | ".") MM [_ half]      until 23:30, until 9.15pm
             | HH ":" MM                    23:30, from 10:00 on
             | [until _] H[H] [(":" | ".") MM] _ half    11pm, 11:30 p.m.
    hours    = "h" | "hr" | "hrs" | "hour" | "hours"      minutes = "m" | "min" | "mins" | "minute" | "minutes"
    seconds  = "s" | "sec" | "secs" | "second" | "seconds"
    until    = "until" | "untill" | "till" | "til"        half    = "am" | "a.m." | "pm" | "p.m."
    rest     = whatever follows a space and does not itself look like more of a time

Minutes after hours are 0 to 59; N has at most four digits; nothing is zero as a whole. Digits are ASCII, full-width or
styled ones; raised, circled and fraction digits ("2½h") and those of other scripts are not read.

Asked back (`Ambiguous`): a number alone (`2`, `90`, `2.30`, `2330`); an hour alone (`until 11`); `2:30` and `02:30`
without `until` (a duration to some); `1.25h` (1 h 25 to some); `2h5`; `2h 30` and more words; a time that goes on in
the rest (`2h 3h`, `1h and a half`, `until 9:00 tomorrow`). Everything else that does not fit is `NotUnderstood`.

Whether the half of the day is known is told (`half_day_known`), because `until 10:30` may mean 22:30. Nothing is
compared with limits here, nor with the present.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from bot.domain.folding import plain
from bot.domain.time_words import HOURS, MINUTES, SECONDS, starts_like_time
from handlers.readings import clock_readings, number_readings, span_readings

_CLOSING = r"[,;:.!?)\"'*]*"
_END = rf"(?={_CLOSING}(?: |$))"
_PREFIX = re.compile(r"(?P<span>(?:for|by) )|(?P<until>'?(?:untill?|till?) ?(?=[0-9]))", re.IGNORECASE)
_HOURS = re.compile(
    rf"(?P<hours>[0-9]{{1,4}})(?:[.,](?P<decimals>[0-9]{{1,9}}))? ?{HOURS}"
    rf"(?:(?P<gap>,? ?(?:and )?)(?P<minutes>[0-9]{{1,4}})(?P<unit> ?{MINUTES})?)?{_END}",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"(?P<count>[0-9]{{1,4}}) ?{MINUTES}{_END}", re.IGNORECASE)
_SECONDS = re.compile(rf"(?P<count>[0-9]{{1,4}}) ?{SECONDS}{_END}", re.IGNORECASE)
_CLOCK = re.compile(
    rf"(?P<hour>[0-9]{{1,2}})(?:(?P<mark>[:.])(?P<minute>[0-9]{{2}}))?(?: ?(?P<half>[ap])\.? ?m\.?)?{_END}",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?P<number>[0-9]{{1,4}})(?:[.,][0-9]{{1,4}})?{_END}")
_LEADING_CLOSING = re.compile(_CLOSING)
_UNREADABLE = "\ua66e"  # a letter of no grammar
_DRESSED_UP = ("<super>", "<sub>", "<circle>", "<fraction>", "<compat>", "<square>")


class Doubt(StrEnum):
    """Why a text has more than one reading."""

    BARE_NUMBER = "bare number"
    BARE_HOUR = "bare hour"
    DURATION_OR_CLOCK = "duration or clock"
    DECIMALS = "decimals or minutes"
    SHORT_MINUTES = "one digit for minutes"
    LOOSE_NUMBER = "number and more words"
    TIME_GOES_ON = "time goes on"


class Fault(StrEnum):
    """Why a text has no reading."""

    NO_TIME = "no time"
    OUT_OF_RANGE = "out of range"
    """25:00, 13pm, 1h90."""
    ZERO = "zero"


class Ambiguous(ValueError):  # noqa: N818 (a question, not a fault)
    """More than one reading. `suggestions`: the readings, each written so that `parse_when` takes it; may be empty."""

    def __init__(self, reason: Doubt, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.suggestions = suggestions


class NotUnderstood(ValueError):  # noqa: N818 (an answer, not a fault)
    """No reading."""

    def __init__(self, reason: Fault = Fault.NO_TIME) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class ForDuration:
    """So long from now; more than zero."""

    length: timedelta
    rest: str = field(default="", repr=False)
    """What follows, plain, case kept; may hold a word, so it is never shown. The caller decides what fits there."""


@dataclass(frozen=True)
class UntilClockTime:
    """Until the clock on the person's wall shows this time next; `bot.domain.local_time` finds the moment."""

    hour: int
    minute: int
    explicit_until: bool
    half_day_known: bool
    """False where the other half of the day could be meant: hour 1 to 12, no am or pm, no leading 0."""
    rest: str = field(default="", repr=False)
    """As in `ForDuration`."""


When = ForDuration | UntilClockTime


def parse_when(text: str, *, allow_seconds: bool = False) -> When:
    """Read a duration or a clock time at the front of `text`; what follows it stands in `.rest`.

    `allow_seconds`: whether `20s` is a duration (only where the shortest allowed one is below a minute).
    Raises `Ambiguous` and `NotUnderstood`, whose messages hold nothing of the text.
    """
    bare = "".join(_UNREADABLE if _is_dressed_up(character) else character for character in text)
    when = _read(plain(bare), allow_seconds)
    if bare == text:
        return when
    as_written = _read(plain(text), allow_seconds)
    if replace(as_written, rest="") != replace(when, rest=""):
        raise NotUnderstood
    return as_written


def _is_dressed_up(character: str) -> bool:
    """Whether a digit is hidden in the character that NFKC would set beside its neighbours: "2½" would become 21/2."""
    if character.isascii() or not unicodedata.decomposition(character).startswith(_DRESSED_UP):
        return False
    return any(part.isdecimal() for part in unicodedata.normalize("NFKC", character))


def _read(text: str, allow_seconds: bool) -> When:
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    until = prefix is not None and prefix["until"] is not None
    span = prefix is not None and prefix["span"] is not None
    if match := _HOURS.match(text, start):
        return _hours(match, _rest(text, match.end()), until)
    if match := _MINUTES.match(text, start):
        return _span(match, timedelta(minutes=int(match["count"])), until)
    if allow_seconds and (match := _SECONDS.match(text, start)):
        return _span(match, timedelta(seconds=int(match["count"])), until)
    if not span and (match := _CLOCK.match(text, start)):
        return _clock(match, _rest(text, match.end()), until)
    if match := _NUMBER.match(text, start):
        raise Ambiguous(Doubt.BARE_NUMBER, number_readings(match["number"]))
    raise NotUnderstood


def _rest(text: str, end: int) -> str:
    closing = _LEADING_CLOSING.match(text, end)
    rest = text[closing.end() if closing else end :].strip()
    return rest if any(character.isalnum() or ord(character) > 0xFF for character in rest) else ""


def _checked(when: When) -> When:
    if starts_like_time(when.rest):
        raise Ambiguous(Doubt.TIME_GOES_ON)
    return when


def _span(match: re.Match[str], length: timedelta, until: bool) -> When:
    if until:
        raise NotUnderstood
    if not length:
        raise NotUnderstood(Fault.ZERO)
    return _checked(ForDuration(length, _rest(match.string, match.end())))


def _hours(match: re.Match[str], rest: str, until: bool) -> When:
    hours = int(match["hours"])
    if match["decimals"] is not None:
        if match["minutes"] is not None:
            raise NotUnderstood
        return _span(match, _tenths(hours, match["decimals"]), until)
    minutes = _minutes_after_hours(hours, match, rest) if match["minutes"] is not None else 0
    if until:
        raise Ambiguous(Doubt.DURATION_OR_CLOCK, span_readings(hours, minutes) + clock_readings(hours, minutes))
    return _span(match, timedelta(hours=hours, minutes=minutes), until)


def _tenths(hours: int, decimals: str) -> timedelta:
    if len(decimals) == 1:
        return timedelta(hours=hours, minutes=6 * int(decimals))
    if len(decimals) > 2:
        raise NotUnderstood
    as_decimals = span_readings(hours, 6 * int(decimals) // 10) if int(decimals) % 5 == 0 else ()
    as_minutes = span_readings(hours, int(decimals)) if int(decimals) < 60 else ()
    raise Ambiguous(Doubt.DECIMALS, tuple(dict.fromkeys(as_decimals + as_minutes)))


def _minutes_after_hours(hours: int, match: re.Match[str], rest: str) -> int:
    digits, minutes = match["minutes"], int(match["minutes"])
    if minutes > 59 or len(digits) > 2:
        raise NotUnderstood(Fault.OUT_OF_RANGE)
    if match["unit"] is not None:
        return minutes
    if len(digits) == 1:
        readings = span_readings(hours, minutes) + (span_readings(hours, 10 * minutes) if minutes < 6 else ())
        raise Ambiguous(Doubt.SHORT_MINUTES, tuple(dict.fromkeys(readings)))
    if match["gap"] not in ("", " ") or (match["gap"] and rest):
        raise Ambiguous(Doubt.LOOSE_NUMBER, span_readings(hours, minutes) + span_readings(hours, 0))
    return minutes


def _clock(match: re.Match[str], rest: str, until: bool) -> When:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if minute > 59 or (half is not None and not 1 <= hour <= 12):
        raise NotUnderstood(Fault.OUT_OF_RANGE)
    if half is not None:
        afternoon = 12 if half in "pP" else 0
        return _checked(UntilClockTime(hour % 12 + afternoon, minute, until, half_day_known=True, rest=rest))
    if match["minute"] is None:
        raise _doubt_about_bare(match["hour"], until)
    if hour > 23:
        raise NotUnderstood(Fault.OUT_OF_RANGE)
    if not until and (match["mark"] == "." or hour < 10):
        raise Ambiguous(Doubt.DURATION_OR_CLOCK, span_readings(hour, minute) + clock_readings(hour, minute))
    known = match["hour"].startswith("0") or hour > 12
    return _checked(UntilClockTime(hour, minute, until, known, rest))


def _doubt_about_bare(digits: str, until: bool) -> ValueError:
    if not until:
        return Ambiguous(Doubt.BARE_NUMBER, number_readings(digits))
    readings = clock_readings(int(digits), 0)
    return Ambiguous(Doubt.BARE_HOUR, readings) if readings else NotUnderstood(Fault.OUT_OF_RANGE)
