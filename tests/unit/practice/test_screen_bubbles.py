"""How a chat is painted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from bot.practice.screen_bubbles import Paper, paint, preview, wrapped
from bot.practice.screen_view import PhoneView
from bot.practice.stand_in_chats import Chat, ChatMessage

AT = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)
OWN = ChatMessage(1, "Ana", is_own=True, text="/start 2h", at=AT, status="delivered")
ANSWER = ChatMessage(2, "bot", is_own=False, text="Saved. Your timer runs until 22:00.", at=AT)


def rows(*messages: ChatMessage, group: str | None = None, width: int = 40, deleted: int = 0) -> list[str]:
    chat = Chat(group, "Bot", messages=messages)
    phone = PhoneView("Ana", True, (chat,), frozenset({("bot", deleted)}))
    return paint(phone, chat, Paper(width, ZoneInfo("Europe/London"))).plain.split("\n")


def test_own_messages_stand_on_the_right_others_on_the_left() -> None:
    painted = rows(OWN, ANSWER)
    assert painted[1] == "/start 2h  20:00 ✓✓ ".rjust(40)
    assert painted[2].startswith(" Saved.")


def test_the_time_stands_in_the_last_row_where_it_fits_else_below() -> None:
    fits, below = replace(ANSWER, text="a" * 20), replace(ANSWER, text="a" * 34)
    assert rows(fits)[1] == f" {'a' * 20}  20:00 "
    assert rows(below)[2].strip() == "20:00"


def test_no_row_is_wider_than_the_phone() -> None:
    text = "word " * 30 + "https://a.very/long/address/that/has/no/space/" * 3 + " 👍👍👍 日本語のテキスト" * 5
    for width in (22, 26, 40, 60):
        for row in rows(replace(ANSWER, text=text), replace(OWN, text=text), width=width):
            assert cell_len(row) <= width


@pytest.mark.parametrize("text", ["", " ", "a", "two words", "👍" * 30, "x" * 100])
def test_wrapping_loses_no_letter(text: str) -> None:
    assert "".join(wrapped(text, 18)).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(row) <= 18 for row in wrapped(text, 18))


def test_reactions_edits_and_deletions_are_seen() -> None:
    assert rows(replace(ANSWER, reactions={"Bo": "👍"}))[-1] == " 👍 Bo"
    assert "edited 20:00" in "".join(rows(replace(ANSWER, edited=True)))
    assert rows(ANSWER, deleted=2)[1] == " (deleted)  20:00 "


def test_in_a_group_the_sender_is_named_once_for_messages_in_a_row() -> None:
    assert sum(row.strip() == "bot" for row in rows(ANSWER, replace(ANSWER, timestamp=3), group="g")) == 1


def test_each_day_is_named() -> None:
    painted = rows(OWN, replace(ANSWER, at=AT + timedelta(hours=5)))
    assert [row.strip() for row in painted if "March" in row] == ["Friday, 5 March", "Saturday, 6 March"]


def test_the_list_of_chats_shows_the_first_line_of_the_last_message() -> None:
    chat = Chat("g", "Ana + Bo", messages=(replace(ANSWER, sender="Bo", text="one\ntwo"),))
    assert preview(chat, PhoneView("Ana", True, (chat,))) == "Bo: one"


def test_files_are_named_below_the_text_or_alone() -> None:
    assert [row.rstrip() for row in rows(replace(ANSWER, text="The door", attachments=("📷 photo",)))[1:]] == [
        " The door",
        " 📷 photo  20:00",
    ]
    assert rows(replace(ANSWER, text="", attachments=("🎤 voice note",)))[1].rstrip() == " 🎤 voice note  20:00"
    chat = Chat(None, "Bot", messages=(replace(OWN, text="", attachments=("📷 photo",)),))
    assert preview(chat, PhoneView("Ana", True, (chat,))) == "📷 photo"
