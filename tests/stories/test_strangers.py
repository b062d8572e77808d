"""The door (SPEC: "Who may use it")."""

import pytest

from handlers.door import ANSWERS_TO_ALL, Door
from tests.stories.dialog import Scene, Someone, story

NEUTRAL = "This is a private timer bot. If somebody gave you a code, send: /join CODE"
WRONG = "Nothing changed. That code is not valid (any more). Ask for a new one."
WELCOME = "Welcome. I keep timers and tell your buddy when you are not back in time. …"


async def _leaves_no_trace(scene: Scene, someone: Someone, *words: str) -> None:
    await scene.passes(seconds=2)
    opened = await scene.opened()
    for trace in (someone.phone.aci, someone.phone.number, someone.name, *words):
        assert trace not in opened
    rows = await scene.rows(machinery=True)
    assert rows["inbox"] == []
    assert rows["people"] == []


@pytest.mark.parametrize(
    "message", ["hello", "/start 2h", "/help", "help", "/name Dee", "join us", "👍", "/xyzzy", "x" * 9000]
)
@story(paired=False)
async def test_a_stranger_gets_one_short_neutral_answer_and_nothing_is_stored(
    dee: Someone, scene: Scene, message: str
) -> None:
    await dee.says(message)
    await dee.reads(NEUTRAL)
    await _leaves_no_trace(scene, dee)


@story(paired=False)
async def test_one_answer_an_hour(dee: Someone, scene: Scene) -> None:
    await dee.says("hello")
    await dee.reads(NEUTRAL)
    for text in ("hello?", "/help", "/start 2h"):
        await dee.says(text)
    await dee.reads_nothing()
    await scene.passes(minutes=58)
    await dee.says("hello")
    await dee.reads_nothing()
    await scene.passes(minutes=2)
    await dee.says("hello")
    await dee.reads(NEUTRAL)


@story(paired=False)
async def test_each_stranger_has_an_answer_of_her_own(ana: Someone, bo: Someone) -> None:
    for one in (ana, bo):
        await one.says("hello")
        await one.reads(NEUTRAL)


@story(paired=False)
async def test_strangers_are_answered_so_often_altogether_and_right_codes_are_heard_all_the_same(
    ana: Someone, dee: Someone, scene: Scene
) -> None:
    """A flood of accounts could use up what Signal lets the bot send."""
    for number in range(ANSWERS_TO_ALL + 20):
        await (await scene.arrive(f"Stranger {number}")).says("hello")
    await scene.passes(minutes=1)
    answered = [one for one in scene.people.values() if one.shows() == [NEUTRAL]]
    assert len(answered) == ANSWERS_TO_ALL
    await dee.says("hello")
    await dee.reads_nothing()
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads(WELCOME)
    await scene.passes(hours=1)
    await dee.says("hello")
    await dee.reads(NEUTRAL)


@story(paired=False)
async def test_an_answer_to_a_stranger_does_not_wait_for_days(dee: Someone, scene: Scene) -> None:
    """While it waits, the account stands in the outbox."""
    await dee.says("hello")
    await scene.night.stand_in.kill_signal_cli()
    await scene.passes(hours=2)
    await scene.night.stand_in.start_signal_cli()
    await scene.passes(minutes=1)
    await _leaves_no_trace(scene, dee)


@story(paired=False)
async def test_five_wrong_codes_an_hour_then_silence(dee: Someone, scene: Scene) -> None:
    for number in range(5):
        await dee.says(f"/join ABCD-EFGH-JK{number}{number}")
        await dee.reads(WRONG)
    code = await scene.night.operator_code()
    for message in ("/join ABCD-EFGH-JK99", f"/join {code}", f"join {code}"):
        await dee.says(message)
    await dee.reads_nothing()
    await _leaves_no_trace(scene, dee, "ABCD-EFGH")
    await scene.passes(minutes=61)
    await dee.says(f"/join {code}")
    await dee.reads(WELCOME)


@story(paired=False)
async def test_one_who_guesses_does_not_silence_another(ana: Someone, dee: Someone, scene: Scene) -> None:
    for number in range(7):
        await dee.says(f"/join ABCD-EFGH-JK{number}{number}")
    await ana.says(f"/join {await scene.night.operator_code()}")
    await ana.reads(WELCOME)


@story(paired=False)
async def test_the_operators_code_lets_one_in_once(ana: Someone, dee: Someone, scene: Scene) -> None:
    code = await scene.night.operator_code()
    await ana.says(f"/join {code}")
    await ana.reads(WELCOME)
    await dee.says(f"/join {code}")
    await dee.reads(WRONG)


@story()
async def test_a_members_code_lets_a_buddy_in(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    assert not await scene.knows(dee)
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    assert await scene.knows(dee)


@story(paired=False)
async def test_a_wrong_code_is_answered_alike_whoever_uses_the_bot(ana: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(ana)
    await dee.says("/join ABCD-EFGH-JKLM")
    await dee.reads(WRONG)
    await dee.says(f"/join {ana.name}")
    await dee.reads(WRONG)


@pytest.mark.parametrize("message", ["hello", "/help", "join us", "/start 2h"])
@story(paired=False, registration="open")
async def test_open_lets_everybody_in(dee: Someone, scene: Scene, message: str) -> None:
    await dee.says(message)
    await dee.reads(WELCOME)
    assert await scene.knows(dee)
    await dee.says("/name Dee")
    await dee.reads("Saved. …")


@story(paired=False, registration="open")
async def test_open_takes_codes_too(ana: Someone, dee: Someone, scene: Scene) -> None:
    await ana.says("hello")
    await ana.reads(WELCOME)
    await ana.says("/name Ana")
    await ana.reads("Saved. …")
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")


@story(paired=False, registration="closed")
async def test_closed_lets_nobody_in(dee: Someone, scene: Scene) -> None:
    code = await scene.night.operator_code()
    await dee.says(f"/join {code}")
    await dee.reads(NEUTRAL)
    await dee.says(f"/join {code}")
    await dee.reads_nothing()
    await _leaves_no_trace(scene, dee)


@story(paired=False)
async def test_a_strangers_reactions_edits_and_receipts_are_nothing(dee: Someone, scene: Scene) -> None:
    sent = await dee.says("hello")
    answer = await dee.reads(NEUTRAL)
    await dee.reacts("👍", answer)
    await dee.edits(sent, "/help")
    await dee.phone.receipt("read", answer.timestamp)
    await dee.phone.typing()
    await dee.reads_nothing()
    await _leaves_no_trace(scene, dee)


@story(paired=False)
async def test_an_attachment_from_a_stranger_is_answered_like_anything(dee: Someone, scene: Scene) -> None:
    await dee.phone.send(attachments=[("a.jpg", "image/jpeg", b"x" * 100)])
    await dee.reads(NEUTRAL)
    await _leaves_no_trace(scene, dee)


@story()
async def test_who_left_everybody_is_still_let_in(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/unpair Ana")
    await bo.reads("Done. …")
    await bo.says("/help")
    await bo.reads("…I am no emergency service…")


@story(paired=False)
async def test_a_stranger_during_the_settling_after_a_start_is_answered_once(dee: Someone, scene: Scene) -> None:
    await scene.restarts()
    await dee.says("hello")
    await dee.reads(NEUTRAL)
    await scene.restarts()
    await dee.reads_nothing(during=20)


@story(paired=False)
async def test_nothing_is_kept_of_a_stranger_whose_message_cannot_be_handled(
    dee: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(Door, "answer", fail)
        await dee.says("Room 12, Hotel Ritz")
        await scene.passes(seconds=5)
    await _leaves_no_trace(scene, dee, "Hotel Ritz")
    assert scene.night.log.counts.pop("message_failed") == 3
