"""What comes late, in either direction, is still right when it is read (SPEC: "Ways in", "A check-in's life")."""

from datetime import timedelta

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:05. …"
DETAILS = "Timer of Ana, 2 of 2. …Hotel Ritz…"
TAKEN = "You have it. Thank you. …"
TOO_LATE = "NOT started. Your message reached me only now, after {}. If you still need a timer: /start 1h"


# --- a start that had to wait


async def _down(scene: Scene, length: timedelta) -> None:
    """The bot is away for so long from now on."""
    await scene.passes(seconds=length.total_seconds())
    await scene.night.start_bot()


@pytest.mark.parametrize(
    ("message", "until"),
    [
        ("/start 1h\nRoom 12, Hotel Ritz", "19:00"),
        ("start 1h", "19:00"),
        ("/start until 19:30", "19:30"),
        ("/start 2h", "20:00"),
    ],
)
@story()
async def test_a_start_that_comes_after_its_deadline_is_not_armed(
    ana: Someone, bo: Someone, scene: Scene, message: str, until: str
) -> None:
    """Unanswered so far, she had to take it for not received; an alert now would be false."""
    await scene.night.stop_bot()
    await ana.says(message)
    await _down(scene, timedelta(hours=2))
    await ana.reads(TOO_LATE.format(until), within=30)
    assert await scene.check_in(ana) is None
    await scene.passes(hours=1)
    await ana.sees_nothing(during=0)
    await bo.sees_nothing(during=0)


@story()
async def test_in_the_group_it_is_refused_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stop_bot()
    await ana.says_in_group("/start 1h")
    await _down(scene, timedelta(hours=2))
    await ana.reads_in_group(TOO_LATE.format("19:00"), within=30)
    await scene.passes(hours=1)
    assert bo.unread() == [TOO_LATE.format("19:00")]


@pytest.mark.parametrize("away", [timedelta(seconds=40), timedelta(minutes=30), timedelta(minutes=59)])
@story()
async def test_one_that_comes_before_its_deadline_counts_from_the_servers_time(
    ana: Someone, bo: Someone, scene: Scene, away: timedelta
) -> None:
    await scene.night.stop_bot()
    await ana.says("/start 1h")
    await _down(scene, away)
    await ana.reads("Saved. Your timer runs until 19:00. …", within=30)
    await bo.reads_in_group("Ana's timer runs until 19:00. …", within=10)
    await scene.until("19:05:00")
    assert any(text.startswith("Your timer ended at 19:00. Please send your word by 19:05.") for text in ana.unread())
    await bo.reads("Timer of Ana: no word since 19:00. …")


@story()
async def test_what_was_refused_as_too_late_can_be_started_at_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stop_bot()
    await ana.says("/start 1h")
    await _down(scene, timedelta(hours=2))
    await ana.reads(TOO_LATE.format("19:00"), within=30)
    await ana.says("/start 1h")
    await ana.reads("Saved. Your timer runs until 21:00. …")


# --- an alert on its way


@story()
async def test_a_new_time_is_read_after_the_alert_that_was_on_its_way(ana: Someone, bo: Someone, scene: Scene) -> None:
    """The last thing that buddy and group read has to be true."""
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:09:50")
    ana.forgets()
    bo.forgets()
    scene.night.stand_in.faults.delay("send", 30.0, times=2)
    await scene.until("18:10:02")
    await ana.says(f"/extend 1h {WORD}")
    await ana.reads("Saved. Your timer now runs until 19:10.")
    await bo.sees_nothing(during=25)
    await bo.reads(ALERT, within=10)
    await bo.reads("Ana sent the word and needs more time: the timer now runs until 19:10. Nothing to do. Thank you.")
    for someone in (ana, bo):
        await someone.reads_in_group("Timer of Ana: no word since 18:05. …")
        await someone.reads_in_group("Ana's timer now runs until 19:10. …")
        await someone.sees_nothing(during=60)


@story()
async def test_an_end_is_read_after_the_alert_that_was_on_its_way(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:50")
    bo.forgets()
    scene.night.stand_in.faults.delay("send", 30.0, times=2)
    await scene.until("18:10:02")
    await ana.says(WORD)
    await bo.reads(ALERT, within=40)
    await bo.reads("Ana has sent the word, 18:10: …")
    await bo.reads_in_group("Timer of Ana: no word since 18:05. …")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await bo.sees_nothing(during=60)


# --- a repeat that is no longer true


async def _repeat_held_up(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Bo has the first alert, whole; the second cannot leave. The limit ends in two minutes."""
    await scene.overdue()
    await scene.until("18:14:55")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=120)
    await scene.until("18:15:30")
    await scene.night.stand_in.clear_faults(limit)
    bo.forgets()


@story()
async def test_once_taken_no_stale_repeat_says_that_nobody_has_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _repeat_held_up(ana, bo, scene)
    await bo.says("on it")
    await bo.reads(TAKEN)
    await bo.reads_nothing(during=25 * 60)


@story()
async def test_once_taken_no_stale_repeat_reaches_the_others_either(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:17:00")
    limit = await scene.night.stand_in.rate_limit("Cy", 428, retry_after=120)
    await scene.until("18:17:30")
    await scene.night.stand_in.clear_faults(limit)
    cy.forgets()
    await bo.says("on it")
    await cy.reads("Timer of Ana: Bo has it. You need do nothing for now. I write again if that changes.")
    await cy.reads_nothing(during=25 * 60)


async def _has_all_of_it_within(bo: Someone, scene: Scene, seconds: float) -> None:
    """Whoever took it reads what she left, once, and never that nobody has it."""
    await scene.passes(seconds=seconds)
    told = bo.unread()
    assert sum("Hotel Ritz" in text for text in told) == 1
    assert sum(text.startswith("You have it. Thank you.") for text in told) == 1
    assert not any("obody has it" in text or "If nobody takes it" in text for text in told)


@story()
async def test_a_taker_who_had_not_got_the_details_yet_still_gets_them(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:09:59")
    scene.night.stand_in.faults.delay("send", 5.0, times=1, after_effect=True)
    await scene.until("18:10:01")
    await scene.night.stand_in.rate_limit("Bo", 428, retry_after=120, times=1)
    await bo.reads(ALERT)
    await scene.passes(seconds=10)
    await bo.reads_nothing(during=0)
    await bo.says("on it")
    await _has_all_of_it_within(bo, scene, 125)


@story()
async def test_whoever_takes_it_by_the_groups_line_alone_gets_the_details_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:09:59")
    bo.forgets()
    scene.night.stand_in.faults.hang("send", times=1)
    await scene.until("18:10:01")
    line = await bo.reads_in_group("Timer of Ana: no word since 18:05. …")
    await bo.reads_nothing(during=0)
    await bo.reacts("👍", line)
    await _has_all_of_it_within(bo, scene, 125)


# --- asked for again


@story()
async def test_again_while_taken_says_who_has_it(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:12:30")
    bo.forgets()
    cy.forgets()
    await bo.says("on it")
    await bo.reads(TAKEN)
    await cy.reads("Timer of Ana: Bo has it. …")
    for someone, state in ((bo, "You have it."), (cy, "Bo has it.")):
        await someone.says("/again")
        alert = await someone.reads(f"Timer of Ana: no word since 18:05. It is 18:12 now. {state}\n…")
        assert "nobody" not in str(alert.body).lower()
        await someone.reads(DETAILS)


@story()
async def test_again_while_paused_says_who_has_spoken_with_her(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:12:30")
    bo.forgets()
    cy.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: you have spoken with Ana, …")
    await cy.reads("Timer of Ana: Bo says that they have spoken, …")
    told = {"Bo": "You said that you have spoken with Ana.", "Cy": "Bo says that they have spoken."}
    for someone in (bo, cy):
        await someone.says("/again")
        alert = await someone.reads(f"Timer of Ana: no word since 18:05. It is 18:12 now. {told[someone.name]}\n…")
        assert "nobody" not in str(alert.body).lower()
        await someone.reads(DETAILS)


@story()
async def test_again_after_it_was_given_back_says_that_nobody_has_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:10:01")
    bo_alert = await bo.reads(ALERT)
    await bo.reacts("👍", bo_alert)
    await scene.passes(seconds=1)
    await bo.takes_back("👍", bo_alert)
    await scene.passes(seconds=1)
    bo.forgets()
    await bo.says("/again")
    await bo.reads("Timer of Ana: …Nobody has it yet.…")


# --- edits of edits


@story()
async def test_however_deep_an_edit_of_what_was_refused_is_refused(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    sent = await ana.says("/extend 10m")
    await ana.reads("Saved. Your timer now runs until 20:10.")
    await scene.passes(seconds=1)
    before = await scene.rows()
    for _ in range(4):
        sent = await ana.edits(sent, "/extend 20m")
        await ana.reads("Edits do not count. Nothing changed.")
    assert await scene.rows() == before


@story()
async def test_in_the_group_it_is_refused_directly_and_as_deep(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says_in_group("/start 2h")
    await bo.reads_in_group("Ana's timer runs until 20:00. …")
    for _ in range(3):
        sent = await ana.edits(sent, WORD, in_group=True)
        await ana.reads("Edits do not count. Nothing changed.")
    assert await scene.check_in(ana) is not None
