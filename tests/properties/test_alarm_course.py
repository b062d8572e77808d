"""A silent alarm against a notepad written from the SPEC: any order of events, any clock."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.alarm import Alarm, AlarmStage
from bot.domain.alarm_course import decide_alarm
from bot.domain.alarm_decisions import AlarmDecision, AlarmDue, AlarmEffect, AlarmEvent, Leave, Trigger, WordSent
from bot.domain.decisions import NotPossible
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from tests.properties.alarm_notepad import HOUR, MINUTE, Line, Notepad
from tests.unit.domain.alarms import START, TIMING, raised, told

BUDDIES = ("bo", "cy", "dee")
whoever = st.sampled_from((*BUDDIES, "a stranger"))


class AlarmCourse(RuleBasedStateMachine):
    """The rules of the code and the notepad, side by side."""

    alarm: Alarm
    pad: Notepad
    now: datetime

    @initialize(count=st.integers(1, 3))
    def start(self, count: int) -> None:
        self.alarm = raised(*BUDDIES[:count]).alarm
        self.pad = Notepad({buddy: Line(START, START, anew=True) for buddy in BUDDIES[:count]}, START, START)
        self.now = START

    # --- the clock

    @rule(length=st.timedeltas(timedelta(0), 3 * HOUR))
    def time_passes(self, length: timedelta) -> None:
        """Also beyond what is due: a bot that was down, or a clock set forwards."""
        self.now += length

    @rule(length=st.timedeltas(timedelta(0), 10 * MINUTE))
    def the_clock_is_set_back(self, length: timedelta) -> None:
        self.now -= length

    @precondition(lambda self: not self.pad.closed)
    @rule(times=st.sampled_from((1, 1, 2, 5, 30)))
    def nobody_does_anything_for_a_while(self, times: int) -> None:
        for _ in range(times):
            if self.pad.closed:
                return
            assert self.alarm.step_at is not None
            self.now = max(self.now, self.alarm.step_at)
            self.what_is_due_is_done()

    @precondition(lambda self: not self.pad.closed)
    @rule()
    def what_is_due_is_done(self) -> None:
        assert self.alarm.step is not None
        confirmed = frozenset(buddy for buddy, line in self.pad.lines.items() if line.phone_has_it)
        decision = self._decide(AlarmDue(self.alarm.step, confirmed, frozenset(self.pad.pause_known_to)))
        if decision is None:
            return
        if self.pad.paused is not None:
            self._after_pause(decision)
            return
        for buddy in told(decision, AlarmEffect.ALERT):
            assert buddy is not None
            line = self.pad.lines[buddy]
            assert line.has_it_since is None or line.asked is not None, "who has it is left alone until he was asked"
            self.pad.lines[buddy] = self._again(line)
        for line in self.pad.lines.values():
            line.anew = line.anew and self.now < line.alerted + MINUTE
        for buddy in told(decision, AlarmEffect.ASK_HOW_IT_STANDS):
            assert buddy is not None
            line = self.pad.lines[buddy]
            assert line.has_it_since is not None
            assert line.asked is None
            line.asked = self.now
        self._operator(decision)

    def _again(self, line: Line) -> Line:
        """Alerted once more, alone; or noted as if he were, where he gave it back."""
        return Line(self.now, self.pad.round, phone_has_it=line.phone_has_it)

    def _operator(self, decision: AlarmDecision) -> None:
        reached = any(line.phone_has_it for line in self.pad.lines.values())
        if told(decision, AlarmEffect.TELL_OPERATOR):
            assert not reached
            assert not self.pad.operator_knows
            assert self.now >= self.pad.operator_from + 5 * MINUTE
            self.pad.operator_knows = True
        elif not reached and self.now >= self.pad.operator_from + 5 * MINUTE:
            assert self.pad.operator_knows, "after five minutes without any phone the operator is told"

    def _after_pause(self, decision: AlarmDecision) -> None:
        assert self.pad.paused is not None
        assert self.now >= self.pad.paused + 10 * MINUTE
        others = (self.pad.pause_known_to & self.pad.lines.keys()) - {self.pad.over_says}
        if others:
            assert decision.alarm.stage is AlarmStage.CLOSED
            assert set(told(decision, AlarmEffect.TELL_ENDED)) == self.pad.lines.keys()
            self.pad.closed = True
            return
        assert set(told(decision, AlarmEffect.ALERT)) == self.pad.lines.keys(), "else it goes on"
        self.pad.go_on(self.now)

    # --- phones, and she

    @rule(buddy=st.sampled_from(BUDDIES))
    def a_phone_confirms(self, buddy: str) -> None:
        if buddy in self.pad.lines:
            self.pad.lines[buddy].phone_has_it = True
            if self.pad.paused is not None:
                self.pad.pause_known_to.add(buddy)

    @rule(besides=st.sampled_from((None, *BUDDIES)))
    def a_further_sign(self, besides: str | None) -> None:
        chosen = tuple(buddy for buddy in self.pad.lines if buddy != besides) or tuple(self.pad.lines)
        decision = self._decide(Trigger(chosen))
        if decision is None:
            assert self.pad.closed
            return
        assert set(told(decision, AlarmEffect.ALERT)) == set(chosen), "a further trigger alerts all again"
        if self.pad.paused is not None:
            self.pad.go_on(self.now)
            for buddy in self.pad.lines.keys() - set(chosen):
                self.pad.lines[buddy] = Line(self.now, self.now)
        else:
            self.pad.alert_all(chosen, self.now)

    @rule()
    def her_codeword_comes(self) -> None:
        before = self.alarm
        decision = self._decide(WordSent())
        assert self.alarm == before, "it changes nothing"
        if decision is not None:
            assert set(told(decision, AlarmEffect.TELL_WORD_SENT)) == self.pad.lines.keys()

    # --- her buddies

    @rule(buddy=whoever)
    def he_takes_it(self, buddy: str) -> None:
        line = self.pad.lines.get(buddy)
        decision = self._decide(Take(buddy))
        may = not self.pad.closed and self.pad.paused is None and line is not None
        if not may or line is None or (line.has_it_since is not None and line.asked is None):
            assert decision is None
            return
        assert decision is not None
        if line.has_it_since is None:
            assert set(told(decision, AlarmEffect.TELL_TAKEN)) == self.pad.lines.keys() - {buddy}
            line.has_it_since, line.asked, line.held = self.now, None, False
        elif line.held:
            assert told(decision, AlarmEffect.ALERT) == [buddy], "he may hold it once"
            self.pad.lines[buddy] = self._again(line)
        else:
            line.has_it_since, line.asked, line.held = self.now, None, True

    @rule(buddy=whoever)
    def he_gives_it_back(self, buddy: str) -> None:
        line = self.pad.lines.get(buddy)
        decision = self._decide(GiveBack(buddy))
        may = not self.pad.closed and self.pad.paused is None and line is not None and line.has_it_since is not None
        assert (decision is not None) == may
        if may:
            assert line is not None
            self.pad.lines[buddy] = self._again(line)

    @rule(buddy=whoever)
    def he_says_something_else(self, buddy: str) -> None:
        line = self.pad.lines.get(buddy)
        decision = self._decide(SayElse(buddy))
        may = not self.pad.closed and self.pad.paused is None and line is not None and line.asked is not None
        assert (decision is not None) == may
        if may and decision is not None and line is not None:
            assert told(decision, AlarmEffect.ALERT) == [buddy]
            self.pad.lines[buddy] = self._again(line)

    @rule(buddy=whoever)
    def he_says_that_it_is_over(self, buddy: str) -> None:
        decision = self._decide(Resolve(buddy))
        if self.pad.closed or buddy not in self.pad.lines:
            assert decision is None
        elif self.pad.paused is None:
            assert decision is not None
            assert set(told(decision, AlarmEffect.TELL_RESOLVED)) == self.pad.lines.keys() - {buddy}
            assert not told(decision, AlarmEffect.TELL_ENDED)
            self.pad.over_says, self.pad.paused, self.pad.pause_known_to = buddy, self.now, set()
        elif len(self.pad.lines) == 1 and self.pad.over_says == buddy:
            assert decision is not None
            assert decision.alarm.stage is AlarmStage.CLOSED, "a sole buddy who says it twice ends it"
            self.pad.closed = True
        else:
            assert decision is None

    @rule(buddy=whoever)
    def he_says_that_it_is_not(self, buddy: str) -> None:
        decision = self._decide(Reopen(buddy))
        may = not self.pad.closed and self.pad.paused is not None and buddy in self.pad.lines
        assert (decision is not None) == may
        if may and decision is not None:
            assert set(told(decision, AlarmEffect.ALERT)) == self.pad.lines.keys()
            self.pad.go_on(self.now)

    @rule(buddy=st.sampled_from(BUDDIES), wish=st.integers(0, 9))
    def he_leaves(self, buddy: str, wish: int) -> None:
        if wish:  # seldom, for with the last one it ends
            return
        decision = self._decide(Leave(buddy))
        assert (decision is not None) == (not self.pad.closed and buddy in self.pad.lines)
        if decision is not None:
            del self.pad.lines[buddy]
            self.pad.operator_from, self.pad.operator_knows = self.now, False
            self.pad.closed = not self.pad.lines

    def _decide(self, event: AlarmEvent) -> AlarmDecision | None:
        """What the code says; None when it refuses. Nobody but its buddies is ever told anything."""
        try:
            decision = decide_alarm(self.alarm, event, self.now, TIMING)
        except NotPossible:
            return None
        whom = {happening.buddy_id for happening in decision.happenings} - {None}
        assert whom <= {watch.buddy_id for watch in (*self.alarm.watches, *decision.alarm.watches)}
        self.alarm = decision.alarm
        return decision

    # --- what always holds

    @invariant()
    def an_open_alarm_has_exactly_one_next_deadline(self) -> None:
        is_closed = self.alarm.stage is AlarmStage.CLOSED
        assert is_closed == self.pad.closed
        assert is_closed == (self.alarm.step is None) == (self.alarm.step_at is None)
        assert is_closed == (self.alarm.closed_at is not None)

    @invariant()
    def it_is_looked_at_in_time_for_everybody(self) -> None:
        if not self.pad.closed:
            assert self.alarm.step_at is not None
            assert self.alarm.step_at <= max(self.pad.must_be_looked_at_by(), self.now)

    @invariant()
    def who_has_it_is_known(self) -> None:
        have = {watch.buddy_id for watch in self.alarm.watches if watch.taken_at is not None}
        if not self.pad.closed and self.pad.paused is None:
            assert have == {buddy for buddy, line in self.pad.lines.items() if line.has_it_since is not None}


TestAlarmCourse = AlarmCourse.TestCase
TestAlarmCourse.settings = settings(max_examples=150, stateful_step_count=40, derandomize=True)  # type: ignore[attr-defined]
