"""A buddy has heard her voice (SPEC: `/reset`)."""

from tests.stories.dialog import Scene, Someone, story


@story()
async def test_only_a_buddy_of_hers_can_vouch(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(dee)
    await ana.says("/reset")
    await dee.says("/vouch Ana")
    await dee.reads("Nothing changed. I know nobody of that name here. …")
    await ana.says("/vouch Ana")
    await ana.reads("Noted. I ask your buddies to call you. …")
    await ana.reads("Nothing changed. I know nobody of that name here. …")
