"""Reminder, deadline and the alert (SPEC: A check-in's life, steps 2 to 5)."""

import pytest

from tests.stories.dialog import Scene, Someone, story

ALERT = (
    "Timer of Ana: no word since 20:00. It is 20:05 now. Most often this is just a delay.\n"
    "1. Call Ana now. A text proves nothing, anyone can hold a phone.\n"
    "2. Ask the question that only Ana can answer.\n"
    "3. No answer: wait 2 minutes, call again. Still none: do what the two of you agreed.\n"
    "To take it, reply: on it\n"
    "If nobody takes it, I write again at 20:10.\n"
    "It ends when Ana sends the word for it. When you have spoken with Ana, and not before: /resolve Ana"
)
DETAILS = (
    "Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12\nring twice\n"
    "Police: Ana has stated no wish. So not, unless life is in danger before your eyes."
)


@story()
async def test_an_evening_until_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h\nRoom 12\nring twice")
    await ana.reads("Saved. …")
    await ana.reads_in_group("Ana's timer runs …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("19:49:59")
    await ana.sees_nothing(during=0.5)
    await scene.until("19:50:01")
    await ana.reads("20:00 is close. Send your word when you are back. For more time: /extend 30m")
    await scene.until("19:59:59")
    await ana.sees_nothing(during=0.5)
    await scene.until("20:00:01")
    await ana.reads(
        "Your timer ended at 20:00. Please send your word by 20:05. If none comes, I write to your buddies. "
        "For more time, with your word: /extend 30m WORD"
    )
    await scene.until("20:04:59")
    await bo.sees_nothing(during=0.5)
    await scene.until("20:05:01")
    await bo.reads(ALERT)
    await bo.reads(DETAILS)
    await bo.reads_in_group("Timer of Ana: no word since 20:00. Bo, please read what I wrote to you directly.")
    await ana.reads_in_group("Timer of Ana: no word since 20:00. Bo, please read what I wrote to you directly.")
    await ana.sees_nothing()
    await bo.sees_nothing()


@pytest.mark.parametrize(("minutes", "reminded"), [(19, False), (20, True), (21, True), (5, False)])
@story()
async def test_a_reminder_only_for_twenty_minutes_or_more(
    ana: Someone, bo: Someone, scene: Scene, minutes: int, reminded: bool
) -> None:
    await ana.says(f"/start {minutes}m")
    await ana.reads("Saved. …")
    await scene.passes(minutes=minutes - 1)
    assert any("is close" in text for text in ana.unread()) is reminded


@story()
async def test_without_details_one_message_says_it_all(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:02")
    await bo.reads(
        "Timer of Ana: no word since 18:05. …"
        "Ana left nothing else for you this time.\nPolice: Ana has stated no wish. …"
    )
    await bo.reads_nothing()


@story()
async def test_details_are_never_in_the_group_nor_on_her_phone(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.passes(minutes=30)
    assert not any("Ritz" in text for text in ana.shows())
    in_group = [e.body for e in bo.phone.history if e.event == "message" and e.group_id is not None]
    assert not any("Ritz" in str(text) for text in in_group)


@story()
async def test_long_details_arrive_whole_in_numbered_messages_the_first_complete_in_itself(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    left = "\n".join(f"Line {number}: ünïcödé détails, ring at the bäck döör." for number in range(30))
    assert 1400 < len(left) <= 1500
    await ana.says(f"/start 5m\n{left}")
    await ana.reads("Saved. …")
    await scene.until("18:10:02")
    first = str((await bo.reads("Timer of Ana: no word since 18:05. …")).body)
    assert "Call Ana now" in first
    assert "on it" in first
    assert "/resolve Ana" in first
    second = str((await bo.reads("Timer of Ana, 2 of 3. Ana left this for you:\n…")).body)
    third = str((await bo.reads("Timer of Ana, 3 of 3. …Police: …")).body)
    told = second.partition(":\n")[2] + "\n" + third.partition(":\n")[2]
    for line in left.splitlines():
        assert line in told
    assert all(len(text.encode()) <= 2000 for text in (first, second, third))


@story()
async def test_it_is_repeated_every_five_minutes_for_an_hour_then_every_fifteen(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    times: list[str] = []
    for _ in range(60 + 45):
        bo.forgets()
        await scene.passes(minutes=1)
        times += [scene.clock.now().strftime("%H:%M") for text in bo.unread() if "still no word" in text]
    assert times[:12] == [f"{18 + minute // 60}:{minute % 60:02}" for minute in range(15, 75, 5)]
    assert times[12:] == ["19:25", "19:40", "19:55"]


@story(repeat_for="10m", repeat_later_for="30m", repeat_later="10m", repeat_last="20m")
async def test_it_never_silently_ends(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    for _ in range(6):
        bo.forgets()
        await scene.passes(minutes=21)
        assert any("still no word" in text for text in bo.unread())


@story()
async def test_after_two_minutes_the_next_buddy_is_told_too_and_the_first_again(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …If nobody takes it, I also tell somebody else at 18:12.\n…")
    await bo.reads("Timer of Ana, 2 of 2. …Room 12…")
    await cy.sees_nothing(during=0.5)
    await scene.until("18:11:59")
    await cy.sees_nothing(during=0.5)
    await scene.until("18:12:01")
    await cy.reads("Timer of Ana: no word since 18:05. It is 18:12 now. …I write again at 18:17.\n…")
    await cy.reads("Timer of Ana, 2 of 2. …Room 12…")
    await cy.reads_in_group("Timer of Ana: no word since 18:05. Cy, please read …")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    assert not any("Bo" in text for text in cy.shows())
    assert not any("Cy" in text for text in bo.shows())


@story(grace="0")
async def test_without_grace_the_alert_comes_at_the_deadline(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:10. …")


@story()
async def test_in_time_nobody_is_told_anything_but_the_two_lines(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:14:58")
    await ana.says("purple giraffe")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await scene.passes(minutes=16)
    await bo.sees_nothing()
