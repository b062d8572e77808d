"""Two of one name: the number that tells them apart shows in no group (SPEC: "Ways in")."""

from tests.stories.dialog import WORD, Scene, Someone, story


async def _pair(person: Someone, buddy: Someone, word: str, scene: Scene) -> str:
    code = await person.invites()
    for message in (f"/join {code}", "/accept"):
        await buddy.says(message)
    await scene.passes(seconds=2)
    for label in ("Bo", "Bo 2"):
        await person.says(f"/confirm {label} {word}")
    await scene.passes(seconds=3)
    group = await scene.group_of(person, buddy)
    person.usual_group = buddy.usual_group = group
    return str((await scene.night.stand_in.group(group))["title"])


@story()
async def test_she_does_not_learn_that_her_buddy_knows_another_of_her_name(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    for message in ("/name Ana", "/words green lantern"):
        await dee.says(message)
    await scene.passes(seconds=2)
    dee.forgets()
    assert await _pair(dee, bo, "green lantern", scene) == "Ana + Bo"
    for message in ("/start 5m", "/extend 1m"):
        await dee.says(message)
    await scene.passes(minutes=13)
    await dee.says("green lantern")
    await scene.passes(seconds=3)
    assert any("no word since" in text for text in dee.shows())
    assert not any("Ana 2" in text for text in dee.shows())
    assert any("Timer of Ana 2: no word since" in text for text in bo.shows())


@story()
async def test_he_does_not_learn_that_she_has_another_buddy_of_his_name(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    await dee.says("/name Bo")
    await scene.passes(seconds=2)
    dee.forgets()
    assert await _pair(ana, dee, WORD, scene) == "Ana + Bo"
    await ana.says("/start 5m with Bo 2")
    await scene.passes(minutes=13)
    await ana.says(WORD)
    await scene.passes(seconds=3)
    assert any("no word since" in text for text in dee.shows())
    assert not any("Bo 2" in text for text in dee.shows())
