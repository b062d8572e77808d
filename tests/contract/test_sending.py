"""What signal-cli answers when the bot acts, and what the people's phones show."""

import base64

import pytest

from tests.contract.steps import bot_message, make_group, says_hello, send, success, types

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHECK = "\N{WHITE HEAVY CHECK MARK}"


async def test_a_direct_message_is_answered_with_one_result(rpc, ana):
    await says_hello(rpc, ana)
    sent = await send(rpc, ana, "You are heard.")
    assert sent == {
        "timestamp": sent["timestamp"],
        "results": [
            {
                "recipientAddress": {"uuid": ana.aci, "number": None, "username": None},
                "type": "SUCCESS",
            }
        ],
    }
    message = await ana.next_message()
    assert (message.body, message.timestamp, message.sender) == ("You are heard.", sent["timestamp"], "bot")
    assert message.group_id is None


async def test_the_bot_can_write_first(rpc, ana):
    sent = await send(rpc, ana, "Hello.")
    assert types(sent["results"]) == success(ana)
    await bot_message(ana, "Hello.")


async def test_one_call_can_reach_several_people(rpc, ana, bo):
    await says_hello(rpc, ana, bo)
    sent = await rpc.call("send", recipient=[ana.aci, bo.aci], message="to both")
    assert types(sent["results"]) == success(ana, bo)
    for person in (ana, bo):
        assert (await bot_message(person, "to both")).timestamp == sent["timestamp"]


async def test_a_group_message_is_answered_with_a_result_for_each_member_but_the_bot(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    sent = await rpc.call("send", groupId=group, message="Timer until 22:00")
    assert types(sent["results"]) == success(ana, bo)
    assert [result["groupId"] for result in sent["results"]] == [group, group]
    for person in (ana, bo):
        message = await person.next_message(group=group)
        assert (message.body, message.timestamp) == ("Timer until 22:00", sent["timestamp"])


async def test_timestamps_of_messages_grow(rpc, ana):
    stamps = [(await send(rpc, ana, text))["timestamp"] for text in ("one", "two", "three")]
    assert stamps == sorted(set(stamps))


async def test_awaited_messages_arrive_in_order(rpc, ana):
    for text in ("one", "two", "three"):
        await send(rpc, ana, text)
    assert [(await ana.next_message()).body for _ in range(3)] == ["one", "two", "three"]


async def test_the_bot_reacts_to_a_direct_message(rpc, ana):
    sent_at = await ana.send("noted?")
    await rpc.next_text("noted?")
    done = await rpc.call(
        "sendReaction", recipient=[ana.aci], emoji=CHECK, targetAuthor=ana.aci, targetTimestamp=sent_at
    )
    assert types(done["results"]) == success(ana)
    reaction = await ana.expect(lambda e: e.kind == "reaction")
    assert reaction.data["reaction"] == {
        "emoji": CHECK,
        "remove": False,
        "author": ana.aci,
        "timestamp": sent_at,
    }


async def test_the_bot_reacts_in_a_group(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    sent_at = await ana.send("noted?", group=group)
    await rpc.next_text("noted?")
    done = await rpc.call("sendReaction", groupId=group, emoji=CHECK, targetAuthor=ana.aci, targetTimestamp=sent_at)
    assert types(done["results"]) == success(ana, bo)
    for person in (ana, bo):
        reaction = await person.expect(lambda e: e.kind == "reaction")
        assert reaction.group_id == group
        assert reaction.data["reaction"]["timestamp"] == sent_at


async def test_the_bot_deletes_its_message_for_everyone(rpc, ana):
    sent = await send(rpc, ana, "not for long")
    done = await rpc.call("remoteDelete", recipient=[ana.aci], targetTimestamp=sent["timestamp"])
    assert types(done["results"]) == success(ana)
    deletion = await ana.expect(lambda e: e.kind == "delete")
    assert deletion.data["target_timestamp"] == sent["timestamp"]


async def test_the_bot_deletes_its_group_message_for_everyone(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    sent = await rpc.call("send", groupId=group, message="not for long")
    done = await rpc.call("remoteDelete", groupId=group, targetTimestamp=sent["timestamp"])
    assert types(done["results"]) == success(ana, bo)
    for person in (ana, bo):
        deletion = await person.expect(lambda e: e.kind == "delete")
        assert deletion.data["target_timestamp"] == sent["timestamp"]


async def test_the_bot_confirms_that_it_has_read(rpc, ana):
    sent_at = await ana.send("read me")
    await rpc.next_text("read me")
    done = await rpc.call("sendReceipt", recipient=ana.aci, targetTimestamp=[sent_at], type="read")
    assert types(done["results"]) == success(ana)
    assert (await ana.next_receipt("read")).data["timestamps"] == [sent_at]


async def test_the_bot_quotes_what_it_answers(rpc, ana):
    sent_at = await ana.send("/start 2h")
    await rpc.next_text("/start 2h")
    await rpc.call(
        "send",
        recipient=[ana.aci],
        message="Until 22:00.",
        quoteTimestamp=sent_at,
        quoteAuthor=ana.aci,
        quoteMessage="/start 2h",
    )
    answer = await bot_message(ana, "Until 22:00.")
    assert answer.data["quote"] == {"timestamp": sent_at, "author": ana.aci, "text": "/start 2h"}


async def test_a_message_of_two_thousand_characters_arrives_whole(rpc, ana):
    await send(rpc, ana, "x" * 2000)
    message = await ana.next_message()
    assert message.body == "x" * 2000
    assert "attachments" not in message.data


async def test_the_rest_of_a_longer_message_is_an_attachment(rpc, ana):
    await send(rpc, ana, "x" * 2001)
    message = await ana.next_message()
    assert message.body == "x" * 2000
    (attachment,) = message.data["attachments"]
    assert attachment["content_type"] == "text/x-signal-plain"
    assert base64.b64decode(attachment["data"]) == b"x" * 2001


async def test_the_bot_sends_a_file(rpc, ana, tmp_path):
    await says_hello(rpc, ana)
    file = tmp_path / "export.txt"
    file.write_bytes(b"my data")
    await rpc.call("send", recipient=[ana.aci], message="Your data", attachment=[str(file)])
    (attachment,) = (await bot_message(ana, "Your data")).data["attachments"]
    assert attachment["filename"] == "export.txt"
    assert base64.b64decode(attachment["data"]) == b"my data"


async def test_the_timer_of_a_chat_is_set_although_the_answer_is_an_error(rpc, ana):
    await says_hello(rpc, ana)
    error = await rpc.refused("updateContact", recipient=ana.aci, expiration=3600)
    assert error.code == -1
    assert error.message == "This command doesn't work on linked devices."
    changed = await ana.expect(lambda e: e.kind == "expiration")
    assert changed.data["expire_timer"] == 3600
    (contact,) = await rpc.call("listContacts", recipient=[ana.aci])
    assert contact["messageExpirationTime"] == 3600
    await send(rpc, ana, "gone in an hour")
    assert (await bot_message(ana, "gone in an hour")).data["expire_timer"] == 3600
