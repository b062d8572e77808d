"""Texts about what a person sets for herself: her timers, a forgotten word, leaving for good."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY, _ANYBODY = Audience.PERSON, Audience.BUDDY, Audience.ANYBODY

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
    "help.forget": Text(
        _PERSON,
        "/forget WORD: erases everything about you here, at once and for good. Your pairings end, your groups go.",
    ),
    "forget.needs_word": Text(
        _PERSON, "Nothing changed. This erases everything about you here. Please add your word: /forget WORD"
    ),
    "forget.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /forget WORD"),
    "forget.ask_back": Text(
        _PERSON,
        "Nothing changed. This erases everything about you here; your pairings end and your groups go. "
        "If that is what you want: /forget everything",
    ),
    "forget.at_close": Text(
        _PERSON,
        "Noted. You leave as soon as the timer of {names} is closed, and then everything about you is erased.",
    ),
    "forget.waits": Text(_PERSON, "Nothing changed. Everything about you is erased as soon as that timer is closed."),
    "forget.done": Text(_ANYBODY, "Done. Everything about you is erased here, and your groups with me go."),
    "help.reset": Text(
        _PERSON,
        "/reset: for a forgotten word. I ask your buddies to call you; 24 hours after one of them has vouched for "
        "you, you choose a new one. To stop it, use your word or send /reset stop",
    ),
    "help.vouch": Text(_PERSON, "/vouch Ana: you have called Ana, it is really Ana, and Ana wants a new word."),
    "reset.asked": Text(
        _PERSON,
        "Noted. I ask your buddies to call you. When one has vouched for you, 24 hours begin; then you choose a new "
        "one. Without a vouch it ends at {until}. To stop it, use your word or send: /reset stop",
    ),
    "reset.no_word": Text(_PERSON, "Nothing changed. You have no word yet. Choose one: /words WORD"),
    "reset.nobody": Text(
        _PERSON, "Nothing changed. You have no buddy who could vouch for you. To ask somebody: /invite"
    ),
    "reset.asked_already": Text(
        _PERSON, "Nothing changed. Your buddies are asked already, until {until}. To stop it: /reset stop"
    ),
    "reset.running": Text(
        _PERSON, "Nothing changed. At {until} you can choose a new word. To stop it, use your word or send: /reset stop"
    ),
    "reset.vouched": Text(
        _PERSON,
        "{name} has vouched for you. At {until} your old word is cleared and you choose a new one. "
        "If you do not want that, use your word or send: /reset stop",
    ),
    "reset.stopped": Text(_PERSON, "Stopped. Your word stays as it is."),
    "reset.none": Text(_PERSON, "Nothing changed. You have not asked for a new word. To ask: /reset"),
    "reset.lapsed": Text(_PERSON, "Nobody has vouched for you. Your word stays as it is. To ask again: /reset"),
    "reset.cleared": Text(_PERSON, "Your old word is cleared. Choose a new one now: /words WORD"),
    "reset.ask_buddy": Text(
        _BUDDY,
        "{name} has forgotten a word and asks for a new one. Please call {name}. Only if it is really {name} and "
        "{name} wants it: /vouch {name}\nA text proves nothing, anyone can hold a phone. It ends at {until}.",
    ),
    "reset.stopped_buddy": Text(_BUDDY, "{name} needs no new word after all. Nothing more to do. Thank you."),
    "reset.cleared_buddy": Text(_BUDDY, "The old word of {name} is cleared, and {name} chooses a new one. Thank you."),
    "vouch.saved": Text(
        _BUDDY,
        "Thank you. At {until} {name} can choose a new word; {name} is told so now. "
        "It ends before that if the old one is used.",
    ),
    "vouch.nothing": Text(_BUDDY, "Nothing changed. {name} asks nobody to vouch right now."),
    "vouch.already": Text(_BUDDY, "Nothing changed. You have vouched for {name}; it takes until {until}."),
    "vouch.unknown_name": Text(_BUDDY, "Nothing changed. I know nobody of that name here. Like this: {example}"),
}
