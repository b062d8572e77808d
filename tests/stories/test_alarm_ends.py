"""How a silent alarm ends, and how it is told from an alert (SPEC: "Silent alarm", step 7)."""

from tests.stories.alarms import DURESS, FIRST, SIGN, UNKNOWN, both_words
from tests.stories.dialog import WORD, Scene, Someone, story

WHICH = "Nothing changed, and I go on with all of them. Which one?"


@story()
async def test_a_pause_ends_it_when_another_buddy_was_told_and_nobody_reopened(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 30m\nRoom 12")
    await ana.says(DURESS)
    await scene.passes(seconds=2)
    for someone in (ana, bo, cy):
        someone.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, you have spoken with Ana, 18:00. The others are told. It ends at 18:10 …")
    await cy.reads("About Ana: Bo says that they have spoken, 18:00. It ends at 18:10. …/reopen Ana")
    await cy.says("on it")
    await cy.reads("Nothing changed. Bo says that they have spoken. …")
    await scene.until("18:09:59")
    await cy.reads_nothing(during=0.5)
    await cy.reads("About Ana: closed, 18:10. Bo says that they have spoken, …", within=4)
    await bo.reads("About Ana: closed, 18:10. …")
    assert "Room 12" not in await scene.opened()
    await scene.passes(minutes=20)
    for someone in (ana, bo, cy):
        await someone.sees_nothing()
    assert await scene.due() == []


@story()
async def test_whoever_has_not_been_told_of_another_sign_hears_of_it_with_the_pause(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: the alert of her second sign was on its way to both when one wrote that they had spoken; nobody ever heard
    of that sign, and the alarm ended (seed 39492)."""
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    for someone in (ana, bo, cy):
        someone.forgets()
    limits = [await scene.night.stand_in.rate_limit(name, 428, retry_after=5) for name in ("Bo", "Cy")]
    await ana.says("/sos")
    await scene.passes(seconds=1)
    await bo.says("/resolve Ana")
    for limit in limits:
        await scene.night.stand_in.clear_faults(limit)
    await bo.reads("About Ana: noted, you have spoken with Ana, 18:01. …\nAnother sign came at 18:01.", within=30)
    await cy.reads("About Ana: Bo says that they have spoken, 18:01. …\nAnother sign came at 18:01.", within=30)


@story()
async def test_any_alerted_buddy_may_reopen_it(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await cy.reads(SIGN)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=5)
    bo.forgets()
    cy.forgets()
    await cy.says("/reopen Ana")
    await cy.reads_each(FIRST + "…", "About Ana: it is open again. I write to all of you now.")
    await bo.reads(FIRST + "…")
    await scene.until("18:10:03")
    await bo.reads(FIRST + "…")


@story()
async def test_it_goes_on_when_no_other_buddy_could_be_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await cy.phone.go_offline()
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …")
    await scene.until("18:09:59")
    await bo.reads_nothing(during=0.5)
    await bo.reads(FIRST + "…", within=3)


@story()
async def test_a_sole_buddy_says_it_twice(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …To end it, send it once more by 18:10: /resolve Ana\nElse I go on.")
    await scene.until("18:10:02")
    await bo.reads(FIRST + "…")
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …")
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: closed, 18:10. …")
    await scene.passes(minutes=20)
    await bo.sees_nothing()


@story()
async def test_with_an_alert_and_an_alarm_open_it_is_asked_which_is_meant(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await ana.says("/sos")
    await scene.passes(seconds=2)
    bo.forgets()
    for message in ("/again", "/resolve Ana"):  # of "on it" tells test_ack_beside_an_alarm.py
        await bo.says(message)
        command = message.split()[0].removeprefix("/")
        await bo.reads(f"{WHICH} /{command} Ana timer, /{command} Ana alarm")
    await bo.says("/ack Ana timer")
    await bo.reads("You have it. …")
    await bo.says("/ack Ana alarm")
    await bo.reads("About Ana: you have it. …")
    await bo.says("/resolve Ana timer")
    await bo.reads("Noted: you have spoken with Ana, …")
    await bo.says("/reopen Ana timer")
    await bo.reads_each("Timer of Ana: …", "Timer of Ana is open again. …")


@story()
async def test_status_and_again_know_of_it_for_a_buddy_and_not_for_her(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await scene.passes(seconds=1)
    for someone in (ana, bo, cy):
        someone.forgets()
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads(
        "About Ana: open since 18:00. You were told at 18:00. My message: arrived on your phone. Nobody has it yet."
    )
    await cy.says("on it")
    await bo.reads("About Ana: Cy has it. …")
    await bo.says("/again")
    await bo.reads(FIRST + "…Who has it: Cy. …")
    await bo.says("/help")
    await bo.reads("About Ana: what I wrote to you is open. …")
    await ana.says("/status")
    await ana.reads("No timer runs. To start one: /start 2h")
    await ana.sees_nothing()


@story()
async def test_a_buddy_may_leave_at_any_time(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await cy.reads(SIGN)
    await bo.says("/unpair Ana")
    await bo.reads("Done. You and Ana are no longer paired. Your group goes too.")
    await bo.reads("You have left what was open about Ana. The others still have it.")
    await scene.until("18:05:02")
    await cy.reads(FIRST + "…")
    await bo.sees_nothing()
    await ana.says(f"/unpair Cy {WORD}")
    await scene.passes(seconds=2)
    cy.forgets()
    await cy.says("/unpair Ana")
    await cy.reads("You have left what was open about Ana. Nobody else is told of it any more.")
    await scene.passes(minutes=20)
    await cy.sees_nothing()


@story()
async def test_it_survives_the_bot_being_killed(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await scene.restarts()
    await scene.until("18:05:05")
    await bo.reads(FIRST + "…")


@story()
async def test_what_it_copied_may_be_damaged_and_it_goes_on(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await scene.damages_alarm()
    await scene.until("18:05:05")
    await bo.reads("About …: please read all of this first.\nAt 18:00, …cannot be read any more. …")
    await bo.says("on it")
    await bo.reads("About …: you have it. …")


@story()
async def test_a_buddy_who_is_erased_is_left_out(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await cy.reads(SIGN)
    await scene.erases(bo)
    await scene.until("18:05:05")
    await cy.reads(FIRST + "…")


@story()
async def test_taking_the_thumb_away_takes_the_answer_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    alert = await bo.reads(SIGN)
    await bo.reacts("👍", alert)
    await bo.reads("About Ana: you have it. …")
    await bo.takes_back("👍", alert)
    await bo.reads("About Ana: noted, you no longer have it. I write again at 18:05.")
    await scene.until("18:05:03")
    await bo.reads(FIRST + "…")


@story()
async def test_on_it_in_the_group_shows_nothing_there(ana: Someone, bo: Someone) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await ana.reads(UNKNOWN)
    await bo.says_in_group("on it")
    await bo.reads("Nothing changed. To take it, please reply here: on it")
    await bo.says_in_group("/ack")
    await bo.reads("About Ana: you have it. …")
    await ana.sees_nothing()
    await bo.sees_nothing()
