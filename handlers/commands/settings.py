"""`/settings`: reminder, grace, start line or alerts only, and how long messages stay (SPEC: Commands)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.folding import fold
from bot.domain.outgoing import Fact
from bot.domain.person_settings import (
    DEFAULT_LIFETIME,
    LONGEST_GRACE,
    LONGEST_LIFETIME,
    LONGEST_REMINDER,
    SHORTEST_LIFETIME,
    PersonSettings,
)
from bot.use_cases.change_settings import change_settings
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.durations import Ambiguous, ForDuration, NotUnderstood, parse_when
from handlers.lengths import days_in
from handlers.parsing import Written
from handlers.situation import Situation

_NONE = frozenset({"0", "0m", "0h", "none", "no", "off"})
_NOTHING = timedelta(0)


@dataclass(frozen=True)
class _Change:
    """What one form of the command makes of her settings; None for showing them."""

    of: Callable[[PersonSettings], PersonSettings]


def _read(written: Written, __: Situation) -> _Change | None:
    words = fold(written.arguments)
    if not words:
        return None
    if words in _WHOLE:
        return _Change(_WHOLE[words])
    name, _, length = words.partition(" ")
    if name not in _LENGTHS or not length:
        raise UserMistake("settings.wrong_form")
    return _Change(_LENGTHS[name](length))


def _reminder(text: str) -> Callable[[PersonSettings], PersonSettings]:
    length = _length(text, "settings.reminder_bounds")
    if length > LONGEST_REMINDER:
        raise UserMistake("settings.reminder_bounds")
    return lambda settings: replace(settings, reminder=length)


def _grace(text: str) -> Callable[[PersonSettings], PersonSettings]:
    length = _length(text, "settings.grace_bounds")
    if length > LONGEST_GRACE:
        raise UserMistake("settings.grace_bounds")
    return lambda settings: replace(settings, grace=length)


def _lifetime(text: str) -> Callable[[PersonSettings], PersonSettings]:
    length = _length(text, "settings.messages_bounds")
    if not SHORTEST_LIFETIME <= length <= LONGEST_LIFETIME:
        raise UserMistake("settings.messages_bounds")
    return lambda settings: replace(settings, lifetime=length)


def _length(text: str, otherwise: str) -> timedelta:
    """A length of time. Raises `UserMistake`: what is not plain is never guessed."""
    if text in _NONE:
        return _NOTHING
    if (days := days_in(text)) is not None:
        return days
    try:
        when = parse_when(text)
    except (Ambiguous, NotUnderstood):
        raise UserMistake(otherwise) from None
    if not isinstance(when, ForDuration) or when.rest:
        raise UserMistake(otherwise)
    return when.length


_WHOLE: dict[str, Callable[[PersonSettings], PersonSettings]] = {
    "default": lambda _: PersonSettings(),
    "alerts only": lambda settings: replace(settings, alerts_only=True),
    "start line": lambda settings: replace(settings, alerts_only=False),
}
_LENGTHS: dict[str, Callable[[str], Callable[[PersonSettings], PersonSettings]]] = {
    "reminder": _reminder,
    "grace": _grace,
    "messages": _lifetime,
}


def _carry_out(call: Call, change: _Change | None) -> bool:
    settings = call.person.settings
    if change is not None:
        settings = change.of(settings)
        change_settings(call.records, call.person, settings, call.now)
    call.answer_directly("settings.show" if change is None else "settings.saved|settings.show", _facts(call, settings))
    return change is not None


def _facts(call: Call, settings: PersonSettings) -> dict[str, Fact]:
    reminder = call.timing.reminder if settings.reminder is None else settings.reminder
    grace = call.timing.grace if settings.grace is None else settings.grace
    return {
        "reminder": reminder,
        "grace": grace,
        "lifetime": settings.lifetime or DEFAULT_LIFETIME,
        "reminder_text": "settings.reminder" if reminder else "settings.no_reminder",
        "grace_text": "settings.grace" if grace else "settings.no_grace",
        "lines_text": "settings.alerts_only" if settings.alerts_only else "settings.start_line",
    }


COMMAND = Command("settings", "/settings", _read, _carry_out, can_wait=True)
