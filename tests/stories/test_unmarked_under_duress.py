"""A buddy whom she marked, and whose mark goes by her duress word (SPEC: "Silent alarm", `/order`)."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("again", ["/order {}", "/export {}", "{}"])
@story()
async def test_who_has_his_mark_taken_off_under_duress_does_not_hear_what_her_word_is(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, again: str
) -> None:
    """Found: he has her show the order, and take his mark off; she uses the duress word each time, and at the next one
    his own phone told him what it was."""
    await both_words(ana, bo, cy)
    await ana.says(f"/order Cy not Bo {WORD}")
    await ana.reads("Saved. I turn to your buddies in this order: Cy, Bo\nAbout timers only: Bo")
    await ana.says("/start 5m")
    await scene.passes(seconds=5)
    await ana.says(f"/safe {DURESS}")
    await scene.passes(seconds=5)
    await ana.says(f"/order {DURESS}")
    await scene.passes(seconds=5)
    assert any("About timers only: Bo" in text for text in ana.unread())
    await ana.says(f"/order Bo Cy {DURESS}")
    await scene.passes(seconds=5)
    assert not any("About Ana" in text for text in bo.unread())
    await ana.says(again.format(DURESS))
    await scene.passes(seconds=10)
    told = [text for text in bo.unread() if "About Ana" in text]
    assert told == [], told[0][:150]
    assert any("About Ana" in text for text in cy.unread())


@story()
async def test_also_when_no_timer_ran_at_all(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(f"/order Cy not Bo {WORD}")
    await scene.passes(seconds=2)
    await ana.says(f"/order Cy Bo {DURESS}")
    await scene.passes(hours=30)
    await ana.says("/start 5m")
    await scene.passes(seconds=5)
    bo.forgets()
    await ana.says(f"/safe {DURESS}")
    await scene.passes(seconds=10)
    told = [text for text in bo.unread() if "About Ana" in text]
    assert told == [], told[0][:150]
