"""Every text that the bot says, by name. Nowhere else is a sentence for people made (DESIGN, invariant 10)."""

from collections.abc import Mapping

from bot.texts import (
    account,
    alarm,
    alert,
    buddies,
    check_in,
    details,
    drill,
    export,
    operator,
    pairing,
    phones,
    renew,
    settings,
)
from bot.texts import (
    help as general_help,
)
from bot.texts.text import Text

TOPICS: Mapping[str, Mapping[str, Text]] = {
    "An account: its name, zone and words, a forgotten word, leaving for good": account.TEXTS,
    "Help": general_help.TEXTS,
    "Becoming a pair, and parting": pairing.TEXTS,
    "How long a pair holds": renew.TEXTS,
    "Her buddies, their order, and who is away": buddies.TEXTS,
    "A timer": check_in.TEXTS,
    "What is left for buddies": details.TEXTS,
    "A new phone": phones.TEXTS,
    "An alert": alert.TEXTS,
    "A silent alarm": alarm.TEXTS,
    "A drill": drill.TEXTS,
    "How timers work": settings.TEXTS,
    "One's own data": export.TEXTS,
    "The operator's second channel": operator.TEXTS,
}
"""What a text is about, in the order in which people meet it."""

TEXTS: Mapping[str, Text] = {name: text for topic in TOPICS.values() for name, text in topic.items()}
