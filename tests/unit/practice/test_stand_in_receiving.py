"""What a subscriber gets of what the phones send."""

import json

import pytest

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import START, VirtualClock
from tests.lab.rpc import RpcClient


async def test_message_comes_in_the_shape_of_signal_cli(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    sent = await ana.send("hello")
    now = round(START.timestamp() * 1000)
    assert await rpc.next_notification() == {
        "jsonrpc": "2.0",
        "method": "receive",
        "params": {
            "subscription": 0,
            "result": {
                "envelope": {
                    "source": ana.aci,
                    "sourceNumber": None,
                    "sourceUuid": ana.aci,
                    "sourceName": "Ana",
                    "sourceDevice": 1,
                    "timestamp": sent,
                    "serverReceivedTimestamp": now,
                    "serverDeliveredTimestamp": now,
                    "dataMessage": {
                        "timestamp": sent,
                        "message": "hello",
                        "expiresInSeconds": 0,
                        "viewOnce": False,
                    },
                },
                "account": world.account,
            },
        },
    }


@pytest.mark.parametrize(
    "params",
    [
        {"method": "send", "params": {"recipient": {"who": 1}, "message": "x"}},
        {"method": "send", "params": {"recipient": ["+14155550123"], "mention": "x", "message": "x"}},
        {"method": "updateGroup", "params": {"name": 5, "setPermissionAddMember": "nobody"}},
        {"method": "unsubscribeReceive", "params": {"subscription": []}},
        {"method": "send", "params": []},
        {"method": None},
    ],
)
async def test_every_malformed_call_is_answered(world: StandIn, params: dict[str, object]):
    connection = await world.connect()
    await connection.write_line(json.dumps({"jsonrpc": "2.0", "id": 5} | params).encode())
    assert "error" in json.loads(await connection.read_line())


@pytest.mark.parametrize("line", [b"nonsense", b"[]", b"5", b"null", b"\xff", b'"text"', b'[{"jsonrpc":"2.0"}]'])
async def test_every_line_that_is_no_call_is_answered(world: StandIn, line: bytes):
    connection = await world.connect()
    await connection.write_line(line)
    assert json.loads(await connection.read_line())["error"]["code"] in (-32600, -32700)


async def test_a_sender_never_uses_a_timestamp_twice(ana: StandInPhone):
    stamps = [await ana.send(f"message {number}") for number in range(100)]
    assert sorted(set(stamps)) == stamps


async def test_messages_wait_until_somebody_subscribes(world: StandIn, ana: StandInPhone):
    for number in range(3):
        await ana.send(f"message {number}")
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        for number in range(3):
            assert (await client.next_envelope())["dataMessage"]["message"] == f"message {number}"


async def test_the_server_time_is_that_of_arrival_at_the_server(world: StandIn, clock: VirtualClock, ana: StandInPhone):
    await world.kill_signal_cli()
    clock.step(-3600)
    await ana.send("while it was down", timestamp=1)
    clock.step(7200)
    await world.start_signal_cli()
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        envelope = await client.next_envelope()
    began = round(START.timestamp() * 1000)
    assert envelope["timestamp"] == 1
    assert envelope["serverReceivedTimestamp"] == began - 3_600_000
    assert envelope["serverDeliveredTimestamp"] == began + 3_600_000


async def test_who_hangs_up_without_reading_loses_what_was_written(world: StandIn, ana: StandInPhone):
    connection = await world.connect()
    await connection.write_line(b'{"jsonrpc":"2.0","id":1,"method":"subscribeReceive"}')
    await connection.read_line()
    await ana.send("written, never read")
    await ana.next_receipt("delivery")
    await connection.close()
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        await ana.send("for the next subscriber")
        assert (await client.next_envelope())["dataMessage"]["message"] == "for the next subscriber"


async def test_a_subscriber_that_does_not_read_leaves_the_rest_at_the_server(world: StandIn, ana: StandInPhone):
    connection = await world.connect()
    await connection.write_line(b'{"jsonrpc":"2.0","id":1,"method":"subscribeReceive"}')
    await connection.read_line()
    for _ in range(300):
        await ana.send("." * 2000)
    await ana.next_receipt("delivery")
    assert 200 < await world.waiting() < 280
    for _ in range(300):
        assert b"dataMessage" in await connection.read_line()
    assert await world.waiting() == 0


async def test_what_was_written_before_a_crash_can_still_be_read(world: StandIn, ana: StandInPhone):
    connection = await world.connect()
    await connection.write_line(b'{"jsonrpc":"2.0","id":1,"method":"subscribeReceive"}')
    await connection.read_line()
    await ana.send("just in time")
    await ana.next_receipt("delivery")
    await world.kill_signal_cli()
    told = json.loads(await connection.read_line())
    assert told["params"]["result"]["envelope"]["dataMessage"]["message"] == "just in time"
    assert await connection.read_line() == b""


async def test_calls_in_hand_are_never_answered_after_a_crash(world: StandIn, ana: StandInPhone):
    connection = await world.connect()
    await connection.write_line(b'{"jsonrpc":"2.0","id":1,"method":"version"}')
    await world.kill_signal_cli()
    assert await connection.read_line() == b""


async def test_typing_is_not_kept_for_who_does_not_listen(world: StandIn, ana: StandInPhone):
    await ana.typing()
    assert await world.waiting() == 0


async def test_what_a_stranger_to_the_group_sends_there_is_not_shown(
    rpc: RpcClient, ana: StandInPhone, bo: StandInPhone, cy: StandInPhone
):
    for phone in (ana, bo):
        await phone.send("hello")
    made = await rpc.call("updateGroup", name="Timer", member=[ana.aci, bo.aci])
    await cy.send("let me in", group=made["groupId"])
    await ana.send("end")
    seen = [(await rpc.next_envelope())["sourceName"] for _ in range(5)]
    assert "Cy" not in seen


async def test_without_trust_a_new_phone_is_an_exception_until_it_is_trusted(
    clock: VirtualClock,
):
    world = StandIn(clock, trust_new_identities="on-first-use")
    ana = await world.add_phone("Ana")
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        await ana.send("from the old phone")
        await client.next_text("from the old phone")
        await ana.reinstall()
        await ana.send("from the new phone")
        told = (await client.next_notification())["params"]["result"]
        assert told["exception"]["type"] == "UntrustedIdentityException"
        assert "dataMessage" not in told["envelope"]
        refused = await client.refused("send", recipient=ana.aci, message="is it you?")
        assert (refused.code, refused.results[0]["type"]) == (-4, "IDENTITY_FAILURE")
        await client.call("trust", recipient=ana.aci, trustAllKnownKeys=True)
        await client.call("send", recipient=ana.aci, message="now I know you")
        await client.next_envelope(lambda e: "receiptMessage" in e)
        await client.next_text("from the new phone")
