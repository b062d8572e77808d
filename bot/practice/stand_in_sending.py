"""How the stand-in's signal-cli sends: to people, and to groups with all their oddities."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.practice.stand_in_account import Account, KnownGroup
from bot.practice.stand_in_content import JSON, Content
from bot.practice.stand_in_errors import (
    IDENTITY_FAILURE,
    NETWORK_FAILURE,
    RATE_LIMIT_FAILURE,
    SUCCESS,
    UNREGISTERED_FAILURE,
    failed_requirement,
    group_send_refused,
    key_sharing_refused,
    no_connection,
)
from bot.practice.stand_in_faults import ServerFault
from bot.practice.stand_in_server import token

_ENOUGH_FOR_SHARED_KEY = 2
_RATE_LIMITS = (413, 428, 429)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a call names: an account id, or a number that nobody is known by."""

    aci: str | None
    number: str | None


class Sending:
    """Sends content on behalf of the account. Each result is an entry of `results`."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._server = account.server

    def to_person(self, recipient: Recipient, content: Content) -> JSON:
        """To one person, in the direct chat and under its timer."""
        if recipient.aci is None:
            failed = NETWORK_FAILURE if not self._server.is_reachable else UNREGISTERED_FAILURE
            return self._result(recipient, {"type": failed})
        if recipient.aci == self._account.address.aci:
            self._tell_own_phone(recipient.aci, content)
            return self._result(recipient, {"type": SUCCESS})
        timed = self._timed(recipient.aci, content)
        verdict = self._reach(recipient.aci, timed)
        if verdict["type"] == SUCCESS:
            self._tell_own_phone(recipient.aci, timed)
        return self._result(recipient, verdict)

    def to_group(self, known: KnownGroup, content: Content) -> list[JSON]:
        """To the other members, with the group's id on each result. Raises RpcError."""
        results = self.to_members(known, content)
        return [{**result, "groupId": known.state.group_id} for result in results]

    def to_members(self, known: KnownGroup, content: Content) -> list[JSON]:
        """To the other members. Raises RpcError.

        Where two or more can share a key, they get it first, one by one, and then the message in one
        request. If the key does not reach all of them, everybody is written to one by one instead.
        """
        members = self._account.others(known)
        if known.dead:
            return [self._result(Recipient(aci, None), {"type": SUCCESS}) for aci in members]
        if not self._server.is_reachable:
            raise no_connection()
        content = _in_group(known, content)
        self._tell_own_phone("", content)
        verdicts = self._with_shared_key(known, members, content)
        for aci in members:
            if aci not in verdicts:
                verdicts[aci] = self._one_by_one(known, aci, content)
        return [self._result(Recipient(aci, None), verdict) for aci, verdict in verdicts.items()]

    def _with_shared_key(self, known: KnownGroup, members: list[str], content: Content) -> dict[str, JSON]:
        """Who got the message by a shared key."""
        keyed = [aci for aci in members if aci not in self._account.missing | known.strangers]
        if len(keyed) < _ENOUGH_FOR_SHARED_KEY or not self._share_key(keyed):
            return {}
        fault = self._server.refusal("multi_recipient")
        if fault is not None:
            raise group_send_refused(fault.status)
        self._deliver(keyed, content)
        return {aci: {"type": SUCCESS} for aci in keyed}

    def _share_key(self, people: list[str]) -> bool:
        verdicts = []
        for aci in people:
            fault = self._server.refusal(aci)
            if fault is not None and fault.status not in _RATE_LIMITS:
                raise key_sharing_refused(fault.status)
            verdicts.append(self._judge(aci, fault))
        return all(verdict["type"] == SUCCESS for verdict in verdicts)

    def _one_by_one(self, known: KnownGroup, aci: str, content: Content) -> JSON:
        if aci in known.strangers:
            raise failed_requirement()
        return self._reach(aci, content)

    def _reach(self, aci: str, content: Content) -> JSON:
        verdict = self._ask(aci)
        if verdict["type"] == SUCCESS:
            self._deliver([aci], content)
        return verdict

    def _ask(self, aci: str) -> JSON:
        """What the server would say to a message for this person."""
        if not self._server.is_reachable:
            return {"type": NETWORK_FAILURE}
        return self._judge(aci, self._server.refusal(aci))

    def _judge(self, aci: str, fault: ServerFault | None) -> JSON:
        if fault is not None:
            return _refused(fault)
        phone = self._server.phone(aci)
        if phone is None or not phone.registered:
            self._account.missing.add(aci)
            return {"type": UNREGISTERED_FAILURE}
        if not self._account.trusts(aci, phone.installation):
            return {"type": IDENTITY_FAILURE}
        return {"type": SUCCESS}

    def _deliver(self, people: Iterable[str], content: Content) -> None:
        for aci in people:
            self._server.deliver(aci, self._account.address, content)

    def _timed(self, aci: str, content: Content) -> Content:
        if content.event != "message":
            return content
        timer = self._account.timer(aci)
        return replace(content, expire_timer=timer.seconds, timer_version=timer.version)

    def _tell_own_phone(self, to: str, content: Content) -> None:
        """The account's own phone learns what its linked device has sent."""
        if content.event == "message" and self._server.is_reachable:
            synced = replace(content, event="sync_sent", to=to, sealed=False)
            self._server.deliver(self._account.address.aci, self._account.address, synced)

    def _result(self, recipient: Recipient, verdict: JSON) -> JSON:
        number = recipient.number if recipient.aci is None else self._account.number_of(recipient.aci)
        address = {"uuid": recipient.aci, "number": number, "username": None}
        return {"recipientAddress": address, **verdict}


def _in_group(known: KnownGroup, content: Content) -> Content:
    state = known.state
    timer = state.expiration if content.is_message else 0
    return replace(content, group_id=state.group_id, revision=state.revision, expire_timer=timer)


def _refused(fault: ServerFault) -> JSON:
    if fault.status not in _RATE_LIMITS:
        return {"type": NETWORK_FAILURE}
    if fault.status != 428:
        return {"type": RATE_LIMIT_FAILURE}
    retry_after = int(fault.headers.get("Retry-After", 0))
    return {"type": RATE_LIMIT_FAILURE, "token": token(fault), "retryAfterSeconds": retry_after}
