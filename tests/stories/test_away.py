"""`/away 8h`, `/away until 07:00` and `/back` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_a_buddy_goes_away_and_those_he_looks_after_are_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await bo.says("/away 8h")
    await bo.reads(
        "Saved. As a buddy you are away until Sat 02:00, and those you look after are told. I turn to you only when "
        "there is nobody else. To be there sooner: /back"
    )
    await ana.reads("Bo is away until Sat 02:00. I turn to your other buddies first.")
    await cy.sees_nothing()
    await bo.reads_nothing_in_group()
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo, Cy")
    await ana.reads("Bo is away until Sat 02:00.")
    assert (await scene.person(bo)).is_away(scene.clock.now())


@story()
async def test_it_ends_by_itself(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/away 1h")
    await bo.reads("Saved. …")
    await scene.until("19:00:01")
    ana.forgets()
    assert not (await scene.person(bo)).is_away(scene.clock.now())
    await ana.says("/buddies")
    await ana.reads("Your buddies, …")
    await ana.reads_nothing()
    await bo.says("/back")
    await bo.reads("Nothing changed. You are not away.")


@pytest.mark.parametrize("minutes", [1, 11, 16])
@story()
async def test_it_works_while_a_timer_runs(ana: Someone, bo: Someone, scene: Scene, minutes: int) -> None:
    await ana.says("/start 10m")
    await scene.passes(minutes=minutes)
    ana.forgets()
    bo.forgets()
    await bo.says("/away 2 days")
    await bo.reads("Saved. …")
    await ana.reads("Bo is away until Sun 18:… I turn to your other buddies first.")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/away", "Nothing changed. For how long? Like this: /away 8h or /away 3 days"),
        ("/away soon", "Nothing changed. For how long? …"),
        ("/away 0 days", "Nothing changed. For how long? …"),
        ("/away 8", "Nothing changed. I am not sure what you mean. Like this: /away 8h, /away 8m, …"),
        ("/away until 17:00", "Nothing changed. I am not sure what you mean. Like this: /away 23h"),
        ("/away 15 days", "Nothing changed. You can be away for 14 days at most: /away 14 days"),
        ("/away 337h", "Nothing changed. You can be away for 14 days at most: /away 14 days"),
    ],
)
@story()
async def test_what_is_not_plain_is_asked_back(
    ana: Someone, bo: Someone, scene: Scene, message: str, answer: str
) -> None:
    before = await scene.rows()
    await bo.says(message)
    await bo.reads(answer)
    await ana.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_fourteen_days_are_allowed(ana: Someone, bo: Someone) -> None:
    await bo.says("away 14 days")
    await bo.reads("Saved. As a buddy you are away until 19 Mar 18:00, …")


@story()
async def test_what_reached_me_too_late_is_not_promised(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stop_bot()
    await bo.says("/away 30m")
    await scene.passes(hours=1)
    await scene.night.start_bot()
    await bo.reads("Nothing changed. Your message reached me only now, after 18:30. …", within=30)
