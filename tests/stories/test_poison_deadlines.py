"""A step that fails each time: whoever relies on it is told all the same, and so is the operator."""

import pytest
from sqlalchemy import Table, delete

from bot.domain.alarm_decisions import AlarmEffect
from bot.domain.decisions import Effect
from bot.use_cases.alarm_happenings import EFFECTS as ALARM_EFFECTS
from bot.use_cases.happenings import EFFECTS
from storage.records import Records
from storage.tables import deadlines, pairings
from tests.stories.dialog import WORD, Scene, Someone, story

PLAIN = "Timer of Ana: no word since 18:05. …I cannot tell you more…1. Call Ana now. …"


def break_effect(monkeypatch: pytest.MonkeyPatch, effect: Effect) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(EFFECTS, effect, broken)  # type: ignore[arg-type]


def forgive(scene: Scene) -> None:
    assert scene.night.log.counts.pop("deadline_failed", 0) > 0


@story()
async def test_an_alert_that_cannot_be_made_goes_out_in_its_plainest_form_to_all(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_effect(monkeypatch, Effect.ALERT)
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:10:10")
    for buddy in (bo, cy):
        await buddy.reads(PLAIN)
    (told,) = scene.night.operator.told
    assert told.startswith("Buddy bot: a step of a timer fails again and again.")
    forgive(scene)


@story()
async def test_it_is_repeated_until_her_word_comes_and_then_taken_back(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_effect(monkeypatch, Effect.ALERT)
    await ana.says("/start 5m")
    await scene.until("18:10:10")
    await bo.reads(PLAIN)
    for until in ("18:16:00", "18:22:00", "18:28:00"):
        await scene.until(until)
        await bo.reads(PLAIN)
        assert not [text for text in bo.unread() if "no word since 18:05" in text]
    ana.forgets()
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads("Ana has sent the word, 18:28: …")
    await scene.passes(hours=1)
    assert not [text for text in bo.unread() if "no word since" in text]
    assert len(scene.night.operator.told) == 1
    forgive(scene)


@story()
async def test_a_question_that_cannot_be_asked_keeps_back_no_alert_and_brings_none_too_early(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_effect(monkeypatch, Effect.ASK_FOR_WORD)
    await ana.says("/start 5m")
    await scene.until("18:09:59")
    assert not [text for text in bo.unread() if "no word since" in text]
    await scene.until("18:10:02")
    await bo.reads(PLAIN)
    forgive(scene)


@story()
async def test_it_goes_out_even_if_her_name_is_gone(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.passes(seconds=3)
    bo.forgets()
    await scene.work(lambda records: remove_all(records, pairings))
    await scene.until("18:10:10")
    await bo.reads("Timer of somebody: no word since 18:05. …I cannot tell you whose it is…Call everybody…")
    forgive(scene)


def remove_all(records: Records, table: Table) -> None:
    assert records.scope.connection.execute(delete(table)).rowcount


@story()
async def test_what_mends_itself_goes_on_as_always(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as for_a_while:
        break_effect(for_a_while, Effect.ALERT)
        await ana.says("/start 5m\nRoom 12")
        await scene.until("18:10:10")
        await bo.reads(PLAIN)
    await scene.until("18:11:30")
    await bo.reads("Timer of Ana: no word since 18:05. …To take it, reply: on it…")
    await bo.reads("Timer of Ana, 2 of 2. …Room 12…")
    forgive(scene)


@story()
async def test_an_alarm_that_cannot_be_repeated_is_in_its_plainest_form(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=3)
    bo.forgets()
    shown = ana.shows()

    def broken(*_: object) -> None:
        raise RuntimeError

    for effect in AlarmEffect:
        monkeypatch.setitem(ALARM_EFFECTS, effect, broken)  # type: ignore[arg-type]
    await scene.passes(minutes=6)
    for buddy in (bo, cy):
        await buddy.reads("About Ana: please read all of this first.…Do not text or call Ana first…")
    assert ana.shows() == shown
    assert len(scene.night.operator.told) == 1
    forgive(scene)


@story()
async def test_after_a_kill_it_is_still_known_how_often_it_failed(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_effect(monkeypatch, Effect.ALERT)
    await ana.says("/start 5m")
    await scene.until("18:11:00")
    hers = deadlines.select().where(deadlines.c.subject_kind == "check_in")
    tries = await scene.work(lambda records: records.scope.connection.execute(hers).one().attempts)
    assert tries >= 5
    await scene.restarts()
    await scene.until("18:17:00")
    await bo.reads(PLAIN)
    await bo.reads(PLAIN)
    assert len(scene.night.operator.told) == 1
    forgive(scene)
