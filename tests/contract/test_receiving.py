"""What arrives at the bot, field by field."""

import pytest

from tests.contract.steps import bot_message, make_group, says_hello, send, somebody
from tests.contract.world import Person, World
from tests.lab.rpc import JSON, RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

THUMB = "\N{THUMBS UP SIGN}"


def content(envelope: JSON) -> JSON:
    """The data message without the fields that every one has."""
    message = dict(envelope["dataMessage"])
    for common in ("timestamp", "expiresInSeconds", "viewOnce"):
        del message[common]
    return message


async def with_field(rpc: RpcClient, field: str) -> JSON:
    return await rpc.next_envelope(lambda e: (e.get("dataMessage") or {}).get(field) is not None)


async def test_a_text_names_its_sender_by_account_id_when_the_number_is_hidden(rpc, ana):
    sent_at = await ana.send("plain")
    envelope = await rpc.next_text("plain")
    assert envelope["source"] == envelope["sourceUuid"] == ana.aci
    assert envelope["sourceNumber"] is None
    assert envelope["sourceName"] == ana.name
    assert envelope["sourceDevice"] == 1
    assert envelope["timestamp"] == sent_at
    assert envelope["serverReceivedTimestamp"] >= sent_at
    assert envelope["serverDeliveredTimestamp"] >= envelope["serverReceivedTimestamp"]
    assert envelope["dataMessage"] == {
        "timestamp": sent_at,
        "message": "plain",
        "expiresInSeconds": 0,
        "viewOnce": False,
    }
    assert set(envelope) == {
        "source",
        "sourceNumber",
        "sourceUuid",
        "sourceName",
        "sourceDevice",
        "timestamp",
        "serverReceivedTimestamp",
        "serverDeliveredTimestamp",
        "dataMessage",
    }


async def test_a_visible_number_is_the_source(world: World, rpc: RpcClient):
    dee = await somebody(world, "dee", hide_number=False)
    await dee.send("my number is no secret")
    envelope = await rpc.next_text("my number is no secret")
    assert envelope["source"] == envelope["sourceNumber"] == dee.number
    assert envelope["sourceUuid"] == dee.aci


async def test_a_notification_names_subscription_and_account(world: World, ana: Person):
    async with RpcClient.connect(world.endpoint()) as client:
        subscription = await client.call("subscribeReceive")
        await ana.send("wrapped")
        while True:
            notification = await client.next_notification()
            envelope = notification["params"]["result"]["envelope"]
            if (envelope.get("dataMessage") or {}).get("message") == "wrapped":
                break
    assert notification["jsonrpc"] == "2.0"
    assert notification["method"] == "receive"
    assert "id" not in notification
    assert notification["params"]["subscription"] == subscription
    assert set(notification["params"]) == {"subscription", "result"}
    assert notification["params"]["result"]["account"] == world.account
    assert isinstance(subscription, int)


async def test_two_subscribers_both_receive(world: World, rpc: RpcClient, ana: Person):
    async with RpcClient.connect(world.endpoint()) as second:
        await second.call("subscribeReceive")
        await ana.send("for both of you")
        await rpc.next_text("for both of you")
        await second.next_text("for both of you")


async def test_nothing_comes_after_unsubscribing(world: World, rpc: RpcClient, ana: Person):
    async with RpcClient.connect(world.endpoint()) as second:
        subscription = await second.call("subscribeReceive")
        await ana.send("before")
        await second.next_text("before")
        assert await second.call("unsubscribeReceive", subscription=subscription) == {}
        await ana.send("after")
        await rpc.next_text("after")
        with pytest.raises(TimeoutError):
            await second.next_text("after", timeout=0.1)


async def test_a_group_message_carries_group_name_and_revision(rpc, ana, bo):
    group = await make_group(rpc, ana, bo, name="Timer of Ana")
    await ana.send("in the group", group=group)
    envelope = await rpc.next_text("in the group")
    assert content(envelope) == {
        "message": "in the group",
        "groupInfo": {"groupId": group, "groupName": "Timer of Ana", "revision": 0, "type": "DELIVER"},
    }
    assert (await bo.next_message(group=group)).body == "in the group"


async def test_a_reaction_names_the_message_it_is_for(world, rpc, ana):
    await says_hello(rpc, ana)
    sent = await send(rpc, ana, "all well?")
    message = await bot_message(ana, "all well?")
    await ana.react(THUMB, message)
    envelope = await with_field(rpc, "reaction")
    assert content(envelope) == {
        "message": None,
        "reaction": {
            "emoji": THUMB,
            "targetAuthor": world.account,
            "targetAuthorNumber": world.account,
            "targetAuthorUuid": world.account_aci,
            "targetSentTimestamp": sent["timestamp"],
            "isRemove": False,
        },
    }


async def test_a_reaction_taken_back_says_so(rpc, ana):
    await says_hello(rpc, ana)
    sent = await send(rpc, ana, "still well?")
    await ana.react(THUMB, sent["timestamp"], remove=True)
    reaction = (await with_field(rpc, "reaction"))["dataMessage"]["reaction"]
    assert reaction["isRemove"] is True
    assert reaction["targetSentTimestamp"] == sent["timestamp"]


async def test_a_reaction_in_a_group_carries_the_group(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    sent = await rpc.call("send", groupId=group, message="a thumb, please")
    await bo.react(THUMB, sent["timestamp"], group=group)
    envelope = await with_field(rpc, "reaction")
    assert envelope["sourceUuid"] == bo.aci
    assert envelope["dataMessage"]["groupInfo"]["groupId"] == group
    assert envelope["dataMessage"]["groupInfo"]["type"] == "DELIVER"
    assert envelope["dataMessage"]["reaction"]["targetSentTimestamp"] == sent["timestamp"]


async def test_an_edit_points_at_the_first_version(rpc, ana):
    first = await ana.send("/start 2g")
    second = await ana.edit(first, "/start 2h")
    envelope = await rpc.next_envelope(lambda e: "editMessage" in e)
    assert "dataMessage" not in envelope
    assert envelope["timestamp"] == second
    assert envelope["editMessage"] == {
        "targetSentTimestamp": first,
        "dataMessage": {
            "timestamp": second,
            "message": "/start 2h",
            "expiresInSeconds": 0,
            "viewOnce": False,
        },
    }


async def test_a_deletion_points_at_the_deleted(rpc, ana):
    sent_at = await ana.send("a slip")
    await ana.delete(sent_at)
    envelope = await with_field(rpc, "remoteDelete")
    assert content(envelope) == {"message": None, "remoteDelete": {"timestamp": sent_at}}


async def test_a_quote_carries_the_quoted(world, rpc, ana):
    await says_hello(rpc, ana)
    await send(rpc, ana, "how long?")
    question = await bot_message(ana, "how long?")
    await ana.send("two hours", quote=question)
    envelope = await rpc.next_text("two hours")
    assert content(envelope) == {
        "message": "two hours",
        "quote": {
            "id": question.timestamp,
            "author": world.account,
            "authorNumber": world.account,
            "authorUuid": world.account_aci,
            "text": "how long?",
            "attachments": [],
        },
    }


async def test_an_attachment_says_type_name_and_size(rpc, ana):
    await ana.send(attachments=[("note.txt", "text/plain", b"12345678")])
    envelope = await with_field(rpc, "attachments")
    message = content(envelope)
    assert message["message"] is None
    (attachment,) = message["attachments"]
    assert attachment.pop("id").endswith(".txt")
    assert attachment == {
        "contentType": "text/plain",
        "filename": "note.txt",
        "size": 8,
        "width": None,
        "height": None,
        "caption": None,
        "uploadTimestamp": None,
    }


async def test_a_message_in_a_chat_with_a_timer_says_its_seconds(rpc, ana):
    await ana.send("gone in an hour", expire_timer=3600)
    envelope = await rpc.next_text("gone in an hour")
    assert envelope["dataMessage"]["expiresInSeconds"] == 3600


async def test_a_changed_timer_is_an_empty_message(rpc, ana):
    await ana.set_expiration(7200)
    envelope = await rpc.next_envelope(lambda e: e["sourceUuid"] == ana.aci and "dataMessage" in e)
    assert envelope["dataMessage"]["expiresInSeconds"] == 7200
    assert content(envelope) == {"message": None}


async def test_typing_starts_and_stops(rpc, ana):
    await says_hello(rpc, ana)  # typing is not kept for a signal-cli that is still connecting
    started = await ana.typing()
    envelope = await rpc.next_envelope(lambda e: "typingMessage" in e)
    assert "dataMessage" not in envelope
    assert envelope["typingMessage"] == {"action": "STARTED", "timestamp": started}
    await ana.typing(started=False)
    envelope = await rpc.next_envelope(lambda e: "typingMessage" in e)
    assert envelope["typingMessage"]["action"] == "STOPPED"


async def test_typing_in_a_group_names_the_group(rpc, ana):
    group = await make_group(rpc, ana)
    await ana.typing(group=group)
    envelope = await rpc.next_envelope(lambda e: "typingMessage" in e)
    assert envelope["typingMessage"]["groupId"] == group
