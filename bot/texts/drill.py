"""Texts of a drill: what a buddy reads says at its start and at its end that it is one."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY = Audience.PERSON, Audience.BUDDY

TEXTS = {
    "help.drill": Text(
        _PERSON,
        "/drill: I rehearse with your buddies, one after the other, what happens when you are not back, with samples "
        "of what you leave. You see how fast each answers.",
    ),
    "drill.started": Text(
        _PERSON,
        "The drill runs, until {until} at the latest. I ask your buddies one after the other and tell you each answer.",
    ),
    "drill.running": Text(_PERSON, "Nothing changed. A drill runs already, until {until} at the latest."),
    "drill.nobody": Text(_PERSON, "Nothing changed. You have no buddy yet. To ask somebody: /invite"),
    "drill.all_away": Text(_PERSON, "Nothing changed. Your buddies are away. To see until when: /buddies"),
    "drill.answered": Text(_PERSON, "Drill: {name} answered after {seconds} s."),
    "drill.summary": Text(_PERSON, "The drill is over."),
    "drill.took": Text(_PERSON, "Answered after: {took_names}"),
    "drill.silent": Text(_PERSON, "No answer: {silent_names}"),
    "drill.not_asked": Text(_PERSON, "Not asked: {not_asked_names}"),
    "drill.begins": Text(
        _BUDDY, "DRILL. Nothing is wrong. {name} wants to see how fast this works. To answer, reply: on it"
    ),
    "drill.begins_again": Text(_BUDDY, "DRILL. Nothing is wrong. {name} still waits for your answer: on it"),
    "drill.real_open": Text(
        _BUDDY,
        "Timer of {other}: still open, and that is NO drill. Go on with it: your answer counts there first. "
        "What follows is only a drill.",
    ),
    "drill.alarm_open": Text(
        _BUDDY,
        "About {other}: what I wrote to you is still open, and that is NO drill. Go on with it: your answer counts "
        "there too. What follows is only a drill.",
    ),
    "drill.alarm_open_hers": Text(
        _BUDDY,
        "About {other}: what I wrote to you is still open, and that is NO drill. Go on with it. What follows was "
        "started from the phone of {other}, which may be in other hands, and changes nothing there.",
    ),
    "drill.known": Text(
        _BUDDY,
        "In earnest you would read:\nTimer of {name}: no word since {until}. It is {now} now. "
        "Most often this is just a delay.",
    ),
    "drill.sample": Text(
        _BUDDY,
        "{name} left this for you (a sample):\nNumber 12 in the long street, first floor. Back by train.\n"
        "What {name} wishes (a sample): first ring the house; police only when you have been there.",
    ),
    "drill.ends": Text(_BUDDY, "DRILL. Nothing is wrong. No need to call. Reply: on it"),
    "drill.over_for_you": Text(_BUDDY, "Drill over for you, {seconds} s. Thank you."),
    "drill.still_open": Text(_BUDDY, "About {other}: what I wrote to you is still open, and is NO drill."),
    "drill.over_alarm_open": Text(
        _BUDDY, "Drill over. About {other}: what I wrote to you is still open, and that is NO drill. Go on with it."
    ),
    "drill.over": Text(_BUDDY, "Drill over. Nothing is wrong with {name}. Thank you."),
}
