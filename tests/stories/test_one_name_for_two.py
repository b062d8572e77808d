"""What is told of one must not seem to be about another of the same name, from before such names were told apart, and
each can be ended."""

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.labels import called_before

HIS = "velvet hacksaw"


async def _takes_her_name(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await scene.pair(dee, bo, HIS)
    await ana.says("/start 30m")
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    await ana.says("/name Zoe")
    await scene.passes(seconds=2)
    await dee.says("/name Ana")
    await scene.passes(seconds=2)
    await called_before(scene, dee, bo, "Ana")


@story()
async def test_more_time_for_another_timer_does_not_seem_to_call_her_alarm_off(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _takes_her_name(ana, bo, dee, scene)
    await dee.says("/start 5m")
    await scene.passes(minutes=11)
    bo.forgets()
    await dee.says(f"/extend 30m {HIS}")
    await scene.passes(seconds=5)
    told = [text for text in bo.unread() if "Nothing to do" in text]
    print(told)
    assert told
    assert all("still open" in text for text in told), told


@story()
async def test_the_end_of_another_alarm_does_not_seem_to_be_the_end_of_hers(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says(f"/unpair Cy {WORD}")
    await scene.passes(seconds=3)
    cy.forgets()
    await scene.pair(dee, bo, HIS)
    await scene.pair(dee, cy, HIS)
    await ana.says("/start 30m")
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    await ana.says("/name Zoe")
    await scene.passes(seconds=2)
    await dee.says("/name Ana")
    await scene.passes(seconds=2)
    await called_before(scene, dee, bo, "Ana")
    await dee.says("/sos")
    await scene.passes(seconds=10)
    bo.forgets()
    await cy.says("/resolve Ana")
    await scene.passes(minutes=12)
    told = [text for text in bo.unread() if "closed" in text or "have spoken" in text]
    print(told)
    assert any("closed" in text for text in told)
    assert all("still open" in text for text in told), told


@story()
async def test_which_of_two_alarms_is_which_can_be_told(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Two people of one name: who has spoken with the one must not end the alarm about the other."""
    await _takes_her_name(ana, bo, dee, scene)
    await scene.passes(minutes=7)
    await dee.says("/sos")
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says("/resolve Ana")
    asked = await bo.reads("…Which one? …")
    print(asked.body)
    await bo.says("/status")
    await scene.passes(seconds=3)
    print([t for t in bo.unread() if "About" in t])
    assert "18:00" in asked.body, asked.body


@story()
async def test_what_tells_them_apart_never_comes_to_mean_another(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Bo has spoken with the first one, says so twice as he is asked to, and once more, for an answer was late."""
    await _takes_her_name(ana, bo, dee, scene)
    await scene.passes(minutes=7)
    await dee.says("/sos")
    await scene.passes(seconds=5)
    for _ in range(3):
        await bo.says("/resolve Ana alarm 18:00")
        await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/status")
    await scene.passes(seconds=2)
    told = [text for text in bo.unread() if "open since" in text]
    assert len(told) == 1
    assert "You said that you have spoken" not in told[0]


@story()
async def test_nobodys_name_keeps_a_buddy_from_ending_what_is_open(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Dee calls himself as the bot calls her alarm."""
    await both_words(ana, bo)
    await scene.pair(dee, bo, "velvet hacksaw")
    await dee.says("/name Ana alarm")
    await dee.says("/start 5m")
    await ana.says("/start 5m")
    await ana.says("/sos")
    await scene.passes(minutes=11)
    bo.forgets()
    tried, ways = set(), ["/resolve Ana"]
    while ways:
        way = ways.pop(0)
        tried.add(way)
        await bo.says(way)
        await scene.passes(seconds=2)
        for text in bo.unread():
            if "Which one? " in text:
                ways += [one for one in text.split("Which one? ")[1].split(", ") if one not in tried | set(ways)]
        print(way, bo.unread())
        if any("About Ana: noted, you have spoken" in text for text in bo.unread()):
            return
        bo.forgets()
    raise scene.fails(f"no way to end the alarm: {sorted(tried)}")
