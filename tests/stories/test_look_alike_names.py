"""A name in letters of another script that looks like somebody else's: a command meets the one who is meant, or nobody
(SPEC: Commands)."""

from dataclasses import replace

import pytest

from bot.domain.pairing import Pairing
from storage.records import Records
from tests.stories.alarms import both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.labels import called_before

CYRILLIC_BO = "\u0412\u043e"
CYRILLIC_ANA = "\u0410n\u0430"
HIS = "velvet hacksaw"


async def _was_called_before(scene: Scene, buddy: Someone, label: str) -> None:
    """As names were kept before look-alikes were told apart."""

    def keep(records: Records) -> None:
        person = records.people.by_account(buddy.phone.aci)
        assert person is not None
        for pairing in records.pairings.of_buddy(person.id):
            records.pairings.save(replace(pairing, buddy_label=label))

    await scene.work(keep)


async def _her_buddies(scene: Scene, ana: Someone) -> list[Pairing]:
    person = await scene.person(ana)
    return await scene.work(lambda records: records.pairings.of_person(person.id))


@pytest.mark.parametrize("name", [CYRILLIC_BO, "\u0392\u03bf", "B0"])
@story()
async def test_a_buddy_who_takes_one_gets_a_number(ana: Someone, bo: Someone, cy: Someone, name: str) -> None:
    await cy.says(f"/name {name}")
    await ana.reads(f"Cy is called {name} 2 from now on. …")
    await ana.says("/buddies")
    await ana.reads(f"Your buddies, in the order in which I turn to them: Bo, {name} 2")


@pytest.mark.parametrize("written", ["Bo 2", f"{CYRILLIC_BO} 2", "bo 2"])
@story()
async def test_he_is_met_under_his_number_in_whatever_letters(
    ana: Someone, bo: Someone, cy: Someone, written: str
) -> None:
    await cy.says(f"/name {CYRILLIC_BO}")
    await ana.reads("Cy is called …")
    await ana.says(f"/unpair {written} {WORD}")
    await ana.reads(f"Done. You and {CYRILLIC_BO} 2 are no longer paired. …")
    await bo.sees_nothing()
    await ana.says("/buddies")
    await ana.reads("…turn to them: Bo")


@pytest.mark.parametrize("written", ["Bo", CYRILLIC_BO, "b0"])
@story()
async def test_the_other_is_met_without(ana: Someone, bo: Someone, cy: Someone, scene: Scene, written: str) -> None:
    await cy.says(f"/name {CYRILLIC_BO}")
    await ana.reads("Cy is called …")
    cy.forgets()
    await ana.says(f"/unpair {written} {WORD}")
    await ana.reads("Done. You and Bo are no longer paired. …")
    await cy.sees_nothing()


@pytest.mark.parametrize(
    "command", ["/unpair {} WORD", "/order {} WORD", "/renew {}", "/confirm {} WORD", "/start 5m with {}"]
)
@story()
async def test_what_fits_two_from_before_is_not_guessed(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, command: str
) -> None:
    await _was_called_before(scene, cy, CYRILLIC_BO)
    before = await scene.rows()
    await ana.says(command.format("B0").replace("WORD", WORD))
    answer = str((await ana.reads("…")).body)
    assert answer.startswith(("Nothing changed", "NOT started"))
    assert await scene.rows() == before
    await bo.sees_nothing()
    await cy.sees_nothing()


@story()
async def test_of_two_from_before_each_is_met_as_written(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await _was_called_before(scene, cy, CYRILLIC_BO)
    await ana.says(f"/order {CYRILLIC_BO} Bo {WORD}")
    await ana.reads(f"Saved. …{CYRILLIC_BO}, Bo…")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. You and Bo are no longer paired. …")
    assert [pairing.buddy_label for pairing in await _her_buddies(scene, ana)] == [CYRILLIC_BO]


@story()
async def test_in_an_order_one_named_twice_does_not_come_to_mean_another(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Both are called so from before: "Bo Bo" may mean either order."""
    await _was_called_before(scene, cy, CYRILLIC_BO)
    before = await _her_buddies(scene, ana)
    await ana.says(f"/order Bo Bo {WORD}")
    await ana.reads("Nothing changed. …")
    assert await _her_buddies(scene, ana) == before


@story()
async def test_of_two_who_look_alike_no_buddy_resolves_the_wrong_one(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Her alarm is kept under her name of that evening; the other one has taken it since, as it looks, from before."""
    await both_words(ana, bo)
    await scene.pair(dee, bo, HIS)
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await ana.says("/name Ana of the lake")
    await scene.passes(seconds=2)
    await dee.says(f"/name {CYRILLIC_ANA}")
    await scene.passes(seconds=2)
    await called_before(scene, dee, bo, CYRILLIC_ANA)
    await dee.says("/start 5m")
    await scene.passes(minutes=11)
    for written in ("Ana", CYRILLIC_ANA):
        bo.forgets()
        await bo.says(f"/resolve {written}")
        await scene.passes(seconds=2)
        ways = f"/resolve {CYRILLIC_ANA} timer, /resolve Ana alarm"
        assert f"Nothing changed, and I go on with all of them. Which one? {ways}" in bo.unread(), bo.unread()
    bo.forgets()
    await bo.says("/resolve Ana timer")
    await scene.passes(seconds=2)
    assert any("noted" in text.casefold() and CYRILLIC_ANA in text for text in bo.unread()), bo.unread()


@pytest.mark.parametrize("name", ["Ana \u0430larm", "Ana tirner"])
@story()
async def test_nobody_is_called_as_something_open_is(ana: Someone, bo: Someone, scene: Scene, name: str) -> None:
    before = await scene.rows()
    await bo.says(f"/name {name}")
    await bo.reads("Nothing changed. A name cannot hold a word that commands use …")
    assert await scene.rows() == before
