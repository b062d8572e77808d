"""Three hundred nights, in which everything goes wrong that can: none of them fails, but for what is known."""

import pytest

from bot.simulation.nights import Report, run_nights

PART = 50
FIRST = 1
KNOWN = {118: {"late alert"}}
"""Not mended yet. 118: after a start on a full disk an alert leaves 2.4 s later than is allowed."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(FIRST, FIRST + 6 * PART, PART))
def test_nothing_is_found_in(first: int) -> None:
    tally = run_nights(first, PART, jobs=2)
    assert tally.nights == PART
    assert tally.alerts_due > PART // 4, "nights in which nothing is due prove nothing"
    assert tally.alerts_due == tally.alerts_delivered
    unknown = [one for one in tally.failing if kinds(one) != KNOWN.get(one.seed)]
    assert not unknown, how_to_look(unknown)


def kinds(night: Report) -> set[str]:
    return {finding.kind for finding in night.verdict.findings}


def how_to_look(failing: list[Report]) -> str:
    found = [f"{one.kind} at {one.at} about {one.about} {one.detail}" for one in failing[0].verdict.findings]
    seeds = ", ".join(str(report.seed) for report in failing)
    return f"failing seeds: {seeds}. buddy simulate --nights 1 --seed {failing[0].seed} tells: {found}"
