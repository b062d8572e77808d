"""What became of a send, person by person (SPEC: a send is judged per recipient)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.transport.errors import UNEXPECTED_CODE, Answer, Refusal
from bot.transport.json_fields import JsonObject, aci_in, object_in, objects_in, text_in, time_in, whole_number_in


class FailureKind(StrEnum):
    """Why a message did not reach a person."""

    UNREGISTERED = "unregistered"
    NETWORK = "network"
    IDENTITY = "identity"
    RATE_LIMIT = "rate_limit"
    CAPTCHA = "captcha"
    PRE_KEY = "pre_key"
    MISSING = "missing"  # signal-cli did not mention the person at all
    REFUSED = "refused"  # signal-cli did not try: no such group, not a member, ...
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Failure:
    """One person's failure. `retry_after`: seconds that the server wants us to wait, if it said so."""

    kind: FailureKind
    retry_after: float | None = None

    @property
    def permanent(self) -> bool:
        """Whether trying again soon is pointless."""
        return self.kind in (FailureKind.UNREGISTERED, FailureKind.REFUSED)


@dataclass(frozen=True, slots=True, repr=False)
class SendOutcome:
    """What is known about a send. Whoever was expected is in `reached` or in `failures`, unless it is `unknown`."""

    sent_ms: int | None = None
    """The message's own time, by which receipts, reactions and deletions name it."""
    reached: frozenset[str] = frozenset()
    """Who the server has taken it for. Neither delivered nor read."""
    failures: Mapping[str, Failure] = field(default_factory=dict)
    unknown: bool = False
    """It may have reached some or all: no answer, or an error that signal-cli also gives after sending."""
    network_down: bool = False
    """signal-cli could not talk to Signal's server."""
    unavailable: bool = False
    """There was no connection to signal-cli; nothing was sent."""
    refusal: Refusal | None = None
    """The error that signal-cli gave for the send as a whole."""
    late: "Callable[[], Awaitable[SendOutcome]] | None" = None
    """Waits for the answer that was not there in time, where it may still come; may be cancelled."""

    @property
    def complete(self) -> bool:
        """Whether all who were expected were reached."""
        return not (self.failures or self.unknown or self.unavailable)

    @property
    def captcha(self) -> bool:
        """Whether Signal wants a captcha solved."""
        asked = any(failure.kind is FailureKind.CAPTCHA for failure in self.failures.values())
        return asked or self.refusal is Refusal.CAPTCHA

    @property
    def retry_after(self) -> float | None:
        """The longest wait that the server asked for, in seconds."""
        waits = [failure.retry_after for failure in self.failures.values() if failure.retry_after is not None]
        return max(waits, default=None)


_BY_TYPE = {
    "NETWORK_FAILURE": FailureKind.NETWORK,
    "UNREGISTERED_FAILURE": FailureKind.UNREGISTERED,
    "IDENTITY_FAILURE": FailureKind.IDENTITY,
    "RATE_LIMIT_FAILURE": FailureKind.RATE_LIMIT,
    "INVALID_PRE_KEY_FAILURE": FailureKind.PRE_KEY,
}
_BY_REFUSAL = {
    Refusal.NETWORK: FailureKind.NETWORK,
    Refusal.IDENTITY: FailureKind.IDENTITY,
    Refusal.RATE_LIMIT: FailureKind.RATE_LIMIT,
    Refusal.CAPTCHA: FailureKind.CAPTCHA,
    Refusal.PRE_KEY: FailureKind.PRE_KEY,
    Refusal.UNEXPECTED: FailureKind.UNEXPECTED,
    Refusal.FAILED_REQUIREMENT: FailureKind.UNEXPECTED,
}


def outcome_of(answer: Answer, expected: frozenset[str], *, to_group: bool) -> SendOutcome:
    """Read the answer to a send. `expected`: the account ids that must be reached, without the bot's own."""
    results = objects_in(answer.result, "results")
    if answer.code is not None and not results:
        return _without_results(answer.code, answer.refusal or Refusal.UNEXPECTED, expected, to_group=to_group)
    reached: set[str] = set()
    failures: dict[str, Failure] = {}
    for result in results:
        aci = aci_in(object_in(result, "recipientAddress"), "uuid")
        failure = _failure(result)
        if aci is not None and failure is None:
            reached.add(aci)
        elif aci is not None and failure is not None:
            failures[aci] = failure
    # Several devices or steps may each give a result: one failure is enough to doubt.
    reached -= failures.keys()
    failures |= {aci: Failure(FailureKind.MISSING) for aci in expected - reached - failures.keys()}
    return SendOutcome(
        sent_ms=time_in(answer.result if isinstance(answer.result, dict) else None, "timestamp"),
        reached=frozenset(reached),
        failures=failures,
        network_down=any(result.get("type") == "NETWORK_FAILURE" for result in results),
        refusal=answer.refusal,
    )


def _failure(result: JsonObject) -> Failure | None:
    kind_text = text_in(result, "type")
    if kind_text == "SUCCESS":
        return None
    kind = _BY_TYPE.get(kind_text or "", FailureKind.UNEXPECTED)
    if kind is FailureKind.RATE_LIMIT and text_in(result, "token"):
        kind = FailureKind.CAPTCHA
    seconds = whole_number_in(result, "retryAfterSeconds")
    return Failure(kind, None if seconds is None else float(seconds))


def _without_results(code: int, refusal: Refusal, expected: frozenset[str], *, to_group: bool) -> SendOutcome:
    network_down = refusal is Refusal.NETWORK
    if to_group and code == UNEXPECTED_CODE:
        # signal-cli 0.13.19 also answers so after the members have got the message.
        return SendOutcome(unknown=True, network_down=network_down, refusal=refusal)
    failure = Failure(_BY_REFUSAL.get(refusal, FailureKind.REFUSED))
    return SendOutcome(failures=dict.fromkeys(expected, failure), network_down=network_down, refusal=refusal)
