"""Who has been told that everything is erased is a stranger from then on (SPEC: `/forget`, "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_also_while_a_buddy_cannot_be_reached_whichever_word_she_used(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    """With the codeword his all-clear still waits, and she is answered as one who is known."""
    await both_words(ana, bo, cy)
    await ana.says("/start 5m")
    await scene.passes(minutes=13)
    await scene.night.stand_in.rate_limit("Cy")
    await ana.says(word)
    await scene.passes(seconds=5)
    ana.forgets()
    await ana.says(f"/forget {word}")
    await ana.reads("Done. Everything about you is erased here, …")
    await scene.passes(minutes=3)
    await ana.says("hello")
    await ana.reads("This is a private timer bot. …")
