"""Wall-clock time: what somebody means by "until 22:00", how a moment is written for her, which zone she names.

Moments are aware UTC. Zone rules come from the standard library's zone tables, the only thing read here.

When is a clock time plain? The next time the wall shows it (`ahead` from now) is what is meant

1. if it is at most 12 h ahead;
2. otherwise, if the half of the day is not known ("10:30" may be half past ten at night), it is asked back: the other
   half comes sooner (`MorningOrEvening`);
3. if it is at most 18 h ahead, and still today or before 06:00 ("until 23:30" in the morning, "00:30" at noon);
4. if it is now 17:00 or later and the time is before 12:00: plainly tomorrow's;
5. otherwise it lies in the past today, or soon will have come round a whole day: asked back (`PastOrTomorrow`).

Daylight saving: of a time that comes twice, the first that is still ahead is taken, for an early question is better
than a late one. A time that the clock skips is asked back (`DoesNotExist`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_PLAIN_AHEAD = timedelta(hours=12)
_SAME_DAY_AHEAD = timedelta(hours=18)
_SMALL_HOURS_END = 6
_EVENING = 17
_NOON = 12
_DAY = timedelta(days=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_BY_NAME = 6


@dataclass(frozen=True)
class Resolved:
    """What is plainly meant."""

    at: datetime
    """UTC, later than now."""


@dataclass(frozen=True)
class MorningOrEvening:
    """Asked back: the hour comes twice a day, and the reading not as written comes sooner."""

    sooner_at: datetime
    later_at: datetime


@dataclass(frozen=True)
class PastOrTomorrow:
    """Asked back: the time has passed not long ago, so that it comes only much later."""

    next_at: datetime


@dataclass(frozen=True)
class DoesNotExist:
    """Asked back: the clock goes forward over this time that night."""

    nearest_valid: datetime
    """The moment at which the clock goes forward; the wall shows the first time that exists again. UTC."""


Resolution = Resolved | MorningOrEvening | PastOrTomorrow | DoesNotExist


def resolve_clock_time(
    hour: int, minute: int, zone: ZoneInfo, now: datetime, *, half_day_known: bool = True
) -> Resolution:
    """The next moment after `now` (aware, UTC) at which a clock in `zone` shows `hour:minute`, if it is plain.

    `half_day_known`: False where `hour` (1 to 12) may mean the other half of the day. Rules: above.
    """
    at = _next_occurrence(time(hour, minute), zone, now)
    if isinstance(at, DoesNotExist):
        return at
    ahead = at - now
    if ahead <= _PLAIN_AHEAD:
        return Resolved(at)
    if not half_day_known:
        return _either_half(hour, minute, zone, now, at)
    return Resolved(at) if _is_plainly_later(at.astimezone(zone), now.astimezone(zone), ahead) else PastOrTomorrow(at)


def _either_half(hour: int, minute: int, zone: ZoneInfo, now: datetime, at: datetime) -> Resolution:
    other = _next_occurrence(time((hour + 12) % 24, minute), zone, now)
    if isinstance(other, DoesNotExist):
        return PastOrTomorrow(at)
    return MorningOrEvening(min(at, other), max(at, other))


def _is_plainly_later(at: datetime, now: datetime, ahead: timedelta) -> bool:
    same_day_or_night = at.date() == now.date() or at.hour < _SMALL_HOURS_END
    return (ahead <= _SAME_DAY_AHEAD and same_day_or_night) or (now.hour >= _EVENING and at.hour < _NOON)


def _next_occurrence(wall: time, zone: ZoneInfo, now: datetime) -> datetime | DoesNotExist:
    day = now.astimezone(zone).date() - _DAY
    while True:
        moments = _moments_of(day, wall, zone)
        for moment in moments:
            if moment > now:
                return moment
        if not moments and (skipped_at := _clock_goes_forward(day, wall, zone)) > now:
            return DoesNotExist(skipped_at)
        day += _DAY


def _moments_of(day: date, wall: time, zone: ZoneInfo) -> list[datetime]:
    """The moments, in order, at which the wall shows this time on this day: one, two, or none."""
    shown = datetime.combine(day, wall, zone)
    candidates = sorted({shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})
    return [moment for moment in candidates if moment.astimezone(zone).replace(tzinfo=None, fold=0) == _bare(shown)]


def _bare(shown: datetime) -> datetime:
    return shown.replace(tzinfo=None, fold=0)


def _clock_goes_forward(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment of the jump over a wall time that does not exist."""
    shown = datetime.combine(day, wall, zone)
    before, after = (shown.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    old_offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def format_moment(moment: datetime, zone: ZoneInfo, now: datetime, *, beside: ZoneInfo | None = None) -> str:
    """A moment for a reader in `zone`, to the minute: "22:00" today, "Tue 00:30" within six days, else "24 Nov 00:30".

    `moment` and `now`: aware, UTC. A time that the clock shows twice that night says which: "01:30 GMT". So does
    each time that somebody reads too whose clock is in the zone `beside`; where the two zones have one name, by its
    offset: "22:00 UTC+08:00".
    """
    local = moment.astimezone(zone)
    days = abs((local.date() - now.astimezone(zone).date()).days)
    shown = f"{local:%H:%M}"
    if beside is not None or len(_moments_of(local.date(), time(local.hour, local.minute), zone)) > 1:
        shown = f"{shown} {_offset_name(local, moment.astimezone(beside or zone))}"
    if days == 0:
        return shown
    if days <= _DAYS_BY_NAME:
        return f"{_WEEKDAYS[local.weekday()]} {shown}"
    return f"{local.day} {_MONTHS[local.month - 1]} {shown}"


def format_day(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment (aware, UTC) for a reader in `zone`: "24 Nov"; of some months from now, so without a year."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]}"


def _offset_name(local: datetime, beside: datetime) -> str:
    name = local.tzname() or ""
    means_one = name.isalpha() and (name != beside.tzname() or local.utcoffset() == beside.utcoffset())
    return name if means_one else f"UTC{local.isoformat()[-6:]}"
