"""Others read along in a group, or learn by it what they must not (SPEC: "Ways in", Privacy)."""

from mutants.mutant import Mutant

_STORIES = "tests/stories/test_groups_kept.py"
_TITLES = "tests/stories/test_group_titles.py"

MUTANTS = (
    Mutant(
        name="what could not be set up is given up",
        breaks="Signal is slow for half a minute, and anybody in the group may add people to it for good.",
        file="bot/group_care.py",
        old="        if facts is not None and await self._is_amiss(facts):\n",
        new="        if False:\n",
        caught_by=f"{_STORIES}::test_what_signal_refused_to_set_up_is_set_up_later",
    ),
    Mutant(
        name="whoever got into a group stays",
        breaks="Somebody whom her buddy has added reads when she is out, and until when.",
        file="bot/group_making.py",
        old="    if strangers := (group.members | group.pending) - group.admins - set(wanted.members):\n",
        new="    if strangers := group.members - group.members:\n",
        caught_by=f"{_STORIES}::test_whom_a_member_has_added_meanwhile_is_taken_out[False]",
    ),
    Mutant(
        name="prepared group taken",
        breaks="The bot writes into a group that somebody has prepared, with a title and a picture of his own.",
        file="bot/group_making.py",
        old="(group for group in groups if group.id not in not_it)",
        new="(group for group in groups if group.id not in known)",
        caught_by=f"{_STORIES}::test_a_group_prepared_with_the_same_people_is_not_taken_for_the_pairings",
    ),
    Mutant(
        name="left over group not found again",
        breaks="A kill in the wrong moment makes a second group, and she writes into the one that nobody hears.",
        file="bot/group_making.py",
        old="        signal_id = left_over or await self._signal.create_group(",
        new="        signal_id = await self._signal.create_group(",
        caught_by=f"{_STORIES}::test_nor_where_the_making_was_cut_off[killed]",
    ),
    Mutant(
        name="group touched while a line about a timer stands there",
        breaks="Between start and close her phone shows changes of the group that nobody has asked for.",
        file="bot/wanted_groups.py",
        old="    if line_stands(records, people_with_timers(records, pairings), group_id):\n",
        new="    if False:\n",
        caught_by=f"{_TITLES}::test_not_while_a_line_about_a_timer_stands_there",
    ),
    Mutant(
        name="title waits for a timer of which he was told nothing",
        breaks="Her buddy renames himself, and tells by the title that does not follow that she is out.",
        file="bot/wanted_groups.py",
        old="    return any(_has_line_in(records, check_in, group_id) for check_in in own if check_in is not None)",
        new="    return any(check_in is not None for check_in in own)",
        caught_by=f"{_TITLES}::test_of_a_timer_that_he_was_not_told_of_he_learns_nothing_by_it[/start 2h]",
    ),
    Mutant(
        name="who would call her for nothing is not told directly",
        breaks="The end line misses his phone, and he calls her at the time that the start line named.",
        file="bot/use_cases/line_missed.py",
        old="    if line.purpose in (Purpose.TIME_LINE, Purpose.END_LINE):\n",
        new="    if line.purpose in ():\n",
        caught_by="tests/stories/test_line_missed_him.py::test_he_is_told_directly_that_it_is_closed[False]",
    ),
)
