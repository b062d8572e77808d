"""Person and buddy, and how they come together (SPEC: `/invite`, `/join`, `/accept`, `/confirm`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PairingState(StrEnum):
    """How far a pairing has come. An ended pairing is erased, so there is no state for it."""

    OFFERED = "offered"  # the code was right; the buddy has not answered
    ACCEPTED = "accepted"  # the buddy said yes; the person has not confirmed
    ACTIVE = "active"
    QUIET = "quiet"  # ended by her without his noticing: gone for her, as ever for him (SPEC: `/unpair`)


@dataclass(frozen=True)
class Pairing:
    """One person and one of her buddies.

    `position` orders her buddies for alerting, lowest first. `person_label` is what the buddy calls her in
    commands, `buddy_label` what she calls him; both are unique within the other's list.
    `leaves_at_close`: the buddy asked to leave while on call (SPEC: `/unpair`); how long he waits for the close at most
    stands with the deadlines. `no_alarms`: she has marked him, he
    never gets a silent alarm (SPEC: `/order`); nobody but her may see that. `active_at`: when she confirmed it last.
    `by_duress`: she confirmed it with what counts as her duress word, so he may have been chosen by whoever held her
    phone; nobody may see that, not even she. None where that is not known. `left_quietly_at`: when she left him so.
    """

    id: str
    person_id: str
    buddy_id: str
    state: PairingState
    position: int
    person_label: str
    buddy_label: str
    group_id: str | None
    leaves_at_close: bool
    created_at: datetime
    no_alarms: bool = False
    active_at: datetime | None = None
    by_duress: bool | None = None
    left_quietly_at: datetime | None = None


@dataclass(frozen=True)
class Invite:
    """An unused one-time code. `person_id` is None for the operator's own."""

    id: str
    person_id: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Group:
    """A Signal group of one pairing, or of two people who are each other's buddies. `signal_id` is None until made."""

    id: str
    signal_id: str | None
