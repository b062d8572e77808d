"""What signal-cli tells about groups, people's keys and accounts."""

from dataclasses import dataclass

from bot.transport.json_fields import (
    JsonObject,
    aci_in,
    group_id_in,
    object_in,
    objects_in,
    text_in,
    time_in,
    whole_number_in,
)

_ONLY_ADMINS = "ONLY_ADMINS"


@dataclass(frozen=True, slots=True, repr=False)
class GroupFacts:
    """A group as Signal's server knows it. `members` are full ones, the bot among them; account ids throughout."""

    id: str
    name: str
    members: frozenset[str]
    pending: frozenset[str]
    """Invited, but not yet in: they get no messages."""
    admins: frozenset[str]
    is_member: bool
    """Whether the bot is a member."""
    expiration: int
    """Seconds after which messages disappear; 0 is never."""
    only_admins: bool
    """Whether only admins may add people and change settings."""
    has_link: bool
    """Whether who has a link may join."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A person's identity key as signal-cli keeps it; a new fingerprint is a new phone or a new installation."""

    aci: str
    fingerprint: str
    trust_level: str
    added_ms: int | None


@dataclass(frozen=True, slots=True, repr=False)
class OwnIdentity:
    """The bot's own account. What signal-cli did not tell is None."""

    number: str | None
    aci: str | None


@dataclass(frozen=True, slots=True, repr=False)
class OwnProfile:
    """What phones show of the bot, as far as signal-cli knows; the name is empty where none is set."""

    name: str
    has_picture: bool


def groups_in(listed: object) -> tuple[GroupFacts, ...]:
    """The groups in an answer of `listGroups`; what cannot be read is left out."""
    facts = (_group(item) for item in objects_in({"all": listed}, "all"))
    return tuple(group for group in facts if group is not None)


def identities_in(listed: object) -> tuple[Identity, ...]:
    """The identities in an answer of `listIdentities`; people without an account id are left out."""
    found = []
    for item in objects_in({"all": listed}, "all"):
        aci, fingerprint = aci_in(item, "uuid"), text_in(item, "fingerprint")
        if aci is not None and fingerprint is not None:
            trust = text_in(item, "trustLevel") or ""
            found.append(Identity(aci, fingerprint, trust, time_in(item, "addedTimestamp")))
    return tuple(found)


def own_aci_in(listed: object) -> str | None:
    """The bot's own account id in an answer of `listIdentities`; it holds the bot's own key too.

    A safety number is made of the two people's halves. Only with oneself both are the same, so this
    needs neither the bot's number nor the network.
    """
    for item in objects_in({"all": listed}, "all"):
        digits = (text_in(item, "safetyNumber") or "").replace(" ", "")
        middle = len(digits) // 2
        if digits and digits[:middle] == digits[middle:]:
            return aci_in(item, "uuid")
    return None


def own_profile_in(listed: object) -> OwnProfile:
    """The profile in an answer of `listContacts` that was asked for the bot's own account."""
    for item in objects_in({"all": listed}, "all"):
        if (profile := object_in(item, "profile")) is not None:
            names = (text_in(profile, "givenName"), text_in(profile, "familyName"))
            return OwnProfile(" ".join(name for name in names if name), profile.get("hasAvatar") is True)
    return OwnProfile("", has_picture=False)


def _group(item: JsonObject) -> GroupFacts | None:
    group_id = group_id_in(item, "id")
    if group_id is None:
        return None
    permissions = (item.get("permissionAddMember"), item.get("permissionEditDetails"))
    return GroupFacts(
        id=group_id,
        name=text_in(item, "name") or "",
        members=_acis(item, "members"),
        pending=_acis(item, "pendingMembers"),
        admins=_acis(item, "admins"),
        is_member=item.get("isMember") is True,
        expiration=whole_number_in(item, "messageExpirationTime") or 0,
        only_admins=permissions == (_ONLY_ADMINS, _ONLY_ADMINS),
        has_link=item.get("groupInviteLink") is not None,
    )


def _acis(item: JsonObject, name: str) -> frozenset[str]:
    people = (aci_in(person, "uuid") for person in objects_in(item, name))
    return frozenset(aci for aci in people if aci is not None)
