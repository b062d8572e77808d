"""A buddy has it (SPEC: A check-in's life, step 6)."""

import pytest

from tests.stories.dialog import Scene, Someone, story

ASKED = (
    "Timer of Ana: how does it stand? It is 18:40.\n"
    "You still have it: /ack\nYou have spoken with Ana: /resolve Ana\n"
    "Without an answer by 18:50 I write to you again."
)


async def _asked(scene: Scene, bo: Someone) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …I ask you how it stands at 18:40.")
    await scene.until("18:40:02")
    await bo.reads(ASKED)


@story()
async def test_thirty_minutes_later_he_is_asked_how_it_stands(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_ack_holds_thirty_minutes_more_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await bo.says("/ack")
    await bo.reads("Thank you. You still have it. I ask again at 19:10.")
    await scene.until("19:10:03")
    await bo.reads("Timer of Ana: how does it stand? It is 19:10.\n…")
    await bo.says("/ack")
    await bo.reads("Timer of Ana: still no word since 18:05. …")


@pytest.mark.parametrize("message", ["I do not know", "yes", "calling her now", "👍", "she is fine I think so"])
@story()
async def test_any_other_text_resumes(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await _asked(scene, bo)
    await bo.says(message)
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing()


@story()
async def test_ten_minutes_of_silence_resume(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await scene.until("18:49:59")
    await bo.sees_nothing(during=0.5)
    await scene.until("18:50:02")
    await bo.reads("Timer of Ana: still no word since 18:05. …")


@story()
async def test_resolve_pauses_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await bo.says("/resolve Ana")
    await bo.reads("Noted: you have spoken with Ana, 18:40. …")
    await scene.until("18:54")
    await bo.sees_nothing()


@story()
async def test_talk_before_he_is_asked_resumes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.says("calling her now")
    await bo.reads("Nothing changed. I did not understand that. …")
    await scene.until("18:39")
    await bo.sees_nothing()


@story()
async def test_talk_in_the_group_is_no_answer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await bo.says_in_group("no idea")
    await bo.sees_nothing()


@story()
async def test_the_others_are_told_and_asked_first_when_he_gives_no_answer(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:12:02")
    await bo.says("on it")
    await bo.reads("Timer of Ana: still no word …")
    await bo.reads("You have it. …")
    await cy.reads("Timer of Ana: no word …")
    await cy.reads("Timer of Ana, 2 of 2. …")
    await cy.reads("Timer of Ana: Bo has it. You need do nothing for now. I write again if that changes.")
    await scene.until("18:42:04")
    await bo.reads("Timer of Ana: how does it stand? …Without an answer by 18:52 I go on asking the others.")
    await scene.until("18:52:04")
    await bo.reads("Timer of Ana is open again. I go on asking.")
    await cy.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing()


@story()
async def test_alone_taken_before_the_second_was_told_the_second_is_asked_when_it_resumes(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await scene.until("18:39")
    await cy.sees_nothing()
    await scene.until("18:50:02")
    await cy.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_the_second_buddy_may_take_it_over(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:12:02")
    await bo.says("on it")
    await scene.passes(seconds=1)
    for one in (bo, cy):
        one.forgets()
    await cy.says("on it")
    await cy.reads("You have it. …")
    await bo.reads("Timer of Ana: Cy has it. You need do nothing for now. I write again if that changes.")


@story()
async def test_the_word_after_the_deadline_ends_it_although_he_has_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _asked(scene, bo)
    await ana.says("purple giraffe")
    await bo.reads("Ana has sent the word, 18:40: the timer is closed. Nothing more to do. Thank you.")
    await scene.passes(minutes=16)
    await bo.reads_nothing()
