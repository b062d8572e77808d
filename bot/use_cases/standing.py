"""How an open alert stands, for one of the buddies who got it: who has it, or who says that it is over."""

from bot.domain.check_in import CheckIn, Stage
from bot.domain.watching import alerted
from storage.records import Records


def standing(check_in: CheckIn, buddy_id: str) -> str:
    """The name of the text that says it."""
    if check_in.stage is Stage.PAUSED:
        return "state.paused_by_you" if check_in.resolved_by == buddy_id else "state.paused"
    if check_in.taken_by is None:
        return "state.nobody"
    return "state.you" if check_in.taken_by == buddy_id else "state.other"


def who_has_it(records: Records, check_in: CheckIn) -> str:
    """Her name for the buddy who has it, or who says that they have spoken; empty when nobody does."""
    buddy_id = check_in.resolved_by or check_in.taken_by
    if buddy_id is None or all(watch.buddy_id != buddy_id for watch in alerted(check_in)):
        return ""
    pairing = records.pairings.between(check_in.person_id, buddy_id)
    return pairing.buddy_label if pairing else ""
