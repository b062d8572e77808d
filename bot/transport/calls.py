"""What the bot asks of signal-cli, call by call."""

import asyncio
import base64
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeAlias

from bot.transport.accounts import (
    GroupFacts,
    Identity,
    OwnIdentity,
    OwnProfile,
    groups_in,
    identities_in,
    own_aci_in,
    own_profile_in,
)
from bot.transport.errors import (
    Answer,
    Refusal,
    SignalAnswerUnclear,
    SignalError,
    SignalRefused,
    SignalTimeout,
    SignalUnavailable,
)
from bot.transport.json_fields import group_id_in, objects_in, text_in, whole_number_in
from bot.transport.outcomes import SendOutcome, outcome_of
from bot.transport.requests import FILE, FileToSend

PROBE_METHOD = "listDevices"
"""A harmless call that asks Signal's server and changes nothing; it fails at once when the network is away."""
PROBE_SECONDS = 12.0  # with a stalled network signal-cli needs 10 s to say so
FILE_SECONDS = 120.0
"""How long an answer is awaited while a file goes up; shorter than the lease of an outbox row."""
_EVERY_MEMBER, _ONLY_ADMINS = "every-member", "only-admins"


@dataclass(frozen=True, slots=True, repr=False)
class ToPerson:
    """A direct chat."""

    aci: str


@dataclass(frozen=True, slots=True, repr=False)
class ToGroup:
    """A group chat; `expected` are the members who must be reached, without the bot."""

    signal_group_id: str
    expected: frozenset[str] = frozenset()


Chat: TypeAlias = ToPerson | ToGroup


@dataclass(frozen=True, slots=True, repr=False)
class Quote:
    """The message that a new one refers to."""

    author_aci: str
    sent_ms: int
    text: str = ""


class Ask(Protocol):
    """How a call gets to signal-cli."""

    async def __call__(self, method: str, params: dict[str, object], timeout: float | None = None) -> Answer:
        """Raises SignalUnavailable or SignalTimeout."""
        ...


class SignalCalls:
    """Calls with typed answers.

    Sends never raise SignalError: what is known stands in the SendOutcome. All other calls raise
    SignalUnavailable, SignalTimeout, SignalRefused or SignalAnswerUnclear.
    """

    def __init__(self, ask: Ask, account: str | None) -> None:
        self._ask = ask
        self._account = account

    async def send_to_person(self, aci: str, text: str, quote: Quote | None = None) -> SendOutcome:
        """Write to one person."""
        return await self._send("send", ToPerson(aci), {"message": text, **_quoted(quote)})

    async def send_file(self, aci: str, text: str, file: FileToSend) -> SendOutcome:
        """Send a file, with a text, to one person. Its name and type are to be harmless already."""
        return await self._send("send", ToPerson(aci), {"message": text, FILE: file}, FILE_SECONDS)

    async def send_to_group(
        self,
        signal_group_id: str,
        text: str,
        expected: Collection[str] = (),
        quote: Quote | None = None,
    ) -> SendOutcome:
        """Write to a group. `expected`: members who must be reached; whoever is missing counts as failure."""
        chat = ToGroup(signal_group_id, frozenset(expected))
        return await self._send("send", chat, {"message": text, **_quoted(quote)})

    async def react(
        self, chat: Chat, target_author_aci: str, target_sent_ms: int, emoji: str, *, remove: bool = False
    ) -> SendOutcome:
        """React to a message in that chat, or take the reaction back."""
        target = {"targetAuthor": target_author_aci, "targetTimestamp": target_sent_ms}
        return await self._send("sendReaction", chat, {**target, "emoji": emoji, "remove": remove})

    async def delete_for_everyone(self, chat: Chat, sent_ms: int) -> SendOutcome:
        """Take back a message of the bot's own; phones obey for some days only."""
        return await self._send("remoteDelete", chat, {"targetTimestamp": sent_ms})

    async def create_group(self, name: str, member_acis: Collection[str]) -> str:
        """Make a group and return its id.

        An error with `perhaps_done` may leave a group behind: look at `groups()`, do not create again.
        """
        made = await self._call("updateGroup", {"name": name, "member": sorted(member_acis)})
        group_id = group_id_in(made if isinstance(made, dict) else None, "groupId")
        if group_id is None:
            raise SignalAnswerUnclear
        return group_id

    async def change_group(
        self,
        signal_group_id: str,
        *,
        name: str | None = None,
        expiration: int | None = None,
        add: Collection[str] = (),
        remove: Collection[str] = (),
        only_admins: bool | None = None,
    ) -> None:
        """Change what is given, one call for each, because signal-cli may forget all but the first of several.

        `expiration` is in seconds, 0 for never. `only_admins`: who may add people and change settings.
        Each is tried; then the first error is raised. Look at `group()` afterwards.
        """
        who = None if only_admins is None else _ONLY_ADMINS if only_admins else _EVERY_MEMBER
        changes: list[tuple[str, object]] = [
            ("name", name),
            ("expiration", expiration),
            ("setPermissionAddMember", who),
            ("setPermissionEditDetails", who),
            ("member", sorted(add) or None),
            ("removeMember", sorted(remove) or None),
        ]
        first_error: SignalError | None = None
        for what, value in changes:
            if value is None:
                continue
            try:
                await self._call("updateGroup", {"groupId": signal_group_id, what: value})
            except SignalRefused as refused:
                first_error = first_error or refused
        if first_error is not None:
            raise first_error

    async def repair_group(self, signal_group_id: str) -> None:
        """Change nothing: brings signal-cli's view of the group up to date, without which sends may fail."""
        await self._call("updateGroup", {"groupId": signal_group_id})

    async def group(self, signal_group_id: str) -> GroupFacts:
        """One group, asked of Signal's server. Raises SignalRefused (GROUP_NOT_FOUND) if there is none."""
        listed = groups_in(await self._call("listGroups", {"groupId": signal_group_id}))
        for group in listed:
            if group.id == signal_group_id:
                return group
        raise SignalRefused(-1, Refusal.GROUP_NOT_FOUND)

    async def groups(self) -> tuple[GroupFacts, ...]:
        """All groups, as signal-cli remembers them."""
        return groups_in(await self._call("listGroups", {}))

    async def quit_group(self, signal_group_id: str) -> None:
        """Leave a group and forget it. The last admin must be alone in it (SignalRefused, LAST_ADMIN)."""
        await self._call("quitGroup", {"groupId": signal_group_id, "delete": True})

    async def set_expiration(self, aci: str, seconds: int) -> None:
        """Let messages of a direct chat disappear after so many seconds; 0 is never.

        Where it is so already nothing is sent: a phone would show it again. On a linked device signal-cli refuses after
        having done it, so the contact is looked at instead.
        """
        if await self._expiration(aci) == seconds:
            return
        try:
            await self._call("updateContact", {"recipient": aci, "expiration": seconds})
        except SignalRefused as refused:
            if refused.reason is not Refusal.NOT_ACCEPTED or await self._expiration(aci) != seconds:
                raise

    async def identities(self, aci: str | None = None) -> tuple[Identity, ...]:
        """The identity keys of this account, or of everybody signal-cli knows, the bot among them."""
        return identities_in(await self._call("listIdentities", {} if aci is None else {"number": aci}))

    async def own_identity(self) -> OwnIdentity:
        """The bot's own account, without asking the network."""
        listed = await self._call("listIdentities", {})
        aci = own_aci_in(listed)
        numbers = (text_in(item, "number") for item in objects_in({"all": listed}, "all") if item.get("uuid") == aci)
        return OwnIdentity(self._account or next(numbers, None), aci)

    async def own_profile(self) -> OwnProfile:
        """What phones show of the bot, as signal-cli remembers it."""
        asked = {"recipient": [self._account], "allRecipients": True}
        return own_profile_in(await self._call("listContacts", asked))

    async def set_own_name(self, name: str) -> None:
        """The name under which phones show the bot."""
        await self._call("updateProfile", {"givenName": name, "familyName": ""})

    async def set_own_picture(self, png: bytes) -> None:
        """The picture that phones show of the bot."""
        await self._call("updateProfile", {"avatar": f"data:image/png;base64,{base64.b64encode(png).decode()}"})

    async def probe(self, timeout: float = PROBE_SECONDS) -> None:
        """A round trip to Signal's server. Returns when it worked; raises SignalError when not."""
        (await self._ask(PROBE_METHOD, {}, timeout)).result_or_raise()

    async def version(self) -> str:
        """The version of signal-cli; empty when it does not say."""
        answer = await self._call("version", {})
        return text_in(answer if isinstance(answer, dict) else None, "version") or ""

    async def _expiration(self, aci: str) -> int | None:
        listed = await self._call("listContacts", {"recipient": [aci], "allRecipients": True})
        contacts = objects_in({"all": listed}, "all")
        return whole_number_in(contacts[0], "messageExpirationTime") if len(contacts) == 1 else None

    async def _call(self, method: str, params: dict[str, object]) -> object:
        return (await self._ask(method, params)).result_or_raise()

    async def _send(
        self, method: str, chat: Chat, params: dict[str, object], timeout: float | None = None
    ) -> SendOutcome:
        if isinstance(chat, ToGroup):
            where: dict[str, object] = {"groupId": chat.signal_group_id}
            expected, to_group = chat.expected, True
        else:
            where, expected, to_group = {"recipient": [chat.aci]}, frozenset({chat.aci}), False
        try:
            answer = await self._ask(method, {**where, **params}, timeout)
        except SignalUnavailable:
            return SendOutcome(unavailable=True)
        except SignalTimeout as given_up:
            read = partial(outcome_of, expected=expected, to_group=to_group)
            late = None if given_up.late is None else partial(_read_late, given_up.late, read)
            return SendOutcome(unknown=True, late=late)
        return outcome_of(answer, expected, to_group=to_group)


async def _read_late(late: "asyncio.Future[Answer]", read: Callable[[Answer], SendOutcome]) -> SendOutcome:
    return read(await late)


def _quoted(quote: Quote | None) -> dict[str, object]:
    if quote is None:
        return {}
    return {"quoteAuthor": quote.author_aci, "quoteTimestamp": quote.sent_ms, "quoteMessage": quote.text}
