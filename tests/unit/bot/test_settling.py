"""What waited at Signal may arrive first, but nothing holds an alert up for long (SPEC: "When the bot was down")."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest_asyncio

from bot.settling import WITHOUT_MESSAGES, Settling


@pytest_asyncio.fixture
async def settling() -> AsyncIterator[Settling]:
    """As at the start of a bot: nothing flows yet."""
    settling = Settling(timedelta(seconds=5), timedelta(seconds=15))
    settling.ceases()
    yield settling
    settling.stop()


async def seconds_until_settled(settling: Settling) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await settling.wait()
    return loop.time() - began


async def test_it_is_settled_after_five_quiet_seconds(settling: Settling) -> None:
    settling.flows()
    assert await seconds_until_settled(settling) == 5
    assert settling.settled


async def test_every_message_starts_the_quiet_anew(settling: Settling) -> None:
    settling.flows()
    asyncio.get_running_loop().call_later(4, settling.heard)
    assert await seconds_until_settled(settling) == 9


async def test_messages_without_end_hold_it_up_for_fifteen_seconds(settling: Settling) -> None:
    settling.flows()
    for second in range(60):
        asyncio.get_running_loop().call_later(second, settling.heard)
    assert await seconds_until_settled(settling) == 15


async def test_without_any_messages_it_counts_as_settled_after_a_while(settling: Settling) -> None:
    assert await seconds_until_settled(settling) == WITHOUT_MESSAGES


async def test_a_lost_line_unsettles_and_its_return_settles_anew(settling: Settling) -> None:
    settling.flows()
    await settling.wait()
    settling.ceases()
    assert not settling.settled
    await asyncio.sleep(10)
    settling.flows()
    assert await seconds_until_settled(settling) == 5


async def test_a_line_lost_in_mid_settling_still_lets_what_waited_arrive(settling: Settling) -> None:
    settling.flows()
    await asyncio.sleep(3)
    settling.ceases()
    await asyncio.sleep(20)
    settling.flows()
    assert await seconds_until_settled(settling) == 5


async def test_after_a_long_outage_what_waited_arrives_first_again(settling: Settling) -> None:
    settling.flows()
    await asyncio.sleep(3)
    settling.ceases()
    assert await seconds_until_settled(settling) == WITHOUT_MESSAGES - 3
    await asyncio.sleep(600)
    settling.flows()
    assert not settling.settled
    assert await seconds_until_settled(settling) == 5


async def test_a_line_that_is_shaky_for_minutes_leaves_moments_to_act_in(settling: Settling) -> None:
    for up, down, longest in ((3.0, 0.2, 20), (0.5, 5.0, 36)):
        moments = await moments_in_five_minutes(settling, up, down)
        assert moments[0] <= longest
        assert all(later - earlier <= longest for earlier, later in pairwise(moments))


async def moments_in_five_minutes(settling: Settling, up: float, down: float) -> list[float]:
    """When it became settled."""
    loop = asyncio.get_running_loop()
    began, moments = loop.time(), []

    async def watch() -> None:
        while True:
            await settling.wait()
            moments.append(loop.time() - began)
            while settling.settled:
                await asyncio.sleep(0.1)

    watching = asyncio.ensure_future(watch())
    settling.ceases()
    while loop.time() - began < 300:
        settling.flows()
        await asyncio.sleep(up)
        settling.ceases()
        await asyncio.sleep(down)
    watching.cancel()
    return moments


async def test_settling_once_more_while_nothing_flows_changes_nothing(settling: Settling) -> None:
    settling.begin()
    assert await seconds_until_settled(settling) == WITHOUT_MESSAGES


async def test_settling_once_more_waits_for_quiet_again(settling: Settling) -> None:
    settling.flows()
    await settling.wait()
    await asyncio.sleep(100)
    settling.begin()
    assert not settling.settled
    assert await seconds_until_settled(settling) == 5


async def test_settling_again_and_again_is_bounded_all_the_same(settling: Settling) -> None:
    settling.flows()
    for second in range(1, 60):
        asyncio.get_running_loop().call_later(second, lambda: settling.settled or settling.begin())
    assert await seconds_until_settled(settling) == 15


async def test_begun_anew_before_messages_flow_it_waits_for_them(settling: Settling) -> None:
    """Signal is back, but the line on which messages come is not yet: what waits there goes before any alert."""
    await settling.wait()  # for want of messages
    settling.begin()
    assert not settling.settled
    await asyncio.sleep(3)
    settling.flows()
    assert await seconds_until_settled(settling) == 5


async def test_objections_are_heard_only_once_what_waited_is_in(settling: Settling) -> None:
    """Found: a line that was back for a tenth of a second counted as heard, because half a minute was over."""
    await asyncio.sleep(WITHOUT_MESSAGES - 1)
    settling.flows()
    await settling.wait()
    assert not settling.hears
    await asyncio.sleep(4.5)
    assert settling.hears
    settling.ceases()
    assert not settling.hears
