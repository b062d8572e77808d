"""A signal-cli client that answers as told, and parcels to give it."""

import io
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.delivery import Contents, Delivery
from bot.domain.outgoing import Action, Fact, Priority, Purpose, Recipient, ToGroup, ToPerson
from bot.group_care import GroupCare
from bot.group_making import GroupMaking
from bot.log import Log
from bot.operator_channel import NoChannel, OperatorChannel
from bot.parcels import Parcel
from bot.texts.rendering import Reader
from bot.transport.accounts import GroupFacts
from bot.transport.calls import Chat, Quote, SignalCalls
from bot.transport.errors import Answer, SignalError
from bot.transport.outcomes import Failure, FailureKind, SendOutcome
from bot.transport.requests import FileToSend
from storage.outbox import OutboxRow, OutboxState
from storage.unit_of_work import Store

ANA, BO, BOT = "ana-account", "bo-account", "bot-account"
NOW = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)


def delivery_by(
    calls: SignalCalls, store: Store, operator: OperatorChannel | None = None, contents: Contents | None = None
) -> Delivery:
    """A delivery that asks these calls."""
    clock = SystemClock()
    care = GroupCare(calls, store, clock, Log(clock, io.StringIO()))
    return Delivery(
        calls, GroupMaking(calls, store), care, operator or NoChannel(), lambda _: None, contents or contents_of(store)
    )


class FakeCalls(SignalCalls):
    """`outcomes`: what sends bring, the last one for ever. `calls`: what was asked, in order.
    `once_changed`: the groups as they are when one is changed, whatever is answered."""

    def __init__(self, *outcomes: SendOutcome) -> None:
        super().__init__(self._never, None)
        self.outcomes = list(outcomes) or [SendOutcome(sent_ms=1, reached=frozenset({ANA}))]
        self.calls: list[tuple[Any, ...]] = []
        self.known_groups: list[GroupFacts] = []
        self.errors: dict[str, list[SignalError]] = {}
        self.once_changed: list[GroupFacts] | None = None

    async def _never(self, method: str, params: dict[str, object], timeout: float | None = None) -> Answer:
        raise AssertionError(f"{method} was not expected")

    def _outcome(self) -> SendOutcome:
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]

    def _note(self, *call: Any) -> None:
        self.calls.append(call)
        if self.errors.get(call[0]):
            raise self.errors[call[0]].pop(0)

    async def send_to_person(self, aci: str, text: str, quote: Quote | None = None) -> SendOutcome:
        self._note("send", aci)
        return self._outcome()

    async def send_file(self, aci: str, text: str, file: FileToSend) -> SendOutcome:
        self._note("file", aci, text, file.name, file.content_type, file.contents)
        return self._outcome()

    async def send_to_group(
        self, signal_group_id: str, text: str, expected: Collection[str] = (), quote: Quote | None = None
    ) -> SendOutcome:
        self._note("send", signal_group_id, *expected)
        return self._outcome()

    async def delete_for_everyone(self, chat: Chat, sent_ms: int) -> SendOutcome:
        self._note("delete", sent_ms)
        return self._outcome()

    async def create_group(self, name: str, member_acis: Collection[str]) -> str:
        made = f"group-{len(self.known_groups)}"
        self.known_groups.append(group(made, *member_acis))
        self._note("create", *member_acis)
        return made

    async def change_group(self, signal_group_id: str, **changes: Any) -> None:
        self.known_groups = self.once_changed or self.known_groups
        self._note("change", signal_group_id, *changes)

    async def repair_group(self, signal_group_id: str) -> None:
        self._note("repair", signal_group_id)

    async def groups(self) -> tuple[GroupFacts, ...]:
        self._note("groups")
        return tuple(self.known_groups)

    async def group(self, signal_group_id: str) -> GroupFacts:
        self._note("group", signal_group_id)
        return next(known for known in self.known_groups if known.id == signal_group_id)

    async def quit_group(self, signal_group_id: str) -> None:
        self._note("quit", signal_group_id)

    async def set_expiration(self, aci: str, seconds: int) -> None:
        self._note("expiration", aci, seconds)

    async def probe(self, timeout: float = 10.0) -> None:
        self._note("probe")


def contents_of(store: Store) -> Contents:
    """Finds files as the bot does."""
    return lambda entry_id: store.run(lambda records: records.details.content(entry_id))


def group(signal_id: str, *members: str, is_member: bool = True, **changes: Any) -> GroupFacts:
    """A group as signal-cli lists it: these people and the bot, its only admin."""
    given: dict[str, Any] = {
        "name": "Ana + Bo",
        "members": frozenset({*members, BOT}),
        "pending": frozenset(),
        "admins": frozenset({BOT}),
        "expiration": 0,
        "only_admins": False,
        "has_link": False,
    }
    return GroupFacts(id=signal_id, is_member=is_member, **given | changes)


def failure(kind: FailureKind, retry_after: float | None = None) -> SendOutcome:
    """Ana was not reached, for this reason."""
    network_down = kind is FailureKind.NETWORK
    return SendOutcome(sent_ms=1, failures={ANA: Failure(kind, retry_after)}, network_down=network_down)


def parcel(
    to: Recipient | None = None,
    *,
    purpose: Purpose = Purpose.REPLY,
    priority: Priority = Priority.REPLY,
    action: Action = Action.TEXT,
    attempts: int = 0,
    text: str = "safe.closed",
    facts: Mapping[str, Fact] | None = None,
    **parcel_fields: Any,
) -> Parcel:
    """A parcel to Ana, or to a group of Ana and Bo."""
    to = to or ToPerson("ana")
    row = OutboxRow(
        id="1" * 32,
        to=to,
        priority=priority,
        purpose=purpose,
        action=action,
        text=text,
        facts=facts or {},
        check_in_id=None,
        state=OutboxState.WAITING,
        attempts=attempts,
        created_at=NOW,
        first_attempt_at=NOW,
        sent_ms=None,
        delivered_at=None,
        confirmed_at=None,
        read_at=None,
        failure=None,
    )
    in_group = {"signal_group": "group-0", "members": (ANA, BO), "titles": ("Ana + Bo", "Bo + Ana")}
    given = in_group if isinstance(to, ToGroup) else {"account": ANA}
    return Parcel(row, Reader(ZoneInfo("UTC"), "en", NOW), **given | parcel_fields)
