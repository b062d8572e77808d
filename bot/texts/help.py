"""Texts that help in general; what says how a command is used stands beside its other texts."""

from bot.texts.text import Audience, Text

_PERSON = Audience.PERSON

TEXTS = {
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
    "help.help": Text(_PERSON, "/help: what you can do now. /help start: more about one command."),
}
