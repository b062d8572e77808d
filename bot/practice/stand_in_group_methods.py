"""signal-cli's methods about groups."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from bot.practice.stand_in_account import Account, KnownGroup
from bot.practice.stand_in_content import JSON, Content
from bot.practice.stand_in_errors import (
    RpcError,
    failed_requirement,
    group_change_refused,
    no_connection,
    no_connection_to_leave,
    user_error,
)
from bot.practice.stand_in_groups import (
    ADMINISTRATOR,
    DEFAULT,
    EVERYBODY,
    GroupChange,
    GroupRefusedError,
    GroupState,
)
from bot.practice.stand_in_params import Method, Params, checked_group_id
from bot.practice.stand_in_sending import Sending

_OLD_ID_BYTES = 16
_ACCESS = {"every-member": EVERYBODY, "only-admins": ADMINISTRATOR}


class GroupMethods:
    """updateGroup, quitGroup, listGroups."""

    def __init__(self, account: Account, sending: Sending) -> None:
        self._account = account
        self._sending = sending
        self._groups = account.server.groups

    def table(self) -> dict[str, Method]:
        """The methods by name."""
        return {"updateGroup": self.update, "quitGroup": self.leave, "listGroups": self.list_groups}

    # --- updateGroup

    def update(self, given: JSON) -> Any:
        """`updateGroup`: makes a group, or changes one."""
        params = Params(given, self._account)
        wanted = params.many("groupId")
        if not wanted:
            return self._create(params)
        known = params.own_group(wanted[0])
        if known.dead:
            title, expiration = params.text("name"), params.number("expiration")
            return self._pretend(known, GroupChange(title, expiration=expiration))
        self._account.refresh(known.state.group_id)
        steps = _steps(params, params.text("name"), known.state, self._knows)
        if not steps:
            known.strangers.clear()
            self._account.profile_keys |= set(known.state.members)
            return {}
        return self._take_steps(known, steps)

    def _create(self, params: Params) -> JSON:
        people = params.people("member")
        if not self._account.server.is_reachable:
            self._make_dead(params.text("name") or "", people)
            raise no_connection()
        joining = {self._account.address.aci: ADMINISTRATOR}
        joining |= {aci: DEFAULT for aci in people if self._knows(aci)}
        invited = [aci for aci in people if not self._knows(aci)]
        state = self._groups.create(params.text("name") or "", joining, invited)
        known = self._account.learn(state, own_doing=True)
        timestamp, results = self._announce(known)
        rest = _steps(params, None, state, self._knows)
        if rest:
            told = self._take_steps(known, rest)
            timestamp, results = told["timestamp"], results + told["results"]
        return {"groupId": state.group_id, "timestamp": timestamp, "results": results}

    def _make_dead(self, title: str, people: list[str]) -> None:
        """What signal-cli falls back to when it cannot create a group of today."""
        everybody = dict.fromkeys([self._account.address.aci, *people], DEFAULT)
        count = b"dead group %d" % self._account.stamps.next()
        group_id = base64.b64encode(hashlib.sha256(count).digest()[:_OLD_ID_BYTES]).decode()
        self._account.groups[group_id] = KnownGroup(GroupState(group_id, title, everybody), dead=True)

    def _pretend(self, known: KnownGroup, change: GroupChange) -> JSON:
        """A dead group takes every change, for itself alone."""
        known.state = known.state.after(change, self._account.address.aci)
        content = Content("message", self._account.stamps.next(), "group_update")
        return {"timestamp": content.timestamp, "results": self._sending.to_members(known, content)}

    def _take_steps(self, known: KnownGroup, steps: Sequence[GroupChange]) -> JSON:
        """Each setting is a revision of its own; the results are those of the last one."""
        if not self._account.server.is_reachable:
            raise no_connection()
        timestamp, results = 0, list[JSON]()
        for step in steps:
            try:
                state = self._groups.change(known.state.group_id, self._account.address.aci, step)
            except GroupRefusedError:
                raise group_change_refused() from None
            self._account.learn(state, own_doing=True)
            timestamp, results = self._announce(known)
        return {"timestamp": timestamp, "results": results}

    def _announce(self, known: KnownGroup) -> tuple[int, list[JSON]]:
        """Tell the members; with somebody invited, signal-cli stumbles when the group has long been changed."""
        timestamp = self._account.stamps.next()
        results = self._sending.to_members(known, Content("message", timestamp, "group_update", group_changed=True))
        if known.state.pending:
            raise failed_requirement()
        return timestamp, results

    def _knows(self, aci: str) -> bool:
        return aci in self._account.profile_keys

    # --- quitGroup

    def leave(self, given: JSON) -> Any:
        """`quitGroup`: leaves, and forgets it if wanted."""
        params = Params(given, self._account)
        group_id = (params.many("groupId") or [""])[0]
        try:
            known = params.known_group(group_id)
        except RpcError as error:
            raise user_error(f"Failed to send to group: {error.message}") from None
        self._account.refresh(group_id)
        answer: JSON = {}
        if self._account.is_member(known):
            answer = self._leave(known, params.people("admin"))
        if params.flag("delete"):
            del self._account.groups[group_id]
        return answer

    def _leave(self, known: KnownGroup, new_admins: list[str]) -> JSON:
        own, state = self._account.address.aci, known.state
        if known.dead:
            return self._pretend(known, GroupChange(remove=(own,)))
        if state.admins == [own] and len(state.members) > 1 and not new_admins:
            raise user_error(
                "You need to specify a new admin with --admin: "
                f"User is last admin in group: {state.title} ({state.group_id})"
            )
        if not self._account.server.is_reachable:
            raise no_connection_to_leave()
        change = GroupChange(remove=(own,), promote=tuple(new_admins))
        self._account.learn(self._groups.change(state.group_id, own, change), own_doing=True)
        timestamp = self._account.stamps.next()
        content = Content("message", timestamp, "group_update", group_changed=True)
        return {"timestamp": timestamp, "results": self._sending.to_members(known, content)}

    # --- listGroups

    def list_groups(self, given: JSON) -> Any:
        """`listGroups`: all as remembered, or one as the server has it."""
        params = Params(given, self._account)
        wanted = [checked_group_id(group_id) for group_id in params.many("groupId")]
        for group_id in wanted:
            self._account.refresh(group_id)
        known = self._account.groups
        return [self._listed(group.state) for group in known.values() if not wanted or group.state.group_id in wanted]

    def _listed(self, state: GroupState) -> JSON:
        people = self._account.member
        return {
            "id": state.group_id,
            "name": state.title,
            "description": state.description,
            "isMember": self._account.address.aci in state.members,
            "isBlocked": False,
            "messageExpirationTime": state.expiration,
            "members": [people(aci) for aci in state.members],
            "pendingMembers": [people(aci) for aci in state.pending],
            "requestingMembers": [],
            "admins": [people(aci) for aci in state.admins],
            "banned": [],
            "permissionAddMember": _permission(state.members_access == ADMINISTRATOR),
            "permissionEditDetails": _permission(state.attributes_access == ADMINISTRATOR),
            "permissionSendMessage": _permission(state.announcements_only),
            "groupInviteLink": None,
        }


def _permission(only_admins: bool) -> str:
    return "ONLY_ADMINS" if only_admins else "EVERY_MEMBER"


def _steps(params: Params, title: str | None, state: GroupState, knows: Callable[[str], bool]) -> list[GroupChange]:
    """The revisions that a call asks for, in signal-cli's order."""
    there = {*state.members, *state.pending}
    new = [aci for aci in params.people("member") if aci not in there]
    gone = [aci for aci in params.people("removeMember") if aci in there]
    promoted = [aci for aci in params.people("admin") if aci in state.members and aci not in state.admins]
    steps = [
        GroupChange(title=title, description=params.text("description")),
        GroupChange(add=tuple(aci for aci in new if knows(aci)), invite=tuple(aci for aci in new if not knows(aci))),
        GroupChange(remove=tuple(gone)),
        GroupChange(promote=tuple(promoted)),
        GroupChange(members_access=_access(params, "setPermissionAddMember")),
        GroupChange(attributes_access=_access(params, "setPermissionEditDetails")),
        GroupChange(expiration=params.number("expiration")),
        GroupChange(announcements_only=_only_admins(params, "setPermissionSendMessages")),
    ]
    return [step for step in steps if step != GroupChange()]


def _access(params: Params, name: str) -> str | None:
    value = params.text(name)
    return None if value is None else _ACCESS[value]


def _only_admins(params: Params, name: str) -> bool | None:
    value = params.text(name)
    return None if value is None else value == "only-admins"
