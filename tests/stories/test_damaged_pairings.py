"""A pairing of which one cell cannot be read: nobody is forgotten because of it (DESIGN, invariants 3 and 14)."""

import pytest

from storage.column_types import Sealed
from storage.tables import pairings
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_damaged_rows import CLOSED, _arm, _damage, _id_of

CELLS = ["person_label", "buddy_label", "no_alarms", "by_duress"]


@pytest.mark.parametrize("column", CELLS)
@story()
async def test_a_damaged_pairing_keeps_back_no_alert(ana: Someone, bo: Someone, scene: Scene, column: str) -> None:
    await _arm(ana, scene)
    await _damage(scene, pairings, column, buddy_id=await _id_of(scene, bo))
    await scene.until("18:35:00")
    await bo.reads("Timer of Ana: no word since 18:30. …")


@pytest.mark.parametrize("column", CELLS)
@story()
async def test_a_damaged_pairing_with_the_second_buddy_stops_no_repeat_to_the_first(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, pairings, column, buddy_id=await _id_of(scene, cy))
    await scene.until("18:35:00")
    await bo.reads("Timer of Ana: no word since 18:30. …")
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.until("18:37:00")
    await bo.reads("Timer of Ana: still no word since 18:30. …")
    await cy.reads("Timer of Ana: no word since 18:30. …")


@pytest.mark.parametrize("column", CELLS)
@story()
async def test_a_damaged_pairing_does_not_lose_her_word(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, pairings, column, buddy_id=await _id_of(scene, cy))
    await ana.says(WORD)
    await ana.reads(CLOSED)
    await scene.until("18:40:00")
    assert not any("no word since" in text for text in bo.shows() + cy.shows())


@pytest.mark.parametrize("column", CELLS)
@story()
async def test_a_damaged_pairing_does_not_lose_a_silent_alarm(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, column: str
) -> None:
    await _damage(scene, pairings, column, buddy_id=await _id_of(scene, cy))
    await ana.says("/sos")
    await bo.reads("About Ana: please read all of this first.…")


def test_every_sealed_cell_of_a_pairing_is_damaged_above() -> None:
    assert {column.name for column in pairings.columns if isinstance(column.type, Sealed)} == set(CELLS)
