"""The same nights on PostgreSQL: what it does by itself, as rolling back a dead bot's half transaction, is its own."""

import psycopg
import pytest
from typer.testing import CliRunner

from bot.cli import CANNOT_START, app
from bot.simulation.nights import run_nights
from bot.simulation.server import server_for_nights
from tests.databases import postgres_server

__all__ = ["postgres_server"]

NIGHTS = 16


@pytest.mark.timeout(900)
def test_nothing_is_found_and_nothing_left_behind(postgres_server: str) -> None:
    with server_for_nights(postgres_server) as server:
        tally = run_nights(1, NIGHTS, jobs=2, server=server)
    assert tally.nights == NIGHTS
    assert tally.alerts_due == tally.alerts_delivered > 0
    assert not tally.failing, [(one.seed, one.verdict.findings) for one in tally.failing]
    assert {"kill before a commit", "kill after a commit"} <= tally.mishaps.keys()
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
    assert not [name for name in names if name.startswith("buddy_")]


@pytest.mark.parametrize(
    "url", ["sqlite:////var/lib/x.db", "postgresql+psycopg://nobody@127.0.0.1:1/nothing", "nonsense"]
)
def test_what_is_no_server_is_told(url: str) -> None:
    told = CliRunner().invoke(app, ["simulate", "--nights", "2", "--database", url])
    assert told.exit_code == CANNOT_START
    assert "PostgreSQL" in told.output or "postgresql" in told.output
