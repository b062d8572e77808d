"""What the owner of a phone sees."""

import asyncio

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_chats import Chat
from bot.practice.stand_in_phone import StandInPhone
from tests.lab.rpc import RpcClient


def texts(chat: Chat) -> list[tuple[str, str]]:
    return [(message.sender, message.text) for message in chat.messages]


async def turn() -> None:
    """Let everything arrive."""
    await asyncio.sleep(0.1)


async def test_a_direct_chat_shows_both_sides_in_order(rpc: RpcClient, ana: StandInPhone):
    await ana.send("/start 2h")
    await rpc.call("send", recipient=ana.aci, message="Until 22:00.")
    await turn()
    (chat,) = ana.chats()
    assert (chat.group_id, chat.title) == (None, "Bot")
    assert texts(chat) == [("Ana", "/start 2h"), ("bot", "Until 22:00.")]
    assert [message.is_own for message in chat.messages] == [True, False]


async def test_the_bots_profile_name_is_the_title(rpc: RpcClient, ana: StandInPhone):
    await rpc.call("updateProfile", givenName="Buddy")
    assert ana.chats()[0].title == "Buddy"


async def test_own_messages_show_how_far_they_got(rpc: RpcClient, ana: StandInPhone):
    sent = await ana.send("/start 2h")
    assert ana.chats()[0].messages[0].status == "sent"
    await turn()
    assert ana.chats()[0].messages[0].status == "delivered"
    await rpc.call("sendReceipt", recipient=ana.aci, targetTimestamp=[sent], type="read")
    await turn()
    assert ana.chats()[0].messages[0].status == "read"


async def test_a_group_shows_who_wrote_what_and_who_is_in_it(rpc: RpcClient, ana: StandInPhone, bo: StandInPhone):
    for phone in (ana, bo):
        await phone.send("hello")
    await turn()
    group = (await rpc.call("updateGroup", name="Ana and Bo", member=[ana.aci, bo.aci]))["groupId"]
    await rpc.call("send", groupId=group, message="Timer until 22:00.")
    await turn()
    await ana.send("on my way", group=group)
    await turn()
    chat = next(chat for chat in bo.chats() if chat.group_id == group)
    assert (chat.title, set(chat.members), chat.is_member) == ("Ana and Bo", {"bot", "Ana", "Bo"}, True)
    assert texts(chat) == [("bot", "Timer until 22:00."), ("Ana", "on my way")]
    await bo.leave_group(group)
    assert not next(chat for chat in bo.chats() if chat.group_id == group).is_member
    await turn()
    assert next(chat for chat in ana.chats() if chat.group_id == group).members == ("bot", "Ana")


async def test_reactions_come_and_go(rpc: RpcClient, ana: StandInPhone, bo: StandInPhone):
    sent = await ana.send("/sos")
    await turn()
    reaction = {"recipient": ana.aci, "targetAuthor": ana.aci, "targetTimestamp": sent}
    await rpc.call("sendReaction", emoji="👍", **reaction)
    await turn()
    assert ana.chats()[0].messages[0].reactions == {"bot": "👍"}
    await rpc.call("sendReaction", emoji="👍", remove=True, **reaction)
    await turn()
    assert ana.chats()[0].messages[0].reactions == {}


async def test_an_own_reaction_shows_at_the_bots_message(rpc: RpcClient, ana: StandInPhone):
    await rpc.call("send", recipient=ana.aci, message="Seen?")
    await ana.react("👍", await ana.next_message())
    assert ana.chats()[0].messages[0].reactions == {"Ana": "👍"}


async def test_edits_replace_and_deletions_remove(rpc: RpcClient, ana: StandInPhone):
    sent = await ana.send("/start 2h")
    edited = await ana.edit(sent, "/start 3h")
    await ana.edit(edited, "/start 4h")
    (message,) = ana.chats()[0].messages
    assert (message.text, message.edited) == ("/start 4h", True)
    told = await rpc.call("send", recipient=ana.aci, message="Until 23:00.")
    await turn()
    await rpc.call("remoteDelete", recipient=ana.aci, targetTimestamp=told["timestamp"])
    await ana.delete(sent)
    await turn()
    assert ana.chats()[0].messages == ()


async def test_messages_disappear_when_their_time_has_come(rpc: RpcClient, ana: StandInPhone):
    await ana.send("stays")
    await ana.set_expiration(60)
    await ana.send("goes")
    await rpc.next_text("goes")
    await rpc.call("send", recipient=ana.aci, message="goes too")
    await turn()
    assert (ana.chats()[0].timer, len(ana.chats()[0].messages)) == (60, 3)
    await asyncio.sleep(61)
    assert texts(ana.chats()[0]) == [("Ana", "stays")]


async def test_the_bot_sets_the_timer_of_a_chat_although_it_answers_with_an_error(rpc: RpcClient, ana: StandInPhone):
    await ana.send("hello")
    await turn()
    assert (await rpc.refused("updateContact", recipient=ana.aci, expiration=14400)).code == -1
    await turn()
    assert ana.chats()[0].timer == 14400
    await ana.send("next")
    assert (await rpc.next_text("next"))["dataMessage"]["expiresInSeconds"] == 14400


async def test_a_long_message_is_shown_whole(rpc: RpcClient, ana: StandInPhone):
    text = "é" * 3000
    await rpc.call("send", recipient=ana.aci, message=text)
    event = await ana.next_message()
    assert len((event.body or "").encode()) == 2000
    assert ana.chats()[0].messages[0].text == text


async def test_typing_shows_until_the_message_comes(rpc: RpcClient, ana: StandInPhone):
    await rpc.call("sendTyping", recipient=ana.aci)
    await turn()
    assert ana.chats()[0].typing == ("bot",)
    await rpc.call("send", recipient=ana.aci, message="done")
    await turn()
    assert ana.chats()[0].typing == ()


async def test_a_phone_that_is_off_sees_everything_when_it_is_on_again(rpc: RpcClient, ana: StandInPhone):
    await ana.go_offline()
    await rpc.call("send", recipient=ana.aci, message="are you there?")
    await turn()
    assert (ana.history, ana.chats()[0].messages) == ([], ())
    assert await ana.go_online() == 1
    await turn()
    assert texts(ana.chats()[0]) == [("bot", "are you there?")]


async def test_a_new_installation_remembers_nothing(ana: StandInPhone):
    await ana.send("hello")
    await ana.reinstall()
    assert ana.chats()[0].messages == ()


async def test_whoever_watches_is_told_of_every_change(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    changes: list[None] = []
    world.watch(lambda: changes.append(None))
    await ana.send("hello")
    assert len(changes) == 1
    await rpc.call("send", recipient=ana.aci, message="hello Ana")
    await turn()
    assert len(changes) >= 2
