"""Example facts for every text: what somebody might read in the middle of an evening, in Europe/London.

Used to show all texts to people (`docs/texts.md`), and to hold each of them to the SPEC's rules.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.outgoing import Fact, Said
from bot.texts.rendering import Reader, render

NOW = datetime(2027, 3, 5, 20, 5, tzinfo=UTC)
READER = Reader(ZoneInfo("Europe/London"), "en", NOW)

FACTS: Mapping[str, Fact] = {
    "account": "+15550001",
    "added": (Said("detail.note", {"at": NOW, "line": "Room 12"}),),
    "at": NOW - timedelta(minutes=4),
    "before": "Dee",
    "buddy": "Bo",
    "by": NOW + timedelta(minutes=5),
    "code": "ABCD-EFGH-JKLM",
    "command": "/name",
    "count": 2,
    "delivery_text": "delivery.sent",
    "details": (Said("detail.line", {"line": "Room 12"}),),
    "ends": NOW + timedelta(minutes=10),
    "example": "/start 2h",
    "examples": "/ack Ana, /ack Dee",
    "files": 2,
    "from_time": NOW - timedelta(hours=1),
    "grace": timedelta(minutes=5),
    "grace_text": "settings.grace",
    "language": "en",
    "last": NOW - timedelta(minutes=3),
    "late": timedelta(minutes=7),
    "left": 300,
    "length": timedelta(minutes=5),
    "lifetime": timedelta(hours=4),
    "line": "Room 12",
    "lines": (Said("export.word"),),
    "lines_text": "settings.start_line",
    "link": "https://maps.google.com/maps?q=51.5%2C-0.1",
    "longest": timedelta(hours=24),
    "marked": "Cy",
    "name": "Ana",
    "names": "Bo, Cy",
    "next": NOW + timedelta(minutes=5),
    "not_asked_names": "Dee",
    "now": NOW,
    "on_call": "Bo, Cy",
    "open": 2,
    "other": "Dee",
    "others": "/start, /status",
    "part": 2,
    "parts": 2,
    "plan": (Said("detail.line", {"line": "Ring at the desk first"}),),
    "reminder": timedelta(minutes=15),
    "reminder_text": "settings.reminder",
    "resolver": "Bo",
    "seconds": 41,
    "shortest": timedelta(minutes=5),
    "silent_names": "Cy",
    "since": NOW - timedelta(hours=2),
    "state_text": "state.nobody",
    "suggestions": "/start 2h, /start 2m",
    "to_time": NOW,
    "told": NOW,
    "took_names": "Bo 41 s",
    "until": NOW - timedelta(minutes=5),
    "until_day": NOW + timedelta(days=14),
    "waited": 2,
    "what_text": "what.photo",
    "zone": "Europe/London",
}
"""By the name of the fact; Ana is looked after, Bo reads about it."""

_UNTIL = (Said("renew.buddy_until", {"name": "Bo", "until_day": NOW + timedelta(days=14)}),)
_NAMES_A_BUDDY = (
    *("away.told", "back.told", "buddies.away", "confirm.ask", "confirm.ask_with_word", "confirm.saved"),
    *("phone.buddys", "phone.buddys_no_word", "phone.confirmed", "status.new_phone", "status.new_phone_no_word"),
    *("confirm.needs_word", "confirm.not_quite", "drill.answered", "for_others.told", "reject.saved", "reset.vouched"),
    *(
        "start.buddy_not_confirmed",
        "unpair.at_close_told",
        "unpair.left_told",
        "unpair.needs_word",
        "unpair.no_buddy",
        "unpair.not_quite",
        "unpair.saved",
    ),
    *("unpair.saved_quietly", "lapse.told", "renew.both_missing", "renew.buddy_until", "renew.not_paired"),
    *("renew.theirs_missing", "renew.yours_missing"),
)
"""Ana reads these, about Bo."""

_RENEWED: dict[str, Mapping[str, Fact]] = {
    "renew.already": {"lines": (*_UNTIL, Said("renew.theirs_missing", {"name": "Bo"}))},
    "renew.lines": {"lines": (*_UNTIL, Said("renew.both_missing", {"name": "Bo"}))},
    "renew.saved": {"lines": (*_UNTIL, Said("renew.both_have"))},
}
OWN_EXAMPLES: Mapping[str, Mapping[str, Fact]] = (
    {name: {"name": "Bo"} for name in _NAMES_A_BUDDY}
    | {
        "alarm.others_have_it": {"names": "Cy"},
        "away.ambiguous": {"suggestions": "/away 2h, /away until 2:00am"},
        "buddies.buddy_of": {"names": "Ana"},
        "buddies.waiting": {"names": "Dee"},
        "confirm.not_waiting": {"example": "/confirm Bo WORD"},
        "export.buddy": {"name": "Bo", "state_text": "export.active"},
        "export.buddy_of": {"state_text": "export.active"},
        "for_others.needs_word": {"example": "/safe Ana"},
        "forget.at_close": {"names": "Ana"},
        "help.answer_confirm": {"name": "Bo", "example": "/confirm Bo WORD"},
        "help.buddy": {"names": "Ana"},
        "phone.yours_as_buddy": {"names": "Ana"},
        "open.unknown_name": {"example": "/resolve Ana"},
        "renew.unknown_name": {"example": "/renew Bo"},
        "lapse.left": {"names": "Cy"},
        "start.unknown_buddy": {"example": "Bo"},
        "state.alarm_others": {"names": "Cy"},
        "status.alarm": {"state_text": "state.alarm_others", "names": "Cy"},
        "taken.alert_only": {"name": "Dee", "names": "Ana", "examples": "/ack Ana"},
        "unknown.command": {"example": "/extend 30m"},
        "unknown.wrong_form": {"example": "/name Ana"},
        "unpair.not_quietly": {"name": "Dee"},
        "vouch.unknown_name": {"example": "/vouch Ana"},
    }
    | _RENEWED
    | {
        f"words.{fault}": {"example": "/words WORD"}
        for fault in ("at_most_two", "taken_meaning", "too_close", "too_long", "too_short")
    }
)
"""By the name of the text, what differs there."""


def example_facts(name: str) -> Mapping[str, Fact]:
    """The facts for the text of that name."""
    return {**FACTS, **OWN_EXAMPLES.get(name, {})}


def example(name: str) -> str:
    """The text of that name as a person reads it."""
    return render(name, example_facts(name), READER)
