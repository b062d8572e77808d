"""Several alarms about her at once: none of them weakens, stops or reveals another (SPEC: "Silent alarm")."""

import pytest
from sqlalchemy import update

from storage.tables import metadata
from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_buddy_won_since import WORD_SENT, dee_is_won_after_an_alarm
from tests.stories.test_sos import reactions

STILL_OPEN = "About Ana: open since …"


async def old_buddies_end_theirs_and_dee_does_not(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, *others: Someone
) -> None:
    """Dee has one of her own since a second /sos, and never answers."""
    await both_words(ana, bo, *others)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    if others:
        await scene.passes(minutes=11)
    else:
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    for someone in (ana, bo, dee, *others):
        someone.forgets()


@story()
async def test_it_can_be_taken_after_a_buddy_of_the_earlier_one_erased_himself(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.pair(ana, dee)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.erases(bo)
    dee.forgets()
    cy.forgets()
    await dee.says("on it")
    await dee.reads("About Ana: you have it. …")
    await cy.reads("About Ana: somebody who became a buddy of Ana after this had begun was told later, …")
    dee.forgets()
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, you have spoken with Ana, …")


@story()
async def test_old_buddies_have_an_ordinary_one_again_after_theirs_has_ended(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """One word of one of them does not end it, while no other phone has heard of that."""
    await old_buddies_end_theirs_and_dee_does_not(ana, bo, dee, scene, cy)
    await cy.phone.go_offline()
    await dee.phone.go_offline()
    await ana.says(DURESS)
    await bo.reads(FIRST + "At …, Ana gave the sign …")
    await bo.says("/resolve Ana")
    await scene.passes(minutes=11)
    bo.forgets()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", STILL_OPEN)


@story()
async def test_an_only_old_buddy_says_it_twice_and_the_other_is_told(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await old_buddies_end_theirs_and_dee_does_not(ana, bo, dee, scene)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")
    await dee.reads(FIRST + "…")
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await dee.reads("About Ana: Bo has it. …")
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …So that it does not end by mistake, please say it twice. …")
    await dee.reads("About Ana: Bo says that they have spoken, …")


@story()
async def test_where_only_a_later_one_is_left_her_duress_word_reaches_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await old_buddies_end_theirs_and_dee_does_not(ana, bo, dee, scene)
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes(seconds=2)
    dee.forgets()
    await ana.says(DURESS)
    await dee.reads(FIRST + "At 18:00, Ana gave the sign …")
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …So that it does not end by mistake, please say it twice. …")
    await scene.passes(minutes=11)
    dee.forgets()
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", STILL_OPEN)


@story()
async def test_one_with_two_buddies_does_not_end_while_no_other_is_told(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    fay = await scene.arrive("Fay")
    await scene.pair(ana, fay, DURESS)
    for someone in (bo, fay):
        await someone.phone.go_offline()
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await dee.says("/resolve Ana")
    await scene.passes(minutes=11)
    dee.forgets()
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", STILL_OPEN)


@story()
async def test_buddies_of_a_third_hear_what_those_of_the_second_do_as_if_it_were_theirs(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    fay = await scene.arrive("Fay")
    await scene.pair(ana, fay, DURESS)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    for someone in (bo, fay):
        someone.forgets()
    await dee.says("on it")
    await bo.reads("About Ana: somebody who became a buddy of Ana after this had begun …")
    await fay.reads("About Ana: Dee has it. …")
    await dee.says("/resolve Ana")
    await bo.reads("About Ana: somebody who became a buddy of Ana after this had begun says …")
    await fay.reads("About Ana: Dee says that they have spoken, …")
    await bo.reads_nothing()


@story()
async def test_her_sos_is_answered_to_the_end_also_when_the_first_one_ends(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says(f"/unpair Bo {DURESS}")
    await scene.passes(seconds=2)
    await dee.phone.go_offline()
    sent = await ana.says("/sos")
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == ["👍"]
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await dee.phone.go_online()
    await scene.passes(seconds=5)
    assert reactions(ana, sent) == ["👍", "✅"]


@story()
async def test_a_buddy_who_had_left_and_was_won_again_hears_the_next_sign(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("/unpair Ana")
    await scene.passes(seconds=2)
    for someone in (ana, bo):
        someone.forgets()
    await scene.pair(ana, bo)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_a_phone_on_which_she_wrote_it_hears_her_sos_once_it_is_won_again(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    """Also where she had left him quietly, so that the pairing itself is an old one."""
    await both_words(ana, bo, cy)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    await ana.says(f"/unpair Bo {word} quietly")
    await scene.passes(seconds=2)
    for someone in (ana, bo):
        someone.forgets()
    await scene.pair(ana, bo, word)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")


@story()
async def test_damage_does_not_tell_the_phone_on_which_she_wrote_it_what_it_was(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await scene.gives_sign_from(ana, bo)
    await scene.passes(seconds=2)
    await scene.damages_alarm()
    for _ in range(2):  # the first of them writes the copy anew
        cy.forgets()
        await ana.says("/sos")
        await cy.reads(FIRST + "…")
        await bo.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. …")
        bo.forgets()
    await ana.says(DURESS)
    await cy.reads(FIRST + "…")
    await bo.reads(WORD_SENT)
    await bo.reads_nothing()


@story()
async def test_damage_does_not_hide_an_alarm_from_a_phone_that_was_paired_by_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, DURESS)
    await scene.damages_alarm()
    await ana.says("/sos")
    await bo.reads(FIRST + "…")
    await dee.reads(FIRST + "…")


@story()
async def test_nobody_is_in_two_where_the_copy_is_gone(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    gone = update(metadata.tables["alarms"]).values(copy=None)
    await scene.work(lambda records: records.scope.connection.execute(gone))
    await ana.says("/sos")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")


@story()
async def test_the_word_from_the_phone_of_the_only_one_in_the_first_is_heard_in_the_later_one(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    for someone in (bo, dee):
        someone.forgets()
    await bo.says(f"/safe Ana {DURESS}")
    await dee.reads(FIRST + "…")
    await bo.reads_each(WORD_SENT, "Nothing changed. …")
    await scene.passes(minutes=9, seconds=50)
    await bo.reads_nothing()
    await scene.passes(seconds=10)
    await bo.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. …")  # his pause ends as it would


@story()
async def test_the_phone_with_her_word_in_an_open_one_is_told_of_a_normal_end(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        someone.forgets()
    await bo.says(f"/safe Ana {DURESS}")
    await bo.reads_each(WORD_SENT, "Nothing changed. …")
    await cy.reads(FIRST + "At 18:00, Ana gave the sign …")
    await bo.reads_nothing()


@pytest.mark.parametrize("off", ["bo", "dee"])
@story()
async def test_the_operator_hears_of_it_only_if_no_phone_that_counts_has_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, off: str
) -> None:
    """A phone that was won since counts for its own alarm alone: it may be in the wrong hands."""
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await (bo if off == "bo" else dee).phone.go_offline()
    await ana.says("/sos")
    await scene.passes(minutes=6)
    assert ("operator" in await scene.queued()) is (off == "bo")
