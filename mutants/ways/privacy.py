"""Something about somebody shows, or stays (SPEC: "Privacy")."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="details in the group",
        breaks="What she left for her buddy alone stands on her own phone, which may be in the wrong hands.",
        file="bot/use_cases/alerting.py",
        old='        scene.voice.to_group(watch.group_id, Purpose.ALERT_LINE, "group.alert", facts)\n',
        new="""\
        scene.voice.to_group(watch.group_id, Purpose.ALERT_LINE, "group.alert", facts)
        for message in _left(scene, watch).messages:
            scene.voice.to_group(watch.group_id, Purpose.ALERT_LINE, message.text, message.facts)
""",
        caught_by="tests/stories/test_overdue.py::test_details_are_never_in_the_group_nor_on_her_phone",
    ),
    Mutant(
        name="log with a text",
        breaks="A name or a word of somebody stands in a file that others read.",
        file="bot/log.py",
        old="if value is None or isinstance(value, _PLAIN)}",
        new="if value is None or isinstance(value, (*_PLAIN, str))}",
        caught_by="tests/unit/bot/test_log.py::test_what_could_be_somebodys_word_is_left_out",
    ),
    Mutant(
        name="error told by its message",
        breaks="An error repeats what somebody wrote, and the log keeps it.",
        file="bot/log.py",
        old='{"error": name, "where": where, **left_out}',
        new='{"error": repr(error), "where": where, **left_out}',
        caught_by="tests/unit/bot/test_log.py::test_an_error_is_told_by_its_class_and_place_never_by_its_message",
    ),
    Mutant(
        name="details not erased at the close",
        breaks="Where she was and with whom stays on a disk that may be taken away.",
        file="bot/use_cases/closing.py",
        old="    records.details.erase(Subject(SubjectKind.CHECK_IN, check_in.id))\n",
        new="",
        caught_by="tests/stories/test_erasure.py::test_closed_in_time_it_is_gone_too",
    ),
    Mutant(
        name="alert messages not deleted",
        breaks="The alert with all that she left stays on her buddies' phones after she is back.",
        file="bot/use_cases/taking_back.py",
        old="        if row.action in (Action.TEXT, Action.FILE) and (",
        new="        if row.action is Action.FILE and (",
        caught_by="tests/stories/test_closing.py::test_the_alert_messages_are_deleted_and_nothing_else",
    ),
    Mutant(
        name="closed check-in kept",
        breaks="When she was out, and for how long, can be read off the database for years.",
        file="bot/upkeep.py",
        old="    records.check_ins.purge_closed(before)\n",
        new="",
        caught_by="tests/unit/bot/test_upkeep.py::test_a_closed_check_in_vanishes_after_a_day",
    ),
    Mutant(
        name="stranger kept",
        breaks="Whoever has ever written to the bot can be found in its database.",
        file="handlers/door.py",
        old="            records.inbox.forget(message.inbox_id)\n",
        new="            records.inbox.finish(message.inbox_id, changed=False)\n",
        caught_by="tests/unit/handlers/test_door.py::test_of_a_stranger_nothing_is_kept",
    ),
    Mutant(
        name="seal not bound to its row",
        breaks="Whoever can write to the database shows one person's details to the buddies of another.",
        file="storage/sealing.py",
        old='    return prefix + f"\\x1f{table}\\x1f{column}\\x1f{row_id}".encode()',
        new='    return prefix + f"\\x1f{table}\\x1f{column}".encode()',
        caught_by="tests/unit/storage/test_sealing.py::test_a_cell_opens_only_in_its_place",
    ),
    Mutant(
        name="look-ups without a key",
        breaks="Whoever has the database and a list of account ids finds out who uses the bot.",
        file="storage/sealing.py",
        old='        return hmac.digest(self.keys.lookup, message, "sha256").hex()',
        new='        return hmac.digest(b"buddy", message, "sha256").hex()',
        caught_by="tests/unit/storage/test_sealing.py::test_look_ups_are_steady_keyed_and_apart_by_kind",
    ),
    Mutant(
        name="a parked message is kept",
        breaks="A message that could not be handled keeps her words and details for a day, to be opened with the key.",
        file="storage/inbox.py",
        old='.values(state="parked", body=None, **_NO_LEASE)',
        new='.values(state="parked", **_NO_LEASE)',
        caught_by=(
            "tests/stories/test_gone_soon.py"
            "::test_a_message_that_could_not_be_handled_keeps_neither_her_words_nor_what_she_left"
        ),
    ),
    Mutant(
        name="the log keeps what she left",
        breaks="After the close her details stay in SQLite's write-ahead log for ten minutes.",
        file="bot/upkeep.py",
        old="            elif erased:",
        new="            elif erased and with_files:",
        caught_by="tests/stories/test_gone_soon.py::test_after_the_close_no_file_has_what_she_left",
    ),
    Mutant(
        name="another host by its address in the open",
        breaks="Whoever listens on the way to the database reads who starts a timer, and when.",
        file="storage/postgresql.py",
        old='    if "hostaddr" in url.query or "PGHOSTADDR" in os.environ:',
        new='    if "hostaddr" in url.query:',
        caught_by=(
            "tests/unit/storage/test_how_postgresql_is_reached.py::test_whatever_is_not_certainly_this_host_counts_as_another"
        ),
    ),
    Mutant(
        name="the environment allows the open",
        breaks="A PGSSLMODE that was left behind lets whoever listens read who starts a timer, and when.",
        file="storage/postgresql.py",
        old='chosen if chosen in _ENCRYPTED else "require"',
        new='chosen or "require"',
        caught_by=(
            "tests/unit/storage/test_how_postgresql_is_reached.py::test_whatever_is_not_certainly_this_host_counts_as_another"
        ),
    ),
    Mutant(
        name="values of errors not asked for",
        breaks="PostgreSQL's log keeps what people erased, and nobody who runs the bot is told.",
        file="storage/postgresql.py",
        old="    OR coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0'\n",
        new="",
        caught_by=(
            "tests/unit/storage/test_how_postgresql_is_reached.py::test_a_server_that_keeps_what_is_written_is_noticed"
        ),
    ),
)
