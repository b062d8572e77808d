"""Ways to reach a signal-cli, over real sockets and real children."""

import asyncio
import os
import shlex
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import ANY

import pytest

from bot.transport.endpoints import SpawnEndpoint, TcpEndpoint, UnixEndpoint, endpoint_from
from bot.transport.lines import LineReader

ECHO = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"
STUBBORN = (
    "import os, signal, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print(os.getpid(), flush=True)\n"
    "time.sleep(1000)"
)


def python(source: str) -> str:
    return f"spawn:{shlex.quote(sys.executable)} -c {shlex.quote(source)}"


@asynccontextmanager
async def server(answer):
    """An echoing server on a free port."""

    async def serve(reader, writer):
        await answer(reader, writer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as running:
        yield running.sockets[0].getsockname()[1]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_text_names_a_socket():
    assert endpoint_from("unix:/run/signal-cli/socket") == UnixEndpoint("/run/signal-cli/socket", counters=ANY)


def test_text_names_a_port():
    assert endpoint_from("tcp:signal-cli:7583") == TcpEndpoint("signal-cli", 7583, counters=ANY)
    assert endpoint_from("tcp:[::1]:7583") == TcpEndpoint("::1", 7583, counters=ANY)


def test_text_names_a_command():
    assert endpoint_from("spawn:run 'a b' c") == SpawnEndpoint(("run", "a b", "c"), counters=ANY)


def test_spawned_signal_cli_receives_only_when_it_is_asked_to():
    command = ("signal-cli", "-a", "+1", "jsonRpc", "--receive-mode", "manual")
    assert endpoint_from("spawn:signal-cli -a +1 jsonRpc") == SpawnEndpoint(command, counters=ANY)
    assert endpoint_from("spawn:signal-cli -a +1 jsonRpc --receive-mode manual").command == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unix",
        "unix:",
        "unix: ",
        "http://x",
        "/run/x",
        "tcp:7583",
        "tcp::1",
        "tcp:h:0",
        "tcp:h:70000",
        "tcp:h:x",
        "spawn:a 'b",
    ],
)
def test_wrong_text_is_refused_with_words_that_help(text):
    with pytest.raises(ValueError) as caught:
        endpoint_from(text)
    assert str(caught.value).endswith(".")


async def test_lines_go_both_ways_over_a_unix_socket(tmp_path):
    async def echo(reader, writer):
        writer.write((await reader.readline())[::-1].strip() + b"\n\nlast\nhalf a line")

    async def serve(reader, writer):
        await echo(reader, writer)
        writer.close()

    path = tmp_path / "socket"
    async with await asyncio.start_unix_server(serve, path):
        connection = await endpoint_from(f"unix:{path}").connect()
        await connection.write_line(b"abc")
        assert [await connection.read_line() for _ in range(4)] == [b"cba", b"last", b"", b""]
        await connection.close()
        await connection.close()


async def test_nobody_there_is_an_os_error(tmp_path):
    for text in (f"unix:{tmp_path}/none", "tcp:127.0.0.1:1", "spawn:/no/such/command"):
        with pytest.raises(OSError):
            await endpoint_from(text).connect()


async def test_connection_reset_reads_as_an_end():
    async def reset(reader, writer):
        writer.transport.abort()

    async with server(reset) as port:
        connection = await endpoint_from(f"tcp:127.0.0.1:{port}").connect()
        assert await connection.read_line() == b""
        await connection.close()


async def test_too_long_a_line_is_dropped_and_counted_and_the_next_one_is_read(counters):
    stream = asyncio.StreamReader()
    reader = LineReader(stream, counters, limit=10)
    stream.feed_data(b"short\n" + b"x" * 5)
    assert await reader.read_line() == b"short"
    stream.feed_data(b"x" * 6)
    stream.feed_data(b"x" * 100 + b"\n012345678\r\nx")
    stream.feed_eof()
    assert [await reader.read_line(), await reader.read_line()] == [b"012345678", b""]
    assert counters.counted == {"line_too_long": 1}


async def test_line_of_many_megabytes_is_read():
    async def long_line(reader, writer):
        writer.write(b"x" * 8_000_000 + b"\n")
        await writer.drain()

    async with server(long_line) as port:
        connection = await endpoint_from(f"tcp:127.0.0.1:{port}").connect()
        assert len(await connection.read_line()) == 8_000_000
        await connection.close()


async def test_closing_does_not_wait_for_a_peer_that_reads_no_more(monkeypatch):
    monkeypatch.setattr("bot.transport.endpoints.CLOSING_SECONDS", 0.05)
    done = asyncio.Event()

    async def deaf(reader, writer):
        reader._transport.pause_reading()
        await done.wait()
        writer.transport.abort()

    async with server(deaf) as port:
        connection = await endpoint_from(f"tcp:127.0.0.1:{port}").connect()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await connection.write_line(b"x" * 30_000_000)
        await connection.close()
        done.set()


async def test_child_is_spoken_to_and_ends_with_its_connection():
    connection = await endpoint_from(python("import os\nprint(os.getpid(), flush=True)\n" + ECHO)).connect()
    pid = int(await connection.read_line())
    await connection.write_line(b"abc")
    assert await connection.read_line() == b"cba"
    await connection.close()
    await connection.close()
    assert not is_alive(pid)


async def test_child_has_no_settings_of_the_bot_and_makes_files_for_its_owner_alone(monkeypatch):
    monkeypatch.setenv("BUDDY_OPERATOR", "mailto:user:password@host")
    told = (
        "import os; print([one for one in os.environ if 'BUDDY' in one], os.umask(0), 'PATH' in os.environ, flush=True)"
    )
    connection = await endpoint_from(python(told)).connect()
    assert await connection.read_line() == f"[] {0o077} True".encode()
    await connection.close()


async def test_end_of_the_child_is_the_end_of_the_connection():
    connection = await endpoint_from(python("print('one')")).connect()
    assert [await connection.read_line(), await connection.read_line()] == [b"one", b""]
    await connection.close()


async def test_child_that_will_not_end_is_killed(monkeypatch):
    monkeypatch.setattr("bot.transport.child.ENDING_SECONDS", 0.05)
    connection = await endpoint_from(python(STUBBORN)).connect()
    pid = int(await connection.read_line())
    await connection.close()
    assert not is_alive(pid)


async def test_what_the_child_says_on_the_side_is_only_counted(counters, capfd):
    noise = "import sys\nfor n in range(20000): print('Ana', n, file=sys.stderr)\nprint('done')"
    connection = await endpoint_from(python(noise), counters).connect()
    assert await connection.read_line() == b"done"
    assert await connection.read_line() == b""
    await connection.close()
    assert counters.counted["child_stderr_line"] == 20000
    assert "Ana" not in "".join(capfd.readouterr())


async def test_child_dies_with_a_bot_that_is_killed():
    # Elsewhere than on Linux a child ends because its input does, which a stubborn one would not notice.
    child = STUBBORN if sys.platform == "linux" else "import os\nprint(os.getpid(), flush=True)\n" + ECHO
    bot = (
        "import asyncio, sys\n"
        "from bot.transport.endpoints import endpoint_from\n"
        "async def main():\n"
        f"    connection = await endpoint_from({python(child)!r}).connect()\n"
        "    print((await connection.read_line()).decode(), flush=True)\n"
        "    await asyncio.sleep(1000)\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", bot, stdout=asyncio.subprocess.PIPE)
    pid = int(await process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with asyncio.timeout(5):
        while is_alive_and_no_zombie(pid):
            await asyncio.sleep(0)  # nothing tells of the end of somebody else's child


def is_alive_and_no_zombie(pid: int) -> bool:
    """Whoever adopts orphans here may take its time to bury them."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
