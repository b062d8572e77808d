"""Parameters of calls, read as signal-cli reads them: one or many, singular or plural."""

import base64
import binascii
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.practice.stand_in_account import Account, KnownGroup
from bot.practice.stand_in_content import JSON, Attachment, Content, Mention, Quote
from bot.practice.stand_in_errors import RpcError, no_such_group, not_a_member, unexpected, user_error
from bot.practice.stand_in_sending import Recipient

Method = Callable[[JSON], Any]

_GROUP_ID_BYTES = (16, 32)
_DATA_URI = re.compile(r"data:(?P<type>[^;,]*)(?:;filename=(?P<name>[^;,]*))?;base64,(?P<contents>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Params:
    """The `params` of one call."""

    given: JSON
    account: Account

    def many(self, name: str) -> list[str]:
        """All values under this name, or under its plural."""
        value = self.given.get(name)
        if value is None:
            value = self.given.get(f"{name}s")
        if value is None:
            return []
        return [str(each) for each in value] if isinstance(value, list) else [str(value)]

    def text(self, name: str) -> str | None:
        """A text, or None."""
        value = self.given.get(name)
        return None if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.given.get(name) is True

    def number(self, name: str) -> int | None:
        """A whole number; None if it is absent or something else."""
        value = self.given.get(name)
        return value if isinstance(value, int) else None

    def required_number(self, name: str) -> int:
        """Raises the error with which signal-cli stumbles over its absence."""
        value = self.number(name)
        if value is None:
            null = f'Cannot invoke "java.lang.Long.longValue()" because "{name}" is null'
            raise RpcError(-32603, f"{null} (NullPointerException)")
        return value

    # --- people

    def recipients(self) -> list[Recipient]:
        """Whom the call names, other than by a group."""
        named = [self.recipient(who) for who in self.many("recipient")]
        if self.flag("noteToSelf"):
            named.append(Recipient(self.account.address.aci, None))
        return named

    def recipient(self, who: str) -> Recipient:
        """An account id, or a number. Raises RpcError for what is neither."""
        if _is_account_id(who):
            return Recipient(who, None)
        if not any(character.isdigit() for character in who):
            raise user_error(f"Invalid phone number '{who}': No valid characters found.")
        number = who if who.startswith("+") else f"+1{who}"
        if number == self.account.address.number:
            return Recipient(self.account.address.aci, None)
        return Recipient(self.account.server.by_number(number), number)

    def people(self, name: str) -> list[str]:
        """Account ids; a number that nobody shows stands for itself."""
        found = [self.recipient(who) for who in self.many(name)]
        return [each.aci or each.number or "" for each in found]

    def person(self, name: str) -> str:
        """One account id. Raises RpcError if none is given."""
        found = self.people(name)
        if not found:
            raise user_error("No recipients given")
        return found[0]

    # --- groups

    def known_group(self, group_id: str) -> KnownGroup:
        """A group signal-cli has heard of. Raises RpcError."""
        known = self.account.groups.get(checked_group_id(group_id))
        if known is None:
            raise no_such_group(group_id)
        return known

    def own_group(self, group_id: str) -> KnownGroup:
        """A group the bot is a member of. Raises RpcError."""
        known = self.known_group(group_id)
        if not self.account.is_member(known):
            raise not_a_member(known.state.title, group_id)
        return known

    # --- what a message carries

    def quote(self) -> Quote | None:
        """The message that is referred to, or None."""
        timestamp = self.number("quoteTimestamp")
        if timestamp is None:
            return None
        return Quote(timestamp, self.person("quoteAuthor"), self.text("quoteMessage") or "")

    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self._mention(*each.split(":", 2)) for each in self.many("mention"))

    def _mention(self, start: str, length: str, who: str) -> Mention:
        return Mention(int(start), int(length), self.recipient(who).aci or who)

    def attachments(self) -> tuple[Attachment, ...]:
        """Files by path, or given as data URIs. Raises RpcError for a missing file."""
        return tuple(_attachment(given) for given in self.many("attachment"))

    def content(self, kind: str, **carried: Any) -> Content:
        """A message to be sent now."""
        return Content("message", self.account.stamps.next(), kind, **carried)


def checked_group_id(group_id: str) -> str:
    """The id itself. Raises RpcError when it cannot be one."""
    try:
        size = len(base64.b64decode(group_id))
    except binascii.Error:
        size = 0
    if size not in _GROUP_ID_BYTES:
        reason = f"Invalid group id of size {size}"
        raise user_error(f'Invalid group id: Failed to decode groupId (must be base64) "{group_id}": {reason}')
    return group_id


def _is_account_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _attachment(given: str) -> Attachment:
    if found := _DATA_URI.fullmatch(given):
        return Attachment(found["type"], found["name"], base64.b64decode(found["contents"]))
    path = Path(given)
    try:
        return Attachment("application/octet-stream", path.name, path.read_bytes())
    except OSError:
        missing = f"{given}: {given} (No such file or directory)"
        raise unexpected(f"Failed to send message: {missing} (AttachmentInvalidException)") from None
