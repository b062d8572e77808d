"""Texts about an account: strangers, name, zone, word, a forgotten word, leaving for good."""

from bot.texts.text import Audience, Text

_ANYBODY, _PERSON, _BUDDY = Audience.ANYBODY, Audience.PERSON, Audience.BUDDY

TEXTS = {
    "stranger.answer": Text(_ANYBODY, "This is a private timer bot. If somebody gave you a code, send: /join CODE"),
    "stranger.later": Text(_ANYBODY, "I cannot take on anybody new just now. Please write again in an hour."),
    "unknown.message": Text(_PERSON, "Nothing changed. I did not understand that. Send help to see what I can do."),
    "unknown.no_command": Text(_PERSON, "Nothing changed. I do not know this command. Send help to see what I can do."),
    "limit.too_often": Text(
        _PERSON, "Nothing changed. You have sent {command} often within an hour. Please wait a while."
    ),
    "limit.too_much": Text(
        _PERSON, "Nothing changed. That was a lot within an hour; for a while I answer only what timers need."
    ),
    "unknown.command": Text(_PERSON, "Nothing changed. I do not know that. Did you mean {example}?"),
    "unknown.wrong_form": Text(_PERSON, "Nothing changed. Like this: {example}"),
    "unknown.older": Text(
        _PERSON, "Nothing changed. That message is from before your timer began. Please send it again."
    ),
    "unknown.edit": Text(_PERSON, "Edits do not count. Nothing changed."),
    "unknown.attachment": Text(_PERSON, "Nothing changed. I cannot read that; please write it."),
    "unknown.parked": Text(
        _PERSON,
        "Nothing changed. I could not handle what you just sent, and whoever runs me knows. "
        "Please send it again in other words.",
    ),
    "unknown.parked_running": Text(
        _PERSON,
        "Nothing changed: your timer still runs until {until}. I could not handle what you just sent, and whoever runs "
        "me knows. Please send it again. If this comes once more, call your buddy.",
    ),
    "unknown.parked_late": Text(
        _PERSON,
        "Nothing changed: your timer ended at {until} and is open. I could not handle what you just sent, and whoever "
        "runs me knows. Please send it again. If this comes once more, call your buddy.",
    ),
    "unknown.word_seen_by_others": Text(
        _PERSON, "Nothing changed. Others can read your message there. Delete it, then choose another word here."
    ),
    "help.name": Text(_PERSON, "/name Ana: how your buddies see you. They are told when it changes."),
    "name.saved": Text(_PERSON, "Saved. Your buddies see you as {name}."),
    "name.told": Text(_PERSON, "{before} is called {name} from now on. In commands: {name}"),
    "name.refused": Text(_PERSON, "Nothing changed. A name has 1 to 30 characters, with a letter or digit: /name Ana"),
    "name.keyword": Text(
        _PERSON,
        "Nothing changed. A name cannot hold a word that commands use beside names (not, with, me, quietly and the "
        "like): /name Ana",
    ),
    "account.frozen": Text(_PERSON, "Nothing changed. That has to wait until your timer is closed."),
    "account.frozen_on_call": Text(_PERSON, "Nothing changed. That has to wait until {name}'s timer is closed."),
    "help.tz": Text(_PERSON, "/tz Europe/London: your time zone. All times I show you are in it."),
    "tz.saved": Text(_PERSON, "Saved. Your time zone is {zone}; it is {now} there now."),
    "tz.not_chosen": Text(
        _PERSON, "Times here are in {zone}, where it is {now} now. If it is later or earlier for you: /tz Asia/Tokyo"
    ),
    "tz.refused": Text(_PERSON, "Nothing changed. I do not know that time zone. Like this: /tz {zone}"),
    "help.words": Text(
        _PERSON,
        "/words WORD: the word that ends your timers, 5 characters or more. You may add another that ends them just "
        "the same, for a day when your buddies should come and look after you: /words WORD / OTHER\n"
        "To change them: /words OLD > NEW / OTHER",
    ),
    "words.saved": Text(
        _PERSON, "Saved. Your new word ends your timers; I never show it. Now delete your message with the word."
    ),
    "words.too_short": Text(
        _PERSON, "Nothing changed. A word has 5 characters or more; several in a row are fine: {example}"
    ),
    "words.too_long": Text(
        _PERSON, "Nothing changed. That is too long to type in a hurry, 64 characters at most: {example}"
    ),
    "words.taken_meaning": Text(
        _PERSON,
        "Nothing changed. I would mix that up with a command, a name, a time or everyday chat. "
        "Choose another: {example}",
    ),
    "words.needs_old": Text(_PERSON, "Nothing changed. To change your word, send the old one too: /words OLD > NEW"),
    "words.at_most_two": Text(_PERSON, "Nothing changed. One word or two, with no / or > in them: {example}"),
    "words.too_close": Text(_PERSON, "Nothing changed. The two look or sound too much alike: {example} / OTHER"),
    "words.not_quite": Text(_PERSON, "Nothing changed. The old word is not quite right: /words OLD > NEW"),
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
        "Noted. You leave as soon as the timer of {names} is closed, at {by} at the latest, and then everything about "
        "you is erased.",
    ),
    "forget.waits": Text(
        _PERSON,
        "Nothing changed. Everything about you is erased as soon as that timer is closed, at {by} at the latest.",
    ),
    "forget.done": Text(_ANYBODY, "Done. Everything about you is erased here, and your groups with me go."),
    "help.reset": Text(
        _PERSON,
        "/reset: for a forgotten word. I ask your buddies to call you; 24 hours after one of them has vouched for "
        "you, you choose a new one. To stop it, use your word or send /reset stop",
    ),
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
    "reset.vouched_buddy": Text(
        _BUDDY,
        "Somebody has vouched for {name}. At {until} the old word of {name} is cleared. "
        "If you have doubts, call {name}: using the old word, or /reset stop, ends it before that.",
    ),
    "reset.stopped_buddy": Text(_BUDDY, "{name} needs no new word after all. Nothing more to do. Thank you."),
    "reset.cleared_buddy": Text(_BUDDY, "The old word of {name} is cleared, and {name} chooses a new one. Thank you."),
    "help.vouch": Text(_PERSON, "/vouch Ana: you have called Ana, it is really Ana, and Ana wants a new word."),
    "vouch.saved": Text(
        _BUDDY,
        "Thank you. At {until} {name} can choose a new word; {name} is told so now. "
        "It ends before that if the old one is used.",
    ),
    "vouch.nothing": Text(_BUDDY, "Nothing changed. {name} asks nobody to vouch right now."),
    "vouch.another": Text(_BUDDY, "Nothing changed. Somebody has vouched for {name} already; it takes until {until}."),
    "vouch.already": Text(_BUDDY, "Nothing changed. You have vouched for {name}; it takes until {until}."),
    "vouch.new_phone": Text(
        _BUDDY,
        "Nothing changed. This phone of yours is new, and {name} has not confirmed it: it cannot vouch. "
        "Another buddy of {name} can, if there is one.",
    ),
    "vouch.unknown_name": Text(_BUDDY, "Nothing changed. I know nobody of that name here. Like this: {example}"),
}
