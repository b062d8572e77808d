"""Every text that the bot says, by name. Nowhere else is a sentence for people made (DESIGN, invariant 10)."""

from collections.abc import Mapping

from bot.texts import account, buddies, buddy, check_in, drill, own_settings, pairing
from bot.texts.text import Text

TEXTS: Mapping[str, Text] = {
    **account.TEXTS,
    **pairing.TEXTS,
    **buddies.TEXTS,
    **own_settings.TEXTS,
    **check_in.TEXTS,
    **drill.TEXTS,
    **buddy.TEXTS,
}
