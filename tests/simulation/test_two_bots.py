"""Nights with a second bot on the same PostgreSQL database: started at any time, while one of both dies, hangs, or
loses its lock. Nothing is done twice, and what one had in hand the other does in time."""

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from bot.cli import CANNOT_START, app
from bot.simulation.chronicle import Chronicle
from bot.simulation.nights import run_nights
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.judging import judge
from bot.simulation.plan import Deed, Mishap, Plan
from bot.simulation.playing import play
from bot.simulation.second_bot import STARTS, draw_for
from bot.simulation.server import Server, server_for_nights
from tests.databases import postgres_server
from tests.simulation.fabricated import Night, started

__all__ = ["postgres_server"]

NIGHTS = 3
HER_WORD, DUE = 137.0, 140.0
STRIKES_THE_BUSY = 8
"""The seed of a night in which the bot that hangs is the one that has taken what is due."""
SHE_WRITES = (Deed(20.0, "Ana", "write", "/start 1m"), Deed(HER_WORD, "Ana", "write", "purple giraffe"))


@pytest.fixture(scope="module")
def server(postgres_server: str) -> Iterator[Server]:
    with server_for_nights(postgres_server) as server:
        yield server


def with_two(
    server: Server, *mishaps: Mishap, deeds: tuple[Deed, ...] = SHE_WRITES, seed: int = 1
) -> tuple[Verdict, Chronicle]:
    chronicle = play(Plan(seed, 1, 200.0, deeds, (Mishap(0.5, STARTS), *mishaps)), server)
    assert chronicle.counts[STARTS] == 1
    assert len({one.by for one in chronicle.handed_over}) == 2, "both have heard her"
    return judge(chronicle), chronicle


@pytest.mark.timeout(300)
def test_nothing_is_found(server: Server) -> None:
    tally = run_nights(1, NIGHTS, jobs=1, server=server, bots=2)
    assert tally.nights == tally.mishaps[STARTS] == NIGHTS
    assert tally.alerts_due == tally.alerts_delivered > 0
    assert not tally.failing, [(one.seed, one.verdict.findings) for one in tally.failing]
    assert tally.needless_duplicates == 0


def test_her_word_that_a_dying_bot_has_taken_in_prevents_the_alert(server: Server) -> None:
    verdict, _ = with_two(server, Mishap(HER_WORD - 0.0005, "kill after a commit", 90.0, 1))
    assert verdict.findings == []
    assert verdict.alerts_sent == 0


def test_an_alert_that_a_dying_bot_had_in_hand_leaves_within_seconds(server: Server) -> None:
    kill = Mishap(DUE - 0.5, "kill before a call", 90.0, 3)
    verdict, chronicle = with_two(server, kill, deeds=SHE_WRITES[:1])
    assert "fellow_taken_over" in chronicle.logged
    assert verdict.findings == []
    assert verdict.alerts_due == verdict.alerts_delivered == 1


@pytest.mark.parametrize(
    ("kind", "seconds"), [("a bot hangs and loses its lock", 60.0), ("a bot hangs", 130.0)], ids=["unlocked", "locked"]
)
def test_a_bot_that_wakes_up_with_a_deadline_that_another_has_acted_upon_leaves_it_alone(
    server: Server, kind: str, seconds: float
) -> None:
    """It hangs between its claim and its deed, until its lock, or its lease, has been lost to the other one."""
    hangs = Mishap(DUE - 0.0005, kind, seconds, 5)
    verdict, chronicle = with_two(server, hangs, deeds=SHE_WRITES[:1], seed=STRIKES_THE_BUSY)
    assert '"acted": "not_ours"' in chronicle.logged
    assert verdict.findings == []
    assert verdict.alerts_due == verdict.alerts_delivered == 1
    assert verdict.duplicates == 0


def test_an_alert_that_hangs_on_its_way_comes_twice_at_most_and_its_escalation_goes_on_once(server: Server) -> None:
    hangs = Mishap(DUE - 0.0005, "a bot hangs and loses its lock", 60.0, 17)
    verdict, chronicle = with_two(server, hangs, deeds=SHE_WRITES[:1], seed=STRIKES_THE_BUSY)
    assert verdict.findings == []
    assert (verdict.duplicates, verdict.needless_duplicates) == (1, 0)
    assert "fellow_taken_over" in chronicle.logged


@pytest.mark.parametrize(("kind", "late"), [("bot 1 of two was down", True), ("bot was down", False)])
def test_that_one_of_two_is_down_excuses_no_late_alert(kind: str, late: bool) -> None:
    night = (
        started()
        .suffers(STARTS, 1, 1)
        .suffers(kind, 170, 260)
        .reads(250, "Bo", "Timer of Ana: no word since 00:02. It is ")
    )
    assert ("late alert" in complaints(night)) is late


def complaints(night: Night) -> set[str]:
    return {one.kind for one in judge(night.chronicle).findings}


def test_nights_with_two_bots_are_those_of_one_with_more_that_goes_wrong() -> None:
    for seed in range(50):
        one, two = draw_for(seed, 1), draw_for(seed, 2)
        assert (one.deeds, one.household, one.length) == (two.deeds, two.household, two.length)
        assert [mishap.kind for mishap in two.mishaps].count(STARTS) == 1
        assert STARTS not in {mishap.kind for mishap in one.mishaps}


def test_two_bots_need_a_server() -> None:
    told = CliRunner().invoke(app, ["simulate", "--nights", "2", "--bots", "2"])
    assert told.exit_code == CANNOT_START
    assert "PostgreSQL" in told.output
