"""A phone that was paired with hers while an alarm is open (SPEC: "Silent alarm": identical on all her phone shows)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_silent_alarm import DURESS, FIRST, both_words


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
