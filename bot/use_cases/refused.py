"""How a use case says no."""

from collections.abc import Mapping

from bot.domain.outgoing import Fact


class Refused(Exception):  # noqa: N818 (a refusal, not a fault)
    """Not possible now. `text` and `facts` are the answer for the person; nothing has changed."""

    def __init__(self, text: str, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.facts = dict(facts or {})
