"""A check-in beside a notepad written from the SPEC: the clock, the phones, what falls due, and what always holds."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect, NotPossible
from bot.domain.events import Due, Event
from bot.domain.known import Facts
from tests.properties.notepad import HOUR, MINUTE, Notepad
from tests.unit.domain.courses import START, TIMING, started, told

BUDDIES = ("bo", "cy", "dee", "bo 2")


class CourseByTheClock(RuleBasedStateMachine):
    """The rules of the code and the notepad, side by side: what time brings, and what holds whatever happens."""

    check_in: CheckIn
    pad: Notepad
    now: datetime

    @initialize(count=st.integers(1, 4), minutes=st.integers(5, 24 * 60))
    def start(self, count: int, minutes: int) -> None:
        self.check_in = started(*BUDDIES[:count], duration=minutes * MINUTE, start_lines=True)
        self.pad = Notepad(BUDDIES[:count], START + minutes * MINUTE, on_call={BUDDIES[0]: START})
        self.pad.arm(START)
        self.now = START
        self.away, self.confirmed = set[str](), set[str]()

    # --- how things stand

    @rule(buddies=st.sets(st.sampled_from(BUDDIES)))
    def some_are_away(self, buddies: set[str]) -> None:
        self.away = buddies

    @rule(buddies=st.sets(st.sampled_from(BUDDIES)))
    def these_phones_confirm(self, buddies: set[str]) -> None:
        self.confirmed = buddies

    # --- the clock

    @rule(length=st.timedeltas(timedelta(0), timedelta(hours=3)))
    def time_passes(self, length: timedelta) -> None:
        """Also beyond what is due: a bot that was down, or a clock set forwards."""
        self.now += length

    @rule(length=st.timedeltas(timedelta(0), timedelta(minutes=10)))
    def the_clock_is_set_back(self, length: timedelta) -> None:
        self.now -= length

    @precondition(lambda self: not self.pad.closed)
    @rule(times=st.sampled_from((1, 1, 1, 2, 3, 15)))
    def nobody_does_anything_for_a_while(self, times: int) -> None:
        for _ in range(times):
            self.now = max(self.now, self.pad.due_at)
            self.what_is_due_is_done()

    @precondition(lambda self: not self.pad.closed and self.pad.asked)
    @rule()
    def whoever_was_asked_still_has_it(self) -> None:
        assert self.pad.taken_by is not None
        self.he_takes_it(self.pad.taken_by)

    @precondition(lambda self: self.pad.alerting and self.pad.told)
    @rule(place=st.integers(0, 3))
    def somebody_who_was_told_takes_it(self, place: int) -> None:
        self.he_takes_it(self.pad.told[place % len(self.pad.told)])

    # --- what falls due

    @precondition(lambda self: not self.pad.closed)
    @rule()
    def what_is_due_is_done(self) -> None:
        assert self.check_in.step is not None
        decision = self.decide(Due(self.check_in.step))
        if self.now < self.pad.due_at:
            assert decision is None, "done before it was due"
            return
        assert decision is not None
        self.expect(decision, self.now)

    def expect(self, decision: Decision, now: datetime) -> None:
        """What the notepad says is to be done at this moment."""
        pad = self.pad
        if pad.alerting and pad.is_only_a_look():
            self.expect_a_look(decision, now)
        elif pad.paused or pad.alerting or (pad.taken_by is not None and pad.asked):
            had_it = None if pad.paused else pad.taken_by
            alerted = pad.alert(now, self.away, besides=had_it)
            assert told(decision, Effect.ALERT) == alerted
            assert told(decision, Effect.TELL_RESUMED) == ([had_it] if had_it and had_it not in alerted else [])
        elif pad.taken_by is not None:
            assert told(decision, Effect.ASK_HOW_IT_STANDS) == [pad.taken_by]
            pad.asked, pad.due_at = True, now + 10 * MINUTE
        elif pad.question_out:
            assert told(decision, Effect.ALERT) == pad.alert(now, self.away)
        elif not pad.reminded and pad.due_at == pad.deadline - 10 * MINUTE:
            assert told(decision, Effect.REMIND) == [None]
            pad.reminded = True
            pad.wait()
        elif pad.due_at < pad.deadline:
            self.expect_a_look_at_start_lines(decision, now)
        else:
            assert told(decision, Effect.ASK_FOR_WORD) == [None]
            pad.question_out, pad.due_at = True, pad.deadline + 5 * MINUTE

    def expect_a_look(self, decision: Decision, now: datetime) -> None:
        """Nobody has it: who has not got it on his phone within a minute is not waited for."""
        pad = self.pad
        assert pad.first_alert is not None
        in_vain = not pad.operator_done and now >= pad.first_alert + 5 * MINUTE and not self.confirmed & set(pad.told)
        assert told(decision, Effect.TELL_OPERATOR) == [None] * in_vain
        pad.operator_done = pad.operator_done or now >= pad.first_alert + 5 * MINUTE
        silent = pad.fresh is not None and pad.fresh not in self.confirmed and now >= pad.last_round + MINUTE
        if silent and len(pad.told) < len(pad.buddies):
            assert told(decision, Effect.ALERT) == pad.alert(now, self.away)
        else:
            assert told(decision, Effect.ALERT) == []
            pad.due_at = min([*pad.operator_look(), pad.next_alert()])

    def expect_a_look_at_start_lines(self, decision: Decision, now: datetime) -> None:
        """She is told of silent phones, and if nobody answers within five minutes the next one is asked."""
        pad = self.pad
        late = [who for who, at in pad.asked_for_yes.items() if at + MINUTE <= now]
        silent = [who for who in late if who not in pad.phones_looked_at | pad.seen_by | self.confirmed]
        assert sorted(told(decision, Effect.TELL_PHONE_SILENT), key=str) == sorted(silent)
        pad.phones_looked_at |= set(late) - pad.seen_by
        last = max(pad.asked_for_yes.values(), default=now)
        waited = not pad.seen_by and not pad.nobody_left_to_ask and last + 5 * MINUTE <= now
        free = [buddy for buddy in pad.buddies if buddy not in pad.on_call and buddy not in self.away]
        assert told(decision, Effect.ASK_NEXT) == (free[:1] if waited else [])
        assert told(decision, Effect.TELL_NOBODY_ANSWERED) == ([None] if waited and not free else [])
        if waited and free:
            pad.on_call[free[0]] = now
        pad.nobody_left_to_ask = pad.nobody_left_to_ask or (waited and not free)
        pad.wait()

    @rule(step=st.sampled_from(list(Step)))
    def something_else_is_called_due(self, step: Step) -> None:
        """A row that was read before something changed."""
        if step is not self.check_in.step:
            assert self.decide(Due(step)) is None

    # --- both together

    def decide(self, event: Event) -> Decision | None:
        """None when it is not possible; then nothing has changed."""
        try:
            facts = Facts(frozenset(self.away), frozenset(self.confirmed))
            decision = decide(self.check_in, event, self.now, TIMING, facts)
        except NotPossible:
            return None
        if told(decision, Effect.ALERT):
            assert self.now >= self.pad.deadline + 5 * MINUTE or self.pad.first_alert, "alerted too early"
        self.check_in = decision.check_in
        return decision

    @invariant()
    def an_open_check_in_has_exactly_one_pending_step(self) -> None:
        if not hasattr(self, "check_in"):
            return
        check_in = self.check_in
        closed = check_in.stage is Stage.CLOSED
        assert closed is self.pad.closed
        assert (check_in.step is None) is (check_in.step_at is None) is closed
        assert (check_in.closed_at is not None) is closed

    @invariant()
    def both_wait_for_the_same_moment(self) -> None:
        if hasattr(self, "check_in") and not self.pad.closed:
            assert self.check_in.step_at == self.pad.due_at

    @invariant()
    def both_know_the_same_people(self) -> None:
        if not hasattr(self, "check_in") or self.pad.closed:
            return
        alerted = [watch.buddy_id for watch in self.check_in.watches if watch.alerted_at is not None]
        assert alerted == [buddy for buddy in self.pad.buddies if buddy in self.pad.told]
        assert self.check_in.deadline == self.pad.deadline
        if not self.pad.paused:
            assert self.check_in.taken_by == self.pad.taken_by

    @invariant()
    def it_never_falls_silent(self) -> None:
        if hasattr(self, "check_in") and self.pad.first_alert and not self.pad.closed:
            assert self.pad.due_at - self.now <= HOUR + timedelta(minutes=10 * 50)  # the clock may have been set back
