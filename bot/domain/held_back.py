"""What is held back from the new phones of buddies who have been alerted, and when it follows (SPEC: "A new phone")."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.decisions import Effect, Happening
from bot.domain.known import Known
from bot.domain.new_phone import held_back_until, is_held_back
from bot.domain.timing import Timing
from bot.domain.watching import alerted, pending


def without_holding_back(check_in: CheckIn, now: datetime, known: Known) -> tuple[CheckIn, tuple[Happening, ...]]:
    """What was held back so far follows where nobody else has it."""
    due = {one.buddy_id for one in alerted(check_in) if one.held_back and not is_held_back(check_in, one, now, known)}
    watches = tuple(replace(watch, held_back=False) if watch.buddy_id in due else watch for watch in check_in.watches)
    follows = tuple(Happening(Effect.COMPLETE_ALERT, watch.buddy_id) for watch in watches if watch.buddy_id in due)
    return replace(check_in, watches=watches), follows


def with_news(check_in: CheckIn, now: datetime, known: Known) -> CheckIn:
    """She left something while it is alerted: held back from new phones, also from those that were not when they were
    alerted, and looked at in time. While nobody else has what is held back already, its own minute goes on."""
    if known.facts.have_news or not any(watch.held_back for watch in check_in.watches):
        check_in = replace(check_in, news_at=now)
        known = replace(known, facts=replace(known.facts, have_news=frozenset()))
    return holding_back(check_in, {watch.buddy_id for watch in check_in.watches}, now, known)


def holding_back(check_in: CheckIn, buddies: Collection[str], now: datetime, known: Known) -> CheckIn:
    """What has not left yet is held back from those of these buddies who have been alerted and whose phone is new, also
    where it has become so since."""
    watches = tuple(
        replace(one, held_back=one.held_back or is_held_back(check_in, one, now, known))
        if one.alerted_at and one.buddy_id in buddies
        else one
        for one in check_in.watches
    )
    told = replace(check_in, watches=watches)
    look_at = next_look(told, now, known.timing)
    can_look = told.stage is Stage.OVERDUE or told.step in (Step.FOLLOW_UP, Step.CHECK_ALERT)
    if not can_look or look_at is None or told.step_at is None or told.step_at <= look_at:
        return told
    return pending(told, Step.CHECK_ALERT, look_at)


def next_look(check_in: CheckIn, now: datetime, timing: Timing) -> datetime | None:
    """When it has to be looked at next whether somebody else has it (aware UTC)."""
    return min(looks(check_in, now, timing), default=None)


def looks(check_in: CheckIn, now: datetime, timing: Timing) -> list[datetime]:
    """The same, for each buddy from whom something is held back, as far as that is still to come."""
    held_back = [watch for watch in check_in.watches if watch.held_back and watch.alerted_at is not None]
    moments = (held_back_until(check_in, watch, watch.alerted_at or now, timing) for watch in held_back)
    return [moment for moment in moments if moment > now]
