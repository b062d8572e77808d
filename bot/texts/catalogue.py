"""Every text that the bot says, by name. Nowhere else is a sentence for people made (DESIGN, invariant 10)."""

from collections.abc import Mapping

from bot.texts import account, alarm, buddy, check_in, details, operator, pairing
from bot.texts.text import Text

TEXTS: Mapping[str, Text] = {
    **account.TEXTS,
    **pairing.TEXTS,
    **check_in.TEXTS,
    **details.TEXTS,
    **buddy.TEXTS,
    **alarm.TEXTS,
    **operator.TEXTS,
}
