"""Who leaves one of two people of one name leaves nothing that is open about the other (SPEC: `/unpair`)."""

import pytest

from storage.records import Records
from tests.stories.alarms import both_words
from tests.stories.dialog import Scene, Someone, story
from tests.stories.labels import called_before

HIS = "velvet hacksaw"
NEWS = "About Ana"


async def _her_alarm_is_open(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Under her name of that evening; she has taken another since, and Dee is free to take hers."""
    await both_words(ana, bo)
    await scene.pair(dee, bo, HIS)
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await ana.says("/name Zoe")
    await scene.passes(seconds=2)
    bo.forgets()


async def _takes_her_name_from_before(bo: Someone, dee: Someone, scene: Scene) -> None:
    await dee.says("/name Ana")
    await scene.passes(seconds=2)
    await called_before(scene, dee, bo, "Ana")
    bo.forgets()


async def _is_paired(person: Someone, buddy: Someone, scene: Scene) -> bool:
    def look(records: Records) -> bool:
        one, other = (records.people.by_account(who.phone.aci) for who in (person, buddy))
        assert one is not None
        assert other is not None
        return records.pairings.between(one.id, other.id) is not None

    return await scene.work(look)


async def _hears_of_it(bo: Someone, scene: Scene) -> bool:
    bo.forgets()
    await scene.passes(minutes=20)
    return any(text.startswith(NEWS) for text in bo.unread())


@story()
async def test_a_name_under_which_something_is_open_is_not_given_anew(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    await dee.says("/name Ana")
    await bo.reads("Dee is called Ana 2 from now on. In commands: Ana 2")
    await bo.says("/unpair Ana 2")
    await bo.reads("Done. You and Ana 2 are no longer paired. …")
    assert not await _is_paired(dee, bo, scene)
    assert await _hears_of_it(bo, scene)


@pytest.mark.parametrize("name", ["Ana", "\u0410n\u0430"])
@pytest.mark.parametrize("sole", [True, False])
@story()
async def test_who_forgets_the_number_leaves_nothing(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, sole: bool, name: str
) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    if sole:
        await cy.says("/unpair Ana alarm")
        await scene.passes(seconds=2)
    await dee.says(f"/name {name}")
    await bo.reads(f"Dee is called {name} 2 …")
    before = await scene.rows()
    await bo.says("/unpair Ana")
    await bo.reads(
        "Nothing changed. That may mean two people. To leave what is open about the one: /unpair Ana alarm\n"
        f"To part from the other one: /unpair {name} 2"
    )
    assert await scene.rows() == before
    assert await _hears_of_it(bo, scene)
    bo.forgets()
    await bo.says("/unpair Ana alarm")
    await bo.reads("You have left what was open about Ana. …")


@story()
async def test_a_newcomer_is_not_given_it_either(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await ana.says("/name Zoe")
    await scene.let_in(dee)
    await dee.says("/name Ana")
    await scene.passes(seconds=2)
    dee.forgets()
    bo.forgets()
    code = await dee.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Ana 2 asks you to be a buddy.…")


@story()
async def test_what_is_open_about_herself_does_not_keep_her_from_her_name(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    await ana.says("/name Ana")
    await bo.reads("Zoe is called Ana from now on. In commands: Ana")


@pytest.mark.parametrize("sole", [True, False])
@story()
async def test_of_two_from_before_it_is_asked_which(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, sole: bool
) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    if sole:
        await cy.says("/unpair Ana")
        await scene.passes(seconds=2)
    await _takes_her_name_from_before(bo, dee, scene)
    before = await scene.rows()
    await bo.says("/unpair Ana")
    await bo.reads(
        "Nothing changed. Something is open about somebody else of that name. To leave that alone: /unpair Ana alarm\n"
        "To part from the other one after all, ask for another name: /name"
    )
    assert await scene.rows() == before
    assert await _is_paired(dee, bo, scene)
    assert await _hears_of_it(bo, scene)


@story()
async def test_each_can_be_left_alone(ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    await _takes_her_name_from_before(bo, dee, scene)
    await bo.says("/unpair Ana alarm")
    await scene.passes(seconds=2)
    assert await _is_paired(dee, bo, scene)
    assert await _is_paired(ana, bo, scene)
    assert not await _hears_of_it(bo, scene)
    await bo.says("/unpair Ana")
    await bo.reads("Done. You and Ana are no longer paired. …")
    assert not await _is_paired(dee, bo, scene)


@story()
async def test_with_a_word_it_is_the_buddy_and_what_is_open_about_another_stays(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Bo and Dee are each other's buddies: Bo parts from Dee."""
    await scene.pair(bo, dee, HIS)
    await _her_alarm_is_open(ana, bo, dee, scene)
    await _takes_her_name_from_before(bo, dee, scene)
    await bo.says(f"/unpair Ana {HIS}")
    await bo.reads("Done. You and Ana are no longer paired. …")
    assert not await _is_paired(dee, bo, scene)
    assert await _hears_of_it(bo, scene)


@story()
async def test_of_two_alarms_of_one_name_without_a_pairing_one_is_left(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _her_alarm_is_open(ana, bo, dee, scene)
    await _takes_her_name_from_before(bo, dee, scene)
    await scene.passes(minutes=3)
    await dee.says("/sos")
    await scene.passes(seconds=5)
    await dee.says(f"/unpair Bo {HIS}")
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says("/unpair Ana")
    await bo.reads("Nothing changed, and I go on with all of them. Which one? /unpair Ana alarm 18:00, …")
    await bo.says("/unpair Ana alarm 18:00")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/status")
    await scene.passes(seconds=2)
    assert len([text for text in bo.unread() if "open since" in text]) == 1


@story()
async def test_her_own_alarm_is_left_with_her(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await bo.says("/unpair Ana")
    await scene.passes(seconds=5)
    assert not await _is_paired(ana, bo, scene)
    assert not await _hears_of_it(bo, scene)
