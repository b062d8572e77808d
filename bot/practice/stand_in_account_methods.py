"""signal-cli's methods about the account, its contacts and their keys."""

import base64
import hashlib
from typing import Any

from bot.practice.stand_in_account import UNTRUSTED, UNVERIFIED, VERIFIED, Account, Identity
from bot.practice.stand_in_content import BOT_DEVICE, JSON, PHONE_DEVICE, Content
from bot.practice.stand_in_errors import IO_ERROR, RpcError, user_error
from bot.practice.stand_in_params import Method, Params
from bot.practice.stand_in_sending import Recipient, Sending
from bot.practice.stand_in_server import milliseconds

VERSION = "0.13.19"
_DIGITS_OF_ONE = 30
_OWN_INSTALLATION = 1
_WRONG_PERSON = "Failed to set the trust for this number, make sure the number is correct."
_WRONG_NUMBER = (
    "Failed to set the trust for this number, make sure the number and the fingerprint/safety number are correct."
)
_NOTHING_TO_TRUST = "You need to specify the fingerprint/safety number you have verified with -v SAFETY_NUMBER"


class AccountMethods:
    """What is not about sending or groups."""

    def __init__(self, account: Account, sending: Sending) -> None:
        self._account = account
        self._sending = sending

    def table(self) -> dict[str, Method]:
        """The methods by name."""
        return {
            "version": lambda _: {"version": VERSION},
            "listAccounts": lambda _: [{"number": self._account.address.number}],
            "listDevices": self.list_devices,
            "listContacts": self.list_contacts,
            "listIdentities": self.list_identities,
            "trust": self.trust,
            "getUserStatus": self.user_status,
            "getAttachment": self.get_attachment,
            "updateContact": self.update_contact,
            "updateProfile": self.update_profile,
        }

    # --- contacts

    def update_contact(self, given: JSON) -> Any:
        """On a linked device the timer is set, and the answer is an error all the same."""
        params = Params(given, self._account)
        aci = params.person("recipient")
        seconds = params.number("expiration")
        if seconds is not None:
            timer = self._account.timer(aci)
            timer.seconds, timer.version = seconds, timer.version + 1
            content = Content("message", self._account.stamps.next(), "expiration")
            self._sending.to_person(Recipient(aci, None), content)
        if self._account.linked:
            raise user_error("This command doesn't work on linked devices.")
        return {}

    def list_contacts(self, given: JSON) -> Any:
        """`listContacts`: everybody, or those who are named."""
        params = Params(given, self._account)
        wanted = params.people("recipient")
        known = wanted if params.flag("allRecipients") and wanted else list(self._account.identities)
        return [self._contact(aci) for aci in known if not wanted or aci in wanted]

    def _contact(self, aci: str) -> JSON:
        phone = self._account.server.phone(aci)
        unknown = ("username", "givenName", "familyName", "nickName", "nickGivenName", "nickFamilyName")
        return {
            "number": self._account.number_of(aci),
            "uuid": aci,
            "name": "",
            **dict.fromkeys((*unknown, "note", "color")),
            "isBlocked": False,
            "isHidden": False,
            "messageExpirationTime": self._account.timer(aci).seconds,
            "profileSharing": True,
            "unregistered": phone is None or not phone.registered,
            "profile": self._profile(aci),
        }

    def _profile(self, aci: str) -> JSON:
        phone = self._account.server.phone(aci)
        own = aci == self._account.address.aci
        name = self._account.profile_name if own else phone.address.profile_name if phone else None
        return {"givenName": name, "familyName": None, "hasAvatar": own and self._account.has_picture}

    def user_status(self, given: JSON) -> Any:
        """`getUserStatus`: who has Signal."""
        params = Params(given, self._account)
        if not self._account.server.is_reachable:
            reason = "Unable to check if users are registered: Closed unexpectedly (SocketException)"
            raise RpcError(IO_ERROR, reason)
        return [self._status(who, params.recipient(who).aci) for who in params.many("recipient")]

    def _status(self, who: str, aci: str | None) -> JSON:
        phone = self._account.server.phone(aci) if aci else None
        registered = phone is not None and phone.registered
        number = self._account.number_of(aci) if aci else who
        told = {"recipient": who, "number": number, "username": None}
        return told | {"uuid": aci if registered else None, "isRegistered": registered}

    # --- keys

    def list_identities(self, given: JSON) -> Any:
        """`listIdentities`: the keys, one's own among them."""
        wanted = Params(given, self._account).people("number")
        own = Identity(_OWN_INSTALLATION, VERIFIED, self._account.created_at)
        known = {self._account.address.aci: own} | self._account.identities
        return [self._identity(aci, each) for aci, each in known.items() if not wanted or aci in wanted]

    def _identity(self, aci: str, identity: Identity) -> JSON:
        key = self._account.fingerprint(aci, identity.installation)
        return {
            "number": self._account.number_of(aci),
            "uuid": aci,
            "fingerprint": key.hex(" "),
            "safetyNumber": self._safety_number(key),
            "scannableSafetyNumber": base64.b64encode(key).decode(),
            "trustLevel": identity.trust,
            "addedTimestamp": identity.added_at,
        }

    def _safety_number(self, key: bytes) -> str:
        """Two halves, one for each key; with oneself they are the same."""
        own = self._account.fingerprint(self._account.address.aci, _OWN_INSTALLATION)
        digits = "".join(sorted((_digits(key), _digits(own))))
        return " ".join(digits[start : start + 5] for start in range(0, len(digits), 5))

    def trust(self, given: JSON) -> Any:
        """`trust`: a key that has been compared, or all that are known."""
        params = Params(given, self._account)
        aci = params.person("recipient")
        identity = self._account.identities.get(aci)
        number = params.text("verifiedSafetyNumber")
        if params.flag("trustAllKnownKeys"):
            if identity is None:
                raise user_error(_WRONG_PERSON)
            if identity.trust == UNTRUSTED:
                identity.trust = UNVERIFIED
            return {}
        if number is None:
            raise user_error(_NOTHING_TO_TRUST)
        key = self._account.fingerprint(aci, identity.installation) if identity else b""
        if identity is None or number.replace(" ", "") != self._safety_number(key).replace(" ", ""):
            raise user_error(_WRONG_NUMBER)
        identity.trust = VERIFIED
        return {}

    # --- the account itself

    def list_devices(self, _: JSON) -> Any:
        """`listDevices`: asks the server, and so fails without network."""
        if not self._account.server.is_reachable:
            raise RpcError(IO_ERROR, "Failed to get linked devices: Closed unexpectedly")
        seen = milliseconds(self._account.server.clock)
        ids = (PHONE_DEVICE, BOT_DEVICE) if self._account.linked else (PHONE_DEVICE,)
        return [{"id": each, "name": None, "createdTimestamp": 0, "lastSeenTimestamp": seen} for each in ids]

    def update_profile(self, given: JSON) -> Any:
        """`updateProfile`: the name and the picture that others see."""
        params = Params(given, self._account)
        if not self._account.server.is_reachable:
            raise RpcError(IO_ERROR, "Update profile error: Closed unexpectedly")
        names = (params.text("givenName"), params.text("familyName"))
        if any(names):
            self._account.profile_name = " ".join(name for name in names if name)
        picture = params.text("avatar")
        if picture is not None and not picture.startswith("data:"):
            raise RpcError(IO_ERROR, f"Update profile error: {picture} (No such file or directory)")
        self._account.has_picture = self._account.has_picture or picture is not None
        return {}

    def get_attachment(self, given: JSON) -> Any:
        """`getAttachment`: what came in with a message, as base64."""
        attachment_id = Params(given, self._account).text("id") or ""
        found = self._account.attachments.find(attachment_id)
        if found is None:
            raise user_error(f"Could not find attachment with ID: {attachment_id}")
        return {"data": base64.b64encode(found.contents).decode()}


def _digits(key: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(key).digest(), "big")
    return str(number % 10**_DIGITS_OF_ONE).zfill(_DIGITS_OF_ONE)
