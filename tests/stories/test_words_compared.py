"""Comparing words is slow: nobody takes a turn at it who has none, and what is compared tells nothing."""

import pytest

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
