"""Texts for a buddy about an alert. What is known, never more; what to do first; what happens next and when."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY = Audience.PERSON, Audience.BUDDY

TEXTS = {
    "alert.known": Text(
        _BUDDY, "Timer of {name}: no word since {until}. It is {now} now. Most often this is just a delay."
    ),
    "alert.known_again": Text(
        _BUDDY, "Timer of {name}: still no word since {until}. It is {now} now. Nobody has it yet."
    ),
    "alert.known_so_far": Text(_BUDDY, "Timer of {name}: no word since {until}. It is {now} now. {state_text}"),
    "alert.no_drill": Text(_BUDDY, "THIS IS NO DRILL. The drill that you were told of has nothing to do with it."),
    "alert.late": Text(_BUDDY, "This message comes {late} late: I was not running, or could not reach Signal."),
    "alert.somebody_said": Text(_BUDDY, "{resolver} said that they have spoken, but the word for it has not come."),
    "alert.you_said": Text(_BUDDY, "You said that you have spoken, but the word for it has not come."),
    "alert.do_first": Text(
        _BUDDY,
        "1. Call {name} now. A text proves nothing, anyone can hold a phone.\n"
        "2. Ask the question that only {name} can answer.\n"
        "3. No answer: wait 2 minutes, call again. Still none: do what the two of you agreed.",
    ),
    "alert.do_first_plan": Text(
        _BUDDY,
        "1. Call {name} now. A text proves nothing, anyone can hold a phone.\n"
        "2. Ask the question that only {name} can answer. It stands in the plan that {name} left.\n"
        "3. No answer: wait 2 minutes, call again. Still none: do what the plan says.",
    ),
    "alert.take_it": Text(_BUDDY, "To take it, reply: on it"),
    "alert.next_other": Text(_BUDDY, "If nobody takes it, I also tell somebody else at {next}."),
    "alert.next_again": Text(_BUDDY, "If nobody takes it, I write again at {next}."),
    "alert.ends": Text(
        _BUDDY,
        "It ends when {name} sends the word for it. When you have spoken with {name}, and not before: /resolve {name}",
    ),
    "alert.plain": Text(
        _BUDDY,
        "Timer of {name}: no word since {until}. It is {now} now.\n"
        "I cannot tell you more: something is wrong with what I keep about this timer. Whoever runs me knows.",
    ),
    "alert.plain_ends": Text(
        _BUDDY, "All of {name}'s buddies get this message. I write again at {next}, until the word for it comes."
    ),
    "alert.plain_nameless": Text(
        _BUDDY,
        "Timer of somebody: no word since {until}. It is {now} now.\nI cannot tell you whose it is, or more: something "
        "is wrong with what I keep about this timer. Whoever runs me knows.\n"
        "Call everybody whose buddy you are, one after the other, now. A text proves nothing.",
    ),
    "alert.plain_ends_nameless": Text(_BUDDY, "I write again at {next}, until the word for it comes."),
    "alert.police": Text(
        _BUDDY, "Police: {name} has stated no wish. So not, unless life is in danger before your eyes."
    ),
    "alert.police_plan": Text(
        _BUDDY,
        "Police: what the plan says holds. If it says nothing about them: not, unless life is in danger "
        "before your eyes.",
    ),
    "alert.police_lost": Text(
        _BUDDY,
        "Police: the plan that {name} left cannot be read any more. So not, unless life is in danger before your eyes.",
    ),
    "alert.details": Text(_BUDDY, "Timer of {name}, {part} of {parts}. {name} left this for you:\n{details}"),
    "alert.no_details": Text(_BUDDY, "{name} left nothing else for you this time."),
    "alert.details_lost": Text(_BUDDY, "What {name} left for you cannot be read any more."),
    "alert.plan": Text(_BUDDY, "Timer of {name}, {part} of {parts}. What {name} planned for this:\n{plan}"),
    "alert.added": Text(_BUDDY, "Timer of {name}: {name} has left more for you:\n{added}"),
    "alert.file": Text(_BUDDY, "Timer of {name}: {what_text} that {name} left at {at}."),
    "detail.line": Text(_BUDDY, "{line}"),
    "detail.note": Text(_BUDDY, "{at}: {line}"),
    "detail.location": Text(_BUDDY, "Location, {at}: {link}"),
    "detail.last_location": Text(_BUDDY, "Last location, {at}: {link}"),
    "detail.file": Text(_BUDDY, "{at}: {what_text}; it follows."),
    "detail.lost": Text(_BUDDY, "{at}: this cannot be read any more."),
    "what.photo": Text(_BUDDY, "a photo"),
    "what.voice": Text(_BUDDY, "a voice note"),
    "what.video": Text(_BUDDY, "a video"),
    "what.file": Text(_BUDDY, "a file"),
    "alert.new_time": Text(
        _BUDDY, "{name} sent the word and needs more time: the timer now runs until {until}. Nothing to do. Thank you."
    ),
    "alert.time_asked_before": Text(
        _BUDDY,
        "{name} had asked for more time in good time, which reached me late: the timer now runs until {until}. "
        "Nothing to do. Thank you.",
    ),
    "alert.all_clear": Text(
        _BUDDY, "{name} has sent the word, {now}: the timer is closed. Nothing more to do. Thank you."
    ),
    "alert.other_open": Text(_BUDDY, "What else I wrote to you about {name} is still open, and goes on."),
    "help.ack": Text(
        _PERSON, "/ack or on it: you take what I wrote to you about somebody. If I ask which one: /ack Ana"
    ),
    "taken.confirm": Text(
        _BUDDY,
        "You have it. Thank you. Call {name}; when you have spoken: /resolve {name}\n"
        "I ask you how it stands at {next}.",
    ),
    "taken.confirm_given_back": Text(
        _BUDDY, "Noted: you no longer have it. I tell the others, or you again at {next}."
    ),
    "taken.told": Text(
        _BUDDY, "Timer of {name}: {buddy} has it. You need do nothing for now. I write again if that changes."
    ),
    "taken.already_yours": Text(
        _BUDDY, "Nothing changed: you have it already. When you have spoken with {name}: /resolve {name}"
    ),
    "taken.how_it_stands": Text(
        _BUDDY,
        "Timer of {name}: how does it stand? It is {now}.\n"
        "You still have it: /ack\nYou have spoken with {name}: /resolve {name}\n"
        "Without an answer by {next} I go on asking the others.",
    ),
    "taken.how_it_stands_alone": Text(
        _BUDDY,
        "Timer of {name}: how does it stand? It is {now}.\n"
        "You still have it: /ack\nYou have spoken with {name}: /resolve {name}\n"
        "Without an answer by {next} I write to you again.",
    ),
    "taken.held": Text(_BUDDY, "Thank you. You still have it. I ask again at {next}."),
    "taken.resumed": Text(_BUDDY, "Timer of {name} is open again. I go on asking."),
    "taken.nothing_open": Text(_BUDDY, "Nothing changed. Nothing is open for you right now."),
    "taken.which": Text(_BUDDY, "Nothing changed, and I go on with all of them. Which one? {examples}"),
    "taken.alert_only": Text(
        _BUDDY,
        "That was for the timer of {name} only. What else I wrote to you, about {names}, comes first; it is not taken, "
        "and goes on. To take that too: {examples}",
    ),
    "taken.here_please": Text(_BUDDY, "Nothing changed. To take it, please reply here: on it"),
    "taken.paused": Text(
        _BUDDY, "Nothing changed. {buddy} says that they have spoken. If it is not over: /reopen {name}"
    ),
    "taken.paused_yours": Text(
        _BUDDY, "Nothing changed. You have said that you two have spoken. If it is not over: /reopen {name}"
    ),
    "help.again": Text(_PERSON, "/again: I send what is open about somebody once more, whole."),
    "again.nothing_open": Text(_BUDDY, "Nothing changed. No message of that kind is open for you."),
    "help.resolve": Text(
        _PERSON, "/resolve Ana: tells me that you have spoken with Ana yourself. A text message is not enough."
    ),
    "resolve.saved": Text(
        _BUDDY,
        "Noted: you have spoken with {name}, {now}. I ask {name} for the word until {next}; "
        "if it does not come, I go on. If it is not over: /reopen {name}",
    ),
    "resolve.told": Text(
        _BUDDY,
        "Timer of {name}: {buddy} says that they have spoken, {now}. I ask {name} for the word until {next}; "
        "if it does not come, I go on. If it is not over: /reopen {name}",
    ),
    "open.unknown_name": Text(_BUDDY, "Nothing changed. Nothing is open for that name. Like this: {example}"),
    "resolve.too_often": Text(
        _BUDDY,
        "Nothing changed: it goes on as it is. You have sent /resolve often within an hour, and each that did not hold "
        "has called others, or asked for the word, once more. Please wait a while.",
    ),
    "resolve.paused_already": Text(_BUDDY, "Nothing changed. That was said already. If it is not over: /reopen {name}"),
    "help.reopen": Text(_PERSON, "/reopen Ana: tells me that it is not over after all, and I go on."),
    "reopen.saved": Text(_BUDDY, "Timer of {name} is open again. I go on now."),
    "reopen.not_paused": Text(_BUDDY, "Nothing changed. Timer of {name} is not paused: I go on anyway."),
    "status.alert": Text(
        _BUDDY,
        "Timer of {name}: no word since {until}. You were told at {told}. My message: {delivery_text}. {state_text}",
    ),
    "status.on_call": Text(_BUDDY, "Timer of {name}: it runs until {until}, and you are on call."),
    "delivery.waiting": Text(_BUDDY, "not sent yet"),
    "delivery.unknown": Text(_BUDDY, "perhaps sent, I try again"),
    "delivery.unregistered": Text(_BUDDY, "refused, because this account was not registered at Signal"),
    "delivery.rate_limit": Text(_BUDDY, "held up by Signal for a while, I try again"),
    "delivery.captcha": Text(_BUDDY, "held up by Signal until my operator has acted"),
    "delivery.identity": Text(_BUDDY, "refused, because the safety number of your phone is new"),
    "delivery.failed": Text(_BUDDY, "refused by Signal"),
    "delivery.sent": Text(_BUDDY, "sent, not yet arrived on your phone"),
    "delivery.other_device": Text(_BUDDY, "arrived on a computer of yours, not yet on your phone"),
    "delivery.delivered": Text(_BUDDY, "arrived on your phone"),
    "delivery.read": Text(_BUDDY, "read"),
    "state.nobody": Text(_BUDDY, "Nobody has it yet."),
    "state.you": Text(_BUDDY, "You have it."),
    "state.other": Text(_BUDDY, "{buddy} has it."),
    "state.paused": Text(_BUDDY, "{buddy} says that they have spoken."),
    "state.paused_by_you": Text(_BUDDY, "You said that you have spoken with {name}."),
}
