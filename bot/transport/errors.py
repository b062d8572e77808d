"""What can go wrong between the bot and signal-cli, without a word, a number or an id in it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# ruff: noqa: N818 (the names say what has happened to the call; a suffix would add nothing)


class EndpointTextError(ValueError):
    """The text that says where signal-cli is cannot be understood; the message is for the operator."""


class Refusal(StrEnum):
    """Why signal-cli answered a call with an error, as far as its code and message tell."""

    GROUP_NOT_FOUND = "group_not_found"
    NOT_A_MEMBER = "not_a_member"
    LAST_ADMIN = "last_admin"
    FAILED_REQUIREMENT = "failed_requirement"  # a known fault of signal-cli, often after the work was done
    IDENTITY = "identity"
    RATE_LIMIT = "rate_limit"
    CAPTCHA = "captcha"
    NETWORK = "network"
    PRE_KEY = "pre_key"
    UNKNOWN_METHOD = "unknown_method"
    UNKNOWN_ACCOUNT = "unknown_account"
    BAD_REQUEST = "bad_request"
    NOT_ACCEPTED = "not_accepted"  # the code of a "user error" whose message we do not know
    UNEXPECTED = "unexpected"


class SignalError(Exception):
    """Root of everything a call to signal-cli raises."""

    permanent: bool = False
    """Trying the same again will not help."""
    captcha: bool = False
    """Signal wants somebody to solve a captcha first."""
    retry_after: float | None = None
    """Seconds that the server wants us to wait, if it said so."""
    perhaps_done: bool = False
    """The call may have had its effect all the same."""


class SignalUnavailable(SignalError):
    """There is no connection to signal-cli; the call did not leave."""

    def __init__(self) -> None:
        super().__init__("there is no connection to signal-cli")


class SignalTimeout(SignalError):
    """No answer came, in time or before the connection ended: nobody knows whether the call was carried out."""

    perhaps_done = True

    def __init__(self, late: "asyncio.Future[Answer] | None" = None) -> None:
        """`late`: the answer, if it is still awaited."""
        super().__init__("signal-cli did not answer, the call may or may not have been carried out")
        self.late = late


class SignalAnswerUnclear(SignalError):
    """signal-cli answered with success, but not in the shape we know."""

    perhaps_done = True

    def __init__(self) -> None:
        super().__init__("signal-cli answered in a shape that is not understood")


class SignalRefused(SignalError):
    """signal-cli answered with an error."""

    def __init__(self, code: int, reason: Refusal, retry_after: float | None = None) -> None:
        super().__init__(f"signal-cli refused (code {code}, {reason.value})")
        self.code = code
        self.reason = reason
        self.retry_after = retry_after
        self.captcha = reason is Refusal.CAPTCHA
        self.permanent = reason in _PERMANENT
        self.perhaps_done = code == UNEXPECTED_CODE


USER_CODE = -1
UNEXPECTED_CODE = -32603

_PERMANENT = frozenset(
    {
        Refusal.GROUP_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.LAST_ADMIN,
        Refusal.UNKNOWN_METHOD,
        Refusal.UNKNOWN_ACCOUNT,
        Refusal.BAD_REQUEST,
    }
)

# signal-cli 0.13.19, SignalJsonRpcCommandHandler
_BY_CODE = {
    -3: Refusal.NETWORK,
    -4: Refusal.IDENTITY,
    -5: Refusal.RATE_LIMIT,
    -6: Refusal.CAPTCHA,
    -32700: Refusal.BAD_REQUEST,
    -32600: Refusal.BAD_REQUEST,
    -32601: Refusal.UNKNOWN_METHOD,
    -32602: Refusal.UNKNOWN_ACCOUNT,
}

# Messages of user errors may end with a group's name, so only their beginnings are read.
_USER_MESSAGES = (
    ("group not found", Refusal.GROUP_NOT_FOUND),
    ("invalid group id", Refusal.GROUP_NOT_FOUND),
    ("user is not a member in group", Refusal.NOT_A_MEMBER),
    ("you need to specify a new admin", Refusal.LAST_ADMIN),
)

# Unexpected errors name the exception classes; nothing a person wrote stands in them.
_UNEXPECTED_MESSAGES = (
    ("failed requirement", Refusal.FAILED_REQUIREMENT),
    ("proofrequired", Refusal.CAPTCHA),
    ("[428]", Refusal.CAPTCHA),
    ("ratelimitexception", Refusal.RATE_LIMIT),
    ("[429]", Refusal.RATE_LIMIT),
    ("[413]", Refusal.RATE_LIMIT),
    ("prekey", Refusal.PRE_KEY),
    ("pushnetworkexception", Refusal.NETWORK),
    ("connectexception", Refusal.NETWORK),
    ("unknownhostexception", Refusal.NETWORK),
    ("sockettimeoutexception", Refusal.NETWORK),
    ("sockettimeout", Refusal.NETWORK),
    ("ioexception", Refusal.NETWORK),
    ("[5", Refusal.NETWORK),
)


def refusal_of(code: int, message: str) -> Refusal:
    """Classify a JSON-RPC error. The message is read for known phrases only and not kept."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    low = message.lower()
    if code == USER_CODE:
        found = (reason for start, reason in _USER_MESSAGES if low.startswith(start))
        return next(found, Refusal.NOT_ACCEPTED)
    return next((reason for part, reason in _UNEXPECTED_MESSAGES if part in low), Refusal.UNEXPECTED)


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What signal-cli answered to a call: a result, or an error (then `code` is set).

    `result` is, for an error, what stood in `error.data.response`. It may hold ids: it is read, never shown.
    """

    result: object
    code: int | None = None
    refusal: Refusal | None = None

    def result_or_raise(self) -> object:
        """The result. Raises SignalRefused when this is an error."""
        if self.code is None:
            return self.result
        raise SignalRefused(self.code, self.refusal or Refusal.UNEXPECTED)


def answer_from(response: Mapping[str, object]) -> Answer:
    """Read the response object of a JSON-RPC call. Total: an error in an unknown shape is an unexpected one."""
    if "error" not in response or response["error"] is None:
        return Answer(response.get("result"))
    error = response["error"]
    if not isinstance(error, dict):
        return Answer(None, UNEXPECTED_CODE, Refusal.UNEXPECTED)
    code, message, extra = error.get("code"), error.get("message"), error.get("data")
    number = code if type(code) is int else UNEXPECTED_CODE
    reason = refusal_of(number, message if isinstance(message, str) else "")
    return Answer(extra.get("response") if isinstance(extra, dict) else None, number, reason)
