"""Texts for whoever runs the bot, through the second channel. They name nobody."""

from bot.texts.text import Audience, Text

_OPERATOR = Audience.OPERATOR

TEXTS = {
    "operator.reaches_nobody": Text(
        _OPERATOR,
        "Buddy bot: a message that must reach somebody reaches nobody. No phone has confirmed it so far. "
        "Please look at once whether the bot, signal-cli and Signal work. I go on trying.",
    ),
    "operator.nobody_to_tell": Text(
        _OPERATOR,
        "Buddy bot: somebody asked for all buddies at once, and there is nobody left whom I may tell. I do not say who "
        "it is. If you know who may need somebody now, please ask after them, by voice.",
    ),
    "operator.signal_away": Text(
        _OPERATOR,
        "Buddy bot: Signal has not been reachable for 2 minutes, and timers are running. Nothing is lost, but nothing "
        "leaves. Please look at the network and at signal-cli.",
    ),
    "operator.signal_back": Text(_OPERATOR, "Buddy bot: Signal is reachable again. What waited is being sent."),
    "operator.captcha": Text(
        _OPERATOR,
        "Buddy bot: Signal asks for a captcha before it takes more messages. Please solve it "
        "(signal-cli: submitRateLimitChallenge). Until then messages may not arrive.",
    ),
    "operator.deadline_fails": Text(
        _OPERATOR,
        "Buddy bot: a step of a timer fails again and again. I go on trying, and whoever must know of a time that "
        "has passed gets a plain message meanwhile. Please look at my log at once: deadline_failed.",
    ),
    "operator.message_parked": Text(
        _OPERATOR,
        "Buddy bot: a message could not be handled, after several tries, and is set aside. Whoever wrote it was told, "
        "if that was possible. Please look at my log: message_failed, message_parked.",
    ),
}
