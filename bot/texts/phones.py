"""Texts about phones whose safety number has changed (SPEC: "A new phone")."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY = Audience.PERSON, Audience.BUDDY

TEXTS = {
    "phone.buddys": Text(
        _PERSON,
        "Signal shows a new phone for {name}, or a new installation. Until you confirm it, I still write to {name} "
        "when your timer ends; but if you have other buddies, what you leave goes to them first.\n"
        "Speak with {name}, not by text. If it is right: /confirm {name} WORD",
    ),
    "phone.buddys_no_word": Text(
        _PERSON,
        "Signal shows a new phone for {name}, or a new installation. Until you confirm it, I still write to {name} "
        "when your timer ends; but if you have other buddies, what you leave goes to them first.\n"
        "Speak with {name}, not by text. If it is right: /confirm {name}",
    ),
    "phone.yours": Text(
        _PERSON,
        "Signal shows a new phone for you, or a new installation. A timer that runs goes on. Until you confirm that it "
        "is yours, changes need your word. Please send: /confirm me WORD",
    ),
    "phone.yours_as_buddy": Text(
        _BUDDY,
        "Signal shows me a new phone of yours, and I tell {names}. Please call: until it is confirmed there, I write "
        "to you as ever when a timer ends, but what was left for you may come later, or go to somebody else.",
    ),
    "phone.persons": Text(
        _BUDDY,
        "Signal shows a new phone for {name}, or a new installation. Nothing to do now. When you next speak with "
        "{name}, ask whether that is right; until then do not trust what is written from it.",
    ),
    "phone.first": Text(
        _PERSON, "Nothing changed. Your phone is new to me, so this needs your word first: /confirm me WORD"
    ),
    "phone.first_start": Text(
        _PERSON,
        "NOT started. Your phone is new to me, so this needs your word first: /confirm me WORD\n"
        "Then send your /start again.",
    ),
    "phone.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /confirm me WORD"),
    "phone.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /confirm me WORD"),
    "phone.not_new": Text(_PERSON, "Nothing changed. Your phone needs no confirming. To see what is open: /status"),
    "phone.confirmed": Text(
        _PERSON, "Done. The new phone of {name} is confirmed. What you leave goes there as before."
    ),
    "phone.confirmed_own": Text(_PERSON, "Done. This phone is confirmed. Everything works as before."),
    "status.own_phone": Text(_PERSON, "Your phone is new and not confirmed. Please send: /confirm me WORD"),
    "status.new_phone": Text(
        _PERSON, "The phone of {name} is new and not confirmed. Speak with {name}, then: /confirm {name} WORD"
    ),
    "status.new_phone_no_word": Text(
        _PERSON, "The phone of {name} is new and not confirmed. Speak with {name}, then: /confirm {name}"
    ),
    "alert.held_back": Text(
        _BUDDY,
        "Your phone is new, and {name} has not confirmed it yet. So what {name} may have left for you does not come "
        "with this message: it follows in a minute, unless somebody else has it by then. To ask for it: /again\n"
        "Police: not, unless life is in danger before your eyes.",
    ),
}
