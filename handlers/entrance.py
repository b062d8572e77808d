"""signalbot's handler classes: they put each message into its writer's lane and return at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from signalbot import DataMessageContext, DataMessageHandler, ReactionContext, ReactionHandler
from signalbot.messages import EditMessage

from handlers.message import Message, ReactionMessage


class Hearer(Protocol):
    """Takes messages over, without waiting."""

    def hear(self, message: Message) -> None:
        """Put a message into its writer's lane."""
        ...

    def see(self, reaction: ReactionMessage) -> None:
        """Put a reaction into its writer's lane."""
        ...


class MessageEntrance(DataMessageHandler):
    """Messages and edits."""

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer

    async def handle_data_message(self, context: DataMessageContext) -> None:
        """Called by signalbot for each text, in order."""
        message = context.message
        self._hearer.hear(
            Message(
                inbox_id=message.source_name or "",
                account=message.source_uuid or "",
                sent_ms=message.timestamp,
                received_at=_moment(message.server_received_timestamp),
                group=message.group_info.group_id if message.group_info is not None else None,
                text=message.text or "",
                edits_ms=message.target_sent_timestamp if isinstance(message, EditMessage) else None,
            )
        )


class ReactionEntrance(ReactionHandler):
    """Reactions."""

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer

    async def handle_reaction(self, context: ReactionContext) -> None:
        """Called by signalbot for each reaction, in order."""
        reaction = context.message
        self._hearer.see(
            ReactionMessage(
                inbox_id=reaction.source_name or "",
                account=reaction.source_uuid or "",
                received_at=_moment(reaction.server_received_timestamp),
                group=reaction.group_info.group_id if reaction.group_info is not None else None,
                emoji=reaction.emoji or "",
                target_account=reaction.target_author_uuid,
                target_ms=reaction.timestamp,
                is_remove=reaction.is_remove,
            )
        )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


Register = Callable[[DataMessageHandler | ReactionHandler], None]


def register_entrances(register: Register, hearer: Hearer) -> None:
    """Hand both to signalbot's `register`."""
    register(MessageEntrance(hearer))
    register(ReactionEntrance(hearer))
