"""A file that signal-cli could not fetch has nothing in it, and a long text comes as a file (SPEC: `/note`)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

UNREADABLE = "Nothing changed. I could not read what you attached. …"
ADDRESS = "ж" * 1200


@contextmanager
def nothing_is_fetched(scene: Scene, contents: bytes | None) -> Iterator[None]:
    """Every file in signal-cli's folder is empty, or missing."""
    shelf = type(scene.night.stand_in.attachments)
    read = shelf.read

    async def read_nothing(*_: object) -> bytes | None:
        return contents

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "read", read_nothing)
        yield
    assert shelf.read is read


async def sends_long(someone: Someone, text: str, *, in_group: bool = False) -> None:
    """As phones do: two thousand bytes in the message, and all of it in a file."""
    first = text.encode()[:2000].decode("utf-8", "ignore")
    group = someone.usual_group if in_group else None
    await someone.sends(("", "text/x-signal-plain", text.encode()), text=first, group=group)


@pytest.mark.parametrize("contents", [b"", None])
@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_her_sign_is_heard(
    ana: Someone, bo: Someone, scene: Scene, contents: bytes | None, in_group: bool
) -> None:
    """Found: not a word was said, and nobody was alerted."""
    with nothing_is_fetched(scene, contents):
        await sends_long(ana, f"/sos he took my keys {ADDRESS}", in_group=in_group)
        await bo.reads("About Ana: please read all of this first.…", within=5)


@pytest.mark.parametrize("contents", [b"", None])
@story()
async def test_her_word_is_heard(ana: Someone, bo: Someone, scene: Scene, contents: bytes | None) -> None:
    await ana.says("/start 10m")
    await scene.passes(seconds=2)
    ana.forgets()
    with nothing_is_fetched(scene, contents):
        await sends_long(ana, f"/safe {WORD}\n{ADDRESS}")
        await ana.reads("Thanks, noted. Good night.")


@pytest.mark.parametrize("contents", [b"", None])
@pytest.mark.parametrize("message", ["/note", "/plan"])
@story()
async def test_nothing_is_cut_silently(
    ana: Someone, bo: Someone, scene: Scene, contents: bytes | None, message: str
) -> None:
    """Found: "Kept", and the end of it, with the telephone number, was not."""
    with nothing_is_fetched(scene, contents):
        await sends_long(ana, f"{message} {ADDRESS}")
        await ana.reads(UNREADABLE)


@pytest.mark.parametrize("contents", [b"", None])
@story()
async def test_a_start_says_so(ana: Someone, bo: Someone, scene: Scene, contents: bytes | None) -> None:
    """A timer never fails for want of a file."""
    with nothing_is_fetched(scene, contents):
        await sends_long(ana, f"/start 1h\n{ADDRESS}")
        await ana.reads("Saved. Your timer runs until 19:00. …I did not keep what you attached: I could not read it. …")


@story()
async def test_an_empty_photo_is_not_kept(ana: Someone, bo: Someone, scene: Scene) -> None:
    with nothing_is_fetched(scene, b""):
        await ana.sends(("door.jpg", "image/jpeg", b"x" * 5000))
        await ana.reads(UNREADABLE)


@story()
async def test_a_text_that_is_too_long_to_be_read_is_not_kept_as_a_file(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await sends_long(ana, f"/note {'x' * 70_000}")
    await ana.reads(UNREADABLE)
