"""Two people of one name are told apart, also where they are parted from (SPEC: Commands)."""

from tests.stories.dialog import WORD, Scene, Someone, story

DONE = "Done. You and {} are no longer paired. Your group goes too."


async def _becomes_bo(scene: Scene, dee: Someone) -> None:
    await scene.let_in(dee)
    await dee.says("/name Bo")
    await dee.reads("Saved. Your buddies see you as Bo.…")


async def _paired_with(scene: Scene, ana: Someone) -> list[str]:
    """What she calls her buddies, in whatever state their pairing is."""
    person = await scene.work(lambda records: records.people.by_account(ana.phone.aci))
    assert person is not None
    found = await scene.work(lambda records: records.pairings.of_person(person.id))
    return [pairing.buddy_label for pairing in found]


@story()
async def test_a_second_bo_who_only_joined_is_not_meant(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _becomes_bo(scene, dee)
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads(DONE.format("Bo"))
    await bo.reads("You and Ana are no longer paired.")
    await dee.sees_nothing()
    assert len(await _paired_with(scene, ana)) == 1


@story()
async def test_a_second_bo_gets_a_number_and_each_is_parted_from_alone(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _becomes_bo(scene, dee)
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    await dee.says("/accept")
    await ana.reads("Somebody who uses the name Bo 2 used your code …")
    assert await _paired_with(scene, ana) == ["Bo", "Bo 2"]
    await ana.says(f"/unpair Bo 2 {WORD}")
    await ana.reads(DONE.format("Bo 2").replace(" Your group goes too.", "…"))
    assert await _paired_with(scene, ana) == ["Bo"]
    await bo.sees_nothing()
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads(DONE.format("Bo"))
    assert await _paired_with(scene, ana) == []


@story()
async def test_a_buddy_who_renames_himself_after_another_gets_a_number_too(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await cy.says("/name Bo")
    await cy.reads("Saved. Your buddies see you as Bo.…")
    await ana.reads("Cy is called Bo 2 …")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads(DONE.format("Bo"))
    await bo.reads("You and Ana are no longer paired.")
    await cy.sees_nothing()
    assert await _paired_with(scene, ana) == ["Bo 2"]


@story()
async def test_her_buddy_bo_and_another_bo_whose_buddy_she_is_are_told_apart(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """`/unpair Bo` could mean either: it ends neither."""
    await _becomes_bo(scene, dee)
    await dee.says("/words green lantern")
    await dee.reads("Saved. …")
    code = await dee.invites()
    await ana.says(f"/join {code}")
    await ana.reads("Bo asks you to be a buddy.…")
    await ana.says("/accept")
    await ana.reads("Thank you. …")
    await dee.reads("Somebody who uses the name Ana …")
    await dee.says("/confirm Ana green lantern")
    await scene.passes(seconds=3)
    for someone in (ana, bo, dee):
        someone.forgets()
    for message in ("/unpair Bo", f"/unpair Bo {WORD}", "/unpair bo"):
        before = await scene.rows()
        await ana.says(message)
        await ana.reads("Nothing changed. Two people here go by that name. …")
        assert await scene.rows() == before
    await bo.sees_nothing()
    await dee.sees_nothing()
    await bo.says("/name Bobby")
    await bo.reads("Saved. …")
    await ana.reads("Bo is called Bobby …")
    await ana.says("/unpair Bo")
    await ana.reads(DONE.format("Bo"))
    assert await _paired_with(scene, ana) == ["Bobby"]
