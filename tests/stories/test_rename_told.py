"""Who changes a name is not swapped unseen: everybody paired with is told once (SPEC: `/name`)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.two_evenings import Night, assert_alike

HIS = "velvet hacksaw"


@story()
async def test_she_is_told_how_her_buddy_is_called_now(ana: Someone, bo: Someone, cy: Someone) -> None:
    await bo.says("/name Bo-Bo")
    await bo.reads("Saved. Your buddies see you as Bo-Bo.")
    await ana.reads("Bo is called Bo-Bo from now on. In commands: Bo-Bo")
    await ana.sees_nothing()
    await cy.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_all_her_buddies_are_told_directly_how_she_is_called_now(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone
) -> None:
    await ana.says("/name Dee")
    for buddy in (bo, cy):
        await buddy.reads("Ana is called Dee from now on. In commands: Dee")
        await buddy.sees_nothing()
    await dee.sees_nothing()


@story()
async def test_each_is_told_the_name_that_holds_in_commands(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await cy.says("/name Bo")
    await ana.reads("Cy is called Bo 2 from now on. In commands: Bo 2")
    await cy.says("/name Bo 2")
    await ana.sees_nothing()
    await cy.says("/name Cy")
    await ana.reads("Bo 2 is called Cy from now on. In commands: Cy")
    await bo.sees_nothing()


@story()
async def test_the_same_name_again_is_no_news(ana: Someone, bo: Someone) -> None:
    await ana.says("/name Ana")
    await ana.reads("Saved. …")
    await bo.sees_nothing()


@story()
async def test_what_is_refused_is_no_news(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("…")
    await ana.says("/name Dee")
    await ana.reads("Nothing changed. …")
    await bo.sees_nothing()


@story()
async def test_each_others_buddies_are_told_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.pair(bo, ana, HIS)
    await ana.says("/name Dee")
    await bo.reads("Ana is called Dee from now on. …")
    await bo.sees_nothing()
    await bo.says("/name Cy")
    await ana.reads("Saved. …")
    await ana.reads("Bo is called Cy from now on. …")
    await ana.sees_nothing()


@story()
async def test_each_change_is_told_in_its_turn(ana: Someone, bo: Someone, scene: Scene) -> None:
    for name in ("Dee", "Cy"):
        await ana.says(f"/name {name}")
        await scene.passes(seconds=2)
    await bo.reads("Ana is called Dee from now on. …")
    await bo.reads("Dee is called Cy from now on. …")


@pytest.mark.parametrize("answers", [(), ("/accept",)])
@story()
async def test_who_is_not_paired_yet_is_not_told(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, answers: tuple[str, ...]
) -> None:
    await scene.let_in(dee)
    code = await ana.invites()
    for text in (f"/join {code}", *answers):
        await dee.says(text)
        await scene.passes(seconds=2)
    for someone in (ana, bo, dee):
        someone.forgets()
    await ana.says("/name Ana-Ana")
    await ana.reads("Saved. …")
    await bo.reads("Ana is called Ana-Ana …")
    await dee.sees_nothing()
    await dee.says("/name Dee-Dee")
    await ana.sees_nothing()


@story()
async def test_whom_she_left_quietly_hears_and_sees_nothing_of_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Nor does she hear of his. A new name in commands, without a word about it, would show him that she has left."""
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Done. …")
    await ana.says("/name Dee")
    await ana.reads("Saved. …")
    await bo.sees_nothing()
    await bo.says("/renew")
    await bo.reads("Nothing changed. …/renew Ana")
    await bo.says("/name Bo-Bo")
    await bo.reads("Saved. …")
    await ana.sees_nothing()


@story()
async def test_the_group_with_whom_she_left_quietly_goes_on_to_call_her_as_he_does(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Also where he looks after two of that name, and his label for her has a number."""
    await scene.pair(dee, bo, "quiet harbour")
    await dee.says("/name Ana")
    await dee.reads("Saved. …")
    groups = [await scene.group_of(ana, bo), await scene.group_of(dee, bo)]
    for word, someone in ((WORD, ana), ("quiet harbour", dee)):
        await someone.says(f"/unpair Bo {word} quietly")
        await someone.reads("Done. …")
    await scene.passes(minutes=12)
    assert [await _title(scene, group) for group in groups] == ["Ana + Bo"] * 2
    for someone in (ana, dee):
        await someone.says("/name Cy")
        await someone.reads("Saved. …")
    await scene.passes(minutes=12)
    assert [await _title(scene, group) for group in groups] == ["Ana + Bo"] * 2
    await bo.says("/name Bo-Bo")
    await scene.passes(minutes=12)
    assert [await _title(scene, group) for group in groups] == ["Ana + Bo-Bo"] * 2


@story()
async def test_also_where_her_own_name_ends_with_a_number(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: the title lost it, as soon as she took another name."""
    group = await scene.group_of(ana, bo)
    await ana.says("/name Ana 2")
    await scene.passes(minutes=12)
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.says("/name Dee")
    await scene.passes(minutes=12)
    assert await _title(scene, group) == "Ana 2 + Bo"
    await bo.says("/name Bo-Bo")
    await scene.passes(minutes=12)
    assert await _title(scene, group) == "Ana 2 + Bo-Bo"


async def _title(scene: Scene, group: str) -> str:
    return str((await scene.night.stand_in.group(group))["title"])


@story()
async def test_whom_she_asks_anew_reads_her_name_as_it_is_now(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Done. …")
    await ana.says("/name Dee")
    await ana.reads("Saved. …")
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Dee asks you to be a buddy.…")
    await bo.says("/accept")
    await bo.reads("Thank you. I have asked Dee …")


@story()
async def test_as_his_buddy_she_is_known_to_whom_she_left_quietly(ana: Someone, bo: Someone, scene: Scene) -> None:
    """He still has her as his own buddy: there all goes on, and she is one person to him."""
    await scene.pair(bo, ana, HIS)
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Done. …")
    await ana.says("/name Dee")
    await ana.reads("Saved. …")
    await bo.reads("Ana is called Dee from now on. …")
    await bo.sees_nothing()
    await bo.says("/unpair")
    await bo.reads("Nothing changed. …")
    person = await scene.person(bo)
    every = await scene.work(lambda records: records.pairings.of_buddy(person.id))
    assert [pairing.person_label for pairing in every] == ["Dee"]


@pytest.mark.parametrize("renamed", [True, False])
@story()
async def test_who_becomes_his_buddy_after_she_left_him_quietly_is_one_person_to_him_too(
    ana: Someone, bo: Someone, scene: Scene, renamed: bool
) -> None:
    """Found: she was two people to him, of whom one had taken a new name without a word."""
    await ana.says(f"/unpair Bo {WORD} quietly")
    if renamed:
        await ana.says("/name Dee")
    name = "Dee" if renamed else "Ana"
    await bo.says(f"/words {HIS}")
    await scene.passes(seconds=2)
    bo.forgets()
    code = await bo.invites()
    await scene.passes(seconds=2)
    bo.forgets()
    await ana.says(f"/join {code}")
    await scene.passes(seconds=2)
    await bo.sees_nothing()
    await ana.says("/accept")
    if renamed:
        await bo.reads("Ana is called Dee from now on. In commands: Dee")
    await bo.reads(f"Somebody who uses the name {name} …")
    await bo.says(f"/confirm {name} {HIS}")
    await bo.reads("Done. …")
    person = await scene.person(bo)
    every = await scene.work(lambda records: records.pairings.of_buddy(person.id))
    assert [pairing.person_label for pairing in every] == [name]


@story()
async def test_a_number_behind_her_name_is_no_new_name(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """He looks after two of that name, and the other one is gone when she becomes his buddy."""
    await scene.pair(dee, bo, "quiet harbour")
    await dee.says("/name Ana")
    await bo.reads("Dee is called Ana 2 from now on. …")
    await dee.says("/unpair Bo quiet harbour quietly")
    await ana.says(f"/unpair Bo {WORD}")
    await bo.says(f"/words {HIS}")
    await scene.passes(seconds=2)
    bo.forgets()
    code = await bo.invites()
    await dee.says(f"/join {code}")
    await scene.passes(seconds=2)
    bo.forgets()
    await dee.says("/accept")
    await bo.reads("Somebody who uses the name Ana …")


def test_her_phone_shows_the_same_after_either_word(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(night: Night) -> None:
        await night.writes("/start 30m")
        await night.writes(night.word)
        await night.writes("/name Dee")
        await night.bo.says("/name Bo-Bo")
        await night.scene.passes(seconds=5)
        await night.writes("/buddies")

    assert_alike(script, monkeypatch)


@story()
async def test_somebody_with_a_timer_is_told_too(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Cy is not on call and was told nothing: he may change his name, and she must know whom she calls."""
    await ana.says("/start 30m")
    await scene.passes(seconds=3)
    ana.forgets()
    await cy.says("/name Dee")
    await cy.reads("Saved. …")
    await ana.reads("Cy is called Dee from now on. …")


@story()
async def test_with_alerts_only_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    """It says nothing about her days."""
    await scene.chooses(ana, alerts_only=True)
    await ana.says("/name Dee")
    await bo.reads("Ana is called Dee from now on. …")


@story()
async def test_each_change_is_told_when_signal_is_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stand_in.network("down")
    for name in ("Dee", "Cy"):
        await ana.says(f"/name {name}")
    await scene.passes(minutes=1)
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=1)
    assert [text for text in bo.unread() if "is called" in text] == [
        "Ana is called Dee from now on. In commands: Dee",
        "Dee is called Cy from now on. In commands: Cy",
    ]
