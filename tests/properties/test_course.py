"""A check-in against a small oracle written from the SPEC: any order of events, any clock, any luck with phones."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.domain.decisions import Effect
from bot.domain.events import Close, Event, Extend, GiveBack, Leave, NotSent, Reopen, Resolve, SayElse, Seen, Take
from tests.properties.course_by_the_clock import BUDDIES, CourseByTheClock
from tests.properties.notepad import MINUTE
from tests.unit.domain.courses import told


class Course(CourseByTheClock):
    """Everything that she and her buddies do, in any order."""

    # --- what she does

    @rule(really=st.integers(0, 5))
    def she_sends_her_word(self, really: int) -> None:
        """Not too often, or the nights are short."""
        if really:
            return
        decision = self.decide(Close())
        assert (decision is None) is self.pad.closed
        if decision is not None:
            assert [happening.effect for happening in decision.happenings] == [Effect.CLOSE_DOWN]
        self.pad.closed = True

    @rule(minutes=st.integers(1, 25 * 60), with_word=st.booleans())
    def she_wants_more_time(self, minutes: int, with_word: bool) -> None:
        self.extend(minutes * MINUTE, with_word=with_word)

    @rule(minutes=st.integers(1, 30))
    def she_wants_a_little_more_time(self, minutes: int) -> None:
        self.extend(minutes * MINUTE, with_word=False)

    def extend(self, by: timedelta, *, with_word: bool) -> None:
        pad = self.pad
        new = None if pad.closed else pad.may_extend(by, self.now, with_word=with_word)
        decision = self.decide(Extend(by, with_word=with_word))
        assert (decision is None) is (new is None)
        if decision is None or new is None:
            return
        assert told(decision, Effect.TELL_NEW_TIME) == [buddy for buddy in pad.buddies if buddy in pad.told]
        assert decision.check_in.deadline == new
        pad.free_minutes_left -= timedelta(0) if with_word else by
        pad.deadline = new
        pad.arm(self.now)

    # --- what buddies do

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_takes_it(self, buddy: str) -> None:
        pad = self.pad
        decision = self.decide(Take(buddy))
        again = pad.taken_by == buddy
        possible = self.knows(buddy) and not pad.paused and (not again or pad.asked)
        assert (decision is not None) is possible
        if decision is None:
            return
        passed_on = pad.taken_by is not None and not again and len(pad.told) < len(pad.buddies)
        answers = again or (passed_on and pad.asked)
        if answers and pad.held:
            assert told(decision, Effect.ALERT) == pad.alert(self.now, self.away, besides=buddy)
            return
        assert told(decision, Effect.ALERT) == []
        others = [one for one in pad.buddies if one in pad.told and one != buddy]
        assert told(decision, Effect.TELL_TAKEN) == ([] if again else others)
        if not passed_on or pad.asked:  # else the question comes when it would have come
            pad.due_at = self.now + 30 * MINUTE
        pad.held = answers or (passed_on and pad.held)
        pad.taken_by, pad.asked = buddy, False
        pad.operator_done = True

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_gives_it_back(self, buddy: str) -> None:
        possible = not self.pad.closed and self.pad.taken_by == buddy
        self.resumes(GiveBack(buddy), buddy, possible=possible and not self.pad.paused)

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_writes_something_else(self, buddy: str) -> None:
        pad = self.pad
        possible = not pad.closed and not pad.paused and pad.taken_by == buddy and pad.asked
        self.resumes(SayElse(buddy), buddy, possible=possible)

    def resumes(self, event: Event, buddy: str, *, possible: bool) -> None:
        decision = self.decide(event)
        assert (decision is not None) is possible
        if decision is not None:
            alerted = self.pad.alert(self.now, self.away, besides=buddy)
            assert told(decision, Effect.ALERT) == alerted
            assert told(decision, Effect.TELL_RESUMED) == ([] if buddy in alerted else [buddy])

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_has_spoken_with_her(self, buddy: str) -> None:
        pad = self.pad
        decision = self.decide(Resolve(buddy))
        assert (decision is not None) is (self.knows(buddy) and not pad.paused)
        if decision is not None:
            assert told(decision, Effect.TELL_RESOLVED) == [one for one in pad.buddies if one in pad.told]
            pad.paused, pad.paused_by, pad.due_at = True, buddy, self.now + 15 * MINUTE
            pad.operator_done = True

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_says_that_it_is_not_over(self, buddy: str) -> None:
        pad = self.pad
        decision = self.decide(Reopen(buddy))
        assert (decision is not None) is (self.knows(buddy) and pad.paused)
        if decision is not None:
            assert told(decision, Effect.ALERT) == pad.alert(self.now, self.away)

    @rule(buddy=st.sampled_from(BUDDIES), seen=st.booleans())
    def he_has_seen_the_start_line(self, buddy: str, seen: bool) -> None:
        pad = self.pad
        decision = self.decide(Seen(buddy, seen=seen))
        assert (decision is not None) is (not pad.closed and buddy in pad.on_call)
        if decision is None:
            return
        assert told(decision, Effect.TELL_SEEN) == ([buddy] if seen and buddy not in pad.seen_by else [])
        pad.seen_by = pad.seen_by | {buddy} if seen else pad.seen_by - {buddy}
        if not pad.question_out and not pad.first_alert and not pad.taken_by:
            pad.wait()

    @rule(buddy=st.sampled_from(BUDDIES))
    def he_cannot_be_sent_the_alert(self, buddy: str) -> None:
        pad = self.pad
        decision = self.decide(NotSent(buddy))
        assert (decision is not None) is (not pad.closed and pad.alerting and buddy in pad.told)
        if decision is not None:
            goes_on = buddy == pad.fresh and len(pad.told) < len(pad.buddies)
            assert told(decision, Effect.ALERT) == (pad.alert(self.now, self.away) if goes_on else [])

    @rule(buddy=st.sampled_from(BUDDIES), really=st.integers(0, 3))
    def he_leaves(self, buddy: str, really: int) -> None:
        """Not too often, or nobody is left."""
        if really:
            return
        pad = self.pad
        decision = self.decide(Leave(buddy))
        assert (decision is not None) is (not pad.closed and buddy in pad.buddies)
        if decision is None:
            return
        had_it_alone = buddy in self.confirmed and not self.confirmed & (set(pad.told) - {buddy})
        reaches_nobody = pad.first_alert is not None and (
            pad.buddies == (buddy,) or (had_it_alone and bool(set(pad.told) - {buddy}))
        )
        called, alerted = pad.leave(buddy, self.now, self.away)
        assert told(decision, Effect.CALL_IN_HIS_PLACE) == ([called] if called else [])
        assert told(decision, Effect.ALERT) == alerted
        assert told(decision, Effect.TELL_OPERATOR) == [None] * reaches_nobody

    def knows(self, buddy: str) -> bool:
        return not self.pad.closed and buddy in self.pad.told


TestCourse: Callable[[], None] = Course.TestCase  # type: ignore[assignment]
TestCourse.settings = settings(max_examples=400, stateful_step_count=60, derandomize=True)  # type: ignore[attr-defined]
