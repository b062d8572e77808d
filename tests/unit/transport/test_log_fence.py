"""What libraries report is restated without a word of theirs (issue: "third-party loggers are fenced")."""

import subprocess
import sys

import pytest

SECRET = "purple giraffe"
FENCED = """
import asyncio, gc, logging, warnings
from bot.transport.counters import NoCounters
from bot.transport.log_fence import fence_everything
fence_everything(NoCounters())
"""
WARNS = f"logging.getLogger('urllib3.connectionpool').warning('Retrying: /bot%s/sendMessage', '{SECRET}')"
FAILS = f"""
try:
    raise ValueError('{SECRET}')
except ValueError:
    logging.getLogger('some.library').exception('about {SECRET}')
"""
FORGETS = f"""
async def fails():
    raise ValueError('{SECRET}')
async def forgets():
    await asyncio.wait([asyncio.ensure_future(fails())])
    gc.collect()
asyncio.run(forgets())
"""
PYTHON_WARNS = f"warnings.warn('{SECRET}')"
DIES = f"""
import threading
def dies():
    raise ValueError('{SECRET}')
thread = threading.Thread(target=dies)
thread.start()
thread.join()
"""
IS_IGNORED = f"""
class Fails:
    def __del__(self):
        raise ValueError('{SECRET}')
Fails()
"""
BEGINS = f"""
import asyncio, logging
from bot import running
class Stopped(Exception):
    pass
def stop(_):
    logging.getLogger('some.library').warning('{SECRET}')
    raise Stopped
running.endpoint_from = stop
from bot.settings import read_settings
try:
    asyncio.run(running.run_bot(read_settings(signal='unix:socket', account='+14155550100')))
except Stopped:
    pass
"""


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (FENCED + WARNS, "urllib3 reported a warning (no exception)."),
        (FENCED + FAILS, "some reported a error (ValueError)."),
        (FENCED + FORGETS, "asyncio reported a error (ValueError)."),
        (FENCED + PYTHON_WARNS, "py reported a warning (no exception)."),
        (FENCED + DIES, "thread reported a error (ValueError)."),
        (FENCED + IS_IGNORED, "python reported a error (ValueError)."),
        (BEGINS, "some reported a warning (no exception)."),
    ],
    ids=[
        "a warning",
        "an error",
        "an error that nobody looked at",
        "a warning of Python",
        "a thread that dies",
        "an ignored error",
        "in the running bot",
    ],
)
def test_no_word_of_it_is_told(does: str, told: str) -> None:
    ended = subprocess.run([sys.executable, "-c", does], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("", f"{told}\n")
