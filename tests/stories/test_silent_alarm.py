"""The silent alarm as her buddies see it (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, FIRST, SIGN, UNKNOWN, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_the_alert_says_what_is_known_what_to_do_first_and_what_happens_next(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says("/start 30m\nRoom 12, Hotel Ritz")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    await ana.says(DURESS)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads(
        FIRST + "At 18:00, Ana gave the sign for not being free to speak. It is 18:00 now.\n"
        "Do not text or call Ana first, and write nothing in the group: the phone may be in other hands. "
        "A timer that shows as ended proves nothing.\n"
        "1. Ana left no plan for this. Think of who is near, and who can go with you.\n"
        "2. Get near, with somebody, and stay outside at first.\n"
        "3. Then Ana's own voice, and the question that only Ana can answer.\n"
        "Nobody has it yet.\n"
        "To take it, reply: on it\nElse I write again at 18:05.\n"
        "It ends only when one of you has spoken with Ana: /resolve Ana\n"
        "Nothing that Ana's phone sends ends it."
    )
    await bo.reads("…Room 12, Hotel Ritz…Police: …")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await bo.reads_nothing()


ONE_WORD = [DURESS, "Yellow  Submarine!", "“yellow submarine”"]


@pytest.mark.parametrize("message", ONE_WORD)
@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_without_a_timer_it_is_answered_like_any_unknown_message_and_alarms(
    ana: Someone, bo: Someone, message: str, in_group: bool
) -> None:
    await both_words(ana, bo)
    await (ana.says_in_group(message) if in_group else ana.says(message))
    await bo.reads(SIGN)
    if not in_group:
        await ana.reads(UNKNOWN)
    await ana.sees_nothing()
    await bo.sees_nothing()


ANSWERS = [
    ("/safe {}", "Nothing changed. No timer runs. …"),
    ("/cancel {}", "Nothing changed. No timer runs. …"),
    ("/extend 30m {}", "Nothing changed. No timer runs. …"),
    ("/unpair Bo {}", "Done. You and Bo are no longer paired. …"),
    ("/words {} > green lantern", "Saved. …"),
    ("/words {} > green lantern / red tractor", "Saved. …"),
    ("/confirm Dee {}", "Nothing changed. …"),
    ("/unpair Dee {}", "Nothing changed. I know nobody of that name here. …"),
    ("/words {} > hello", "Nothing changed. …"),
    ("/extend {}", "Nothing changed. By how much? …"),
    ("/saef {}", "Nothing changed. I do not know that. …"),
    ("/safe{}", "Nothing changed. I do not know that. …"),
    ("/safe\n{}", "Nothing changed. Please send it with your word: …"),
    ("/safe\n\n{}", "Nothing changed. Please send it with your word: …"),
    ("/extend until 23:30 {}", "Nothing changed. By how much? …"),
]


@pytest.mark.parametrize(("message", "answer"), ANSWERS)
@story()
async def test_wherever_a_command_expects_a_word_the_duress_word_does_what_the_codeword_would(
    ana: Someone, bo: Someone, message: str, answer: str
) -> None:
    await both_words(ana, bo)
    await ana.says(message.format(DURESS))
    await ana.reads(answer)
    await (bo.reads_each(SIGN, "You and Ana are no longer paired.") if answer.startswith("Done") else bo.reads(SIGN))


@story()
async def test_in_a_refused_edit_it_alarms_with_the_same_answer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    sent = await ana.says("/start 30m")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    for text in (DURESS, f"/safe {DURESS}"):
        await ana.edits(sent, text)
        await ana.reads("Edits do not count. Nothing changed.")
        await bo.reads(SIGN)
    await ana.sees_nothing()
    assert await scene.check_in(ana) is not None


@story()
async def test_after_too_many_wrong_words_the_duress_word_is_still_recognised(ana: Someone, bo: Someone) -> None:
    await both_words(ana, bo)
    for number in range(5):
        await ana.says(f"/unpair Bo wrong number {number}")
        await ana.reads("Nothing changed. Not quite. …")
    await ana.says(f"/unpair Bo {DURESS}")
    await ana.reads("Nothing changed. Not quite. …")
    await bo.reads(SIGN)


@story()
async def test_talk_is_no_wrong_word_and_uses_up_no_try(ana: Someone, bo: Someone) -> None:
    for number in range(7):
        await ana.says(f"hello there {number}")
        await ana.reads(UNKNOWN)
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. …")


@story()
async def test_three_wrong_words_in_one_timer_say_that_they_may_be_typing_errors(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 30m")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    for message in ("/safe green tractor", "/cancel green tractor", "/extend 10m green tractor"):
        await bo.reads_nothing(during=0.1)
        await ana.says(message)
        await ana.reads("Not quite. Still 18:30.")
    await bo.reads(FIRST + "By 18:00, three wrong words had come for Ana's timer. These may be typing errors, …")
    await ana.sees_nothing()
    check_in = await scene.check_in(ana)
    assert check_in is not None


@story()
async def test_all_buddies_get_it_also_those_away_and_nobody_else(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy, dee)
    await scene.is_away(cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await cy.reads(SIGN)
    await dee.sees_nothing()


@story()
async def test_whom_she_marked_never_gets_it_and_gets_what_the_codeword_would_bring(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await scene.spares(ana, cy)
    await ana.says("/start 5m")
    await scene.until("18:12:01")
    for someone in (ana, bo, cy):
        someone.forgets()
    await ana.says(DURESS)
    await ana.reads("Thanks, noted. Good night.")
    await cy.reads("Ana has sent the word, 18:12: the timer is closed. Nothing more to do. Thank you.")
    await bo.reads(FIRST + "At 18:12, …")
    await scene.passes(seconds=20)
    assert cy.deleted()
    lines = {event.timestamp for event in bo.phone.history if event.kind == "text" and event.group_id is not None}
    assert bo.deleted()
    assert bo.deleted() <= lines
    assert not [text for text in bo.shows() if text.startswith("Ana has sent the word")]


@story()
async def test_words_changed_with_the_duress_word_count_as_duress(ana: Someone, bo: Someone) -> None:
    await both_words(ana, bo)
    await ana.says(f"/words {DURESS} > green lantern / red tractor")
    await ana.reads("Saved. …")
    await bo.reads(SIGN)
    for word in ("green lantern", "red tractor"):
        await ana.says("/start 30m")
        await ana.says(word)
        await bo.reads(SIGN)
    await ana.says("/words green lantern > blue whistle")
    await bo.reads(SIGN)
    await ana.says("blue whistle")
    await bo.reads(SIGN)


@story()
async def test_words_changed_with_the_codeword_do_not(ana: Someone, bo: Someone) -> None:
    await both_words(ana, bo)
    await ana.says(f"/words {WORD} > green lantern")
    await ana.reads("Saved. …")
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(DURESS)
    await ana.reads(UNKNOWN)
    await ana.says("green lantern")
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads_nothing()


@story()
async def test_her_plan_and_what_she_left_stand_in_it_also_what_comes_later(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await scene.plans(ana, "Ring the hotel desk first.")
    await ana.says("/start 30m\nRoom 12, Hotel Ritz")
    await scene.passes(seconds=1)
    bo.forgets()
    cy.forgets()
    await ana.says(DURESS)
    await bo.reads(FIRST + "…1. Do what Ana's plan says; it follows.…")
    await bo.reads("…Room 12, Hotel Ritz")
    await bo.reads("…Ring the hotel desk first.…")
    await scene.passes(minutes=1)
    cy.forgets()
    await scene.leaves_later(ana, "It is the house behind it")
    for buddy in (bo, cy):
        await buddy.reads("Timer of Ana: Ana has left more for you:\n…It is the house behind it")
    await scene.plans(ana, "Do nothing")
    await bo.says("/again")
    await bo.reads(FIRST + "…")
    await bo.reads("…Room 12, Hotel Ritz…It is the house behind it")
    await bo.reads("…Ring the hotel desk first.…")


@story()
async def test_from_a_buddys_phone_it_leaves_out_that_phone_unless_it_is_the_only_one(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.gives_sign_from(ana, bo)
    await cy.reads(SIGN)
    await bo.reads_nothing()
    await ana.says("/sos")
    for buddy in (bo, cy):
        await buddy.reads(FIRST + "At 18:00, Ana asked …")
    await scene.gives_sign_from(ana, bo)
    await bo.reads_nothing(during=30)


@story()
async def test_from_the_only_buddys_phone_he_gets_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.gives_sign_from(ana, bo)
    await bo.reads(SIGN)


@story()
async def test_if_she_has_marked_all_that_are_left_nobody_gets_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await scene.spares(ana, bo)
    await ana.says(DURESS)
    await ana.reads(UNKNOWN)
    await bo.sees_nothing()
    assert (await scene.rows())["alarms"] == []


@story()
async def test_the_alarm_is_queued_before_everything_else(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 30m")
    await scene.passes(seconds=1)
    before = len((await scene.rows(machinery=True))["outbox"])
    await ana.says(DURESS)
    await scene.passes(seconds=1)
    purposes = await scene.queued()
    assert purposes[before:][:2] == ["alert", "alert"]
    assert set(purposes[before + 2 :]) == {"end_line", "reply"}


@story()
async def test_when_the_bot_was_down_it_is_raised_as_soon_as_it_is_back(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await scene.dies()
    await ana.says(DURESS)
    await scene.passes(minutes=30)
    await scene.night.start_bot()
    await bo.reads(FIRST + "At 18:00, Ana gave the sign …It is 18:30 now.…Else I write again at 18:35.…", within=30)
    await bo.reads_nothing(during=30)
