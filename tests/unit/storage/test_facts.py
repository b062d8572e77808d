"""Facts of a message survive their cell exactly."""

from datetime import timedelta

from bot.domain.outgoing import Said
from storage.facts import Body, decode_body, encode_body
from tests.databases import START


def test_lines_within_a_text_come_back_whole() -> None:
    lines = (
        Said("detail.note", {"at": START, "line": "Room 12\ud83d"}),
        Said("detail.line", {"line": "a", "for": timedelta(seconds=1), "more": (Said("x"),)}),
    )
    body = Body("alert.details", {"details": lines, "none": (), "count": 2, "yes": True, "nothing": None}, None)
    assert decode_body(encode_body(body)) == body
