"""A phone that was paired with hers while an alarm is open (SPEC: "Silent alarm": identical on all her phone shows)."""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_sos import reactions

WORD_SENT = "About Ana: at 18:00 the word for a normal end was sent. It changes nothing here."


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
    await dee.reads("About Ana: Bo has it too.")


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


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_her_word_written_on_it_changes_nothing_about_what_it_hears(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await dee.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    dee.forgets()
    await ana.says("/sos")
    await dee.reads(FIRST + "…")


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_in_an_alarm_her_word_written_on_it_is_the_word_for_a_normal_end(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says(f"/safe Ana {word}")
    await dee.reads_each(WORD_SENT, "Nothing changed. …")
    await dee.reads_nothing()


@pytest.mark.parametrize("word", [WORD, DURESS])
@pytest.mark.parametrize("message", ["/order Bo Dee {}", "{}", "/safe {}"])
@story()
async def test_the_next_use_of_her_word_does_not_tell_it_what_that_is(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str, message: str
) -> None:
    """Whoever forced the pairing has this one word of hers, and looks what it does."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    dee.forgets()
    await ana.says(message.format(word))
    await scene.passes(seconds=2)
    assert not [text for text in dee.unread() if "About Ana" in text or text.startswith(FIRST)]


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_in_an_alarm_each_use_of_her_word_is_the_word_for_a_normal_end(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    dee.forgets()
    bo.forgets()
    await ana.says(word)
    await dee.reads(WORD_SENT)
    await dee.reads_nothing()
    await bo.reads(WORD_SENT if word == WORD else FIRST + "At 18:00, Ana gave the sign …")


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_where_it_is_too_late_for_her_word_it_is_told_nothing(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """After too many wrong ones the right one counts as wrong, and her duress word looks the same."""
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/sos")
    for number in range(20):
        await ana.says(f"/order Bo Dee wrong {number}")
    await scene.passes(seconds=2)
    dee.forgets()
    await ana.says(f"/order Bo Dee {word}")
    await dee.reads_nothing()


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_wrong_words_reach_it(ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str) -> None:
    await both_words(ana, bo)
    await scene.pair(ana, dee, word)
    await ana.says("/start 30m")
    for wrong in ("aaa", "bbb", "ccc"):
        await ana.says(f"/safe {wrong}")
    await scene.passes(seconds=2)
    assert [text for text in dee.unread() if text.startswith(FIRST)]


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_whether_others_are_told_is_what_her_account_shows(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str, alone: bool
) -> None:
    """An end by the only phone that it seems to reach has to be said twice, and ends it then."""
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await ana.says(word)
    await scene.passes(seconds=2)
    ana.forgets()
    await scene.pair(ana, dee, word)
    if alone:
        await ana.says(f"/unpair Bo {word}")
    await ana.says("/sos")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/resolve Ana")
    others = "So that it does not end by mistake, please say it twice. …" if alone else "The others are told. …"
    await dee.reads(f"About Ana: noted, you have spoken with Ana, 18:00. {others}")
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: closed, 18:00. …" if alone else "Nothing changed. That was said already. …")


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_it_leaves_those_whom_her_account_shows(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str, alone: bool
) -> None:
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await ana.says(word)
    await scene.passes(seconds=2)
    ana.forgets()
    await scene.pair(ana, dee, word)
    if alone:
        await ana.says(f"/unpair Bo {word}")
    await ana.says("/sos")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/unpair Ana")
    others = "Nobody else is told of it any more." if alone else "The others still have it."
    await dee.reads_each("Done. …", f"You have left what was open about Ana. {others}")
    if word == DURESS:
        assert not scene.night.operator.told
