"""The rules for who is on call: has his phone the start line, has he answered it, who is asked next (SPEC: step 1)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.decisions import Decision, Effect, Happening, Impossible, NotPossible
from bot.domain.events import Event, NoAccount, Seen
from bot.domain.known import Known
from bot.domain.timing import Timing
from bot.domain.watching import pending, watch_of


def with_next_step(check_in: CheckIn, timing: Timing) -> CheckIn:
    """An armed check-in with what falls due next: a look at the start lines, the reminder, or the deadline."""
    moments = [(check_in.deadline, Step.ASK)]
    if not check_in.reminded:
        moments.append((check_in.deadline - check_in.reminder, Step.REMIND))
    moments += [(moment, Step.CHECK_CALL) for moment in _looks(check_in, timing)]
    at, step = min(moments, key=lambda one: (one[0], one[1] is Step.CHECK_CALL))
    return pending(check_in, step, at)


def _looks(check_in: CheckIn, timing: Timing) -> list[datetime]:
    """When it has to be looked at how far the start lines got, in any order."""
    moments = [watch.asked_at + timing.delivered_within for watch in _unchecked(check_in) if watch.asked_at]
    asked = _answer_awaited_since(check_in)
    return moments if asked is None else [*moments, asked + timing.seen_within]


def _unchecked(check_in: CheckIn) -> list[Watch]:
    return [watch for watch in check_in.watches if watch.asked_at and not watch.phone_checked and not watch.seen_at]


def _answer_awaited_since(check_in: CheckIn) -> datetime | None:
    """When the last buddy was asked for a 👍, as long as nobody has given one and she does not know it yet."""
    if check_in.nobody_answered or any(watch.seen_at for watch in check_in.watches):
        return None
    return max((watch.asked_at for watch in check_in.watches if watch.asked_at), default=None)


def check_call(check_in: CheckIn, _: Event, now: datetime, known: Known) -> Decision:
    """She is told of a phone that has not confirmed the start line, and the next buddy is asked if nobody answers.

    To who is not in the group no line was sent: she knows that, and of his phone nothing is known.
    """
    late = [w for w in _unchecked(check_in) if w.asked_at and w.asked_at + known.timing.delivered_within <= now]
    heard_or_absent = known.facts.confirmed | known.facts.absent
    silent = [watch.buddy_id for watch in late if watch.buddy_id not in heard_or_absent]
    looked = tuple(replace(watch, phone_checked=True) if watch in late else watch for watch in check_in.watches)
    told = tuple(Happening(Effect.TELL_PHONE_SILENT, buddy_id) for buddy_id in silent)
    asked_since = _answer_awaited_since(check_in)
    checked = replace(check_in, watches=looked)
    if asked_since is None or asked_since + known.timing.seen_within > now:
        return Decision(with_next_step(checked, known.timing), told, "phones_looked_at")
    return _ask_next(checked, told, now, known)


def _ask_next(check_in: CheckIn, told: tuple[Happening, ...], now: datetime, known: Known) -> Decision:
    free = (watch for watch in check_in.watches if not watch.on_call and watch.buddy_id not in known.facts.away)
    fresh = next(free, None)
    if fresh is None:
        resigned = with_next_step(replace(check_in, nobody_answered=True), known.timing)
        return Decision(resigned, (*told, Happening(Effect.TELL_NOBODY_ANSWERED)), "nobody_answered")
    asked = replace(fresh, on_call=True, asked_at=now)
    watches = tuple(asked if watch is fresh else watch for watch in check_in.watches)
    widened = with_next_step(replace(check_in, watches=watches), known.timing)
    return Decision(widened, (*told, Happening(Effect.ASK_NEXT, fresh.buddy_id)), "next_asked")


def without(check_in: CheckIn, buddy_id: str, away: Collection[str]) -> tuple[CheckIn, Watch | None]:
    """A buddy has left. If nobody else is on call, the first who is available is now, and stands
    first as at a start; else the first of all. Returns that one, too."""
    rest = [watch for watch in check_in.watches if watch.buddy_id != buddy_id]
    if not rest or any(watch.on_call for watch in rest):
        return replace(check_in, watches=tuple(rest)), None
    fresh = min(rest, key=lambda watch: watch.buddy_id in away)
    on_call = replace(fresh, on_call=True)
    ordered = [on_call, *(watch for watch in rest if watch is not fresh)]
    watches = tuple(replace(watch, position=place) for place, watch in enumerate(ordered))
    return replace(check_in, watches=watches), watches[0]


def no_account(check_in: CheckIn, event: Event, _: datetime, known: Known) -> Decision:
    """She is told what is known: of his phone nothing is, and nothing more is said. Raises `NotPossible` for one whom
    no start line has asked."""
    assert isinstance(event, NoAccount)
    watch = watch_of(check_in, event.buddy_id)
    if watch.asked_at is None:
        raise NotPossible(Impossible.NOT_ON_CALL)
    looked_at = replace(watch, phone_checked=True)
    watches = tuple(looked_at if other is watch else other for other in check_in.watches)
    told = (Happening(Effect.TELL_NO_ACCOUNT, watch.buddy_id),)
    return Decision(with_next_step(replace(check_in, watches=watches), known.timing), told, "no_account")


def seen(check_in: CheckIn, event: Event, now: datetime, known: Known) -> Decision:
    """A buddy on call answered the start line, or took that back. Raises `NotPossible` for anybody else."""
    assert isinstance(event, Seen)
    watch = watch_of(check_in, event.buddy_id)
    if not watch.on_call:
        raise NotPossible(Impossible.NOT_ON_CALL)
    first_time = event.seen and watch.seen_at is None
    marked = replace(watch, seen_at=now if event.seen else None)
    watches = tuple(marked if other is watch else other for other in check_in.watches)
    told = (Happening(Effect.TELL_SEEN, watch.buddy_id),) if first_time else ()
    answered = replace(check_in, watches=watches)
    if answered.stage is Stage.ARMED:
        answered = with_next_step(answered, known.timing)
    return Decision(answered, told, "seen" if event.seen else "unseen")
