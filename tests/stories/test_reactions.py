"""Reactions as answers (SPEC: "Ways in"): only where the bot asked for one."""

import pytest

from tests.stories.dialog import Scene, Someone, story

START_LINE = "Ana's timer runs until …"
TAKEN = "You have it. Thank you. …"


@pytest.mark.parametrize("emoji", ["👍", "✅", "✔", "✔️", "❤", "❤️", "👍🏽", "👍🏿"])
@story()
async def test_on_the_start_line_they_mean_seen(ana: Someone, bo: Someone, emoji: str) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reacts(emoji, await bo.reads_in_group(START_LINE))
    await ana.reads("Bo has seen it. Your timer runs until 18:30.")
    await bo.sees_nothing()


@pytest.mark.parametrize("emoji", ["👎", "😂", "😮", "🙏", "❓", "💔"])
@story()
async def test_others_mean_nothing(ana: Someone, bo: Someone, scene: Scene, emoji: str) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await bo.reacts(emoji, await bo.reads_in_group(START_LINE))
    await ana.reads_nothing()
    await scene.until("18:10:02")
    await bo.reacts(emoji, await bo.reads("Timer of Ana: …"))
    await bo.reads_nothing()


@pytest.mark.parametrize("emoji", ["👍", "❤️", "✅"])
@story()
async def test_on_the_alert_they_take_it(ana: Someone, bo: Someone, scene: Scene, emoji: str) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await bo.reacts(emoji, alert)
    await bo.reads(TAKEN)
    await scene.until("18:39")
    await bo.reads_nothing()


@story()
async def test_on_the_details_or_on_the_line_in_the_group_they_take_it_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    await bo.reads_in_group(START_LINE)
    line = await bo.reads_in_group("Timer of Ana: …")
    await bo.reads("Timer of Ana: …")
    await bo.reacts("👍", line)
    await bo.reads(TAKEN)


@story()
async def test_an_old_alert_of_the_same_timer_can_still_be_taken(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    first = await bo.reads("Timer of Ana: no word …")
    await scene.until("18:15:03")
    bo.forgets()
    await bo.reacts("👍", first)
    await bo.reads(TAKEN)


@story()
async def test_taking_it_away_takes_the_answer_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await bo.reacts("👍", alert)
    await bo.reads(TAKEN)
    await bo.takes_back("👍", alert)
    await scene.passes(seconds=1)
    told = bo.unread()
    assert any(text.startswith("Timer of Ana: still no word") for text in told)


@pytest.mark.parametrize("emoji", ["👎", "😮", "🙏"])
@story()
async def test_another_emoji_in_its_place_takes_the_answer_back_too(
    ana: Someone, bo: Someone, scene: Scene, emoji: str
) -> None:
    """A phone then sends the new one only, and never says that the old one is gone."""
    await ana.says("/start 5m")
    start = await bo.reads_in_group(START_LINE)
    await bo.reacts("👍", start)
    await ana.reads("Saved. …")
    await ana.reads("Bo has seen it. …")
    await bo.reacts(emoji, start)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:05. …Bo has not answered yet.…")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await bo.reacts("👍", alert)
    await bo.reads(TAKEN)
    await bo.reacts(emoji, alert)
    await scene.passes(seconds=1)
    assert any(text.startswith("Timer of Ana: still no word") for text in bo.unread())
    assert await _taken(scene, ana) is False


@story()
async def test_another_yes_in_its_place_leaves_the_answer_as_it_is(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    alert = next(event for event in bo.phone.history if (event.body or "").startswith("Timer of Ana: no word"))
    await bo.reacts("👍", alert)
    await bo.reads(TAKEN)
    await bo.reacts("❤️", alert)
    await scene.passes(seconds=1)
    assert await _taken(scene, ana) is True
    await bo.reacts("😮", alert)
    await scene.passes(seconds=1)
    assert await _taken(scene, ana) is False


@story()
async def test_who_took_it_by_a_word_may_react_as_he_likes(ana: Someone, bo: Someone, scene: Scene) -> None:
    """No yes of his stood there, so none is gone."""
    await scene.overdue()
    alert = next(event for event in bo.phone.history if (event.body or "").startswith("Timer of Ana: no word"))
    await bo.says("on it")
    await bo.reads(TAKEN)
    for emoji in ("🙏", "😮"):
        await bo.reacts(emoji, alert)
    await bo.reads_nothing()
    assert await _taken(scene, ana) is True


async def _taken(scene: Scene, ana: Someone) -> bool:
    check_in = await scene.check_in(ana)
    assert check_in is not None
    return check_in.taken_by is not None


@story()
async def test_an_alert_that_was_taken_back_goes_to_the_others(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await bo.reacts("👍", alert)
    await scene.passes(minutes=5)
    await cy.sees_nothing()
    await bo.takes_back("👍", alert)
    await cy.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_her_own_reaction_answers_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await ana.reacts("👍", await ana.reads_in_group(START_LINE))
    await ana.reads_nothing()
    await scene.until("18:10:01")
    await ana.reads("Your timer ended …")
    await ana.reacts("👍", await ana.reads_in_group("Timer of Ana: …"))
    await ana.reads_nothing()
    bo.forgets()
    await scene.until("18:15:02")
    await bo.reads("Timer of Ana: still no word …")


@story()
async def test_on_her_message_in_the_group_it_takes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    """A heart on what Ana wrote is between the two of them, and must not stop the alert."""
    await scene.overdue()
    await ana.says_in_group("nearly there")
    heard = await bo.phone.expect(lambda event: event.body == "nearly there")
    before = await scene.rows()
    await bo.reacts("❤️", heard)
    await bo.reads_nothing()
    assert await scene.rows() == before


@story()
async def test_on_ones_own_message_it_takes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    sent = await bo.says_in_group("I will call her")
    before = await scene.rows()
    await bo.reacts_to_own("👍", sent)
    await bo.reads_nothing()
    assert await scene.rows() == before


@story()
async def test_where_the_bot_did_not_ask_it_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    saved = await ana.reads("Saved. …")
    await scene.until("18:10:01")
    bo.forgets()
    await bo.says("/status")
    status = await bo.reads("No timer runs. …")
    before = await scene.rows()
    for someone, event in ((ana, saved), (bo, status)):
        await someone.reacts("👍", event)
    await scene.passes(seconds=1)
    assert await scene.rows() == before


@story()
async def test_after_the_close_it_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    start = await bo.reads_in_group(START_LINE)
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await ana.says("purple giraffe")
    await scene.passes(seconds=5)
    bo.forgets()
    ana.forgets()
    before = await scene.rows()
    for event in (alert, start):
        await bo.reacts("👍", event)
    await bo.sees_nothing()
    await ana.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_an_alert_whose_sending_ended_badly_can_be_taken_all_the_same(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """It reached him, but signal-cli never said so: the bot does not know the message he reacts to."""
    await ana.says("/start 5m")
    await scene.until("18:09:59")
    scene.night.stand_in.faults.hang("send", times=None, after_effect=True)
    await scene.until("18:10:02")
    alert = await bo.reads("Timer of Ana: no word …")
    await bo.reacts("👍", alert)
    await scene.passes(seconds=1)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.taken_by is not None
