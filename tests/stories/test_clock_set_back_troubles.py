"""A clock that is set back while something else goes wrong, too: the database is away, a step fails each time."""

from collections.abc import Callable

import pytest

from bot.domain.decisions import Effect
from bot.errors import StorageUnavailable
from storage.records import Records
from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_poison_deadlines import break_effect, forgive


@pytest.mark.parametrize("tenths", range(0, 10, 2))
@story()
async def test_the_third_buddy_does_not_hear_of_it_before_the_second_had_his_two_minutes(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch, tenths: int
) -> None:
    await scene.pair(ana, dee)
    await scene.overdue()
    store = scene.night.store
    assert store is not None
    run, away = store.run_inline, [False]

    def run_or_not(work: Callable[[Records], object]) -> object:
        if away[0]:
            raise StorageUnavailable("away")
        return run(work)

    monkeypatch.setattr(store, "run_inline", run_or_not)
    await scene.passes(seconds=30 + tenths / 10)
    await dee.says("hello")
    await scene.passes(seconds=1)
    away[0] = True
    scene.clock.step(-2)
    await scene.passes(minutes=6, seconds=0.3)
    away[0] = False
    await scene.passes(seconds=30 + tenths / 10)
    for name in ("clock_not_followed", "beat_not_kept"):
        scene.forgiven[name] += 999
    assert any("no word since" in text for text in cy.unread())
    assert not any("no word since" in text for text in dee.unread())


@pytest.mark.parametrize("minutes", [0, 40])
@story()
async def test_plain_alerts_go_on_every_five_minutes_although_the_clock_was_set_back(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    break_effect(monkeypatch, Effect.ALERT)
    await ana.says("/start 5m")
    await scene.until("18:55")
    scene.clock.step(-60 * minutes)
    await scene.passes(seconds=5)
    bo.forgets()
    await scene.passes(minutes=12)
    assert any("no word since 18:05" in text for text in bo.unread())
    forgive(scene)


@pytest.mark.parametrize("minutes", [0, 40])
@story()
async def test_a_step_that_works_again_is_not_put_off_by_a_clock_that_was_set_back(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    with monkeypatch.context() as for_now:
        break_effect(for_now, Effect.ALERT)
        await ana.says("/start 5m\nRoom 12")
        await scene.until("18:55")
        scene.clock.step(-60 * minutes)
        await scene.passes(seconds=5)
    bo.forgets()
    await scene.passes(minutes=2)
    assert any("Room 12" in text for text in bo.unread())
    forgive(scene)
