"""After the bot, Signal or the host was away, alerts leave too early, or nobody learns of it."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="settling skipped at start",
        breaks="The bot comes back, and alerts her buddy before it has read the word that waits at Signal.",
        file="bot/app.py",
        old="            self.settling.ceases()\n",
        new="            self.settling.heard()\n",
        caught_by=(
            "tests/stories/test_down.py"
            "::test_a_word_sent_in_time_while_it_was_down_prevents_the_alert[18:09:59-purple giraffe]"
        ),
    ),
    Mutant(
        name="settling skipped after an outage",
        breaks="Signal comes back, and the alert leaves before the word that waited there is heard.",
        file="bot/signal_watch.py",
        old="        self._settling.begin()\n",
        new="        self._settling.heard()\n",
        caught_by=("tests/unit/bot/test_signal_watch.py::test_what_waited_at_signal_is_let_in_before_anything_leaves"),
    ),
    Mutant(
        name="settling without end",
        breaks="A group that chats all night keeps back every alert.",
        file="bot/settling.py",
        old="        return min(self._heard_at + self._quiet, patience_ends, at_the_latest)",
        new="        return max(self._heard_at + self._quiet, min(patience_ends, self._heard_at))",
        caught_by="tests/unit/bot/test_settling.py::test_messages_without_end_hold_it_up_for_fifteen_seconds",
    ),
    Mutant(
        name="alerts leave unsettled",
        breaks="An alert that was queued before an outage leaves before her word that waits at Signal is read.",
        file="bot/outbox.py",
        old="            held_back = outlook.urgent and not self._settling.settled\n",
        new="            held_back = False\n",
        caught_by=("tests/unit/bot/test_outbox_deliveries.py::test_alerts_wait_until_it_is_settled_and_replies_do_not"),
    ),
    Mutant(
        name="make_sure skipped",
        breaks="Signal was away unnoticed while she answered in time: her buddy is alerted for nothing.",
        file="bot/app.py",
        old="            await self._signal_watch.make_sure()\n",
        new="",
        caught_by=(
            "tests/stories/test_away_unnoticed.py"
            "::test_an_outage_just_before_the_end_of_grace_brings_no_alert_if_she_answered_during_it[stall-10--2]"
        ),
    ),
    Mutant(
        name="late alert does not say so",
        breaks="The buddy reads an alert from two hours ago as if it were new, and judges wrongly.",
        file="bot/use_cases/alerting.py",
        old='        *(["alert.late"] if _late(scene, watch) else []),\n',
        new="",
        caught_by=(
            "tests/stories/test_down.py::test_down_over_the_deadline_the_alert_goes_out_and_says_how_late_it_is"
        ),
    ),
    Mutant(
        name="absence not told",
        breaks="She relies on a timer that nobody watched for an hour, and does not learn of it.",
        file="bot/upkeep.py",
        old="        if since is None or now - since < AWAY_IF_LONGER:",
        new="        if since is None or now - since < 1000 * AWAY_IF_LONGER:",
        caught_by=(
            "tests/unit/bot/test_upkeep.py::test_who_has_an_open_check_in_is_told_from_when_to_when_the_bot_was_away"
        ),
    ),
    Mutant(
        name="stepped clock unseen",
        breaks="The host wakes from sleep, and alerts before it has read the word that came meanwhile.",
        file="bot/clock_watch.py",
        old="        if missing > SLEPT_IF_MORE:",
        new="        if missing > 100_000 * SLEPT_IF_MORE:",
        caught_by=(
            "tests/unit/bot/test_clock_watch.py::test_a_leap_is_told_with_the_moment_since_which_time_is_missing"
        ),
    ),
    Mutant(
        name="reminder sent late",
        breaks="After an outage she is reminded of a deadline that has passed, and takes her time.",
        file="bot/use_cases/happenings.py",
        old="""\
        "remind.person",
        {"until": scene.after.deadline},
        expires_at=scene.after.deadline,
""",
        new="""\
        "remind.person",
        {"until": scene.after.deadline},
""",
        caught_by="tests/stories/test_network_down.py::test_a_reminder_is_not_sent_late",
    ),
    Mutant(
        name="a backup advised on a full disk",
        breaks="Whoever runs the bot restores one, and the timers that run are gone: nobody is missed.",
        file="storage/engine.py",
        old="    if code in _DAMAGED:",
        new="    if code not in _REFUSED:",
        caught_by=(
            "tests/unit/storage/test_unfit_databases.py"
            "::test_a_healthy_database_on_a_full_disk_is_not_said_to_be_damaged"
        ),
    ),
    Mutant(
        name="what nobody could object to ends",
        breaks="A silent alarm that was reopened in time ends while Signal is away, and all of it is erased.",
        file="scheduler/due.py",
        old="return reception is not Reception.HEARS and self.ends",
        new="return reception is None and self.ends",
        caught_by="tests/stories/test_objections_in_time.py::test_an_alarm_that_was_reopened_goes_on[network down]",
    ),
    Mutant(
        name="it counts as heard although nothing comes in",
        breaks="The same, where the bot can send and does not hear.",
        file="bot/signal_watch.py",
        old="        return Reception.HEARS if self._settling.hears else Reception.DEAF\n",
        new="        return Reception.HEARS\n",
        caught_by="tests/stories/test_objections_in_time.py::test_an_alarm_that_was_reopened_goes_on[nothing comes in]",
    ),
    Mutant(
        name="more time counts from when it is heard",
        breaks="She asked for it in time, Signal was slow, and she is refused; then her buddies are alerted falsely.",
        file="handlers/commands/extend.py",
        old="    return min(had_at, call.now) if still_ahead else call.present\n",
        new="    return call.present\n",
        caught_by="tests/stories/test_extend_heard_late.py::test_so_it_is_when_it_was_only_slow[10]",
    ),
    Mutant(
        name="more time after an alert needs the word in any case",
        breaks="What she asked for in time is refused once the bot, which did not hear it, has acted.",
        file="bot/domain/calm.py",
        old="(event.heard_late or check_in.alerting_since is None)",
        new="check_in.alerting_since is None",
        caught_by="tests/stories/test_extend_heard_late.py::test_who_was_alerted_meanwhile_is_told",
    ),
)
