"""Signal away, slow, or half broken: no alert is lost, late, or false (SPEC: "When Signal is down")."""

from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:30. …"
AGAIN = "Timer of Ana: still no word since 18:30. …"
QUESTION = "Your timer ended at 18:30. …"
CLOSED = "Thanks, noted. Good night."
DETAILS = "Timer of Ana, 2 of 2. …"
BY_A_TRY = 75.0
"""Seconds: while Signal seems away one message may try a minute after the last, once a round trip has failed."""


async def _arm(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 30m\nRoom 12, Hotel Ritz")
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await scene.passes(seconds=2)
    for someone in scene.people.values():
        someone.forgets()


async def _answers_strangely(scene: Scene, whom: Someone, times: int | None) -> int:
    """What signal-cli takes for a network that is away, for messages to this account alone. Returns the fault's id."""
    return await scene.night.stand_in.fault(f"^/v1/messages/{whom.phone.aci}", 500, method="PUT", times=times)


# --- round trips that fail while messages get through


@story()
async def test_round_trips_that_the_server_refuses_hold_up_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    """It answers, if only to say no: so it can be reached."""
    await _arm(ana, scene)
    limit = "[429] Rate Limited (RateLimitException)"
    scene.night.stand_in.faults.refuse("listDevices", code=-32603, message=limit, times=None)
    await _answers_strangely(scene, ana, times=1)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:30. …", within=2)
    await scene.until("18:20:00")
    await ana.reads("18:30 is close. …")
    await scene.until("18:30:00")
    await ana.reads(QUESTION)
    await scene.until("18:35:00")
    await bo.reads(ALERT)
    assert "signal_away" not in scene.night.log.counts


@story()
async def test_round_trips_that_hang_hold_up_an_alert_by_a_minute_at_most(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    scene.night.stand_in.faults.hang("listDevices", times=None)
    await _answers_strangely(scene, ana, times=1)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:30. …", within=BY_A_TRY)
    await scene.until("18:30:00")
    await ana.reads("18:30 is close. …")
    await ana.reads(QUESTION, within=BY_A_TRY)
    await scene.until("18:35:00")
    await bo.reads(ALERT, within=BY_A_TRY)
    await bo.reads(DETAILS, within=BY_A_TRY)
    await scene.until("18:40:00")
    await bo.reads(AGAIN, within=BY_A_TRY)
    await ana.says(WORD)
    await ana.reads(CLOSED, within=BY_A_TRY)
    await bo.reads("Ana has sent the word, …", within=BY_A_TRY)


@story()
async def test_an_account_that_fails_like_a_network_holds_up_nobody_else(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    await _arm(ana, scene)
    await _answers_strangely(scene, dee, times=None)
    await dee.says("/help")
    await scene.until("18:30:00")
    await ana.reads("18:30 is close. …")
    await ana.reads(QUESTION)
    for _ in range(10):
        await ana.says("/status")
        await ana.reads("Your timer ended at 18:30 and is open. …")
        await scene.passes(seconds=17)
    await scene.until("18:35:00")
    await bo.reads(ALERT)
    assert "signal_away" not in scene.night.log.counts


@story()
async def test_while_round_trips_hang_too_the_others_still_get_their_turn(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Whoever may try first cannot be reached; it must not be him again every time."""
    await _arm(ana, scene)
    scene.night.stand_in.faults.hang("listDevices", times=None)
    await _answers_strangely(scene, bo, times=None)
    await scene.until("18:34:00")
    ana.forgets()
    await ana.says("/status")
    await ana.reads("Your timer ended at 18:30 and is open. …", within=BY_A_TRY)
    await scene.until("18:37:00")
    await cy.reads(ALERT, within=4 * BY_A_TRY)
    await cy.reads(DETAILS, within=BY_A_TRY)
    await scene.until("18:45:00")
    await cy.reads(AGAIN, within=BY_A_TRY)
    assert not any(text.startswith("Timer of Ana") for text in bo.unread())


# --- one reply that Signal puts off


@story()
async def test_a_reply_put_off_for_a_day_holds_up_neither_reminder_nor_question(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    for status_at, prompt_at, prompt in (("18:19", "18:20", "18:30 is close. …"), ("18:29", "18:30", QUESTION)):
        await scene.until(status_at)
        await scene.night.stand_in.rate_limit("Ana", 428, retry_after=86400, times=1)
        await ana.says("/status")
        await scene.until(prompt_at)
        await ana.reads(prompt)
        await ana.reads("Your timer runs until 18:30. …", within=241)
    await scene.until("18:35")
    await bo.reads(ALERT)


@story()
async def test_a_reply_put_off_for_a_day_is_tried_again_within_five_minutes(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.night.stand_in.rate_limit("Ana", 428, retry_after=86400, times=1)
    await ana.says("/status")
    await ana.says("/help")
    await ana.reads_nothing(during=60)
    await ana.reads("Your timer runs until 18:30. …", within=241)
    await ana.reads("Your timer runs until 18:30. Send your word to end it, …")


@story()
async def test_an_alert_put_off_for_a_day_is_tried_again_within_five_minutes_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.until("18:34:00")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=86400)
    await scene.until("18:36:00")
    await scene.night.stand_in.clear_faults(limit)
    await bo.reads("Timer of Ana: …", within=300)


# --- details and alert


@story()
async def test_details_never_leave_before_the_alert_although_replies_hang(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Signal is away when the alert is due, her word waits there, and the bot starts anew."""
    await _arm(ana, scene)
    await scene.until("18:33:00")
    await scene.night.stand_in.network("down")
    await ana.says(WORD)
    await scene.until("18:35:30")
    await scene.restarts()
    await scene.night.stand_in.network("up")
    await ana.reads("18:30 is close. …")
    await ana.reads(QUESTION)
    await ana.reads(CLOSED, within=30)
    await scene.passes(minutes=10)
    assert not any("Hotel Ritz" in text for text in bo.shows())
    assert not any(text.startswith("Timer of Ana") for text in bo.shows())


@story()
async def test_an_alert_that_is_on_its_way_for_long_is_not_overtaken_by_its_details(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.until("18:34:50")
    scene.night.stand_in.faults.hang("send", times=1)
    await bo.says("/help")
    await scene.passes(seconds=1)
    scene.night.stand_in.faults.delay("send", 20.0, times=3)
    await scene.until("18:35:10")
    assert not any("Hotel Ritz" in text for text in bo.unread())
    await bo.reads(ALERT, within=15)
    await bo.reads(DETAILS, within=25)


# --- answers to a message whose sending never ended well


@story()
async def test_a_yes_to_somebody_elses_message_takes_nothing_although_the_alerts_end_is_unknown(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """The bot does not know its alert's time stamp; but it knows whose message he means."""
    await _arm(ana, scene)
    await scene.until("18:34:59")
    scene.night.stand_in.faults.hang("send", times=None, after_effect=True)
    await scene.until("18:35:02")
    alert = await bo.reads(ALERT)
    await ana.says_in_group("are you coming to dinner tomorrow?")
    hers = await bo.phone.expect(lambda event: event.body == "are you coming to dinner tomorrow?")
    own = await bo.says_in_group("I am")
    own_here = await bo.says("I am at home")
    before = await _taken_by(scene, ana)
    await bo.reacts("👍", hers)
    await bo.reacts_to_own("👍", own)
    await _reacts_to_own_here(bo, own_here)
    await scene.passes(seconds=1)
    assert (before, await _taken_by(scene, ana)) == (None, None)
    await bo.reacts("👍", alert)
    await scene.passes(seconds=1)
    assert await _taken_by(scene, ana) is not None


async def _taken_by(scene: Scene, ana: Someone) -> str | None:
    check_in = await scene.check_in(ana)
    assert check_in is not None
    return check_in.taken_by


async def _reacts_to_own_here(someone: Someone, sent: int) -> None:
    group, someone.usual_group = someone.usual_group, None
    await someone.reacts_to_own("👍", sent)
    someone.usual_group = group


@story()
async def test_a_yes_to_ones_own_message_in_the_direct_chat_takes_nothing(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    own = await bo.says("hm")
    await bo.reads("Nothing changed. …")
    await _reacts_to_own_here(bo, own)
    await bo.reads_nothing()
    assert await _taken_by(scene, ana) is None


@story()
async def test_a_chats_time_that_waits_for_a_close_takes_no_try_from_what_is_to_leave(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: she had turned disappearing off meanwhile, and every try went to setting it back, which only waited."""
    await _arm(ana, scene)
    await ana.phone.set_expiration(0)
    await scene.passes(seconds=2)
    scene.night.stand_in.faults.hang("listDevices", times=None)
    await _answers_strangely(scene, ana, times=4)  # for some seconds
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:30. …", within=BY_A_TRY)
