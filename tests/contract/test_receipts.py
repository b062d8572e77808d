"""Receipts, both ways, and phones that are off."""

import pytest

from tests.contract.steps import bot_message, confirms, make_group, says_hello, send

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_delivery_receipt_names_the_messages(rpc, ana):
    await says_hello(rpc, ana)
    sent = await send(rpc, ana, "did it arrive?")
    envelope = await rpc.next_envelope(lambda e: confirms(e, sent["timestamp"]))
    assert envelope["sourceUuid"] == ana.aci
    assert envelope["sourceDevice"] == 1
    assert "dataMessage" not in envelope
    receipt = envelope["receiptMessage"]
    assert receipt.pop("when") == envelope["timestamp"]
    assert receipt == {
        "isDelivery": True,
        "isRead": False,
        "isViewed": False,
        "timestamps": [sent["timestamp"]],
    }


async def test_a_read_receipt_may_name_several_messages(rpc, ana):
    await says_hello(rpc, ana)
    await ana.set_receipts(delivery=False)
    sent = [(await send(rpc, ana, text))["timestamp"] for text in ("one", "two")]
    await bot_message(ana, "two")
    await ana.receipt("read", *sent)
    envelope = await rpc.next_envelope(lambda e: "receiptMessage" in e and e["sourceUuid"] == ana.aci)
    receipt = envelope["receiptMessage"]
    assert (receipt["isDelivery"], receipt["isRead"], receipt["isViewed"]) == (False, True, False)
    assert receipt["timestamps"] == sent


async def test_each_member_confirms_a_group_message_without_naming_the_group(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    sent = await rpc.call("send", groupId=group, message="both of you")
    confirmed = set()
    while len(confirmed) < 2:
        envelope = await rpc.next_envelope(lambda e: confirms(e, sent["timestamp"]))
        assert set(envelope["receiptMessage"]) == {"when", "isDelivery", "isRead", "isViewed", "timestamps"}
        confirmed.add(envelope["sourceUuid"])
    assert confirmed == {ana.aci, bo.aci}


async def test_reading_confirms_when_the_phone_is_set_so(rpc, ana):
    await says_hello(rpc, ana)
    await ana.set_receipts(read=True)
    sent = await send(rpc, ana, "seen?")
    await rpc.next_envelope(
        lambda e: (
            (e.get("receiptMessage") or {}).get("isRead") is True
            and e["receiptMessage"]["timestamps"] == [sent["timestamp"]]
        )
    )


async def test_the_sender_is_told_that_the_bot_has_received(rpc, ana):
    sent_at = await ana.send("heard me?")
    await rpc.next_text("heard me?")
    receipt = await ana.expect(lambda e: e.event == "receipt" and sent_at in e.data["timestamps"])
    assert receipt.kind == "delivery"


async def test_a_phone_that_is_off_gets_everything_later(rpc, ana):
    await ana.go_offline()
    sent = await send(rpc, ana, "waiting for you")
    assert sent["results"][0]["type"] == "SUCCESS"
    await ana.expect_none(lambda e: e.body == "waiting for you", during=0.3)
    assert await ana.go_online() == 1
    await bot_message(ana, "waiting for you")
    await rpc.next_envelope(lambda e: confirms(e, sent["timestamp"]))
