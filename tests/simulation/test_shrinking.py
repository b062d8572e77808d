"""A failing night is made short: only what is needed for it to fail is left."""

from bot.simulation.drawing import draw
from bot.simulation.nights import shrunk
from bot.simulation.oracle.findings import Finding
from bot.simulation.plan import Deed, Mishap, Plan
from bot.simulation.shrinking import shrink


def a_long_night() -> Plan:
    deeds = tuple(Deed(float(at), who, "write", f"{who} {at}") for at in range(40) for who in ("Ana", "Bo"))
    mishaps = tuple(Mishap(float(at), "network is down") for at in range(10))
    return Plan(1, 0, 500.0, deeds, mishaps)


def test_only_what_is_needed_is_left() -> None:
    def fails(plan: Plan) -> bool:
        return {"Ana 7", "Ana 33"} <= {deed.text for deed in plan.deeds} and Mishap(
            4.0, "network is down"
        ) in plan.mishaps

    short = shrink(a_long_night(), fails)
    assert [deed.text for deed in short.deeds] == ["Ana 7", "Ana 33"]
    assert short.mishaps == (Mishap(4.0, "network is down"),)
    assert short.length == 34.0


def test_a_night_that_fails_in_any_case_loses_everything() -> None:
    short = shrink(a_long_night(), lambda _: True)
    assert (short.deeds, short.mishaps) == ((), ())


def test_it_ends_after_so_many_tries() -> None:
    tried: list[Plan] = []

    def fails(plan: Plan) -> bool:
        tried.append(plan)
        return False

    assert shrink(a_long_night(), fails, most_tries=12) == a_long_night()
    assert len(tried) == 12


def test_a_night_that_does_not_fail_stays_as_it_is() -> None:
    plan = Plan(1, 0, 2.0, (Deed(1.0, "Ana", "write", "/help"),), ())
    assert shrunk(plan, [Finding("missed alert", 0.0, "Ana")]) == plan


def test_without_takes_out_by_place() -> None:
    plan = draw(3)
    assert plan.without(deeds=frozenset({0})).deeds == plan.deeds[1:]
    assert plan.without(mishaps=frozenset(range(len(plan.mishaps)))).mishaps == ()
