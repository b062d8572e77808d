"""A call as the line that signal-cli reads."""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass

FILE = "attachment"
_AT_A_TIME = 3 * 65_536  # bytes; a multiple of three, so that the pieces of base64 join without a seam


@dataclass(frozen=True, slots=True, repr=False)
class FileToSend:
    """A file that leaves with a message."""

    name: str
    content_type: str
    contents: bytes


async def request_line(call_id: str, method: str, params: Mapping[str, object]) -> bytes:
    """The line of a call; under `FILE` the parameters may hold a FileToSend.

    That one is spelled out piece by piece. In one go a large file would hold up everything else for more than a tenth
    of a second, each file anew: by that her phone could show that an alert with files is leaving.
    """
    file = params.get(FILE)
    if not isinstance(file, FileToSend):
        return _line(call_id, method, params)
    line = _line(call_id, method, {name: value for name, value in params.items() if name != FILE})
    named = f";filename={file.name}" if file.name else ""
    head = json.dumps(f"data:{file.content_type}{named};base64,").encode().removesuffix(b'"')
    pieces = [line.removesuffix(b"}}"), f', "{FILE}": ['.encode(), head]
    for start in range(0, len(file.contents), _AT_A_TIME):
        pieces.append(base64.b64encode(file.contents[start : start + _AT_A_TIME]))
        await asyncio.sleep(0)
    return b"".join([*pieces, b'"]}}'])


def _line(call_id: str, method: str, params: Mapping[str, object]) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": call_id, "method": method, "params": dict(params)}).encode()
