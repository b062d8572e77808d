"""`/status` (SPEC: Commands): all, direct only."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

NOTHING = "No timer runs. To start one: /start 2h"


@story()
async def test_with_nothing_running_it_says_so(ana: Someone, bo: Someone) -> None:
    for one in (ana, bo):
        await one.says("/status")
        await one.reads(NOTHING)


@story()
async def test_before_the_deadline_who_is_on_call_and_who_has_seen_it(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    line = await bo.reads_in_group("Ana's timer runs …")
    await ana.says("/status")
    await ana.reads("Your timer runs until 20:00. On call: Bo.\nBo has not answered yet.")
    await bo.reacts("👍", line)
    await ana.reads("Bo has seen it. …")
    await ana.says("status")
    await ana.reads("Your timer runs until 20:00. On call: Bo.\nBo has seen it.")
    await bo.takes_back("👍", line)
    await ana.says("/status")
    await ana.reads("Your timer runs until 20:00. On call: Bo.\nBo has not answered yet.")


@pytest.mark.parametrize("minutes", [10, 15, 21])
@story()
async def test_from_the_deadline_on_time_and_state_only(ana: Someone, bo: Someone, scene: Scene, minutes: int) -> None:
    await ana.says("/start 10m")
    await scene.passes(minutes=minutes, seconds=2)
    if minutes > 20:
        await bo.says("on it")
        await scene.passes(seconds=1)
    ana.forgets()
    await ana.says("/status")
    await ana.reads("Your timer ended at 18:10 and is open. Send your word to close it.")
    await ana.reads_nothing()


@story()
async def test_a_buddy_sees_what_he_was_told_and_how_far_it_got(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/status")
    await bo.reads(NOTHING)
    await bo.reads(
        "Timer of Ana: no word since 18:05. You were told at 18:10. My message: arrived on your phone. "
        "Nobody has it yet."
    )
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.says("/status")
    await bo.reads(NOTHING)
    await bo.reads("Timer of Ana: no word since 18:05. …You have it.")


@story()
async def test_a_buddy_who_read_it_is_told_so(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.set_receipts(read=True)
    await scene.overdue()
    await bo.says("/status")
    await bo.reads(NOTHING)
    await bo.reads("Timer of Ana: …My message: read. Nobody has it yet.")


@story()
async def test_before_the_alert_a_buddy_sees_no_more_than_he_was_told(ana: Someone, bo: Someone, cy: Someone) -> None:
    await ana.says("/start 2h")
    await bo.reads_in_group("Ana's timer runs …")
    for one in (bo, cy):
        await one.says("/status")
        await one.reads(NOTHING)
    await bo.reads("Timer of Ana: it runs until 20:00, and you are on call.")
    for one in (bo, cy):
        await one.reads_nothing()


@story()
async def test_after_a_resolve_he_reads_that_it_rests(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    await bo.says("/status")
    await bo.reads(NOTHING)
    await bo.reads("Timer of Ana: …You said that you have spoken with Ana.")


@story()
async def test_in_the_group_it_is_answered_directly(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.reads_in_group("Ana's timer runs …")
    for message in ("/status", "status"):
        await ana.says_in_group(message)
        await ana.reads("Your timer runs until 20:00. …")
        await ana.reads_nothing_in_group()


@story()
async def test_more_words_are_shown_the_right_form(ana: Someone, bo: Someone) -> None:
    await ana.says("/status of Bo")
    await ana.reads("Nothing changed. Like this: /status")


@story()
async def test_an_answer_that_could_not_leave_is_not_told_after_the_close(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: after the all-clear, and after she had herself erased, he read that nobody had heard from her."""
    await scene.overdue()
    await scene.night.stand_in.rate_limit("Bo")
    await bo.says("/status")
    await scene.passes(seconds=2)
    await ana.says(WORD)
    await scene.passes(seconds=2)
    await ana.says(f"/forget {WORD}")
    await scene.passes(minutes=5)
    assert "no word since" not in await scene.opened()
    await scene.night.stand_in.calm()
    await scene.passes(minutes=10)
    told = bo.unread()
    assert "Ana has sent the word, 18:10: the timer is closed. Nothing more to do. Thank you." in told
    assert not any("no word since" in text for text in told)


@story()
async def test_nor_where_he_was_told_of_an_alarm_about_somebody_else(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, bo, "velvet hacksaw")
    await dee.says("/sos")
    await scene.passes(seconds=5)
    await scene.overdue()
    await scene.night.stand_in.rate_limit("Bo")
    await bo.says("/status")
    await scene.passes(seconds=2)
    await ana.says(WORD)
    await scene.passes(seconds=2)
    await ana.says(f"/forget {WORD}")
    await scene.passes(minutes=5)
    opened = await scene.opened()
    print([line for line in opened.splitlines() if "no word since" in line or "status.alert" in line or "Ana" in line])
    await scene.night.stand_in.calm()
    await scene.passes(minutes=10)
    told = bo.unread()
    print([t for t in told if "Ana" in t])
    assert not any("no word since" in text for text in told)
