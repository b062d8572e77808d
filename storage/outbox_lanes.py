"""In which lane a message stands, and where in it: order is kept within a lane, and none waits for another."""

from bot.domain.outgoing import (
    URGENT,
    Action,
    Outgoing,
    Priority,
    Purpose,
    Recipient,
    ToGroup,
    ToOperator,
    ToPerson,
)

_OVERTAKING = Priority.ALL_CLEAR  # up to this priority rows overtake all others of their urgent lane, not each other
_OF_ITS_OWN = frozenset({Purpose.LIFETIME, Purpose.MENDING})
"""What may have to wait for the end of a timer, or until Signal takes it at last."""


def lane_of(outgoing: Outgoing, row_id: str) -> str:
    """The name of its lane; `row_id` for whoever has no id of ours."""
    return f"{_whose(outgoing.to, row_id)}{_kind(outgoing)}"


def rank_in_lane(outgoing: Outgoing) -> int:
    """A file, which may take long, comes after all texts about the alert, also those that are still to be written."""
    first = Priority.PROMPT if outgoing.action is Action.FILE else _OVERTAKING
    return max(outgoing.priority, first) if outgoing.purpose in URGENT else 0


def _whose(to: Recipient, row_id: str) -> str:
    match to:
        case ToPerson(person_id):
            return person_id
        case ToGroup(group_id):
            return group_id
    return "operator" if isinstance(to, ToOperator) else row_id


def _kind(outgoing: Outgoing) -> str:
    """Prompts to a person have a lane of their own: she may be a buddy too, and no alert must wait for them."""
    if outgoing.purpose in _OF_ITS_OWN:
        return f":{outgoing.purpose.value}"
    if outgoing.purpose not in URGENT:
        return ""
    is_prompt = outgoing.priority is Priority.PROMPT and isinstance(outgoing.to, ToPerson)
    return ":prompt" if is_prompt else ":urgent"
