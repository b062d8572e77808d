"""Upgrading a database in which something is open, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from bot.domain.timing import Timing
from bot.use_cases.let_go import LeavingStep
from storage.engine import migrate, open_database
from storage.tables import deadlines
from tests.databases import BOTH


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which nothing is yet."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path}/old.db")
    else:
        engine = open_database(request.getfixturevalue("postgresql_url"))
        _change(engine, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    yield engine
    engine.dispose()


def test_of_pairings_from_before_it_is_unknown_how_they_were_confirmed(empty: Engine) -> None:
    migrate(empty, "0007")
    _change(empty, *_PEOPLE, _PAIRING)
    migrate(empty)
    with empty.connect() as connection:
        found = connection.execute(text("SELECT id, state, active_at, by_duress FROM pairings")).all()
    assert [tuple(row) for row in found] == [("p", "active", 5, None)]


def test_of_pairings_left_quietly_before_it_is_unknown_when(empty: Engine) -> None:
    migrate(empty, "0014")
    _change(empty, *_PEOPLE, _PAIRING, "UPDATE pairings SET state = 'quiet'")
    migrate(empty)
    with empty.connect() as connection:
        found = connection.execute(text("SELECT id, state, active_at, left_quietly_at FROM pairings")).all()
    assert [tuple(row) for row in found] == [("p", "quiet", 5, None)]


def test_in_a_later_alarm_that_is_open_those_of_the_first_count_from_now_on(empty: Engine) -> None:
    migrate(empty, "0008")
    _change(
        empty,
        *_alarm("first", ordinal=0, buddies=("bo", "cy")),
        *_alarm("later", ordinal=1, buddies=("dee",), seems_larger=True),
        *_alarm("alone", ordinal=2, buddies=("eve",)),
        *_alarm("over", ordinal=0, buddies=("fay",), closed_at=7),
        *_alarm("of somebody else", ordinal=0, buddies=("bo",), about="bo"),
    )
    migrate(empty)
    with empty.connect() as connection:
        rows = connection.execute(text("SELECT alarm_id, buddy_id, elsewhere, step_at FROM alarm_watches")).all()
    counting = [tuple(row) for row in rows if row.elsewhere is not None]
    assert sorted(counting) == [("later", "bo", "first", 3), ("later", "cy", "first", 3)]
    assert len(rows) - len(counting) == 6


def test_of_who_has_an_alert_it_stays_known_when_they_are_asked_how_it_stands(empty: Engine) -> None:
    migrate(empty, "0012")
    taken = ("taken", "'taken'", "'follow_up'", 9)
    others = (("asked", "'taken'", "'resume_unanswered'", 8), ("armed", "'armed'", "'ask'", 7))
    _change(empty, *_PEOPLE, *(_check_in(*each, closed_at=place) for place, each in enumerate((taken, *others), 1)))
    migrate(empty)
    with empty.connect() as connection:
        rows = connection.execute(text("SELECT id, follow_up_at FROM check_ins")).all()
    assert {row.id: row.follow_up_at for row in rows} == {"taken": 9, "asked": None, "armed": None}


def test_who_asked_to_leave_before_there_was_a_limit_is_let_go_a_day_later(empty: Engine) -> None:
    """Found: no row let them go, so a timer that was never closed kept them, and who wanted to be erased waited on."""
    migrate(empty, "0016")
    pairings = (_PAIRING, _pairing("stays", "bo", "cy"), _pairing("waits", "cy", "ana"))
    leaves = "UPDATE pairings SET leaves_at_close = true WHERE id <> 'stays'"
    waits = (
        "INSERT INTO deadlines (id, subject_kind, subject_id, what, due_at, not_before, attempts) "
        "VALUES ('d', 'leaving', 'waits', 'let_go', 7, 7, 0)"
    )
    _change(empty, *_PEOPLE, *pairings, leaves, waits)
    before = datetime.now(UTC)
    migrate(empty)
    with empty.connect() as connection:
        rows = {row.subject_id: row for row in connection.execute(select(deadlines))}
    assert {(row.subject_kind, row.what, row.attempts) for row in rows.values()} == {("leaving", LeavingStep.LET_GO, 0)}
    assert rows.keys() == {"p", "waits"}
    assert (rows["waits"].id, rows["waits"].due_at) == ("d", _EPOCH + timedelta(microseconds=7))
    assert abs(rows["p"].due_at - (before + Timing().max_duration)) < timedelta(minutes=1)
    assert rows["p"].not_before == rows["p"].due_at


def _check_in(name: str, stage: str, step: str, step_at: int, *, closed_at: int) -> str:
    return (
        "INSERT INTO check_ins (id, person_id, stage, started_at, deadline, grace, extended_freely, reminded, "
        "wrong_words, holds, step, step_at, operator_checked, closed_at) "
        f"VALUES ('{name}', 'ana', {stage}, 1, 2, 1, 0, false, 0, 0, {step}, {step_at}, false, {closed_at})"
    )


def _alarm(
    name: str,
    *,
    ordinal: int,
    buddies: tuple[str, ...],
    seems_larger: bool = False,
    closed_at: int | None = None,
    about: str = "ana",
) -> list[str]:
    closed = "NULL" if closed_at is None else str(closed_at)
    return [
        "INSERT INTO alarms (id, person_id, ordinal, seems_larger, stage, opened_at, since, owes_reactions, closed_at) "
        f"VALUES ('{name}', '{about}', {ordinal}, {str(seems_larger).lower()}, 'open', 1, 1, false, {closed})",
        *(
            "INSERT INTO alarm_watches (alarm_id, buddy_id, position, alerted_at, last_alert_at, alerts, step, "
            f"step_at, holds) VALUES ('{name}', '{buddy}', 0, 1, 2, 1, 'repeat', 3, 0)"
            for buddy in buddies
        ),
    ]


def _change(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _pairing(name: str, person: str, buddy: str) -> str:
    return (
        "INSERT INTO pairings (id, person_id, buddy_id, state, position, leaves_at_close, created_at, active_at) "
        f"VALUES ('{name}', '{person}', '{buddy}', 'active', 1, false, 1, 5)"
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PEOPLE = tuple(
    f"INSERT INTO people (id, account_lookup, words_version, created_at) VALUES ('{one}', '{one}', 0, 1)"
    for one in ("ana", "bo", "cy")
)
_PAIRING = _pairing("p", "ana", "bo")
