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
)
from bot.texts.text import Text

TEXTS: Mapping[str, Text] = {
    **account.TEXTS,
    **pairing.TEXTS,
    **buddies.TEXTS,
    **own_settings.TEXTS,
    **check_in.TEXTS,
    **details.TEXTS,
    **drill.TEXTS,
    **buddy.TEXTS,
    **alarm.TEXTS,
    **operator.TEXTS,
}
