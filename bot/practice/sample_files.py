"""Files for practice, and how any file is shown where no picture can be."""

SAMPLES = {
    "photo": ("photo.jpg", "image/jpeg", b"\xff\xd8\xff a practice photo"),
    "voice note": ("", "audio/aac", b"\xff\xf1 a practice voice note"),
    "video": ("video.mp4", "video/mp4", b"\x00\x00\x00\x18ftyp a practice video"),
    "file": ("file.txt", "text/plain", b"a practice file"),
}
"""What can be sent from a script: file name, content type, bytes."""

_SHOWN = {"image": "📷 photo", "audio": "🎤 voice note", "video": "🎬 video"}


def as_shown(content_type: str, file_name: str | None) -> str:
    """`📷 photo`, or a file's name."""
    return _SHOWN.get(content_type.partition("/")[0], f"📎 {file_name or 'file'}")
