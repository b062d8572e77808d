"""Three hundred nights, in which everything goes wrong that can: none of them fails."""

import pytest

from bot.simulation.nights import Report, run_nights

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


def how_to_look(failing: list[Report]) -> str:
    found = [f"{one.kind} at {one.at} about {one.about} {one.detail}" for one in failing[0].verdict.findings]
    seeds = ", ".join(str(report.seed) for report in failing)
    return f"failing seeds: {seeds}. buddy simulate --nights 1 --seed {failing[0].seed} tells: {found}"
