"""The client keeps its connections, takes in every line, and says what became of each call."""

import asyncio
import itertools

import pytest

from bot.transport import signal_cli as client_module
from bot.transport.errors import SignalRefused, SignalUnavailable
from bot.transport.signal_cli import SignalCli
from tests.unit.transport.client_rig import Inbox, running
from tests.unit.transport.fake_signal import ANA, SILENCE, FakeSignal, message, refused, result_for, sent


async def test_one_connection_receives_and_another_calls(signal, client):
    await client.version()
    assert len(signal.connections) == 2
    assert len(signal.subscribers) == 1


async def test_lines_reach_the_inbox_in_order(signal, client, inbox):
    for number in range(20):
        signal.notify(message(str(number)))
    await asyncio.sleep(1)
    assert inbox.texts == [str(number) for number in range(20)]


async def test_account_is_named_where_it_is_needed(signal, inbox, listener, counters):
    async with running(signal, inbox, listener, counters, "+14155550100") as client:
        await client.wait_subscribed()
        await client.repair_group("x")
    assert signal.params_of("subscribeReceive") == [{"account": "+14155550100"}]
    assert signal.params_of("updateGroup") == [{"groupId": "x", "account": "+14155550100"}]


async def test_lost_receiving_connection_is_made_again_and_subscribed_after_a_second(signal, client, listener):
    """Sooner, signal-cli would keep a receiver that nobody hears, and lose what it acknowledges."""
    await asyncio.sleep(100)
    signal.subscribers[0].end()
    await asyncio.sleep(0.99)
    assert listener.heard == [(1, "subscribed"), (101, "lost")]
    await asyncio.sleep(0.02)
    assert listener.heard == [(1, "subscribed"), (101, "lost"), (102, "subscribed")]
    assert len(signal.subscribers) == 1


async def test_absent_signal_cli_is_tried_in_small_growing_steps(signal, inbox, listener, counters):
    signal.away = True
    async with running(signal, inbox, listener, counters):
        await asyncio.sleep(60)
        tried = sorted(set(signal.attempts_at))
        pauses = [later - earlier for earlier, later in itertools.pairwise(tried)]
        assert [round(pause, 3) for pause in pauses[:8]] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0, 1.0]
        assert max(pauses) <= 1.001
        signal.away = False
        await asyncio.sleep(2.1)
        assert listener.words == ["subscribed"]


async def test_steps_are_moved_by_chance(signal, counters):
    signal.away = True
    client = SignalCli(signal, take=Inbox().take, random=lambda: 0.0, counters=counters)
    work = asyncio.create_task(client.run())
    await asyncio.sleep(0.06)
    assert sorted(set(signal.attempts_at)) == [0.0, 0.05]
    work.cancel()


async def test_connection_that_ends_at_once_again_and_again_is_not_hammered(signal, inbox, listener, counters):
    signal.answers["subscribeReceive"] = refused(-32602)
    async with running(signal, inbox, listener, counters):
        await asyncio.sleep(60)
    assert len(signal.attempts_at) < 80
    assert listener.words == []
    assert counters.counted["subscribe_failed"] > 5


async def test_calls_without_a_connection_are_refused_at_once(signal, inbox, listener, counters):
    signal.away = True
    async with running(signal, inbox, listener, counters) as client:
        outcome = await client.send_to_person(ANA, "hello")
        assert outcome.unavailable
        assert not outcome.unknown
        with pytest.raises(SignalUnavailable):
            await client.groups()


async def test_send_that_stays_unanswered_for_a_minute_is_unknown(signal, client):
    signal.answers["send"] = SILENCE
    started = asyncio.get_running_loop().time()
    outcome = await client.send_to_person(ANA, "hello")
    assert asyncio.get_running_loop().time() - started == 60
    assert (outcome.unknown, outcome.complete) == (True, False)


async def test_hanging_send_holds_up_neither_receiving_nor_other_sends(signal, client, inbox):
    signal.answers["send"] = lambda params: SILENCE if params["message"] == "slow" else sent(result_for(ANA))
    slow = asyncio.create_task(client.send_to_person(ANA, "slow"))
    await asyncio.sleep(1)
    signal.notify(message("hello"))
    assert (await client.send_to_person(ANA, "quick")).complete
    await asyncio.sleep(0.01)
    assert inbox.texts == ["hello"]
    assert (await slow).unknown


async def test_silent_signal_cli_is_noticed_and_left(signal, client, listener, counters):
    signal.answers["version"] = SILENCE
    await asyncio.sleep(41)
    assert counters.counted["connection_silent"] == 2
    assert len(signal.connections) == 4
    assert listener.words == ["subscribed", "lost", "subscribed"]


async def test_signal_cli_that_refuses_to_tell_its_version_is_alive(signal, client, counters):
    signal.answers["version"] = refused(-32601)
    await asyncio.sleep(600)
    assert len(signal.connections) == 2


async def test_busy_connection_without_an_answer_in_time_is_kept(signal, client, counters, listener):
    signal.answers["version"] = SILENCE
    for _ in range(600):
        signal.notify(message("busy"))
        await asyncio.sleep(1)
    assert listener.words == ["subscribed"]


async def test_listening_anew_is_another_subscription_on_the_same_connection(signal, client, inbox, listener):
    client.listen_anew()
    await asyncio.sleep(2)
    assert len(signal.subscribers) == 1
    assert len(signal.params_of("subscribeReceive")) == 2
    assert len(signal.params_of("unsubscribeReceive")) == 1
    assert len(signal.connections) == 2
    assert listener.words == ["subscribed", "lost", "subscribed"]
    signal.notify(message("after it"))
    await asyncio.sleep(600)
    assert inbox.texts == ["after it"]
    assert len(signal.params_of("subscribeReceive")) == 2


async def test_who_is_not_subscribed_need_not_listen_anew(signal, inbox, listener, counters):
    signal.away = True
    async with running(signal, inbox, listener, counters) as client:
        client.listen_anew()
        signal.away = False
        await client.wait_subscribed()
        await asyncio.sleep(600)
        assert len(signal.params_of("subscribeReceive")) == 1


async def test_asked_while_it_subscribes_it_subscribes_once_more(signal, client):
    """That attempt may have come before Signal's network was back."""

    def ask_once(_):
        if len(signal.params_of("subscribeReceive")) == 2:
            client.listen_anew()
        return {}

    signal.answers["subscribeReceive"] = ask_once
    client.listen_anew()
    await asyncio.sleep(600)
    assert len(signal.params_of("subscribeReceive")) == 3
    assert len(signal.subscribers) == 1


async def test_child_process_gets_one_connection_for_both(signal, inbox, listener, counters, monkeypatch):
    monkeypatch.setattr(client_module, "SpawnEndpoint", FakeSignal)
    async with running(signal, inbox, listener, counters) as client:
        await client.wait_subscribed()
        await client.version()
        assert len(signal.connections) == 1


async def test_mistake_in_a_listener_is_not_hidden(signal, inbox, counters):
    def fall() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await SignalCli(signal, take=inbox.take, on_subscribed=fall, counters=counters).run()


async def test_refusals_of_other_calls_are_raised(signal, client):
    signal.answers["listGroups"] = refused(-1, "Group not found: AAAA=")
    with pytest.raises(SignalRefused):
        await client.group("AAAA=")
