"""The phone on which she wrote her word is never told what it was (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
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
