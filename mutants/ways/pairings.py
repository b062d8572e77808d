"""A pairing ends when it must not, or does not end when it must (SPEC: `/renew`)."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="one yes renews for both",
        breaks="Whoever forces her into a pairing renews it alone, for ever.",
        file="bot/domain/term.py",
        old="    if term.renewed_by(person=not by_person):\n",
        new="    if by_person or not by_person:\n",
        caught_by="tests/properties/test_terms.py::test_it_never_lapses_unwarned_or_against_the_will_of_both",
    ),
    Mutant(
        name="late warning keeps the old end",
        breaks="The bot was away over a warning: she loses a buddy a moment after she first hears of it.",
        file="bot/domain/term.py",
        old="ends_at=max(term.ends_at, now + _ahead(step, timing))",
        new="ends_at=term.ends_at",
        caught_by="tests/properties/test_terms.py::test_it_never_lapses_unwarned_or_against_the_will_of_both",
    ),
    Mutant(
        name="pairing lapses while a timer runs",
        breaks="A buddy whom the escalation would come to is gone before it does.",
        file="bot/use_cases/lapse.py",
        old="    if any(records.check_ins.open_of(person_id) is not None for person_id in both):\n",
        new="    if False:\n",
        caught_by="tests/stories/test_lapse_held_up.py::test_while_her_timer_runs_nothing_lapses[False]",
    ),
    Mutant(
        name="pairing lapses while its warning waits",
        breaks="Signal was away: both read the warning and the end at once.",
        file="bot/use_cases/lapse.py",
        old="step is TermStep.LAPSE and not _warning_still_waits(records, pairing)",
        new="step is TermStep.LAPSE",
        caught_by="tests/stories/test_lapse_held_up.py::test_a_warning_that_could_not_leave_is_said_anew",
    ),
    Mutant(
        name="only she hears of a vouch",
        breaks="Whoever holds her phone asks for a new word, one buddy helps, and nobody learns of it in time.",
        file="bot/use_cases/reset.py",
        old='    _tell(records, others, "reset.vouched_buddy", vouched, now)\n',
        new="",
        caught_by="tests/stories/test_reset.py::test_whoever_else_was_asked_hears_of_it_but_not_from_whom",
    ),
    Mutant(
        name="who leaves untold leaves nobody on call",
        breaks="She reads that nobody is on call, or the next alert goes by an order that she was not told.",
        file="bot/domain/on_call.py",
        old="    on_call = replace(fresh, on_call=True)\n",
        new="    on_call = fresh\n",
        caught_by="tests/stories/test_untold.py::test_he_leaves_at_once_and_the_next_is_on_call",
    ),
    Mutant(
        name="who leaves untold is told of the timer",
        breaks="She chose that no buddy hears of a timer; whoever asks to leave learns that one runs.",
        file="bot/use_cases/unpair.py",
        old="(alone or knows_of_it(watch))",
        new="(alone or watch.on_call)",
        caught_by="tests/stories/test_untold.py::test_so_does_whoever_erases_everything",
    ),
    Mutant(
        name="her only buddy leaves a running timer",
        breaks="Nobody is alerted: whoever could be has left before the end.",
        file="bot/use_cases/unpair.py",
        old="(alone or knows_of_it(watch))",
        new="knows_of_it(watch)",
        caught_by="tests/stories/test_untold.py::test_the_last_one_stays_until_the_close_so_that_somebody_is_alerted",
    ),
    Mutant(
        name="a code from before tells of a quiet parting",
        breaks="With a code of hers that he has kept he asks, at any time, whether she has left him.",
        file="bot/use_cases/pair.py",
        old="found.created_at < left_at < found.expires_at",
        new="left_at < found.created_at",
        caught_by="tests/stories/test_unpair_quietly.py::test_a_code_from_before_tells_him_nothing",
    ),
    Mutant(
        name="quiet parting leaves a deadline",
        breaks="She has left him quietly; what still waits to be said about her, or falls due, is left to itself.",
        file="bot/use_cases/unpair.py",
        old="    leave_term_alone(records, pairing)\n",
        new="",
        caught_by=(
            "tests/stories/test_lapse_of_others.py::test_what_he_renews_then_is_answered_as_if_she_had_not_left"
        ),
    ),
    Mutant(
        name="look-alike name without a number",
        breaks="A buddy writes his name in letters that look like another's, and she parts from the wrong one.",
        file="bot/domain/names.py",
        old="    return frozenset({folded, *(fold(_seen(text)) for text in (name, plain(name), folded))})\n",
        new="    return frozenset({folded})\n",
        caught_by="tests/unit/domain/test_names.py::test_what_looks_the_same_is_alike",
    ),
    Mutant(
        name="one of two look-alikes is guessed",
        breaks="She types a name that fits two, and the first of them is meant, whoever that is.",
        file="handlers/naming.py",
        old="        if len(found) > 1:\n",
        new="        if False:\n",
        caught_by="tests/unit/domain/test_names.py::test_a_command_finds_one_name_or_none",
    ),
    Mutant(
        name="look-alike comes before the name as written",
        breaks="From before two look alike: each name that she types or copies could mean either, and none is met.",
        file="bot/domain/names.py",
        old="        if as_written or len(name) > LONGEST_NAME:\n",
        new="        if len(name) > LONGEST_NAME:\n",
        caught_by="tests/unit/domain/test_names.py::test_the_name_as_written_is_meant_before_one_that_looks_like_it",
    ),
    Mutant(
        name="buddy changes his name unseen",
        breaks="One buddy takes the place of another under his name, and she turns to the wrong one.",
        file="bot/use_cases/rename.py",
        old="*_as_buddy(records, person.id, name)]",
        new="*_as_buddy(records, person.id, name)[:0]]",
        caught_by="tests/stories/test_rename_told.py::test_she_is_told_how_her_buddy_is_called_now",
    ),
    Mutant(
        name="new name shows a quiet parting",
        breaks="He calls her by another name from one day to the next, without a word: so he is no buddy any more.",
        file="bot/use_cases/rename.py",
        old="        if pairing.state is PairingState.QUIET and not _looks_after_him(records, pairing):\n",
        new="        if False:\n",
        caught_by="tests/stories/test_rename_told.py::test_whom_she_left_quietly_hears_and_sees_nothing_of_it",
    ),
    Mutant(
        name="name of something open is given anew",
        breaks="He parts from one Ana, and with her leaves the alarm about the other.",
        file="bot/use_cases/labels.py",
        old="    return unique_label(name, [*others, *open_about_others])\n",
        new="    return unique_label(name, others)\n",
        caught_by=(
            "tests/stories/test_leaving_one_of_one_name.py::test_a_name_under_which_something_is_open_is_not_given_anew"
        ),
    ),
    Mutant(
        name="leaving by name alone",
        breaks="Two go by one name from before: he parts from the one, and nobody acts for the other any more.",
        file="handlers/commands/unpair.py",
        old="alarms_meant(call, order.name) if one.alarm.person_id in whose])\n",
        new="alarms_meant(call, order.name)])\n",
        caught_by=(
            "tests/stories/test_leaving_one_of_one_name.py"
            "::test_with_a_word_it_is_the_buddy_and_what_is_open_about_another_stays"
        ),
    ),
)
