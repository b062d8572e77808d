"""An alert that could not be sent: the next buddy at once, and once only (SPEC: step 5)."""

from bot.domain.course import decide
from bot.domain.decisions import Effect
from bot.domain.events import NotSent
from tests.unit.domain.courses import BO, CY, DEE, TIMING, overdue, told


def test_a_second_failed_send_in_the_same_moment_alerts_nobody_anew() -> None:
    """Found by a simulated night: Cy was alerted twice in one moment because Bo had no account."""
    alerted = overdue(BO, CY, DEE)
    now = alerted.round_at
    assert now is not None
    again = decide(alerted, NotSent(BO), now, TIMING)
    assert told(again, Effect.ALERT) == [BO, CY]
    assert told(decide(again.check_in, NotSent(BO), now, TIMING), Effect.ALERT) == []
    assert told(decide(again.check_in, NotSent(CY), now, TIMING), Effect.ALERT) == [BO, CY, DEE]
