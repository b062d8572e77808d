"""A person of whom one cell cannot be read is alerted, sets an alarm off, and is heard (DESIGN, 3 and 14)."""

import pytest

from storage.tables import people
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_damaged_rows import ALERT, CLOSED, DETAILS, _arm, _damage, _id_of

BESIDES_ACCOUNT = ["name", "zone", "language", "words", "settings", "away_until"]


@pytest.mark.parametrize("column", BESIDES_ACCOUNT)
@story()
async def test_a_sole_buddy_with_a_damaged_cell_is_alerted_and_takes_it(
    ana: Someone, bo: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, column, id=await _id_of(scene, bo))
    await scene.until("18:35:00")
    await bo.reads(ALERT)
    await bo.reads(DETAILS)
    await bo.says("on it")
    await bo.reads("You have it. …")


@pytest.mark.parametrize("column", [one for one in BESIDES_ACCOUNT if one != "words"])
@story()
async def test_her_word_counts_although_another_cell_of_hers_is_damaged(
    ana: Someone, bo: Someone, scene: Scene, column: str
) -> None:
    await _arm(ana, scene)
    await _damage(scene, people, column, id=await _id_of(scene, ana))
    await ana.says(WORD)
    await ana.reads(CLOSED)
    await scene.until("18:40:00")
    assert not any("no word since" in text for text in bo.shows())


@pytest.mark.parametrize("column", BESIDES_ACCOUNT)
@story()
async def test_sos_needs_no_cell_but_her_account(ana: Someone, bo: Someone, scene: Scene, column: str) -> None:
    await _damage(scene, people, column, id=await _id_of(scene, ana))
    await ana.says("/sos")
    await bo.reads("About Ana: please read all of this first.…")


@story()
async def test_words_that_cannot_be_read_open_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _damage(scene, people, "words", id=await _id_of(scene, ana))
    await ana.says("/unpair Bo")
    await ana.reads("Nothing changed. …")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Nothing changed. Not quite. …")
