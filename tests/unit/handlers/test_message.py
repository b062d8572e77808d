"""Whether a message is older than what it would touch."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.message import Message

NOW = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("received", "began", "older"),
    [
        (NOW, NOW - HOUR, False),
        (NOW - 2 * HOUR, NOW - HOUR, True),
        (NOW, NOW + HOUR, False),  # it began before the clock was set back by two hours, and nobody has noticed yet
        (NOW - HOUR, NOW + HOUR, True),
    ],
)
def test_it_is_older_than_what_began_after_it(received: datetime, began: datetime, older: bool) -> None:
    message = Message("row", "account", 1, received, None, "on it")
    assert message.is_from_before(began, NOW) is older
