"""Texts for the buddies of a silent alarm. What is known, never more; what to do first; what happens next and when.

Her phone shows none of them. She may be beside whoever reads one of her texts: so none of these is ever answered in a
group, and every first line is neutral.
"""

from bot.texts.text import Audience, Text

_BUDDY, _PERSON = Audience.BUDDY, Audience.PERSON

TEXTS = {
    "alarm.first": Text(_BUDDY, "About {name}: please read all of this first."),
    "alarm.known_duress": Text(_BUDDY, "At {at}, {name} gave the sign for not being free to speak. It is {now} now."),
    "alarm.known_sos": Text(_BUDDY, "At {at}, {name} asked me to tell all buddies at once. It is {now} now."),
    "alarm.known_wrong_words": Text(
        _BUDDY,
        "By {at}, three wrong words had come for {name}'s timer. These may be typing errors, "
        "or somebody else who tries. It is {now} now.",
    ),
    "alarm.known_little": Text(
        _BUDDY, "At {at}, {name} gave a sign that you are needed. What it was cannot be read any more. It is {now} now."
    ),
    "alarm.known_later": Text(_BUDDY, "Another sign came at {last}."),
    "alarm.leave_phone": Text(
        _BUDDY,
        "Do not text or call {name} first, and write nothing in the group: the phone may be in other hands. "
        "A timer that shows as ended proves nothing.",
    ),
    "alarm.do_first": Text(
        _BUDDY,
        "1. {name} left no plan for this. Think of who is near, and who can go with you.\n"
        "2. Get near, with somebody, and stay outside at first.\n"
        "3. Then {name}'s own voice, and the question that only {name} can answer.",
    ),
    "alarm.do_first_plan": Text(
        _BUDDY,
        "1. Do what {name}'s plan says; it follows.\n"
        "2. Get near, with somebody, and stay outside at first.\n"
        "3. Then {name}'s own voice, and the question that only {name} can answer.",
    ),
    "alarm.do_first_held_back": Text(
        _BUDDY,
        "1. Think of who is near, and who can go with you.\n"
        "2. Get near, with somebody, and stay outside at first.\n"
        "3. Then {name}'s own voice, and the question that only {name} can answer.",
    ),
    "alarm.nobody_has_it": Text(_BUDDY, "Nobody has it yet."),
    "alarm.others_have_it": Text(_BUDDY, "Who has it: {names}. More of you are welcome."),
    "alarm.you_have_it": Text(_BUDDY, "You have it. I ask you how it stands."),
    "alarm.take_it": Text(_BUDDY, "To take it, reply: on it\nElse I write again at {next}."),
    "alarm.ends": Text(
        _BUDDY,
        "It ends only when one of you has spoken with {name}: /resolve {name}\n"
        "Nothing that {name}'s phone sends ends it.",
    ),
    "alarm.taken": Text(
        _BUDDY,
        "About {name}: you have it. Thank you. The others hear that. When you have spoken with {name}: "
        "/resolve {name}\nI ask you how it stands at {next}.",
    ),
    "alarm.taken_told": Text(
        _BUDDY, "About {name}: {buddy} has it. You may be needed too, so I go on writing until you answer: on it"
    ),
    "alarm.taken_told_too": Text(_BUDDY, "About {name}: {buddy} has it too."),
    "alarm.later_taken": Text(
        _BUDDY,
        "About {name}: somebody who became a buddy of {name} after this had begun was told later, and has answered: "
        "on it. Nothing changes here.",
    ),
    "alarm.given_back": Text(_BUDDY, "About {name}: noted, you no longer have it. I write again at {next}."),
    "alarm.how_it_stands": Text(
        _BUDDY,
        "About {name}: how does it stand? It is {now}.\n"
        "You still have it: /ack\nYou have spoken with {name}: /resolve {name}\n"
        "Without an answer by {next} I go on as if you did not have it.",
    ),
    "alarm.resolved": Text(
        _BUDDY,
        "About {name}: noted, you have spoken with {name}, {now}. The others are told. It ends at {ends} "
        "if that has reached one of them and nobody sends /reopen {name}; else I go on.",
    ),
    "alarm.resolved_alone": Text(
        _BUDDY,
        "About {name}: noted, you have spoken with {name}, {now}. So that it does not end by mistake, "
        "please say it twice. To end it, send it once more by {ends}: /resolve {name}\nElse I go on.",
    ),
    "alarm.resolved_told": Text(
        _BUDDY,
        "About {name}: {buddy} says that they have spoken, {now}. It ends at {ends}. "
        "If you do not believe that it is over: /reopen {name}",
    ),
    "alarm.later_resolved": Text(
        _BUDDY,
        "About {name}: somebody who became a buddy of {name} after this had begun says that they have spoken, {now}. "
        "Nothing changes here. It still ends only when one of you has spoken with {name}: /resolve {name}\n"
        "If you do not believe it: /reopen {name}",
    ),
    "alarm.apart_resolved": Text(
        _BUDDY,
        "About {name}: {buddy} says that they have spoken, {now}. {buddy} has not heard of the last sign, so nothing "
        "changes here. It still ends only when one of you has spoken with {name}: /resolve {name}\n"
        "If you do not believe it: /reopen {name}",
    ),
    "alarm.word_sent": Text(
        _BUDDY, "About {name}: at {now} the word for a normal end was sent. It changes nothing here."
    ),
    "alarm.ended": Text(
        _BUDDY,
        "About {name}: closed, {now}. {buddy} says that they have spoken, and nobody reopened it. Thank you. "
        "All that {name} left for you is erased here; please delete it in this chat too.",
    ),
    "alarm.reopened": Text(_BUDDY, "About {name}: it is open again. I write to all of you now."),
    "alarm.not_paused": Text(_BUDDY, "Nothing changed. About {name}: it is not paused, I go on anyway."),
    "alarm.paused": Text(
        _BUDDY, "Nothing changed. {buddy} says that they have spoken. If you do not believe it: /reopen {name}"
    ),
    "alarm.left": Text(_BUDDY, "You have left what was open about {name}. The others still have it."),
    "alarm.left_last": Text(_BUDDY, "You have left what was open about {name}. Nobody else is told of it any more."),
    "status.alarm": Text(
        _BUDDY,
        "About {name}: open since {at}. You were told at {told}. My message: {delivery_text}. {state_text}",
    ),
    "state.alarm_others": Text(_BUDDY, "Who has it: {names}."),
    "help.alarm": Text(
        _BUDDY,
        "About {name}: what I wrote to you is open. To take it, send: on it\nTo read it again: /again\n"
        "When you have spoken with {name}: /resolve {name}",
    ),
    "sos.nobody": Text(_PERSON, "Nothing changed. You have no buddy I could tell. To ask somebody: /invite"),
    "help.sos": Text(
        _PERSON,
        "/sos: I tell your buddies at once, and nothing shows in a group. You may add some words. "
        "I answer with 👍 on your message when it is sent, and ✅ when a buddy's phone has it.",
    ),
    "help.or_sos": Text(_PERSON, "Nothing changed. To have your buddies told at once, send: /sos"),
}
