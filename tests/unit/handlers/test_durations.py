"""`/start DURATION`: what is understood, and what is asked back, never guessed (SPEC, Commands)."""

from datetime import timedelta

import pytest

from handlers.durations import Ambiguous, Doubt, Fault, ForDuration, NotUnderstood, UntilClockTime, parse_when


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("2h30", 150),
        ("2h 30m", 150),
        ("2h 30", 150),
        ("1.5h", 90),
        ("1,5h", 90),
        ("1.5 hours", 90),
        ("0.5h", 30),
        ("90m", 90),
        ("90 min", 90),
        ("2 hours", 120),
        ("1 hour 30 minutes", 90),
        ("1 hour, 30 minutes", 90),
        ("1 hour and 30 minutes", 90),
        ("1hr30", 90),
        ("2hrs", 120),
        ("2h05", 125),
        ("2h 5m", 125),
        ("0h30", 30),
        ("2H30M", 150),
        ("for 2h", 120),
        ("by 30m", 30),
        ("２ｈ３０", 150),
        ("𝟐h", 120),
        ("  2   h ", 120),
        ("2h.", 120),
        ("“2h”"[1:], 120),
        ("2h\u200b30", 150),
        ("24h", 1440),
        ("9999h", 599_940),
    ],
)
def test_a_duration_is_understood_however_it_is_written(text: str, minutes: int) -> None:
    assert parse_when(text) == ForDuration(timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "hour", "minute", "until", "known"),
    [
        ("until 23:30", 23, 30, True, True),
        ("UNTIL 23:30!", 23, 30, True, True),
        ("till 23:30", 23, 30, True, True),
        ("until23:30", 23, 30, True, True),
        ("until 23.30", 23, 30, True, True),
        ("23:30", 23, 30, False, True),
        ("２３：３０", 23, 30, False, True),
        ("10:30", 10, 30, False, False),
        ("until 2:30", 2, 30, True, False),
        ("until 02:30", 2, 30, True, True),
        ("until 00:30", 0, 30, True, True),
        ("until 12:30", 12, 30, True, False),
        ("11pm", 23, 0, False, True),
        ("11 PM", 23, 0, False, True),
        ("11:30 pm", 23, 30, False, True),
        ("11.30pm", 23, 30, False, True),
        ("11 p.m.", 23, 0, False, True),
        ("2:30am", 2, 30, False, True),
        ("until 2pm", 14, 0, True, True),
        ("12am", 0, 0, False, True),
        ("12pm", 12, 0, False, True),
        ("12:15 a.m.", 0, 15, False, True),
    ],
)
def test_a_clock_time_is_understood_and_whether_its_half_of_the_day_is_known(
    text: str, hour: int, minute: int, *, until: bool, known: bool
) -> None:
    assert parse_when(text) == UntilClockTime(hour, minute, until, known)


@pytest.mark.parametrize(
    ("text", "reason", "suggestions"),
    [
        ("2", Doubt.BARE_NUMBER, ("2h", "2m", "until 2:00am", "until 2:00pm")),
        ("2 with Cy", Doubt.BARE_NUMBER, ("2h", "2m", "until 2:00am", "until 2:00pm")),
        ("11", Doubt.BARE_NUMBER, ("11h", "11m", "until 11:00am", "until 11:00pm")),
        ("90", Doubt.BARE_NUMBER, ("90m",)),
        ("0", Doubt.BARE_NUMBER, ("until 00:00",)),
        ("2330", Doubt.BARE_NUMBER, ("2330m", "until 23:30")),
        ("for 2", Doubt.BARE_NUMBER, ("2h", "2m", "until 2:00am", "until 2:00pm")),
        ("2.5", Doubt.BARE_NUMBER, ("2h", "2m", "until 2:00am", "until 2:00pm")),
        ("until 11", Doubt.BARE_HOUR, ("until 11:00am", "until 11:00pm")),
        ("until 23 with Cy", Doubt.BARE_HOUR, ("until 23:00",)),
        ("2.30", Doubt.DURATION_OR_CLOCK, ("2h 30m", "until 2:30am", "until 2:30pm")),
        ("2:30", Doubt.DURATION_OR_CLOCK, ("2h 30m", "until 2:30am", "until 2:30pm")),
        ("00:30", Doubt.DURATION_OR_CLOCK, ("30m", "until 00:30")),
        ("23.30", Doubt.DURATION_OR_CLOCK, ("23h 30m", "until 23:30")),
        ("until 2h", Doubt.DURATION_OR_CLOCK, ("2h", "until 2:00am", "until 2:00pm")),
        ("until 23h30", Doubt.DURATION_OR_CLOCK, ("23h 30m", "until 23:30")),
        ("1.30h", Doubt.DECIMALS, ("1h 18m", "1h 30m")),
        ("1.75h", Doubt.DECIMALS, ("1h 45m",)),
        ("1.50h", Doubt.DECIMALS, ("1h 30m", "1h 50m")),
        ("2h5", Doubt.SHORT_MINUTES, ("2h 5m", "2h 50m")),
        ("2h 7", Doubt.SHORT_MINUTES, ("2h 7m",)),
        ("2h 30 dinner", Doubt.LOOSE_NUMBER, ("2h 30m", "2h")),
        ("2h 30 with Cy", Doubt.LOOSE_NUMBER, ("2h 30m", "2h")),
        ("2h and 30", Doubt.LOOSE_NUMBER, ("2h 30m", "2h")),
        ("2h 3h", Doubt.TIME_GOES_ON, ()),
        ("2h - 3h", Doubt.TIME_GOES_ON, ()),
        ("30m 5 apples", Doubt.TIME_GOES_ON, ()),
        ("90m 30", Doubt.TIME_GOES_ON, ()),
        ("30m 2h", Doubt.TIME_GOES_ON, ()),
        ("1h and a half", Doubt.TIME_GOES_ON, ()),
        ("2h or 3h", Doubt.TIME_GOES_ON, ()),
        ("until 9:00 tomorrow", Doubt.TIME_GOES_ON, ()),
        ("11pm 30", Doubt.TIME_GOES_ON, ()),
    ],
)
def test_what_has_two_readings_is_asked_back_with_both(text: str, reason: Doubt, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(Ambiguous) as doubt:
        parse_when(text)
    assert (doubt.value.reason, doubt.value.suggestions) == (reason, suggestions)
    assert str(doubt.value) == reason.value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Fault.NO_TIME),
        ("until", Fault.NO_TIME),
        ("half", Fault.NO_TIME),
        ("dinner 2h", Fault.NO_TIME),
        ("-2h", Fault.NO_TIME),
        ("99999h", Fault.NO_TIME),
        ("9" * 5000, Fault.NO_TIME),
        ("٢h", Fault.NO_TIME),
        ("2½h", Fault.NO_TIME),
        ("2h²", Fault.NO_TIME),
        ("②h", Fault.NO_TIME),
        ("2h3⁰", Fault.NO_TIME),
        ("2hx", Fault.NO_TIME),
        ("2d", Fault.NO_TIME),
        ("20s", Fault.NO_TIME),
        ("1.5m", Fault.NO_TIME),
        ("1.5h 30m", Fault.NO_TIME),
        ("1.125h", Fault.NO_TIME),
        ("2h30m20s", Fault.NO_TIME),
        ("until 90m", Fault.NO_TIME),
        ("for 11pm", Fault.NO_TIME),
        ("11:30:00", Fault.NO_TIME),
        ("until 11:3", Fault.NO_TIME),
        ("1h90", Fault.OUT_OF_RANGE),
        ("1h 90", Fault.OUT_OF_RANGE),
        ("1h 90m", Fault.OUT_OF_RANGE),
        ("2h 100", Fault.OUT_OF_RANGE),
        ("24:00", Fault.OUT_OF_RANGE),
        ("25:00", Fault.OUT_OF_RANGE),
        ("23:60", Fault.OUT_OF_RANGE),
        ("13pm", Fault.OUT_OF_RANGE),
        ("0am", Fault.OUT_OF_RANGE),
        ("23:30 pm", Fault.OUT_OF_RANGE),
        ("until 24", Fault.OUT_OF_RANGE),
        ("0h", Fault.ZERO),
        ("0m", Fault.ZERO),
        ("0h 0m", Fault.ZERO),
        ("0.0h", Fault.ZERO),
    ],
)
def test_what_has_no_reading_is_not_understood(text: str, reason: Fault) -> None:
    with pytest.raises(NotUnderstood) as answer:
        parse_when(text)
    assert answer.value.reason is reason
    assert str(answer.value) == reason.value


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2h with Cy", "with Cy"),
        ("2h, with Cy", "with Cy"),
        ("2h30 with Cy.", "with Cy."),
        ("until 23:30 with Cy", "with Cy"),
        ("11 p.m. with Cy", "with Cy"),
        ("30m BlueBird", "BlueBird"),
        ("30m “Blue Bird”", '"Blue Bird"'),
        ("30m 4ever owls", "4ever owls"),
        ("2h 12345", "12345"),
        ("30m éclair²", "éclair2"),
        ("2h ...", ""),
        ("2h !", ""),
        ("2h 🦊", "🦊"),
    ],
)
def test_what_follows_the_time_is_handed_on(text: str, rest: str) -> None:
    assert parse_when(text).rest == rest


def test_seconds_are_understood_only_where_they_are_allowed() -> None:
    assert parse_when("20s", allow_seconds=True) == ForDuration(timedelta(seconds=20))
    assert parse_when("20 seconds with Cy", allow_seconds=True).rest == "with Cy"
    with pytest.raises(NotUnderstood):
        parse_when("0s", allow_seconds=True)
    with pytest.raises(Ambiguous):
        parse_when("1m 20s", allow_seconds=True)


def test_what_follows_is_kept_out_of_logs() -> None:
    assert "bluebird" not in repr(parse_when("30m bluebird"))
    assert "bluebird" not in repr(parse_when("until 23:30 bluebird"))
