"""What the stand-in's signal-cli knows, as it would keep it on disk."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from bot.practice.stand_in_attachments import AttachmentShelf
from bot.practice.stand_in_content import JSON, Address
from bot.practice.stand_in_groups import GroupState
from bot.practice.stand_in_server import SignalServer, Stamps, milliseconds

TrustMode = Literal["always", "on-first-use"]

UNTRUSTED = "UNTRUSTED"
UNVERIFIED = "TRUSTED_UNVERIFIED"
VERIFIED = "TRUSTED_VERIFIED"


@dataclass(slots=True)
class Identity:
    """Somebody's identity key: one for each installation of the phone."""

    installation: int
    trust: str
    added_at: int


@dataclass(slots=True)
class KnownGroup:
    """signal-cli's own copy of a group, which may lag behind the server's."""

    state: GroupState
    strangers: set[str] = field(default_factory=set)
    """Members who came in by another's doing: sending fails because of them until a change-free updateGroup."""
    dead: bool = False
    """Of the old kind, made when the server could not be reached: sends succeed and reach nobody."""


@dataclass(slots=True)
class Timer:
    """The disappearing-message timer of a direct chat."""

    seconds: int = 0
    version: int = 0


class Account:
    """The bot's account. It outlives the daemon."""

    def __init__(self, address: Address, server: SignalServer, trust_mode: TrustMode, *, linked: bool) -> None:
        self.address = address
        self.server = server
        self.linked = linked
        self.stamps = Stamps(server.clock)
        self.created_at = milliseconds(server.clock)
        self.profile_name = "Bot"
        self.has_picture = False
        self.identities: dict[str, Identity] = {}
        self.profile_keys: set[str] = set()
        self.missing: set[str] = set()
        """Who was found unregistered: in groups they are written to one by one, until they write."""
        self.timers: dict[str, Timer] = {}
        self.groups: dict[str, KnownGroup] = {}
        self.attachments = AttachmentShelf(server.clock)
        self._trust_mode = trust_mode

    # --- identities

    def trusts(self, aci: str, installation: int) -> bool:
        """Whether this installation's key is trusted; a key seen for the first time is remembered."""
        known = self.identities.get(aci)
        if known is None or known.installation != installation:
            fresh = UNVERIFIED if known is None or self._trust_mode == "always" else UNTRUSTED
            not_before = 0 if known is None else known.added_at + 1
            known = Identity(installation, fresh, max(milliseconds(self.server.clock), not_before))
            self.identities[aci] = known
        return known.trust != UNTRUSTED

    def fingerprint(self, aci: str, installation: int) -> bytes:
        """33 bytes that stand for an identity key."""
        return b"\x05" + hashlib.sha256(f"{aci} {installation}".encode()).digest()

    # --- timers

    def timer(self, aci: str) -> Timer:
        """The timer of the chat with somebody."""
        return self.timers.setdefault(aci, Timer())

    def take_timer(self, aci: str, seconds: int, version: int) -> None:
        """Somebody's message says how the timer stands; what is older than our own is not believed."""
        own = self.timer(aci)
        if version > own.version or own.version == 0:
            self.timers[aci] = Timer(seconds, version)

    # --- groups

    def learn(self, state: GroupState, *, own_doing: bool = False) -> KnownGroup:
        """Take in a newer state of a group."""
        known = self.groups.get(state.group_id)
        if known is None:
            known = self.groups[state.group_id] = KnownGroup(state)
        elif not own_doing and self.address.aci in known.state.members:
            known.strangers |= set(state.members) - set(known.state.members)
        known.state = state
        known.strangers &= set(state.members)
        return known

    def refresh(self, group_id: str) -> KnownGroup | None:
        """The group as the server has it, as far as it can be asked; None for a group never heard of."""
        known = self.groups.get(group_id)
        if known is None or known.dead or not self.server.is_reachable:
            return known
        state = self.server.groups.get(group_id)
        if self.address.aci in state.members:
            self.learn(state)
        return known

    def is_member(self, known: KnownGroup) -> bool:
        """Whether the bot is in the group, as far as signal-cli knows."""
        return self.address.aci in known.state.members

    def others(self, known: KnownGroup) -> list[str]:
        """The other full members."""
        return [aci for aci in known.state.members if aci != self.address.aci]

    # --- how people are told of

    def number_of(self, aci: str) -> str | None:
        """The number behind an account id, if it is known."""
        if aci == self.address.aci:
            return self.address.number
        phone = self.server.phone(aci)
        return phone.address.shown_number if phone else None

    def member(self, aci: str) -> JSON:
        """Somebody in a member list."""
        return {"number": self.number_of(aci), "uuid": aci}
