"""What the operator is told besides alerts that reach nobody: Signal is away, wants a captcha, a message is parked."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import StorageError
from bot.log import Log
from bot.use_cases.voice import Voice
from storage.unit_of_work import Store

AGAIN = timedelta(hours=1)
"""What lasts, or comes in numbers, is said so often."""


class OperatorNews:
    """Puts messages to the operator into the outbox. An error is logged: what it was about is in the log, too."""

    def __init__(self, store: Store, clock: Clock, log: Log) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._away_told = False
        self._told_at: dict[str, datetime] = {}

    async def signal_away(self) -> None:
        """Signal has been away for so long that the operator has to know."""
        self._away_told = True
        await self._tell("operator.signal_away", even_if_waits=True)

    async def signal_back(self) -> None:
        """Signal is back; said only where it was said that it was away."""
        if self._away_told:
            self._away_told = False
            await self._tell("operator.signal_back", even_if_waits=True)

    async def captcha(self) -> None:
        """Signal refuses messages until a captcha is solved; said once an hour."""
        await self._tell_at_times("operator.captcha")

    async def message_parked(self) -> None:
        """A message could not be handled and was set aside; said once an hour."""
        await self._tell_at_times("operator.message_parked")

    async def _tell_at_times(self, text: str) -> None:
        now, told_at = self._clock.now(), self._told_at.get(text)
        if told_at is None or now - told_at >= AGAIN:
            self._told_at[text] = now
            await self._tell(text)

    async def _tell(self, text: str, *, even_if_waits: bool = False) -> None:
        now = self._clock.now()
        try:
            await self._store.run(lambda records: Voice(records, now).to_operator(text, even_if_waits=even_if_waits))
        except StorageError as error:
            self._log.failure("operator_not_told", error)
