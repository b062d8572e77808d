"""Who hears a duress word while alarms are open: not when he was won counts, but with what (SPEC: "Silent alarm")."""

from dataclasses import replace

import pytest

from storage.records import Records
from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story

BOTH = pytest.mark.parametrize("word", [WORD, DURESS])
DURESS_TOLD = FIRST + "At 18:00, Ana gave the sign for not being free to speak. …"


async def says_alone(ana: Someone, word: str, scene: Scene, *listening: Someone) -> None:
    """She sends the bare word, and whoever listens has read nothing else."""
    await scene.passes(seconds=2)
    for someone in listening:
        someone.forgets()
    await ana.says(word)
    await scene.passes(seconds=2)


def hears_of_it(someone: Someone) -> bool:
    return any(text.startswith(FIRST) for text in someone.unread())


async def forgets_how(ana: Someone, buddy: Someone, scene: Scene) -> None:
    """Of this pairing it is not known (any more) with which word she confirmed it."""
    ids = [(await scene.person(someone)).id for someone in (ana, buddy)]

    def forget(records: Records) -> None:
        pairing = records.pairings.between(*ids)
        assert pairing is not None
        records.pairings.save(replace(pairing, by_duress=None))

    await scene.work(forget)


@story()
async def test_who_was_won_by_her_codeword_hears_her_duress_word(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Bo, who has the open alarm, is off: else nobody would hear it."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.phone.go_offline()
    await scene.pair(ana, dee, WORD)
    await ana.says("/start 30m\nRoom 12")
    await says_alone(ana, DURESS, scene, dee)
    heard = "\n".join(dee.unread())
    assert "Ana gave the sign" in heard
    assert "Room 12" in heard


@story()
async def test_who_was_won_by_her_codeword_hears_it_and_not_the_phone_from_which_it_came(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee, WORD)
    for someone in (bo, dee):
        someone.forgets()
    await bo.says(f"/safe Ana {DURESS}")
    await dee.reads(DURESS_TOLD)
    assert not hears_of_it(bo)


@BOTH
@story()
async def test_who_was_won_by_it_does_not_hear_it_while_a_later_alarm_is_the_only_one(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Eve is won when Dee has a later alarm; Bo ends the first, and can be reached all the while."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    eve = await scene.arrive("Eve")
    await scene.pair(ana, eve, word)
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await says_alone(ana, word, scene, eve, bo)
    assert not hears_of_it(eve)
    assert hears_of_it(bo) == (word == DURESS)


@BOTH
@story()
async def test_who_was_won_by_it_does_not_hear_it_after_the_alarm_has_ended(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await says_alone(ana, word, scene, dee, bo)
    assert not hears_of_it(dee)
    assert hears_of_it(bo) == (word == DURESS)


@story()
async def test_who_was_won_while_her_words_are_under_duress_does_not_hear_them(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says(f"/words {DURESS} > green anchor / silent orchard")
    await ana.reads("Saved. …")
    await scene.pair(ana, dee, "green anchor")
    await says_alone(ana, "green anchor", scene, dee, bo)
    assert not hears_of_it(dee)
    assert hears_of_it(bo)


@story()
async def test_who_was_won_by_it_hears_it_where_nobody_else_is_left(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await ana.says(f"/unpair Bo {WORD}")
    await says_alone(ana, DURESS, scene, dee)
    assert hears_of_it(dee)


@BOTH
@story()
async def test_who_was_won_by_it_hears_it_rather_than_the_phone_on_which_it_is_written(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Bo has the open alarm, and nobody else is there."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    await scene.passes(minutes=1)
    for someone in (bo, dee):
        someone.forgets()
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    assert not hears_of_it(bo)
    assert hears_of_it(dee) == (word == DURESS)
    assert "not being free to speak" not in "\n".join(bo.unread())


@pytest.mark.parametrize("ordered_with", [WORD, DURESS])
@story()
async def test_whom_she_orders_with_her_codeword_she_has_chosen_herself(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, ordered_with: str
) -> None:
    """Else an honest buddy would be left out for ever. With the duress word nothing of it changes."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    await ana.says(f"/order Dee Bo {ordered_with}")
    await ana.reads("Saved. …")
    await says_alone(ana, DURESS, scene, dee, bo)
    assert hears_of_it(dee) == (ordered_with == WORD)
    assert hears_of_it(bo)


@story()
async def test_whom_she_does_not_name_stays_as_he_is(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    await ana.says(f"/order Bo {WORD}")
    await ana.reads("Saved. …")
    await says_alone(ana, DURESS, scene, dee, bo)
    assert not hears_of_it(dee)


@pytest.mark.parametrize("since", [True, False])
@story()
async def test_where_it_is_not_known_who_was_won_since_an_alarm_began_does_not_hear_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, since: bool
) -> None:
    """A pairing from before this was kept, or a damaged one."""
    await both_words(ana, bo)
    if since:
        await ana.says("/sos")
    await scene.pair(ana, dee, WORD)
    await forgets_how(ana, dee, scene)
    await says_alone(ana, DURESS, scene, dee, bo)
    assert hears_of_it(dee) is not since
    assert hears_of_it(bo)


@story()
async def test_whose_pairing_has_gone_since_does_not_hear_it_in_a_later_alarm(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """How it was confirmed went with it."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await ana.says(f"/unpair Dee {DURESS}")
    await says_alone(ana, DURESS, scene, dee, bo)
    assert not hears_of_it(dee)
    assert hears_of_it(bo)
