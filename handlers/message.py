"""What somebody wrote, as the handlers see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WAITED = timedelta(seconds=30)
"""A message older than this on arrival had to wait (the bot or Signal was away): then the server's time counts."""


@dataclass(frozen=True)
class Message:
    """One message. `received_at` is the server's receive time (aware UTC), never the sender's clock.

    `group`: Signal's group id, None in the direct chat. `edits_ms`: the sent time of the message that this one edits.
    """

    inbox_id: str
    account: str
    sent_ms: int
    received_at: datetime
    group: str | None
    text: str
    edits_ms: int | None = None

    def moment(self, now: datetime) -> datetime:
        """From when "in two hours" counts: now, or the server's receive time if the message had to wait for us."""
        return self.received_at if now - self.received_at > WAITED else now

    def is_from_before(self, moment: datetime) -> bool:
        """Whether the server had it before `moment`. Signal sometimes hands a message over much later, out of order:
        it must not touch what began only after it was written. `WAITED` allows for clocks that differ."""
        return self.received_at < moment - WAITED


@dataclass(frozen=True)
class ReactionMessage:
    """An emoji put on, or taken from, the message with sent time `target_ms` by `target_account`."""

    inbox_id: str
    account: str
    received_at: datetime
    group: str | None
    emoji: str
    target_account: str | None
    target_ms: int
    is_remove: bool
