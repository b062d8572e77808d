"""The operator's second channel (SPEC: "an alert reaches nobody"): what must be heard when Signal is not."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol


class OperatorChannel(Protocol):
    """Tells whoever runs the bot."""

    async def tell(self, text: str) -> bool:
        """Whether at least one way has taken the message. Never raises."""
        ...


class NoChannel:
    """Nothing was set: only the log says it."""

    async def tell(self, text: str) -> bool:
        """Taken by nobody, and trying again will not help."""
        return True


class AppriseChannel:
    """Every address of `BUDDY_OPERATOR`, through Apprise: mail, push services, chats, SMS."""

    def __init__(self, urls: Sequence[str]) -> None:
        """Raises ValueError when an address is none that Apprise knows; the message does not repeat it."""
        from apprise import Apprise  # a large library, needed only where an address is set

        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its records hold addresses with passwords
        self._apprise = Apprise()
        self._thread = ThreadPoolExecutor(1, "operator")  # if it hangs, only this one does
        if not all(self._apprise.add(url) for url in urls):
            raise ValueError("an address for the operator is written like mailto://user:password@host or ntfys://topic")

    async def tell(self, text: str) -> bool:
        """Sends to all addresses, off the event loop."""
        notify = partial(self._apprise.notify, body=text)
        return bool(await asyncio.get_running_loop().run_in_executor(self._thread, notify))


def operator_channel(addresses: str) -> OperatorChannel:
    """The channel for the addresses (Apprise URLs, separated by spaces). Raises ValueError."""
    urls = addresses.split()
    return AppriseChannel(urls) if urls else NoChannel()
