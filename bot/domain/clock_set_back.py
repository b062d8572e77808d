"""What a clock that was set back means for open alerts: their steps count from each other, and must not wait until the
old time has come again. What is still to come, like a deadline, keeps the time of the wall."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.alarm import Alarm, AlarmStage, AlarmWatch, WatchStep
from bot.domain.alarm_rules import rhythm, with_look_at_held_back, with_next_look
from bot.domain.check_in import CheckIn, Step
from bot.domain.timing import Timing


def ahead(check_ins: Iterable[CheckIn], alarms: Iterable[Alarm], now: datetime) -> timedelta:
    """By how much the latest moment that has been, of all these open alerts, lies ahead of `now` (aware UTC)."""
    moments: list[datetime | None] = []
    for check_in in check_ins:
        moments += [check_in.alerting_since, check_in.round_at, check_in.news_at]
        moments += [moment for watch in check_in.watches for moment in (watch.alerted_at, watch.asked_at)]
    for alarm in alarms:
        moments += [alarm.since, alarm.newest_at]
        moments += [moment for watch in alarm.watches for moment in (watch.last_alert_at, watch.taken_at)]
    return max([timedelta(0), *(moment - now for moment in moments if moment is not None)])


def check_in_now(check_in: CheckIn, by: timedelta, now: datetime, timing: Timing) -> CheckIn:
    """The check-in with what has been `by` earlier, and with no step of an alert further ahead than it takes. Where
    none is open yet it is only looked in time whether somebody has seen the start line."""
    if check_in.step_at is None:
        return check_in
    started_at = min(check_in.started_at, now)  # what she writes from now on is not from before that
    watches = tuple(
        replace(watch, alerted_at=_earlier(watch.alerted_at, by), asked_at=_earlier(watch.asked_at, by))
        for watch in check_in.watches
    )
    if check_in.alerting_since is None:
        step_at = check_in.step_at - by if check_in.step is Step.CHECK_CALL else check_in.step_at
        return replace(check_in, started_at=started_at, step_at=step_at, watches=watches)
    longest = {
        Step.FOLLOW_UP: timing.follow_up,
        Step.RESUME_UNANSWERED: timing.answer_within,
        Step.RESUME_UNRESOLVED: timing.resolve_within,
    }
    step_at = check_in.step_at - by
    if check_in.step in longest:
        step_at = min(check_in.step_at, now + longest[check_in.step])
    return replace(
        check_in,
        started_at=started_at,
        alerting_since=check_in.alerting_since - by,
        round_at=_earlier(check_in.round_at, by),
        news_at=_earlier(check_in.news_at, by),
        follow_up_at=check_in.follow_up_at and min(check_in.follow_up_at, now + timing.follow_up),
        step_at=step_at,
        watches=watches,
    )


def alarm_now(alarm: Alarm, by: timedelta, now: datetime, timing: Timing) -> Alarm:
    """The same for a silent alarm. When it was opened and paused stays: who was paired before, and what was told of the
    pause, is known by that."""
    if alarm.stage is AlarmStage.CLOSED or alarm.step_at is None:
        return alarm
    moved = replace(
        alarm,
        since=alarm.since - by,
        news_at=_earlier(alarm.newest_at if by else alarm.news_at, by),
        operator_at=alarm.operator_at and min(alarm.operator_at - by, now + timing.operator_after),
    )
    moved = replace(moved, watches=tuple(_watch_now(moved, watch, by, now, timing) for watch in alarm.watches))
    if alarm.stage is AlarmStage.PAUSED:
        return replace(moved, step_at=min(alarm.step_at, now + timing.alarm_pause))
    return moved if moved == alarm else with_look_at_held_back(with_next_look(moved), now, timing)


def _watch_now(alarm: Alarm, watch: AlarmWatch, by: timedelta, now: datetime, timing: Timing) -> AlarmWatch:
    longest = {
        WatchStep.CHECK_ARRIVED: timing.delivered_within,
        WatchStep.REPEAT: rhythm(alarm, now, timing),
        WatchStep.FOLLOW_UP: timing.follow_up,
        WatchStep.RESUME: timing.answer_within,
    }
    return replace(
        watch,
        alerted_at=watch.alerted_at - by,
        last_alert_at=watch.last_alert_at - by,
        taken_at=_earlier(watch.taken_at, by),
        step_at=min(watch.step_at, now + longest[watch.step]),
    )


def _earlier(moment: datetime | None, by: timedelta) -> datetime | None:
    return None if moment is None else moment - by
