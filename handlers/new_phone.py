"""What a new phone of the writer's own may not do without her word (SPEC: "A new phone")."""

from typing import Any

from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command


def is_new(call: Call) -> bool:
    """Whether the writer has a word, and writes from a phone that is not confirmed."""
    return call.person.has_codeword and call.records.phones.own(call.person.id) is not None


def is_unproven(call: Call) -> bool:
    """Whether the writer's phone is new, and no word of the writer's stands in the command."""
    return is_new(call) and not call.checked.is_hers


def refuse_from_new_phone(call: Call, command: Command, order: Any) -> None:
    """Raises `Refused` for a command without her word, from a phone that she has not confirmed, unless it works from
    there all the same (`from_new_phone`). Whether a word that stands there is right is judged by the command."""
    if command.from_new_phone or command.word(order) is not None:
        return
    if is_new(call):
        raise Refused("phone.first_start" if command.name == "start" else "phone.first")
