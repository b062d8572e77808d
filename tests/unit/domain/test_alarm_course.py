"""The rules of a silent alarm, one by one (SPEC: "Silent alarm")."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import replace

import pytest

from bot.domain.alarm import Alarm, AlarmStage, AlarmStep, AlarmWatch, WatchStep, holders
from bot.domain.alarm_course import TRANSITIONS, decide_alarm
from bot.domain.alarm_decisions import AlarmDue, AlarmEffect, AlarmEvent, Leave, Trigger, WordSent
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.use_cases.alarm_happenings import EFFECTS
from tests.unit.domain.alarms import (
    BO,
    CY,
    DEE,
    EVENTS,
    HOUR,
    MINUTE,
    SECOND,
    START,
    TIMING,
    after,
    alerts,
    due_at,
    next_step,
    raised,
    told,
)


def _in_every_stage() -> list[Alarm]:
    alarm = raised(BO).alarm
    paused = after(alarm, Resolve(BO), START)
    return [alarm, after(alarm, Take(BO), START), paused, after(paused, Resolve(BO), START)]


PAIRS = [pytest.param(alarm, event, id=f"{alarm.stage}-{event}") for alarm in _in_every_stage() for event in EVENTS]


@pytest.mark.parametrize(("alarm", "event"), PAIRS)
def test_what_is_not_in_the_table_is_refused(alarm: Alarm, event: AlarmEvent) -> None:
    before = deepcopy(alarm)
    now = (alarm.step_at or START) + HOUR
    key = event.step if isinstance(event, AlarmDue) else type(event)
    if (alarm.stage, key) not in TRANSITIONS:
        with pytest.raises(NotPossible):
            decide_alarm(alarm, event, now, TIMING)
    else:
        with suppress(NotPossible):  # allowed here, but not for everybody or at every moment
            assert decide_alarm(alarm, event, now, TIMING).alarm.id == alarm.id
    assert alarm == before


def test_every_step_event_and_effect_is_in_a_table() -> None:
    keys = {what for _, what in TRANSITIONS}
    assert set(AlarmStep) <= keys
    assert {type(event) for event in EVENTS if not isinstance(event, AlarmDue)} <= keys
    assert set(EFFECTS) == set(AlarmEffect)


def test_a_step_is_not_taken_before_its_moment() -> None:
    alarm = raised(BO).alarm
    with pytest.raises(NotPossible) as refusal:
        decide_alarm(alarm, AlarmDue(AlarmStep.LOOK), due_at(alarm) - SECOND, TIMING)
    assert refusal.value.why is Impossible.STALE_STEP


def test_all_are_alerted_at_once() -> None:
    assert told(raised(BO, CY, DEE), AlarmEffect.ALERT) == [BO, CY, DEE]


def test_a_phone_that_has_not_confirmed_gets_it_again_after_a_minute() -> None:
    found = alerts(raised(BO, CY).alarm, 4, CY)
    assert found == [(MINUTE, BO), (5 * MINUTE, BO), (5 * MINUTE, CY), (10 * MINUTE, BO)]


def test_the_rhythm_is_five_minutes_for_an_hour_fifteen_for_twelve_hours_then_hourly_for_ever() -> None:
    moments = [at for at, _ in alerts(raised(BO).alarm, 100, BO)]
    expected = [5 * MINUTE * n for n in range(1, 13)]
    while len(expected) < 100:
        expected.append(expected[-1] + (15 * MINUTE if expected[-1] < 13 * HOUR else HOUR))
    assert moments == expected


@pytest.mark.parametrize("confirmed", [(), (BO,)])
def test_the_operator_is_told_once_when_no_phone_has_it_after_five_minutes(confirmed: tuple[str, ...]) -> None:
    alarm, found = raised(BO, CY).alarm, []
    while due_at(alarm) < START + 2 * HOUR:
        at, decision = due_at(alarm), next_step(alarm, *confirmed)
        found += [at for _ in told(decision, AlarmEffect.TELL_OPERATOR)]
        alarm = decision.alarm
    assert found == ([] if confirmed else [START + 5 * MINUTE])


def test_taking_it_stops_nobody_elses_alert() -> None:
    decision = decide_alarm(raised(BO, CY, DEE).alarm, Take(CY), START + SECOND, TIMING)
    assert told(decision, AlarmEffect.CONFIRM_TAKEN) == [CY]
    assert [(h.buddy_id, h.about_id) for h in decision.happenings if h.effect is AlarmEffect.TELL_TAKEN] == [
        (BO, CY),
        (DEE, CY),
    ]
    assert alerts(decision.alarm, 4, BO, CY, DEE) == [
        (5 * MINUTE, BO),
        (5 * MINUTE, DEE),
        (10 * MINUTE, BO),
        (10 * MINUTE, DEE),
    ]


def _asked() -> Alarm:
    """Bo has it and was asked how it stands."""
    alarm = after(raised(BO).alarm, Take(BO), START)
    while True:
        decision = next_step(alarm, BO)
        alarm = decision.alarm
        if told(decision, AlarmEffect.ASK_HOW_IT_STANDS):
            return alarm


def test_he_is_asked_after_half_an_hour_and_may_hold_it_once() -> None:
    asked = _asked()
    now = START + 30 * MINUTE
    with pytest.raises(NotPossible):
        decide_alarm(after(raised(BO).alarm, Take(BO), START), Take(BO), now, TIMING)
    held = decide_alarm(asked, Take(BO), now, TIMING)
    assert told(held, AlarmEffect.CONFIRM_HELD) == [BO]
    assert due_at(held.alarm) == now + 30 * MINUTE
    again = next_step(held.alarm, BO)
    assert told(again, AlarmEffect.ASK_HOW_IT_STANDS) == [BO]
    assert told(decide_alarm(again.alarm, Take(BO), now + 31 * MINUTE, TIMING), AlarmEffect.ALERT) == [BO]


def test_other_text_or_ten_minutes_of_silence_alert_him_again() -> None:
    asked = _asked()
    assert due_at(asked) == START + 40 * MINUTE
    assert told(next_step(asked, BO), AlarmEffect.ALERT) == [BO]
    assert told(decide_alarm(asked, SayElse(BO), START + 31 * MINUTE, TIMING), AlarmEffect.ALERT) == [BO]
    with pytest.raises(NotPossible):
        decide_alarm(raised(BO).alarm, SayElse(BO), START, TIMING)


def test_who_gives_it_back_is_alerted_again_in_the_rhythm() -> None:
    alarm = after(raised(BO).alarm, Take(BO), START + SECOND)
    given = decide_alarm(alarm, GiveBack(BO), START + 2 * MINUTE, TIMING)
    assert told(given, AlarmEffect.CONFIRM_GIVEN_BACK) == [BO]
    assert alerts(given.alarm, 1, BO) == [(7 * MINUTE, BO)]


def test_a_further_trigger_alerts_all_again_and_who_has_it_keeps_it() -> None:
    alarm = after(raised(BO, CY).alarm, Take(BO), START)
    again = decide_alarm(alarm, Trigger((BO, CY)), START + 2 * MINUTE, TIMING)
    assert told(again, AlarmEffect.ALERT) == [BO, CY]
    assert [watch.taken_at for watch in again.alarm.watches] == [START, None]
    assert again.alarm.since == START + 2 * MINUTE


def test_a_further_trigger_ends_a_pause() -> None:
    alarm = after(raised(BO, CY).alarm, Resolve(BO), START)
    again = decide_alarm(alarm, Trigger((BO, CY)), START + 2 * MINUTE, TIMING)
    assert again.alarm.stage is AlarmStage.OPEN
    assert told(again, AlarmEffect.ALERT) == [BO, CY]


def test_a_pause_of_ten_minutes_ends_it_if_another_buddy_was_told() -> None:
    paused = decide_alarm(raised(BO, CY).alarm, Resolve(BO), START, TIMING)
    assert told(paused, AlarmEffect.CONFIRM_RESOLVED) == [BO]
    assert told(paused, AlarmEffect.TELL_RESOLVED) == [CY]
    assert due_at(paused.alarm) == START + 10 * MINUTE
    ended = next_step(paused.alarm, told=(BO, CY))
    assert ended.alarm.stage is AlarmStage.CLOSED
    assert told(ended, AlarmEffect.TELL_ENDED) == [BO, CY]
    assert told(ended, AlarmEffect.ERASE) == [None]
    on = next_step(paused.alarm, told=(BO,))
    assert on.alarm.stage is AlarmStage.OPEN
    assert told(on, AlarmEffect.ALERT) == [BO, CY]


def test_any_alerted_buddy_may_reopen_it_and_nobody_else() -> None:
    paused = after(raised(BO, CY).alarm, Resolve(BO), START)
    for buddy in (BO, CY):
        assert told(decide_alarm(paused, Reopen(buddy), START + MINUTE, TIMING), AlarmEffect.ALERT) == [BO, CY]
    with pytest.raises(NotPossible):
        decide_alarm(paused, Reopen(DEE), START + MINUTE, TIMING)
    with pytest.raises(NotPossible) as refusal:
        decide_alarm(raised(BO).alarm, Reopen(BO), START, TIMING)
    assert refusal.value.why is Impossible.NOT_PAUSED


def test_a_sole_buddy_has_to_say_it_twice() -> None:
    paused = after(raised(BO).alarm, Resolve(BO), START)
    assert next_step(paused, told=(BO,)).alarm.stage is AlarmStage.OPEN
    assert decide_alarm(paused, Resolve(BO), START + MINUTE, TIMING).alarm.stage is AlarmStage.CLOSED
    two = after(raised(BO, CY).alarm, Resolve(BO), START)
    for buddy in (BO, CY):
        with pytest.raises(NotPossible):
            decide_alarm(two, Resolve(buddy), START + MINUTE, TIMING)


def test_a_codeword_is_told_and_changes_nothing() -> None:
    for alarm in (raised(BO, CY).alarm, after(raised(BO, CY).alarm, Resolve(BO), START)):
        decision = decide_alarm(alarm, WordSent(), START + MINUTE, TIMING)
        assert decision.alarm == alarm
        assert {h.effect for h in decision.happenings} == {AlarmEffect.TELL_WORD_SENT}


def test_who_leaves_is_alerted_no_more_and_with_the_last_it_ends() -> None:
    left = after(raised(BO, CY).alarm, Leave(BO), START)
    assert {buddy for _, buddy in alerts(left, 5, CY)} == {CY}
    last = decide_alarm(left, Leave(CY), START, TIMING)
    assert last.alarm.stage is AlarmStage.CLOSED
    assert AlarmEffect.TELL_OPERATOR in {h.effect for h in last.happenings}


def with_one_elsewhere(*buddies: str) -> Alarm:
    """A later one, in which Dee counts too."""
    alarm = raised(*buddies).alarm
    dee = AlarmWatch(DEE, 9, START, START, 0, WatchStep.REPEAT, START + HOUR, elsewhere="the first")
    return replace(alarm, ordinal=1, watches=(*alarm.watches, dee))


def test_who_is_alerted_elsewhere_counts_and_is_told_nothing() -> None:
    alarm = with_one_elsewhere(BO)
    paused = decide_alarm(alarm, Resolve(BO), START, TIMING)
    with pytest.raises(NotPossible):
        decide_alarm(paused.alarm, Resolve(BO), START, TIMING)
    assert next_step(paused.alarm).alarm.stage is AlarmStage.OPEN
    ended = next_step(paused.alarm, told=(DEE,))
    assert ended.alarm.stage is AlarmStage.CLOSED
    resumed = decide_alarm(paused.alarm, Reopen(DEE), START, TIMING)
    for decision in (paused, ended, resumed, decide_alarm(alarm, Trigger((BO,)), START, TIMING)):
        assert {h.buddy_id for h in decision.happenings} <= {BO, None}
    assert {buddy for _, buddy in alerts(alarm, 30)} == {BO}


def test_what_he_does_is_told_to_its_own_and_not_to_earlier_ones() -> None:
    alarm = with_one_elsewhere(BO)
    for event in (Take(DEE), Resolve(DEE)):
        decision = decide_alarm(alarm, event, START, TIMING)
        assert {h.buddy_id for h in decision.happenings} == {BO}
    assert holders(after(alarm, Take(DEE), START)) == [DEE]


def test_it_ends_with_the_last_of_its_own() -> None:
    alarm = with_one_elsewhere(BO)
    without = decide_alarm(alarm, Leave(DEE), START + MINUTE, TIMING).alarm
    assert (without.stage, without.operator_at) == (AlarmStage.OPEN, alarm.operator_at)
    assert decide_alarm(alarm, Leave(BO, earlier_open=True), START, TIMING).alarm.stage is AlarmStage.CLOSED


def test_what_is_to_pass_for_the_codeword_is_told_to_some_alone() -> None:
    told_it = decide_alarm(raised(BO, CY).alarm, WordSent((CY,)), START, TIMING).happenings
    assert [(h.effect, h.buddy_id) for h in told_it] == [(AlarmEffect.TELL_WORD_SENT, CY)]


def test_an_earlier_one_that_has_reached_somebody_spares_the_operator() -> None:
    alarm = raised().alarm
    due = AlarmDue(AlarmStep.LOOK, reached_earlier=True)
    looked = decide_alarm(alarm, due, START + 5 * MINUTE, TIMING)
    left = decide_alarm(alarm, Leave(BO, earlier_open=True), START, TIMING)
    for decision in (looked, left):
        assert AlarmEffect.TELL_OPERATOR not in {h.effect for h in decision.happenings}
