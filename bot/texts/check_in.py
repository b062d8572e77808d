"""Texts for the person while her timer runs, and the neutral lines in the group."""

from bot.texts.text import Audience, Text

_PERSON, _GROUP = Audience.PERSON, Audience.GROUP

TEXTS = {
    "help.start": Text(
        _PERSON,
        "/start 2h: starts your timer. Also 90m, 1.5h, 2h30, until 23:30, 11pm. Or: /start 2h with Bo\n"
        "Lines below it are kept for your buddy, who gets them only if you do not come back in time.",
    ),
    "start.saved": Text(
        _PERSON,
        "Saved. Your timer runs until {until}. {buddy} is on call. "
        "When you are back, send your word. For more time: /extend 30m",
    ),
    "start.from_now": Text(_PERSON, "{until} is {length} from now."),
    "start.kept": Text(_PERSON, "I keep what you wrote below it for your buddies, in case you are not back in time."),
    "start.not_kept": Text(
        _PERSON,
        "Your timer runs, but I did not keep the lines below it: others can read them there. "
        "Please delete that message. Next time start in our chat here.",
    ),
    "start.no_word": Text(_PERSON, "NOT started. First choose the word that ends your timers: /words WORD"),
    "start.no_buddy": Text(_PERSON, "NOT started. You have no buddy yet. First: /invite"),
    "start.buddy_not_confirmed": Text(_PERSON, "NOT started. First answer who waits: /confirm {name} WORD"),
    "start.buddy_not_ready": Text(
        _PERSON, "NOT started. Your buddy has not answered the invitation yet. To ask somebody else, too: /invite"
    ),
    "start.running": Text(_PERSON, "NOT started: your timer until {until} still runs. For more time: /extend 30m"),
    "start.running_late": Text(_PERSON, "NOT started: an earlier timer is still open. Send your word to end it."),
    "start.needs_time": Text(_PERSON, "NOT started. For how long? Like this: /start 2h or /start until 23:30"),
    "start.ambiguous": Text(_PERSON, "NOT started. I am not sure what you mean. Like this: {suggestions}"),
    "start.past": Text(_PERSON, "NOT started: it is already {now}. For tomorrow, send how long: {suggestions}"),
    "start.past_too_far": Text(
        _PERSON,
        "NOT started: it is already {now}, and the same time tomorrow is further off than the longest timer, "
        "{longest}. Like this: /start 8h",
    ),
    "start.no_such_time": Text(
        _PERSON, "NOT started: the clocks change, and that time does not exist. Nearest: {suggestions}"
    ),
    "start.too_late": Text(
        _PERSON, "NOT started. Your message reached me only now, after {until}. If you still need a timer: /start 1h"
    ),
    "start.too_short": Text(_PERSON, "NOT started. The shortest timer is {shortest}. Like this: /start 30m"),
    "start.too_long": Text(_PERSON, "NOT started. The longest timer is {longest}. Like this: /start 8h"),
    "start.details_too_long": Text(
        _PERSON, "NOT started. The lines below are too long: 1,500 characters at most. Shorten them and send it again."
    ),
    "start.not_in_group": Text(
        _PERSON,
        "{buddy} is not in your group (any more), so {buddy} does not see your timer there. "
        "If no word comes from you, I still write to {buddy} directly. "
        "To have {buddy} in a group with you again, pair anew when no timer runs: /unpair {buddy} WORD, then /invite",
    ),
    "start.alerts_only": Text(
        _PERSON,
        "As you chose, your groups see nothing of it, so nobody can tell beforehand whether {buddy} can be reached.",
    ),
    "start.away": Text(_PERSON, "{buddy} has said to be away just now, and is on call all the same."),
    "start.unknown_buddy": Text(
        _PERSON, "NOT started. I know no buddy of yours by that name. Like this: /start 2h with {example}"
    ),
    "start.phone_silent": Text(
        _PERSON,
        "The phone of {buddy} has not confirmed your timer: it may be off, or without network. "
        "Your timer runs until {until}.",
    ),
    "start.without_account": Text(
        _PERSON,
        "Signal finds no account of {buddy} just now, so {buddy} does not get your timer. "
        "While that is so, I cannot write to {buddy} at all. Your timer runs until {until}.",
    ),
    "start.asking_next": Text(_PERSON, "Nobody has answered yet. I ask {buddy} too. Your timer runs until {until}."),
    "start.next_on_call": Text(
        _PERSON, "Nobody has answered yet. {buddy} is on call too. Your timer runs until {until}."
    ),
    "start.on_call_now": Text(_PERSON, "{buddy} is on call now. Your timer runs until {until}."),
    "start.nobody_answered": Text(
        _PERSON,
        "Nobody has answered yet. Your timer runs until {until}, and I write to your buddies if no word comes.",
    ),
    "start.seen": Text(_PERSON, "{buddy} has seen it. Your timer runs until {until}."),
    "remind.person": Text(_PERSON, "{until} is close. Send your word when you are back. For more time: /extend 30m"),
    "ask.person": Text(
        _PERSON,
        "Your timer ended at {until}. Please send your word by {by}. If none comes, I write to your buddies. "
        "For more time, with your word: /extend 30m WORD",
    ),
    "ask.late": Text(_PERSON, "Your timer ended at {until}. Please send your word now."),
    "ask.resolved": Text(
        _PERSON, "{buddy} says that you two have spoken. Please send your word by {by} to close your timer."
    ),
    "help.extend": Text(
        _PERSON,
        "/extend 30m: more time, an hour in all. For more than that, or after the end: /extend 30m WORD",
    ),
    "extend.saved": Text(_PERSON, "Saved. Your timer now runs until {until}."),
    "extend.nobody": Text(_PERSON, "You have no buddy now: if no word comes from you, I can write to nobody."),
    "extend.none": Text(_PERSON, "Nothing changed. No timer runs. To start one: /start 2h"),
    "extend.needs_word": Text(_PERSON, "Nothing changed. For that I need your word too: /extend {by} WORD"),
    "extend.too_long": Text(
        _PERSON, "Nothing changed. A timer can run for {longest} at most from now. Like this: /extend 30m"
    ),
    "extend.wrong_form": Text(_PERSON, "Nothing changed. By how much? Like this: /extend 30m"),
    "help.safe": Text(
        _PERSON,
        "/safe WORD: ends your timer. The word alone is enough. From the phone of a buddy: /safe Ana WORD",
    ),
    "help.cancel": Text(_PERSON, "/cancel WORD: ends your timer if you are not going after all."),
    "safe.closed": Text(_PERSON, "Thanks, noted. Good night."),
    "safe.none": Text(_PERSON, "Nothing changed. No timer runs. To start one: /start 2h"),
    "safe.needs_word": Text(_PERSON, "Nothing changed. Please send it with your word: /safe WORD"),
    "safe.not_quite": Text(_PERSON, "Not quite. Still {until}."),
    "help.status": Text(_PERSON, "/status: your timer, and what is open with those you are a buddy of."),
    "status.nothing": Text(_PERSON, "No timer runs. To start one: /start 2h"),
    "status.armed": Text(_PERSON, "Your timer runs until {until}. On call: {on_call}."),
    "status.nobody_on_call": Text(
        _PERSON, "Your timer runs until {until}. You have no buddy now: if no word comes, I can write to nobody."
    ),
    "status.seen": Text(_PERSON, "{buddy} has seen it."),
    "status.not_seen": Text(_PERSON, "{buddy} has not answered yet."),
    "status.nobody_seen": Text(_PERSON, "Nobody has answered yet."),
    "status.alerts_only": Text(_PERSON, "As you chose, nobody was asked to answer."),
    "status.late": Text(_PERSON, "Your timer ended at {until} and is open. Send your word to close it."),
    "away.was_away": Text(_PERSON, "I was away from {from_time} to {to_time}. Your timer until {until} still counts."),
    "away.was_away_late": Text(
        _PERSON, "I was away from {from_time} to {to_time}. Your timer ended at {until} and is open."
    ),
    "group.start": Text(
        _GROUP,
        "{name}'s timer runs until {until}. {buddy}, please answer this with a 👍.\n"
        "If I go quiet: no word from {name} by {by} means {buddy} calls {name}.",
    ),
    "group.start_elsewhere": Text(_GROUP, "{name}'s timer runs until {until}."),
    "group.new_time_elsewhere": Text(_GROUP, "{name}'s timer now runs until {until}."),
    "group.new_time": Text(
        _GROUP,
        "{name}'s timer now runs until {until}. If I go quiet: no word from {name} by {by} means {buddy} calls {name}.",
    ),
    "group.alert": Text(
        _GROUP, "Timer of {name}: no word since {until}. {buddy}, please read what I wrote to you directly."
    ),
    "group.end": Text(_GROUP, "{name}'s timer is closed. Thank you."),
}
