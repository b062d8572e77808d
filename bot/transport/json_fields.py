"""Reading fields of JSON that came from outside: what is missing or of the wrong type is None, nothing raises."""

import re
from collections.abc import Mapping
from typing import TypeAlias

JsonObject: TypeAlias = Mapping[str, object]

ACI = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
"""A Signal account id in lower case."""
_GROUP_ID = re.compile(r"[A-Za-z0-9+/_-]{1,128}={0,2}")
_LATEST_MS = 2**53  # beyond it JSON readers disagree, and no calendar reaches it


def object_in(container: object, name: str) -> JsonObject | None:
    """The object of this name."""
    value = container.get(name) if isinstance(container, Mapping) else None
    return value if isinstance(value, dict) else None


def objects_in(container: object, name: str) -> list[JsonObject]:
    """The objects in the list of this name; everything else in it is left out."""
    value = container.get(name) if isinstance(container, Mapping) else None
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_in(container: JsonObject | None, name: str) -> str | None:
    """The text of this name."""
    value = container.get(name) if container is not None else None
    return value if isinstance(value, str) else None


def time_in(container: JsonObject | None, name: str) -> int | None:
    """The time of this name, milliseconds since 1970."""
    value = container.get(name) if container is not None else None
    return value if type(value) is int and is_time(value) else None


def is_time(value: object) -> bool:
    """Whether this may be a time in milliseconds: a whole number that a database can hold."""
    return type(value) is int and 0 < value < _LATEST_MS


def whole_number_in(container: JsonObject | None, name: str) -> int | None:
    """The whole number of this name, not negative."""
    value = container.get(name) if container is not None else None
    return value if type(value) is int and 0 <= value < _LATEST_MS else None


def aci_in(container: JsonObject | None, name: str) -> str | None:
    """The account id of this name, in lower case."""
    text = (text_in(container, name) or "").lower()
    return text if ACI.fullmatch(text) else None


def group_id_in(container: JsonObject | None, name: str) -> str | None:
    """The group id of this name."""
    text = text_in(container, name)
    return text if text is not None and _GROUP_ID.fullmatch(text) else None
