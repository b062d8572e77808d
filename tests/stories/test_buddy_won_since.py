"""A phone that was paired with hers while an alarm is open (SPEC: "Silent alarm": identical on all her phone shows)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_silent_alarm import DURESS, FIRST, both_words
from tests.stories.test_sos import reactions


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_it_hears_her_sos_whether_or_not_an_alarm_is_open_and_nothing_of_that(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Who has her phone and her word pairs a second phone of his own, sends /sos, and looks whether it rings."""
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await ana.says(word)
    await scene.passes(seconds=2)
    for someone in (ana, bo):
        someone.forgets()
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    await dee.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. It is 18:00 now.…")
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", "About Ana: open since 18:00. You were told at 18:00. …Nobody has it yet.")


async def dee_is_won_after_an_alarm(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Bo has the alarm of a duress word, with what she left; Dee is paired since."""
    await both_words(ana, bo)
    await ana.says("/start 30m\nGreen door")
    await ana.says(DURESS)
    await scene.passes(seconds=2)
    for someone in (ana, bo):
        someone.forgets()
    await scene.pair(ana, dee, DURESS)
    await scene.passes(seconds=2)
    for someone in (ana, bo, dee):
        someone.forgets()


@story()
async def test_who_was_won_since_reads_nothing_of_what_went_before_and_ends_only_its_own(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says("/sos back stairs")
    await scene.passes(seconds=2)
    heard = "\n".join(dee.unread())
    assert "back stairs" in heard
    for unknown in ("Green door", "Bo", "Another sign"):
        assert unknown not in heard
    bo.forgets()
    dee.forgets()
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, you have spoken with Ana, 18:00. The others are told. It ends at 18:10 …")
    await bo.reads("About Ana: somebody who became a buddy of Ana after this had begun says that they have spoken, …")
    await dee.says("/resolve Ana")
    await dee.reads("Nothing changed. That was said already. If it is not over: /reopen Ana")
    await scene.passes(minutes=11)
    await dee.reads("About Ana: closed, 18:10. …")
    bo.forgets()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", "About Ana: open since 18:00. …")


@story()
async def test_who_takes_it_is_told_to_those_who_have_it_from_before(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    bo.forgets()
    dee.forgets()
    await dee.says("on it")
    await dee.reads("About Ana: you have it. Thank you. The others hear that. …")
    await bo.reads("About Ana: somebody who became a buddy of Ana after this had begun was told later, …on it. …")
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await dee.reads_nothing()


@story()
async def test_her_later_word_and_notes_reach_both(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await ana.says("/sos")
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    for someone in (bo, dee):
        someone.forgets()
    await ana.says("/note third floor")
    for buddy in (bo, dee):
        await buddy.reads("…third floor…")
    await ana.says(WORD)
    for buddy in (bo, dee):
        await buddy.reads("About Ana: at 18:00 the word for a normal end was sent. It changes nothing here.")


@story()
async def test_her_sos_is_answered_once_whichever_phone_has_it_first(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await bo.phone.go_offline()
    sent = await ana.says("/sos")
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == ["👍", "✅"]
    await bo.phone.go_online()
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == ["👍", "✅"]


@story()
async def test_the_phone_from_which_her_word_came_hears_nothing_of_later_signs(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await dee_is_won_after_an_alarm(ana, bo, dee, scene)
    await dee.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=2)
    dee.forgets()
    await bo.reads(FIRST + "…")
    await ana.says("/sos")
    await dee.reads_nothing()
