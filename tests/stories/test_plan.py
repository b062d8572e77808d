"""`/plan` (SPEC: "whom to ring, the question only she can answer, whether and when police: shown only in an alert")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story

PLAN = "Ring my sister Mia.\nAsk: how was the lake?\nNo police before 23:00."
KEPT = (
    "You have a plan. Your buddies see it only if you are not back in time, and I do not show it here. "
    "To read it: /export WORD   To replace it: /plan TEXT   To clear it: /plan none"
)
SAVED = "Saved. Your buddies see it only if you are not back in time. …"


@story()
async def test_the_plan_is_shown_in_the_alert_after_the_details(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/plan {PLAN}")
    await ana.reads(SAVED)
    await scene.overdue()
    direct = [e for e in bo.phone.history if e.group_id is None and (e.body or "").startswith("Timer of Ana")]
    first, details, plan = (str(event.body) for event in direct)
    assert "2. Ask the question that only Ana can answer. It stands in the plan that Ana left." in first
    assert details == "Timer of Ana, 2 of 3. Ana left this for you:\nRoom 12, Hotel Ritz"
    assert plan == (
        f"Timer of Ana, 3 of 3. What Ana planned for this:\n{PLAN}\nPolice: what the plan says holds. "
        "If it says nothing about them: not, unless life is in danger before your eyes."
    )
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")
    await scene.passes(seconds=5)
    assert {event.timestamp for event in direct} <= bo.deleted()


@story()
async def test_it_is_never_in_the_group(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/plan {PLAN}")
    await scene.overdue()
    await scene.passes(minutes=20)
    in_group = [str(e.body) for e in bo.phone.history if e.event == "message" and e.group_id is not None]
    assert in_group
    assert not any("Mia" in text for text in in_group)


@story()
async def test_alone_it_says_whether_there_is_one_and_none_clears_it(ana: Someone, bo: Someone) -> None:
    """Found: whoever held her phone read the question and its answer, without a word."""
    await ana.says("/plan")
    await ana.reads("You have no plan yet. …")
    await ana.says(f"/plan\n{PLAN}")
    await ana.reads(SAVED)
    await ana.says("plan")
    await ana.reads(KEPT)
    await ana.says("/plan None.")
    await ana.reads("Done. You have no plan now. …")
    await ana.says("/plan")
    await ana.reads("You have no plan yet. …")


@story()
async def test_she_reads_it_with_her_word_as_a_file(ana: Someone, bo: Someone) -> None:
    await ana.says(f"/plan {PLAN}")
    await ana.reads("…To read it: /export WORD   To clear it: /plan none")
    await ana.says("/export")
    await ana.reads("Nothing changed. Please add your word: /export WORD")
    await ana.says(f"/export {WORD}")
    assert f"Your plan:\n{PLAN}" in (await ana.gets_file("Here is what I keep about you. …")).decode()


@story()
async def test_who_has_no_word_reads_it_in_the_same_way(ana: Someone, bo: Someone) -> None:
    await bo.says(f"/plan {PLAN}")
    await bo.says("/plan")
    await bo.reads("Saved. …")
    await bo.reads(KEPT)
    await bo.says("/export WORD")
    assert f"Your plan:\n{PLAN}" in (await bo.gets_file("Here is what I keep about you. …")).decode()


@story()
async def test_after_the_other_word_it_is_not_shown_either(ana: Someone, bo: Someone) -> None:
    await both_words(ana, bo)
    await ana.says(f"/plan {PLAN}")
    await ana.reads(SAVED)
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await ana.says(DURESS)
    await ana.reads("Thanks, noted. …")
    await ana.says("/plan")
    await ana.reads(KEPT)


@story()
async def test_while_a_timer_runs_it_is_frozen_and_not_shown(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/plan {PLAN}")
    await ana.reads(SAVED)
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    for message in ("/plan", "/plan none", "/plan something else"):
        await ana.says(message)
        await ana.reads("Nothing changed. That has to wait until your timer is closed.")
    await scene.until("18:10:02")
    await bo.reads("Timer of Ana: no word since 18:05. …It stands in the plan…")
    await bo.reads("Timer of Ana, 2 of 2. What Ana planned for this:\nRing my sister Mia.…")


@story()
async def test_in_a_group_it_is_not_kept_and_she_is_told_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says_in_group(f"/plan {PLAN}")
    await ana.reads("Nothing changed, and I kept nothing: others can read it there. Please delete that message, …")
    await ana.reads_nothing_in_group()
    assert "Mia" not in await scene.opened()


@story()
async def test_without_a_slash_talk_about_plans_changes_nothing(ana: Someone, bo: Someone) -> None:
    await ana.says("plan B is better")
    await ana.reads("Nothing changed. Like this: /plan TEXT")


@pytest.mark.parametrize("letter", ["x", "ü", "🦒"])
@story()
async def test_1500_characters_are_kept_whole_and_more_refused(
    ana: Someone, bo: Someone, scene: Scene, letter: str
) -> None:
    await ana.says("/plan " + letter * 1501)
    await ana.reads("Nothing changed. A plan has 1,500 characters at most. …")
    await ana.says("/plan " + letter * 1500)
    await ana.reads(SAVED)
    await scene.overdue()
    parts = [text for text in bo.shows() if "What Ana planned" in text]
    assert "".join(parts).count(letter) >= 1500
    assert all(len(text.encode()) <= 2000 for text in parts)
