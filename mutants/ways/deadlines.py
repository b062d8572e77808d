"""Deadlines are lost, acted upon twice, or before those who could still prevent it are heard (DESIGN, 3 to 6)."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="commit after send",
        breaks="A change counts as kept, and what it says leaves, although the database has not taken it: her timer "
        "is confirmed and does not exist.",
        file="storage/transactions.py",
        old="""\
            with self._turns.beside_others(), connection.begin():
                return [self._in_savepoint(connection, unit) for unit in units]
        except BaseException as error:  # noqa: BLE001 (handed to the callers)
""",
        new="""\
            transaction = connection.begin()
            outcomes = [self._in_savepoint(connection, unit) for unit in units]
            try:
                transaction.commit()
            finally:
                return outcomes
        except BaseException as error:  # noqa: BLE001 (handed to the callers)
""",
        caught_by=(
            "tests/unit/storage/test_sqlite_batches.py::test_when_the_commit_fails_every_unit_of_the_batch_hears_it"
        ),
    ),
    Mutant(
        name="failed unit half kept",
        breaks="What a unit of work wrote before it failed stays: a check-in without its deadline, for instance.",
        file="storage/transactions.py",
        old='            raw.execute("ROLLBACK TO unit")\n',
        new='            raw.execute("SELECT 1")\n',
        caught_by="tests/unit/storage/test_units_of_work.py::test_a_unit_that_raises_undoes_only_itself[sqlite]",
    ),
    Mutant(
        name="sweep removed",
        breaks="One lost wake-up, and nobody is alerted before the next look half a minute later.",
        file="scheduler/due.py",
        old="return self._wake_ups.is_overdue() or not timedelta(0)",
        new="return not timedelta(0)",
        caught_by=("tests/unit/scheduler/test_due.py::test_a_lost_wake_up_is_healed_by_the_sweep_within_a_second"),
    ),
    Mutant(
        name="database never looked at again",
        breaks="A deadline that another process had in hand when it died is never acted upon: no alert.",
        file="scheduler/due.py",
        old="or not timedelta(0) <= waited < LOOK_AGAIN",
        new="or waited < timedelta(0)",
        caught_by=(
            "tests/unit/scheduler/test_due_troubles.py"
            "::test_a_deadline_that_another_run_has_in_hand_is_left_to_it_until_its_lease_ends"
        ),
    ),
    Mutant(
        name="misfire grace of one second",
        breaks="A wake-up that comes later than a second, on a busy host, is thrown away.",
        file="scheduler/job_store.py",
        old="misfire_grace_time=None,",
        new="misfire_grace_time=1,",
        caught_by="tests/unit/scheduler/test_job_store.py::test_however_late_it_is_by_the_hosts_own_clock_it_wakes",
    ),
    Mutant(
        name="recurring work misfires",
        breaks="After a leap of the clock the sweeps and the sign of life of that round are dropped.",
        file="scheduler/wake_ups.py",
        old="            misfire_grace_time=None,",
        new="            misfire_grace_time=1,",
        caught_by=(
            "tests/unit/scheduler/test_wake_ups.py"
            "::test_however_late_it_is_by_the_hosts_own_clock_recurring_work_is_done"
        ),
    ),
    Mutant(
        name="dead scheduler unseen",
        breaks="A scheduler that has stopped stays so: no inbox sweep, no purge, no sign of life, and nobody knows.",
        file="scheduler/wake_ups.py",
        old="        if timedelta(0) <= now - self._ticked_at < DEAD_AFTER:\n            return True",
        new="        if timedelta(0) <= now - self._ticked_at:\n            return True",
        caught_by="tests/unit/scheduler/test_wake_ups.py::test_the_watchdog_wakes_a_scheduler_that_has_died",
    ),
    Mutant(
        name="lease never expires",
        breaks="A deadline that a dead run had in hand is never acted upon by the next one: no alert, ever.",
        file="storage/deadlines.py",
        old="or_(deadlines.c.lease_until.is_(None), deadlines.c.lease_until <= _NOW)",
        new="deadlines.c.lease_until.is_(None)",
        caught_by="tests/unit/storage/test_deadlines.py::test_a_claimed_row_comes_back_when_the_lease_runs_out[sqlite]",
    ),
    Mutant(
        name="deadline settled before its effects",
        breaks="A bot that dies between claim and alert has forgotten the deadline: no alert, ever.",
        file="storage/deadlines.py",
        old='execute(_LEASE, {"keys": keys, "owner": lease.owner, "until": lease.until})',
        new="execute(delete(deadlines).where(deadlines.c.id.in_(keys)))",
        caught_by="tests/unit/storage/test_deadlines.py::test_a_claimed_row_comes_back_when_the_lease_runs_out[sqlite]",
    ),
    Mutant(
        name="failed deadline dropped",
        breaks="A step that fails once, for whatever reason, is never tried again: no alert, ever.",
        file="bot/use_cases/failing_deadline.py",
        old="records.deadlines.release(deadline, again_at)",
        new="records.deadlines.clear(deadline.subject_kind, deadline.subject_id)",
        caught_by=(
            "tests/unit/scheduler/test_due_troubles.py::test_a_poisonous_deadline_that_is_mended_is_acted_upon_within_a_minute"
        ),
    ),
    Mutant(
        name="inbox not heard before a deadline",
        breaks="Her word has arrived and waits in its lane, and her buddy is alerted all the same.",
        file="bot/use_cases/act_on_deadline.py",
        old="    if not waited_enough and records.inbox.waiting_from(accounts_of(records, people), now):",
        new="    if not waited_enough and records.inbox.waiting_from(accounts_of(records, people[:0]), now):",
        caught_by=("tests/unit/scheduler/test_due.py::test_a_deadline_waits_for_an_earlier_message_of_hers[0.5]"),
    ),
    Mutant(
        name="inbox waited for without end",
        breaks="A message that can never be handled keeps back the alert about its writer for ever.",
        file="bot/use_cases/act_on_deadline.py",
        old="    if not waited_enough and records.inbox.waiting_from(accounts_of(records, people), now):",
        new="    if records.inbox.waiting_from(accounts_of(records, people), now):",
        caught_by=(
            "tests/unit/scheduler/test_due.py"
            "::test_a_message_that_is_never_handled_holds_a_deadline_up_for_five_seconds"
        ),
    ),
    Mutant(
        name="a hanging transaction keeps what falls due",
        breaks="One of two bots hangs while it takes what is due: the other skips that, and nobody is alerted.",
        file="storage/postgresql.py",
        old='    "-c idle_in_transaction_session_timeout=10s"',
        new='    "-c idle_in_transaction_session_timeout=0"',
        caught_by=(
            "tests/unit/storage/test_single_process.py"
            "::test_a_bot_that_hangs_within_a_transaction_does_not_keep_a_deadline_from_the_others"
        ),
    ),
)
