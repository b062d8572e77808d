"""What is held back from a buddy's new phone: counted over all that is open about her, and never for good."""

import pytest
from sqlalchemy import update

from storage.tables import metadata
from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone
from tests.stories.test_new_phone_alarms import HELD_BACK
from tests.stories.test_new_phone_alerts import knows

NOTE = "/note Room 12, Hotel Ritz"


async def note_and_sos(ana: Someone, scene: Scene) -> None:
    await ana.says(NOTE)
    await ana.reads("Kept, …")
    await ana.says("/sos")
    await scene.passes(seconds=2)


async def has_an_alarm_of_his_own(won: Someone, ana: Someone, bo: Someone, scene: Scene, word: str = WORD) -> None:
    """Or will have, with the next sign: he is won while Bo has one."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, won, word)


@story()
async def test_a_note_after_the_alert_is_held_back_too_where_the_phone_is_new_since(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.passes(minutes=10, seconds=1)
    await cy.says("on it")
    await scene.passes(minutes=3)
    await has_new_phone(scene, bo)
    await ana.says(NOTE)
    await scene.passes(minutes=2)
    assert not knows(bo)
    assert knows(cy)


@story()
async def test_that_note_follows_once_she_has_confirmed_him(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """By an alarm, for while a timer runs nobody can be confirmed."""
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("on it")
    await has_new_phone(scene, bo)
    await ana.says(NOTE)
    await scene.passes(seconds=90)
    assert not knows(bo)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=5)
    assert knows(bo)


@story()
async def test_it_follows_when_the_other_leaves(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await bo.says("on it")
    await scene.passes(minutes=2)
    assert not knows(bo)
    await cy.says("/unpair Ana")
    await scene.passes(seconds=5)
    assert knows(bo)


@story()
async def test_it_follows_when_she_confirms_a_phone_that_has_taken_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await bo.says("on it")
    await scene.passes(minutes=2)
    assert not knows(bo)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=5)
    assert knows(bo)
    assert sum("Ritz" in text for text in bo.shows()) == 1


@story()
async def test_it_follows_in_a_minute_to_two_new_phones_that_have_taken_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo, cy)
    await note_and_sos(ana, scene)
    for buddy in (bo, cy):
        await buddy.reads(HELD_BACK)
        await buddy.says("on it")
    await scene.passes(seconds=70)
    assert knows(bo)
    assert knows(cy)


@pytest.mark.parametrize("word", [WORD, DURESS])
@pytest.mark.parametrize("command", ["/confirm Bo {}", "/order Bo {}"])
@story()
async def test_one_that_she_had_to_confirm_she_can_confirm_later(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, command: str, word: str
) -> None:
    await both_words(ana, bo, cy)
    await has_new_phone(scene, bo)
    await ana.says(f"/confirm Bo {DURESS}")
    await scene.passes(minutes=1)
    for _ in range(2):
        await cy.says("/resolve Ana")
        await scene.passes(minutes=11)
    await ana.says(command.format(word))
    await scene.passes(seconds=5)
    ana.forgets()
    await note_and_sos(ana, scene)
    await scene.passes(seconds=5)
    assert knows(bo) == (word == WORD)


@pytest.mark.parametrize("then", [["/sos", NOTE], ["/sos Room 12, Hotel Ritz"]])
@story()
async def test_the_phone_of_a_buddy_in_another_alarm_counts(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, then: list[str]
) -> None:
    """Dee was won since, so that each of them seems to be alone."""
    await has_an_alarm_of_his_own(dee, ana, bo, scene)
    await has_new_phone(scene, bo)
    for message in then:
        await ana.says(message)
        await scene.passes(minutes=2)
    assert knows(dee)
    assert not knows(bo)


@story()
async def test_a_new_phone_gets_it_where_the_one_in_another_alarm_is_off(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await has_an_alarm_of_his_own(dee, ana, bo, scene)
    await has_new_phone(scene, bo)
    await dee.phone.go_offline()
    await ana.says("/sos Room 12, Hotel Ritz")
    await scene.passes(seconds=50)
    assert not knows(bo)
    await scene.passes(seconds=20)
    assert knows(bo)


@story()
async def test_of_an_alarm_from_before_that_was_remembered_it_follows_when_she_confirms(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """As an upgrade leaves an open alarm: nothing counts as held back."""
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    assert knows(cy)
    assert not knows(bo)
    await scene.passes(seconds=90)
    watches = update(metadata.tables["alarm_watches"]).values(held_back=False)
    alarms = update(metadata.tables["alarms"]).values(news_at=None)
    for change in (watches, alarms):
        await scene.work(lambda records, change=change: records.scope.connection.execute(change))
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(minutes=10)
    assert knows(bo)
