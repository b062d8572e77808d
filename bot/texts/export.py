"""Texts of the file in which people get their own data."""

from bot.texts.text import Audience, Text

_PERSON = Audience.PERSON

TEXTS = {
    "help.export": Text(_PERSON, "/export WORD: what I keep about you, as a file. Without a word set: /export"),
    "export.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /export WORD"),
    "export.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /export WORD"),
    "export.here": Text(_PERSON, "Here is what I keep about you. Delete this message when you have it."),
    "export.lines": Text(_PERSON, "{lines}"),
    "export.title": Text(_PERSON, "What the timer bot keeps about you, {at}"),
    "export.account": Text(_PERSON, "Your account at Signal: {account}"),
    "export.name": Text(_PERSON, "Name that your buddies see: {name}"),
    "export.zone": Text(_PERSON, "Time zone: {zone}"),
    "export.language": Text(_PERSON, "Language: {language}"),
    "export.word": Text(_PERSON, "Word: you have one. It is kept in a form that nobody can read."),
    "export.away": Text(_PERSON, "Away as a buddy until {until}"),
    "export.invites": Text(_PERSON, "Open invitations: {count}"),
    "export.reminder": Text(_PERSON, "Reminder before the end of a timer: {length}"),
    "export.grace": Text(_PERSON, "Time for your word after the end of a timer: {length}"),
    "export.lifetime": Text(_PERSON, "Messages disappear after: {length}"),
    "export.no_start_lines": Text(_PERSON, "Your groups are not told when a timer starts."),
    "export.buddy": Text(_PERSON, "Buddy: {name}, {state_text}, since {since}"),
    "export.buddy_of": Text(_PERSON, "You are a buddy of {name}: {state_text}, since {since}"),
    "export.offered": Text(_PERSON, "invited"),
    "export.accepted": Text(_PERSON, "to be confirmed"),
    "export.active": Text(_PERSON, "paired"),
    "export.timer": Text(_PERSON, "Your timer: from {since} until {until}"),
    "export.timer_of": Text(_PERSON, "Timer of {name}: until {until}"),
    "export.waiting": Text(_PERSON, "Notes and files that wait for your next timer: {count}"),
    "export.plan": Text(_PERSON, "Your plan:\n{plan}"),
    "export.plan_later": Text(_PERSON, "Your plan: shown again when your timer is closed"),
}
