"""What comes in is lost, doubled, mixed up, or lets one message stop another (DESIGN, invariants 2, 3 and 13)."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="what can wait is limited while a timer runs",
        breaks="Who has asked much in an evening gets no answer to help or status while her timer runs.",
        file="handlers/conversation.py",
        old="        if situation.running is None:\n",
        new="        if situation is not None:\n",
        caught_by="tests/stories/test_too_often.py::test_nothing_that_a_timer_needs_is_held_up_by_it",
    ),
    Mutant(
        name="a malformed start can wait",
        breaks="She is not told that her timer was not started, and believes that somebody watches.",
        file="handlers/allowance.py",
        old="        case Mistaken(command=command):\n            return command is None or command.can_wait",
        new="        case Mistaken(command=command):\n            return True",
        caught_by="tests/stories/test_too_often.py::test_nothing_that_a_timer_needs_is_held_up_by_it",
    ),
    Mutant(
        name="words first come, first served",
        breaks="A hundred accounts send words without end: hers is heard a minute late, and her buddies are alarmed.",
        file="bot/word_turns.py",
        old="key=lambda one: self._had[one.asker.account]",
        new="key=lambda _: 0",
        caught_by="tests/unit/bot/test_word_turns.py::test_in_a_crowd_that_goes_on_who_asks_first_is_next[True]",
    ),
    Mutant(
        name="timers wait at the words like all others",
        breaks="A crowd that has just come is ahead of the word that ends her timer.",
        file="bot/word_turns.py",
        old="if one.asker.may_end is turn]",
        new="if one.asker.may_end is turn][:0]",
        caught_by="tests/unit/bot/test_word_turns.py::test_whose_timer_runs_waits_for_no_crowd_that_has_just_come",
    ),
    Mutant(
        name="words compared with none",
        breaks="Accounts that have no word, as many as somebody likes, take the time in which hers would be heard.",
        file="handlers/conversation.py",
        old="        if words.codeword is None and words.duress_word is None:",
        new="        if words is None:",
        caught_by=(
            "tests/stories/test_words_compared.py"
            "::test_for_an_account_without_a_word_nothing_is_compared[/safe purple zebra]"
        ),
    ),
    Mutant(
        name="inbox not unique",
        breaks="A message that Signal delivers twice is acted upon twice: a doubled /extend puts off the alert.",
        file="storage/migrations/versions/0001_first_schema.py",
        old='"sender_lookup", "sent_ms", "account_lookup", unique=True)',
        new='"sender_lookup", "sent_ms", "account_lookup", unique=False)',
        caught_by="tests/unit/storage/test_inbox.py::test_a_message_delivered_twice_is_kept_once[sqlite]",
    ),
    Mutant(
        name="inbox row finished twice",
        breaks="A message that two runs have in hand changes the state twice, and is answered twice.",
        file="storage/inbox.py",
        old='_FINISH = update(inbox).where(_THIS, inbox.c.state != "done")',
        new="_FINISH = update(inbox).where(_THIS)",
        caught_by="tests/unit/storage/test_inbox.py::test_finishing_erases_the_body_and_happens_once[sqlite]",
    ),
    Mutant(
        name="inbox not swept",
        breaks="Her word that came a moment before the bot died is never heard: her buddy is alarmed for nothing.",
        file="bot/inbox.py",
        old="                    await self._offer_again(row)\n",
        new="                    self._log.count(row.id)\n",
        caught_by="tests/unit/bot/test_inbox_feed.py::test_what_an_earlier_run_left_is_offered_in_the_servers_order",
    ),
    Mutant(
        name="inbox lease never expires",
        breaks="What a run that died had in hand is never handled by the next one: a word, or a buddy's answer.",
        file="storage/inbox.py",
        old="or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= _NOW)",
        new="inbox.c.lease_until.is_(None)",
        caught_by="tests/unit/storage/test_inbox.py::test_a_row_kept_under_a_lease_is_claimed_when_that_runs_out[sqlite]",
    ),
    Mutant(
        name="offered before it is stored",
        breaks="A message is acted upon that no row holds: with a database that is away it is answered and lost.",
        file="bot/inbox.py",
        old="        rows = await self._store.run(lambda records: self._record(records, arrived, now), first=True)\n",
        new="""\
        for incoming in arrived:
            self._offer("", incoming)
        rows = await self._store.run(lambda records: self._record(records, arrived, now), first=True)
""",
        caught_by=("tests/unit/bot/test_inbox_feed.py::test_a_database_that_is_away_is_told_and_nothing_is_offered"),
    ),
    Mutant(
        name="poison line stops the receiver",
        breaks="One line that is no JSON keeps everything out that came with it, again and again.",
        file="bot/transport/envelopes.py",
        old="    except (ValueError, RecursionError):\n        return Unreadable(UnreadableReason.NOT_JSON)",
        new="    except RecursionError:\n        return Unreadable(UnreadableReason.NOT_JSON)",
        caught_by="tests/unit/bot/test_inbox_feed.py::test_hostile_lines_are_counted_and_stop_nothing",
    ),
    Mutant(
        name="poison message never parked",
        breaks="A message that always fails is tried for ever, and her codeword behind it is never heard.",
        file="handlers/hearing.py",
        old="    if records.inbox.fail(message.inbox_id) < TRIES:",
        new="    if records.inbox.fail(message.inbox_id) < 50 * TRIES:",
        caught_by=(
            "tests/unit/bot/test_hearing.py"
            "::test_a_message_that_always_fails_is_parked_its_writer_told_and_the_next_one_heard"
        ),
    ),
    Mutant(
        name="lane order lost",
        breaks="Two messages of hers are handled the wrong way round: a /safe before the /start that it ends.",
        file="bot/lanes.py",
        old="await self._do(queue.popleft())",
        new="await self._do(queue.pop())",
        caught_by="tests/unit/bot/test_lanes.py::test_a_lane_keeps_its_order",
    ),
    Mutant(
        name="edits ignored",
        breaks="She mends a mistyped /start by editing it, believes that it runs, and nobody watches.",
        file="bot/inbox.py",
        old="_FROM_PEOPLE = (PersonMessage, Edit, ReactionGiven)",
        new="_FROM_PEOPLE = (PersonMessage, ReactionGiven)",
        caught_by="tests/stories/test_edits.py::test_editing_what_changed_nothing_makes_it_a_command",
    ),
    Mutant(
        name="edit of what counted taken for new",
        breaks="Whoever holds her phone edits the message that started her timer into another command.",
        file="handlers/interpret.py",
        old="    if situation.edits_a_change:",
        new="    if situation.edits_a_change and not words_in(meant) and situation.running is None:",
        caught_by="tests/stories/test_edits.py::test_editing_what_changed_something_is_refused",
    ),
    Mutant(
        name="stranger answered each time",
        breaks="Strangers make the bot write as often as they like, until Signal wants a captcha before any alert.",
        file="handlers/door.py",
        old="        if Tally.ANSWERED in tally:",
        new="        if Tally.ANSWERED in tally and Tally.WRONG_CODE in tally:",
        caught_by="tests/unit/handlers/test_door.py::test_a_stranger_is_answered_once_an_hour",
    ),
    Mutant(
        name="what a dead bot took in is left to its lease",
        breaks="One of two bots dies with her word in hand: the other alerts her buddies, and she is not answered.",
        file="bot/fellow_bots.py",
        old="        _release(records, dead & self._missed)\n",
        new="        _release(records, frozenset())\n",
        caught_by=("tests/unit/bot/test_fellow_bots.py::test_what_a_dead_bot_had_in_hand_is_free_at_the_second_look"),
    ),
    Mutant(
        name="a bot taken for dead at once",
        breaks="The database server restarts, and all that one of two bots is just sending is sent by the other, too.",
        file="bot/fellow_bots.py",
        old="        _release(records, dead & self._missed)\n",
        new="        _release(records, dead)\n",
        caught_by=(
            "tests/unit/bot/test_fellow_bots.py::test_a_bot_that_is_there_again_at_the_next_look_keeps_what_it_has"
        ),
    ),
    Mutant(
        name="made-up receipts kept",
        breaks="A flood of receipts for messages that nobody sent keeps her word out until her buddies are alerted.",
        file="storage/receipts.py",
        old="        return\n    kept = int(",
        new="        pass\n    kept = -10_000 + int(",
        caught_by="tests/unit/storage/test_outbox_receipts.py::test_of_made_up_receipts_few_are_kept[sqlite]",
    ),
    Mutant(
        name="a flood stored as one",
        breaks="Her word, which came behind ten thousand lines, waits until all of them are stored in one piece.",
        file="bot/transport/intake.py",
        old="    while lines and len(part) < LINES_AT_ONCE and",
        new="    while lines and",
        caught_by="tests/unit/transport/test_intake.py::test_a_flood_is_stored_in_order_and_in_parts",
    ),
    Mutant(
        name="fault at a commit ends the writer",
        breaks="One fault of the process, and whoever has something stored from then on waits for ever.",
        file="storage/transactions.py",
        old="        except BaseException as error:  # noqa: BLE001 (handed to the callers)\n",
        new="        except sqlite3.Error as error:\n",
        caught_by=(
            "tests/unit/storage/test_units_of_work.py"
            "::test_a_fault_of_the_process_at_a_commit_spoils_no_later_unit[inline-sqlite]"
        ),
    ),
    Mutant(
        name="files are deleted in her lane",
        breaks="Her word in time waits until large files of hers are overwritten, and her buddy is alerted.",
        file="handlers/hearing.py",
        old='self._lanes.put(f"files of {message.account}", lambda: self._fetching.delete(files))',
        new="await self._fetching.delete(files)",
        caught_by="tests/unit/bot/test_hearing.py::test_no_message_waits_while_files_are_deleted",
    ),
    Mutant(
        name="a crowd that names somebody is in a hurry too",
        breaks="Buddies without anything of their own keep her word out until her buddies are alerted.",
        file="bot/word_turns.py",
        old="if one.asker.may_end is turn]",
        new="if (one.asker.may_end is MayEnd.NOTHING) is (turn is None)]",
        caught_by="tests/unit/bot/test_word_turns.py::test_whose_timer_runs_waits_for_no_crowd_that_has_just_come",
    ),
    Mutant(
        name="every yes counts",
        breaks="A 👍 given and taken away again and again tells her, and the others in an alarm, without end.",
        file="handlers/reactions.py",
        old="if not (stands if takes_away(reaction) else yes_counts):",
        new="if takes_away(reaction) and not stands:",
        caught_by="tests/stories/test_yes_again_and_again.py::test_a_yes_to_one_message_counts_five_times_an_hour",
    ),
    Mutant(
        name="a yes that said nothing can be taken away",
        breaks="He says it otherwise, takes the useless 👍 off, and the others are alerted again.",
        file="handlers/reactions.py",
        old="if not (stands if takes_away(reaction) else yes_counts):",
        new="if not (takes_away(reaction) or yes_counts):",
        caught_by="tests/stories/test_yes_again_and_again.py::test_a_yes_that_did_not_count_takes_nothing_away",
    ),
    Mutant(
        name="each message of an alert is counted for itself",
        breaks="By /again a buddy has the others called as often as he likes.",
        file="handlers/reactions.py",
        old="{reaction.target_ms if isinstance(event, Seen) else subject.id}",
        new="{reaction.target_ms}",
        caught_by="tests/stories/test_yes_again_and_again.py::test_it_is_counted_for_all_messages_about_one_alert",
    ),
    Mutant(
        name="his own word goes before hers, in nobody's turn",
        breaks="A crowd keeps her word, sent from her buddy's phone, out for half a minute: a false alert.",
        file="handlers/conversation.py",
        old="meaning, otherwise=MayEnd.ANOTHERS)",
        new="meaning)",
        caught_by=(
            "tests/stories/test_words_compared.py"
            "::test_on_the_phone_of_a_buddy_with_a_word_hers_waits_for_no_turn_of_those_who_end_nothing"
        ),
    ),
    Mutant(
        name="her word in the group is a try of his own",
        breaks="Three of them while his own timer runs raise a silent alarm about him.",
        file="handlers/ending.py",
        old="    if ending.directly is not None and not call.checked.is_hers:\n",
        new="    if ending.directly is not None and call.records.check_ins.open_of(call.person.id) is None:\n",
        caught_by=(
            "tests/stories/test_duress_word_on_his_phone.py::"
            "test_what_he_writes_in_the_group_for_her_is_no_try_of_his_own_word"
        ),
    ),
    Mutant(
        name="each of many that stand gives it back",
        breaks="One who put down many beforehand has the others called again without end.",
        file="handlers/reactions.py",
        old="            _forget_all(records, asked, person.id)\n",
        new="            assert asked\n",
        caught_by="tests/stories/test_yes_again_and_again.py::test_of_many_that_stand_one_gives_it_back_once",
    ),
)
