"""Texts about an account: strangers, help, name, zone, word."""

from bot.texts.text import Audience, Text

_ANYBODY, _PERSON = Audience.ANYBODY, Audience.PERSON

TEXTS = {
    "stranger.answer": Text(_ANYBODY, "This is a private timer bot. If somebody gave you a code, send: /join CODE"),
    "unknown.message": Text(_PERSON, "Nothing changed. I did not understand that. Send help to see what I can do."),
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
    "help.first_name": Text(_PERSON, "Welcome. First tell me what your buddies should call you: /name Ana"),
    "help.first_word": Text(_PERSON, "Next, choose the word that ends your timers. Nobody else needs it: /words WORD"),
    "help.first_buddy": Text(_PERSON, "Next, ask somebody you trust to be your buddy: /invite"),
    "help.ready": Text(
        _PERSON, "Before you go: /start 2h\nWhen you are back, send your word. If you need longer: /extend 30m"
    ),
    "help.running": Text(
        _PERSON, "Your timer runs until {until}. Send your word to end it, or /extend 30m for more time."
    ),
    "help.running_late": Text(_PERSON, "Send your word to end your timer, or extend it: /extend 30m WORD"),
    "help.answer_join": Text(_PERSON, "{name} waits for your answer: /accept or /decline"),
    "help.answer_confirm": Text(_PERSON, "{name} waits for your answer: {example} or /reject {name}"),
    "help.buddy": Text(
        _PERSON,
        "You are a buddy of {names}. When a timer ends and no word comes, I write to you here. "
        "For a timer of your own, choose the word that ends it: /words WORD",
    ),
    "help.alert": Text(
        Audience.BUDDY,
        "Timer of {name}: no word yet. To take it, send: on it\nTo read it again: /again\n"
        "When you have spoken with {name}: /resolve {name}",
    ),
    "help.others": Text(_PERSON, "I also know: {others}. For more about one: /help start"),
    "help.limits": Text(
        _PERSON,
        "I keep timers and pass messages between buddies. I am no emergency service, and I can fail. "
        "No answer from me means that I did not get your message.",
    ),
    "help.name": Text(_PERSON, "/name Ana: how your buddies see you."),
    "help.tz": Text(_PERSON, "/tz Europe/London: your time zone. All times I show you are in it."),
    "help.words": Text(
        _PERSON,
        "/words WORD: the word that ends your timers, 5 characters or more. You may add another that ends them just "
        "the same, for a day when your buddies should come and look after you: /words WORD / OTHER\n"
        "To change them: /words OLD > NEW / OTHER",
    ),
    "help.invite": Text(_PERSON, "/invite: a code that makes somebody your buddy. It works once, for 48 hours."),
    "help.join": Text(_PERSON, "/join CODE: answer an invitation. I first explain what it means."),
    "help.accept": Text(_PERSON, "/accept: say yes to the invitation you joined."),
    "help.decline": Text(_PERSON, "/decline: say no to the invitation you joined."),
    "help.confirm": Text(
        _PERSON,
        "/confirm Bo: yes, this is my buddy, or the new phone of a buddy. With a word set: /confirm Bo WORD\n"
        "/confirm me WORD: yes, this new phone is mine.",
    ),
    "help.reject": Text(_PERSON, "/reject Bo: no, this is not the person I invited."),
    "help.buddies": Text(_PERSON, "/buddies: your buddies in the order in which I would turn to them."),
    "help.unpair": Text(
        _PERSON,
        "/unpair Bo WORD: ends it at once, and the group goes. A buddy needs no word. "
        "/unpair Bo WORD quietly: Bo is not told, the group stays, and I say nothing of yours there any more.",
    ),
    "help.start": Text(
        _PERSON,
        "/start 2h: starts your timer. Also 90m, 1.5h, 2h30, until 23:30, 11pm. Or: /start 2h with Bo\n"
        "Lines below it are kept for your buddy, who gets them only if you do not come back in time.",
    ),
    "help.extend": Text(
        _PERSON,
        "/extend 30m: more time, an hour in all. For more than that, or after the end: /extend 30m WORD",
    ),
    "help.safe": Text(
        _PERSON,
        "/safe WORD: ends your timer. The word alone is enough. From the phone of a buddy: /safe Ana WORD",
    ),
    "help.cancel": Text(_PERSON, "/cancel WORD: ends your timer if you are not going after all."),
    "help.status": Text(_PERSON, "/status: your timer, and what is open with those you are a buddy of."),
    "help.ack": Text(
        _PERSON, "/ack or on it: you take what I wrote to you about somebody. If I ask which one: /ack Ana"
    ),
    "help.again": Text(_PERSON, "/again: I send what is open about somebody once more, whole."),
    "help.resolve": Text(
        _PERSON, "/resolve Ana: tells me that you have spoken with Ana yourself. A text message is not enough."
    ),
    "help.reopen": Text(_PERSON, "/reopen Ana: tells me that it is not over after all, and I go on."),
    "help.help": Text(_PERSON, "/help: what you can do now. /help start: more about one command."),
    "name.saved": Text(_PERSON, "Saved. Your buddies see you as {name}."),
    "name.refused": Text(_PERSON, "Nothing changed. A name has 1 to 30 characters, with a letter or digit: /name Ana"),
    "account.frozen": Text(_PERSON, "Nothing changed. That has to wait until your timer is closed."),
    "account.frozen_on_call": Text(_PERSON, "Nothing changed. That has to wait until {name}'s timer is closed."),
    "tz.saved": Text(_PERSON, "Saved. Your time zone is {zone}; it is {now} there now."),
    "tz.refused": Text(_PERSON, "Nothing changed. I do not know that time zone. Like this: /tz {zone}"),
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
}
