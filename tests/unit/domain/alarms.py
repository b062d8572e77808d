"""Alarms to decide about."""

from datetime import UTC, datetime, timedelta

from bot.domain.alarm import Alarm, AlarmStage, AlarmStep
from bot.domain.alarm_course import decide_alarm
from bot.domain.alarm_decisions import (
    AlarmDecision,
    AlarmDue,
    AlarmEffect,
    AlarmEvent,
    Leave,
    ReopenedLater,
    Trigger,
    WordSent,
)
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.timing import Timing

START = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)
TIMING = Timing()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BO, CY, DEE = "bo", "cy", "dee"
EVENTS: tuple[AlarmEvent, ...] = (
    *(AlarmDue(step) for step in AlarmStep),
    Trigger((BO,)),
    WordSent(),
    Leave(BO),
    ReopenedLater(),
    Take(BO),
    GiveBack(BO),
    SayElse(BO),
    Resolve(BO),
    Reopen(BO),
)


def raised(*buddies: str, now: datetime = START) -> AlarmDecision:
    """An alarm just raised."""
    unopened = Alarm("a", "ana", None, AlarmStage.OPEN, now, now, None, None, None, AlarmStep.LOOK, now)
    return decide_alarm(unopened, Trigger(buddies or (BO,)), now, TIMING)


def after(alarm: Alarm, event: AlarmEvent, now: datetime) -> Alarm:
    return decide_alarm(alarm, event, now, TIMING).alarm


def due_at(alarm: Alarm) -> datetime:
    """When the pending step is due."""
    assert alarm.step_at is not None
    return alarm.step_at


def next_step(alarm: Alarm, *confirmed: str, told: tuple[str, ...] = ()) -> AlarmDecision:
    """The pending step, taken in time."""
    assert alarm.step is not None
    due = AlarmDue(alarm.step, frozenset(confirmed), frozenset(told))
    return decide_alarm(alarm, due, due_at(alarm), TIMING)


def told(decision: AlarmDecision, effect: AlarmEffect) -> list[str | None]:
    """To whom this effect goes, in order."""
    return [happening.buddy_id for happening in decision.happenings if happening.effect is effect]


def alerts(alarm: Alarm, count: int, *confirmed: str) -> list[tuple[timedelta, str | None]]:
    """The next alerts in time for as long as nobody does anything: how long after START, and to whom."""
    found: list[tuple[timedelta, str | None]] = []
    while len(found) < count:
        at, decision = due_at(alarm), next_step(alarm, *confirmed)
        found += [(at - START, buddy) for buddy in told(decision, AlarmEffect.ALERT)]
        alarm = decision.alarm
    return found[:count]
