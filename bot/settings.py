"""All settings, read once at start from the environment (prefix `BUDDY_`) and checked. Nobody else reads it."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.timing import Timing
from bot.errors import BuddyError
from bot.operator_channel import operator_channel
from bot.transport.endpoints import endpoint_from
from handlers.door import Registration

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LENGTH = re.compile(r"(?:\d+[smhd])+")
_PART = re.compile(r"(\d+)([smhd])")
_LONGEST = timedelta(days=366)
_IN_HOURS = timedelta(days=2)
"""Up to here a whole number of days is written in hours."""
_PREFIX = "BUDDY_"
_ALIKE = 0.85  # how much a name that is no setting must look like one to be taken for a slip
_ABOVE_ZERO = (
    "seen_within",
    "delivered_within",
    "look_for_phones",
    "taken_within",
    "operator_after",
    "repeat",
    "repeat_later",
    "repeat_last",
    "follow_up",
    "answer_within",
    "resolve_within",
    "alarm_pause",
    "invite_valid",
)


class WrongSettings(BuddyError):  # noqa: N818 (says what is wrong)
    """One line for each setting that cannot be used. Nothing was started."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _length(text: object) -> object:
    if isinstance(text, timedelta):
        return text
    plain = str(text).strip().lower()
    if plain == "0":
        return timedelta(0)
    if not _LENGTH.fullmatch(plain):
        raise ValueError("a length of time is written like 90s, 5m or 2h")
    seconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(plain))
    if seconds > _LONGEST.total_seconds():
        raise ValueError("a length of time is written like 90s, 5m or 2h, and is a year at most")
    return timedelta(seconds=seconds)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone is written like Europe/London") from None
    return name


def _endpoint(text: str) -> str:
    endpoint_from(text)
    return text


def _path(text: str) -> str:
    try:
        Path(text).expanduser().exists()
    except PermissionError:  # whoever opens it says what is wrong with its folder
        return text
    except (OSError, RuntimeError, ValueError):  # a name that is too long, or of nobody's home
        raise ValueError("no file can have this path") from None
    return text


def _operator(addresses: str) -> str:
    operator_channel(addresses)
    return addresses


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("a database is written like sqlite:///buddy.db or postgresql+psycopg://user@host/name")
    return url


_MESSAGES = {
    "string_pattern_mismatch": "it is written in another way",
    "enum": "it is one of invite, open, closed",
}


Length = Annotated[timedelta, BeforeValidator(_length)]
Zone = Annotated[str, AfterValidator(_zone)]
_DEFAULT = Timing()
_USUAL_ATTACHMENTS = "~/.local/share/signal-cli/attachments"  # or below $XDG_DATA_HOME, where that is set


class Settings(BaseSettings):
    """See docs/running.md, "Settings". Lengths of time are written like 90s, 5m, 2h."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    signal: Annotated[str, AfterValidator(_endpoint)] = Field(
        description="where signal-cli is: unix:PATH, tcp:HOST:PORT, or spawn:COMMAND"
    )
    account: str = Field(
        description="the bot's own phone number at Signal, with + and the country's number, no spaces",
        pattern=r"^\+[0-9]{6,15}$",
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///buddy.db", description="sqlite:///PATH or postgresql+psycopg://…"
    )
    key_file: Annotated[str, AfterValidator(_path)] = Field(
        "buddy.key", description="the key file; made at the first start"
    )
    attachments: Annotated[str, AfterValidator(_path)] = Field(
        _USUAL_ATTACHMENTS, description="the folder in which signal-cli leaves attachments; the bot empties it"
    )
    timezone: Zone = Field("UTC", description="the time zone of people who have not chosen one")
    language: str = Field("en", description="the language of people who have not chosen one", pattern="^[a-z]{2}$")
    profile_name: str = Field(
        "Timer", description="the name under which phones show the bot; empty: leave its profile alone", max_length=26
    )
    registration: Registration = Field(Registration.INVITE, description="invite, open or closed")

    operator: Annotated[str, AfterValidator(_operator)] = Field(
        "", description="where to reach you when Signal does not: Apprise addresses, separated by spaces"
    )

    min_duration: Length = Field(_DEFAULT.min_duration, description="the shortest timer")
    max_duration: Length = Field(_DEFAULT.max_duration, description="the longest timer")
    reminder: Length = Field(_DEFAULT.reminder, description="the reminder comes so long before the end")
    reminder_from: Length = Field(_DEFAULT.reminder_from, description="no reminder for shorter timers")
    grace: Length = Field(_DEFAULT.grace, description="from the end of a timer to the alert")
    extend_freely: Length = Field(_DEFAULT.extend_freely, description="more time without the word, in all")
    seen_within: Length = Field(_DEFAULT.seen_within, description="then the next buddy is asked for a 👍")
    delivered_within: Length = Field(_DEFAULT.delivered_within, description="for a buddy's phone to confirm a message")
    look_for_phones: Length = Field(_DEFAULT.look_for_phones, description="how often new phones are looked for")
    taken_within: Length = Field(_DEFAULT.taken_within, description="then the next buddy is alerted too")
    operator_after: Length = Field(
        _DEFAULT.operator_after, description="of alerts that reach nobody; then you are told"
    )
    repeat: Length = Field(_DEFAULT.repeat, description="how often an alert is repeated at first")
    repeat_for: Length = Field(_DEFAULT.repeat_for, description="for how long it is repeated so often")
    repeat_later: Length = Field(_DEFAULT.repeat_later, description="how often after that")
    repeat_later_for: Length = Field(_DEFAULT.repeat_later_for, description="for how long")
    repeat_last: Length = Field(_DEFAULT.repeat_last, description="how often from then on, until it is closed")
    follow_up: Length = Field(_DEFAULT.follow_up, description="a buddy who has it is asked after so long")
    answer_within: Length = Field(_DEFAULT.answer_within, description="then it goes on without an answer")
    resolve_within: Length = Field(_DEFAULT.resolve_within, description="for the word after a /resolve")
    alarm_pause: Length = Field(_DEFAULT.alarm_pause, description="for a /reopen after the /resolve of an alarm")
    invite_valid: Length = Field(_DEFAULT.invite_valid, description="how long an invitation can be used")
    pairing_lasts: Length = Field(_DEFAULT.pairing_lasts, description="then a pairing lapses, unless both renew it")
    lapse_warning: Length = Field(_DEFAULT.lapse_warning, description="both are warned so long before")
    last_warning: Length = Field(_DEFAULT.last_warning, description="and once more so long before")
    late_after: Length = Field(_DEFAULT.late_after, description="an alert later than this says so")
    keep_closed: Length = Field(_DEFAULT.keep_closed, description="closed timers vanish after so long")
    settle_quiet: Length = Field(_DEFAULT.settle_quiet, description="silence to wait for after a start")
    settle_at_most: Length = Field(_DEFAULT.settle_at_most, description="but never longer than this")

    @model_validator(mode="after")
    def _fit_together(self) -> "Settings":
        problems = [f"{_variable(name)} must be above 0" for name in _ABOVE_ZERO if getattr(self, name) <= timedelta(0)]
        if self.min_duration <= timedelta(0) or self.min_duration > self.max_duration:
            problems.append("BUDDY_MIN_DURATION must be above 0 and not above BUDDY_MAX_DURATION")
        if self.grace > timedelta(minutes=30):
            problems.append("BUDDY_GRACE must be 30m or less")
        if self.reminder > self.reminder_from:
            problems.append("BUDDY_REMINDER must not be above BUDDY_REMINDER_FROM")
        if not timedelta(0) < self.last_warning < self.lapse_warning < self.pairing_lasts:
            problems.append("BUDDY_LAST_WARNING, BUDDY_LAPSE_WARNING and BUDDY_PAIRING_LASTS must rise in this order")
        if problems:
            raise ValueError("\n".join(sorted(problems)))
        return self

    @property
    def attachments_folder(self) -> Path:
        """The folder in which signal-cli leaves attachments."""
        data = os.environ.get("XDG_DATA_HOME")
        if data and self.attachments == _USUAL_ATTACHMENTS:
            return Path(data) / "signal-cli" / "attachments"
        return Path(self.attachments).expanduser()

    @property
    def timing(self) -> Timing:
        """The lengths of time, as the use cases take them."""
        return Timing(**{field.name: getattr(self, field.name) for field in fields(Timing)})


@dataclass(frozen=True)
class SettingHelp:
    """One setting, for people: its environment variable, what it means, and its default ("" for none)."""

    variable: str
    meaning: str
    default: str
    must_be_set: bool

    @property
    def without(self) -> str:
        """What holds when it is not set."""
        return self.default or ("(must be set)" if self.must_be_set else "(none)")


def read_settings(**given: Any) -> Settings:
    """The settings from the environment; `given` ones go first. Raises `WrongSettings`."""
    slips = _slips(os.environ)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        problems = [line for one in error.errors() for line in _problem(dict(one)).splitlines()]
        raise WrongSettings([*problems, *slips]) from None
    if slips:
        raise WrongSettings(slips)
    return settings


def _slips(environment: Iterable[str]) -> list[str]:
    """Names that look like a setting and are none: without a word, a default would stand where something was meant."""
    known = [_variable(name) for name in Settings.model_fields]
    slips = []
    for name in sorted(environment):
        meant = get_close_matches(name, known, n=1, cutoff=_ALIKE) if name.startswith(_PREFIX) else []
        if meant and name not in known:
            slips.append(f"{name} is no setting of this bot. {meant[0]} is one; which did you mean?")
    return slips


def _variable(name: str) -> str:
    return f"{_PREFIX}{name.upper()}"


def _problem(error: dict[str, Any]) -> str:
    """The variable, what is wrong, and what it is for; never the value, which may hold a password or a number."""
    message = _MESSAGES.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return message
    name = str(error["loc"][0])
    meaning = Settings.model_fields[name].description
    wrong = "is not set" if error["type"] == "missing" else f"cannot be used: {message}"
    return f"{_variable(name)} {wrong.removesuffix('.')}. (It says: {meaning}.)"


def describe_settings() -> list[SettingHelp]:
    """Every setting, for `buddy settings` and docs/running.md."""
    return [
        SettingHelp(_variable(name), str(field.description), _written(field.default), field.is_required())
        for name, field in Settings.model_fields.items()
    ]


def _written(default: object) -> str:
    if isinstance(default, timedelta):
        seconds = int(default.total_seconds())
        for unit in ("d", "h", "m") if default > _IN_HOURS else ("h", "m"):
            if seconds and seconds % _UNITS[unit] == 0:
                return f"{seconds // _UNITS[unit]}{unit}"
        return f"{seconds}s"
    return default.value if isinstance(default, Registration) else default if isinstance(default, str) else ""
