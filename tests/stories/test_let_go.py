"""Who asked to leave leaves a day later at the latest, also where her timer never closes (SPEC: `/unpair`, `/forget`).

Found: somebody who had Ana's phone for a minute made her a buddy of Dee, whose timer never ended. She could not leave,
nor be erased, and was alerted for ever.
"""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

HERS = "velvet hacksaw"
LEFT = "As you asked, you are no longer a buddy of Dee. I write to you no more about this timer of Dee."
TOLD = "Ana has asked to leave and is no longer your buddy."
OTHERS = f"{TOLD}\nYour timer goes on, and your other buddies are there for it."
NOBODY = f"{TOLD}\nYou have no buddy now: your timer goes on, but if no word comes from you, I can write to nobody. …"


async def _never_closed(scene: Scene, dee: Someone, *buddies: Someone) -> None:
    """Dee's timer has run out, and they were alerted."""
    for buddy in buddies:
        await scene.pair(dee, buddy, HERS)
    await dee.says("/start 5m\nRoom 12")
    await scene.passes(minutes=15)
    for someone in (dee, *buddies):
        someone.forgets()


@story()
async def test_a_day_later_she_is_alerted_no_more(ana: Someone, dee: Someone, scene: Scene) -> None:
    await _never_closed(scene, dee, ana)
    group = await scene.group_of(dee, ana)
    await ana.says("/unpair Dee")
    await ana.reads("Noted. You leave as soon as Dee's timer is closed, at Sat 18:15 at the latest. Dee is told.")
    await dee.reads("Ana leaves as your buddy when this timer is closed, at Sat 18:15 at the latest.")
    await scene.passes_mostly_off(hours=23, minutes=50)
    assert any(text.startswith("Timer of Dee: still no word") for text in ana.unread())
    ana.forgets()
    await ana.says("/unpair Dee")
    await ana.reads("Noted. …at 18:15 at the latest. …")
    dee.forgets()
    await scene.until("18:15:40")
    await ana.reads(LEFT)
    await dee.reads(NOBODY)
    await scene.passes(seconds=10)
    assert (await scene.night.stand_in.group(group))["members"] == []
    ana.forgets()
    await scene.passes_mostly_off(hours=30)
    await ana.sees_nothing()
    await ana.says("/name Anna")
    await ana.reads("Saved. …")


@pytest.mark.parametrize("extends", [True, False])
@story()
async def test_and_is_erased(ana: Someone, bo: Someone, dee: Someone, scene: Scene, extends: bool) -> None:
    """Also where Dee takes more time again and again, and never was overdue."""
    await scene.pair(dee, ana, HERS)
    await scene.pair(dee, bo, HERS)
    await dee.says("/start 12h")
    await scene.passes(seconds=5)
    await ana.says(f"/forget {WORD}")
    await ana.reads("Noted. You leave as soon as the timer of Dee is closed, at …")
    for _ in range(3):
        await scene.passes_mostly_off(hours=8)
        if extends:
            await dee.says(f"/extend 8h {HERS}")
            await scene.passes(seconds=5)
    await scene.passes(minutes=2)
    assert ana.unread()[-1] == "Done. Everything about you is erased here, and your groups with me go."
    assert not await scene.knows(ana)
    assert OTHERS in dee.unread()
    if extends:
        dee.forgets()
        await dee.says("/status")
        await dee.reads("Your timer runs until …On call: Bo.\nBo has not answered yet.")
    else:
        assert any("Timer of Dee: no word since" in text for text in bo.unread())


@story()
async def test_before_the_deadline_the_next_one_is_on_call_and_asked(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, ana, HERS)
    await scene.pair(dee, bo, HERS)
    await dee.says("/start 20h")
    await scene.passes(seconds=5)
    line = await ana.reads_in_group("Dee's timer runs …", await scene.group_of(dee, ana))
    await ana.reacts("👍", line, in_group=True)
    await ana.says("/unpair Dee")
    await scene.passes_mostly_off(hours=18)
    await dee.says(f"/extend 10h {HERS}")
    await scene.passes_mostly_off(hours=5, minutes=55)
    for someone in (bo, dee):
        someone.forgets()
    await scene.passes(minutes=6)
    await dee.reads(OTHERS)
    await dee.reads("Bo is on call now. …")
    await bo.reads_in_group("Dee's timer runs until …Bo, please answer …", await scene.group_of(dee, bo))


@story()
async def test_what_rested_with_her_goes_on_to_the_others_at_once(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _never_closed(scene, dee, ana, bo)
    await ana.says("/unpair Dee")
    await scene.passes_mostly_off(hours=23, minutes=50)
    await ana.says("on it")
    await scene.passes(seconds=5)
    for someone in (ana, bo, dee):
        someone.forgets()
    await scene.until("18:15:40")
    await bo.reads("Timer of Dee: still no word since Fri 18:05. …")
    await ana.reads(LEFT)
    await ana.reads_nothing()


@story()
async def test_what_she_was_told_is_deleted(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _never_closed(scene, dee, ana, bo)
    await ana.says("/unpair Dee")
    await scene.passes_mostly_off(hours=23, minutes=50)
    await scene.passes(minutes=12)
    last = [one for one in ana.phone.history if (one.body or "").startswith("Timer of Dee")][-1]
    assert last.timestamp in ana.deleted()
    bo.forgets()
    await dee.says(HERS)
    await bo.reads("Dee has sent the word, …")
    await scene.passes(seconds=5)
    assert not any(text.startswith("Dee has sent the word") for text in ana.unread())


@story()
async def test_what_she_was_told_stays_while_an_alarm_is_open(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """As at a close: for the buddies of an open alarm it is not over."""
    await _never_closed(scene, dee, ana, bo)
    await ana.says("/unpair Dee")
    await scene.passes_mostly_off(hours=23, minutes=50)
    await dee.says("/sos")
    await scene.passes(minutes=12)
    assert LEFT in ana.unread()
    alarms = {one.timestamp for one in ana.phone.history if (one.body or "").startswith("About Dee: ")}
    timers = {one.timestamp for one in ana.phone.history if (one.body or "").startswith("Timer of Dee: still no word")}
    assert alarms
    assert timers
    assert not (alarms | timers) & ana.deleted()


@story()
async def test_her_word_in_time_goes_first(ana: Someone, dee: Someone, scene: Scene) -> None:
    """The close and the day meet: it is a close."""
    await _never_closed(scene, dee, ana)
    await ana.says("/unpair Dee")
    await scene.passes(seconds=2)
    await scene.night.stop_bot()
    await scene.passes(hours=24)
    await dee.says(HERS)
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    assert any(text.startswith("Dee has sent the word") for text in ana.unread())
    assert TOLD not in "".join(dee.unread())
    assert LEFT not in ana.unread()
    assert (await scene.due()) == []


@story()
async def test_a_kill_in_between_changes_nothing(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _never_closed(scene, dee, ana, bo)
    await ana.says(f"/forget {WORD}")
    await scene.passes_mostly_off(hours=23, minutes=59)
    await scene.until("18:15:01")
    await scene.dies()
    await scene.restarts()
    await scene.passes(minutes=2)
    assert ana.unread().count(LEFT) <= 1
    assert dee.unread().count(OTHERS) == 1
    assert not await scene.knows(ana)


@story()
async def test_with_nobody_left_her_phone_says_so(ana: Someone, dee: Someone, scene: Scene) -> None:
    await scene.pair(dee, ana, HERS)
    await dee.says("/start 20h")
    await scene.passes(seconds=5)
    await ana.says("/unpair Dee")
    await scene.passes_mostly_off(hours=18)
    await dee.says(f"/extend 10h {HERS}")
    await scene.passes_mostly_off(hours=6, minutes=1)
    assert any(text.startswith(NOBODY.removesuffix("…")) for text in dee.unread())
    dee.forgets()
    await dee.says("/extend 10m")
    await dee.reads("Saved. Your timer now runs until …\nYou have no buddy now: if no word comes from you, …")
    await dee.says("/status")
    await dee.reads("Your timer runs until …You have no buddy now: …")
    await scene.passes_mostly_off(hours=6)
    await scene.passes(minutes=10)
    assert "Your timer ended at 00:10. Please send your word now." in dee.unread()
    dee.forgets()
    await dee.says(HERS)
    await dee.reads("Thanks, noted. …")
    assert (await scene.rows())["pairings"] == []


@story()
async def test_whom_she_meets_meanwhile_keeps_her_no_longer(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _never_closed(scene, dee, ana)
    await ana.says(f"/forget {WORD}")
    await scene.passes(seconds=2)
    for someone in (ana, bo):
        someone.forgets()
    await bo.says("/words green lantern")
    await bo.reads("Saved. …")
    code = await bo.invites()
    for text in (f"/join {code}", "/accept"):
        await ana.says(text)
    await scene.passes(seconds=2)
    await bo.says("/confirm Ana green lantern")
    await bo.says("/start 12h")
    await scene.passes(minutes=2)
    assert any(text.startswith("Ana leaves as your buddy when this timer is closed, at") for text in bo.unread())
    for _ in range(2):
        await scene.passes_mostly_off(hours=11)
        await bo.says("/extend 11h green lantern")
        await scene.passes(seconds=5)
    await scene.passes_mostly_off(hours=2, minutes=5)
    await scene.passes(minutes=3)
    assert not await scene.knows(ana)


def _her_phone(signs: tuple[str, ...]) -> list[str]:
    """What Ana reads from when Bo leaves; and the alarm goes on with him."""
    seen: list[str] = []

    @story()
    async def goes(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
        await ana.says("/start 20h")
        await scene.passes(seconds=5)
        await bo.says("/unpair Ana")
        await scene.passes_mostly_off(hours=23, minutes=30)
        for sign in signs:
            await ana.says(sign)
            await scene.passes(seconds=5)
        await scene.passes(minutes=29)
        for someone in (ana, bo):
            someone.forgets()
        await scene.until("18:02")
        await ana.says("/status")
        await scene.passes(minutes=10)
        seen.extend(ana.unread())
        assert any(text.startswith("About Ana") for text in bo.unread()) is bool(signs)

    goes()
    return seen


def test_an_open_alarm_neither_shows_nor_ends() -> None:
    with_alarm = _her_phone(("/sos",))
    assert with_alarm == _her_phone(())
    assert any(text.startswith("Bo has asked to leave") for text in with_alarm)
