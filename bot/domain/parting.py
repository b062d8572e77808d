"""The rules for a buddy who leaves while the check-in goes on (SPEC: `/unpair`)."""

from dataclasses import replace
from datetime import datetime

from bot.domain import held_back
from bot.domain.check_in import CheckIn, Stage
from bot.domain.decisions import Decision, Effect, Happening
from bot.domain.escalation import escalate, with_next_round
from bot.domain.events import Event, Leave
from bot.domain.known import Known
from bot.domain.on_call import with_next_step, without
from bot.domain.watching import alerted, watch_of


def leave_armed(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """Before the deadline. If nobody else is on call somebody is now, and is asked for a 👍. Raises `NotPossible` for
    one who has no part in it."""
    rest, fresh_id = _without(check_in, event, known)
    if fresh_id is not None and check_in.start_lines:
        watches = tuple(replace(one, asked_at=now) if one.buddy_id == fresh_id else one for one in rest.watches)
        rest = replace(rest, watches=watches)
    told = () if fresh_id is None else (Happening(Effect.CALL_IN_HIS_PLACE, fresh_id),)
    return Decision(with_next_step(rest, known.timing), told, "left")


def leave_asked(check_in: CheckIn, event: Event, _: datetime, known: Known) -> Decision:
    """After the deadline: who is alerted in his place her phone does not show. Raises `NotPossible`."""
    rest, _fresh_id = _without(check_in, event, known)
    return Decision(rest, (), "left")


def leave_alerted(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """After an alert. What rested with him goes on to the others at once, also where none of them is alerted yet; the
    operator is told if it reaches nobody any more. Raises `NotPossible`."""
    assert isinstance(event, Leave)
    rest, _ = _without(check_in, event, known)
    rested_with = check_in.resolved_by if check_in.stage is Stage.PAUSED else check_in.taken_by
    taken_by = None if rest.taken_by == event.buddy_id else rest.taken_by
    rest = replace(rest, taken_by=taken_by, operator_checked=rest.operator_checked or not rest.watches)
    rest, follows = held_back.without_holding_back(rest, now, known)
    if rested_with == event.buddy_id:
        goes_on = escalate(rest, now, known, "left")
        decided = replace(goes_on, happenings=(Happening(Effect.WITHDRAW_QUESTION), *goes_on.happenings))
    elif rest.watches and not alerted(rest):
        decided = escalate(rest, now, known, "left")
    elif rest.stage is Stage.OVERDUE:
        decided = Decision(with_next_round(rest, now, known.timing), (), "left")
    else:
        decided = Decision(rest, (), "left")
    alerted_again = {one.buddy_id for one in decided.happenings if one.effect is Effect.ALERT}
    follows = tuple(one for one in follows if one.buddy_id not in alerted_again)
    unheard = (Happening(Effect.TELL_OPERATOR),) if _reaches_nobody(rest, event.buddy_id, known) else ()
    return replace(decided, happenings=(*decided.happenings, *follows, *unheard))


def _reaches_nobody(rest: CheckIn, left_id: str, known: Known) -> bool:
    """Nobody is left, or his was the only phone that had the alert of all that should have it by now."""
    told = {watch.buddy_id for watch in alerted(rest)}
    had_it_alone = left_id in known.facts.confirmed and not told & known.facts.confirmed
    return not rest.watches or (bool(told) and had_it_alone)


def _without(check_in: CheckIn, event: Event, known: Known) -> tuple[CheckIn, str | None]:
    assert isinstance(event, Leave)
    watch_of(check_in, event.buddy_id)
    rest, fresh = without(check_in, event.buddy_id, known.facts.away)
    return rest, None if fresh is None else fresh.buddy_id
