"""How an open silent alarm goes on, and that nothing from her account touches it (SPEC: "Silent alarm")."""

from collections.abc import Awaitable, Callable

import pytest

from tests.stories.alarms import DURESS, FIRST, SIGN, UNKNOWN, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_a_phone_that_has_not_confirmed_gets_it_again_after_a_minute_and_the_rhythm_goes_on(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await bo.phone.go_offline()
    await ana.says(DURESS)
    await cy.reads(SIGN)
    await scene.until("18:04:50")
    assert await bo.phone.go_online() == len(["at once", "a minute later"])
    await cy.reads_nothing(during=1)
    await cy.reads(FIRST + "…", within=20)
    for minutes in range(10, 61, 5):
        await scene.until(f"{18 + minutes // 60}:{minutes % 60:02}:05")
        await cy.reads(FIRST + "…")
    await scene.until("19:14:50")
    await cy.reads_nothing(during=1)
    await cy.reads(FIRST + "…", within=20)


@story()
async def test_taking_it_stops_nobody_elses_alert_and_is_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await cy.reads(SIGN)
    await bo.says("on it")
    await bo.reads("About Ana: you have it. Thank you. …I ask you how it stands at 18:30.")
    await cy.reads("About Ana: Bo has it. You may be needed too, …")
    await scene.until("18:05:02")
    await cy.reads("…Who has it: Bo. …")
    await bo.reads_nothing()
    await scene.until("18:30:02")
    await bo.reads("About Ana: how does it stand? …Without an answer by 18:40 …")
    await bo.says("/ack")
    await bo.reads("Thank you. You still have it. I ask again at 19:00.")
    await scene.until("19:00:03")
    await bo.reads("About Ana: how does it stand? …")
    await bo.says("/ack")
    await bo.reads(FIRST + "…To take it, reply: on it…")


Answer = Callable[[Someone, Scene], Awaitable[None]]


@pytest.mark.parametrize("text", ["I do not know", ""])
@story()
async def test_other_text_or_silence_alerts_him_again(ana: Someone, bo: Someone, scene: Scene, text: str) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    alert = await bo.reads(SIGN)
    await bo.reacts("👍", alert)
    await bo.reads("About Ana: you have it. …")
    await scene.until("18:30:02")
    await bo.reads("About Ana: how does it stand? …")
    if text:
        await bo.says(text)
    else:
        await scene.passes(minutes=10)
    await bo.reads(FIRST + "…")


@story()
async def test_a_further_sign_joins_and_alerts_all_again(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await cy.reads(SIGN)
    await bo.says("on it")
    await scene.until("18:02")
    bo.forgets()
    cy.forgets()
    await ana.says("/sos behind the station")
    await bo.reads(FIRST + "At 18:02, Ana asked me to tell all buddies at once. …")
    await bo.reads("…behind the station…")
    await cy.reads(FIRST + "At 18:02, …")
    assert len((await scene.rows())["alarms"]) == 1


@story()
async def test_a_codeword_afterwards_closes_her_timer_is_told_and_changes_nothing(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await ana.says("/sos")
    await scene.passes(seconds=2)
    ana.forgets()
    bo.forgets()
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads("About Ana: at 18:00 the word for a normal end was sent. It changes nothing here.")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await ana.says(WORD)
    await ana.reads(UNKNOWN)
    await bo.reads("About Ana: at 18:00 the word for a normal end was sent. …")
    await scene.until("18:05:02")
    await bo.reads(FIRST + "…")
    await ana.says("/start 30m")
    await ana.says(DURESS)
    await bo.reads(FIRST + "At 18:05, Ana gave the sign …")


@story()
async def test_nothing_done_from_her_account_alters_it(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says(f"/unpair Bo {DURESS}")
    await ana.reads("Done. …")
    await bo.reads_each(SIGN, "You and Ana are no longer paired.")
    await cy.reads(SIGN)
    await ana.says("/name Dee")
    await ana.says(f"/unpair Cy {WORD}")
    await scene.passes(seconds=5)
    for someone in (bo, cy):
        someone.forgets()
    await scene.until("18:05:02")
    await bo.reads(FIRST + "…")
    await cy.reads(FIRST + "…")
    await cy.says("/resolve Ana")
    await cy.reads("About Ana: noted, you have spoken with Ana, 18:05. …")
    await bo.reads("About Ana: Cy says that they have spoken, 18:05. It ends at 18:15. …")


@story()
async def test_erasing_her_altogether_leaves_it_as_it_is(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")
    await scene.passes(seconds=3)
    await scene.erases(ana)
    await scene.until("18:05:02")
    await bo.reads(FIRST + "At 18:00, Ana asked …")
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
