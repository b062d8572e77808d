"""Finding on a phone what a script means."""

from bot.practice.script_lines import Place, Reacts, Turn
from bot.practice.stand_in_chats import Chat, ChatMessage
from bot.practice.stand_in_content import BOT
from bot.practice.stand_in_phone import StandInPhone


class Unplayable(Exception):  # noqa: N818 (says what is wrong)
    """A step that makes no sense at this point."""


def group_at(phone: StandInPhone, place: Place) -> str | None:
    """The id of the group meant, None for the direct chat. Raises Unplayable."""
    if not place.in_group:
        return None
    groups = [chat for chat in phone.chats() if chat.group_id and chat.is_member]
    if place.shared_with is not None:
        groups = [chat for chat in groups if place.shared_with in chat.members]
    if not groups:
        raise Unplayable(f"{phone.name} is in no such group.")
    if len(groups) > 1:
        raise Unplayable(f"{phone.name} is in several groups; write: in the group with NAME")
    return groups[0].group_id


def message_meant(phone: StandInPhone, act: Reacts) -> tuple[Chat, ChatMessage]:
    """The last fitting message of the bot's. Raises Unplayable."""
    fitting = [
        (chat, message)
        for chat in phone.chats()
        for message in chat.messages
        if message.sender == BOT
        and (act.place is None or act.place.in_group == (chat.group_id is not None))
        and act.containing in message.text
    ]
    if not fitting:
        raise Unplayable(f"{phone.name}'s phone shows no such message of the bot.")
    return max(fitting, key=lambda one: one[1].at)


TOLD = {
    Turn.BOT_STOPS: "The bot is stopped.",
    Turn.BOT_KILLED: "The bot is killed without warning.",
    Turn.BOT_STARTS: "The bot is started again.",
    Turn.SIGNAL_DOWN: "The bot's connection to Signal is cut.",
    Turn.SIGNAL_UP: "The bot's connection to Signal is back.",
}
"""What the reader is told of it."""
