"""A name that can be read as several, or that holds what commands use between names, never makes a line mean something
else (SPEC: `/name`, `/order`)."""

import pytest

from bot.domain.pairing import PairingState
from storage.records import Records
from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.labels import called_before

REFUSED = (
    "Nothing changed. A name cannot hold a word that commands use beside names (not, with, me, quietly and the like): "
    "/name Ana"
)
TWO_WAYS = (
    "Nothing changed. I can read that in two ways, because one name holds another. Send one name at a time, or ask for "
    "another name: /name"
)


async def _marks(scene: Scene, ana: Someone) -> list[tuple[str, bool]]:
    def read(records: Records) -> list[tuple[str, bool]]:
        person = records.people.by_account(ana.phone.aci)
        assert person is not None
        found = records.pairings.of_person(person.id, PairingState.ACTIVE)
        return [(pairing.buddy_label, pairing.no_alarms) for pairing in found]

    return await scene.work(read)


async def _dee_is_marked(ana: Someone, dee: Someone, scene: Scene) -> None:
    await scene.pair(ana, dee)
    await ana.says(f"/order Bo Cy not Dee {WORD}")
    await ana.reads("Saved. …About timers only: Dee")


@pytest.mark.parametrize(
    "name",
    ["Cy not Dee", "Not Dee", "Bo with", "Cy quietly", "Me yellow", "Cy n\u043et Dee", "Cy N0T Dee", "Ana alarm Lee"],
)
@story()
async def test_no_name_holds_a_word_that_commands_use(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, name: str
) -> None:
    await _dee_is_marked(ana, dee, scene)
    before = await scene.rows()
    await dee.says(f"/name {name}")
    await dee.reads(REFUSED)
    assert await scene.rows() == before
    await ana.says(f"/order Bo Cy not Dee {WORD}")
    await ana.reads("Saved. …About timers only: Dee")
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await dee.sees_nothing()


@pytest.mark.parametrize("name", ["Cy not Dee", "Bo Cy not Dee"])
@story()
async def test_one_from_before_takes_no_mark_off(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, name: str
) -> None:
    await _dee_is_marked(ana, dee, scene)
    await called_before(scene, dee, ana, name)
    before = await scene.rows()
    await ana.says(f"/order Bo Cy not Dee {WORD}")
    await ana.reads(TWO_WAYS)
    assert await scene.rows() == before
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await dee.sees_nothing()


@story()
async def test_a_name_made_of_the_names_of_others_gets_a_number(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(ana, dee)
    await dee.says("/name Bo Cy")
    await ana.reads("Dee is called Bo Cy 2 from now on. In commands: Bo Cy 2")
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy, Bo, Bo Cy 2")
    await ana.says(f"/order Bo Cy {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Bo, Cy, Bo Cy 2")
    await ana.says(f"/order Bo Cy 2 Cy {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Bo Cy 2, Cy, Bo")


@pytest.mark.parametrize(("before", "line"), [("Bo Cy", "Bo Cy"), ("Bo Cy", "Cy Bo Cy"), ("Bo not", "Bo not Cy")])
@story()
async def test_one_from_before_is_asked_back(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, before: str, line: str
) -> None:
    await scene.pair(ana, dee)
    await called_before(scene, dee, ana, before)
    as_it_was = await _marks(scene, ana)
    for word in (WORD, "yellow zebra"):
        await ana.says(f"/order {line} {word}")
        await ana.reads(TWO_WAYS)
    assert await _marks(scene, ana) == as_it_was
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads(f"Saved. I turn to your buddies in this order: Cy, Bo, {before}")


@story()
async def test_who_waits_under_such_a_name_keeps_her_from_nothing(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    code = await ana.invites()
    for message in (f"/join {code}", "/name Bo Cy", "/accept"):
        await dee.says(message)
    await scene.passes(seconds=2)
    for label in ("Bo Cy 2", "Bo Cy"):
        await called_before(scene, dee, ana, label)
        ana.forgets()
        await ana.says(f"/order Bo Cy {WORD}")
        await ana.reads("Saved. I turn to your buddies in this order: Bo, Cy")


@pytest.mark.parametrize(
    "line", ["Bo Cy not Dee {}", "Bo not Xy {}", "not Bo Cy {}", "Bo Cy not Dee 2 {}", "Cy not Xy Lee {}"]
)
@story()
async def test_her_duress_word_is_heard_also_where_it_is_asked_back(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, line: str
) -> None:
    await both_words(ana, bo, cy)
    await scene.pair(ana, dee)
    await called_before(scene, dee, ana, "Cy not Dee")
    ana.forgets()
    await ana.says("/order " + line.format("yellow zebra"))
    await scene.passes(seconds=5)
    wrong = ana.unread()
    assert not any(text.startswith(FIRST) for text in bo.unread())
    ana.forgets()
    await ana.says("/order " + line.format(DURESS))
    await scene.passes(seconds=5)
    assert ana.unread() == wrong
    assert any(text.startswith(FIRST) for text in bo.unread())


@pytest.mark.parametrize("line", ["/unpair Cy quietly", "/unpair Cy quietly {}", "/unpair Cy quietly quietly"])
@story()
async def test_nobody_is_parted_from_by_a_name_that_ends_as_a_command_does(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, line: str
) -> None:
    await scene.pair(ana, dee)
    await called_before(scene, dee, ana, "Cy quietly")
    before = await scene.rows()
    await ana.says(line.format(WORD))
    await ana.reads("Nothing changed. Two people here go by that name. …")
    assert await scene.rows() == before
    await ana.says(f"/unpair Cy {WORD} quietly")
    await ana.reads("Done. Cy is no longer your buddy and is not told. …")
