"""A new phone is taken for the old one, or a buddy is left without what he needs (SPEC: "A new phone")."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="details handed to a new phone",
        breaks="Whoever has taken over a buddy's account reads where she is, although another buddy has it.",
        file="bot/domain/new_phone.py",
        old="    if others & known.facts.have_news:\n        return True\n",
        new="",
        caught_by="tests/unit/domain/test_new_phones.py::test_it_stays_held_back_where_another_phone_has_it",
    ),
    Mutant(
        name="details never follow to a new phone",
        breaks="The only buddy whose phone is on cannot act, because she had no time to confirm his new phone.",
        file="bot/domain/new_phone.py",
        old="    return now < held_back_until(check_in, watch, now, known.timing)",
        new="    return True",
        caught_by=(
            "tests/unit/domain/test_new_phones.py::test_what_was_held_back_follows_once_where_no_other_phone_has_it"
        ),
    ),
    Mutant(
        name="two new phones count for each other",
        breaks="Two buddies have new phones, and neither is told what she left.",
        file="bot/use_cases/who_has_news.py",
        old="        and not (row.to.person_id in new_since and row.confirmed_at >= new_since[row.to.person_id])\n",
        new="",
        caught_by=(
            "tests/stories/test_new_phone_held_back.py"
            "::test_it_follows_in_a_minute_to_two_new_phones_that_have_taken_it"
        ),
    ),
    Mutant(
        name="nobody beside a new phone",
        breaks="Who took over a buddy's account takes the alert, and no other buddy ever hears of it in time.",
        file="bot/domain/escalation.py",
        old="    return untold[:1] if known_phone is None else [untold[0], known_phone]",
        new="    return untold[:1] if known_phone is None else [untold[0]]",
        caught_by="tests/unit/domain/test_new_phones.py::test_the_next_buddy_is_alerted_beside_a_new_phone",
    ),
    Mutant(
        name="her new phone does as it likes",
        breaks="Whoever has taken over her account changes her name, her plan and her buddies without her word.",
        file="handlers/new_phone.py",
        old="    if is_new(call):\n",
        new="    if call.person.name is None:\n",
        caught_by="tests/stories/test_own_new_phone.py::test_what_changes_something_needs_the_word_first",
    ),
    Mutant(
        name="new phone told because of an alarm",
        breaks="Minutes after the duress word her phone tells of a buddy's new phone: so somebody was written to.",
        file="bot/use_cases/new_phones.py",
        old="        if records.phones.was_written_to(one.owner_id, one.since):",
        new="        if one.since <= now:",
        caught_by="tests/stories/test_new_phone_unseen.py::test_nothing_of_it_shows_because_of_an_alarm",
    ),
    Mutant(
        name="what waits leaves for a phone that has become new",
        breaks="While Signal was away somebody took over a buddy's account: all that she left goes there, unasked.",
        file="bot/use_cases/new_phones.py",
        old="            alert_anew(records, person.id, now, timing)\n",
        new="",
        caught_by=(
            "tests/stories/test_new_phone_while_it_waits.py"
            "::test_it_does_not_come_with_the_alert_where_another_phone_has_it[timer]"
        ),
    ),
    Mutant(
        name="photo leaves for a phone that has become new",
        breaks="Another buddy takes it while the alert to a phone in other hands is on its way: her photo goes there.",
        file="bot/use_cases/unsent_to_new_phone.py",
        old="    return set() if has_left and Purpose.ALERT not in waiting else waiting\n",
        new="    return set() if Purpose.ALERT not in waiting else waiting\n",
        caught_by=(
            "tests/stories/test_new_phone_while_it_waits.py"
            "::test_no_photo_comes_to_it_behind_an_alert_that_was_taken_back_in_hand[alarm]"
        ),
    ),
    Mutant(
        name="notes put off the question",
        breaks="Who has the alert is not asked how it stands for as long as she keeps leaving notes.",
        file="bot/domain/escalation.py",
        old="    ask_at = check_in.follow_up_at or now + known.timing.follow_up\n",
        new="    ask_at = now + known.timing.follow_up\n",
        caught_by="tests/properties/test_notes.py::test_they_put_off_nothing",
    ),
    Mutant(
        name="notes put off the next buddy",
        breaks="After a note nobody looks any more whether the last phone that was told has the alert.",
        file="bot/domain/escalation.py",
        old="    looks = [*_round_looks(checked, now, known.timing), *_later_looks(checked, now, known.timing)]\n",
        new="    looks = _later_looks(checked, now, known.timing)\n",
        caught_by="tests/properties/test_notes.py::test_they_put_off_nothing",
    ),
    Mutant(
        name="a buddy's /reopen hands the details to a new phone",
        breaks="Who took over a buddy's account waits until the other sleeps, begins a round, and reads where she is.",
        file="bot/use_cases/alarm_new_phones.py",
        old="[each.id for each in _open(records, alarm)], alarm.newest_at, new_since)",
        new="[each.id for each in _open(records, alarm)], alarm.since, new_since)",
        caught_by="tests/stories/test_new_phone_stays_new.py::test_the_new_phone_cannot_wait_for_the_other_to_sleep[False]",
    ),
    Mutant(
        name="held back for good",
        breaks="The other buddy leaves an alarm, and she confirms the new phone: what she left still goes to nobody.",
        file="bot/use_cases/alarm_moving.py",
        old="    if any(watch.held_back for watch in alarm.watches):",
        new="    if False:",
        caught_by=(
            "tests/stories/test_new_phone_held_back.py::test_it_follows_when_she_confirms_a_phone_that_has_taken_it"
        ),
    ),
)
