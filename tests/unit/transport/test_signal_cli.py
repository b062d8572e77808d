"""The client keeps its connections, takes in every line, and says what became of each call."""

import asyncio
import itertools
import json
from contextlib import asynccontextmanager

import pytest

from bot.transport import signal_cli as client_module
from bot.transport.errors import SignalRefused, SignalUnavailable
from bot.transport.signal_cli import SignalCli
from tests.unit.transport.fake_signal import ANA, SILENCE, FakeSignal, message, refused, result_for, sent


class Inbox:
    """Keeps what it is given, unless it is told to fail."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.failing = False
        self.refused_texts: set[str] = set()
        self.slow = 0.0

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    async def take(self, lines: list[bytes]) -> None:
        texts = [json.loads(line)["params"]["result"]["envelope"]["dataMessage"]["message"] for line in lines]
        await asyncio.sleep(self.slow)
        if self.failing or self.refused_texts & set(texts):
            raise RuntimeError("the store is away")
        self.batches.append(texts)


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[float, str]] = []

    def subscribed(self) -> None:
        self.heard.append((asyncio.get_running_loop().time(), "subscribed"))

    def lost(self) -> None:
        self.heard.append((asyncio.get_running_loop().time(), "lost"))

    @property
    def words(self) -> list[str]:
        return [word for _, word in self.heard]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@asynccontextmanager
async def running(signal, inbox, listener, counters, account=None):
    client = SignalCli(
        signal,
        account,
        take=inbox.take,
        on_subscribed=listener.subscribed,
        on_lost=listener.lost,
        random=lambda: 1.0,
        counters=counters,
    )
    work = asyncio.create_task(client.run())
    try:
        yield client
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


@pytest.fixture
async def client(signal, inbox, listener, counters):
    async with running(signal, inbox, listener, counters) as started:
        await started.wait_subscribed()
        yield started


async def test_one_connection_receives_and_another_calls(signal, client):
    await client.version()
    assert len(signal.connections) == 2
    assert len(signal.subscribers) == 1


async def test_lines_reach_the_inbox_in_order(signal, client, inbox):
    for number in range(20):
        signal.notify(message(str(number)))
    await asyncio.sleep(1)
    assert inbox.texts == [str(number) for number in range(20)]


async def test_what_gathers_while_the_inbox_is_busy_is_stored_at_once(signal, client, inbox):
    inbox.slow = 1
    for number in range(5):
        signal.notify(message(str(number)))
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    assert inbox.batches == [["0"], ["1", "2", "3", "4"]]


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
        assert [round(pause, 3) for pause in pauses[:8]] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
        assert max(pauses) <= 5.001
        signal.away = False
        await asyncio.sleep(5.1)
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
    assert len(signal.attempts_at) < 30
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
