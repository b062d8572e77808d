"""What she leaves while she is overdue puts off no alert, no question and no word to the operator (SPEC: `/note`)."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.check_in import CheckIn, Step
from bot.domain.course import decide
from bot.domain.decisions import Effect
from bot.domain.events import Due, Take
from bot.domain.held_back import with_news
from bot.domain.known import Facts, Known
from bot.domain.watching import alerted
from tests.unit.domain.courses import BO, CY, DEE, TIMING, due_at, started

BUDDIES = (BO, CY, DEE, "eve", "fay")
LASTS = timedelta(hours=3)
NOT_PUT_OFF = {Effect.ALERT, Effect.ASK_HOW_IT_STANDS, Effect.TELL_OPERATOR, Effect.TELL_TAKEN, Effect.TELL_RESUMED}

some = st.frozensets(st.sampled_from(BUDDIES), max_size=2)
moments = st.integers(1, 600) | st.integers(1, int(LASTS.total_seconds()) - 1)  # most happens in the beginning


def overdue(buddies: int, facts: Facts) -> CheckIn:
    check_in = started(*BUDDIES[:buddies])
    while check_in.alerting_since is None:
        assert check_in.step is not None
        check_in = decide(check_in, Due(check_in.step), due_at(check_in), TIMING, facts).check_in
    return check_in


def what_happens(
    check_in: CheckIn, facts: Facts, notes: list[datetime], taken_at: datetime
) -> list[tuple[datetime, Effect, str | None]]:
    """Everything that may not be put off, until the end."""
    assert check_in.alerting_since is not None
    found: list[tuple[datetime, Effect, str | None]] = []
    ends = check_in.alerting_since + LASTS
    others = sorted([*((at, "note") for at in notes), (taken_at, "take")])
    while True:
        at = due_at(check_in)
        if others and others[0][0] < at:
            now, what = others.pop(0)
            if what == "note":
                check_in = with_news(check_in, now, Known(TIMING, facts))
                continue
            event: Due | Take = Take(alerted(check_in)[0].buddy_id)
        else:
            now = at
            assert check_in.step is not None
            event = Due(Step(check_in.step))
        if now >= ends:
            return found
        decision = decide(check_in, event, now, TIMING, facts)
        check_in = decision.check_in
        found += [(now, one.effect, one.buddy_id) for one in decision.happenings if one.effect in NOT_PUT_OFF]


@settings(max_examples=500, derandomize=True)
@given(
    buddies=st.integers(1, 5),
    new=some,
    confirmed=some,
    have_news=some,
    away=some,
    notes=st.lists(moments, max_size=12, unique=True),
    taken=moments,
)
def test_they_put_off_nothing(
    buddies: int,
    new: frozenset[str],
    confirmed: frozenset[str],
    have_news: frozenset[str],
    away: frozenset[str],
    notes: list[int],
    taken: int,
) -> None:
    facts = Facts(away, confirmed, new, have_news - new)
    check_in = overdue(buddies, facts)
    assert check_in.alerting_since is not None
    begun = check_in.alerting_since
    taken_at = begun + timedelta(seconds=taken, milliseconds=500)
    times = [begun + timedelta(seconds=second, milliseconds=250) for second in notes]
    assert what_happens(check_in, facts, times, taken_at) == what_happens(check_in, facts, [], taken_at)
