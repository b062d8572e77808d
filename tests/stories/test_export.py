"""`/export [WORD]` (SPEC: "my data as a file")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

HERE = "Here is what I keep about you. …"


async def _file(someone: Someone) -> str:
    return (await someone.gets_file(HERE)).decode()


@story()
async def test_she_gets_what_is_kept_of_her_as_a_file(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/plan Ring my sister.\nHow was the lake?")
    await ana.says("/tz Europe/Berlin")
    await ana.says("/note the blue house")
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says(f"/export {WORD}")
    told = await _file(ana)
    assert told.splitlines() == [
        "What the timer bot keeps about you, 19:00",
        f"Your account at Signal: {ana.phone.aci}",
        "Name that your buddies see: Ana",
        "Time zone: Europe/Berlin",
        "Word: you have one. It is kept in a form that nobody can read.",
        "Buddy: Bo, paired, since 18:59",
        "Bo is your buddy until 5 Sep.",
        "It goes on if both of you renew it: /renew Bo",
        "Buddy: Cy, paired, since 18:59",
        "Cy is your buddy until 5 Sep.",
        "It goes on if both of you renew it: /renew Cy",
        "Notes and files that wait for your next timer: 1",
        "Your plan:",
        "Ring my sister.",
        "How was the lake?",
    ]
    await scene.passes(seconds=2)
    assert "How was the lake" in await scene.opened()  # the plan itself
    assert (await scene.rows(machinery=True))["files"] == []


@story()
async def test_a_buddy_sees_only_what_he_may(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 1h\nRoom 12")
    await bo.reads_in_group("Ana's timer runs …")
    for buddy in (bo, cy):
        await buddy.says("/export")
        told = await _file(buddy)
        assert "You are a buddy of Ana: paired, since 17:59" in told
        assert ("Timer of Ana: until 19:00" in told) is (buddy is bo)
        assert not any(secret in told for secret in ("Room", "Cy" if buddy is bo else "Bo", WORD))


@story()
async def test_while_a_timer_runs_neither_plan_nor_details_are_in_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/plan Ring my sister.")
    await ana.says("/start 1h\nRoom 12")
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says(f"/export {WORD}")
    told = await _file(ana)
    assert "Your timer: from 18:00 until 19:00" in told
    assert "Your plan: shown again when your timer is closed" in told
    assert "sister" not in told
    assert "Room 12" not in told
    assert await scene.check_in(ana) is not None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/export", "Nothing changed. Please add your word: /export WORD"),
        ("/export green giraffe", "Nothing changed. Not quite. Like this: /export WORD"),
    ],
)
@story()
async def test_it_needs_her_word(ana: Someone, bo: Someone, text: str, answer: str) -> None:
    await ana.says(text)
    await ana.reads(answer)


@story()
async def test_asked_for_in_the_group_it_comes_directly(ana: Someone, bo: Someone) -> None:
    await bo.says_in_group("/export")
    assert "You are a buddy of Ana" in await _file(bo)
    await bo.reads_nothing_in_group()
