"""Mishaps by order and by chance; the same ones at every run."""

import asyncio
from random import Random

import pytest

from bot.practice.stand_in import StandIn, StandInError
from bot.practice.stand_in_faults import Faults
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import START, VirtualClock, run_virtual
from tests.lab.rpc import RpcClient


async def test_a_refused_call_answers_with_that_error_and_does_nothing(
    world: StandIn, rpc: RpcClient, ana: StandInPhone
):
    world.faults.refuse("send", code=-3, message="No", times=1)
    error = await rpc.refused("send", recipient=ana.aci, message="first")
    assert (error.code, error.message) == (-3, "No")
    await rpc.call("send", recipient=ana.aci, message="second")
    assert (await ana.next_message()).body == "second"


async def test_a_call_that_hangs_is_never_answered(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.hang("send")
    with pytest.raises(TimeoutError):
        await rpc.call("send", timeout=30, recipient=ana.aci, message="unheard")
    await ana.expect_none(lambda e: e.event == "message")


async def test_a_call_may_hang_although_it_was_carried_out(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.hang("send", after_effect=True)
    with pytest.raises(TimeoutError):
        await rpc.call("send", timeout=30, recipient=ana.aci, message="heard")
    assert (await ana.next_message()).body == "heard"


async def test_a_delayed_call_takes_that_long(world: StandIn, rpc: RpcClient, ana: StandInPhone, clock: VirtualClock):
    world.faults.delay("send", 7)
    await rpc.call("send", recipient=ana.aci, message="late")
    assert (clock.now() - START).total_seconds() == 7
    assert (await ana.next_message()).body == "late"


async def test_only_the_named_method_suffers(world: StandIn, rpc: RpcClient):
    world.faults.hang("send", times=None)
    assert await rpc.call("version") == {"version": "0.13.19"}


@pytest.mark.parametrize(("after_effect", "arrives"), [(False, 0), (True, 1)])
async def test_signal_cli_may_die_in_a_call(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, after_effect: bool, arrives: int
):
    world.faults.die_at_call("send", after_effect=after_effect)
    with pytest.raises(ConnectionError):
        await rpc.call("send", recipient=ana.aci, message="last words")
    assert not world.is_running
    with pytest.raises(OSError, match="not running"):
        await world.connect()
    await asyncio.sleep(1)
    assert len(ana.history) == arrives


@pytest.mark.parametrize("lose", [True, False])
async def test_signal_cli_may_die_with_a_message_in_hand(world: StandIn, rpc: RpcClient, ana: StandInPhone, lose: bool):
    world.faults.die_at_message(lose=lose)
    await ana.send("in hand")
    await ana.send("behind it")
    await asyncio.sleep(1)
    assert not world.is_running
    await world.start_signal_cli()
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        first = (await client.next_envelope())["dataMessage"]["message"]
    assert first == ("behind it" if lose else "in hand")


async def test_dropped_messages_never_arrive_and_receipts_do(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.messages.drop = 1.0
    await ana.send("lost")
    await rpc.call("send", recipient=ana.aci, message="did you write?")
    assert "receiptMessage" in await rpc.next_envelope()


async def test_dropped_receipts_never_arrive_and_messages_do(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.receipts.drop = 1.0
    await rpc.call("send", recipient=ana.aci, message="did you get it?")
    await ana.next_message()
    await ana.send("yes")
    assert "dataMessage" in await rpc.next_envelope()


async def test_a_duplicate_has_the_same_key(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.messages.duplicate = 1.0
    await ana.send("twice")
    first, second = await rpc.next_text("twice"), await rpc.next_text("twice")
    assert (first["sourceUuid"], first["timestamp"]) == (second["sourceUuid"], second["timestamp"])


async def test_reordered_messages_change_places(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.messages.reorder = 1.0
    await ana.send("first")
    world.faults.messages.reorder = 0.0
    await ana.send("second")
    seen = [(await rpc.next_envelope())["dataMessage"]["message"] for _ in range(2)]
    assert seen == ["second", "first"]


async def test_a_message_held_back_comes_even_if_nothing_follows(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    world.faults.messages.reorder = 1.0
    await ana.send("alone")
    await rpc.next_text("alone")


async def test_a_delayed_message_keeps_its_server_time(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, clock: VirtualClock
):
    world.faults.messages.delay = 1.0
    world.faults.messages.delay_seconds = (3.0, 3.0)
    await ana.send("late")
    envelope = await rpc.next_text("late")
    assert envelope["serverDeliveredTimestamp"] - envelope["serverReceivedTimestamp"] == 3000


async def test_a_stalled_network_fails_a_send_after_forty_seconds(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, clock: VirtualClock
):
    await world.network("stall")
    error = await rpc.refused("send", recipient=ana.aci, message="anybody?")
    assert error.results[0]["type"] == "NETWORK_FAILURE"
    assert (clock.now() - START).total_seconds() == 40


async def test_a_send_goes_on_when_a_stall_ends_in_time(world: StandIn, rpc: RpcClient, ana: StandInPhone):
    await world.network("stall")
    sending = asyncio.create_task(rpc.call("send", recipient=ana.aci, message="at last"))
    await asyncio.sleep(10)
    assert not sending.done()
    await world.network("up")
    assert (await sending)["results"][0]["type"] == "SUCCESS"


@pytest.mark.parametrize(("mode", "seconds"), [("down", 2), ("stall", 12)])
async def test_without_network_signal_cli_does_not_start(world: StandIn, clock: VirtualClock, mode, seconds: int):
    await world.kill_signal_cli()
    await world.network(mode)
    with pytest.raises(StandInError, match="without network"):
        await world.start_signal_cli()
    assert (clock.now() - START).total_seconds() == seconds


@pytest.mark.parametrize(("away", "deaf"), [(0, 1.0), (10, 2.7), (20, 5.5), (35, 16.1), (120, 33.5)])
async def test_after_an_outage_it_is_deaf_until_it_tries_again_although_it_can_send(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, clock: VirtualClock, away: float, deaf: float
):
    await world.network("down")
    await ana.send("during the outage")
    await asyncio.sleep(away)
    await world.network("up")
    assert (await rpc.call("send", recipient=ana.aci, message="at once"))["results"][0]["type"] == "SUCCESS"
    await rpc.next_text("during the outage", timeout=60)
    assert (clock.now() - START).total_seconds() - away == pytest.approx(deaf, abs=0.01)


async def test_a_new_subscription_ends_the_deafness(world: StandIn, ana: StandInPhone, clock: VirtualClock):
    async with RpcClient.connect(world) as rpc:
        subscription = await rpc.call("subscribeReceive")
        await world.network("down")
        await ana.send("during the outage")
        await asyncio.sleep(120)
        await world.network("up")
        await rpc.call("unsubscribeReceive", subscription=subscription)
        await rpc.call("subscribeReceive")
        await rpc.next_text("during the outage")
        assert (clock.now() - START).total_seconds() == 120


async def test_a_connection_that_died_unnoticed_is_missed_after_a_minute(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, clock: VirtualClock
):
    await world.lose_connection()
    await ana.send("unheard")
    await rpc.next_text("unheard", timeout=90)
    assert (clock.now() - START).total_seconds() == 60


def disturbed_evening(seed: int) -> list[tuple[float, str]]:
    """What a subscriber sees of an evening on which much goes wrong."""

    async def evening(clock: VirtualClock) -> list[tuple[float, str]]:
        faults = Faults(Random(seed))
        faults.messages.drop = faults.messages.duplicate = faults.messages.delay = faults.messages.reorder = 0.2
        world = StandIn(clock, faults=faults)
        phones = [await world.add_phone(name) for name in ("Ana", "Bo")]
        seen: list[tuple[float, str]] = []
        async with RpcClient.connect(world) as client:
            await client.call("subscribeReceive")
            for number in range(50):
                for phone in phones:
                    await phone.send(f"{phone.name} {number}")
                await asyncio.sleep(0.3)
            try:
                while True:
                    envelope = await client.next_envelope(timeout=30)
                    seen.append((envelope["serverDeliveredTimestamp"], envelope["dataMessage"]["message"]))
            except TimeoutError:
                return seen

    return run_virtual(evening)


def test_the_same_seed_brings_the_same_mishaps():
    assert disturbed_evening(7) == disturbed_evening(7)


def test_another_seed_brings_others():
    assert disturbed_evening(7) != disturbed_evening(8)
