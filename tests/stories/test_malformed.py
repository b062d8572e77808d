"""A malformed or unknown command changes nothing, says so first, and shows the nearest right one (SPEC: "Ways in")."""

import pytest

from handlers.command import find_commands
from tests.stories.dialog import WORD, Scene, Someone, story

# message, what the answer has to show
WHENEVER = [
    ("/start", "/start 2h"),
    ("/start now", "/start 2h"),
    ("/start 2", "/start 2h"),
    ("/start -2h", "/start 2h"),
    ("/start 2h 2h", "/start "),
    ("/start 99h", "/start 8h"),
    ("/start 25:00", "/start 2h"),
    ("/start until", "/start until 23:30"),
    ("/start 2 hours ish", "/start "),
    ("/start tomorrow", "/start 2h"),
    ("/start ½h", "/start 2h"),
    ("/start 2h with", "/start 2h"),
    ("/extend", "/start 2h|/extend 30m"),
    ("/extend a bit", "/start 2h|/extend 30m"),
    ("/extend 0m", "/start 2h|/extend 30m"),
    ("/safe", "/safe WORD"),
    ("/cancel", "/cancel WORD"),
    ("/name", "/name Ana"),
    ("/name " + "x" * 40, "/name Ana"),
    ("/tz", "/tz Europe/London"),
    ("/tz Lodnon", "/tz Europe/London"),
    ("/tz GMT+1", "/tz "),
    ("/words", "/words WORD"),
    ("/words ab", "/words"),
    ("/words hello", "/words"),
    ("/words one / two", "/words "),
    ("/words a > b > c", "/words"),
    ("/invite Bo", "/invite"),
    ("/join", "/join CODE"),
    ("/accept Bo", "/accept"),
    ("/decline it", "/decline"),
    ("/confirm", None),
    ("/reject", None),
    ("/buddies please", "/buddies"),
    ("/renew", "/renew Bo"),
    ("/renew Dee", "/renew Bo"),
    ("/renew Bo please", "/renew Bo"),
    ("/unpair", "/buddies"),
    ("/unpair Dee", "/buddies"),
    ("/status now", "/status"),
    ("/ack", None),
    ("/again", None),
    ("/resolve", "/resolve Ana"),
    ("/resolve Dee", "/resolve Ana"),
    ("/reopen", "/reopen Ana"),
    ("/help nothing", "help"),
    ("/strat 2h", "/start 2h"),
    ("/start2h", "/start 2h"),
    ("/exten 30m", "/extend 30m"),
    ("/stauts", "/status"),
    ("/saef " + WORD, "/safe WORD"),
    ("/safe" + WORD.replace(" ", ""), "/safe WORD"),
    ("/xyzzy", "help"),
    ("/", "help"),
    ("//start 2h", "/start 2h"),
    ("blah blah", "help"),
    ("🦒", "help"),
    ("...", "help"),
    ("x" * 20_000, "help"),
    ("\u202e\u202d\u0000\u0007 /start", None),
    ("start now please", "/start 2h"),
    ("/start 2h\n" + "x" * 1600, None),
]


@pytest.mark.parametrize(("message", "shown"), WHENEVER, ids=[repr(message[:24]) for message, _ in WHENEVER])
@story()
async def test_it_changes_nothing_and_shows_the_nearest_right_one(
    ana: Someone, bo: Someone, scene: Scene, message: str, shown: str | None
) -> None:
    for one in (ana, bo):
        await _changes_nothing(scene, one, message, shown)
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.passes(seconds=1)
    bo.forgets()
    ana.forgets()
    await _changes_nothing(scene, ana, message, None)
    await bo.sees_nothing(during=0.5)


async def _changes_nothing(scene: Scene, one: Someone, message: str, shown: str | None) -> None:
    before = await scene.rows()
    await one.says(message)
    answer = str((await one.reads("N…")).body)
    is_start = message.removeprefix("/").startswith("start ") or message == "/start"
    assert answer.startswith("NOT started" if is_start else "Nothing changed"), answer
    if shown is not None:
        assert any(part in answer for part in shown.split("|")) or one.name != "Ana", answer
    assert await scene.rows() == before
    for word in ("giraffe", "xyzzy", "zebra", "Dee", "blah"):
        assert word not in answer, "an answer repeats what was written"
    await one.reads_nothing(during=0.2)


@pytest.mark.parametrize("name", sorted(set(find_commands()) - {"sos"}))  # that is answered by reactions
@story()
async def test_the_example_of_every_command_is_understood(ana: Someone, bo: Someone, name: str) -> None:
    """What is shown as right is at least not malformed itself."""
    await ana.says(find_commands()[name].example)
    answer = str((await ana.reads("…")).body)
    assert "Like this" not in answer or "WORD" in answer or name in ("resolve", "reopen", "vouch"), answer
    assert "I did not understand" not in answer


@pytest.mark.parametrize("message", ["/extend 30m please", "/extend 2h", "/safe nope", "/cancel nope nope"])
@story()
async def test_during_a_timer_hers_are_answered_and_the_timer_stays(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(message)
    await ana.reads("N…")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.extended_freely.total_seconds() == 0
    await scene.until("18:35:02")
    assert any("no word since 18:30" in text for text in bo.unread())


@pytest.mark.parametrize("attached", [[("a.jpg", "image/jpeg", b"x")], [("v.aac", "audio/aac", b"x")]])
@story()
async def test_an_attachment_alone_is_answered(
    ana: Someone, bo: Someone, attached: list[tuple[str, str, bytes]]
) -> None:
    await ana.phone.send(attachments=attached)
    await ana.reads("Kept, 18:00. …")
    await ana.phone.send(attachments=attached, group=ana.usual_group)
    await ana.sees_nothing()
