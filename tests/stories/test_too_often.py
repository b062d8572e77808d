"""What others are told of cannot be done without end: whoever holds her phone must not wear her buddies out."""

import pytest

from handlers.allowance import CAN_WAIT_AN_HOUR
from tests.stories.dialog import WORD, Scene, Someone, story

DURESS = "yellow zebra"
AGAIN_LATER = "Nothing changed. You have sent {command} often within an hour. Please wait a while."


@story()
async def test_ten_names_an_hour(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(hours=1)  # since she was named first
    for number in range(10):
        await ana.says(f"/name Dee {number}")
        await ana.reads(f"Saved. Your buddies see you as Dee {number}.")
        await bo.reads(f"…Dee {number} from now on. …")
    await ana.says("/name Cy")
    await ana.reads(AGAIN_LATER.format(command="/name"))
    await bo.sees_nothing()
    await scene.passes(hours=1)
    await ana.says("/name Cy")
    await ana.reads("Saved. Your buddies see you as Cy.")
    await bo.reads("Dee 9 is called Cy from now on. …")


@story()
async def test_six_drills_an_hour(ana: Someone, bo: Someone) -> None:
    for _ in range(6):
        await ana.says("/drill")
        await bo.reads("DRILL. …")
        await bo.says("on it")
        await bo.reads("Drill over for you, 0 s. Thank you.")
        for line in ("The drill runs, …", "Drill: Bo answered …", "The drill is over.\n…"):
            await ana.reads(line)
    await ana.says("/drill")
    await ana.reads(AGAIN_LATER.format(command="/drill"))
    await bo.sees_nothing()


@pytest.mark.parametrize("refused", ["/name", "/name ???"])
@story()
async def test_what_was_refused_does_not_count(ana: Someone, bo: Someone, refused: str) -> None:
    for _ in range(11):
        await ana.says(refused)
        await ana.reads("Nothing changed. …")
    await ana.says("/name Dee")
    await ana.reads("Saved. Your buddies see you as Dee.")
    await bo.reads("Ana is called Dee from now on. …")


@story()
async def test_six_requests_for_a_new_word_an_hour_but_each_can_be_stopped(ana: Someone, bo: Someone) -> None:
    for _ in range(6):
        await ana.says("/reset")
        await ana.reads("Noted. …")
        await bo.reads("Ana has forgotten a word and asks for a new one. …")
        await ana.says("/reset stop")
        await ana.reads("Stopped. …")
        await bo.reads("Ana needs no new word after all. …")
    await ana.says("/reset")
    await ana.reads(AGAIN_LATER.format(command="/reset"))
    await bo.sees_nothing()
    await ana.says("/reset stop")
    await ana.reads("Nothing changed. You have not asked for a new word. …")


@story()
async def test_an_only_buddy_can_always_call_off_an_alarm(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: her fourth sign by mistake within an hour went on alerting him, for he has to write it twice each time."""
    for _ in range(5):
        await ana.says("/sos")
        await scene.passes(seconds=1)
        for _ in range(2):
            await bo.says("/resolve Ana")
            await scene.passes(minutes=1)
    bo.forgets()
    await scene.passes(minutes=30)
    await bo.sees_nothing()


@story()
async def test_nor_can_an_only_buddy_have_her_asked_for_her_word_without_end(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: thirty rounds in a minute put sixty messages on her phone, in whosever hands that is."""
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    ana.forgets()
    for _ in range(10):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=1)
        await bo.says("/reopen Ana")
        await scene.passes(seconds=1)
    assert len(ana.unread()) <= 6 * 2


@story()
async def test_who_calls_an_alarm_off_again_and_again_is_stopped_and_not_who_reopens_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: who reopened it each time could at last not say that he had spoken with her, and the other went on."""
    await ana.says("/sos")
    await scene.passes(minutes=1)
    for _ in range(6):
        await cy.says("/resolve Ana")
        await scene.passes(seconds=1)
        await bo.says("/reopen Ana")
        await scene.passes(seconds=1)
    cy.forgets()
    await cy.says("/resolve Ana")
    await cy.reads("Nothing changed: it goes on as it is. You have sent /resolve often within an hour, …")
    bo.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, you have spoken with Ana, …")


@story()
async def test_each_that_is_open_is_counted_for_itself(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.pair(cy, bo, "silver dolphin")
    await scene.pair(cy, ana, "silver dolphin")
    await scene.overdue()
    await scene.passes(minutes=3)
    for _ in range(6):
        await bo.says("/resolve Ana")
        await bo.says("/reopen Ana")
        await scene.passes(seconds=1)
    await cy.says("/start 5m")
    await scene.passes(minutes=11)
    bo.forgets()
    await bo.says("/resolve Cy")
    await bo.reads("Noted: you have spoken with Cy, …")


@story()
async def test_a_buddy_goes_away_ten_times_an_hour(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found: while a timer of his own ran, he could tell her so without end."""
    await scene.pair(bo, cy, DURESS)
    await bo.says("/start 2h")
    ana.forgets()
    for number in range(10):
        await bo.says(f"/away {number + 1}h")
        await ana.reads("Bo is away …")
    bo.forgets()
    await bo.says("/away 1h")
    await bo.reads(AGAIN_LATER.format(command="/away"))
    await bo.says("/back")
    await ana.reads("Bo is there again.")


RESTS = "Nothing changed. That was a lot within an hour; for a while I answer only what timers need."


async def uses_up(someone: Someone, *texts: str) -> None:
    """As often as is answered, whether it was understood or not."""
    for number in range(CAN_WAIT_AN_HOUR):
        await someone.says(texts[number % len(texts)])
        await someone.reads("…")


@pytest.mark.parametrize("texts", [("/tz Europe/London",), ("/tz Europe/London", "/tz ???", "/quux", "/invite x")])
@story()
async def test_what_can_wait_is_answered_so_often_an_hour_and_then_it_is_quiet(
    ana: Someone, bo: Someone, scene: Scene, texts: tuple[str, ...]
) -> None:
    """Each answer counts in what Signal lets the bot send to everybody."""
    await scene.passes(hours=1)
    await uses_up(bo, *texts)
    await bo.says("/status")
    await bo.reads(RESTS)
    for text in (*texts, "/help"):
        await bo.says(text)
    await bo.sees_nothing()
    await ana.says("/tz Europe/London")
    await ana.reads("Saved. …")
    await scene.passes(hours=1)
    await bo.says("/help")
    await bo.reads("…")


@story()
async def test_nothing_that_a_timer_needs_is_held_up_by_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(hours=1)
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    await uses_up(ana, "/tz Europe/London")
    await ana.says("/buddies")
    await ana.reads(RESTS)
    for text in ("/start x", "/strat 2h", "/safe"):  # also what is not understood
        await ana.says(text)
        await ana.reads("…")
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    for text in ("/help", "/status", "/note room 12", "/extend 5m"):
        await ana.says(text)
        await ana.reads("…")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    bo.forgets()
    await ana.says(f"/order Bo {DURESS}")
    await ana.reads_nothing()
    await bo.reads("About Ana: …")


@story()
async def test_who_was_told_of_an_alert_is_always_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(hours=1)
    await uses_up(bo, "/tz Europe/London")
    await bo.says("/buddies")
    await bo.reads(RESTS)
    await scene.overdue()
    for text in ("/help", "/status", "/again", "/ack", "/resolve Ana", "/reopen Ana"):
        await bo.says(text)
        await bo.reads("…")


@story()
async def test_what_is_sent_while_a_timer_runs_does_not_count(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await uses_up(ana, "/status")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await ana.says("/buddies")
    await ana.reads("Your buddies, …")


@story()
async def test_six_times_an_hour_a_buddy_says_that_he_has_spoken_with_her(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: with /reopen after each, one buddy had the others alerted a hundred times in some minutes."""
    await scene.overdue()
    await scene.passes(minutes=3)
    for _ in range(6):
        await bo.says("/resolve Ana")
        await scene.passes(seconds=1)
        await bo.says("/reopen Ana")
        await scene.passes(seconds=1)
    for someone in (ana, bo, cy):
        someone.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("Nothing changed: it goes on as it is. You have sent /resolve often within an hour, …")
    await ana.sees_nothing()
    await scene.passes(minutes=5)
    assert any("no word since" in text for text in cy.unread())
    await cy.says("/resolve Ana")
    await cy.reads("…")
    bo.forgets()
    await bo.says("/reopen Ana")
    await scene.passes(seconds=1)
    assert any("no word since" in text for text in cy.unread())
