"""signal-cli is killed and started again: what the bot has recorded is answered, and deadlines wait for what was said.

signal-cli itself may lose the one message that it was passing on when it was killed (DESIGN, Signal). That one goes
unanswered, which tells its sender that it was not received.
"""

import asyncio
import re
from collections import Counter

import pytest

from storage.tables import inbox, outbox
from tests.end_to_end.inside import end_of_grace, on_the_loop, states
from tests.end_to_end.story import PATIENT, WORD, Story, nothing_heard_until, until
from tests.lab.phone import Phone
from tests.zones import BURST, ZONES

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

KILLED_AFTER = (4, 14)
"""So many answers on Ana's phone, and signal-cli is killed."""
QUIET = 1.5
_CONFIRMED = re.compile(r"^Saved\. Your time zone is (\S+);")


@pytest.fixture
def changed() -> dict[str, str]:
    return PATIENT


async def sends_a_burst(phone: Phone) -> None:
    for zone in ZONES:
        await phone.send(f"/tz {zone}")


def answers(phone: Phone) -> Counter[str]:
    """How often each zone of the burst was confirmed."""
    bodies = [event.body or "" for event in phone.history if event.kind == "text"]
    return Counter(found[1] for body in bodies if (found := _CONFIRMED.search(body)))


async def is_killed_in_mid_flight(story: Story, ana: Phone) -> None:
    """After some answers signal-cli dies, comes back, dies again and comes back."""
    for count in KILLED_AFTER:
        async with asyncio.timeout(20.0):
            while len(answers(ana)) < count:
                await asyncio.sleep(0.005)
        await story.lab.kill_signal_cli()
        await story.lab.start_signal_cli()


async def nothing_is_on_its_way(story: Story) -> None:
    """Wait until for a while nothing waits at the server, in the inbox or in the outbox."""
    loop = asyncio.get_running_loop()
    quiet_since = loop.time()
    async with asyncio.timeout(30.0):
        while loop.time() - quiet_since < QUIET:
            await asyncio.sleep(0.1)
            online = any(device["connected"] for device in (await story.lab.state())["bot_devices"])
            busy = await story.lab.waiting() or "waiting" in states(story, inbox) | states(story, outbox)
            if busy or not online:
                quiet_since = loop.time()


async def test_signal_cli_killed_in_mid_burst_loses_nothing_that_was_recorded(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    await story.joins(ana, "Ana")
    await story.joins(bo, "Bo")
    await nothing_is_on_its_way(story)
    before = states(story, inbox)["done"]
    await asyncio.gather(sends_a_burst(ana), sends_a_burst(bo), story.bot.watched(is_killed_in_mid_flight(story, ana)))
    await nothing_is_on_its_way(story)
    assert set(states(story, inbox)) == {"done"}
    recorded = states(story, inbox)["done"] - before
    answered = len(answers(ana)) + len(answers(bo))
    lost = 2 * BURST - answered
    story.measure("recorded", recorded)
    story.measure("lost_by_signal_cli", lost)
    story.measure("answered_twice", answers(ana).total() + answers(bo).total() - answered)
    assert answered == recorded
    assert lost <= len(KILLED_AFTER)


async def test_after_an_outage_who_sent_her_word_meanwhile_alerts_nobody_and_who_did_not_does(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    silent_ana, told_bo = await story.somebody("ana"), await story.somebody("bo")
    other_group = await story.pair(silent_ana, told_bo)
    await story.is_settled()
    await story.starts(ana, bo, group, "6s")
    await story.starts(silent_ana, told_bo, other_group, "3s")
    overdue_at = on_the_loop(end_of_grace(story))
    await story.lab.kill_signal_cli()
    await ana.send(WORD)
    await until(overdue_at + 1.0)
    await story.lab.start_signal_cli()
    back_at = asyncio.get_running_loop().time()
    await story.hears(ana, "Thanks, noted. Good night.")
    alert = await story.hears(told_bo, "Timer of Ana: no word since", "I was not running, or could not reach Signal.")
    story.measure("signal_cli_back_to_alert", alert.at - back_at)
    await story.hears(told_bo, "Timer of Ana: no word since", group=other_group)
    await nothing_heard_until(alert.at + 1.0, (ana, bo), "no word since", "Timer of Ana", "Please send your word")
