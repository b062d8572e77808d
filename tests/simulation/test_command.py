"""`buddy simulate`: a table, an exit code, one night told whole, a failing one shrunk."""

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli import app
from bot.simulation import nights, telling
from bot.simulation.chronicle import Chronicle
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.judging import judge


def test_one_night_is_told_whole() -> None:
    told = CliRunner().invoke(app, ["simulate", "--nights", "1", "--seed", "10"])
    assert told.exit_code == 0, told.output
    assert "Saved. Your timer runs until" in told.output
    assert "Nights" in told.output


def test_several_nights_give_a_table() -> None:
    told = CliRunner().invoke(app, ["simulate", "--nights", "2", "--seed", "9", "--jobs", "1"])
    assert told.exit_code == 0, told.output
    assert "2 (seeds 9 to 10)" in told.output
    assert "Alerts due, delivered" in told.output


def test_a_failing_night_is_shrunk_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def suspicious(chronicle: Chronicle) -> Verdict:
        verdict = judge(chronicle)
        for written in chronicle.written:
            if written.text.startswith("/start"):
                verdict.complain("missed alert", written.at, written.who)
        return verdict

    monkeypatch.setattr(nights, "judge", suspicious)
    monkeypatch.setattr(telling, "judge", suspicious)
    said = io.StringIO()
    assert telling.simulate(2, 9, 1, Console(file=said, width=120)) == 1
    story = said.getvalue().split("as short as it still fails")[1]
    assert story.count("-> ") == 1, "one message is all that is needed"
    assert "/start" in story
    assert "buddy simulate --nights 1 --seed 9" in story
