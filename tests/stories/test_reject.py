"""`/reject NAME` (SPEC: Commands)."""

from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_it_ends_the_offer_and_he_is_told(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    before = await scene.rows()
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.says("/name Dee")
    await dee.says("/accept")
    await scene.passes(seconds=1)
    ana.forgets()
    dee.forgets()
    await ana.says("/reject Dee")
    await ana.reads("Noted. Dee is not your buddy.")
    await dee.reads("Ana has not confirmed. You are not a buddy of Ana.")
    assert (await scene.rows())["pairings"] == before["pairings"]
    await ana.says(f"/confirm Dee {WORD}")
    await ana.reads("Nothing changed. Nobody waits for your answer. To ask somebody: /invite")


@story()
async def test_an_active_buddy_cannot_be_rejected(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    for message in ("/reject Bo", "/reject", "/reject Dee"):
        await ana.says(message)
        await ana.reads("Nothing changed. Nobody waits for your answer. To ask somebody: /invite")
    assert await scene.rows() == before
