"""A check-in's alert comes late, not at all, to too few, or goes on after her word (SPEC: "A check-in's life")."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="grace doubled",
        breaks="Her buddy learns five minutes later than she was promised that she has not come back.",
        file="bot/domain/calm.py",
        old="Step.ALERT, check_in.deadline + check_in.grace)",
        new="Step.ALERT, check_in.deadline + 2 * check_in.grace)",
        caught_by=(
            "tests/unit/domain/test_course_calm.py"
            "::test_at_the_deadline_she_is_asked_and_at_the_end_of_grace_the_first_buddy_is_alerted"
        ),
    ),
    Mutant(
        name="free hour counted anew",
        breaks="Whoever has her phone puts off the alert by an hour again and again, without her word.",
        file="bot/domain/calm.py",
        old="        if freely > known.timing.extend_freely or not in_time:",
        new="        if event.by > known.timing.extend_freely or not in_time:",
        caught_by="tests/unit/domain/test_course_calm.py::test_sixty_minutes_in_all_are_free",
    ),
    Mutant(
        name="late codeword does not close",
        breaks="She is safe and says so, and her buddies go on being alerted all night.",
        file="bot/domain/course.py",
        old="    (Stage.OVERDUE, Close): calm.close,\n",
        new="",
        caught_by=("tests/unit/domain/test_course_table.py::test_every_open_stage_can_be_closed_by_the_codeword"),
    ),
    Mutant(
        name="second buddy never alerted",
        breaks="The first buddy sleeps, and nobody else ever learns of it.",
        file="bot/domain/escalation.py",
        old="for watch in (*alerted(check_in), *_next_buddies(check_in, known))}",
        new="for watch in alerted(check_in) or _next_buddies(check_in, known)}",
        caught_by=(
            "tests/unit/domain/test_course_escalation.py"
            "::test_the_next_buddy_is_alerted_after_two_minutes_each_and_the_earlier_ones_again"
        ),
    ),
    Mutant(
        name="away buddy alerted first",
        breaks="Two minutes are lost with somebody who has said that he cannot be reached.",
        file="bot/domain/escalation.py",
        old="key=lambda watch: watch.buddy_id in away",
        new="key=lambda watch: watch.position",
        caught_by=(
            "tests/unit/domain/test_course_escalation.py"
            "::test_who_has_gone_away_since_the_start_is_alerted_only_when_nobody_else_is_left"
        ),
    ),
    Mutant(
        name="alert repeated once a night",
        breaks="A buddy who did not hear the first alert hears the next one when it is too late.",
        file="bot/domain/escalation.py",
        old="        return last + timing.repeat\n",
        new="        return last + 100 * timing.repeat\n",
        caught_by=(
            "tests/unit/domain/test_course_escalation.py"
            "::test_a_sole_buddy_is_alerted_every_five_minutes_for_an_hour_then_every_fifteen_then_hourly"
        ),
    ),
    Mutant(
        name="silent phone waited for",
        breaks="The first buddy's phone is off, and the next one is told a minute later than he could be.",
        file="bot/domain/escalation.py",
        old="    if _untold(checked) and _last_phone_is_silent(checked, now, known):",
        new="    if not _untold(checked) and _last_phone_is_silent(checked, now, known):",
        caught_by="tests/stories/test_escalation.py::test_a_phone_that_confirms_nothing_is_not_waited_for",
    ),
    Mutant(
        name="failed send not acted upon",
        breaks="Signal refuses the alert to the first buddy, and the next one is not told at once.",
        file="bot/outbox.py",
        old="moves_on=attempt.result is not Result.SIGNAL_AWAY)",
        new="moves_on=attempt.result is Result.RETRY)",
        caught_by="tests/stories/test_escalation.py::test_a_refused_send_lets_the_next_buddy_know_at_once",
    ),
    Mutant(
        name="operator never told",
        breaks="An alert reaches nobody, and the only human who could still do something does not learn of it.",
        file="bot/domain/escalation.py",
        old="    return (Happening(Effect.TELL_OPERATOR),)",
        new="    return ()",
        caught_by="tests/stories/test_escalation.py::test_a_sole_buddy_whose_phone_is_off_is_a_case_for_the_operator",
    ),
    Mutant(
        name="others not told who has it",
        breaks="Two buddies set off at once, or each believes that the other does.",
        file="bot/domain/escalation.py",
        old="*_tell_others(check_in, event.buddy_id, Effect.TELL_TAKEN))\n",
        new="*_tell_others(check_in, event.buddy_id, Effect.TELL_TAKEN)[:0])\n",
        caught_by=(
            "tests/unit/domain/test_course_escalation.py"
            "::test_who_takes_it_is_asked_half_an_hour_later_and_the_others_are_told"
        ),
    ),
    Mutant(
        name="taken for ever",
        breaks="A buddy takes it and falls asleep, and the escalation never resumes.",
        file="bot/domain/escalation.py",
        old="now + known.timing.answer_within)",
        new="now + 1000 * known.timing.answer_within)",
        caught_by="tests/unit/domain/test_course_escalation.py::test_while_he_has_it_nobody_is_alerted",
    ),
    Mutant(
        name="passed back and forth for ever",
        breaks="Two buddies, or one man with two accounts, take it from each other in turns; the third hears nothing.",
        file="bot/domain/escalation.py",
        old="(_pass_on if _untold(check_in) else take)(",
        new="take(",
        caught_by="tests/unit/domain/test_course_passed_on.py::test_passing_it_back_and_forth_puts_no_question_off",
    ),
    Mutant(
        name="who takes it over gains an hour",
        breaks="A take-over once it was asked is no answer: two hold it twice as often, and the third waits longer.",
        file="bot/domain/escalation.py",
        old="_taken(replace(check_in, holds=1), event",
        new="_taken(replace(check_in, holds=0), event",
        caught_by="tests/unit/domain/test_course_passed_on.py::test_to_take_it_over_once_it_was_asked_holds_it_once",
    ),
    Mutant(
        name="pause without end",
        breaks="Somebody says that he has spoken with her, and although no word comes nobody is alerted any more.",
        file="bot/domain/escalation.py",
        old="now + known.timing.resolve_within)",
        new="now + 1000 * known.timing.resolve_within)",
        caught_by=(
            "tests/unit/domain/test_course_escalation.py"
            "::test_resolving_pauses_for_fifteen_minutes_tells_everyone_alerted_and_asks_her"
        ),
    ),
    Mutant(
        name="alert not withdrawn at the close",
        breaks="She is back and has said so, and an alert that waited leaves all the same.",
        file="bot/use_cases/closing.py",
        old="    records.outbox.withdraw(check_in.id, _POINTLESS)\n",
        new="    records.outbox.withdraw(check_in.id, _POINTLESS - set(ALERTS))\n",
        caught_by="tests/stories/test_closing.py::test_no_alert_that_waits_leaves_after_the_close",
    ),
    Mutant(
        name="no all-clear",
        breaks="The buddy who was alerted goes on looking for somebody who is at home.",
        file="bot/use_cases/closing.py",
        old="(has_answered or watch.buddy_id in told) and watch.buddy_id not in besides:",
        new="(has_answered or watch.buddy_id in told) and watch.buddy_id in besides:",
        caught_by="tests/stories/test_closing.py::test_the_all_clear_goes_to_those_alerted_only",
    ),
    Mutant(
        name="files lost on an account that was gone",
        breaks="The buddy reads that a photo follows, and it never comes.",
        file="bot/use_cases/alerting.py",
        old="    return any(row.failure == NO_ACCOUNT for row in _last_files(rows, files))",
        new="    return False",
        caught_by="tests/stories/test_account_gone.py::test_so_does_a_photo_that_she_sends_while_he_is_gone",
    ),
    Mutant(
        name="wrong words not counted",
        breaks="Somebody tries words on her phone as often as he likes, and no buddy learns of it.",
        file="handlers/ending.py",
        old="WRONG_WORDS_ALARM = 3\n",
        new="WRONG_WORDS_ALARM = 300\n",
        caught_by=(
            "tests/stories/test_silent_alarm.py::test_three_wrong_words_in_one_timer_say_that_they_may_be_typing_errors"
        ),
    ),
    Mutant(
        name="who was told nothing hears who has it",
        breaks="Buddies who do not know of each other learn of each other, and of her timer.",
        file="bot/use_cases/happenings.py",
        old="        if text in _MAY_SEEM_OVER and not _may_know_of_it(scene, watch):\n",
        new="        if text in _MAY_SEEM_OVER and watch is None:\n",
        caught_by=(
            "tests/stories/test_taken_before_the_alert.py::"
            "test_the_others_get_neither_her_photo_nor_what_she_adds[taken-untried]"
        ),
    ),
    Mutant(
        name="an alert taken back on its way is forgotten with the bot that sent it",
        breaks="After a kill a photo of hers comes to somebody who got no alert.",
        file="bot/fellow_bots.py",
        old="            alert_left_behind(records, row_id)\n",
        new="            assert row_id\n",
        caught_by=("tests/stories/test_taken_while_on_its_way.py::test_nor_does_it_after_the_bot_was_killed_meanwhile"),
    ),
    Mutant(
        name="files that were taken back count as told",
        breaks="A photo of hers is lost for good where the first try to alert hung.",
        file="bot/use_cases/alerting.py",
        old="    return missed_files(rows, files) or len(_last_files(rows, files)) < files\n",
        new="    return missed_files(rows, files)\n",
        caught_by=("tests/stories/test_alert_hung_then_failed.py::test_the_photo_comes_where_the_first_try_hung"),
    ),
)
