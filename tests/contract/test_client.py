"""The bot's own client, over both worlds: what it reads and what it says became of a send."""

import asyncio

import pytest

from bot.profile import PICTURE
from bot.transport.calls import ToPerson
from bot.transport.errors import Refusal, SignalRefused
from bot.transport.incoming import (
    Edit,
    LifetimeChanged,
    PersonMessage,
    ReactionGiven,
    Receipt,
    ReceiptKind,
)
from bot.transport.outcomes import FailureKind
from tests.contract.client_steps import CHECK, PATIENCE_SECONDS, THUMB, group_of, says_hello
from tests.contract.steps import bot_message, somebody

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_bot_finds_its_own_account(world, client):
    own = await client.own_identity()
    assert (own.number, own.aci) == (world.account, world.account_aci)


async def test_text_reaction_and_edit_are_read(client, inbox, ana):
    sent = await ana.send("/start 2h")
    text = await inbox.next(PersonMessage)
    assert (text.sender_aci, text.sent_ms, text.text, text.group_id) == (ana.aci, sent, "/start 2h", None)
    await ana.edit(sent, "/start 3h")
    edit = await inbox.next(Edit)
    assert (edit.target_sent_ms, edit.text) == (sent, "/start 3h")


async def test_reaction_names_the_bots_message(world, client, inbox, ana):
    await says_hello(client, inbox, ana)
    outcome = await client.send_to_person(ana.aci, "seen?")
    assert (outcome.reached, outcome.complete) == ({ana.aci}, True)
    await ana.react(THUMB, await bot_message(ana, "seen?"))
    reaction = await inbox.next(ReactionGiven)
    assert (reaction.target_author_aci, reaction.target_sent_ms) == (world.account_aci, outcome.sent_ms)


async def test_delivery_receipt_of_the_phone_names_the_message(client, inbox, ana):
    await says_hello(client, inbox, ana)
    outcome = await client.send_to_person(ana.aci, "arrived?")
    receipt = await inbox.next(Receipt, lambda came: outcome.sent_ms in came.sent_ms)
    assert (receipt.sender_aci, receipt.sender_device, receipt.kind) == (ana.aci, 1, ReceiptKind.DELIVERY)


async def test_a_phone_that_was_off_confirms_what_waited_and_nothing_before(client, inbox, ana):
    await says_hello(client, inbox, ana)
    await ana.go_offline()
    sent = [(await client.send_to_person(ana.aci, text)).sent_ms for text in ("one", "two", "three")]
    assert not any(set(sent) & set(came.sent_ms) for came in inbox.came if isinstance(came, Receipt))
    assert await ana.go_online() >= len(sent)
    for sent_ms in sent:
        receipt = await inbox.next(Receipt, lambda came, at=sent_ms: at in came.sent_ms)
        assert (receipt.sender_aci, receipt.sender_device, receipt.kind) == (ana.aci, 1, ReceiptKind.DELIVERY)
    assert [happening.body for happening in ana.history if happening.kind == "text"][-3:] == ["one", "two", "three"]


async def test_reading_is_told_apart_from_delivery(client, inbox, ana):
    await says_hello(client, inbox, ana)
    await ana.set_receipts(read=True)
    outcome = await client.send_to_person(ana.aci, "seen?")
    for kind in (ReceiptKind.DELIVERY, ReceiptKind.READ):
        receipt = await inbox.next(
            Receipt, lambda came, kind=kind: outcome.sent_ms in came.sent_ms and came.kind is kind
        )
        assert (receipt.sender_aci, receipt.sender_device) == (ana.aci, 1)


async def test_unregistered_person_fails_for_good(client, inbox, ana):
    await says_hello(client, inbox, ana)
    await ana.unregister()
    outcome = await client.send_to_person(ana.aci, "anyone?")
    assert outcome.failures[ana.aci].kind is FailureKind.UNREGISTERED
    assert outcome.reached == frozenset()
    assert not any((outcome.unknown, outcome.network_down, outcome.unavailable))


@pytest.mark.parametrize(
    ("status", "kind", "retry_after"), [(429, FailureKind.RATE_LIMIT, None), (428, FailureKind.CAPTCHA, 7.0)]
)
async def test_limits_and_captchas_are_told_apart(world, client, inbox, ana, status, kind, retry_after):
    await says_hello(client, inbox, ana)
    await world.rate_limit(ana.name, status, retry_after=7)
    outcome = await client.send_to_person(ana.aci, "too much?")
    assert outcome.failures[ana.aci].kind is kind
    assert outcome.captcha == (kind is FailureKind.CAPTCHA)
    assert outcome.retry_after == retry_after
    assert outcome.reached == frozenset()
    assert not any((outcome.unknown, outcome.network_down, outcome.unavailable))
    await world.clear_faults()
    assert (await client.send_to_person(ana.aci, "and now?")).complete
    await bot_message(ana, "and now?")
    assert not any(happening.body == "too much?" for happening in ana.history)


async def test_without_network_the_probe_fails_and_sends_say_why(world, client, inbox, ana, bo):
    group = await group_of(client, inbox, ana, bo)
    await client.probe()
    await world.network("down")
    with pytest.raises(SignalRefused) as caught:
        await client.probe()
    assert caught.value.reason is Refusal.NETWORK
    direct = await client.send_to_person(ana.aci, "lost?")
    assert (direct.network_down, direct.failures[ana.aci].kind) == (True, FailureKind.NETWORK)
    grouped = await client.send_to_group(group, "lost?", [ana.aci, bo.aci])
    assert (grouped.network_down, grouped.unknown) == (True, True)


async def test_alert_is_taken_back_on_the_phones(client, inbox, ana):
    await says_hello(client, inbox, ana)
    outcome = await client.send_to_person(ana.aci, "take back")
    await bot_message(ana, "take back")
    assert (await client.delete_for_everyone(ToPerson(ana.aci), outcome.sent_ms)).complete
    deleted = await ana.expect(lambda happening: happening.kind == "delete")
    assert deleted.data["target_timestamp"] == outcome.sent_ms


async def test_what_was_taken_back_while_a_phone_was_off_comes_before_its_deletion(client, inbox, ana):
    await says_hello(client, inbox, ana)
    await ana.go_offline()
    outcome = await client.send_to_person(ana.aci, "take back")
    assert (await client.delete_for_everyone(ToPerson(ana.aci), outcome.sent_ms)).complete
    await ana.go_online()
    await ana.expect(lambda happening: happening.kind == "delete")
    assert [happening.kind for happening in ana.history if happening.event == "message"][-2:] == ["text", "delete"]


async def test_the_bots_reactions_arrive_on_the_message_of_the_person_who_wrote_it(client, inbox, ana):
    await says_hello(client, inbox, ana)
    sent = await ana.send("/sos")
    for emoji in (THUMB, CHECK):
        assert (await client.react(ToPerson(ana.aci), ana.aci, sent, emoji)).complete
        arrived = await ana.expect(lambda happening: happening.kind == "reaction")
        assert arrived.data["reaction"] == {"emoji": emoji, "remove": False, "author": ana.aci, "timestamp": sent}
        assert arrived.group_id is None


async def test_timer_of_a_direct_chat_is_set_although_a_linked_device_says_no(client, inbox, ana):
    await says_hello(client, inbox, ana)
    await client.set_expiration(ana.aci, 7200)
    await ana.expect(lambda happening: happening.kind == "expiration" and happening.data["expire_timer"] == 7200)


async def test_new_installation_shows_in_the_identities(client, inbox, ana):
    await says_hello(client, inbox, ana)
    [before] = [identity for identity in await client.identities() if identity.aci == ana.aci]
    await ana.reinstall()
    await ana.send("me again")
    await inbox.next(PersonMessage, lambda came: came.text == "me again")
    [after] = await client.identities(ana.aci)
    assert before.fingerprint != after.fingerprint


async def test_killed_signal_cli_is_found_again_and_what_waited_arrives(world, anchor, client, inbox, ana):
    await says_hello(client, inbox, ana)
    await world.kill_signal_cli()
    await ana.send("while you were away")
    await world.start_signal_cli()
    await inbox.next(PersonMessage, lambda came: came.text == "while you were away")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await client.wait_connected()
    assert (await client.send_to_person(ana.aci, "back")).complete
    await anchor.hold(world)


async def test_nobody_is_left_out_when_the_name_is_new(world, client, inbox):
    somebody_new = await somebody(world, "zed")
    await says_hello(client, inbox, somebody_new)
    assert (await client.send_to_person(somebody_new.aci, "welcome")).complete


async def test_who_turns_off_that_messages_disappear_is_heard(client, inbox, ana):
    await ana.set_expiration(0)
    changed = await inbox.next(LifetimeChanged)
    assert (changed.sender_aci, changed.seconds) == (ana.aci, 0)


async def test_an_ordinary_message_says_after_how_long_it_disappears(client, inbox, ana):
    """signal-cli takes that over for the chat, and what it sends from then on stays as long (tests/lab)."""
    await ana.send("gone in an hour", expire_timer=3600)
    assert (await inbox.next(PersonMessage)).lifetime == 3600


async def test_the_bots_own_name_and_picture_are_set(client):
    await client.set_own_name("Timer")
    await client.set_own_picture(PICTURE.read_bytes())
    shown = await client.own_profile()
    assert (shown.name, shown.has_picture) == ("Timer", True)
    await client.set_own_name("Night line")
    shown = await client.own_profile()
    assert (shown.name, shown.has_picture) == ("Night line", True)
