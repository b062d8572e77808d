"""Groups as Signal's server keeps them, and its rules about who may change what."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.practice.stand_in_content import JSON

Value = TypeVar("Value")

ADMINISTRATOR = "administrator"
DEFAULT = "default"
EVERYBODY = "member"


class GroupRefusedError(Exception):
    """The server does not do what was asked of a group."""


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What one revision changes. People are account ids; None or empty leaves things as they are."""

    title: str | None = None
    description: str | None = None
    expiration: int | None = None
    """Seconds; 0 turns disappearing messages off."""
    add: tuple[str, ...] = ()
    invite: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    promote: tuple[str, ...] = ()
    attributes_access: str | None = None
    members_access: str | None = None
    announcements_only: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupState:
    """One revision of a group."""

    group_id: str
    title: str
    members: Mapping[str, str]
    """Account id to role, `administrator` or `default`."""
    pending: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0
    description: str = ""
    expiration: int = 0
    attributes_access: str = EVERYBODY
    members_access: str = EVERYBODY
    announcements_only: bool = False

    @property
    def admins(self) -> list[str]:
        return [aci for aci, role in self.members.items() if role == ADMINISTRATOR]

    def after(self, change: GroupChange, actor: str) -> "GroupState":
        """The next revision. Raises GroupRefusedError when `actor` may not do that."""
        for rule in _rules_touched(self, change, actor):
            self._require(rule, actor)
        return replace(
            self,
            revision=self.revision + 1,
            members=self._members_after(change),
            pending=self._pending_after(change),
            title=_either(change.title, self.title),
            description=_either(change.description, self.description),
            expiration=_either(change.expiration, self.expiration),
            attributes_access=_either(change.attributes_access, self.attributes_access),
            members_access=_either(change.members_access, self.members_access),
            announcements_only=_either(change.announcements_only, self.announcements_only),
        )

    def _require(self, rule: str, actor: str) -> None:
        role = self.members.get(actor)
        if role is None or (rule == ADMINISTRATOR and role != ADMINISTRATOR):
            raise GroupRefusedError("not allowed by the access rules of the group")

    def _members_after(self, change: GroupChange) -> dict[str, str]:
        if any(aci in self.members for aci in change.add):
            raise GroupRefusedError("already a member")
        if any(aci not in self.members and aci not in self.pending for aci in change.remove):
            raise GroupRefusedError("not a member")
        if any(aci not in self.pending for aci in change.accept):
            raise GroupRefusedError("not an invited member")
        members = {aci: role for aci, role in self.members.items() if aci not in change.remove}
        members |= dict.fromkeys(change.add, DEFAULT)
        members |= {aci: self.pending[aci] for aci in change.accept}
        members |= dict.fromkeys(change.promote, ADMINISTRATOR)
        return members

    def _pending_after(self, change: GroupChange) -> dict[str, str]:
        gone = {*change.remove, *change.accept, *change.add}
        pending = {aci: role for aci, role in self.pending.items() if aci not in gone}
        return pending | dict.fromkeys(change.invite, DEFAULT)


class GroupBook:
    """All groups, by id."""

    def __init__(self) -> None:
        self._groups: dict[str, GroupState] = {}

    def create(
        self, title: str, members: Mapping[str, str], pending: Iterable[str] = (), description: str = ""
    ) -> GroupState:
        """A new group; its id is derived from how many there were."""
        group_id = base64.b64encode(hashlib.sha256(b"group %d" % len(self._groups)).digest()).decode()
        invited = dict.fromkeys(pending, DEFAULT)
        state = GroupState(group_id, title, dict(members), invited, description=description)
        self._groups[group_id] = state
        return state

    def get(self, group_id: str) -> GroupState:
        """The group as it stands. Raises KeyError."""
        return self._groups[group_id]

    def change(self, group_id: str, actor: str, change: GroupChange) -> GroupState:
        """One revision more. Raises KeyError, GroupRefusedError."""
        state = self._groups[group_id].after(change, actor)
        self._groups[group_id] = state
        return state


def group_view(state: GroupState, names: Mapping[str, str]) -> JSON:
    """A group in plain words; `names` tells the phone of an account id."""
    return {
        "group_id": state.group_id,
        "revision": state.revision,
        "title": state.title,
        "description": state.description,
        "expiration": state.expiration,
        "announcements_only": state.announcements_only,
        "access": {
            "attributes": state.attributes_access,
            "members": state.members_access,
            "invite_link": "unknown",
        },
        "members": _people(state.members, names),
        "pending": _people(state.pending, names),
    }


def _people(people: Mapping[str, str], names: Mapping[str, str]) -> list[JSON]:
    return [{"aci": aci, "name": names.get(aci), "role": role} for aci, role in people.items()]


def _rules_touched(state: GroupState, change: GroupChange, actor: str) -> list[str]:
    rules = []
    if (change.title, change.description, change.expiration) != (None, None, None):
        rules.append(state.attributes_access)
    if change.add or change.invite:
        rules.append(state.members_access)
    settings = (change.attributes_access, change.members_access, change.announcements_only)
    others_removed = any(aci != actor for aci in change.remove)
    if others_removed or change.promote or settings != (None, None, None):
        rules.append(ADMINISTRATOR)
    return rules


def _either(new: Value | None, old: Value) -> Value:
    return old if new is None else new
