"""The phone on which she wrote her word is never told what it was (SPEC: "Silent alarm")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_silent_alarm import DURESS, FIRST, both_words
from tests.stories.test_sos import reactions

BOTH = pytest.mark.parametrize("word", [WORD, DURESS])


@BOTH
@pytest.mark.parametrize("later", ["/sos", "{}", "/safe {}"])
@story()
async def test_a_later_sign_does_not_tell_him_what_she_wrote_on_his_phone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str, later: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says(f"/safe Ana {word}")
    await bo.reads("Thanks, noted. Ana is told.")
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    bo.forgets()
    await ana.says(later.format(word))
    await scene.passes(seconds=2)
    heard = [text for text in bo.unread() if "About Ana" in text]
    assert ["asked me to tell all" in text for text in heard] == ([True] if later == "/sos" else [])
    assert "not being free to speak" not in "\n".join(heard)


@BOTH
@story()
async def test_wrong_words_reach_his_phone_after_hers_was_written_on_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    bo.forgets()
    for wrong in ("aaa", "bbb", "ccc"):
        await ana.says(f"/safe {wrong}")
    await bo.reads(FIRST + "By 18:00, three wrong words had come …")


@BOTH
@pytest.mark.parametrize("off", [True, False])
@story()
async def test_her_sos_is_answered_by_his_phone_where_no_other_can(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str, off: bool
) -> None:
    """Her phone shows two reactions after the codeword: Cy, who alone has the alarm of the other, is off or left."""
    await both_words(ana, bo, cy)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    if off:
        await cy.phone.go_offline()
    else:
        await ana.says(f"/unpair Cy {word}")
        await scene.passes(seconds=2)
    sent = await ana.says("/sos")
    await scene.passes(minutes=10)
    assert reactions(ana, sent) == ["👍", "✅"]


@BOTH
@story()
async def test_her_sos_is_answered_by_who_stays_on_call_although_he_has_left_what_was_open(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    await ana.says(f"/extend 30m {word}")
    await scene.passes(seconds=2)
    await bo.says("/unpair Ana")
    await cy.phone.go_offline()
    await scene.passes(seconds=2)
    sent = await ana.says("/sos")
    await scene.passes(minutes=10)
    assert reactions(ana, sent) == ["👍", "✅"]


@story()
async def test_who_has_left_it_is_not_alerted_by_a_later_sign(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")
    await cy.reads(FIRST + "…")
    await bo.says("/unpair Ana")
    await bo.reads("…")
    await bo.reads("You have left what was open about Ana. …")
    await ana.says("/sos")
    await cy.reads(FIRST + "…")
    await bo.reads_nothing()


@BOTH
@story()
async def test_what_he_has_from_before_is_told_again_without_her_word_on_his_phone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    """Asked for, or by itself."""
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/again")
    await bo.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. …")
    await scene.passes(minutes=6)
    heard = "\n".join(bo.unread())
    assert FIRST in heard
    for unknown in ("not being free to speak", "Another sign"):
        assert unknown not in heard


@BOTH
@story()
async def test_a_later_alarm_of_two_is_told_again_without_her_word_on_one_of_their_phones(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """The first has ended and its buddy has left, so that theirs is the only one."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    for won in (dee, await scene.arrive("Eve")):
        await scene.pair(ana, won)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    for _ in range(2):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes(seconds=2)
    await dee.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/again")
    await scene.passes(seconds=2)
    assert "not being free to speak" not in "\n".join(dee.unread())


@BOTH
@story()
async def test_a_pause_that_he_knows_of_ends_as_it_would(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    """What is open goes on for the others, and they know who said that it was over."""
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        someone.forgets()
    await bo.says(f"/safe Ana {word}")
    await bo.reads("About Ana: at 18:01 the word for a normal end was sent. …")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", "…You said …")
    await scene.passes(minutes=11)
    await bo.reads("About Ana: closed, 18:11. …")
    cy.forgets()
    await cy.says("/status")
    await cy.reads("No timer runs. …")
    if word == DURESS:
        await cy.reads("About Ana: open since 18:00. …Nobody has it yet.")


@BOTH
@story()
async def test_he_is_told_again_in_the_rhythm_of_before(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=75)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.passes(minutes=60)
    assert len([text for text in bo.unread() if text.startswith(FIRST)]) == 4


@BOTH
@story()
async def test_he_hears_what_the_others_do_and_they_hear_what_he_does(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        someone.forgets()
    await cy.says("on it")
    await bo.reads("About Ana: Cy has it. …")
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await scene.passes(seconds=2)
    assert any(text.startswith("About Ana: Bo has it") for text in cy.unread())
    cy.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, you have spoken with Ana, 18:01. The others are told. …")
    await cy.reads("About Ana: Bo says that they have spoken, 18:01. …")
    await cy.says("/reopen Ana")
    await bo.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. …")


@BOTH
@story()
async def test_what_she_left_is_there_when_he_asks_again_and_what_she_leaves_later_comes(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 2h\nGreen door")
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/again")
    await scene.passes(seconds=2)
    assert "Green door" in "\n".join(bo.unread())
    bo.forgets()
    await ana.says("/note third floor")
    await bo.reads("…third floor…")


@BOTH
@story()
async def test_the_next_word_from_her_own_phone_is_kept_from_him_and_from_nobody_else(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await bo.says(f"/safe Ana {word}")
    await scene.passes(minutes=1)
    for someone in (bo, cy):
        someone.forgets()
    await ana.says(word)
    word_sent = "About Ana: at 18:01 the word for a normal end was sent. …"
    await bo.reads(word_sent)
    await cy.reads(FIRST + "At 18:01, Ana gave the sign …" if word == DURESS else word_sent)
    await bo.reads_nothing()
