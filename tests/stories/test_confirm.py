"""`/confirm NAME [WORD]` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


async def _dee_has_accepted(ana: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.says("/name Dee")
    await dee.says("/accept")
    await scene.passes(seconds=1)
    ana.forgets()
    dee.forgets()


@pytest.mark.parametrize("message", [f"/confirm Dee {WORD}", f"confirm dee {WORD}", f"/confirm DEE  {WORD.upper()}."])
@story()
async def test_only_then_is_the_pairing_active_and_the_group_made(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, message: str
) -> None:
    await _dee_has_accepted(ana, dee, scene)
    await ana.says(message)
    await ana.reads(
        "Done. Dee is your buddy. I put the two of you into a group with me. Your phone shows that group, "
        "so only short notes about timers go there."
    )
    await dee.reads("Done. You are now a buddy of Ana. …")
    await scene.passes(seconds=1)
    group = await scene.group_of(ana, dee)
    for one in (ana, dee):
        await one.reads_in_group("Hello Ana and Dee. Timers show up here, in short. …", group)
    await bo.sees_nothing()


@story()
async def test_the_bot_is_the_groups_only_admin_and_messages_disappear(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.night.stand_in.group(await scene.group_of(ana, bo))
    roles = {member["name"]: member["role"] for member in group["members"]}
    assert {name for name, role in roles.items() if "admin" in str(role).lower()} == {"bot"}
    assert set(roles) == {"Ana", "Bo", "bot"}
    assert group["expiration"] == 4 * 3600


@story()
async def test_it_needs_her_word(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _dee_has_accepted(ana, dee, scene)
    before = await scene.rows()
    await ana.says("/confirm Dee")
    await ana.reads("Nothing changed. Please add your word: /confirm Dee WORD")
    await ana.says("/confirm Dee yellow zebra")
    answer = await ana.reads("Nothing changed. Not quite. Like this: /confirm Dee WORD")
    assert "zebra" not in str(answer.body)
    assert await scene.rows() == before
    await dee.sees_nothing()


@pytest.mark.parametrize("message", ["/confirm", f"/confirm Cyd {WORD}", f"/confirm Bo {WORD}", f"/confirm {WORD}"])
@story()
async def test_who_does_not_wait_cannot_be_confirmed(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, message: str
) -> None:
    await _dee_has_accepted(ana, dee, scene)
    before = await scene.rows()
    await ana.says(message)
    await ana.reads("Nothing changed. Nobody of that name waits for your answer. Like this: /confirm Dee WORD")
    assert await scene.rows() == before


@story()
async def test_with_nobody_waiting_it_says_so(ana: Someone, bo: Someone) -> None:
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Nothing changed. Nobody waits for your answer. To ask somebody: /invite")


@story()
async def test_the_buddy_cannot_confirm_himself(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _dee_has_accepted(ana, dee, scene)
    before = await scene.rows()
    await dee.says("/confirm Dee")
    await dee.reads("Nothing changed. …")
    await dee.says("/confirm Ana")
    await dee.reads("Nothing changed. …")
    assert await scene.rows() == before


@story()
async def test_two_people_who_are_each_others_buddies_share_one_group(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.group_of(ana, bo)
    await scene.pair(bo, ana, word="green lantern")
    assert await scene.group_of(ana, bo) == before
    await bo.says("/start 30m")
    await ana.reads_in_group("Bo's timer runs until 18:30. Ana, please answer this with a 👍.…")
