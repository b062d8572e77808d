"""Errors in the words and with the numbers of signal-cli 0.13.19."""

from collections.abc import Sequence

from bot.practice.stand_in_content import JSON

USER_ERROR = -1
IO_ERROR = -3
IDENTITY_ERROR = -4
RATE_LIMIT_ERROR = -5
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
UNKNOWN_METHOD = -32601
INVALID_PARAMS = -32602
UNEXPECTED_ERROR = -32603

SUCCESS = "SUCCESS"
NETWORK_FAILURE = "NETWORK_FAILURE"
UNREGISTERED_FAILURE = "UNREGISTERED_FAILURE"
IDENTITY_FAILURE = "IDENTITY_FAILURE"
RATE_LIMIT_FAILURE = "RATE_LIMIT_FAILURE"

_NO_CONNECTION = (
    "Failed to send message: java.net.ConnectException: "
    "Failed to connect to localhost/127.0.0.1:443 (PushNetworkException)"
)
_REASONS = {500: "Internal Server Error", 503: "Service Unavailable"}


class RpcError(Exception):
    """A call is answered with an error."""

    def __init__(self, code: int, message: str, data: JSON | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


def user_error(message: str) -> RpcError:
    """The caller asked for something impossible."""
    return RpcError(USER_ERROR, message)


def unexpected(message: str) -> RpcError:
    """What signal-cli did not expect to happen."""
    return RpcError(UNEXPECTED_ERROR, f"{message} (UnexpectedErrorException)")


def failed_requirement() -> RpcError:
    """The known fault of this version with groups that gained somebody by another's doing, or invite somebody."""
    return RpcError(UNEXPECTED_ERROR, "Failed requirement. (IllegalArgumentException)")


def no_connection() -> RpcError:
    """A group matter without network."""
    return unexpected(_NO_CONNECTION)


def no_connection_to_leave() -> RpcError:
    """Leaving a group without network."""
    return RpcError(IO_ERROR, _NO_CONNECTION)


def no_such_group(group_id: str) -> RpcError:
    """The account does not know that group."""
    return user_error(f"Group not found: {group_id}")


def not_a_member(title: str, group_id: str) -> RpcError:
    """The account is no longer in that group."""
    return user_error(f"User is not a member in group: {title} ({group_id})")


def group_send_refused(status: int) -> RpcError:
    """The server refused a message to a whole group."""
    if status in (413, 429):
        reason = f"[{status}] Rate Limited (RateLimitException)"
    elif status == 403:
        reason = "[403] Authorization failed! (AuthorizationFailedException)"
    elif status == 508:
        reason = "StatusCode: 508 (ServerRejectedException)"
    else:
        reason = f"StatusCode: {status} (NonSuccessfulResponseCodeException)"
    return unexpected(f"Failed to send message: {reason}")


def key_sharing_refused(status: int) -> RpcError:
    """The server refused, other than by a limit, the key that goes to each member before the message."""
    push = "org.whispersystems.signalservice.api.push.exceptions."
    if status == 403:
        refused = f"{push}AuthorizationFailedException: [403] Authorization failed!"
        reason = f"java.io.IOException: java.io.IOException: {refused} (IOException)"
    elif status == 508:
        reason = "StatusCode: 508 (ServerRejectedException)"
    else:
        bad = f"[{status}] Bad response: {status} {_REASONS.get(status, '')}: "
        reason = f"{push}NonSuccessfulResponseCodeException: {bad} (IOException)"
    return unexpected(f"Failed to send message: {reason}")


def group_change_refused() -> RpcError:
    """The server did not allow a change of a group."""
    return unexpected("Failed to send message: [403] Authorization failed! (AuthorizationFailedException)")


def outcome(timestamp: int, results: Sequence[JSON]) -> JSON:
    """The answer to a send: a result if anybody was reached (or nobody was meant), else an error with the same."""
    response: JSON = {"timestamp": timestamp, "results": list(results)}
    types = {result["type"] for result in results}
    if not results or SUCCESS in types:
        return response
    attached = {"response": response}
    if types == {IDENTITY_FAILURE}:
        message = "Failed to send message due to untrusted identities"
        raise RpcError(IDENTITY_ERROR, message, attached)
    if types == {RATE_LIMIT_FAILURE}:
        message = "Failed to send message due to rate limiting"
        raise RpcError(RATE_LIMIT_ERROR, message, attached)
    raise RpcError(USER_ERROR, "Failed to send message", attached)
