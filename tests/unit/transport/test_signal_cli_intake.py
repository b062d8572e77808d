"""The client loses nothing of what comes in while the store is slow, fails or is away, and when it stops."""

import asyncio

from bot.transport.signal_cli import SignalCli
from tests.unit.transport.fake_signal import ANA, SILENCE, message, result_for, sent


async def test_what_gathers_while_the_inbox_is_busy_is_stored_at_once(signal, client, inbox):
    inbox.slow = 1
    for number in range(5):
        signal.notify(message(str(number)))
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    assert inbox.batches == [["0"], ["1", "2", "3", "4"]]


async def test_inbox_that_fails_gets_the_same_lines_again(signal, client, inbox):
    inbox.failing = True
    signal.notify(message("one"))
    await asyncio.sleep(3)
    inbox.failing = False
    await asyncio.sleep(6)
    assert inbox.texts == ["one"]


async def test_while_the_inbox_fails_messages_stay_at_the_server(signal, client, inbox, listener):
    inbox.failing = True
    signal.notify(message("one"))
    await asyncio.sleep(3)
    assert signal.subscribers == []
    assert listener.words == ["subscribed", "lost"]
    inbox.failing = False
    await asyncio.sleep(6)
    assert len(signal.subscribers) == 1
    signal.notify(message("two"))
    await asyncio.sleep(1)
    assert inbox.texts == ["one", "two"]


async def test_line_that_can_never_be_stored_does_not_silence_the_bot(signal, client, inbox, counters):
    inbox.refused_texts = {"poison"}
    signal.notify(message("poison"))
    for number in range(300):
        await asyncio.sleep(1)
        signal.notify(message(str(number)))
    await asyncio.sleep(1)
    assert len(inbox.texts) > 150  # a real server would have kept what came while nobody was subscribed
    assert counters.counted["line_given_up"] == 1
    assert len(signal.subscribers) == 1


async def test_inbox_that_is_away_for_an_hour_loses_nothing(signal, client, inbox, counters):
    inbox.failing = True
    told = 0
    for _ in range(3600):
        if signal.subscribers:
            signal.notify(message(str(told)))
            told += 1
        await asyncio.sleep(1)
    inbox.failing = False
    await asyncio.sleep(10)
    assert told > 10
    assert inbox.texts == [str(number) for number in range(told)]
    assert counters.counted["line_given_up"] == 0


async def test_backlog_that_grows_too_long_stops_the_flow_until_it_is_stored(signal, client, inbox, monkeypatch):
    monkeypatch.setattr("bot.transport.intake.MAX_WAITING_LINES", 10)
    inbox.slow = 100
    for number in range(20):
        signal.notify(message(str(number)))
    await asyncio.sleep(1)
    assert signal.subscribers == []
    await asyncio.sleep(300)
    assert len(signal.subscribers) == 1
    assert inbox.texts == [str(number) for number in range(20)]


async def test_stop_asks_for_no_more_and_stores_what_came(signal, inbox, listener, counters):
    client = SignalCli(signal, take=inbox.take, on_lost=listener.lost, counters=counters)
    work = asyncio.create_task(client.run())
    await client.wait_subscribed()
    inbox.slow = 2
    signal.notify(message("one"))
    signal.notify(message("two"))
    client.stop()
    await work
    assert inbox.texts == ["one", "two"]
    assert signal.params_of("unsubscribeReceive") == [{"subscription": {}}]
    assert all(connection.closed for connection in signal.connections)
    assert listener.words == ["lost"]


async def test_after_the_last_message_answers_can_still_leave(signal, client, inbox, listener):
    signal.answers["send"] = sent(result_for(ANA))
    signal.notify(message("one"))
    await client.stop_receiving()
    assert inbox.texts == ["one"]
    assert signal.subscribers == []
    assert listener.words == ["subscribed", "lost"]
    assert (await client.send_to_person(ANA, "answer")).complete
    await asyncio.sleep(600)
    assert signal.subscribers == []


async def test_stop_comes_in_a_pause_because_signal_cli_drops_what_it_is_taking_in(signal, client, inbox):
    stopping = asyncio.create_task(client.stop_receiving())
    for number in range(8):
        await asyncio.sleep(0.1)
        assert len(signal.subscribers) == 1
        signal.notify(message(str(number)))
    await stopping
    assert signal.subscribers == []
    assert inbox.texts == [str(number) for number in range(8)]


async def test_stop_does_not_wait_long_for_a_pause(signal, client):
    stopping = asyncio.create_task(client.stop_receiving())
    for number in range(16):
        await asyncio.sleep(0.1)
        signal.notify(message(str(number)))
    assert stopping.done()
    assert signal.subscribers == []


async def test_stop_does_not_wait_for_ever(signal, inbox, counters):
    signal.answers["unsubscribeReceive"] = SILENCE
    client = SignalCli(signal, take=inbox.take, counters=counters)
    work = asyncio.create_task(client.run())
    await client.wait_subscribed()
    inbox.failing = True
    signal.notify(message("one"))
    client.stop()
    async with asyncio.timeout(6):
        await work
