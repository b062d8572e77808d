"""Two alarms that a buddy knows by one name, from before such names were told apart: each can be taken and ended, and
nobody else can seem to call one off."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.labels import called_before

WHICH = "Nothing changed, and I go on with all of them. Which one? …"


async def pairs_anew(ana: Someone, bo: Someone, scene: Scene) -> None:
    """As `Scene.pair`, with somebody who has other things to read as well."""
    ana.forgets()
    await ana.says("/invite")
    await scene.passes(seconds=2)
    code = next(text for text in ana.unread() if "/join " in text).split("/join ")[1]
    for text in (f"/join {code}", "/accept"):
        await bo.says(text)
        await scene.passes(seconds=2)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=3)


@pytest.mark.parametrize("command", ["/ack", "/resolve Ana", "/resolve Ana alarm", "/again"])
@story()
async def test_of_two_alarms_of_one_name_each_can_be_taken_and_ended(
    ana: Someone, bo: Someone, scene: Scene, command: str
) -> None:
    """Her account was erased under duress; she comes back, and gives another sign before the first is resolved."""
    await both_words(ana, bo)
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    await ana.says(f"/forget {DURESS}")
    await scene.passes(minutes=2)
    ana.forgets()
    await scene.let_in(ana)
    await ana.says(f"/words {WORD}")
    await scene.passes(seconds=2)
    await pairs_anew(ana, bo, scene)
    await called_before(scene, ana, bo, "Ana")
    await ana.says("/sos")
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says(command)
    asked = await bo.reads(WHICH)
    await scene.passes(seconds=2)
    bo.forgets()
    ways = (asked.body or "").split("Which one? ")[1].split(", ")
    assert len(set(ways)) == 2
    for way in ways:
        await bo.says(way)
        await scene.passes(seconds=2)
    assert not any("Which one?" in text for text in bo.unread()), bo.unread()


@story()
async def test_also_where_two_people_have_one_name(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(f"/unpair Bo {DURESS}")
    await scene.passes(seconds=5)
    await scene.let_in(dee)
    await dee.says("/name Ana")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/words velvet hacksaw")
    await dee.says("/invite")
    await scene.passes(seconds=2)
    code = next(text for text in dee.unread() if "/join " in text).split("/join ")[1]
    for text in (f"/join {code}", "/accept"):
        await bo.says(text)
        await scene.passes(seconds=2)
    await dee.says("/confirm Bo velvet hacksaw")
    await scene.passes(seconds=2)
    await called_before(scene, dee, bo, "Ana")
    await dee.says("/sos")
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says("/resolve Ana")
    asked = await bo.reads(WHICH)
    one, other = (asked.body or "").split("Which one? ")[1].split(", ")
    assert one != other


@story()
async def test_nobody_else_can_seem_to_call_her_alarm_off(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Dee, for whom Bo is a buddy too, has Ana's phone: he has her renamed (that needs no word), takes her name, and
    lets a timer of his own run out and end."""
    await both_words(ana, bo)
    await scene.pair(dee, bo, "velvet hacksaw")
    await ana.says("/start 30m")
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    await ana.says("/name Zoe")
    await scene.passes(seconds=2)
    await dee.says("/name Ana")
    await dee.says("/start 5m")
    await scene.passes(minutes=11)
    bo.forgets()
    await dee.says("velvet hacksaw")
    await scene.passes(seconds=5)
    (all_clear,) = [text for text in bo.unread() if "has sent the word" in text]
    assert not all_clear.startswith("Ana has sent the word") or "open" in all_clear, all_clear
