"""Three hundred nights, in which everything goes wrong that can: none of them fails."""

import pytest

from bot.simulation.nights import Report, run_nights
from bot.simulation.playing import play
from bot.simulation.second_bot import draw_for

PART = 50
FIRST = 1


@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(FIRST, FIRST + 6 * PART, PART))
def test_nothing_is_found_in(first: int) -> None:
    tally = run_nights(first, PART, jobs=2)
    assert tally.nights == PART
    assert tally.alerts_due > PART // 4, "nights in which nothing is due prove nothing"
    assert tally.alerts_due == tally.alerts_delivered
    assert not tally.failing, how_to_look(tally.failing)


def test_a_bot_that_is_killed_at_the_very_end_comes_back_before_it() -> None:
    """Found: the calm in which everything must come to rest had passed by then, and an all-clear was missed."""
    chronicle = play(draw_for(39256, bots=1))
    ends = [trouble.ended for trouble in chronicle.troubles if trouble.kind == "bot was down"]
    assert ends
    assert max(ends) <= chronicle.ended


def how_to_look(failing: list[Report]) -> str:
    found = [f"{one.kind} at {one.at} about {one.about} {one.detail}" for one in failing[0].verdict.findings]
    seeds = ", ".join(str(report.seed) for report in failing)
    return f"failing seeds: {seeds}. buddy simulate --nights 1 --seed {failing[0].seed} tells: {found}"
