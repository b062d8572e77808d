"""JSON-RPC 2.0 as signal-cli frames it: requests in, answers out."""

import json
from dataclasses import dataclass
from typing import Any

from bot.practice.stand_in_content import JSON
from bot.practice.stand_in_errors import INVALID_REQUEST, PARSE_ERROR, RpcError

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `call_id` None: nobody waits for the answer."""

    call_id: str | int | float | bool | None
    method: str
    params: JSON


class InvalidRequestError(Exception):
    """A line is no call; `answer` is what the client is told."""

    def __init__(self, answer: JSON) -> None:
        super().__init__("not a JSON-RPC call")
        self.answer = answer


def parse(line: bytes) -> Any:
    """The JSON in a line. Raises InvalidRequestError."""
    try:
        return json.loads(line)
    except ValueError:
        raise _invalid(None, "Unrecognized token: was expecting JSON", PARSE_ERROR) from None


def request_from(given: Any) -> Request:
    """A call from parsed JSON. Raises InvalidRequestError."""
    if not isinstance(given, dict):
        raise _invalid(None, "invalid request" if given == [] else f"unexpected type: {_type_name(given)}")
    call_id = given.get("id")
    if isinstance(call_id, (dict, list)):
        raise _invalid(None, "Problem deserializing property 'id'")
    if given.get("jsonrpc") != "2.0":
        raise _invalid(call_id, "only jsonrpc version 2.0 is supported")
    if not isinstance(given.get("method"), str):
        raise _invalid(call_id, "method field must be set")
    params = given.get("params")
    if params is not None and not isinstance(params, dict):
        raise _invalid(call_id, "Cannot deserialize value of type `java.util.LinkedHashMap` from Array value")
    return Request(call_id, given["method"], params or {})


def result(request: Request, value: Any) -> JSON:
    """The answer to a call that worked."""
    return {"jsonrpc": "2.0", "result": value, "id": request.call_id}


def error(call_id: Any, failure: RpcError) -> JSON:
    """The answer to a call that did not."""
    told = {"code": failure.code, "message": failure.message, "data": failure.data}
    return {"jsonrpc": "2.0", "error": told, "id": call_id}


def notification(subscription: int, told: JSON) -> JSON:
    """Something that came in, told to a subscriber."""
    params = {"subscription": subscription, "result": told}
    return {"jsonrpc": "2.0", "method": "receive", "params": params}


def line(message: Any) -> bytes:
    """One line, without its newline."""
    return _ENCODER.encode(message).encode(errors="replace")


def _invalid(call_id: Any, message: str, code: int = INVALID_REQUEST) -> InvalidRequestError:
    return InvalidRequestError(error(call_id, RpcError(code, message)))


def _type_name(given: Any) -> str:
    names = {str: "STRING", bool: "BOOLEAN", type(None): "NULL"}
    return names.get(type(given), "NUMBER")
