"""`buddy run` and `buddy invite`: the bot on the real clock, the real chance, the real signal-cli."""

import asyncio
import random
import secrets
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.app import Bot, Edges
from bot.attachments import DiskAttachments
from bot.clock import SystemClock
from bot.domain.codes import make_code
from bot.errors import NotShown
from bot.log import Log
from bot.opening import opened, visited
from bot.operator_channel import operator_channel
from bot.qr_codes import remove_picture, save_picture
from bot.settings import Settings
from bot.transport.endpoints import endpoint_from
from bot.transport.log_fence import fence_everything
from bot.words_desk import WORD_PLACES
from storage.unit_of_work import Store
from storage.words import Argon2Words, measured_time_cost


async def run_bot(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises StorageError or EndpointTextError before anything is started."""
    clock = SystemClock()
    log = Log(clock)
    fence_everything(log)
    endpoint = endpoint_from(settings.signal)
    async with opened(settings, clock) as ready:
        with ThreadPoolExecutor(WORD_PLACES, thread_name_prefix="words") as executor:
            edges = Edges(
                clock=clock,
                random_bytes=secrets.token_bytes,
                chance=random.SystemRandom().random,
                endpoint=endpoint,
                store=ready.store,
                ownership=ready.ownership,
                hasher=Argon2Words(secrets.token_bytes, await words_cost(ready.store)),
                executor=executor,
                log=log,
                operator=operator_channel(settings.operator),
                attachments=DiskAttachments(settings.attachments_folder),
            )
            if not settings.operator:
                log.tell_warning("no_operator_channel")
            if ready.logs_values:
                log.tell_warning("database_logs_values")
            bot = Bot(edges, settings)
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, bot.request_stop)
            log.tell("started")
            await bot.run()
            log.tell("stopped")


async def words_cost(store: Store) -> int:
    """How much work each comparing of a word is: measured at the first start, and kept."""
    if (kept := await store.run(lambda records: records.seals.words_cost())) is not None:
        return kept
    measured = measured_time_cost(time.perf_counter)
    await store.run(lambda records: records.seals.keep_words_cost(measured))
    return await store.run(lambda records: records.seals.words_cost()) or measured


async def invite_somebody(settings: Settings, show_code: Callable[[str], None], picture: Path | None) -> None:
    """Show a fresh one-time code of the operator's, kept in the database. Works beside a running bot.

    `picture` is made of what is to be sent with it. There is never a code that nobody knows of: the picture comes
    first, and a code that cannot be shown is taken back. Raises PictureNotMade, NotShown, or a StorageError with a text
    for people.
    """
    async with visited(settings, SystemClock()) as store:
        code = make_code(secrets.token_bytes)
        if picture is not None:
            save_picture(f"/join {code}", picture)
        now = SystemClock().now()
        await store.run(lambda records: records.invites.add(code, None, now, now + settings.timing.invite_valid))
        try:
            show_code(code)
        except NotShown as error:
            await store.run(lambda records: records.invites.take_back(code))
            if picture is not None:
                remove_picture(picture)
            raise NotShown(
                "The invite code could not be printed: the output is closed, or its disk is full. The code was taken "
                "back and lets nobody in. Run this again where its output can be read."
            ) from error
