"""The rules before any alert, for a new deadline and for the close (SPEC: steps 1 to 3 and 7)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.decisions import Decision, Effect, Happening, Impossible, NotPossible
from bot.domain.events import Event, Extend, Seen
from bot.domain.timing import Timing
from bot.domain.watching import alerted, pending, watch_of


def arm(check_in: CheckIn, now: datetime, timing: Timing) -> CheckIn:
    """`check_in` with its first pending step, or with the one that a new deadline asks for."""
    short = check_in.deadline - now < timing.reminder_from
    armed = replace(
        check_in,
        stage=Stage.ARMED,
        reminded=short,
        alerting_since=None,
        taken_by=None,
        resolved_by=None,
        holds=0,
        watches=tuple(replace(watch, alerted_at=None, alerts=0) for watch in check_in.watches),
    )
    if short:
        return pending(armed, Step.ASK, armed.deadline)
    return pending(armed, Step.REMIND, armed.deadline - timing.reminder)


def remind(check_in: CheckIn, _: Event, __: datetime, ___: Timing) -> Decision:
    """She is told that the deadline is close."""
    reminded = pending(replace(check_in, reminded=True), Step.ASK, check_in.deadline)
    return Decision(reminded, (Happening(Effect.REMIND),), "reminder_due")


def ask(check_in: CheckIn, _: Event, __: datetime, ___: Timing) -> Decision:
    """The deadline has passed: she is asked for the word, and grace runs."""
    asked = pending(replace(check_in, stage=Stage.ASKED), Step.ALERT, check_in.deadline + check_in.grace)
    return Decision(asked, (Happening(Effect.ASK_FOR_WORD),), "deadline_passed")


def extend_armed(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """More time before she was asked; without the word only some, before the deadline. Raises `NotPossible`."""
    assert isinstance(event, Extend)
    freely = check_in.extended_freely
    if not event.with_word:
        freely += event.by
        if freely > timing.extend_freely or now >= check_in.deadline:
            raise NotPossible(Impossible.NEEDS_WORD)
    base = max(check_in.deadline, now)
    return _new_deadline(replace(check_in, extended_freely=freely), base + event.by, now, timing)


def extend_late(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """More time after she was asked: with the word only. Raises `NotPossible`."""
    assert isinstance(event, Extend)
    if not event.with_word:
        raise NotPossible(Impossible.NEEDS_WORD)
    return _new_deadline(check_in, now + event.by, now, timing)


def _new_deadline(check_in: CheckIn, deadline: datetime, now: datetime, timing: Timing) -> Decision:
    if deadline > now + timing.max_duration:
        raise NotPossible(Impossible.TOO_LONG)
    told = tuple(Happening(Effect.TELL_NEW_TIME, watch.buddy_id) for watch in alerted(check_in))
    happenings = (
        Happening(Effect.WITHDRAW_PROMPTS),
        Happening(Effect.WITHDRAW_ALERTS),
        Happening(Effect.NEW_TIME_LINES),
        *told,
    )
    return Decision(arm(replace(check_in, deadline=deadline), now, timing), happenings, "extended")


def close(check_in: CheckIn, _: Event, now: datetime, __: Timing) -> Decision:
    """She gave her codeword, at whatever stage."""
    closed = replace(check_in, stage=Stage.CLOSED, closed_at=now, step=None, step_at=None)
    return Decision(closed, (Happening(Effect.CLOSE_DOWN),), "codeword")


def seen(check_in: CheckIn, event: Event, now: datetime, _: Timing) -> Decision:
    """A buddy on call answered the start line, or took that back. Raises `NotPossible` for anybody else."""
    assert isinstance(event, Seen)
    watch = watch_of(check_in, event.buddy_id)
    if not watch.on_call:
        raise NotPossible(Impossible.NOT_ON_CALL)
    first_time = event.seen and watch.seen_at is None
    marked = replace(watch, seen_at=now if event.seen else None)
    watches = tuple(marked if other is watch else other for other in check_in.watches)
    told = (Happening(Effect.TELL_SEEN, watch.buddy_id),) if first_time else ()
    return Decision(replace(check_in, watches=watches), told, "seen" if event.seen else "unseen")
