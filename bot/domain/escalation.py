"""The rules from the first alert on: whom to tell next, who has it, when it goes on (SPEC: steps 4 to 7)."""

from dataclasses import replace
from datetime import datetime

from bot.domain import held_back
from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.decisions import Decision, Effect, Happening, Impossible, NotPossible
from bot.domain.events import Event, GiveBack, NotSent, Reopen, Resolve, SayElse, Take
from bot.domain.known import Known
from bot.domain.new_phone import is_held_back
from bot.domain.timing import Timing
from bot.domain.watching import alerted, alerted_watch, pending


def first_alert(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """Grace is over: the first available buddy is alerted."""
    started = replace(check_in, alerting_since=now)
    decided = escalate(started, now, known, "grace_over")
    return replace(decided, happenings=(Happening(Effect.ASK_LATE_IF_UNASKED), *decided.happenings))


def repeat_alert(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """Nobody has taken it: the earlier buddies again, and the next one too."""
    return escalate(check_in, now, known, "not_taken" if _untold(check_in) else "all_alerted")


def check_alert(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """A look at how far the alert got: the next buddy if a phone is silent, the operator if all are."""
    completed, follows = held_back.without_holding_back(check_in, now, known)
    told = _operator(check_in, now, known)
    checked = replace(
        completed, operator_checked=check_in.operator_checked or _is_time_for_operator(check_in, now, known)
    )
    if _untold(checked) and _last_phone_is_silent(checked, now, known):
        decided = escalate(checked, now, known, "not_delivered")
        return replace(decided, happenings=(*told, *decided.happenings))
    at = next_round_at(checked, known.timing)
    looks = [*_round_looks(checked, now, known.timing), *_later_looks(checked, now, known.timing)]
    look_at = min(looks, default=at)
    if look_at < at:
        return Decision(pending(checked, Step.CHECK_ALERT, look_at), (*told, *follows), "delivered")
    return Decision(pending(checked, Step.REPEAT, at), (*told, *follows), "delivered")


def not_sent(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """A send has failed: the next buddy too, at once, if it was the last one who could not be told."""
    assert isinstance(event, NotSent)
    watch = alerted_watch(check_in, event.buddy_id)
    if watch.alerts > 1 or watch.alerted_at != check_in.round_at or not _untold(check_in):
        return Decision(check_in, (), "not_sent_again")
    return escalate(check_in, now, known, "not_sent")


def escalate(check_in: CheckIn, now: datetime, known: Known, reason: str, besides: str | None = None) -> Decision:
    """Alert the earlier buddies again and the next one too; `besides` is left out while there is anybody else."""
    chosen = {watch.buddy_id for watch in (*alerted(check_in), *_next_buddies(check_in, known))}
    if chosen - {besides}:
        chosen -= {besides}
    watches = tuple(
        _alerted(check_in, watch, now, known) if watch.buddy_id in chosen else watch for watch in check_in.watches
    )
    overdue = replace(
        check_in, stage=Stage.OVERDUE, taken_by=None, resolved_by=None, holds=0, watches=watches, round_at=now
    )
    alerts = tuple(Happening(Effect.ALERT, watch.buddy_id) for watch in watches if watch.buddy_id in chosen)
    return Decision(with_next_round(overdue, now, known.timing), (Happening(Effect.WITHDRAW_STALE), *alerts), reason)


def _alerted(check_in: CheckIn, watch: Watch, now: datetime, known: Known) -> Watch:
    told = replace(watch, alerted_at=watch.alerted_at or now, alerts=watch.alerts + 1)
    return replace(told, held_back=is_held_back(check_in, told, now, known))


def _untold(check_in: CheckIn) -> list[Watch]:
    return [watch for watch in check_in.watches if watch.alerted_at is None]


def _next_buddies(check_in: CheckIn, known: Known) -> list[Watch]:
    """The first in order who is available; who is away only when nobody else is left.

    Where his phone is new it may be in other hands: then one more whose phone is not, so that somebody gets the whole.
    """
    away, new = known.facts.away, known.facts.new_phones
    untold = sorted(_untold(check_in), key=lambda watch: watch.buddy_id in away)
    if not untold or untold[0].buddy_id not in new or any(one.buddy_id not in new for one in alerted(check_in)):
        return untold[:1]
    known_phone = next((one for one in untold if one.buddy_id not in new | away), None)
    return untold[:1] if known_phone is None else [untold[0], known_phone]


def _later_looks(check_in: CheckIn, now: datetime, timing: Timing) -> list[datetime]:
    """What else has to be looked at after this moment, besides the phones of the last round."""
    operator_at = _operator_look_at(check_in, timing)
    return [*held_back.looks(check_in, now, timing), *([operator_at] if operator_at else [])]


def _round_looks(check_in: CheckIn, now: datetime, timing: Timing) -> list[datetime]:
    """When it has to be looked at whether the phones of the last round have it, while there is somebody else."""
    look_at = (check_in.round_at or now) + timing.delivered_within
    return [look_at] if _untold(check_in) and look_at > now else []


def with_next_round(check_in: CheckIn, now: datetime, timing: Timing) -> CheckIn:
    """Right after a round of alerts: the next round, or before that a look at how far this one got."""
    assert check_in.round_at is not None
    repeat_at = next_round_at(check_in, timing)
    looks = [*_round_looks(check_in, now, timing), *_later_looks(check_in, now, timing)]
    look_at = min(looks, default=repeat_at)
    if look_at < repeat_at:
        return pending(check_in, Step.CHECK_ALERT, look_at)
    return pending(check_in, Step.REPEAT, repeat_at)


def next_round_at(check_in: CheckIn, timing: Timing) -> datetime:
    """When the next alerts go out if nobody takes it (aware UTC)."""
    last = check_in.round_at or check_in.deadline
    if _untold(check_in):
        return last + timing.taken_within
    alerting_for = last - (check_in.alerting_since or last)
    if alerting_for < timing.repeat_for:
        return last + timing.repeat
    if alerting_for < timing.repeat_for + timing.repeat_later_for:
        return last + timing.repeat_later
    return last + timing.repeat_last


def _last_phone_is_silent(check_in: CheckIn, now: datetime, known: Known) -> bool:
    """Whether a buddy who was first told in this round should have it on his phone by now, and has not."""
    if check_in.round_at is None or now < check_in.round_at + known.timing.delivered_within:
        return False
    fresh = (watch.buddy_id for watch in alerted(check_in) if watch.alerted_at == check_in.round_at)
    return any(buddy_id not in known.facts.confirmed for buddy_id in fresh)


def _operator_look_at(check_in: CheckIn, timing: Timing) -> datetime | None:
    if check_in.operator_checked or check_in.alerting_since is None:
        return None
    return check_in.alerting_since + timing.operator_after


def _is_time_for_operator(check_in: CheckIn, now: datetime, known: Known) -> bool:
    look_at = _operator_look_at(check_in, known.timing)
    return look_at is not None and look_at <= now


def _operator(check_in: CheckIn, now: datetime, known: Known) -> tuple[Happening, ...]:
    """The operator is told, once, when no buddy's phone has confirmed an alert."""
    reached = any(watch.buddy_id in known.facts.confirmed for watch in alerted(check_in))
    is_told = _is_time_for_operator(check_in, now, known) and not reached
    return (Happening(Effect.TELL_OPERATOR),) if is_told else ()


def take(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """A buddy has it; the others are told. Raises `NotPossible` for one who was not alerted."""
    assert isinstance(event, Take)
    alerted_watch(check_in, event.buddy_id)
    return _taken(replace(check_in, holds=0), event, now, known, now + known.timing.follow_up)


def _taken(check_in: CheckIn, event: Take, now: datetime, known: Known, ask_at: datetime) -> Decision:
    completed, follows = held_back.without_holding_back(check_in, now, known)
    taken = replace(completed, stage=Stage.TAKEN, taken_by=event.buddy_id, operator_checked=True)
    told = (Happening(Effect.CONFIRM_TAKEN, event.buddy_id), *_tell_others(check_in, event.buddy_id, Effect.TELL_TAKEN))
    follows = tuple(one for one in follows if one.buddy_id != event.buddy_id)  # the confirmation brings it
    happenings = (Happening(Effect.WITHDRAW_STALE), *told, *follows)
    return Decision(_until_follow_up(taken, ask_at, now, known), happenings, "taken")


def _until_follow_up(taken: CheckIn, ask_at: datetime, now: datetime, known: Known) -> CheckIn:
    """He is asked how it stands; but first, where what she left is held back, it is looked whether somebody has it."""
    taken, look_at = replace(taken, follow_up_at=ask_at), held_back.next_look(taken, now, known.timing)
    if look_at is not None and look_at < ask_at:
        return pending(taken, Step.CHECK_ALERT, look_at)
    return pending(taken, Step.FOLLOW_UP, ask_at)


def check_taken(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """A look at whether anybody else has what is held back from new phones; no question is put off by it."""
    ask_at = check_in.follow_up_at or now + known.timing.follow_up
    completed, follows = held_back.without_holding_back(replace(check_in, follow_up_at=ask_at), now, known)
    look_at = held_back.next_look(completed, now, known.timing)
    if look_at is not None and look_at < ask_at:
        return Decision(pending(completed, Step.CHECK_ALERT, look_at), follows, "looked_at_while_taken")
    return Decision(pending(completed, Step.FOLLOW_UP, ask_at), follows, "looked_at_while_taken")


def _tell_others(check_in: CheckIn, buddy_id: str | None, effect: Effect) -> tuple[Happening, ...]:
    return tuple(Happening(effect, watch.buddy_id) for watch in alerted(check_in) if watch.buddy_id != buddy_id)


def take_again(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """Taken over by another buddy, or held once more by the same one when he was asked. Raises `NotPossible`."""
    assert isinstance(event, Take)
    if check_in.taken_by != event.buddy_id:
        return (_pass_on if _untold(check_in) else take)(check_in, event, now, known)
    if check_in.step is not Step.RESUME_UNANSWERED:
        raise NotPossible(Impossible.ALREADY_TAKEN_BY_YOU)
    if check_in.holds > 0:
        return _resume(check_in, now, known, "held_twice")
    completed, follows = held_back.without_holding_back(check_in, now, known)
    held = _until_follow_up(replace(completed, holds=1), now + known.timing.follow_up, now, known)
    return Decision(held, (Happening(Effect.CONFIRM_HELD, event.buddy_id), *follows), "held")


def _pass_on(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """Taken over while somebody was told nothing: no new half hour, or two could keep it among themselves for ever.

    Once it was asked how it stands, who takes it over has answered that, as if he had held it.
    """
    assert isinstance(event, Take)
    alerted_watch(check_in, event.buddy_id)
    if check_in.step is not Step.RESUME_UNANSWERED:
        return _taken(check_in, event, now, known, check_in.follow_up_at or now + known.timing.follow_up)
    if check_in.holds > 0:
        return _resume(replace(check_in, taken_by=event.buddy_id), now, known, "held_twice")
    return _taken(replace(check_in, holds=1), event, now, known, now + known.timing.follow_up)


def follow_up(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """The buddy who has it is asked how it stands."""
    asked = pending(check_in, Step.RESUME_UNANSWERED, now + known.timing.answer_within)
    return Decision(asked, (Happening(Effect.ASK_HOW_IT_STANDS, check_in.taken_by),), "follow_up_due")


def resume_unanswered(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """He did not answer."""
    return _resume(check_in, now, known, "no_answer")


def say_else(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """He answered something else. Raises `NotPossible` where he was not asked."""
    assert isinstance(event, SayElse)
    if check_in.taken_by != event.buddy_id or check_in.step is not Step.RESUME_UNANSWERED:
        raise NotPossible(Impossible.NOT_ASKED)
    return _resume(check_in, now, known, "answered_otherwise")


def give_back(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """He took his answer back. Raises `NotPossible` for one who does not have it."""
    assert isinstance(event, GiveBack)
    if check_in.taken_by != event.buddy_id:
        raise NotPossible(Impossible.NOT_TAKEN_BY_YOU)
    return _resume(check_in, now, known, "given_back")


def _resume(check_in: CheckIn, now: datetime, known: Known, reason: str) -> Decision:
    """The escalation goes on, to the others first; whoever had it is told so, unless he is alerted again himself."""
    had_it = check_in.taken_by
    completed, follows = held_back.without_holding_back(check_in, now, known)
    resumed = escalate(completed, now, known, reason, besides=had_it)
    alerted_again = {one.buddy_id for one in resumed.happenings if one.effect is Effect.ALERT}
    follows = tuple(one for one in follows if one.buddy_id not in alerted_again)
    told = () if had_it is None or had_it in alerted_again else (Happening(Effect.TELL_RESUMED, had_it),)
    return replace(resumed, happenings=(*resumed.happenings, *told, *follows))


def resolve(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """A buddy has spoken with her: a pause, in which she is asked for the word. Raises `NotPossible`."""
    assert isinstance(event, Resolve)
    alerted_watch(check_in, event.buddy_id)
    paused = replace(check_in, stage=Stage.PAUSED, resolved_by=event.buddy_id, operator_checked=True)
    paused = pending(paused, Step.RESUME_UNRESOLVED, now + known.timing.resolve_within)
    told = tuple(Happening(Effect.TELL_RESOLVED, watch.buddy_id) for watch in alerted(check_in))
    told = (Happening(Effect.WITHDRAW_STALE), *told, Happening(Effect.ASK_AFTER_RESOLVE))
    return Decision(paused, told, "resolved_by_voice")


def reopen(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """A buddy says that it is not over. Raises `NotPossible` for one who was not alerted."""
    assert isinstance(event, Reopen)
    alerted_watch(check_in, event.buddy_id)
    return escalate(check_in, now, known, "reopened")


def resume_unresolved(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """The word did not come while it paused."""
    decided = escalate(check_in, now, known, "word_not_given")
    return replace(decided, happenings=(Happening(Effect.WITHDRAW_QUESTION), *decided.happenings))
