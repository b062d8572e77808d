"""A 👍 that is given and taken away again and again: each would tell others (SPEC: "Ways in")."""

import pytest

from bot.practice.stand_in_content import Event
from tests.stories.dialog import Scene, Someone, story


@story()
async def test_a_yes_to_one_message_counts_five_times_an_hour(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: one who gave it and took it away again and again told her, and the others in an alarm, without end."""
    await ana.says("/start 2h")
    line = await bo.reads_in_group("Ana's timer runs …")
    await ana.reads_in_group("Ana's timer runs …")
    await ana.reads("Saved. …")
    for _ in range(5):
        await bo.reacts("👍", line, in_group=True)
        await ana.reads("Bo has seen it. …")
        await bo.takes_back("👍", line)
    await bo.reacts("👍", line, in_group=True)
    await ana.sees_nothing()
    await scene.passes(hours=1)
    await bo.reacts("👍", line, in_group=True)
    await ana.reads("Bo has seen it. …")


@story()
async def test_a_yes_in_the_place_of_a_yes_is_none_more(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: by another colour, of which nobody hears, his answer was used up."""
    await ana.says("/start 2h")
    line = await bo.reads_in_group("Ana's timer runs …")
    await ana.reads_in_group("Ana's timer runs …")
    await ana.reads("Saved. …")
    for emoji in ("👍", "👍🏽", "❤", "✅", "👍", "✅", "👍"):
        await bo.reacts(emoji, line, in_group=True)
    await ana.reads("Bo has seen it. …")
    await bo.takes_back("👍", line)
    await bo.reacts("👍", line, in_group=True)
    await ana.reads("Bo has seen it. …")


@story()
async def test_a_yes_that_did_not_count_takes_nothing_away(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: he said it otherwise, and took the useless 👍 off: that called the others again."""
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    for _ in range(5):
        await bo.reacts("👍", alert)
        await bo.takes_back("👍", alert)
        await scene.passes(seconds=1)
    await bo.reacts("👍", alert)
    bo.forgets()
    await bo.says("/ack")
    await bo.reads("You have it…")
    cy.forgets()
    await bo.takes_back("👍", alert)
    await scene.passes(seconds=5)
    await cy.sees_nothing()


@pytest.mark.parametrize(
    ("begins", "asked", "told"),
    [
        ("/start 5m", "Timer of Ana: no word …", "Call Ana now"),
        ("/sos", "About Ana: please read all of this first.…", "Bo has it"),
    ],
)
@story()
async def test_of_many_that_stand_one_gives_it_back_once(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, begins: str, asked: str, told: str
) -> None:
    """Found: each of twenty that he had put down before called the others again, with /ack in between."""
    await ana.says(begins)
    if begins != "/sos":
        await scene.until("18:10:01")
    messages = [await bo.reads(asked)]
    await bo.reacts("👍", messages[0])
    await scene.passes(seconds=1)
    for _ in range(20):
        bo.forgets()
        await bo.says("/again")
        messages.append(await bo.reads("…"))
        await bo.reacts("👍", messages[-1])
        await scene.passes(seconds=1)
    cy.forgets()
    for message in messages:
        await bo.takes_back("👍", message)
        await scene.passes(seconds=1)
        await bo.says("/ack")
        await scene.passes(seconds=1)
    assert sum(told in text for text in cy.unread()) == 1


@story()
async def test_after_that_an_alarm_goes_on_until_he_says_so_otherwise(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/sos")
    alert = await bo.reads("About Ana: please read all of this first.…")
    await cy.reads("About Ana: …")
    for _ in range(5):
        await bo.reacts("👍", alert)
        await cy.reads("About Ana: Bo has it. …")
        await bo.takes_back("👍", alert)
    cy.forgets()
    await bo.reacts("👍", alert)
    await scene.passes(minutes=9)
    assert any("please read all of this first" in text for text in cy.unread())
    cy.forgets()
    await bo.says("/ack")
    await cy.reads("About Ana: Bo has it. …")


@story()
async def test_two_who_pass_it_on_by_other_emoji_are_counted_too(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: a yes in the place of a yes took it over, and did not count."""
    await scene.pair(ana, dee)
    await ana.says("/start 5m")
    await scene.until("18:10:05")
    alert = await bo.reads("Timer of Ana: no word …")
    await scene.passes(minutes=5)
    others = await cy.reads("Timer of Ana: …")
    dee.forgets()
    for number in range(12):
        for buddy, message in ((bo, alert), (cy, others)):
            await buddy.reacts("❤" if number % 2 else "👍", message)
            await scene.passes(seconds=1)
    assert sum("has it" in text for text in dee.unread()) <= 10


async def _alerted(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> Event:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    bo.forgets()
    cy.forgets()
    return alert


def _calls(cy: Someone) -> int:
    return sum("Call Ana now" in text for text in cy.unread())


@story()
async def test_it_is_counted_for_all_messages_about_one_alert(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: with /again the count began anew, and the others were called fifty times in two minutes."""
    await _alerted(ana, bo, cy, scene)
    for _ in range(10):
        await bo.says("/again")
        again = await bo.reads("Timer of Ana: …")
        for _ in range(6):
            await bo.reacts("👍", again)
            await scene.passes(seconds=1)
            await bo.takes_back("👍", again)
            await scene.passes(seconds=1)
        bo.forgets()
    assert _calls(cy) <= 6


@story()
async def test_so_is_one_on_top_of_another_answer(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found: who had it by /ack gave it back by a 👍 that had said nothing new, without end."""
    alert = await _alerted(ana, bo, cy, scene)
    for _ in range(20):
        await bo.says("/ack")
        await scene.passes(seconds=1)
        await bo.reacts("👍", alert)
        await scene.passes(seconds=1)
        await bo.takes_back("👍", alert)
        await scene.passes(seconds=1)
    assert 1 <= _calls(cy) <= 6


@story()
async def test_one_that_did_not_count_takes_nothing_away_after_a_start_either(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: what was counted was forgotten at the start, and the useless 👍, taken off, called the others again."""
    alert = await _alerted(ana, bo, cy, scene)
    for _ in range(5):
        await bo.reacts("👍", alert)
        await bo.takes_back("👍", alert)
    await bo.reacts("👍", alert)
    await bo.says("/ack")
    await scene.night.stop_bot()
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    cy.forgets()
    await bo.takes_back("👍", alert)
    await scene.passes(seconds=5)
    await cy.sees_nothing()


@story()
async def test_one_taken_away_while_another_has_it_stands_no_more(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: another emoji in its place, long after, took away what he had said otherwise since."""
    alert = await _alerted(ana, bo, cy, scene)
    await scene.until("18:13:00")
    others = await cy.reads("Timer of Ana: no word …")
    await bo.reacts("👍", alert)
    await scene.passes(seconds=2)
    await cy.reacts("👍", others)
    await scene.passes(seconds=2)
    await bo.takes_back("👍", alert)
    await bo.says("/ack")
    await scene.passes(seconds=2)
    cy.forgets()
    await bo.reacts("🙏", alert)
    await scene.passes(seconds=5)
    await cy.sees_nothing()


@story()
async def test_a_yes_to_each_message_of_an_alert_uses_up_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: he had put 👍 to all that came with the alert, and the one to the next alert was not heard."""
    await _alerted(ana, bo, cy, scene)
    for _ in range(6):
        await bo.says("/again")
        await bo.reacts("👍", await bo.reads("Timer of Ana: …"))
        await scene.passes(seconds=1)
        bo.forgets()
    await scene.passes(minutes=41)  # he does not answer how it stands
    bo.forgets()
    await scene.passes(minutes=6)
    await bo.reacts("👍", await bo.reads("Timer of Ana: still no word …"))
    await bo.reads("You have it. …")
