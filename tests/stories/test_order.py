"""`/order Bo Cy [not Dee] WORD` (SPEC: Commands). `test_receive_order.py` is about the order of messages."""

import pytest

from bot.domain.pairing import PairingState
from storage.records import Records
from tests.stories.dialog import WORD, Scene, Someone, story


async def _order(scene: Scene, ana: Someone) -> list[tuple[str, bool]]:
    """Her buddies as stored, and who is marked."""

    def read(records: Records) -> list[tuple[str, bool]]:
        person = records.people.by_account(ana.phone.aci)
        assert person is not None
        found = records.pairings.of_person(person.id, PairingState.ACTIVE)
        return [(pairing.buddy_label, pairing.no_alarms) for pairing in found]

    return await scene.work(read)


@story()
async def test_she_says_who_comes_first(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy, Bo")
    await ana.says("/start 30m")
    await ana.reads("Saved. …Cy is on call. …")
    await cy.reads_in_group("Ana's timer runs …")
    await bo.sees_nothing()


@story()
async def test_who_is_not_named_follows_in_the_old_order(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(ana, dee)
    await ana.says(f"/order dee {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Dee, Bo, Cy")


@story()
async def test_a_new_buddy_is_last(ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene) -> None:
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads("Saved. …")
    await scene.pair(ana, dee)
    assert await _order(scene, ana) == [("Cy", False), ("Bo", False), ("Dee", False)]


@story()
async def test_the_mark_is_seen_by_nobody_else_and_shown_for_her_word_alone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/order Bo not Cy {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Bo, Cy\nAbout timers only: Cy")
    await ana.says(f"/order {WORD}")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo, Cy\nAbout timers only: Cy")
    for someone in (ana, bo, cy):
        await someone.says("/buddies")
        answer = str((await someone.reads("…")).body)
        assert "only" not in answer
        someone.forgets()
    assert await _order(scene, ana) == [("Bo", False), ("Cy", True)]


@story()
async def test_naming_somebody_without_not_takes_the_mark_away(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/order not Cy {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy, Bo\nAbout timers only: Cy")
    await ana.says(f"/order Bo {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Bo, Cy\nAbout timers only: Cy")
    await ana.says(f"/order Cy {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy, Bo")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/order", "Nothing changed. Like this: /order Bo Cy WORD, or /order Bo not Cy not Dee WORD"),
        ("/order Bo Cy", "Nothing changed. Please add your word: /order Bo Cy WORD"),
        ("/order Bo yellow zebra", "Nothing changed. Not quite. Like this: /order Bo Cy WORD"),
        (f"/order not Bo not Cy {WORD}", "Nothing changed. At least one buddy has to stay without a not: …"),
        (f"/order not Bo Cy {WORD}", "Nothing changed. Like this: /order Bo Cy WORD, or …"),
        (f"/order Bo not Dee {WORD}", "Nothing changed. One of these is no buddy of yours. …"),
    ],
)
@story()
async def test_what_cannot_be_changes_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, message: str, answer: str
) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(answer)
    assert await scene.rows() == before


@story()
async def test_names_of_several_words_are_names(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await cy.says("/name Cy of the lake")
    await cy.reads("Saved. …")
    await ana.reads("Cy is called Cy of the lake …")
    await ana.says(f"/order cy of the lake, Bo {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy of the lake, Bo")


@story()
async def test_somebody_who_has_not_been_confirmed_has_no_place_yet(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    code = await ana.invites()
    for message in (f"/join {code}", "/name Dee", "/accept"):
        await dee.says(message)
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says(f"/order Dee Bo {WORD}")
    await ana.reads("Nothing changed. One of these is no buddy of yours. …")


@story()
async def test_in_the_group_it_is_not_taken(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says_in_group(f"/order Bo not Cy {WORD}")
    await ana.reads("Nothing changed. Others can read your message there. Please delete it, and send it here.")
    await ana.reads_nothing_in_group()
    assert await scene.rows() == before


@story()
async def test_wrong_words_get_the_same_answer_and_after_five_the_right_one_too(
    ana: Someone, bo: Someone, cy: Someone
) -> None:
    for _ in range(5):
        await ana.says("/order Cy Bo yellow zebra")
        await ana.reads("Nothing changed. Not quite. Like this: /order Bo Cy WORD")
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads("Nothing changed. Not quite. Like this: /order Bo Cy WORD")


@story(paired=False)
async def test_without_a_word_of_hers_none_is_needed(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.let_in(ana)
    code = await ana.invites()
    for message in (f"/join {code}", "/name Bo", "/accept"):
        await bo.says(message)
    await scene.passes(seconds=1)
    await ana.says("/confirm Bo")
    await scene.passes(seconds=2)
    ana.forgets()
    await ana.says("/order Bo")
    await ana.reads("Saved. I turn to your buddies in this order: Bo")
    await ana.says("/order Cy")
    await ana.reads("Nothing changed. One of these is no buddy of yours. …")
