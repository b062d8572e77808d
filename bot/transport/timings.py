"""Every waiting time of the signal-cli client, in one place. All in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """Defaults for production; tests may shorten them."""

    call: float = 60.0
    """How long an answer is awaited. With a stalled network signal-cli itself needs 40 s to say so."""
    connect: float = 10.0
    watch_every: float = 30.0
    """Between two round trips of the watchdog."""
    watch_answer: float = 10.0
    """How long the watchdog waits before it drops a connection that stays silent."""
    first_step: float = 0.1
    """The pause before the second attempt to connect; the first is made at once."""
    longest_step: float = 1.0
    """So soon after signal-cli is back messages flow again; an alert that waits for that waits no longer."""
    proven_after: float = 5.0
    """A connection that held so long starts the steps anew."""
    lull: float = 0.25
    """A silence so long counts as a pause between two messages."""
    lull_within: float = 1.5
    """How long such a pause is waited for."""
    farewell: float = 5.0
    """How long ending may wait for signal-cli."""
    before_subscribing: float = 1.0
    """The pause before every subscription. signal-cli 0.13.19 loses messages when one follows another within 0.3 s:
    it then keeps a receiver that nobody hears, and acknowledges to Signal what nobody gets."""
    storing_step: float = 0.1
    """The first pause before lines that could not be stored are tried again."""
    longest_storing_step: float = 5.0
    look_again: float = 60.0
    """While nothing can be stored: after so long messages are let in again, to see whether it is the store."""
