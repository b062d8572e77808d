"""`/settings` (SPEC: Commands)."""

from datetime import timedelta

import pytest

from bot.domain.person_settings import PersonSettings
from storage.records import Records
from tests.stories.dialog import WORD, Scene, Someone, story

AT_FIRST = (
    "I remind you 10 minutes before a timer ends. After its end I wait 5 minutes for your word. "
    "When you start one, your buddy's group gets a line. Messages here and in your groups disappear after 4 hours."
)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def _settings(scene: Scene, someone: Someone) -> PersonSettings:
    def read(records: Records) -> PersonSettings:
        person = records.people.by_account(someone.phone.aci)
        assert person is not None
        return person.settings

    return await scene.work(read)


def _direct(scene: Scene, someone: Someone) -> list[int]:
    """What the timer of the direct chat with the bot was set to, in order."""
    events = [event for event in someone.phone.history if event.kind == "expiration"]
    return [int(event.data["expire_timer"]) for event in events if event.sender == "bot"]


async def _in_group(scene: Scene, group: str) -> int:
    return int((await scene.night.stand_in.group(group))["expiration"])


@story()
async def test_alone_it_shows_how_her_timers_work(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says("/settings")
    await ana.reads(AT_FIRST)
    assert await scene.rows() == before


@pytest.mark.parametrize(
    ("message", "shown", "stored"),
    [
        ("/settings reminder 15m", "I remind you 15 minutes before …", PersonSettings(reminder=15 * MINUTE)),
        ("/settings Reminder 2h", "I remind you 2 hours before …", PersonSettings(reminder=2 * HOUR)),
        ("/settings reminder 0", "I do not remind you …", PersonSettings(reminder=timedelta(0))),
        ("/settings reminder none", "I do not remind you …", PersonSettings(reminder=timedelta(0))),
        ("/settings grace 10m", "…I wait 10 minutes for your word. …", PersonSettings(grace=10 * MINUTE)),
        ("/settings grace 0", "…I do not wait for your word. …", PersonSettings(grace=timedelta(0))),
        ("/settings alerts only", "…no group gets a line: …", PersonSettings(alerts_only=True)),
        ("/settings messages 8h", "…disappear after 8 hours.", PersonSettings(lifetime=8 * HOUR)),
        ("/settings messages 7 days", "…disappear after 168 hours.", PersonSettings(lifetime=168 * HOUR)),
        ("settings messages 1 week", "…disappear after 168 hours.", PersonSettings(lifetime=168 * HOUR)),
    ],
)
@story()
async def test_what_can_be_set(
    ana: Someone, bo: Someone, scene: Scene, message: str, shown: str, stored: PersonSettings
) -> None:
    await ana.says(message)
    await ana.reads(f"Saved.\n{shown}")
    assert await _settings(scene, ana) == stored
    assert await _settings(scene, bo) == PersonSettings()
    await ana.says("/settings default")
    await ana.reads(f"Saved.\n{AT_FIRST}")
    assert await _settings(scene, ana) == PersonSettings()


@story()
async def test_the_start_line_comes_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/settings alerts only")
    await ana.reads("Saved. …".replace(" ", "\n"))
    await ana.says("/settings start line")
    await ana.reads("Saved.\n…your buddy's group gets a line. …")
    assert await _settings(scene, ana) == PersonSettings()


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/settings reminder 3h", "Nothing changed. From none to 2 hours before the end: …"),
        ("/settings reminder 15", "Nothing changed. From none to 2 hours before the end: …"),
        ("/settings reminder until 22:00", "Nothing changed. From none to 2 hours before the end: …"),
        ("/settings grace 31m", "Nothing changed. From none to 30 minutes after the end: …"),
        ("/settings messages 30m", "Nothing changed. From 1 hour to 1 week: …"),
        ("/settings messages 0", "Nothing changed. From 1 hour to 1 week: …"),
        ("/settings messages 8 days", "Nothing changed. From 1 hour to 1 week: …"),
        ("/settings grace", "Nothing changed. Like this: /settings reminder 15m, …"),
        ("/settings loud", "Nothing changed. Like this: /settings reminder 15m, …"),
    ],
)
@story()
async def test_outside_the_bounds_nothing_changes(
    ana: Someone, bo: Someone, scene: Scene, message: str, answer: str
) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(answer)
    assert await scene.rows() == before


@story()
async def test_messages_disappear_in_her_chat_and_her_groups(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    groups = [await scene.group_of(ana, one) for one in (bo, cy)]
    assert [await _in_group(scene, group) for group in groups] == [4 * 3600] * 2
    assert _direct(scene, ana) == _direct(scene, bo) == [4 * 3600]
    await ana.says("/settings messages 1h")
    await ana.reads("Saved.…")
    await scene.passes(seconds=2)
    assert [await _in_group(scene, group) for group in groups] == [3600] * 2
    assert _direct(scene, ana) == [4 * 3600, 3600]
    assert _direct(scene, bo) == [4 * 3600]


@story()
async def test_in_a_group_of_two_who_are_each_others_buddies_the_shorter_holds(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.pair(bo, ana, word="green lantern")
    group = await scene.group_of(ana, bo)
    for someone, setting, expected in ((ana, "8h", 8), (bo, "2h", 2), (ana, "24h", 2), (bo, "1 week", 24)):
        await someone.says(f"/settings messages {setting}")
        await someone.reads("Saved.…")
        await scene.passes(seconds=2)
        assert await _in_group(scene, group) == expected * 3600


@story()
async def test_a_new_group_has_it_from_the_beginning(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await ana.says("/settings messages 8h")
    await ana.reads("Saved.…")
    await scene.pair(ana, dee)
    assert await _in_group(scene, await scene.group_of(ana, dee)) == 8 * 3600


@story()
async def test_between_start_and_close_nothing_is_touched(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Bo may set his own, but the chat in which he would be told, and her group, stay as they are."""
    await scene.pair(bo, ana, word="green lantern")
    group = await scene.group_of(ana, bo)
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs …")
    before = _direct(scene, bo)
    await bo.says("/settings messages 1h")
    await bo.reads("Saved.…")
    await scene.passes(minutes=10)
    assert (_direct(scene, bo), await _in_group(scene, group)) == (before, 4 * 3600)
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await ana.says(WORD)
    await scene.passes(minutes=2)
    assert (_direct(scene, bo), await _in_group(scene, group)) == ([*before, 3600], 3600)


@pytest.mark.parametrize("alerts_only", [False, True])
@story()
async def test_who_was_not_told_of_a_timer_does_not_learn_of_it_by_waiting(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, alerts_only: bool
) -> None:
    """Bo is on call, and told only where she wants a start line; Cy is told in no case."""
    untold = bo if alerts_only else cy
    await scene.chooses(ana, alerts_only=alerts_only)
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    await untold.says("/settings messages 8h")
    await scene.passes(seconds=2)
    assert _direct(scene, untold)[-1] == 8 * 3600


@story()
async def test_it_is_set_when_signal_is_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await scene.night.stand_in.kill_signal_cli()
    await scene.passes(seconds=5)
    await ana.says("/settings messages 1h")
    await scene.passes(seconds=30)
    await scene.night.stand_in.start_signal_cli()
    await scene.passes(minutes=2)
    assert (_direct(scene, ana)[-1], await _in_group(scene, group)) == (3600, 3600)
