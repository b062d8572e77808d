"""What leaves is lost, doubled, held up, or believed to have arrived (DESIGN, invariants 1, 7 and 8)."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="outbox claimed without a lease",
        breaks="The same message is sent by everybody who looks: alerts come doubled, and lose all trust.",
        file="storage/outbox_statements.py",
        old='        lease_until=bindparam("until"),',
        new='        lease_until=case((bindparam("until") == bindparam("until"), NOW)),',
        caught_by="tests/unit/storage/test_outbox.py::test_a_lane_gives_one_row_at_a_time_in_order[sqlite]",
    ),
    Mutant(
        name="outbox lease never expires",
        breaks="An alert that a dead run had in hand never leaves, nor anything behind it to the same buddy.",
        file="storage/outbox_statements.py",
        old="    _other.c.lease_until > NOW,",
        new="    _other.c.lease_until.is_not(None),",
        caught_by="tests/unit/storage/test_outbox.py::test_a_lease_that_ran_out_is_claimed_again[sqlite]",
    ),
    Mutant(
        name="sent noted before it is sent",
        breaks="A bot that dies between the note and the send believes that the alert has left: nobody is told.",
        file="bot/outbox.py",
        old="        attempt = await self._delivery.attempt(parcel)\n",
        new="""\
        await self._record_until_kept(parcel, Attempt(Result.SENT, 1), lease)
        attempt = await self._delivery.attempt(parcel)
""",
        caught_by=(
            "tests/properties/test_crashes.py"
            "::test_a_kill_between_an_alert_and_its_record_may_send_it_twice_but_never_not[False]"
        ),
    ),
    Mutant(
        name="send not noted again when the database is away",
        breaks="A message that is out is sent once more as soon as its lease ends, each time the disk is full.",
        file="bot/outbox.py",
        old="                await asyncio.sleep(1.0)\n            else:\n                return",
        new="                return\n            else:\n                return",
        caught_by="tests/unit/bot/test_outbox_troubles.py::test_what_cannot_be_recorded_is_not_sent_again",
    ),
    Mutant(
        name="alert not before replies",
        breaks="An alert stands in the same line as chat: it waits behind a reply that hangs on its way.",
        file="storage/outbox.py",
        old="        urgent = outgoing.purpose in URGENT\n",
        new="        urgent = False\n",
        caught_by="tests/unit/storage/test_outbox.py::test_a_reply_in_hand_does_not_hold_up_an_alert[sqlite]",
    ),
    Mutant(
        name="alert does not overtake",
        breaks="An alert waits behind deletions and lines of long ago to the same buddy.",
        file="storage/outbox_lanes.py",
        old="    return max(outgoing.priority, first) if outgoing.purpose in URGENT else 0",
        new="    return max(first, _OVERTAKING) if outgoing.purpose in URGENT else 0",
        caught_by=(
            "tests/unit/storage/test_outbox.py"
            "::test_an_alert_overtakes_everything_but_earlier_alerts_and_all_clears[sqlite]"
        ),
    ),
    Mutant(
        name="withdrawn alert sent again",
        breaks="An alert that her word took back while it was on its way is tried again after the all-clear.",
        file="storage/outbox_statements.py",
        old='_WITHDRAWN_STAYS = case((outbox.c.state == "withdrawn", "withdrawn"), else_=bindparam("new_state"))',
        new='_WITHDRAWN_STAYS = case((outbox.c.state == "lost", "withdrawn"), else_=bindparam("new_state"))',
        caught_by=(
            "tests/unit/storage/test_outbox.py::test_withdrawn_in_flight_stays_withdrawn_and_keeps_its_time_stamp[sqlite]"
        ),
    ),
    Mutant(
        name="timeout treated as sent",
        breaks="No answer from signal-cli counts as success: the alert may never have left, and is not sent again.",
        file="bot/judgement.py",
        old="        return replace(again(parcel, UNKNOWN), late=late)",
        new="        return Attempt(Result.SENT, outcome.sent_ms or 0, late=late)",
        caught_by="tests/unit/bot/test_delivery.py::test_no_answer_means_unknown_and_is_tried_again",
    ),
    Mutant(
        name="failed recipient ignored",
        breaks="A buddy whom signal-cli leaves out of its results counts as told, and nobody else is asked.",
        file="bot/transport/outcomes.py",
        old="for aci in expected - reached - failures.keys()}",
        new="for aci in expected - expected}",
        caught_by="tests/unit/transport/test_outcomes.py::test_member_missing_from_the_results_is_a_failure",
    ),
    Mutant(
        name="failure of one device ignored",
        breaks="A buddy counts as reached although one of the results about him says that he was not.",
        file="bot/transport/outcomes.py",
        old="    reached -= failures.keys()\n",
        new="    failures = {aci: failure for aci, failure in failures.items() if aci not in reached}\n",
        caught_by=(
            "tests/unit/transport/test_outcomes.py::test_person_with_a_success_and_a_failure_is_not_counted_as_reached"
        ),
    ),
    Mutant(
        name="retry pause unbounded",
        breaks="After an hour of trouble the next try of an alert comes an hour later.",
        file="bot/judgement.py",
        old="    pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 10), longest)",
        new="    pause = max(FIRST_PAUSE * 2 ** min(row.attempts, 10), longest / 100)",
        caught_by=(
            "tests/unit/bot/test_delivery.py::test_the_pauses_double_up_to_a_minute_and_for_an_alert_to_fifteen_seconds"
        ),
    ),
    Mutant(
        name="wait of a day believed",
        breaks="Signal asks once for a wait of a day, and the alert leaves tomorrow.",
        file="bot/judgement.py",
        old="min(timedelta(seconds=retry_after), _LONGEST_WAIT)",
        new="timedelta(seconds=retry_after)",
        caught_by=("tests/unit/bot/test_delivery.py::test_an_alert_does_not_wait_for_a_day_because_the_server_says_so"),
    ),
    Mutant(
        name="receipt ignored",
        breaks="No phone ever counts as reached: every buddy is woken for an alert that the first has in his hand.",
        file="bot/inbox.py",
        old="                _note_receipt(records, incoming, now)\n",
        new="                self._log.count(incoming.kind)\n",
        caught_by="tests/unit/bot/test_inbox_feed.py::test_receipts_raise_the_message_and_are_kept_nowhere",
    ),
    Mutant(
        name="receipt from a linked computer counts as the phone's",
        breaks="The computer at his home confirms the alert, the phone in his pocket is off, and nobody else is told.",
        file="bot/inbox.py",
        old="by_phone = receipt.sender_device == PHONE",
        new="by_phone = receipt.sender_device >= PHONE",
        caught_by="tests/stories/test_escalation.py::test_a_receipt_from_a_computer_is_none_from_the_phone",
    ),
    Mutant(
        name="fast receipt lost",
        breaks="A receipt that is faster than the note of the send is forgotten: a phone counts as silent that is not.",
        file="storage/outbox.py",
        old="            receipts.apply_early(self._scope, row_id, to.to_person_id, to.to_group_id, sent_ms)\n",
        new="            receipts.apply_early(self._scope, row_id, None, to.to_group_id, sent_ms)\n",
        caught_by="tests/unit/storage/test_outbox_receipts.py::test_a_receipt_faster_than_the_note_of_sending_counts[sqlite]",
    ),
    Mutant(
        name="a late failure counts",
        breaks="A bot that hung tells of its failure when another has sent the alert: it goes to the next buddy, too.",
        file="bot/outbox.py",
        old="        if attempt.result is not Result.SENT and not records.outbox.still_to_send(row.id, lease):\n",
        new="        if attempt.result is None and not records.outbox.still_to_send(row.id, lease):\n",
        caught_by=(
            "tests/unit/bot/test_outbox_troubles.py"
            "::test_a_failure_counts_for_nothing_once_another_bot_has_sent_the_alert"
        ),
    ),
    Mutant(
        name="late answer thrown away",
        breaks="On a host that is too slow each message is said again and again, which keeps it slow.",
        file="bot/transport/rpc.py",
        old=" or self._late.take(call_id)",
        new="",
        caught_by="tests/stories/test_slow_answers.py::test_nothing_is_said_again_once_it_is_known_to_be_out[True]",
    ),
    Mutant(
        name="late answers kept for ever",
        breaks="Of all that is never answered something is kept, until the memory is full and no alert leaves.",
        file="bot/transport/late_answers.py",
        old="        if len(self._awaited) >= KEPT_AT_MOST:\n",
        new="        if not self._awaited and KEPT_AT_MOST < 0:\n",
        caught_by=(
            "tests/unit/transport/test_rpc.py::test_of_too_many_late_answers_the_oldest_is_waited_for_no_longer"
        ),
    ),
    Mutant(
        name="all-clear overtakes the copy of an alert",
        breaks="The alert comes once more after the all-clear: somebody rushes out for nobody.",
        file="storage/outbox_statements.py",
        old="RECORD_SENT_LATE = _SENT.values(failure=",
        new="RECORD_SENT_LATE = _SENT.values(**_NO_LEASE, failure=",
        caught_by=(
            "tests/stories/test_slow_answers.py::test_an_all_clear_does_not_overtake_the_second_copy_of_an_alert"
        ),
    ),
    Mutant(
        name="copy that fails undoes the alert that has left",
        breaks="The alert is out, its copy fails: it counts as failed, and another buddy is woken for it.",
        file="storage/outbox_statements.py",
        old="    .where(_is_mine, outbox.c.sent_ms.is_not(None))\n",
        new="    .where(_is_mine, outbox.c.sent_ms < 0)\n",
        caught_by=(
            "tests/unit/bot/test_outbox_late.py"
            "::test_a_second_try_that_fails_after_it_wakes_no_other_buddy[unregistered]"
        ),
    ),
    Mutant(
        name="yes to the copy of an alert ignored",
        breaks="He answers the alert that he sees last, believes that he has it, and the others are woken.",
        file="handlers/reactions.py",
        old="    if row.sent_ms is None or row.failure is not None:",
        new="    if row.sent_ms is None:",
        caught_by="tests/stories/test_slow_answers.py::test_a_yes_to_either_copy_of_an_alert_takes_it[1]",
    ),
    Mutant(
        name="what hangs keeps its place",
        breaks="Thirty-two recipients hang, and a fresh alert to somebody else waits for them for minutes.",
        file="bot/outbox.py",
        old="at_once - sum(at > hangs_if_before for at in begun)",
        new="at_once - len(begun)",
        caught_by=(
            "tests/unit/bot/test_outbox_deliveries.py"
            "::test_however_many_alerts_to_others_hang_a_fresh_one_leaves_within_seconds"
        ),
    ),
    Mutant(
        name="line in a group missed her",
        breaks="Signal carries the line in the group to all but her: she cannot know whether her word has come.",
        file="bot/outbox.py",
        old="        if before is not None and before.state is OutboxState.WAITING:\n",
        new="        if before is not None and before.state is OutboxState.FAILED:\n",
        caught_by="tests/stories/test_line_missed_her.py::test_a_timer_from_start_to_end",
    ),
    Mutant(
        name="a refusal takes back another answer",
        breaks="Her timer runs, but of two commands she reads only that the other was not understood: she starts it "
        "again, or goes without one.",
        file="bot/use_cases/voice.py",
        old="        if about is not None:\n",
        new="        if (about := about or answers) is not None:\n",
        caught_by=(
            "tests/stories/test_line_missed_and_then.py::test_a_refusal_takes_the_place_of_no_answer[/extend banana]"
        ),
    ),
    Mutant(
        name="photo without its alert",
        breaks="Another buddy has it; to one who was never alerted her photo comes, and says what it must not.",
        file="storage/outbox_statements.py",
        old="            outbox.c.failure.not_in(NOT_LEFT),\n",
        new='            outbox.c.failure != "",\n',
        caught_by=(
            "tests/stories/test_taken_before_the_alert.py"
            "::test_the_others_get_neither_her_photo_nor_what_she_adds[taken-tried_in_vain]"
        ),
    ),
    Mutant(
        name="details without the alert",
        breaks="His account was gone for a moment: the alert failed, and where she is comes to him out of the blue.",
        file="bot/use_cases/alert_not_sent.py",
        old="    if not records.outbox.alert_may_have_left(",
        new="    if records.outbox.alert_may_have_left(",
        caught_by=("tests/stories/test_alert_failed_for_a_moment.py::test_nothing_of_it_comes_before_an_alert[timer]"),
    ),
    Mutant(
        name="a photo after an alert that perhaps never came",
        breaks="The send hangs, another takes it, and her photo comes with no word of what it is about.",
        file="bot/use_cases/alert_not_sent.py",
        old="since, known=taken_back):",
        new="since):",
        caught_by="tests/stories/test_taken_while_on_its_way.py::test_no_photo_comes_out_of_the_blue[False]",
    ),
    Mutant(
        name="photo lost with an alert taken back in hand",
        breaks="She gives a second sign while Signal holds up the first alert: her photo never reaches her buddy.",
        file="bot/use_cases/alert_not_sent.py",
        old="        lost_with_it = _WHAT_FOLLOWS - {Purpose.ALERT_ATTACHMENT} if files_stay else _WHAT_FOLLOWS\n",
        new="        lost_with_it = _WHAT_FOLLOWS\n",
        caught_by=(
            "tests/stories/test_alert_failed_for_a_moment.py"
            "::test_the_photo_comes_where_a_second_sign_took_back_the_alert_that_then_failed"
        ),
    ),
    Mutant(
        name="old answer after a newer one",
        breaks="She reads last that no timer runs, although one does: no word of hers, and her buddies are alerted.",
        file="bot/use_cases/line_missed.py",
        old="    if _still_holds(records, line, answers):\n",
        new="    if line.text:\n",
        caught_by="tests/stories/test_line_missed_her.py::test_no_old_answer_comes_after_saved",
    ),
)
