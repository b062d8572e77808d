"""Kill it anywhere (DESIGN, invariant 3): no message unanswered, no deadline unacted, no alert unsent, nothing twice.

The evenings are those of `stories`, the rest is in `evenings` (what must hold) and `mishaps` (what goes wrong).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.domain.check_in import Stage
from bot.practice.stand_in_daemon import StandInDaemon
from storage.deadlines import Deadline, Deadlines
from storage.leases import Lease
from tests.properties.evenings import Mishap, Story, moments_of, play
from tests.properties.mishaps import MISHAPS, receiving_flaps
from tests.properties.night import ALERT, WORD, Night
from tests.properties.resting import check_closed_once, the_check_ins
from tests.properties.stories import STORIES, end_with_the_word, first_alert, pair, start

KEEP = settings(derandomize=True, phases=(Phase.explicit, Phase.generate, Phase.shrink))
PLACES = st.integers(0, 10_000)
GAPS = st.sampled_from((0.5, 3.0, 20.0))

moments = cache(moments_of)


def turns(story: Story, places: list[int]) -> list[int]:
    """The turns that stand for these places in the evening."""
    all_of_them = moments(story)
    return sorted(all_of_them[place % len(all_of_them)] for place in places)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
@settings(KEEP, max_examples=10)
@given(places=st.lists(PLACES, min_size=1, max_size=3), gap=GAPS)
def test_a_bot_killed_at_any_moment_does_its_duty_all_the_same(story: Story, places: list[int], gap: float) -> None:
    play(story, turns(story, places), gap=gap)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
@settings(KEEP, max_examples=8)
@given(mishap=st.sampled_from(MISHAPS), place=PLACES)
def test_whatever_else_goes_wrong_it_does_its_duty_all_the_same(story: Story, mishap: Mishap, place: int) -> None:
    play(story, turns(story, [place]), mishap)


# --- the narrow places, one by one


def killing_around(wanted: Callable[[bytes], bool], *, after_effect: bool) -> Any:
    """Kill the bot with the first such call in hand: before signal-cli has it, or when it is carried out."""
    take, done = StandInDaemon.take, []

    def taken(daemon: StandInDaemon, connection: Any, line: bytes) -> None:
        hit = wanted(line) and not done
        if hit and not after_effect:
            done.append(line)
            CURRENT[-1].kill()
            return
        take(daemon, connection, line)
        if hit:
            done.append(line)
            CURRENT[-1].kill()

    return patch.object(StandInDaemon, "take", taken)


CURRENT: list[Night] = []


def with_night(story: Story) -> Story:
    """The same story; the night is known to whoever kills."""

    async def noted(night: Night) -> None:
        CURRENT.append(night)
        try:
            await story(night)
        finally:
            CURRENT.pop()

    return noted


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_kill_between_making_a_group_and_its_record_never_makes_two(after_effect: bool) -> None:
    async def they_pair(night: Night) -> None:
        await pair(night)
        assert night.kills == 1

    with killing_around(lambda line: b'"updateGroup"' in line and b'"name"' in line, after_effect=after_effect):
        play(with_night(they_pair))  # its end counts the groups


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_kill_between_an_alert_and_its_record_may_send_it_twice_but_never_not(after_effect: bool) -> None:
    async def she_is_late(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        await first_alert(night)
        await asyncio.sleep(30)
        assert night.kills == 1
        assert len(night.alert_times()) == (2 if after_effect else 1)
        await end_with_the_word(night)
        await check_closed_once(night)

    with killing_around(lambda line: b"Most often this is just a delay" in line, after_effect=after_effect):
        play(with_night(she_is_late))


def test_a_word_sent_while_the_bot_was_down_prevents_the_alert() -> None:
    async def she_writes_in_time(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        await night.evening.kill_bot()
        await asyncio.sleep(50)
        await night.ana.send(WORD)
        await asyncio.sleep(600)
        await night.evening.start_bot()
        await night.reads(night.ana, "Good night")
        await asyncio.sleep(600)
        assert night.texts(night.bo, ALERT) == []
        await check_closed_once(night)

    play(she_writes_in_time)


@pytest.mark.parametrize("after", [0.0, 1.0, 2.5, 4.9, 5.1])
def test_kills_in_mid_settling_let_the_word_be_heard_first_all_the_same(after: float) -> None:
    async def killed_while_it_settles(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        await night.evening.kill_bot()
        await asyncio.sleep(300)
        await night.ana.send(WORD)
        for _ in range(5):
            await night.evening.start_bot()
            await asyncio.sleep(after)
            await night.evening.kill_bot()
        await night.evening.start_bot()
        await asyncio.sleep(60)
        assert night.texts(night.bo, ALERT) == []
        (check_in,) = await the_check_ins(night)
        assert check_in.stage is Stage.CLOSED

    play(killed_while_it_settles)


def test_an_alert_that_was_due_while_the_bot_was_down_goes_out_and_says_how_late_it_is() -> None:
    async def nobody_writes(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        await night.evening.kill_bot()
        await asyncio.sleep(3600)
        began = night.clock.now()
        await night.evening.start_bot()
        await night.reads(night.bo, ALERT + "(.|\n)*comes 5[89] minutes late")
        assert night.alert_times()[0] - began < timedelta(seconds=20)
        await end_with_the_word(night)
        await check_closed_once(night)

    play(nobody_writes)


def test_a_deadline_that_a_dead_run_had_in_hand_is_acted_upon_at_once_after_the_restart() -> None:
    claim_due = Deadlines.claim_due

    def claimed(deadlines: Deadlines, now: datetime, limit: int, lease: Lease) -> list[Deadline]:
        found = claim_due(deadlines, now, limit, lease)
        if found and not CURRENT[-1].kills:
            CURRENT[-1].loop.call_soon(CURRENT[-1].kill)  # right after the commit
        return found

    async def killed_with_the_deadline_in_hand(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        (check_in,) = await the_check_ins(night)
        await night.reads(night.ana, "Your timer ended at")
        assert night.kills == 1
        assert night.clock.now() - check_in.deadline < timedelta(seconds=night.down_for + 5.1)
        await first_alert(night)
        await end_with_the_word(night)

    with patch.object(Deadlines, "claim_due", claimed):
        play(with_night(killed_with_the_deadline_in_hand))


def test_while_receiving_flaps_for_minutes_alerts_leave_all_the_same() -> None:
    async def shaky(night: Night) -> None:
        await pair(night)
        await start(night, "60s")
        receiving_flaps(night)
        await first_alert(night)
        await asyncio.sleep(180)
        await end_with_the_word(night)
        await check_closed_once(night)

    play(shaky)


def test_a_message_delivered_twice_is_handled_once() -> None:
    async def everything_arrives_twice(night: Night) -> None:
        night.evening.stand_in.faults.messages.duplicate = 1.0
        await pair(night)
        await start(night, "5m")
        await night.asks(night.ana, "/extend 10m", "Your timer now runs until")
        await asyncio.sleep(30)
        (check_in,) = await the_check_ins(night)
        assert check_in.extended_freely == timedelta(minutes=10)
        await night.asks(night.ana, WORD, "Good night")

    play(everything_arrives_twice)


def test_messages_that_overtake_each_other_and_get_lost_leave_no_harm() -> None:
    async def a_bad_day(night: Night) -> None:
        disturbance = night.evening.stand_in.faults.messages
        disturbance.drop, disturbance.duplicate, disturbance.delay, disturbance.reorder = 0.2, 0.2, 0.2, 0.2
        await pair(night)
        await start(night, "60s")
        await first_alert(night)
        await end_with_the_word(night)
        await check_closed_once(night)

    play(a_bad_day)


@pytest.mark.parametrize("seconds", [0.0, 0.5, 7.0, 70.0, 90.0])
def test_a_bot_that_was_killed_leaves_nothing_running_behind(seconds: float) -> None:
    """Otherwise these evenings would prove nothing: what is left of the dead could do the work of the living."""

    async def killed_later(night: Night) -> None:
        await night.evening.kill_bot()
        await asyncio.sleep(60)
        without_a_bot = names_of_tasks()
        await night.evening.start_bot()
        await pair(night)
        await start(night, "60s")
        await asyncio.sleep(seconds)
        await night.evening.kill_bot()
        await asyncio.sleep(0)
        assert names_of_tasks() == without_a_bot
        await night.evening.start_bot()
        await first_alert(night)
        await end_with_the_word(night)

    play(killed_later)


def names_of_tasks() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}
