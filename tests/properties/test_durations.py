"""The grammar of durations and clock times, walked: every way to write a value leads to that value, and nothing that
two readers could read differently is accepted (SPEC, Commands: "ambiguous input is asked back, never guessed").
"""

import re
from collections.abc import Callable
from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.folding import fold, plain
from bot.domain.words import WordRefused, check_codeword
from handlers.durations import Ambiguous, ForDuration, NotUnderstood, UntilClockTime, When, parse_when

HOURS = ("h", "hr", "hrs", "hour", "hours")
MINUTES = ("m", "min", "mins", "minute", "minutes")
RESTS = ("", "with Cy", "with Ana Maria", "bluebird", "Purple Umbrella!", "4ever owls", "кошка")
Dress = Callable[[str], str]

gaps = st.sampled_from(["", " "])


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


DRESSES: tuple[Dress, ...] = (
    lambda text: text,
    str.upper,
    str.title,
    full_width,
    lambda text: f"  {text}\u00a0",
    lambda text: text.replace(" ", "  \u3000"),
    lambda text: "\u200e" + "\u200b".join(text),
    lambda text: f"{text}.",
    lambda text: f"{text}!?",
)


@st.composite
def written_durations(draw: st.DrawFn) -> tuple[timedelta, str]:
    hours, minutes = draw(st.integers(0, 24)), draw(st.integers(0, 59))
    total = max(1, 60 * hours + minutes)
    hour_unit, minute_unit = draw(st.sampled_from(HOURS)), draw(st.sampled_from(MINUTES))
    one, two = draw(gaps), draw(gaps)
    ways = [f"{total}{one}{minute_unit}"]
    if hours or minutes:
        joint = draw(st.sampled_from(["", " ", ", ", " and "]))
        ways.append(f"{hours}{one}{hour_unit}{joint}{minutes}{two}{minute_unit}")
        ways += [f"{hours}{one}{hour_unit}{minutes:02}", f"{hours}{one}{hour_unit} {minutes:02}"]
    if minutes == 0 and hours:
        ways.append(f"{hours}{one}{hour_unit}")
    if minutes % 6 == 0 and total > 1:
        ways.append(f"{hours}{draw(st.sampled_from('.,'))}{minutes // 6}{one}{hour_unit}")
    prefix = draw(st.sampled_from(["", "", "for ", "by "]))
    return timedelta(minutes=total), prefix + draw(st.sampled_from(ways))


@st.composite
def written_clock_times(draw: st.DrawFn) -> tuple[int, int, str]:
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    until = draw(st.sampled_from(["until ", "till ", "til ", "until"]))
    twelve, half = hour % 12 or 12, draw(st.sampled_from(["am", " am", " a.m.", "a.m"])).replace("a", "ap"[hour > 11])
    mark = draw(st.sampled_from(":."))
    ways = [f"{until}{hour}{mark}{minute:02}", f"{until}{hour:02}{mark}{minute:02}"]
    ways += [f"{twelve}{mark}{minute:02}{half}", f"{until}{twelve}{mark}{minute:02}{half}"]
    if minute == 0:
        ways += [f"{twelve}{half}", f"{until}{twelve}{half}"]
    if hour >= 10:
        ways.append(f"{hour}:{minute:02}")
    return hour, minute, draw(st.sampled_from(ways))


@given(written_durations(), st.sampled_from(DRESSES))
def test_every_way_to_write_a_duration_means_it(way: tuple[timedelta, str], dress: Dress) -> None:
    length, text = way
    assert parse_when(dress(text)) == ForDuration(length)


@given(written_clock_times(), st.sampled_from(DRESSES))
def test_every_way_to_write_a_clock_time_means_it(way: tuple[int, int, str], dress: Dress) -> None:
    hour, minute, text = way
    when = parse_when(dress(text))
    assert isinstance(when, UntilClockTime)
    assert (when.hour, when.minute, when.rest) == (hour, minute, "")
    said = "m" in text.lower() or re.search(r"(?<![0-9:.])0", text) is not None or hour == 0 or hour > 12
    assert when.half_day_known or not said


@given(st.one_of(written_durations(), written_clock_times()), st.sampled_from(RESTS))
def test_words_after_the_time_change_nothing_or_are_asked_back(way: tuple[object, ...], rest: str) -> None:
    text = str(way[-1])
    when = _reading(f"{text} {rest}")
    if when is None:
        assert re.search(r"[a-z] [0-9]+$", text)
    else:
        assert _value(when) == _value(parse_when(text))
        assert when.rest == rest


def _value(when: When) -> object:
    return when.length if isinstance(when, ForDuration) else (when.hour, when.minute, when.half_day_known)


@given(st.integers(0, 99_999), st.sampled_from(["", "until ", "for "]), st.sampled_from(RESTS))
def test_a_number_alone_is_never_taken(number: int, prefix: str, rest: str) -> None:
    assert _reading(f"{prefix}{number} {rest}") is None


@given(st.integers(0, 9), st.integers(0, 59), st.sampled_from(":."))
def test_what_could_be_a_duration_or_a_time_of_day_is_never_taken(hour: int, minute: int, mark: str) -> None:
    for text in (f"{hour}{mark}{minute:02}", f"{hour:02}{mark}{minute:02}", f"until {hour}h{minute:02}"):
        assert _reading(text) is None


@given(st.integers(1, 24), st.integers(0, 59), st.sampled_from(HOURS), st.sampled_from(RESTS[1:]))
def test_a_loose_number_before_more_words_is_never_taken(hours: int, minutes: int, unit: str, rest: str) -> None:
    assert _reading(f"{hours}{unit} {minutes} {rest}") is None


def _reading(text: str, *, allow_seconds: bool = False) -> When | None:
    try:
        return parse_when(text, allow_seconds=allow_seconds)
    except (Ambiguous, NotUnderstood):
        return None


PIECES = (
    *("until", "for", "and", "half", "with", "a", "h", "m", "s", "hours", "min", "am", "pm", "p.m."),
    *(":", ".", ",", "-", "/", " ", " ", "½", "²", "①", "٢", "３"),
)
near_misses = st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 120).map(str)), max_size=8).map("".join)


@given(st.one_of(st.text(alphabet=st.characters(codec=None), max_size=40), near_misses), st.booleans())
@example("2h 30", False)
def test_any_text_is_read_or_refused_in_the_two_documented_ways(text: str, allow_seconds: bool) -> None:
    when = _reading(text, allow_seconds=allow_seconds)
    if isinstance(when, ForDuration):
        assert timedelta(0) < when.length < timedelta(days=500)
    if when is not None:
        assert plain(text).rstrip().endswith(when.rest)
        assert re.match(r"(?:for |by |'?unti?ll? ?|till? ?|)[0-9]", plain(text), re.IGNORECASE)


@given(near_misses)
def test_what_is_taken_does_not_depend_on_dress(text: str) -> None:
    alone = _reading(text)
    if not set("½²①٢") & set(text):
        assert (alone is None) == (_reading(full_width(text)) is None)
    assert alone == _reading(f"  {text} ")


@given(near_misses)
def test_every_suggestion_is_understood_and_no_two_mean_the_same(text: str) -> None:
    try:
        parse_when(text)
    except Ambiguous as doubt:
        readings = [_value(parse_when(suggestion)) for suggestion in doubt.suggestions]
        assert len(set(readings)) == len(readings)
    except NotUnderstood:
        return


@given(
    st.one_of(st.sampled_from(RESTS[3:]), st.text(min_size=5, max_size=20), near_misses),
    st.sampled_from(["30m", "1h", "1h30"]),
)
@example("half moon bay", "1h")
@example("m&m's forever", "30m")
def test_a_word_that_is_allowed_is_always_told_from_the_time_before_it(word: str, time: str) -> None:
    try:
        check_codeword(word, [])
    except WordRefused:
        return
    when = parse_when(f"{time} {word}")
    assert _value(when) == _value(parse_when(time))
    assert fold(when.rest) == fold(word)
