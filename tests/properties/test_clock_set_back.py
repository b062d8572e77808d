"""A clock that is set back, at any moment of any alert: no step waits much longer for it, and none comes too early."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.alarm import Alarm, AlarmStage
from bot.domain.alarm_course import decide_alarm
from bot.domain.alarm_decisions import AlarmDue, Trigger
from bot.domain.check_in import CheckIn, Step
from bot.domain.clock_set_back import ahead, alarm_now, check_in_now
from bot.domain.course import decide
from bot.domain.decisions import NotPossible
from bot.domain.events import Due, GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.known import Facts
from bot.domain.timing import Timing
from tests.unit.domain.alarms import raised
from tests.unit.domain.courses import START, TIMING, overdue

BUDDIES = ("bo", "cy", "dee")
MADE = (Take, GiveBack, SayElse, Resolve, Reopen)
NOTHING = timedelta()

delays = st.timedeltas(NOTHING, timedelta(minutes=40))
set_back = st.timedeltas(timedelta(seconds=2), timedelta(hours=3))
happens = st.lists(st.tuples(st.sampled_from((None, None, *MADE)), st.sampled_from(BUDDIES), delays), max_size=12)
confirming = st.frozensets(st.sampled_from(BUDDIES))
Happens = list[tuple[Callable[[str], Take | GiveBack | SayElse | Resolve | Reopen] | None, str, timedelta]]


def alert_after(happened: Happens, confirmed: frozenset[str]) -> tuple[CheckIn, datetime]:
    """An open alert, and the moment to which it has come."""
    check_in = overdue(*BUDDIES)
    assert check_in.alerting_since is not None
    now = check_in.alerting_since
    for make, buddy, delay in happened:
        assert check_in.step is not None
        assert check_in.step_at is not None
        now = check_in.step_at if make is None else min(check_in.step_at, now + delay)
        event = Due(check_in.step) if make is None else make(buddy)
        try:
            check_in = decide(check_in, event, now, TIMING, Facts(confirmed=confirmed)).check_in
        except NotPossible:
            continue
    return check_in, now


def alarm_after(happened: Happens, confirmed: frozenset[str]) -> tuple[Alarm, datetime]:
    """An open alarm, and the moment to which it has come. A sign is what a buddy alone could not undo."""
    alarm, now = raised(*BUDDIES).alarm, START
    for make, buddy, delay in happened:
        assert alarm.step is not None
        assert alarm.step_at is not None
        now = alarm.step_at if make is None else min(alarm.step_at, now + delay)
        event = AlarmDue(alarm.step, confirmed) if make is None else make(buddy)
        try:
            decided = decide_alarm(alarm, event, now, TIMING).alarm
        except NotPossible:
            decided = decide_alarm(alarm, Trigger(BUDDIES), now, TIMING).alarm
        alarm = alarm if decided.stage is AlarmStage.CLOSED else decided
    return alarm, now


def wait(check_in_or_alarm: CheckIn | Alarm, now: datetime) -> timedelta:
    """Until the next step."""
    assert check_in_or_alarm.step_at is not None
    return check_in_or_alarm.step_at - now


@settings(max_examples=300, derandomize=True)
@given(happens, confirming, set_back)
def test_a_step_of_an_alert_waits_as_long_as_it_did_and_no_longer_than_it_takes(
    happened: Happens, confirmed: frozenset[str], by: timedelta
) -> None:
    check_in, before = alert_after(happened, confirmed)
    now = before - by
    moved = check_in_now(check_in, ahead([check_in], [], now), now, TIMING)
    assert wait(check_in, before) <= wait(moved, now) <= longest(check_in)
    assert moved.step is check_in.step
    assert moved.deadline == check_in.deadline
    assert check_in_now(moved, ahead([moved], [], now), now, TIMING) == moved, "twice is as good as once"


def longest(check_in: CheckIn, timing: Timing = TIMING) -> timedelta:
    """How long a step of this kind may take in all."""
    whole = {
        Step.CHECK_ALERT: timing.operator_after,
        Step.FOLLOW_UP: timing.follow_up,
        Step.RESUME_UNANSWERED: timing.answer_within,
        Step.RESUME_UNRESOLVED: timing.resolve_within,
    }
    assert check_in.step is not None
    return whole.get(check_in.step, timing.repeat_last)


@settings(max_examples=300, derandomize=True)
@given(happens, confirming, set_back)
def test_every_buddys_part_of_an_alarm_waits_as_long_as_it_did_and_no_longer_than_it_takes(
    happened: Happens, confirmed: frozenset[str], by: timedelta
) -> None:
    alarm, before = alarm_after(happened, confirmed)
    now = before - by
    moved = alarm_now(alarm, ahead([], [alarm], now), now, TIMING)
    for then, since in zip(alarm.watches, moved.watches, strict=True):
        assert then.step_at - before <= since.step_at - now <= TIMING.repeat_last
    assert wait(moved, now) >= min(wait(alarm, before), TIMING.alarm_pause)
    assert wait(moved, now) <= TIMING.repeat_last
    assert (moved.stage, moved.opened_at, moved.paused_at) == (alarm.stage, alarm.opened_at, alarm.paused_at)
    assert alarm_now(moved, ahead([], [moved], now), now, TIMING) == moved, "twice is as good as once"


@settings(max_examples=100, derandomize=True)
@given(happens, confirming)
def test_nothing_changes_while_the_clock_runs_on(happened: Happens, confirmed: frozenset[str]) -> None:
    check_in, now = alert_after(happened, confirmed)
    assert check_in_now(check_in, ahead([check_in], [], now), now, TIMING) == check_in
    alarm, now = alarm_after(happened, confirmed)
    assert alarm_now(alarm, ahead([], [alarm], now), now, TIMING) == alarm
