"""Texts about how a person's timers work."""

from bot.texts.text import Audience, Text

_PERSON = Audience.PERSON

TEXTS = {
    "help.settings": Text(
        _PERSON,
        "/settings: how your timers work. To change it: /settings reminder 15m, /settings grace 10m, "
        "/settings alerts only or /settings start line, /settings messages 8h. As at first: /settings default",
    ),
    "settings.saved": Text(_PERSON, "Saved."),
    "settings.show": Text(
        _PERSON,
        "{reminder_text} {grace_text} {lines_text} Messages here and in your groups disappear after {lifetime}.",
    ),
    "settings.reminder": Text(_PERSON, "I remind you {reminder} before a timer ends."),
    "settings.no_reminder": Text(_PERSON, "I do not remind you before a timer ends."),
    "settings.grace": Text(_PERSON, "After its end I wait {grace} for your word."),
    "settings.no_grace": Text(_PERSON, "After its end I do not wait for your word."),
    "settings.start_line": Text(_PERSON, "When you start one, your buddy's group gets a line."),
    "settings.alerts_only": Text(
        _PERSON,
        "When you start one, no group gets a line: beforehand I cannot know whether your buddy can be reached.",
    ),
    "settings.wrong_form": Text(
        _PERSON,
        "Nothing changed. Like this: /settings reminder 15m, /settings grace 10m, /settings alerts only, "
        "/settings start line, /settings messages 8h, /settings default",
    ),
    "settings.reminder_bounds": Text(
        _PERSON, "Nothing changed. From none to 2 hours before the end: /settings reminder 15m, /settings reminder none"
    ),
    "settings.grace_bounds": Text(
        _PERSON, "Nothing changed. From none to 30 minutes after the end: /settings grace 10m, /settings grace none"
    ),
    "settings.messages_bounds": Text(
        _PERSON, "Nothing changed. From 1 hour to 1 week: /settings messages 8h, /settings messages 7 days"
    ),
}
