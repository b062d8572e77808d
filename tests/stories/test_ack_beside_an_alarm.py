"""What a buddy says about a timer's alert counts for that, whatever alarm he has besides: else those who are told of
it, and whose phones may be in the wrong hands, could tell by it that there is one (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story

TOLD = "Timer of Dee: Cy has it. You need do nothing for now. I write again if that changes."
NOT_TAKEN = "What else I wrote to you, about Ana, comes first; it is not taken, and goes on. To take that too: "
DEES = f"That was for the timer of Dee only. {NOT_TAKEN}/ack Ana"
HERS = f"That was for the timer of Ana only. {NOT_TAKEN}/ack Ana alarm"


async def _dee_is_overdue(ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, word: str) -> None:
    """Friends who are each other's buddies: Ana and Cy are alerted about Dee, after Ana's timer has ended."""
    await both_words(ana, bo, cy)
    await scene.pair(dee, cy, "blue anchor")
    await scene.pair(dee, ana, "blue anchor")
    await ana.says("/start 2h")
    await dee.says("/start 5m")
    await scene.passes(minutes=9)
    await ana.says(word)
    await scene.passes(minutes=4)
    for someone in (ana, bo, cy, dee):
        someone.forgets()


@pytest.mark.parametrize("word", [WORD, DURESS])
@pytest.mark.parametrize("answer", ["on it", "/ack", "/ack Dee"])
@story()
async def test_her_phone_is_told_who_has_a_friends_timer_whichever_word_ended_her_own(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, word: str, answer: str
) -> None:
    await _dee_is_overdue(ana, bo, cy, dee, scene, word)
    await cy.says(answer)
    await ana.reads(TOLD)
    taken = "You have it. Thank you. Call Dee; …"
    asked = word == DURESS and answer != "/ack Dee"
    await cy.reads_each(*[taken, DEES] if asked else [taken])
    await ana.sees_nothing()


@story()
async def test_the_alarm_is_not_taken_by_it_and_goes_on(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _dee_is_overdue(ana, bo, cy, dee, scene, DURESS)
    await cy.says("on it")
    await scene.passes(seconds=2)
    assert DEES in cy.unread()
    assert not any("Cy has it" in text for text in bo.unread())
    cy.forgets()
    await scene.passes(minutes=6)
    assert any(text.startswith("About Ana: please read all of this first.") for text in cy.unread())
    for someone in (bo, cy):
        someone.forgets()
    await cy.says("/ack Ana")
    await cy.reads("About Ana: you have it. …")
    await bo.reads("About Ana: Cy has it. …")


@story()
async def test_of_an_alarm_that_he_has_he_is_not_asked(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _dee_is_overdue(ana, bo, cy, dee, scene, DURESS)
    await cy.says("/ack Ana")
    await cy.reads("About Ana: you have it. …")
    await cy.says("on it")
    await cy.reads("You have it. Thank you. Call Dee; …")
    await cy.reads_nothing()
    await ana.reads(TOLD)


@story()
async def test_with_the_timers_alert_already_his_he_is_asked_which(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _dee_is_overdue(ana, bo, cy, dee, scene, DURESS)
    await cy.says("/ack Dee")
    await cy.reads("You have it. …")
    before = await scene.rows()
    await cy.says("on it")
    await cy.reads("Nothing changed, and I go on with all of them. Which one? /ack Dee, /ack Ana")
    assert await scene.rows() == before


async def _her_own_is_overdue(ana: Someone, bo: Someone, cy: Someone, scene: Scene, *, alarm: bool) -> None:
    """Bo, whom she has marked, and Cy are alerted; Cy may have an alarm about her as well."""
    await both_words(ana, bo, cy)
    await scene.spares(ana, bo)
    await scene.overdue()
    await scene.passes(minutes=3)
    if alarm:
        await ana.says("/sos")
        await scene.passes(seconds=5)
    for someone in (ana, bo, cy):
        someone.forgets()


@pytest.mark.parametrize("alarm", [False, True])
@pytest.mark.parametrize("answer", ["on it", "/ack", "/ack Ana", "/ack Ana timer"])
@story()
async def test_whom_she_marked_is_told_who_has_her_timer_also_beside_an_alarm_about_her(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, alarm: bool, answer: str
) -> None:
    await _her_own_is_overdue(ana, bo, cy, scene, alarm=alarm)
    await cy.says(answer)
    await bo.reads("Timer of Ana: Cy has it. …")
    taken = "You have it. Thank you. Call Ana; …"
    asked = alarm and answer != "/ack Ana timer"
    await cy.reads_each(*[taken, HERS] if asked else [taken])
    await ana.sees_nothing()


@pytest.mark.parametrize("alarm", [None, "open", "paused"])
@story()
async def test_what_is_not_over_goes_on_on_all_phones_also_beside_an_alarm_about_her(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, alarm: str | None
) -> None:
    """Nothing is lost by reopening what is paused: Cy, who says that it is not over, need not be asked which."""
    await _her_own_is_overdue(ana, bo, cy, scene, alarm=alarm is not None)
    await bo.says("/resolve Ana")
    if alarm == "paused":
        await cy.says("/resolve Ana alarm")
    await scene.passes(minutes=1)
    for someone in (ana, bo, cy):
        someone.forgets()
    await cy.says("/reopen Ana")
    await scene.passes(seconds=5)
    assert any(text.startswith("Timer of Ana: ") for text in bo.unread())
    assert "Timer of Ana is open again. I go on now." in cy.unread()
    assert ("About Ana: it is open again. I write to all of you now." in cy.unread()) == (alarm == "paused")
    assert not any("Which one?" in text for text in cy.unread())


@pytest.mark.parametrize("alarm", [False, True])
@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_a_yes_to_an_alert_whose_sending_never_ended_well_counts_beside_an_alarm(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, alarm: bool, in_group: bool
) -> None:
    await scene.pair(dee, bo, "blue anchor")
    await ana.says("/start 5m")
    await scene.until("18:09:00")
    if alarm:
        await dee.says("/sos")
    await scene.until("18:09:59")
    bo.forgets()
    scene.night.stand_in.faults.hang("send", times=None, after_effect=True)
    await scene.until("18:10:02")
    text = "Timer of Ana: no word since 18:05. …"
    alert = await (bo.reads_in_group(text) if in_group else bo.reads(text))
    await bo.reacts("👍", alert)
    await scene.passes(seconds=1)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.taken_by is not None
