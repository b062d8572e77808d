"""What served is gone from the disk soon: after a close, and where a message could not be handled (SPEC: Privacy)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from storage.sealing import Sealer
from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_poison_messages import broken, forgive


@contextmanager
def every_cell() -> Iterator[dict[bytes, bytes]]:
    """Every sealed cell that is made in the block, and what is in it."""
    cells: dict[bytes, bytes] = {}
    real = Sealer.seal

    def seal(self: Sealer, table: str, column: str, row_id: str, plaintext: str | bytes) -> bytes:
        cell = real(self, table, column, row_id, plaintext)
        cells[cell] = plaintext if isinstance(plaintext, bytes) else plaintext.encode("utf-8", "surrogatepass")
        return cell

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sealer, "seal", seal)
        yield cells


@pytest.mark.parametrize("seconds", [30, 120, 300])
@story()
async def test_after_the_close_no_file_has_what_she_left(ana: Someone, bo: Someone, scene: Scene, seconds: int) -> None:
    """Found: her details stood in the write-ahead log for up to ten minutes, to be opened with the key."""
    with every_cell() as cells:
        await ana.says("/start 5m\nRoom 12, Hotel Ritz")
        await scene.passes(minutes=12)
        await ana.says(WORD)
        await scene.passes(seconds=seconds)
        hers = [cell for cell, plain in cells.items() if b"Hotel Ritz" in plain]
        files = [path for path in scene.night.folder.rglob("*") if path.is_file()]
        found = [path.name for path in files for cell in hers if cell in path.read_bytes()]
    assert len(hers) >= 3
    assert found == []


@story()
async def test_no_file_has_her_words_once_they_are_set(ana: Someone, dee: Someone, scene: Scene) -> None:
    """Found: the message stood in the write-ahead log for ten minutes, and showed which of the two words is which; and
    so did what a stranger wrote."""
    with every_cell() as cells:
        await ana.says(f"/words {WORD} > velvet hacksaw / {DURESS}")
        await dee.says("I know the velvet hacksaw too")
        await scene.passes(seconds=30)
        hers = [cell for cell, plain in cells.items() if b"velvet hacksaw" in plain]
        files = [path for path in scene.night.folder.rglob("*") if path.is_file()]
        found = [path.name for path in files for cell in hers if cell in path.read_bytes()]
    assert len(hers) == 2
    assert found == []


@story()
async def test_a_message_that_could_not_be_handled_keeps_neither_her_words_nor_what_she_left(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    with broken("words"), broken("start"):
        await ana.says(f"/words {WORD} > velvet hacksaw / {DURESS}")
        await ana.says("/start 5m\nRoom 12, Hotel Ritz")
        await scene.passes(seconds=10)
    forgive(scene, 6)
    held = await scene.opened()
    assert not any(said in held for said in ("Hotel Ritz", DURESS, WORD))


@story()
async def test_a_buddy_who_is_erased_is_not_named_in_an_open_alarm(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: told that everything about him was erased, he stayed by name until the alarm ended."""
    await both_words(ana, bo, cy)
    await bo.says("/name Borgward")
    await scene.passes(seconds=2)
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says("/forget everything")
    await bo.reads("Done. Everything about you is erased here, …")
    await scene.passes(seconds=5)
    assert "Borgward" not in await scene.opened()
    await scene.passes(minutes=30)
    assert any(text.startswith(FIRST) for text in cy.shows()), "the alarm goes on"


@pytest.mark.parametrize("seconds", [30, 120])
@story()
async def test_after_a_forget_no_file_has_her_name_and_plan(
    ana: Someone, bo: Someone, scene: Scene, seconds: int
) -> None:
    with every_cell() as cells:
        await ana.says("/name Xanthippe")
        await ana.says("/plan Quokka Towers")
        await scene.passes(seconds=5)
        await ana.says(f"/forget {WORD}")
        await scene.passes(seconds=seconds)
        hers = {cell: plain for cell, plain in cells.items() if b"Quokka" in plain or b"Xanthippe" in plain}
        files = [path for path in scene.night.folder.rglob("*") if path.is_file()]
        found = sorted({(path.name, hers[cell][:50]) for path in files for cell in hers if cell in path.read_bytes()})
    assert len(hers) >= 2
    print(found)
    assert not any(b"Quokka" in plain for _, plain in found), found


@story()
async def test_a_buddy_who_had_left_the_alarm_before_is_not_named_either(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await bo.says("/name Borgward")
    await scene.passes(seconds=2)
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says("/unpair Ana")
    await scene.passes(seconds=5)
    await bo.says("/forget everything")
    await scene.passes(seconds=5)
    print([t[:80] for t in bo.unread()])
    opened = await scene.opened()
    print([line for line in opened.splitlines() if "Borgward" in line])
    assert "Borgward" not in opened
