"""Comparing words is slow: nobody takes a turn at it who has none, and what is compared tells nothing."""

from collections.abc import Sequence

import pytest

from bot.word_turns import Asker, MayEnd
from bot.words_desk import WordsDesk
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.two_evenings import Counting, count_comparisons


@pytest.mark.parametrize("text", ["/safe purple zebra", "/words purple zebra > green lantern", "purple zebra"])
def test_for_an_account_without_a_word_nothing_is_compared(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count_comparisons(monkeypatch)

    @story()
    async def evening(ana: Someone, dee: Someone, scene: Scene) -> None:
        await scene.let_in(dee)
        before = Counting.compared
        await dee.says(text)
        await scene.passes(seconds=2)
        assert dee.unread() != []
        assert Counting.compared == before

    evening()


def test_for_her_word_on_her_buddys_phone_as_much_whether_she_has_a_timer_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count_comparisons(monkeypatch)
    compared = [compared_for(text, timer=timer) for timer in (False, True) for text in (WORD, "purple zebra")]
    assert compared == [2, 2, 2, 2]


def test_on_the_phone_of_a_buddy_with_a_word_hers_waits_for_no_turn_of_those_who_end_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Found: his own word was compared first, in turns that a crowd without timers kept for half a minute."""
    askers: list[Asker] = []
    matches = WordsDesk.matches

    async def noting(desk: WordsDesk, encoded: Sequence[str | None], folded: str, asker: Asker) -> list[bool]:
        askers.append(asker)
        return await matches(desk, encoded, folded, asker)

    @story()
    async def evening(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
        await scene.pair(bo, dee, "velvet hacksaw")
        await ana.says("/start 1h")
        await scene.passes(seconds=3)
        monkeypatch.setattr(WordsDesk, "matches", noting)
        await bo.says(f"/safe Ana {WORD}")
        await scene.passes(seconds=1)
        await bo.says("/safe velvet hacksaw")
        await scene.passes(seconds=1)

    evening()
    assert [one.may_end for one in askers] == [MayEnd.ANOTHERS] * 3 + [MayEnd.NOTHING]


def compared_for(word: str, *, timer: bool) -> int:
    found: list[int] = []

    @story()
    async def evening(ana: Someone, bo: Someone, scene: Scene) -> None:
        if timer:
            await ana.says("/start 2h")
            await scene.passes(seconds=2)
        before = Counting.compared
        await bo.says(f"/safe Ana {word}")
        await scene.passes(seconds=2)
        found.append(Counting.compared - before)

    evening()
    return found[0]
