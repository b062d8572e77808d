"""`/join CODE` (SPEC: Commands). Strangers at the door: test_strangers.py."""

import pytest

from storage.inbox import Inbox
from tests.stories.alarms import DURESS, SIGN, both_words
from tests.stories.dialog import Scene, Someone, story

EXPLAINED = (
    "Ana asks you to be a buddy.\n"
    "It means: when a timer of Ana ends and no word comes, I write to you, at night too. "
    "You then call Ana, and do what the two of you agreed. "
    "Only then do you see what Ana left for you; before, at most that a timer runs.\n"
    "I am no emergency service, and I can fail. You can leave at any time: /unpair Ana\n"
    "Yes: /accept   No: /decline"
)


@story()
async def test_it_says_plainly_what_being_a_buddy_means(ana: Someone, bo: Someone, dee: Someone) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads(EXPLAINED)
    await dee.reads_nothing()
    await ana.reads_nothing()


@pytest.mark.parametrize("form", ["/join {}", "join {}", "/JOIN {}.", "/join  {} "])
@story()
async def test_a_newcomer_need_not_write_it_exactly(ana: Someone, bo: Someone, dee: Someone, form: str) -> None:
    code = await ana.invites()
    await dee.says(form.format(code.lower().replace("-", " ")))
    await dee.reads(EXPLAINED)


@story()
async def test_somebody_who_is_in_already_can_become_a_buddy_too(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    code = await bo.invites()
    await cy.says(f"join {code}")
    await cy.reads("Bo asks you to be a buddy.…")


@story()
async def test_ones_own_code_is_refused_and_stays_good(ana: Someone, bo: Someone, dee: Someone) -> None:
    code = await ana.invites()
    await ana.says(f"/join {code}")
    await ana.reads("Nothing changed. That is your own code. Send it to your buddy.")
    await dee.says(f"/join {code}")
    await dee.reads(EXPLAINED)


@story()
async def test_a_second_pairing_of_the_same_two_is_refused(ana: Someone, bo: Someone) -> None:
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Nothing changed. You and Ana are paired already, or about to be.")


@story()
async def test_one_invitation_is_answered_before_the_next(ana: Someone, bo: Someone, dee: Someone) -> None:
    first, second = await ana.invites(), await bo.invites()
    await dee.says(f"/join {first}")
    await dee.reads(EXPLAINED)
    await dee.says(f"/join {second}")
    await dee.reads("Nothing changed. Ana still waits for your answer: /accept or /decline")


@story()
async def test_an_operators_code_gives_a_member_nothing_and_stays_good(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    code = await scene.night.operator_code()
    await ana.says(f"/join {code}")
    await ana.reads("Nothing changed. You are in already. Send help to see what you can do.")
    await dee.says(f"/join {code}")
    await dee.reads("Welcome. …")


@pytest.mark.parametrize("message", ["/join", "/join ABCD", "/join ABCD-EFGH-JKLM", "/join CODE"])
@story()
async def test_a_wrong_code_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads("Nothing changed. …")
    assert await scene.rows() == before


@story()
async def test_after_five_guesses_in_an_hour_there_is_silence(ana: Someone, bo: Someone, scene: Scene) -> None:
    for number in range(5):
        await bo.says(f"/join ABCD-EFGH-JK{number}{number}")
        await bo.reads("Nothing changed. That code is not valid (any more). Ask for a new one.")
    await bo.says("/join ABCD-EFGH-JK99")
    await bo.reads_nothing()
    await bo.says("/help")
    await bo.reads("…")
    await scene.passes(minutes=61)
    await bo.says("/join ABCD-EFGH-JK99")
    await bo.reads("Nothing changed. That code is not valid (any more). Ask for a new one.")


@story()
async def test_in_the_group_it_is_answered_directly(ana: Someone, bo: Someone) -> None:
    await bo.says_in_group("/join ABCD-EFGH-JKLM")
    await bo.reads("Nothing changed. That code is not valid (any more). …")
    await bo.reads_nothing_in_group()


@story()
async def test_her_duress_word_is_heard_where_a_code_was_asked_for_also_in_that_silence(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    for number in range(5):
        await ana.says(f"/join ABCD-EFGH-JK{number:02}")
        await ana.reads("Nothing changed. …")
    await ana.says(f"/join {DURESS}")
    await ana.reads_nothing()
    await bo.reads(SIGN)


def test_in_that_silence_it_is_left_to_the_other_bot_that_has_finished_the_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its alarm would else be raised by both."""

    @story()
    async def evening(ana: Someone, bo: Someone, scene: Scene) -> None:
        await both_words(ana, bo)
        for number in range(5):
            await ana.says(f"/join ABCD-EFGH-JK{number:02}")
            await ana.reads("Nothing changed. …")
        monkeypatch.setattr(Inbox, "finish", lambda *_, changed: False)
        await ana.says(f"/join {DURESS}")
        await scene.passes(seconds=5)
        await bo.sees_nothing()

    evening()
