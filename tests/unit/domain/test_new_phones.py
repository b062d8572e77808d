"""A new phone in the course of a check-in: who is alerted, what is held back, for how long (SPEC: "A new phone")."""

from datetime import datetime

import pytest

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect, Happening
from bot.domain.events import Due, Extend, NotSent, Take
from bot.domain.held_back import holding_back
from bot.domain.known import Facts, Known
from tests.unit.domain.courses import BO, CY, DEE, MINUTE, TIMING, started

DELIVERED = TIMING.delivered_within


def facts(*new: str, confirmed: tuple[str, ...] = (), away: tuple[str, ...] = ()) -> Facts:
    """Who has confirmed has the news too, unless his phone is new."""
    return Facts(frozenset(away), frozenset(confirmed), frozenset(new), frozenset(confirmed) - frozenset(new))


def grace_over(check_in: CheckIn) -> datetime:
    return check_in.deadline + check_in.grace


def alerted(*buddies: str, known: Facts) -> Decision:
    """The first alert, with these facts."""
    check_in = started(*buddies)
    asked = decide(check_in, Due(Step.ASK), check_in.deadline, TIMING).check_in if check_in.step is Step.ASK else None
    if asked is None:
        reminded = decide(check_in, Due(Step.REMIND), check_in.deadline, TIMING).check_in
        asked = decide(reminded, Due(Step.ASK), check_in.deadline, TIMING).check_in
    return decide(asked, Due(Step.ALERT), grace_over(asked), TIMING, known)


def told(decision: Decision, effect: Effect = Effect.ALERT) -> list[str | None]:
    return [happening.buddy_id for happening in decision.happenings if happening.effect is effect]


def part(check_in: CheckIn, buddy: str) -> Watch:
    return next(watch for watch in check_in.watches if watch.buddy_id == buddy)


def test_the_next_buddy_is_alerted_beside_a_new_phone() -> None:
    decision = alerted(BO, CY, DEE, known=facts(BO))
    assert told(decision) == [BO, CY]
    assert [watch.held_back for watch in decision.check_in.watches] == [True, False, False]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (facts(BO, CY), [BO, DEE]),
        (facts(BO, CY, DEE), [BO]),
        (facts(BO, away=(CY, DEE)), [BO]),
        (facts(CY), [BO]),
        (facts(), [BO]),
        (facts(BO, away=(BO,)), [CY]),
    ],
)
def test_who_else(known: Facts, expected: list[str]) -> None:
    assert told(alerted(BO, CY, DEE, known=known)) == expected


def test_nothing_is_held_back_from_a_sole_buddy() -> None:
    decision = alerted(BO, known=facts(BO))
    assert not part(decision.check_in, BO).held_back


def test_what_was_held_back_follows_once_where_no_other_phone_has_it() -> None:
    first = alerted(BO, CY, known=facts(BO)).check_in
    assert (first.step, first.step_at) == (Step.CHECK_ALERT, grace_over(first) + DELIVERED)
    looked = decide(first, Due(Step.CHECK_ALERT), grace_over(first) + DELIVERED, TIMING, facts(BO, confirmed=(BO,)))
    assert Happening(Effect.COMPLETE_ALERT, BO) in looked.happenings or BO in told(looked)
    assert not part(looked.check_in, BO).held_back


@pytest.mark.parametrize("late", [MINUTE, 30 * MINUTE])
def test_it_stays_held_back_where_another_phone_has_it(late: object) -> None:
    first = alerted(BO, CY, known=facts(BO)).check_in
    at = grace_over(first) + late  # type: ignore[operator]
    looked = decide(first, Due(Step.CHECK_ALERT), at, TIMING, facts(BO, confirmed=(BO, CY)))
    assert told(looked, Effect.COMPLETE_ALERT) == []
    assert part(looked.check_in, BO).held_back
    again = decide(looked.check_in, Due(Step.REPEAT), looked.check_in.step_at, TIMING, facts(BO, confirmed=(BO, CY)))  # type: ignore[arg-type]
    assert part(again.check_in, BO).held_back


def test_another_new_phone_does_not_count() -> None:
    first = alerted(BO, CY, known=facts(BO, CY)).check_in
    both = facts(BO, CY, confirmed=(BO, CY))
    looked = decide(first, Due(Step.CHECK_ALERT), grace_over(first) + DELIVERED, TIMING, both)
    assert told(looked, Effect.COMPLETE_ALERT) == [BO]


def test_a_failed_send_to_another_one_does_not_put_it_off() -> None:
    first = alerted(BO, CY, DEE, known=facts(BO)).check_in
    soon = grace_over(first) + MINUTE / 3
    again = decide(first, NotSent(CY), soon, TIMING, facts(BO, confirmed=(BO,))).check_in
    assert part(again, BO).held_back
    assert (again.step, again.step_at) == (Step.CHECK_ALERT, grace_over(first) + DELIVERED)
    looked = decide(again, Due(Step.CHECK_ALERT), grace_over(first) + DELIVERED, TIMING, facts(BO, confirmed=(BO,)))
    assert told(looked, Effect.COMPLETE_ALERT) == [BO]


def test_what_waits_is_held_back_from_the_phone_that_has_become_new_and_from_no_other() -> None:
    first = alerted(BO, CY, known=facts(BO)).check_in
    later = grace_over(first) + DELIVERED
    complete = decide(first, Due(Step.CHECK_ALERT), later, TIMING, facts(BO)).check_in
    both_have_it = Facts(frozenset(), frozenset(), frozenset({BO, CY}), frozenset({BO, CY}))
    held = holding_back(complete, {CY}, later, Known(TIMING, both_have_it))
    assert [watch.held_back for watch in held.watches] == [False, True]


def test_who_takes_it_within_the_minute_gets_the_rest_at_its_end() -> None:
    first = alerted(BO, CY, known=facts(BO)).check_in
    taken = decide(first, Take(BO), grace_over(first) + MINUTE / 2, TIMING, facts(BO, confirmed=(BO,))).check_in
    assert (taken.stage, taken.step, taken.step_at) == (Stage.TAKEN, Step.CHECK_ALERT, grace_over(first) + DELIVERED)
    looked = decide(taken, Due(Step.CHECK_ALERT), grace_over(first) + DELIVERED, TIMING, facts(BO, confirmed=(BO,)))
    assert told(looked, Effect.COMPLETE_ALERT) == [BO]
    asked_at = grace_over(first) + MINUTE / 2 + TIMING.follow_up
    assert (looked.check_in.step, looked.check_in.step_at) == (Step.FOLLOW_UP, asked_at)


def test_more_time_begins_anew() -> None:
    first = alerted(BO, CY, known=facts(BO)).check_in
    longer = decide(first, Extend(30 * MINUTE, with_word=True), grace_over(first) + MINUTE, TIMING, facts(BO)).check_in
    assert not any(watch.held_back for watch in longer.watches)
