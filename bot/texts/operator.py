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
}
