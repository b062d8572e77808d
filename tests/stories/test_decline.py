"""`/decline` (SPEC: Commands)."""

from tests.stories.dialog import Scene, Someone, story


@story()
async def test_it_ends_the_offer_and_she_is_told_without_a_name(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    before = await scene.rows()
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you …")
    await dee.says("/decline")
    await dee.reads("Noted. You are not a buddy of Ana.")
    await ana.reads("Your invitation was declined. For another one: /invite")
    assert (await scene.rows())["pairings"] == before["pairings"]


@story()
async def test_with_nothing_open_it_says_so(ana: Someone, bo: Someone) -> None:
    await bo.says("/decline")
    await bo.reads("Nothing changed. No invitation waits for your answer. To use one: /join CODE")


@story()
async def test_more_words_change_nothing(ana: Someone, bo: Someone) -> None:
    await bo.says("/decline Ana")
    await bo.reads("Nothing changed. Like this: /decline")
