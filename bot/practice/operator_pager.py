"""The operator's second channel, as practice and tests have it."""


class OperatorPager:
    """Keeps what the operator was told. `broken`: nothing is taken."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.broken = False

    async def tell(self, text: str) -> bool:
        """Whether it was taken."""
        if not self.broken:
            self.told.append(text)
        return not self.broken
