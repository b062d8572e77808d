"""`/safe ANA WORD` from a buddy's phone (SPEC: Commands, "Wrong words")."""

import pytest

from bot.domain.check_in import CheckIn
from tests.stories.dialog import WORD, Scene, Someone, story

CLOSED = "Thanks, noted. Ana is told."
NOT_QUITE = "Nothing changed. Not quite. Like this: /safe Ana WORD"
TOLD = "Your timer was closed with your word, from Bo's phone."
BOS_WORD = "green lantern"


async def _running(scene: Scene, ana: Someone) -> CheckIn:
    found = await scene.check_in(ana)
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["/safe Ana", "/cancel ana", "safe ANA", "/safe Ana,"])
@story()
async def test_her_word_from_a_buddys_phone_closes_her_timer(
    ana: Someone, bo: Someone, scene: Scene, form: str
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await bo.says(f"{form} {WORD}")
    await bo.reads(CLOSED)
    await ana.reads(TOLD)
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    assert await scene.check_in(ana) is None
    await scene.passes(hours=1)
    await ana.reads_nothing()
    assert not any("no word since" in text for text in bo.shows())


@story()
async def test_after_an_alert_everybody_gets_the_all_clear(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.passes(minutes=3)
    cy.forgets()
    bo.forgets()
    await bo.says(f"/safe Ana {WORD}")
    await bo.reads_each("Ana has sent the word, …", CLOSED)
    await cy.reads("Ana has sent the word, …")
    await ana.reads(TOLD)


@story()
async def test_a_wrong_word_counts_nowhere_and_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.passes(seconds=2)
    before = await scene.rows()
    for _ in range(3):
        await bo.says("/safe Ana yellow zebra")
        await bo.reads(NOT_QUITE)
    assert await scene.rows() == before
    assert (await _running(scene, ana)).wrong_words == 0
    await ana.reads_nothing()


@story()
async def test_after_five_wrong_ones_even_the_right_one_gets_the_same_answer(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    for _ in range(5):
        await bo.says("/safe Ana yellow zebra")
        await bo.reads(NOT_QUITE)
    await bo.says(f"/safe Ana {WORD}")
    await bo.reads(NOT_QUITE)
    await _running(scene, ana)
    await cy.says(f"/safe Ana {WORD}")
    await cy.reads(CLOSED)
    await ana.says("/start 3h")
    await scene.passes(hours=1)
    bo.forgets()
    await bo.says(f"/safe Ana {WORD}")
    await bo.reads_each(CLOSED)


@pytest.mark.parametrize("word", [WORD, "yellow zebra"])
@story()
async def test_without_a_timer_nothing_is_revealed(ana: Someone, bo: Someone, scene: Scene, word: str) -> None:
    before = await scene.rows()
    await bo.says(f"/safe Ana {word}")
    await bo.reads(NOT_QUITE)
    await ana.reads_nothing()
    assert await scene.rows() == before


@story()
async def test_only_a_buddy_of_hers_may(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(dee)
    await ana.says("/start 30m")
    await dee.says(f"/safe Ana {WORD}")
    await dee.reads("Nothing changed. No timer runs. To start one: /start 2h")
    await _running(scene, ana)


@story()
async def test_his_own_running_timer_is_ended_by_his_own_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Even if that begins like her name."""
    await scene.pair(bo, ana, word="anagram lantern")
    await ana.says("/name Anagram")
    await ana.reads("Saved. …")
    await bo.reads("Ana is called Anagram …")
    await ana.says("/start 2h")
    await bo.says("/start 2h")
    await bo.reads("Saved. …")
    await bo.says("/safe anagram lantern")
    await bo.reads("Thanks, noted. Good night.")
    await _running(scene, ana)
    await bo.says("/start 2h")
    await bo.reads("Saved. …")
    await bo.says(f"/safe Anagram {WORD}")
    await bo.reads("Thanks, noted. Anagram is told.")
    assert await scene.check_in(ana) is None
    await _running(scene, bo)


@story()
async def test_with_a_timer_of_his_own_a_wrong_word_of_hers_is_not_a_wrong_one_of_his(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.pair(bo, ana, word=BOS_WORD)
    await ana.says("/start 2h")
    await bo.says("/start 2h")
    await bo.reads("Saved. …")
    await bo.says("/safe Ana yellow zebra")
    await bo.reads(NOT_QUITE)
    assert (await _running(scene, bo)).wrong_words == (await _running(scene, ana)).wrong_words == 0
    await bo.says(f"/safe Ana {BOS_WORD}")
    await bo.reads(NOT_QUITE)


@story()
async def test_a_name_alone_is_asked_back(ana: Someone, bo: Someone) -> None:
    await bo.says("/safe Ana")
    await bo.reads("Nothing changed. Please add the word of Ana: /safe Ana WORD")


@story()
async def test_in_the_group_it_does_not_count(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs …")
    await bo.says_in_group(f"/safe Ana {WORD}")
    await bo.reads("Nothing changed. For Ana, please send me that directly, not in a group.")
    await bo.reads_nothing_in_group()
    await _running(scene, ana)


@story()
async def test_in_time_it_prevents_the_alert(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """The bot was down; his message came before the alert would have been due."""
    await ana.says("/start 10m")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.night.stop_bot()
    await scene.passes(minutes=13)
    await bo.says(f"/safe Ana {WORD}")
    await scene.passes(minutes=7)
    await scene.night.start_bot()
    await bo.reads(CLOSED, within=30)
    await scene.passes(minutes=10)
    assert not any("no word since" in text for text in [*bo.shows(), *cy.shows()])
