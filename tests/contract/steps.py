"""What happens again and again in the suite."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from tests.contract.world import Happening, Person, World
from tests.lab.rpc import JSON, RpcClient, RpcError

_numbers = itertools.count(1)


async def somebody(world: World, name: str, *, hide_number: bool = True) -> Person:
    """A person nobody has met before; the name is made unique."""
    return await world.add_phone(f"{name}{next(_numbers)}", hide_number=hide_number)


async def says_hello(rpc: RpcClient, *people: Person) -> None:
    """Each writes to the bot and is answered: from then on it can put them into groups as full members.

    Without the answer the next send could be the one that stumbles (`send_patiently`).
    """
    for person in people:
        text = f"hello from {person.name}"
        await person.send(text)
        await rpc.next_text(text)
        answered = await send(rpc, person, "welcome")
        await bot_message(person, "welcome")
        await rpc.next_envelope(lambda e, at=answered["timestamp"]: confirms(e, at))


@asynccontextmanager
async def no_network(world: World, rpc: RpcClient) -> AsyncIterator[None]:
    """Signal cannot be reached; on leaving it can, and is."""
    await world.network("down")
    try:
        yield
    finally:
        await world.network("up")
    await says_hello(rpc, await somebody(world, "dee"))


async def make_group(rpc: RpcClient, *people: Person, name: str = "Timer") -> str:
    """The id of a new group of the bot and these people, who have all said hello."""
    await says_hello(rpc, *people)
    made = await rpc.call("updateGroup", name=name, member=[person.aci for person in people])
    for person in people:
        await person.expect(lambda e: e.kind == "group_update")
    group: str = made["groupId"]
    return group


async def send(rpc: RpcClient, person: Person, text: str) -> JSON:
    """The bot writes to one person."""
    return await send_patiently(rpc, recipient=[person.aci], message=text)


async def send_patiently(rpc: RpcClient, **message: Any) -> JSON:
    """Send, and once more after a NETWORK_FAILURE.

    signal-cli's first send to somebody it has not met (one of a hundred), or whose phone is new (one of ten),
    stumbles over its own fetching of that person's keys. The second does not.
    """
    with suppress(RpcError):
        sent: JSON = await rpc.call("send", **message)
        if "NETWORK_FAILURE" not in types(sent["results"]).values():
            return sent
    again: JSON = await rpc.call("send", **message)
    return again


async def group_as_listed(rpc: RpcClient, group: str) -> JSON:
    """One entry of listGroups."""
    listed: list[JSON] = await rpc.call("listGroups")
    return next(entry for entry in listed if entry["id"] == group)


async def bot_message(person: Person, text: str) -> Happening:
    """The bot's message with this text, on this phone."""
    return await person.expect(lambda e: e.event == "message" and e.body == text)


def confirms(envelope: JSON, sent_at: int) -> bool:
    """Whether this is a receipt for the bot's message with that timestamp."""
    return sent_at in (envelope.get("receiptMessage") or {}).get("timestamps", [])


def types(results: list[JSON]) -> dict[str, str]:
    """Send results as {account id: type}."""
    return {result["recipientAddress"]["uuid"]: result["type"] for result in results}


def success(*people: Person) -> dict[str, str]:
    return dict.fromkeys((person.aci for person in people), "SUCCESS")


def uuids(members: list[JSON]) -> set[str]:
    """The account ids of members as listGroups gives them."""
    return {member["uuid"] for member in members}
