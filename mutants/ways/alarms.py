"""A silent alarm shows, or is stopped by what is done on her phone (SPEC: "Silent alarm")."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="duress word raises nothing",
        breaks="She gives the sign under somebody's eyes, everything looks well, and nobody comes.",
        file="handlers/heeding.py",
        old="    if checked.duress or checked.verdict is Verdict.DURESS:",
        new="    if checked.over_limit and checked.verdict is Verdict.DURESS:",
        caught_by=(
            "tests/stories/test_silent_alarm.py"
            "::test_the_alert_says_what_is_known_what_to_do_first_and_what_happens_next"
        ),
    ),
    Mutant(
        name="duress word answered differently",
        breaks="Whoever stands behind her reads from the answer that she has called for help.",
        file="handlers/ending.py",
        old='        call.answer("safe.closed")\n',
        new='        call.answer("unknown.message" if call.checked.duress else "safe.closed")\n',
        caught_by=(
            "tests/stories/test_silent_alarm.py"
            "::test_whom_she_marked_never_gets_it_and_gets_what_the_codeword_would_bring"
        ),
    ),
    Mutant(
        name="duress word told by its timing",
        breaks="The codeword is answered faster than the duress word: whoever has seen both knows which it was.",
        file="bot/words_desk.py",
        old="lambda: [self._is_behind(one, folded) for one in encoded])",
        new=(
            "lambda: (lambda first: [first, *(not first and self._is_behind(one, folded) for one in encoded[1:])])("
            "self._is_behind(encoded[0], folded)))"
        ),
        caught_by=(
            "tests/stories/test_equality.py::test_nothing_on_her_phone_tells_the_two_evenings_apart[ended_in_time]"
        ),
    ),
    Mutant(
        name="sos answered in the group",
        breaks="Her call for help stands on every phone that shows the group, also on hers.",
        file="handlers/commands/sos.py",
        old='    return True\n\n\nCOMMAND = Command("sos", "/sos", _read, _carry_out, from_new_phone=True)',
        new=(
            '    call.answer("sos.nobody")\n    return True\n\n\n'
            'COMMAND = Command("sos", "/sos", _read, _carry_out, in_group=True, from_new_phone=True)'
        ),
        caught_by="tests/stories/test_sos.py::test_in_a_group_it_counts_and_is_not_answered",
    ),
    Mutant(
        name="codeword ends an alarm",
        breaks="The codeword is forced out of her, and everybody goes home.",
        file="bot/domain/alarm_ending.py",
        old='    return AlarmDecision(alarm, told, "word_sent")',
        new='    return replace(_end(alarm, alarm.since, "word_sent"), happenings=told)',
        caught_by="tests/unit/domain/test_alarm_course.py::test_a_codeword_is_told_and_changes_nothing",
    ),
    Mutant(
        name="alarm joined to the close of the check-in",
        breaks="Her timer is closed under duress, and those who were told of the alarm get the all-clear.",
        file="bot/use_cases/taking_back.py",
        old="    return {watch.buddy_id for alarm in records",
        new="    return {watch.buddy_id for alarm in [] and records",
        caught_by=(
            "tests/stories/test_silent_alarm.py"
            "::test_whom_she_marked_never_gets_it_and_gets_what_the_codeword_would_bring"
        ),
    ),
    Mutant(
        name="taking an alarm stops the others",
        breaks="The buddy who is in on it takes the alarm, and no other is alerted any more.",
        file="bot/domain/alarm_rules.py",
        old='    return AlarmDecision(_with(alarm, taken), happenings, "taken")',
        new='    return AlarmDecision(_with(replace(alarm, watches=(taken,)), taken), happenings, "taken")',
        caught_by="tests/unit/domain/test_alarm_course.py::test_taking_it_stops_nobody_elses_alert",
    ),
    Mutant(
        name="marked buddy gets the alarm",
        breaks="The one from whom she wants to be saved is told that she asks for help.",
        file="bot/use_cases/alarm_parts.py",
        old=" if not one.no_alarms]",
        new="]",
        caught_by=(
            "tests/stories/test_silent_alarm.py"
            "::test_whom_she_marked_never_gets_it_and_gets_what_the_codeword_would_bring"
        ),
    ),
    Mutant(
        name="phone from which the word came gets the alarm",
        breaks="She writes the duress word on the phone of the one who threatens her, and he reads what it did.",
        file="bot/use_cases/raise_alarm.py",
        old="sign.cause, from_buddy, now",
        new="sign.cause, None, now",
        caught_by=(
            "tests/stories/test_silent_alarm.py"
            "::test_from_a_buddys_phone_it_leaves_out_that_phone_unless_it_is_the_only_one"
        ),
    ),
    Mutant(
        name="phone paired by the duress word is told what it is",
        breaks="Whoever made her pair his second phone sends the same word once more, and that phone rings.",
        file="handlers/commands/confirm.py",
        old="by_duress=call.checked.duress",
        new="by_duress=False",
        caught_by=(
            "tests/stories/test_what_each_hears.py"
            "::test_who_was_won_by_it_does_not_hear_it_after_the_alarm_has_ended[yellow submarine]"
        ),
    ),
    Mutant(
        name="phone from which the word came told later what it was",
        breaks="He has her alarm from before, and what others do about the word on his phone shows to him.",
        file="bot/domain/alarm.py",
        old="    return tuple(sign for sign in copy.signs if buddy_id not in sign.not_for)",
        new="    return tuple(sign for sign in copy.signs if buddy_id)",
        caught_by=(
            "tests/stories/test_as_if_undivided.py"
            "::test_that_it_is_not_over_does_not_show_to_the_phone_from_which_its_word_came"
        ),
    ),
    Mutant(
        name="sign seen on the phone from which it came by what it changes",
        breaks="He has her alarm from before, and from her duress word on it is written to as if it had just begun.",
        file="bot/use_cases/raise_alarm.py",
        old="sorted(set_apart(records, parts), key",
        new="sorted(parts, key",
        caught_by=("tests/stories/test_set_apart.py::test_a_pause_that_he_knows_of_ends_as_it_would[yellow submarine]"),
    ),
    Mutant(
        name="later alarm told nothing of the first",
        breaks="A buddy has it, and the phone that was paired since is not told: it shows by that which word it was.",
        file="bot/use_cases/alarm_moving.py",
        old="    _let_follow(records, alarm, event, now, timing)\n    _reopen_with_it",
        new="    _reopen_with_it",
        caught_by="tests/stories/test_as_if_undivided.py::test_that_the_other_takes_it[yellow submarine]",
    ),
    Mutant(
        name="alarm ends although nobody else was told",
        breaks="One buddy says that he has spoken with her, no other can have heard of it, and the alarm is over.",
        file="bot/domain/alarm_ending.py",
        old="    if others & event.told:",
        new="    if others | event.told:",
        caught_by="tests/unit/domain/test_alarm_course.py::test_a_pause_of_ten_minutes_ends_it_if_another_buddy_was_told",
    ),
    Mutant(
        name="alarm that a phone has not confirmed not repeated",
        breaks="The alert got lost on its way, and the next one comes five minutes later.",
        file="bot/domain/alarm_rules.py",
        old="            if watch.buddy_id in confirmed:\n",
        new="            if watch.buddy_id:\n",
        caught_by=(
            "tests/unit/domain/test_alarm_course.py::test_a_phone_that_has_not_confirmed_gets_it_again_after_a_minute"
        ),
    ),
    Mutant(
        name="alarm lost with the command",
        breaks="The command around her duress word meets a fault of ours, and the alarm is undone with it.",
        file="handlers/conversation.py",
        old="            if checked.raises_alarm:  # whatever",
        new="            if not checked.raises_alarm:  # whatever",
        caught_by="tests/stories/test_alarm_and_fault.py::test_the_alarm_goes_out_although_the_command_fails",
    ),
    Mutant(
        name="drill gives way to an alarm",
        breaks="Whom she has marked starts a drill, and sees by his own buddy's missing answer that there is an alarm.",
        file="handlers/commands/ack.py",
        old="any(isinstance(one, OpenAlert) and _can_be_taken(one, call.person.id) for one in every)",
        new="any(_can_be_taken(one, call.person.id) for one in every)",
        caught_by=(
            "tests/stories/test_drill_and_alarms.py"
            "::test_whose_drill_it_is_does_not_learn_by_it_of_an_alarm_about_somebody_else[on it-1]"
        ),
    ),
    Mutant(
        name="alert not taken beside an alarm",
        breaks="Her phone hears who has a friend's timer after her codeword, and after the duress word it does not.",
        file="handlers/commands/ack.py",
        old="    if beside is None or not _comes_first(beside[0], call.person.id):\n",
        new="    if beside is None or beside[1] or not _comes_first(beside[0], call.person.id):\n",
        caught_by=(
            "tests/stories/test_ack_beside_an_alarm.py"
            "::test_her_phone_is_told_who_has_a_friends_timer_whichever_word_ended_her_own[on it-yellow submarine]"
        ),
    ),
    Mutant(
        name="not asked about the alarm besides",
        breaks="He takes a timer, believes that he has the alarm, too, and nobody goes there.",
        file="handlers/commands/ack.py",
        old="    if left:\n",
        new="    if len(left) > 1:\n",
        caught_by="tests/stories/test_ack_beside_an_alarm.py::test_the_alarm_is_not_taken_by_it_and_goes_on",
    ),
    Mutant(
        name="line divided in one way alone",
        breaks="A buddy's name ends as her word begins: only the rest of that is compared, and nobody comes.",
        file="handlers/naming.py",
        old="for start in range(len(words) - shortest + 1))",
        new="for start in range(len(words) - shortest, len(words)))",
        caught_by=(
            "tests/stories/test_name_in_her_word.py"
            "::test_her_word_is_heard_where_it_begins_with_his_name[Bo yellow-/unpair Bo {}]"
        ),
    ),
    Mutant(
        name="name swallows the duress word",
        breaks="A buddy calls himself as her word begins, and with no timer running it raises nothing after a command.",
        file="handlers/heeding.py",
        old="    if call.checked.own_duress:\n",
        new="    if call.checked.own_duress and call.checked.is_hers:\n",
        caught_by=(
            "tests/stories/test_name_in_her_word.py"
            "::test_her_word_is_heard_where_it_begins_with_his_name[Yellow-/safe {}]"
        ),
    ),
    Mutant(
        name="only the longest name is heard",
        breaks="Somebody calls himself as her word begins, and on the phone of a buddy of both it does nothing.",
        file="handlers/conversation.py",
        old="        return replace(first, own_duress=own.duress, besides=tuple(besides))\n",
        new="        return replace(first, own_duress=own.duress)\n",
        caught_by=("tests/stories/test_name_in_anothers_word.py::test_her_duress_word_is_heard_with_nothing_running"),
    ),
)
