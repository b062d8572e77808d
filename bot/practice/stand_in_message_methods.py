"""signal-cli's methods that send something."""

from typing import Any

from bot.practice.stand_in_account import Account
from bot.practice.stand_in_content import JSON, Attachment, Content, Reaction
from bot.practice.stand_in_errors import outcome, user_error
from bot.practice.stand_in_params import Method, Params
from bot.practice.stand_in_sending import Sending

_BODY_BYTES = 2000
_LONG_TEXT = "text/x-signal-plain"


class MessageMethods:
    """send, sendReaction, remoteDelete, sendReceipt, sendTyping."""

    def __init__(self, account: Account, sending: Sending) -> None:
        self._account = account
        self._sending = sending

    def table(self) -> dict[str, Method]:
        """The methods by name."""
        return {
            "send": self.send,
            "sendReaction": self.react,
            "remoteDelete": self.delete,
            "sendReceipt": self.confirm,
            "sendTyping": self.type,
        }

    def send(self, given: JSON) -> Any:
        """`send`: a text to people or to a group."""
        params = Params(given, self._account)
        text = params.text("message") or ""
        files = params.attachments()
        self._require_recipients(params)
        if not text and not files:
            raise user_error(
                "Sending empty message is not allowed, either a message, attachment or sticker must be given."
            )
        edited = params.number("editTimestamp")
        body, overflow = _cut(text)
        return self._send(
            params,
            params.content(
                "text" if edited is None else "edit",
                body=body or None,
                attachments=(*files, *overflow),
                quote=params.quote(),
                mentions=params.mentions(),
                target_timestamp=edited,
            ),
        )

    def react(self, given: JSON) -> Any:
        """`sendReaction`: an emoji on a message, or its removal."""
        params = Params(given, self._account)
        self._require_recipients(params)
        target = params.required_number("targetTimestamp")
        author = params.person("targetAuthor")
        reaction = Reaction(params.text("emoji") or "", params.flag("remove"), author, target)
        return self._send(params, params.content("reaction", reaction=reaction))

    def delete(self, given: JSON) -> Any:
        """`remoteDelete`: takes an own message back."""
        params = Params(given, self._account)
        self._require_recipients(params)
        target = params.required_number("targetTimestamp")
        return self._send(params, params.content("delete", target_timestamp=target))

    def confirm(self, given: JSON) -> Any:
        """`sendReceipt`: read or viewed."""
        params = Params(given, self._account)
        timestamps = tuple(int(each) for each in params.many("targetTimestamp"))
        receipt = Content("receipt", self._account.stamps.next(), params.text("type") or "read", timestamps=timestamps)
        return self._send(params, receipt)

    def type(self, given: JSON) -> Any:
        """`sendTyping`: begins or ends."""
        params = Params(given, self._account)
        self._require_recipients(params)
        stamp = self._account.stamps.next()
        typing = Content("typing", stamp, started=not params.flag("stop"))
        return self._send(params, typing)

    def _require_recipients(self, params: Params) -> None:
        if not params.recipients() and not params.many("groupId"):
            raise user_error("No recipients given")

    def _send(self, params: Params, content: Content) -> JSON:
        groups = [params.own_group(group_id) for group_id in params.many("groupId")]
        results = [self._sending.to_person(recipient, content) for recipient in params.recipients()]
        for known in groups:
            results += self._sending.to_group(known, content)
        return outcome(content.timestamp, results)


def _cut(text: str) -> tuple[str, tuple[Attachment, ...]]:
    """A long text travels as a body of 2,000 bytes and, whole, as an attachment."""
    whole = text.encode()
    if len(whole) <= _BODY_BYTES:
        return text, ()
    return whole[:_BODY_BYTES].decode(errors="ignore"), (Attachment(_LONG_TEXT, None, whole),)
