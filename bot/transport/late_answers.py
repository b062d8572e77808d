"""Answers to calls that were given up: of a send they still say whether the message is out."""

import asyncio

from bot.transport.errors import Answer

KEPT_SECONDS = 300.0
"""So long an answer is of use after its call was given up."""
KEPT_AT_MOST = 2000


class LateAnswers:
    """What one connection may still answer. Who waits for an answer that is given up for good is cancelled."""

    def __init__(self) -> None:
        self._awaited: dict[str, tuple[asyncio.Future[Answer], asyncio.TimerHandle]] = {}

    def await_further(self, call_id: str, answer: asyncio.Future[Answer]) -> asyncio.Future[Answer]:
        """From now on, for some minutes; where there are too many, in place of the oldest. Returns the answer."""
        if len(self._awaited) >= KEPT_AT_MOST:
            self._give_up(next(iter(self._awaited)))
        timer = asyncio.get_running_loop().call_later(KEPT_SECONDS, self._give_up, call_id)
        self._awaited[call_id] = answer, timer
        return answer

    def take(self, call_id: str) -> asyncio.Future[Answer] | None:
        """Whom the answer to this call is for."""
        answer, timer = self._awaited.pop(call_id, (None, None))
        if timer is not None:
            timer.cancel()
        return answer

    def end(self) -> None:
        """The connection has ended: nothing comes any more."""
        for call_id in list(self._awaited):
            self._give_up(call_id)

    def _give_up(self, call_id: str) -> None:
        answer = self.take(call_id)
        if answer is not None:
            answer.cancel()
