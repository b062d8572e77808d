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
        name="quiet parting leaves a deadline",
        breaks="She has left him quietly; what still waits to be said about her, or falls due, is left to itself.",
        file="bot/use_cases/unpair.py",
        old="    leave_term_alone(records, pairing)\n",
        new="",
        caught_by=(
            "tests/stories/test_lapse_of_others.py::test_what_he_renews_then_is_answered_as_if_she_had_not_left"
        ),
    ),
)
