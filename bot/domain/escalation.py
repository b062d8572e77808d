"""The rules from the first alert on: whom to tell next, who has it, when it goes on (SPEC: steps 4 to 7)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.decisions import Decision, Effect, Happening, Impossible, NotPossible
from bot.domain.events import Event, GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.timing import Timing
from bot.domain.watching import alerted, alerted_watch, pending


def first_alert(check_in: CheckIn, _: Event, now: datetime, timing: Timing) -> Decision:
    """Grace is over: the first buddy is alerted."""
    started = replace(check_in, alerting_since=now)
    decided = _escalate(started, now, timing, "grace_over")
    return replace(decided, happenings=(Happening(Effect.ASK_LATE_IF_UNASKED), *decided.happenings))


def repeat_alert(check_in: CheckIn, _: Event, now: datetime, timing: Timing) -> Decision:
    """Nobody has taken it: the earlier buddies again, and the next one too."""
    waiting = len(alerted(check_in)) < len(check_in.watches)
    return _escalate(check_in, now, timing, "not_taken" if waiting else "all_alerted")


def _escalate(check_in: CheckIn, now: datetime, timing: Timing, reason: str, besides: str | None = None) -> Decision:
    """Alert the earlier buddies again and the next one too; `besides` is left out while there is anybody else."""
    fresh = next((watch for watch in check_in.watches if watch.alerted_at is None), None)
    chosen = {watch.buddy_id for watch in (*alerted(check_in), *([fresh] if fresh else []))}
    if chosen - {besides}:
        chosen -= {besides}
    watches = tuple(
        replace(watch, alerted_at=watch.alerted_at or now, alerts=watch.alerts + 1)
        if watch.buddy_id in chosen
        else watch
        for watch in check_in.watches
    )
    overdue = replace(check_in, stage=Stage.OVERDUE, taken_by=None, resolved_by=None, holds=0, watches=watches)
    overdue = pending(overdue, Step.REPEAT, now + _until_repeat(overdue, now, timing))
    alerts = tuple(Happening(Effect.ALERT, watch.buddy_id) for watch in watches if watch.buddy_id in chosen)
    return Decision(overdue, (Happening(Effect.WITHDRAW_STALE), *alerts), reason)


def _until_repeat(check_in: CheckIn, now: datetime, timing: Timing) -> timedelta:
    if len(alerted(check_in)) < len(check_in.watches):
        return timing.taken_within
    alerting_for = now - (check_in.alerting_since or now)
    if alerting_for < timing.repeat_for:
        return timing.repeat
    if alerting_for < timing.repeat_for + timing.repeat_later_for:
        return timing.repeat_later
    return timing.repeat_last


def take(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """A buddy has it; the others are told. Raises `NotPossible` for one who was not alerted."""
    assert isinstance(event, Take)
    alerted_watch(check_in, event.buddy_id)
    taken = replace(check_in, stage=Stage.TAKEN, taken_by=event.buddy_id, holds=0)
    taken = pending(taken, Step.FOLLOW_UP, now + timing.follow_up)
    others = _tell_others(check_in, event.buddy_id, Effect.TELL_TAKEN)
    happenings = (Happening(Effect.WITHDRAW_STALE), Happening(Effect.CONFIRM_TAKEN, event.buddy_id), *others)
    return Decision(taken, happenings, "taken")


def _tell_others(check_in: CheckIn, buddy_id: str | None, effect: Effect) -> tuple[Happening, ...]:
    return tuple(Happening(effect, watch.buddy_id) for watch in alerted(check_in) if watch.buddy_id != buddy_id)


def take_again(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """Taken over by another buddy, or held once more by the same one when he was asked. Raises `NotPossible`."""
    assert isinstance(event, Take)
    if check_in.taken_by != event.buddy_id:
        return take(check_in, event, now, timing)
    if check_in.step is not Step.RESUME_UNANSWERED:
        raise NotPossible(Impossible.ALREADY_TAKEN_BY_YOU)
    if check_in.holds > 0:
        return _resume(check_in, now, timing, "held_twice")
    held = pending(replace(check_in, holds=1), Step.FOLLOW_UP, now + timing.follow_up)
    return Decision(held, (Happening(Effect.CONFIRM_HELD, event.buddy_id),), "held")


def follow_up(check_in: CheckIn, _: Event, now: datetime, timing: Timing) -> Decision:
    """The buddy who has it is asked how it stands."""
    asked = pending(check_in, Step.RESUME_UNANSWERED, now + timing.answer_within)
    return Decision(asked, (Happening(Effect.ASK_HOW_IT_STANDS, check_in.taken_by),), "follow_up_due")


def resume_unanswered(check_in: CheckIn, _: Event, now: datetime, timing: Timing) -> Decision:
    """He did not answer."""
    return _resume(check_in, now, timing, "no_answer")


def say_else(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """He answered something else. Raises `NotPossible` where he was not asked."""
    assert isinstance(event, SayElse)
    if check_in.taken_by != event.buddy_id or check_in.step is not Step.RESUME_UNANSWERED:
        raise NotPossible(Impossible.NOT_ASKED)
    return _resume(check_in, now, timing, "answered_otherwise")


def give_back(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """He took his answer back. Raises `NotPossible` for one who does not have it."""
    assert isinstance(event, GiveBack)
    if check_in.taken_by != event.buddy_id:
        raise NotPossible(Impossible.NOT_TAKEN_BY_YOU)
    return _resume(check_in, now, timing, "given_back")


def _resume(check_in: CheckIn, now: datetime, timing: Timing, reason: str) -> Decision:
    """The escalation goes on, to the others first; whoever had it is told so, unless he is alerted again himself."""
    had_it = check_in.taken_by
    resumed = _escalate(check_in, now, timing, reason, besides=had_it)
    alerted_again = Happening(Effect.ALERT, had_it or "") in resumed.happenings
    told = () if had_it is None or alerted_again else (Happening(Effect.TELL_RESUMED, had_it),)
    return replace(resumed, happenings=(*resumed.happenings, *told))


def resolve(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """A buddy has spoken with her: a pause, in which she is asked for the word. Raises `NotPossible`."""
    assert isinstance(event, Resolve)
    alerted_watch(check_in, event.buddy_id)
    paused = replace(check_in, stage=Stage.PAUSED, resolved_by=event.buddy_id)
    paused = pending(paused, Step.RESUME_UNRESOLVED, now + timing.resolve_within)
    told = tuple(Happening(Effect.TELL_RESOLVED, watch.buddy_id) for watch in alerted(check_in))
    happenings = (Happening(Effect.WITHDRAW_STALE), *told, Happening(Effect.ASK_AFTER_RESOLVE))
    return Decision(paused, happenings, "resolved_by_voice")


def reopen(check_in: CheckIn, event: Event, now: datetime, timing: Timing) -> Decision:
    """A buddy says that it is not over. Raises `NotPossible` for one who was not alerted."""
    assert isinstance(event, Reopen)
    alerted_watch(check_in, event.buddy_id)
    return _escalate(check_in, now, timing, "reopened")


def resume_unresolved(check_in: CheckIn, _: Event, now: datetime, timing: Timing) -> Decision:
    """The word did not come while it paused."""
    decided = _escalate(check_in, now, timing, "word_not_given")
    return replace(decided, happenings=(Happening(Effect.WITHDRAW_QUESTION), *decided.happenings))
