"""Her word is no more work the hundredth time: whoever holds her phone could tell by that which one it is."""

import pytest

import storage.outbox
from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


class Counted:
    """How many rows of the outbox were read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows = 0
        self._read_row = storage.outbox.read_row
        monkeypatch.setattr("storage.outbox.read_row", self._count)

    def _count(self, *given: object, **named: object) -> object:
        self.rows += 1
        return self._read_row(*given, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_her_word_makes_no_more_work_the_hundredth_time(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found: 5 rows were read the first time, 797 the hundredth, if it was the duress word."""
    await both_words(ana, bo, cy)
    counted, work = Counted(monkeypatch), list[int]()
    for _ in range(100):
        before = counted.rows
        await ana.says(word)
        await ana.reads("Nothing changed. …", within=5)
        work.append(counted.rows - before)
        await scene.passes(seconds=61)  # sixty an hour are answered
        bo.forgets()
        cy.forgets()
    assert max(work[-5:]) <= 2 * max(work[:5])
