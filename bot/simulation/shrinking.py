"""Makes a failing night short: what can be left out while it still fails in the same way is left out."""

from collections.abc import Callable
from dataclasses import replace

from bot.simulation.plan import Plan

MOST_TRIES = 150


def shrink(plan: Plan, fails: Callable[[Plan], bool], most_tries: int = MOST_TRIES) -> Plan:
    """A night with less in it for which `fails` still holds, as it does for the one given."""
    search = _Search(fails, most_tries)
    before = None
    while plan != before:
        before = plan
        plan = search.fewer_mishaps(plan)
        plan = search.fewer_deeds(plan)
        plan = search.earlier_end(plan)
    return plan


class _Search:
    def __init__(self, fails: Callable[[Plan], bool], tries: int) -> None:
        self._fails = fails
        self._tries = tries

    def fewer_mishaps(self, plan: Plan) -> Plan:
        """All of them first, then one by one."""
        return self._fewer(plan, len(plan.mishaps), lambda plan, gone: plan.without(mishaps=gone))

    def fewer_deeds(self, plan: Plan) -> Plan:
        """Those of one person at once, then halves, quarters, and single ones."""
        for who in sorted({deed.who for deed in plan.deeds}):
            gone = frozenset(place for place, deed in enumerate(plan.deeds) if deed.who == who)
            plan = self._try(plan, plan.without(deeds=gone))
        return self._fewer(plan, len(plan.deeds), lambda plan, gone: plan.without(deeds=gone))

    def earlier_end(self, plan: Plan) -> Plan:
        """Not much longer than the last that happens."""
        last = max([0.0, *(deed.at for deed in plan.deeds), *(mishap.at for mishap in plan.mishaps)])
        return self._try(plan, replace(plan, length=last + 1.0)) if last + 1.0 < plan.length else plan

    def _fewer(self, plan: Plan, count: int, without: Callable[[Plan, frozenset[int]], Plan]) -> Plan:
        size = count
        while size:
            place = 0
            while place < count:
                gone = frozenset(range(place, min(place + size, count)))
                smaller = self._try(plan, without(plan, gone))
                if smaller is plan:
                    place += size
                else:
                    plan, count = smaller, count - len(gone)
            size //= 2
        return plan

    def _try(self, plan: Plan, smaller: Plan) -> Plan:
        if smaller == plan or self._tries <= 0:
            return plan
        self._tries -= 1
        return smaller if self._fails(smaller) else plan
