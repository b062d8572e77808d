"""signal-cli's folder on a disk, as it may be found."""

import asyncio
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import attachments
from bot.attachments import DiskAttachments

LONG_AGO, FAR_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


EVIL = ["../secret", "..", "", ".", "a/../../secret", "\0", "/etc/hosts", "link", "inner", "pipe"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "attachments"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"not yours")
    (inside / "photo.jpg").write_bytes(b"a photo")
    return inside


async def test_a_file_is_read_up_to_a_size(folder: Path) -> None:
    disk = DiskAttachments(folder)
    assert await disk.read("photo.jpg", 7) == b"a photo"
    assert await disk.read("photo.jpg", 6) is None
    assert await disk.read("none.jpg", 7) is None


@pytest.mark.parametrize("evil", EVIL)
async def test_nothing_outside_and_nothing_odd_is_read_or_deleted(folder: Path, evil: str) -> None:
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "inner").mkdir()
    os.mkfifo(folder / "pipe")
    disk = DiskAttachments(folder)
    assert await disk.read(evil, 100) is None
    await disk.delete(evil)
    assert (folder.parent / "secret").read_bytes() == b"not yours"
    assert (folder / "inner").is_dir()


async def test_a_file_that_may_not_be_opened_is_none(folder: Path) -> None:
    (folder / "inner").mkdir()
    missing = DiskAttachments(folder / "nowhere")
    assert await missing.read("photo.jpg", 100) is None
    assert await missing.leftovers(FAR_AHEAD) == []
    await missing.delete("photo.jpg")


async def test_leftovers_are_plain_files_of_before(folder: Path) -> None:
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "inner").mkdir()
    (folder / "not an id.jpg").write_bytes(b"somebody's own")
    disk = DiskAttachments(folder)
    assert await disk.leftovers(FAR_AHEAD) == ["photo.jpg"]
    assert await disk.leftovers(LONG_AGO) == []
    await disk.delete("photo.jpg")
    assert await disk.leftovers(FAR_AHEAD) == []
    await disk.delete("photo.jpg")


async def test_what_is_deleted_is_overwritten_first(folder: Path) -> None:
    """Found: a photo lay on the disk in the open for as long as nothing else had come to lie in its place."""
    (folder / "photo.jpg").write_bytes(b"a photo" * 300_000)
    with (folder / "photo.jpg").open("rb") as still_open:
        await DiskAttachments(folder).delete("photo.jpg")
        assert still_open.read() == bytes(7 * 300_000)
    assert not (folder / "photo.jpg").exists()


async def test_what_is_being_overwritten_cannot_be_read_and_keeps_no_other_from_being_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found: a photo of zeros was kept as hers. And: what only waits to be overwritten could not be read either."""
    begun, goes_on, overwrite = threading.Event(), threading.Event(), attachments._overwrite

    def slowly(file: Path) -> None:
        begun.set()
        assert goes_on.wait(30)
        overwrite(file)

    monkeypatch.setattr(attachments, "_overwrite", slowly)
    (folder / "other.jpg").write_bytes(b"another")
    disk = DiskAttachments(folder)
    going = [asyncio.ensure_future(disk.delete(name)) for name in ("photo.jpg", *[f"{n}.jpg" for n in range(50)])]
    going.append(asyncio.ensure_future(disk.delete("other.jpg")))
    await asyncio.to_thread(begun.wait, 30)
    assert await disk.read("photo.jpg", 100) is None
    assert await disk.read("other.jpg", 100) == b"another"
    goes_on.set()
    await asyncio.gather(*going)
    assert not (folder / "other.jpg").exists()
    assert not (folder / "photo.jpg").exists()


async def test_what_is_being_read_is_left_for_later(folder: Path) -> None:
    disk = DiskAttachments(folder)
    reading = asyncio.ensure_future(disk.read("photo.jpg", 100))
    await asyncio.sleep(0)
    await disk.delete("photo.jpg")
    assert await reading == b"a photo"
    await disk.delete("photo.jpg")
    assert not (folder / "photo.jpg").exists()


async def test_what_has_another_name_too_is_only_taken_from_here(folder: Path) -> None:
    os.link(folder.parent / "secret", folder / "linked.jpg")
    await DiskAttachments(folder).delete("linked.jpg")
    assert not (folder / "linked.jpg").exists()
    assert (folder.parent / "secret").read_bytes() == b"not yours"


async def test_it_cannot_be_read_either_where_nobody_waits_for_its_end_any_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, overwrite = threading.Event(), threading.Event(), attachments._overwrite

    def slowly(file: Path) -> None:
        begun.set()
        assert goes_on.wait(30)
        overwrite(file)

    monkeypatch.setattr(attachments, "_overwrite", slowly)
    disk = DiskAttachments(folder)
    going = asyncio.ensure_future(disk.delete("photo.jpg"))
    await asyncio.to_thread(begun.wait, 30)
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    assert await disk.read("photo.jpg", 100) is None
    goes_on.set()
