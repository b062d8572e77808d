"""Closed (SPEC: A check-in's life, step 7)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

ALL_CLEAR = "Ana has sent the word, {}: the timer is closed. Nothing more to do. Thank you."
END_LINE = "Ana's timer is closed. Thank you."
CLOSED = "Thanks, noted. Good night."


async def _reach(stage: str, ana: Someone, bo: Someone, scene: Scene) -> None:
    """Let Ana's timer come as far as `stage`, and forget what was said."""
    if stage in ("armed", "asked"):
        await ana.says("/start 10m\nRoom 12, Hotel Ritz")
        await scene.passes(minutes=5 if stage == "armed" else 12)
    else:
        await scene.overdue()
        steps = {"taken": ["on it"], "paused": ["/resolve Ana"], "paused_taken": ["on it", "/resolve Ana"]}
        for message in steps.get(stage, []):
            await bo.says(message)
            await scene.passes(seconds=1)
        if stage == "repeated":
            await scene.passes(minutes=20)
        if stage == "asked_how_it_stands":
            await bo.says("on it")
            await scene.passes(minutes=31)
    for someone in scene.people.values():
        someone.forgets()


@pytest.mark.parametrize("stage", ["armed", "asked"])
@pytest.mark.parametrize("message", [WORD, f"/safe {WORD}", f"/cancel {WORD}"])
@story()
async def test_in_time_only_the_group_hears_of_it(
    ana: Someone, bo: Someone, scene: Scene, stage: str, message: str
) -> None:
    await _reach(stage, ana, bo, scene)
    await ana.says(message)
    await ana.reads(CLOSED)
    await bo.reads_in_group(END_LINE)
    await scene.passes(minutes=11)
    await bo.sees_nothing()
    assert bo.deleted() == set()


@pytest.mark.parametrize("stage", ["overdue", "repeated", "taken", "asked_how_it_stands", "paused", "paused_taken"])
@pytest.mark.parametrize("message", [WORD, f"/safe {WORD}"])
@story()
async def test_a_late_codeword_sends_the_all_clear_to_those_told(
    ana: Someone, bo: Someone, scene: Scene, stage: str, message: str
) -> None:
    await _reach(stage, ana, bo, scene)
    now = scene.clock.now().strftime("%H:%M")
    await ana.says(message)
    await ana.reads(CLOSED)
    await bo.reads(ALL_CLEAR.format(now))
    for one in (ana, bo):
        await one.reads_in_group(END_LINE)
    await scene.passes(minutes=16)
    for one in (ana, bo):
        await one.sees_nothing()


@story()
async def test_the_all_clear_goes_to_those_alerted_only(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:11:50")
    await ana.says(WORD)
    await bo.reads(ALL_CLEAR.format("18:11"))
    await scene.passes(minutes=11)
    await cy.sees_nothing()


@story()
async def test_both_alerted_get_the_all_clear_and_both_groups_the_end_line(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:12:01")
    for one in (bo, cy):
        one.forgets()
    await ana.says(WORD)
    for one in (bo, cy):
        await one.reads(ALL_CLEAR.format("18:12"))
        await one.reads_in_group(END_LINE)


@story()
async def test_even_hours_later_the_word_closes_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.passes(hours=3)
    bo.forgets()
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")


@story()
async def test_the_alert_messages_are_deleted_and_nothing_else(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    details = await bo.reads("Timer of Ana, 2 of 2. …")
    line = await bo.reads_in_group("Timer of Ana: no word …")
    await scene.until("18:15:01")
    again = await bo.reads("Timer of Ana: still no word …")
    line_again = await bo.reads_in_group("Timer of Ana: no word …")
    await ana.says(WORD)
    await bo.reads(ALL_CLEAR.format("18:15"))
    await scene.passes(seconds=10)
    assert bo.deleted() == {event.timestamp for event in (alert, details, line, again, line_again)}
    assert ana.deleted() == {line.timestamp, line_again.timestamp}


@story()
async def test_the_deletion_comes_after_the_all_clear(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.says(WORD)
    await scene.passes(seconds=10)
    direct = [e for e in bo.phone.history if e.event == "message" and e.group_id is None]
    kinds = ["all clear" if str(e.body).startswith("Ana has sent the word") else str(e.kind) for e in direct]
    assert "delete" in kinds
    assert kinds.index("all clear") < kinds.index("delete")


@pytest.mark.parametrize("stage", ["armed", "asked", "overdue", "taken", "paused"])
@story()
async def test_what_she_left_and_what_was_told_is_erased(ana: Someone, bo: Someone, scene: Scene, stage: str) -> None:
    await _reach(stage, ana, bo, scene)
    assert "Hotel Ritz" in await scene.opened()
    await ana.says(WORD)
    await scene.passes(seconds=10)
    opened = await scene.opened()
    for trace in ("Ritz", "Room 12", "alert.", "no word since"):
        assert trace not in opened


@story()
async def test_what_could_never_be_delivered_is_erased_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await bo.phone.unregister()
    await scene.until("18:12")
    await ana.says(WORD)
    await scene.passes(seconds=10)
    assert "Ritz" not in await scene.opened()


@story(keep_closed="20m")
async def test_after_a_while_nothing_of_the_check_in_is_left(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows(machinery=True)
    await scene.overdue()
    await ana.says(WORD)
    await scene.passes(minutes=31)
    after = await scene.rows(machinery=True)
    for table in ("check_ins", "watches", "outbox", "inbox"):
        assert after[table] == [], table
    assert await scene.due() == []
    assert after["pairings"] == before["pairings"]


@story()
async def test_word_and_resolve_cross_the_word_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.phone.send(WORD)
    await bo.phone.send("/resolve Ana")
    await scene.passes(seconds=2)
    assert await scene.check_in(ana) is None
    texts = bo.unread()
    assert ALL_CLEAR.format("18:10") in texts
    await scene.passes(minutes=11)
    assert not any("still no word" in text for text in bo.unread())


@story()
async def test_word_and_resolve_cross_the_resolve_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.phone.send("/resolve Ana")
    await ana.phone.send(WORD)
    await scene.passes(seconds=2)
    assert await scene.check_in(ana) is None
    assert ALL_CLEAR.format("18:10") in bo.unread()
    assert CLOSED in ana.unread()
    assert (
        not any(text.startswith("Bo says that you two have spoken") for text in ana.unread())
        or [text for text in ana.unread() if text == CLOSED or text.startswith("Bo says")][-1] == CLOSED
    )
    await scene.passes(minutes=11)
    assert not any("still no word" in text for text in bo.unread())


@story()
async def test_after_the_close_the_buddy_has_nothing_open(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.says(WORD)
    await bo.reads(ALL_CLEAR.format("18:10"))
    for message in ("on it", "/ack", "/again", "/resolve Ana", "/reopen Ana"):
        await bo.says(message)
        await bo.reads("Nothing changed. …")
    await bo.says("/status")
    await bo.reads("No timer runs. To start one: /start 2h")
    await bo.reads_nothing()


@story()
async def test_no_alert_that_waits_leaves_after_the_close(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:09")
    await scene.night.stand_in.rate_limit("Bo", retry_after=600, groups=True)
    await scene.until("18:11")
    await ana.says(WORD)
    await ana.reads("Saved. …")
    await ana.reads("Your timer ended …")
    await ana.reads(CLOSED)
    await scene.night.stand_in.clear_faults()
    await scene.passes(minutes=11)
    assert not any("no word since" in text for text in bo.shows())
    assert any(text.startswith("Ana has sent the word") for text in bo.shows())


@story()
async def test_a_close_in_the_middle_of_sending_is_followed_by_the_all_clear(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """The alert is on its way and its answer late: it may have reached him, so he gets the all-clear after it."""
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:09:59")
    scene.night.stand_in.faults.delay("send", 5.0, times=3, after_effect=True)
    await scene.until("18:10:02")
    await ana.says(WORD)
    await scene.passes(seconds=30)
    shown = [text for text in bo.shows() if text.startswith(("Timer of Ana", "Ana has sent the word"))]
    assert shown[-1].startswith("Ana has sent the word")
    direct = {
        e.timestamp
        for e in bo.phone.history
        if e.event == "message" and e.kind == "text" and str(e.body).startswith("Timer of Ana")
    }
    assert bo.deleted() == direct
