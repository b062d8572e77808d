"""The rules before any alert, for a new deadline and for the close (SPEC: steps 1 to 3 and 7)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.decisions import Decision, Effect, Happening, Impossible, NotPossible
from bot.domain.events import Event, Extend
from bot.domain.known import Known
from bot.domain.on_call import with_next_step
from bot.domain.timing import Timing
from bot.domain.watching import alerted, pending


def arm(check_in: CheckIn, now: datetime, timing: Timing) -> CheckIn:
    """`check_in` with its first pending step, or with the one that a new deadline asks for."""
    shortest = max(timing.reminder_from, 2 * check_in.reminder)
    armed = replace(
        check_in,
        stage=Stage.ARMED,
        reminded=check_in.reminder <= timedelta(0) or check_in.deadline - now < shortest,
        alerting_since=None,
        round_at=None,
        news_at=None,
        follow_up_at=None,
        operator_checked=False,
        taken_by=None,
        resolved_by=None,
        holds=0,
        watches=tuple(replace(watch, alerted_at=None, alerts=0, held_back=False) for watch in check_in.watches),
    )
    return with_next_step(armed, timing)


def remind(check_in: CheckIn, _: Event, __: datetime, known: Known) -> Decision:
    """She is told that the deadline is close."""
    reminded = with_next_step(replace(check_in, reminded=True), known.timing)
    return Decision(reminded, (Happening(Effect.REMIND),), "reminder_due")


def ask(check_in: CheckIn, _: Event, __: datetime, ___: Known) -> Decision:
    """The deadline has passed: she is asked for the word, and grace runs."""
    asked = pending(replace(check_in, stage=Stage.ASKED), Step.ALERT, check_in.deadline + check_in.grace)
    return Decision(asked, (Happening(Effect.ASK_FOR_WORD),), "deadline_passed")


def extend(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """More time; without the word only some, asked for before the deadline. Raises `NotPossible`.

    `now` may lie before the deadline although she was asked, or others were alerted: for a message that had to wait it
    is when Signal had it.
    """
    assert isinstance(event, Extend)
    freely = check_in.extended_freely
    if not event.with_word:
        freely += event.by
        in_time = now < check_in.deadline and (event.heard_late or check_in.alerting_since is None)
        if freely > known.timing.extend_freely or not in_time:
            raise NotPossible(Impossible.NEEDS_WORD)
    tell = Effect.TELL_NEW_TIME if event.with_word else Effect.TELL_TIME_ASKED_BEFORE
    return _new_deadline(replace(check_in, extended_freely=freely), event.by, now, known.timing, tell)


def _new_deadline(check_in: CheckIn, longer: timedelta, now: datetime, timing: Timing, tell: Effect) -> Decision:
    deadline = max(check_in.deadline, now) + longer
    if deadline > now + timing.max_duration:
        raise NotPossible(Impossible.TOO_LONG)
    told = tuple(Happening(tell, watch.buddy_id) for watch in alerted(check_in))
    happenings = (
        Happening(Effect.WITHDRAW_PROMPTS),
        Happening(Effect.WITHDRAW_ALERTS),
        Happening(Effect.NEW_TIME_LINES),
        *told,
    )
    return Decision(arm(replace(check_in, deadline=deadline), now, timing), happenings, "extended")


def close(check_in: CheckIn, _: Event, now: datetime, __: Known) -> Decision:
    """She gave her codeword, at whatever stage."""
    closed = replace(check_in, stage=Stage.CLOSED, closed_at=now, step=None, step_at=None)
    return Decision(closed, (Happening(Effect.CLOSE_DOWN),), "codeword")
