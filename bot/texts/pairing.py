"""Texts about how person and buddy come together and part."""

from bot.texts.text import Audience, Text

_ANYBODY, _PERSON, _BUDDY, _GROUP = Audience.ANYBODY, Audience.PERSON, Audience.BUDDY, Audience.GROUP

TEXTS = {
    "help.invite": Text(_PERSON, "/invite: a code that makes somebody your buddy. It works once, for 48 hours."),
    "invite.made": Text(
        _PERSON,
        "Send the next message on to your buddy. The code works once, until {until}. Open invitations: {open} of 5.",
    ),
    "invite.forward": Text(
        _PERSON,
        "Will you be my buddy? Somebody who is told when my timer ends and I am not back.\n"
        "In Signal, write to {account}:\n/join {code}",
    ),
    "invite.only_known": Text(
        _PERSON, "I let no new people in just now. This code is for somebody who uses me already."
    ),
    "invite.needs_name": Text(_PERSON, "Nothing changed. First tell me what your buddy should call you: /name Ana"),
    "invite.too_many": Text(_PERSON, "Nothing changed. 5 invitations are open already. One ends at {until}."),
    "help.join": Text(_PERSON, "/join CODE: answer an invitation. I first explain what it means."),
    "join.welcome": Text(
        _ANYBODY,
        "Welcome. I keep timers and tell your buddy when you are not back in time. "
        "I am no emergency service, and I can fail.\nFirst, what should your buddies call you? /name Ana",
    ),
    "join.explain": Text(
        _ANYBODY,
        "{name} asks you to be a buddy.\n"
        "It means: when a timer of {name} ends and no word comes, I write to you, at night too. "
        "You then call {name}, and do what the two of you agreed. "
        "Only then do you see what {name} left for you; before, at most that a timer runs.\n"
        "I am no emergency service, and I can fail. You can leave at any time: /unpair {name}\n"
        "Yes: /accept   No: /decline",
    ),
    "join.wrong_code": Text(_ANYBODY, "Nothing changed. That code is not valid (any more). Ask for a new one."),
    "join.own_code": Text(_PERSON, "Nothing changed. That is your own code. Send it to your buddy."),
    "join.already": Text(_PERSON, "Nothing changed. You and {name} are paired already, or about to be."),
    "join.already_in": Text(_PERSON, "Nothing changed. You are in already. Send help to see what you can do."),
    "join.answer_first": Text(_PERSON, "Nothing changed. {name} still waits for your answer: /accept or /decline"),
    "help.accept": Text(_PERSON, "/accept: say yes to the invitation you joined."),
    "accept.needs_name": Text(_PERSON, "Nothing changed. First tell me what {name} should call you: /name Bo"),
    "accept.saved": Text(
        _PERSON, "Thank you. I have asked {name} to confirm that it is you. I tell you when it is done."
    ),
    "accept.nothing_open": Text(
        _PERSON, "Nothing changed. No invitation waits for your answer. To use one: /join CODE"
    ),
    "help.decline": Text(_PERSON, "/decline: say no to the invitation you joined."),
    "decline.saved": Text(_PERSON, "Noted. You are not a buddy of {name}."),
    "decline.told": Text(_PERSON, "Your invitation was declined. For another one: /invite"),
    "help.confirm": Text(
        _PERSON,
        "/confirm Bo: yes, this is my buddy, or the new phone of a buddy. With a word set: /confirm Bo WORD\n"
        "/confirm me WORD: yes, this new phone is mine.",
    ),
    "confirm.ask": Text(
        _PERSON,
        "Somebody who uses the name {name} used your code and wants to be your buddy. "
        "Please ask {name} by voice if that is right.\nYes: /confirm {name}   No: /reject {name}",
    ),
    "confirm.ask_with_word": Text(
        _PERSON,
        "Somebody who uses the name {name} used your code and wants to be your buddy. "
        "Please ask {name} by voice if that is right.\nYes: /confirm {name} WORD   No: /reject {name}",
    ),
    "confirm.saved": Text(
        _PERSON,
        "Done. {name} is your buddy. I put the two of you into a group with me. Your phone shows that group, "
        "so only short notes about timers go there.",
    ),
    "confirm.next_word": Text(_PERSON, "Next, choose the word that ends your timers: /words WORD"),
    "confirm.told": Text(
        _PERSON,
        "Done. You are now a buddy of {name}. I put the two of you into a group with me. Let it ring, "
        "and please answer {name}'s timers there with a 👍.",
    ),
    "confirm.nobody_waits": Text(_PERSON, "Nothing changed. Nobody waits for your answer. To ask somebody: /invite"),
    "confirm.not_waiting": Text(
        _PERSON, "Nothing changed. Nobody of that name waits for your answer. Like this: {example}"
    ),
    "confirm.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /confirm {name} WORD"),
    "confirm.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /confirm {name} WORD"),
    "help.reject": Text(_PERSON, "/reject Bo: no, this is not the person I invited."),
    "reject.saved": Text(_PERSON, "Noted. {name} is not your buddy."),
    "reject.told": Text(_PERSON, "{name} has not confirmed. You are not a buddy of {name}."),
    "help.unpair": Text(
        _PERSON,
        "/unpair Bo WORD: ends it at once, and the group goes. A buddy needs no word. "
        "/unpair Bo WORD quietly: Bo is not told, the group stays, and I say nothing of yours there any more.",
    ),
    "unpair.unknown_name": Text(
        _PERSON, "Nothing changed. I know nobody of that name here. To see your buddies: /buddies"
    ),
    "unpair.two_of_that_name": Text(
        _PERSON, "Nothing changed. Two people here go by that name. Ask one of them to take another: /name"
    ),
    "unpair.or_alarm": Text(
        _BUDDY,
        "Nothing changed. Something is open about somebody else of that name. To leave that alone: {examples}\n"
        "To part from the other one after all, ask for another name: /name",
    ),
    "unpair.alarm_or_other": Text(
        _BUDDY,
        "Nothing changed. That may mean two people. To leave what is open about the one: {examples}\n"
        "To part from the other one: /unpair {name}",
    ),
    "unpair.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /unpair {name} WORD"),
    "unpair.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /unpair {name} WORD"),
    "unpair.saved": Text(_PERSON, "Done. You and {name} are no longer paired. Your group goes too."),
    "unpair.saved_quietly": Text(
        _PERSON,
        "Done. {name} is no longer your buddy and is not told. Your group with {name} stays, and I say nothing of "
        "yours there any more.",
    ),
    "unpair.not_quietly": Text(
        _PERSON,
        "Nothing changed. Only a buddy of yours can be left quietly, and {name} is none. Like this: /unpair {name}",
    ),
    "unpair.told": Text(_PERSON, "You and {name} are no longer paired."),
    "unpair.at_close": Text(
        _PERSON, "Noted. You leave as soon as {name}'s timer is closed, at {by} at the latest. {name} is told."
    ),
    "unpair.no_buddy": Text(_PERSON, "{name} is no longer your buddy, and is told that too."),
    "unpair.no_buddy_told": Text(_PERSON, "You are no longer a buddy of {name}."),
    "unpair.at_close_told": Text(
        _PERSON, "{name} leaves as your buddy when this timer is closed, at {by} at the latest."
    ),
    "unpair.left": Text(
        _PERSON, "As you asked, you are no longer a buddy of {name}. I write to you no more about this timer of {name}."
    ),
    "unpair.left_told": Text(_PERSON, "{name} has asked to leave and is no longer your buddy."),
    "unpair.left_others": Text(_PERSON, "Your timer goes on, and your other buddies are there for it."),
    "unpair.left_nobody": Text(
        _PERSON,
        "You have no buddy now: your timer goes on, but if no word comes from you, I can write to nobody. "
        "Once you have ended it with your word, ask somebody: /invite",
    ),
    "group.title": Text(_GROUP, "{name} + {buddy}"),
    "group.hello": Text(
        _GROUP,
        "Hello {name} and {buddy}. Timers show up here, in short. Everything else is between each of you and me.",
    ),
}
