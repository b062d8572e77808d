"""What buddies answered while the bot was down counts from when it is told (SPEC: "When the bot was down")."""

from tests.stories.dialog import Scene, Someone, story


def _alerts(told: list[str]) -> list[str]:
    return [text for text in told if "no word since" in text]


@story()
async def test_a_resolve_that_waited_gives_her_time_for_her_word(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """She is asked only now: the pause must not be over before she could read the question."""
    await scene.overdue()
    await scene.passes(seconds=20)
    await scene.dies()
    bo.forgets()
    await bo.says("/resolve Ana")
    await scene.until("18:40")
    await scene.night.start_bot()
    await scene.passes(minutes=5)
    told = {one.name: one.unread() for one in (ana, bo, cy)}
    assert any("Bo says that you two have spoken" in text for text in told["Ana"])
    assert _alerts(told["Bo"]) == []
    assert _alerts(told["Cy"]) == []


@story()
async def test_another_answer_that_waited_brings_one_alert_and_not_two(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """He was asked how it stands, and answered while the bot was down: the others are alerted, once."""
    await scene.overdue()
    await bo.says("on it")
    await scene.until("18:40:05")
    await scene.dies()
    for one in (ana, bo, cy):
        one.forgets()
    await bo.says("I do not know")
    await scene.until("18:45")
    await scene.night.start_bot()
    await scene.passes(seconds=50)
    told = {one.name: one.unread() for one in (bo, cy)}
    direct = [text for text in told["Cy"] if text.startswith("Timer of Ana: ") and "If" in text]
    assert len(direct) == 1, told


@story()
async def test_the_third_buddy_is_not_alerted_before_the_second_had_his_minute(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(ana, dee)
    await scene.overdue()
    await bo.says("on it")
    await scene.until("18:40:05")
    await scene.dies()
    for one in (ana, bo, cy, dee):
        one.forgets()
    await bo.says("I do not know")
    await scene.until("18:45")
    await scene.night.start_bot()
    await scene.passes(seconds=50)
    assert _alerts(cy.unread()) != []
    assert _alerts(dee.unread()) == []


@story()
async def test_what_he_is_told_after_on_it_that_waited_lies_ahead(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.passes(seconds=20)
    await scene.dies()
    bo.forgets()
    await bo.says("on it")
    await scene.until("19:30")
    await scene.night.start_bot()
    await scene.passes(seconds=30)
    told = bo.unread()
    assert not any("I ask you how it stands at 18:4" in text for text in told), told
