"""Whether somebody who objects to what is about to end would be heard."""

from enum import Enum, auto


class Reception(Enum):
    """What people write comes in; it does not, though messages can leave; or Signal is away, and nothing leaves."""

    HEARS = auto()
    DEAF = auto()
    AWAY = auto()
