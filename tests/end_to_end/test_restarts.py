"""The bot is killed, stopped, started again and started twice: no alert is missed, none is false, nothing is lost."""

import asyncio
import os
import re
import signal

import pytest

from storage.tables import inbox
from tests.end_to_end.bot_process import run_buddy
from tests.end_to_end.inside import end_of_grace, on_the_loop, states
from tests.end_to_end.story import PATIENT, SETTLED_WITHIN, WORD, Story, nothing_heard_until, until
from tests.lab.phone import Phone
from tests.zones import ZONES, saved

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

CANNOT_START = 3


async def sends_many_zones(ana: Phone) -> None:
    for zone in ZONES:
        await ana.send(f"/tz {zone}")


@pytest.fixture
def changed() -> dict[str, str]:
    return {"BUDDY_LATE_AFTER": "1s", **PATIENT}


async def test_a_bot_killed_while_armed_and_restarted_too_late_alerts_and_says_how_late(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    await story.is_settled()
    await story.starts(ana, bo, group, "2s", "Green door")
    overdue_at = on_the_loop(end_of_grace(story))
    await story.bot.kill()
    await until(overdue_at + 2.0)
    await story.bot.start()
    started_at = asyncio.get_running_loop().time()
    alert = await story.hears(bo, "Timer of Ana: no word since", "Call Ana now")
    story.measure("restart_to_alert", alert.at - started_at)
    late = re.search(r"This message comes (\d+) seconds late: I was not running", alert.body)
    assert late is not None
    assert int(late[1]) == pytest.approx(alert.at - overdue_at, abs=1.5)
    await story.hears(bo, "Ana left this for you:", "Green door")
    await story.hears(bo, "Timer of Ana: no word since", group=group)
    await story.hears(ana, "Your timer ended at", "Please send your word now.")
    await story.says(ana, WORD, "Thanks, noted.")
    await story.hears(bo, "Ana has sent the word,")


async def test_a_word_sent_in_time_while_the_bot_was_down_prevents_the_alert(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    await story.is_settled()
    await story.starts(ana, bo, group, "4s")
    overdue_at = on_the_loop(end_of_grace(story))
    await story.bot.kill()
    story.measure("signal_cli_receives_without_a_bot", await story.signal_cli_has_left())
    await ana.send(f"/safe {WORD}")
    await until(overdue_at + 1.0)
    restarted = len(story.bot.log)
    await story.bot.start()
    await story.hears(ana, "Thanks, noted. Good night.")
    for phone in (ana, bo):
        await story.hears(phone, "Ana's timer is closed. Thank you.", group=group)
    await story.bot.watched(story.bot.told("settled", SETTLED_WITHIN, since=restarted))
    await nothing_heard_until(
        asyncio.get_running_loop().time() + 2.0, (ana, bo), "no word since", "Timer of Ana", "Please send your word"
    )


async def test_a_bot_that_is_asked_to_end_does_so_in_good_order_and_loses_nothing(story: Story):
    ana = await story.somebody("ana")
    await story.joins(ana, "Ana")
    sending = asyncio.ensure_future(sends_many_zones(ana))
    await story.hears(ana, saved(ZONES[0]))
    asked_at = asyncio.get_running_loop().time()
    assert await story.bot.stop(within=5.0) == 0
    story.measure("sigterm_to_end", asyncio.get_running_loop().time() - asked_at)
    await sending
    await story.bot.start()
    for zone in ZONES[1:]:
        await story.hears(ana, saved(zone))
    assert set(states(story, inbox)) == {"done"}


async def test_a_bot_whose_signal_cli_hangs_ends_within_five_seconds_all_the_same(story: Story):
    await story.joins(await story.somebody("ana"), "Ana")
    signal_cli = story.lab.process_ids()[1]
    os.kill(signal_cli, signal.SIGSTOP)
    try:
        asked_at = asyncio.get_running_loop().time()
        assert await story.bot.stop(within=5.0) == 0
        story.measure("sigterm_to_end_while_signal_cli_hangs", asyncio.get_running_loop().time() - asked_at)
    finally:
        os.kill(signal_cli, signal.SIGCONT)


async def test_a_second_bot_on_the_same_file_says_so_and_the_first_goes_on(story: Story):
    ana = await story.somebody("ana")
    await story.joins(ana, "Ana")
    second = await run_buddy(story.bot.settings, story.bot.folder, "run")
    assert second.status == CANNOT_START
    assert "Another bot" in second.complained
    assert "Traceback" not in second.complained
    await story.says(ana, "/status", "No timer runs.")
