"""From the first alert to the end (SPEC: "A check-in's life", steps 4 to 7)."""

from datetime import timedelta

import pytest

from bot.domain.check_in import CheckIn, Stage, Step
from bot.domain.course import decide
from bot.domain.decisions import Decision, Effect, Impossible, NotPossible
from bot.domain.events import Close, Event, GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.known import Facts
from tests.unit.domain.courses import (
    BO,
    CY,
    DEE,
    HOUR,
    MINUTE,
    START,
    TIMING,
    after,
    due_at,
    next_step,
    overdue,
    started,
    steps,
    told,
    until,
)

ALERTED_AT = START + 2 * HOUR + 5 * MINUTE


def alerts_of(check_in: CheckIn, during: timedelta) -> list[tuple[float, list[str | None]]]:
    """Minutes since the first alert, and whom each alert goes to."""
    found = []
    for at, decision in steps(check_in):
        if at - ALERTED_AT > during:
            return found
        if told(decision, Effect.ALERT):
            found.append(((at - ALERTED_AT) / MINUTE, told(decision, Effect.ALERT)))
    return found


def test_a_sole_buddy_is_alerted_every_five_minutes_for_an_hour_then_every_fifteen_then_hourly() -> None:
    expected = [*range(0, 60, 5), *range(60, 13 * 60, 15), *range(13 * 60, 72 * 60 + 1, 60)]
    assert [minutes for minutes, _ in alerts_of(started(), 72 * HOUR)] == expected


def test_the_next_buddy_is_alerted_after_two_minutes_each_and_the_earlier_ones_again() -> None:
    assert alerts_of(started(BO, CY, DEE), 20 * MINUTE) == [
        (0, [BO]),
        (2, [BO, CY]),
        (4, [BO, CY, DEE]),
        (9, [BO, CY, DEE]),
        (14, [BO, CY, DEE]),
        (19, [BO, CY, DEE]),
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_every_buddy_is_alerted_within_two_minutes_for_each_before_him(count: int) -> None:
    buddies = [f"buddy {number}" for number in range(count)]
    first: dict[str | None, float] = {}
    for minutes, whom in alerts_of(started(*buddies), HOUR):
        for buddy in whom:
            first.setdefault(buddy, minutes)
    assert first == {buddy: 2 * place for place, buddy in enumerate(buddies)}


def test_who_has_gone_away_since_the_start_is_alerted_only_when_nobody_else_is_left() -> None:
    facts = Facts(away=frozenset({BO}), confirmed=frozenset({BO, CY, DEE}))
    first = next_step(until(started(BO, CY, DEE), Stage.ASKED), facts)
    second = next_step(first.check_in, facts)
    third = next_step(second.check_in, facts)
    alerted = [told(decision, Effect.ALERT) for decision in (first, second, third)]
    assert alerted == [[CY], [CY, DEE], [BO, CY, DEE]]


def test_it_never_ends_by_itself() -> None:
    last = alerts_of(started(BO, CY), 30 * 24 * HOUR)[-1]
    assert last[0] >= (30 * 24 - 1) * 60


def taken(*buddies: str, by: str = BO) -> CheckIn:
    """Taken at the moment of the last alert."""
    check_in = overdue(*buddies)
    while not any(watch.buddy_id == by and watch.alerted_at for watch in check_in.watches):
        check_in = next_step(check_in).check_in
    return after(check_in, Take(by), due_at(check_in) - MINUTE)


def asked_how_it_stands(*buddies: str, by: str = BO) -> CheckIn:
    return next_step(taken(*buddies, by=by)).check_in


def test_who_takes_it_is_asked_half_an_hour_later_and_the_others_are_told() -> None:
    late = next_step(overdue(BO, CY, DEE)).check_in
    decision = decide(late, Take(CY), due_at(late), TIMING)
    assert told(decision, Effect.CONFIRM_TAKEN) == [CY]
    assert told(decision, Effect.TELL_TAKEN) == [BO]  # Dee was never alerted, and learns nothing
    assert told(decision, Effect.ALERT) == []
    assert (decision.check_in.step, due_at(decision.check_in)) == (Step.FOLLOW_UP, due_at(late) + 30 * MINUTE)


def test_while_he_has_it_nobody_is_alerted() -> None:
    check_in = taken(BO, CY)
    decision = next_step(check_in)
    assert told(decision, Effect.ALERT) == []
    assert told(decision, Effect.ASK_HOW_IT_STANDS) == [BO]
    assert due_at(decision.check_in) == due_at(check_in) + 10 * MINUTE


def test_another_buddy_may_take_it_over() -> None:
    check_in = after(next_step(overdue(BO, CY)).check_in, Take(BO), ALERTED_AT + 3 * MINUTE)
    decision = decide(check_in, Take(CY), ALERTED_AT + 4 * MINUTE, TIMING)
    assert decision.check_in.taken_by == CY
    assert told(decision, Effect.TELL_TAKEN) == [BO]


def test_taking_it_twice_says_nothing_new() -> None:
    check_in = taken()
    assert why_not(check_in, Take(BO)) is Impossible.ALREADY_TAKEN_BY_YOU


def test_a_hold_gives_half_an_hour_more_once() -> None:
    check_in = asked_how_it_stands(BO, CY)
    held = decide(check_in, Take(BO), due_at(check_in) - MINUTE, TIMING)
    assert told(held, Effect.CONFIRM_HELD) == [BO]
    assert due_at(held.check_in) == due_at(check_in) - MINUTE + 30 * MINUTE
    asked_again = next_step(held.check_in).check_in
    resumed = decide(asked_again, Take(BO), due_at(asked_again) - MINUTE, TIMING)
    assert_goes_on_without(resumed, BO, others=[CY])


def why_not(check_in: CheckIn, event: Event) -> Impossible:
    with pytest.raises(NotPossible) as refusal:
        decide(check_in, event, due_at(check_in), TIMING)
    return refusal.value.why


def assert_goes_on_without(decision: Decision, had_it: str, others: list[str]) -> None:
    assert decision.check_in.stage is Stage.OVERDUE
    assert told(decision, Effect.ALERT) == others
    assert told(decision, Effect.TELL_RESUMED) == ([] if had_it in others else [had_it])  # the alert tells him
    assert decision.check_in.taken_by is None


def test_any_other_text_lets_it_go_on_to_the_others_first() -> None:
    check_in = asked_how_it_stands(BO, CY)
    assert_goes_on_without(decide(check_in, SayElse(BO), due_at(check_in), TIMING), BO, [CY])


def test_silence_lets_it_go_on_to_the_others_first() -> None:
    assert_goes_on_without(next_step(asked_how_it_stands(BO, CY)), BO, [CY])


def test_an_answer_taken_back_lets_it_go_on_to_the_others_first() -> None:
    check_in = taken(BO, CY, DEE, by=CY)
    assert_goes_on_without(decide(check_in, GiveBack(CY), due_at(check_in), TIMING), CY, [BO, DEE])


def test_whoever_had_it_is_alerted_again_with_the_next_alert() -> None:
    check_in = next_step(asked_how_it_stands(BO, CY)).check_in
    assert told(next_step(check_in), Effect.ALERT) == [BO, CY]


@pytest.mark.parametrize("event", [SayElse(BO), None])
def test_a_sole_buddy_is_alerted_again_himself(event: Event | None) -> None:
    check_in = asked_how_it_stands()
    decision = next_step(check_in) if event is None else decide(check_in, event, due_at(check_in), TIMING)
    assert_goes_on_without(decision, BO, [BO])


def test_other_texts_count_only_from_whom_was_asked_and_only_then() -> None:
    assert why_not(taken(BO, CY), SayElse(BO)) is Impossible.NOT_ASKED
    assert why_not(asked_how_it_stands(BO, CY), SayElse(CY)) is Impossible.NOT_ASKED


def test_only_who_has_it_can_give_it_back() -> None:
    assert why_not(taken(BO, CY), GiveBack(CY)) is Impossible.NOT_TAKEN_BY_YOU


def test_resolving_pauses_for_fifteen_minutes_tells_everyone_alerted_and_asks_her() -> None:
    late = next_step(overdue(BO, CY, DEE)).check_in
    decision = decide(late, Resolve(CY), due_at(late), TIMING)
    assert told(decision, Effect.TELL_RESOLVED) == [BO, CY]
    assert told(decision, Effect.ASK_AFTER_RESOLVE) == [None]
    assert told(decision, Effect.WITHDRAW_STALE) == [None]
    paused = decision.check_in
    assert due_at(paused) == due_at(late) + 15 * MINUTE
    assert told(next_step(paused), Effect.ALERT) == [BO, CY, DEE]


def test_a_buddy_may_resolve_what_he_or_another_has() -> None:
    check_in = taken(BO, CY, by=CY)
    for buddy in (BO, CY):
        assert after(check_in, Resolve(buddy), due_at(check_in)).stage is Stage.PAUSED


def test_any_alerted_buddy_may_reopen_it() -> None:
    late = next_step(overdue(BO, CY)).check_in
    paused = after(late, Resolve(BO), due_at(late))
    for buddy in (BO, CY):
        decision = decide(paused, Reopen(buddy), due_at(late) + MINUTE, TIMING)
        assert decision.check_in.stage is Stage.OVERDUE
        assert told(decision, Effect.ALERT) == [BO, CY]


def test_while_it_pauses_nobody_can_take_or_resolve_it() -> None:
    late = overdue()
    paused = after(late, Resolve(BO), due_at(late))
    assert why_not(paused, Take(BO)) is Impossible.ALREADY_PAUSED
    assert why_not(paused, Resolve(BO)) is Impossible.ALREADY_PAUSED


@pytest.mark.parametrize("event", [Take(DEE), Resolve(DEE)])
def test_who_was_not_alerted_has_no_part_in_it(event: Event) -> None:
    for check_in in (overdue(BO, DEE), taken(BO, DEE)):
        assert why_not(check_in, event) is Impossible.NOT_ALERTED


@pytest.mark.parametrize("event", [Take(BO), Resolve(BO), Reopen(BO), GiveBack(BO), SayElse(BO)])
def test_before_an_alert_there_is_nothing_to_take_or_resolve(event: Event) -> None:
    for check_in in (started(), until(started(), Stage.ASKED)):
        assert why_not(check_in, event) is Impossible.NO_ALERT_YET


def test_the_rhythm_goes_on_from_the_first_alert_after_a_pause() -> None:
    late = overdue()
    paused = after(late, Resolve(BO), ALERTED_AT + 58 * MINUTE)
    resumed = next_step(paused).check_in
    assert due_at(resumed) - due_at(paused) == 15 * MINUTE  # more than an hour since the first alert


def test_a_codeword_closes_it_however_late() -> None:
    check_in = overdue(BO, CY)
    for _ in range(200):
        check_in = next_step(check_in).check_in
    assert after(check_in, Close(), due_at(check_in)).stage is Stage.CLOSED
