"""How long a pairing holds, against a notepad written from the SPEC: any yes at any time, a bot that is away for long.

The notepad knows nothing of steps. It holds when both said yes last, who has since, and what was promised when.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.term import Term, TermStep, as_if_renewed, new_term, next_step, renewed, warned
from bot.domain.timing import Timing

TIMING = Timing()
START = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SIX_MONTHS, FIRST, LAST = 181 * DAY, 14 * DAY, 3 * DAY  # the shortest that six months in a row can be


@dataclass
class Notepad:
    """`warnings`: when each went out, and which end it told."""

    began: datetime
    yes: set[str] = field(default_factory=set)
    warnings: list[tuple[datetime, datetime]] = field(default_factory=list)

    def says_yes(self, who: str, now: datetime) -> None:
        self.yes.add(who)
        if len(self.yes) == 2:
            self.began, self.yes, self.warnings = now, set(), []

    def warns(self, now: datetime, ends_at: datetime) -> None:
        self.warnings.append((now, ends_at))
        assert len(self.warnings) <= 2
        assert ends_at - now >= (FIRST if len(self.warnings) == 1 else LAST)

    def lapses(self, now: datetime) -> None:
        assert now - self.began >= SIX_MONTHS
        (first, _), (last, told) = self.warnings
        assert now - first >= FIRST
        assert now - last >= LAST
        assert now >= told


events = st.tuples(
    st.timedeltas(timedelta(0), 90 * DAY) | st.timedeltas(timedelta(0), 2 * DAY), st.sampled_from(("ana", "bo", "bot"))
)


def _look(term: Term, now: datetime, pad: Notepad) -> Term | None:
    """What the bot does when it looks: None when the pairing has lapsed."""
    while (due := next_step(term, TIMING))[1] <= now:
        if due[0] is TermStep.LAPSE:
            pad.lapses(now)
            return None
        term = warned(term, due[0], now, TIMING)
        pad.warns(now, term.ends_at)
    return term


@settings(max_examples=300)
@given(st.lists(events, max_size=40))
def test_it_never_lapses_unwarned_or_against_the_will_of_both(course: list[tuple[timedelta, str]]) -> None:
    now, pad = START, Notepad(START)
    term: Term | None = new_term("a pairing", now, TIMING)
    for gap, who in course:
        now += gap
        if who == "bot":
            term = _look(term, now, pad)
        else:
            term = renewed(term, now, TIMING, by_person=who == "ana")
            pad.says_yes(who, now)
        if term is None:
            return
        assert (term.person_renewed, term.buddy_renewed) == ("ana" in pad.yes, "bo" in pad.yes)
        assert next_step(term, TIMING)[1] > now or who != "bot"


@given(st.booleans())
def test_a_bot_that_is_always_there_warns_and_ends_on_the_days(one_says_yes: bool) -> None:
    term = new_term("a pairing", START, TIMING)
    if one_says_yes:
        term = renewed(term, START + DAY, TIMING, by_person=True)
    seen = []
    while (due := next_step(term, TIMING))[0] is not TermStep.LAPSE:
        seen.append(due)
        term = warned(term, due[0], due[1], TIMING)
    end = START + TIMING.pairing_lasts
    assert seen == [(TermStep.WARN, end - FIRST), (TermStep.WARN_AGAIN, end - LAST)]
    assert due == (TermStep.LAPSE, end)


@given(st.timedeltas(timedelta(0), 2000 * DAY), st.booleans())
def test_whoever_was_left_quietly_sees_no_end_that_has_passed(gap: timedelta, said_yes: bool) -> None:
    term = new_term("a pairing", START, TIMING)
    if said_yes:
        term = renewed(term, START, TIMING, by_person=False)
    seen = as_if_renewed(term, START + gap, TIMING)
    assert START + gap < seen.ends_at
    assert (seen.ends_at - term.ends_at) % TIMING.pairing_lasts == timedelta(0)
    assert (seen == term) == (START + gap < term.ends_at)
