"""Every text that the bot says, by name. Nowhere else is a sentence for people made (DESIGN, invariant 10)."""

from collections.abc import Mapping

from bot.texts import (
    account,
    alarm,
    buddies,
    buddy,
    check_in,
    details,
    drill,
    operator,
    own_settings,
    pairing,
    phones,
    renew,
)
from bot.texts.text import Text

TOPICS: Mapping[str, Mapping[str, Text]] = {
    "An account, its name, zone and words, and help": account.TEXTS,
    "Becoming a pair, and parting": pairing.TEXTS,
    "How long a pair holds": renew.TEXTS,
    "The order of buddies, and who is away": buddies.TEXTS,
    "A timer": check_in.TEXTS,
    "What is left for buddies, and one's own data": details.TEXTS,
    "A new phone": phones.TEXTS,
    "An alert": buddy.TEXTS,
    "A silent alarm": alarm.TEXTS,
    "A drill": drill.TEXTS,
    "Settings, a forgotten word, leaving for good": own_settings.TEXTS,
    "The operator's second channel": operator.TEXTS,
}
"""What a text is about, in the order in which people meet it."""

TEXTS: Mapping[str, Text] = {name: text for topic in TOPICS.values() for name, text in topic.items()}
