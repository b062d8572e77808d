"""`/invite` (SPEC: Commands)."""

from handlers.door import Registration
from tests.stories.dialog import Scene, Someone, story


@story()
async def test_a_code_and_a_text_to_forward(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/invite")
    await ana.reads(
        "Send the next message on to your buddy. The code works once, until Sun 18:00. Open invitations: 1 of 5."
    )
    forward = await ana.reads(
        "Will you be my buddy? Somebody who is told when my timer ends and I am not back.\n"
        f"In Signal, write to {scene.night.stand_in.account}:\n/join …"
    )
    code = str(forward.body).split("/join ")[1]
    assert len(code.replace("-", "")) >= 12
    await scene.passes(seconds=1)
    assert code not in await scene.opened()


@story()
async def test_the_code_works_once(ana: Someone, bo: Someone, cy: Someone, dee: Someone) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    await cy.says(f"/join {code}")
    await cy.reads("Nothing changed. That code is not valid (any more). Ask for a new one.")


@story(invite_valid="30m")
async def test_the_code_works_for_as_long_as_was_said(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    code, late = await ana.invites(), await ana.invites()
    await scene.passes(minutes=29)
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    await dee.says("/decline")
    await dee.reads("Noted. …")
    await scene.passes(minutes=2)
    await dee.says(f"/join {late}")
    await dee.reads("Nothing changed. That code is not valid (any more). Ask for a new one.")


@story()
async def test_at_most_five_are_open_and_it_says_when_the_next_one_ends(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    code = await ana.invites()
    await scene.passes(minutes=30)
    for number in range(2, 6):
        await ana.says("/invite")
        await ana.reads(f"Send the next message on …Open invitations: {number} of 5.")
        await ana.reads("Will you be my buddy? …")
    before = await scene.rows()
    await ana.says("/invite")
    await ana.reads("Nothing changed. 5 invitations are open already. One ends at Sun 18:00.")
    assert await scene.rows() == before
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you …")
    await ana.says("/invite")
    await ana.reads("Send the next message on …Open invitations: 5 of 5.")


@story(paired=False)
async def test_she_needs_a_name_first(ana: Someone, scene: Scene) -> None:
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads("Welcome. …")
    await ana.says("/invite")
    await ana.reads("Nothing changed. First tell me what your buddy should call you: /name Ana")


@story()
async def test_in_the_group_it_is_answered_directly_and_the_code_stays_out_of_it(ana: Someone, bo: Someone) -> None:
    await ana.says_in_group("/invite")
    await ana.reads("Send the next message on …")
    await ana.reads_nothing_in_group()
    await bo.sees_nothing()


@story()
async def test_once_no_new_people_come_in_it_says_for_whom_the_code_is(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Else somebody new would only be told that this bot is private, and she would wait for a buddy."""
    scene.night.settings = scene.night.settings.model_copy(update={"registration": Registration.CLOSED})
    await scene.restarts()
    await ana.says("/invite")
    await ana.reads("I let no new people in just now. This code is for somebody who uses me already.")
    await ana.reads("Send the next message on …")
    await ana.reads("Will you be my buddy? …")
