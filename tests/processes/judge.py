"""Judging what the phones saw against what was due. A small model of its own: times, words, and who got what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, func, select

from storage.engine import open_database
from storage.tables import check_ins, inbox, outbox, pairings, people
from tests.processes.evenings import Outing, Pair
from tests.processes.household import Household

PUNCTUAL = 2.0
"""Seconds that an alert may be late, besides the time in which the bot could not work."""
SETTLING = timedelta(seconds=3.5)
"""From "started" until it must act: the pause before it subscribes (1 s), BUDDY_SETTLE_AT_MOST (2 s), and a little."""
_AT_ONCE = timedelta(seconds=0.3)
"""A word that comes so shortly before the end of grace may cross with the alert."""


@dataclass
class Verdict:
    """What was found. `faults` is empty when all is well; `gap`: messages lost between signal-cli and the bot."""

    kills: int = 0
    messages: int = 0
    gap: int = 0
    timers: int = 0
    alerts: int = 0
    duplicate_alerts: int = 0
    worst_late_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def judge(household: Household, pairs: Sequence[Pair]) -> Verdict:
    """Judge everything that happened, after the bot has been stopped in good order."""
    lives = household.lives
    verdict = Verdict(kills=len(lives) - 1, messages=len(household.ledger.sent), gap=household.ledger.lost)
    able = able_times(household)
    engine = open_database(household.bot.settings["BUDDY_DATABASE_URL"])
    with engine.connect() as connection:
        _judge_state(connection, pairs, verdict)
        rows = connection.execute(
            select(check_ins, people.c.account_lookup).join(people).order_by(check_ins.c.started_at)
        ).all()
        alert_rows = Counter(
            connection.execute(
                select(outbox.c.check_in_id).where(outbox.c.purpose == "alert", outbox.c.first_attempt_at.is_not(None))
            ).scalars()
        )
    engine.dispose()
    names = household.ledger.lookups()
    for pair in pairs:
        hers = [row for row in rows if names[row.account_lookup] == pair.ana.name]
        for row, outing in zip(hers, pair.outings, strict=False):
            _judge_timer(row, outing, able, alert_rows[row.id], verdict)
    told = [line for line in household.bot.log if line["level"] == "error"]
    failures = Counter(f"{line['event']}, {line['error']} in {line['where']}" for line in told)
    verdict.faults += [f"{count} times logged: {failure}" for failure, count in failures.items()]
    return verdict


def able_times(household: Household) -> list[tuple[datetime, datetime]]:
    """When the bot ran and was settled."""
    found = []
    for life in household.lives:
        started, ended = household.started(life), life.ended or datetime.now(UTC)
        if started is not None and started + SETTLING < ended:
            found.append((started + SETTLING, ended))
    return found


def _judge_state(connection: Connection, pairs: Sequence[Pair], verdict: Verdict) -> None:
    def count(table: object, *conditions: object) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())

    timers = sum(len(pair.outings) for pair in pairs)
    verdict.timers = timers
    expected = {
        "timers": (count(check_ins), timers),
        "open timers": (count(check_ins, check_ins.c.closed_at.is_(None)), 0),
        "people": (count(people), 2 * len(pairs)),
        "pairings": (count(pairings), len(pairs)),
        "messages not finished": (count(inbox, inbox.c.state != "done"), 0),
        "alerts unsent": (count(outbox, outbox.c.state == "waiting", outbox.c.purpose == "alert"), 0),
    }
    verdict.faults += [
        f"{what}: {found} instead of {right}" for what, (found, right) in expected.items() if found != right
    ]


def _judge_timer(
    row: Row[tuple[object, ...]],
    outing: Outing,
    able: Sequence[tuple[datetime, datetime]],
    alert_rows: int,
    verdict: Verdict,
) -> None:
    who, due = outing.start.phone.name, row.deadline + row.grace
    if not outing.start.at + outing.length <= row.deadline <= outing.armed_by + outing.length:
        verdict.faults.append(f"{who}: a deadline that she did not ask for")
    verdict.alerts += min(1, len(outing.alerts))
    verdict.duplicate_alerts += max(0, len(outing.alerts) - alert_rows)
    if outing.missed:
        verdict.faults.append(f"{who}: an alert was missed")
    if outing.close is not None and outing.close.at < due - _AT_ONCE and outing.alerts:
        verdict.faults.append(f"{who}: a false alert, her word had come in time")
    known_at = outing.alerts[0][1] if outing.alerts else outing.close.at if outing.close else due
    if known_at < due - _AT_ONCE and outing.alerts:
        verdict.faults.append(f"{who}: an alert before it was due")
    late = _overlap(due, known_at, able)
    verdict.worst_late_s = max(verdict.worst_late_s, late)
    if late > PUNCTUAL:
        verdict.faults.append(f"{who}: an alert {late:.1f} s late while the bot could work")


def _overlap(begin: datetime, end: datetime, able: Sequence[tuple[datetime, datetime]]) -> float:
    """Seconds between the two in which the bot could work."""
    parts = ((min(end, until) - max(begin, since)).total_seconds() for since, until in able)
    return sum(part for part in parts if part > 0)
