"""A later alarm is to its buddies what it would be if it were the only one (SPEC: "Silent alarm").

Dee's phone was paired by a word, and whoever looks at it must not see which it was: after the codeword Bo and Dee are
in one alarm, after the duress word in two.
"""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_buddy_won_since import dee_is_won_after_an_alarm

BOTH = pytest.mark.parametrize("word", [WORD, DURESS])
STILL_OPEN = "About Ana: open since …"


async def both_hear_her_sos(ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str, *off: Someone) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    for someone in off:
        await someone.phone.go_offline()
    await ana.says("/sos")
    await scene.passes(seconds=2)
    for someone in (ana, bo, dee):
        someone.forgets()


async def is_still_open(dee: Someone) -> None:
    dee.forgets()
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", STILL_OPEN)


# --- what the other does


@BOTH
@story()
async def test_that_the_other_takes_it(ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await dee.reads("About Ana: Bo has it. …")
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", "…Who has it: Bo.")
    await scene.passes(minutes=5)
    await dee.reads(FIRST + "…Who has it: Bo. More of you are welcome.…")


@story()
async def test_that_the_other_takes_it_who_has_it_from_before(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await ana.says("/sos")
    await dee.reads(FIRST + "…Nobody has it yet.…")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("on it")
    await bo.reads("About Ana: you have it. Thank you. The others hear that. …")
    await dee.reads("About Ana: Bo has it. …")
    await bo.says("on it")
    await bo.reads("Nothing changed: you have it already. …")
    await dee.reads_nothing()


@BOTH
@story()
async def test_that_the_other_no_longer_has_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await bo.says("on it")
    await dee.reads("About Ana: Bo has it. …")
    await scene.passes(minutes=41)
    dee.forgets()
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", "…Nobody has it yet.")


@BOTH
@story()
async def test_that_the_other_has_spoken_with_her(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await bo.says("/resolve Ana")
    await dee.reads("About Ana: Bo says that they have spoken, 18:00. It ends at 18:10. …")
    await scene.passes(minutes=11)
    await dee.reads("About Ana: closed, 18:10. Bo says that they have spoken, …")


@BOTH
@story()
async def test_that_the_other_does_not_believe_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …The others are told. …")
    await bo.says("/reopen Ana")
    await dee.reads(FIRST + "…")
    await is_still_open(dee)


# --- whether there is another


@BOTH
@story()
async def test_that_the_other_has_left(ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await bo.says("/unpair Ana")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …So that it does not end by mistake, please say it twice. …")
    await scene.passes(minutes=11)
    await is_still_open(dee)
    await dee.says("/unpair Ana")
    await dee.reads_each("Done. …", "You have left what was open about Ana. Nobody else is told of it any more.")


@BOTH
@story()
async def test_that_the_other_was_erased(ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await scene.erases(bo)
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …So that it does not end by mistake, please say it twice. …")


@story()
async def test_where_the_other_has_ended_his_it_is_the_only_one(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Her phone cannot be reached while Bo ends it, so hers goes on, and she must be able to end it."""
    await both_hear_her_sos(ana, bo, dee, scene, DURESS)
    await dee.phone.go_offline()
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await scene.passes(minutes=11)
    await dee.phone.go_online()
    await scene.passes(seconds=5)
    dee.forgets()
    for answer in ("About Ana: noted, …please say it twice. …", "About Ana: closed, …"):
        await dee.says("/resolve Ana")
        await dee.reads(answer)


@BOTH
@story()
async def test_it_goes_on_where_no_other_phone_was_told_that_it_pauses(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, word, bo)
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …The others are told. …")
    await scene.passes(minutes=11)
    await is_still_open(dee)


@BOTH
@story()
async def test_it_ends_where_another_was_told_although_this_phone_was_not(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Bo says that it is over, Cy hears that, and Dee is off until it has ended."""
    await both_words(ana, bo, cy)
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await dee.phone.go_offline()
    await bo.says("/resolve Ana")
    await scene.passes(minutes=12)
    await dee.phone.go_online()
    await scene.passes(seconds=5)
    dee.forgets()
    await dee.says("/status")
    await dee.reads("No timer runs. …")
    await dee.reads_nothing()


# --- and nothing more


@story()
async def test_the_operator_does_not_hear_of_it_while_the_other_has_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """It goes on by itself, Eve's phone is off all the while, and Dee's since she said that it was over."""
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    eve = await scene.arrive("Eve")
    await scene.pair(ana, eve, DURESS)
    await eve.phone.go_offline()
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("on it")
    await dee.says("/resolve Ana")
    await scene.passes(seconds=2)
    await dee.phone.go_offline()
    await scene.passes(minutes=20)
    assert "operator" not in await scene.queued()


@story()
async def test_who_ends_it_ends_nothing_of_the_first(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await both_hear_her_sos(ana, bo, dee, scene, DURESS)
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …The others are told. …")
    await bo.reads("About Ana: somebody who became a buddy of Ana …Nothing changes here. …")
    await scene.passes(minutes=11)
    await dee.reads("About Ana: closed, 18:10. …")
    await is_still_open(bo)


@BOTH
@story()
async def test_that_it_is_not_over_although_the_other_has_said_so(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Both are alerted again, as if it were one."""
    await both_hear_her_sos(ana, bo, dee, scene, word)
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …")
    await dee.reads("About Ana: Bo says that they have spoken, …")
    await dee.says("/reopen Ana")
    await dee.reads_each("About Ana: it is open again. I write to all of you now.", FIRST + "…")
    await bo.reads(FIRST + "…")


@story()
async def test_that_it_is_not_over_does_not_show_to_the_phone_from_which_its_word_came(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """After the codeword Dee would be in no alarm, and could reopen none."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee, WORD)
    await bo.says(f"/safe Ana {DURESS}")
    await dee.reads(FIRST + "…")
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    for someone in (bo, dee):
        someone.forgets()
    await dee.says("/resolve Ana")
    await scene.passes(seconds=2)
    await dee.says("/reopen Ana")
    await dee.reads_each("About Ana: noted, …", "About Ana: it is open again. …", FIRST + "…")
    await bo.reads_nothing()
