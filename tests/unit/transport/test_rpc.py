"""JSON-RPC over one connection."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.transport.errors import Refusal, SignalRefused, SignalTimeout, SignalUnavailable
from bot.transport.rpc import RpcClient
from tests.unit.transport.fake_signal import ANA, SILENCE, message, notification, refused, result_for


@asynccontextmanager
async def client(signal, counters, lines=None):
    rpc = RpcClient(await signal.connect(), (lines if lines is not None else []).append, counters)
    reading = asyncio.create_task(rpc.run())
    try:
        yield rpc
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await rpc.close()


async def test_call_returns_its_result(signal, counters):
    signal.answers["version"] = {"result": {"version": "0.13.19"}}
    async with client(signal, counters) as rpc:
        assert await rpc.call("version", timeout=1) == {"version": "0.13.19"}


async def test_answers_find_their_calls_in_any_order(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        first, second = (asyncio.create_task(rpc.call("send", timeout=9)) for _ in range(2))
        await asyncio.sleep(1)
        [connection] = signal.connections
        connection.tell({"id": 2, "result": "second"})
        connection.tell({"id": "1", "result": "first"})
        assert (await first, await second) == ("first", "second")


async def test_silence_ends_in_a_timeout_and_a_late_answer_harms_nobody(signal, counters):
    signal.answers["updateGroup"] = SILENCE
    async with client(signal, counters) as rpc:
        started = asyncio.get_running_loop().time()
        with pytest.raises(SignalTimeout) as caught:
            await rpc.call("updateGroup", timeout=60)
        assert asyncio.get_running_loop().time() - started == 60
        assert caught.value.perhaps_done
        assert caught.value.late is None
        signal.connections[0].tell({"id": "1", "result": {}})
        await asyncio.sleep(1)
        assert counters.counted["rpc_answer_unknown"] == 1


async def give_up_sending(rpc):
    with pytest.raises(SignalTimeout) as caught:
        await rpc.ask("send", timeout=60)
    return caught.value.late


async def test_the_late_answer_to_a_send_is_kept_for_whoever_waits_further(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        late = await give_up_sending(rpc)
        await asyncio.sleep(299)
        signal.connections[0].tell({"id": "1", "result": "sent"})
        assert (await late).result == "sent"
        signal.connections[0].tell({"id": "1", "result": "sent"})
        await asyncio.sleep(1)
    assert counters.counted == {"rpc_answer_unknown": 1}


async def test_an_answer_in_the_moment_in_which_it_is_given_up_counts(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        asking = asyncio.create_task(rpc.ask("send", timeout=60))
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(60, signal.connections[0].tell, {"id": "1", "result": "sent"})
        try:
            answer = await asking
        except SignalTimeout as given_up:
            answer = await given_up.late
        assert answer.result == "sent"


async def test_a_late_answer_is_waited_for_no_longer_than_five_minutes(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        late = await give_up_sending(rpc)
        await asyncio.sleep(301)
        assert late.cancelled()
        signal.connections[0].tell({"id": "1", "result": "sent"})
        await asyncio.sleep(1)
    assert counters.counted == {"rpc_answer_unknown": 1}


async def test_of_too_many_late_answers_the_oldest_is_waited_for_no_longer(signal, counters, monkeypatch):
    monkeypatch.setattr("bot.transport.late_answers.KEPT_AT_MOST", 2)
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        late = await asyncio.gather(*(give_up_sending(rpc) for _ in range(3)))
        assert [one.cancelled() for one in late] == [True, False, False]


async def test_with_the_connection_late_answers_end_too(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        late = await give_up_sending(rpc)
        signal.connections[0].end()
        await asyncio.sleep(1)
        assert late.cancelled()


async def test_lost_connection_leaves_pending_calls_unknown_and_refuses_later_ones(signal, counters):
    signal.answers["send"] = SILENCE
    async with client(signal, counters) as rpc:
        pending = asyncio.create_task(rpc.call("send", timeout=60))
        await asyncio.sleep(1)
        signal.connections[0].end()
        with pytest.raises(SignalTimeout):
            await pending
        with pytest.raises(SignalUnavailable):
            await rpc.call("send", timeout=60)


async def test_call_that_cannot_be_written_is_unknown(signal, counters):
    async with client(signal, counters) as rpc:
        signal.connections[0].closed = True
        with pytest.raises(SignalTimeout):
            await rpc.call("send", timeout=60)


async def test_notifications_are_handed_on_as_they_came(signal, counters):
    lines = []
    async with client(signal, counters, lines):
        connection = signal.connections[0]
        connection.tell(notification(message("one")))
        connection.tell({"method": "other"})
        await asyncio.sleep(1)
    assert len(lines) == 1
    assert b'"one"' in lines[0]
    assert counters.counted == {"rpc_method_unknown": 1}


@pytest.mark.parametrize("line", [b"{", b"[]", b"7", b"\xff", b"[" * 100_000], ids=range(5))
async def test_malformed_line_is_counted_handed_on_and_not_fatal(signal, counters, line):
    lines = []
    signal.answers["version"] = {"result": "alive"}
    async with client(signal, counters, lines) as rpc:
        signal.connections[0].tell(line)
        assert await rpc.call("version", timeout=1) == "alive"
    assert lines == [line]
    assert counters.counted == {"rpc_line_malformed": 1}


async def test_answer_nobody_asked_for_is_counted(signal, counters):
    async with client(signal, counters):
        signal.connections[0].tell({"id": None, "error": {"code": -32700}})
        await asyncio.sleep(1)
    assert counters.counted == {"rpc_answer_unknown": 1}


# From the shapes that signal-cli 0.13.19 was seen to answer with.
@pytest.mark.parametrize(
    ("code", "text", "reason", "permanent"),
    [
        (-1, "Group not found: AAAA=", Refusal.GROUP_NOT_FOUND, True),
        (-1, "Invalid group id: Failed to decode groupId", Refusal.GROUP_NOT_FOUND, True),
        (-1, "User is not a member in group: rate limit [429] (ID)", Refusal.NOT_A_MEMBER, True),
        (-1, "You need to specify a new admin with --admin: Ana", Refusal.LAST_ADMIN, True),
        (-1, "This command doesn't work on linked devices.", Refusal.NOT_ACCEPTED, False),
        (-3, "Failed to get linked devices: Closed unexpectedly", Refusal.NETWORK, False),
        (-4, "Failed to send message due to untrusted identities", Refusal.IDENTITY, False),
        (-5, "Failed to send message due to rate limiting", Refusal.RATE_LIMIT, False),
        (-32601, "Method not implemented", Refusal.UNKNOWN_METHOD, True),
        (-32602, "Specified account does not exist", Refusal.UNKNOWN_ACCOUNT, True),
        (-32603, "Failed requirement. (IllegalArgumentException)", Refusal.FAILED_REQUIREMENT, False),
        (-32603, "Failed: [429] Rate Limited (RateLimitException)", Refusal.RATE_LIMIT, False),
        (-32603, "Failed: ConnectException (PushNetworkException)", Refusal.NETWORK, False),
        (-32603, "Something else", Refusal.UNEXPECTED, False),
    ],
)
async def test_errors_are_told_apart_by_code_and_phrase(signal, counters, code, text, reason, permanent):
    signal.answers["send"] = refused(code, text)
    async with client(signal, counters) as rpc:
        with pytest.raises(SignalRefused) as caught:
            await rpc.call("send", timeout=1)
    assert (caught.value.code, caught.value.reason, caught.value.permanent) == (code, reason, permanent)


async def test_error_repeats_nothing_that_was_said(signal, counters):
    signal.answers["send"] = refused(
        -1, f"User is not a member in group: Shapes {ANA}", result_for(ANA, "NETWORK_FAILURE")
    )
    async with client(signal, counters) as rpc:
        with pytest.raises(SignalRefused) as caught:
            await rpc.call("send", timeout=1)
    assert str(caught.value) == "signal-cli refused (code -1, not_a_member)"
    assert ANA not in repr(caught.value) + repr(vars(caught.value))


@pytest.mark.parametrize("error", ["text", 5, {}, {"code": "x", "message": None, "data": 5}])
async def test_error_in_an_unknown_shape_is_an_unexpected_one(signal, counters, error):
    signal.answers["send"] = {"error": error}
    async with client(signal, counters) as rpc:
        with pytest.raises(SignalRefused) as caught:
            await rpc.call("send", timeout=1)
    assert caught.value.reason is Refusal.UNEXPECTED
