"""Wall-clock deadlines are resolved once, when armed; a time past and not plainly tomorrow's is asked back, never
guessed; daylight-saving nights are right (SPEC, Commands, `/start`; DESIGN, invariant 9).
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import (
    DoesNotExist,
    MorningOrEvening,
    PastOrTomorrow,
    Resolved,
    format_moment,
    resolve_clock_time,
)

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ZONES = (LONDON, NEW_YORK, LORD_HOWE, KATHMANDU, ZoneInfo("UTC"), ZoneInfo("Pacific/Chatham"))


def wall(zone: ZoneInfo, text: str, *, second_time: bool = False) -> datetime:
    """The moment at which a clock in `zone` shows `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=int(second_time)).astimezone(UTC)


def summer(text: str) -> datetime:
    """A time on a plain summer's day in London, a Tuesday."""
    return wall(LONDON, f"2026-07-14T{text}")


def next_day(text: str) -> datetime:
    return summer(text) + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "hour", "minute", "meant"),
    [
        ("20:00", 22, 0, summer("22:00")),
        ("21:59", 22, 0, summer("22:00")),
        ("22:10", 0, 30, next_day("00:30")),
        ("20:00", 8, 0, next_day("08:00")),
        ("23:30", 11, 29, next_day("11:29")),
        ("17:00", 11, 0, next_day("11:00")),
        ("08:00", 23, 30, summer("23:30")),
        ("12:00", 0, 30, next_day("00:30")),
        ("10:00", 0, 30, next_day("00:30")),
        ("00:10", 11, 0, summer("11:00")),
        ("05:30", 23, 30, summer("23:30")),
    ],
)
def test_a_time_that_is_plain_is_taken(now: str, hour: int, minute: int, meant: datetime) -> None:
    assert resolve_clock_time(hour, minute, LONDON, summer(now)) == Resolved(meant)


@pytest.mark.parametrize(
    ("now", "hour", "minute", "next_at"),
    [
        ("22:10", 22, 0, next_day("22:00")),
        ("22:00", 22, 0, next_day("22:00")),
        ("22:00:30", 22, 0, next_day("22:00")),
        ("16:00", 15, 0, next_day("15:00")),
        ("12:30", 11, 0, next_day("11:00")),
        ("16:59", 9, 0, next_day("09:00")),
        ("20:00", 13, 0, next_day("13:00")),
        ("00:10", 23, 50, summer("23:50")),
        ("05:29", 23, 30, summer("23:30")),
        ("06:20", 0, 30, next_day("00:30")),
        ("00:40", 0, 30, next_day("00:30")),
    ],
)
def test_a_time_past_and_not_plainly_tomorrows_is_asked_back(
    now: str, hour: int, minute: int, next_at: datetime
) -> None:
    assert resolve_clock_time(hour, minute, LONDON, summer(now)) == PastOrTomorrow(next_at)


@pytest.mark.parametrize(
    ("now", "hour", "minute", "sooner_at", "later_at"),
    [
        ("21:00", 10, 30, summer("22:30"), next_day("10:30")),
        ("13:00", 2, 30, summer("14:30"), next_day("02:30")),
        ("19:00", 8, 0, summer("20:00"), next_day("08:00")),
        ("23:00", 12, 15, next_day("00:15"), next_day("12:15")),
        ("12:20", 12, 15, next_day("00:15"), next_day("12:15")),
    ],
)
def test_an_hour_that_comes_twice_a_day_is_asked_back_unless_it_is_the_sooner(
    now: str, hour: int, minute: int, sooner_at: datetime, later_at: datetime
) -> None:
    answer = resolve_clock_time(hour, minute, LONDON, summer(now), half_day_known=False)
    assert answer == MorningOrEvening(sooner_at, later_at)


@pytest.mark.parametrize(("now", "hour", "meant"), [("10:00", 11, summer("11:00")), ("21:00", 2, next_day("02:00"))])
def test_an_hour_that_comes_twice_a_day_is_taken_if_as_written_it_is_the_sooner(
    now: str, hour: int, meant: datetime
) -> None:
    assert resolve_clock_time(hour, 0, LONDON, summer(now), half_day_known=False) == Resolved(meant)


@pytest.mark.parametrize(
    ("zone", "evening", "hour", "minute", "forward_at"),
    [
        (LONDON, "2026-03-28T22:00", 1, 30, "2026-03-29T02:00"),
        (LONDON, "2026-03-28T22:00", 1, 0, "2026-03-29T02:00"),
        (NEW_YORK, "2026-03-07T22:00", 2, 59, "2026-03-08T03:00"),
        (LORD_HOWE, "2026-10-03T22:00", 2, 15, "2026-10-04T02:30"),
    ],
)
def test_a_time_that_the_clock_skips_is_asked_back(
    zone: ZoneInfo, evening: str, hour: int, minute: int, forward_at: str
) -> None:
    assert resolve_clock_time(hour, minute, zone, wall(zone, evening)) == DoesNotExist(wall(zone, forward_at))


def test_a_skipped_time_does_not_matter_once_the_clock_has_gone_forward() -> None:
    assert resolve_clock_time(1, 30, LONDON, wall(LONDON, "2026-03-29T16:00")) == Resolved(
        wall(LONDON, "2026-03-30T01:30")
    )


@pytest.mark.parametrize(
    ("zone", "evening", "clock", "first", "second"),
    [
        (LONDON, "2026-10-24T22:00", "2026-10-25T01:30", "01:30 BST", "01:30 GMT"),
        (NEW_YORK, "2026-10-31T22:00", "2026-11-01T01:00", "01:00 EDT", "01:00 EST"),
        (LORD_HOWE, "2026-04-04T22:00", "2026-04-05T01:45", "01:45 UTC+11:00", "01:45 UTC+10:30"),
    ],
)
def test_of_a_time_that_comes_twice_the_first_still_ahead_is_taken_and_said(
    zone: ZoneInfo, evening: str, clock: str, first: str, second: str
) -> None:
    at = datetime.fromisoformat(clock)
    earlier, later = wall(zone, clock), wall(zone, clock, second_time=True)
    assert later > earlier
    assert resolve_clock_time(at.hour, at.minute, zone, wall(zone, evening)) == Resolved(earlier)
    between = earlier + timedelta(minutes=10)
    assert resolve_clock_time(at.hour, at.minute, zone, between) == Resolved(later)
    assert format_moment(earlier, zone, earlier) == first
    assert format_moment(later, zone, earlier) == second


@pytest.mark.parametrize(
    ("zone", "evening", "clock", "hours"),
    [
        (LONDON, "2026-03-28T22:00", "2026-03-29T06:00", 7),
        (LONDON, "2026-10-24T22:00", "2026-10-25T06:00", 9),
        (NEW_YORK, "2026-03-07T22:00", "2026-03-08T06:00", 7),
        (NEW_YORK, "2026-10-31T22:00", "2026-11-01T06:00", 9),
        (LORD_HOWE, "2026-10-03T22:00", "2026-10-04T06:00", 7.5),
        (LORD_HOWE, "2026-04-04T22:00", "2026-04-05T06:00", 8.5),
    ],
)
def test_on_a_daylight_saving_night_the_wall_decides_and_the_hours_differ(
    zone: ZoneInfo, evening: str, clock: str, hours: float
) -> None:
    now = wall(zone, evening)
    assert resolve_clock_time(6, 0, zone, now) == Resolved(wall(zone, clock))
    assert wall(zone, clock) - now == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-07-14T22:00", "22:00"),
        ("2026-07-14T22:00:59", "22:00"),
        ("2026-07-14T00:00", "00:00"),
        ("2026-07-15T00:30", "Wed 00:30"),
        ("2026-07-20T09:05", "Mon 09:05"),
        ("2026-07-13T23:59", "Mon 23:59"),
        ("2026-07-21T09:05", "21 Jul 09:05"),
        ("2026-11-24T00:30", "24 Nov 00:30"),
    ],
)
def test_a_moment_is_written_as_short_as_it_is_clear(moment: str, shown: str) -> None:
    assert format_moment(wall(LONDON, moment), LONDON, summer("20:00")) == shown


def test_a_moment_is_written_in_the_readers_zone() -> None:
    moment = wall(LONDON, "2026-07-14T22:00")
    assert format_moment(moment, NEW_YORK, summer("20:00")) == "17:00"
    assert format_moment(moment, KATHMANDU, summer("20:00")) == "02:45"
    assert format_moment(moment, KATHMANDU, summer("19:00")) == "Wed 02:45"


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 (hypothesis draws naive ones, UTC is meant)
    st.integers(0, 23),
    st.integers(0, 59),
    st.booleans(),
)
def test_whatever_is_answered_lies_ahead_within_a_day_and_shows_the_time_asked_for(
    zone: ZoneInfo, naive: datetime, hour: int, minute: int, known: bool
) -> None:
    now = naive.replace(tzinfo=UTC)
    answer = resolve_clock_time(hour, minute, zone, now, half_day_known=known)
    match answer:
        case Resolved(at) | PastOrTomorrow(at):
            assert f"{hour:02}:{minute:02}" in format_moment(at, zone, now)
            moments = [at]
        case MorningOrEvening(sooner, later):
            assert not known
            assert sooner < later
            moments = [sooner, later]
        case DoesNotExist(nearest):
            assert f"{hour:02}:{minute:02}" not in format_moment(nearest, zone, now)
            moments = [nearest]
    for moment in moments:
        assert moment.tzinfo is UTC
        assert timedelta(0) < moment - now <= timedelta(hours=25)


@given(
    st.sampled_from([(LONDON, 10, 24), (NEW_YORK, 10, 31), (LORD_HOWE, 4, 4), (LONDON, 3, 28), (LORD_HOWE, 10, 3)]),
    st.integers(0, 12 * 60),
    st.integers(1, 12 * 60),
)
def test_on_daylight_saving_nights_what_is_shown_names_one_moment(
    night: tuple[ZoneInfo, int, int], minutes_from_eight: int, minutes_ahead: int
) -> None:
    zone, month, day = night
    now = datetime(2026, month, day, 20, tzinfo=zone).astimezone(UTC) + timedelta(minutes=minutes_from_eight)
    moment = now + timedelta(minutes=minutes_ahead)
    local = moment.astimezone(zone)
    answer = resolve_clock_time(local.hour, local.minute, zone, now)
    assert isinstance(answer, Resolved)
    assert answer.at <= moment
    same_words = format_moment(answer.at, zone, now) == format_moment(moment, zone, now)
    assert same_words == (answer.at == moment)
