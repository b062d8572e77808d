"""A buddy is available again (SPEC: `/back`)."""

from tests.stories.dialog import Scene, Someone, story


@story()
async def test_he_is_back_and_they_are_told(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await bo.says("/away until 7am")
    await bo.reads("Saved. As a buddy you are away until Sat 07:00, …")
    await ana.reads("Bo is away until Sat 07:00. …")
    await bo.says("/back")
    await bo.reads("Saved. As a buddy you are there again, and those you look after are told.")
    await ana.reads("Bo is there again.")
    assert not (await scene.person(bo)).is_away(scene.clock.now())
    await cy.sees_nothing()


@story()
async def test_back_without_away_tells_nobody(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await bo.says("/back")
    await bo.reads("Nothing changed. You are not away.")
    await ana.sees_nothing()
    assert await scene.rows() == before
