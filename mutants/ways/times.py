"""A moment or a word is understood otherwise than it was meant."""

from mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        name="server time of a message ignored",
        breaks="A /start that waited at Signal for an hour runs an hour longer than she said.",
        file="handlers/message.py",
        old="        return self.received_at if now - self.received_at > WAITED else now",
        new="        return now",
        caught_by="tests/stories/test_late_messages.py::test_one_that_comes_before_its_deadline_counts_from_the_servers_time[away0]",
    ),
    Mutant(
        name="server time in the future believed",
        breaks="A server clock that runs ahead puts off the alert.",
        file="bot/inbox.py",
        old="    return min(received_at, now)\n",
        new="    return received_at\n",
        caught_by="tests/unit/bot/test_inbox_feed.py::test_a_message_from_the_future_counts_as_received_now",
    ),
    Mutant(
        name="message of yesterday ends today's check-in",
        breaks="A word that Signal hands over a day late closes a timer that she has only just started.",
        file="handlers/message.py",
        old="        return self.received_at < min(moment, present) - WAITED",
        new="        return self.received_at < moment - 100_000 * WAITED",
        caught_by=(
            "tests/stories/test_receive_order.py"
            "::test_a_word_from_before_the_start_does_not_touch_the_timer[/safe purple giraffe]"
        ),
    ),
    Mutant(
        name="daylight saving resolved to the later hour",
        breaks="In the night of the hour twice she is missed an hour later than she said.",
        file="bot/domain/local_time.py",
        old="        for moment in moments:\n",
        new="        for moment in reversed(moments):\n",
        caught_by=(
            "tests/unit/domain/test_local_time.py"
            "::test_of_a_time_that_comes_twice_the_first_still_ahead_is_taken_and_said"
        ),
    ),
    Mutant(
        name="step taken before its moment",
        breaks="A clock that is set back, or a second bot, makes the alert come before she was asked.",
        file="bot/domain/course.py",
        old="check_in.step is step and check_in.step_at is not None and check_in.step_at <= now",
        new="check_in.step is step and check_in.step_at is not None",
        caught_by="tests/unit/domain/test_course_table.py::test_a_step_is_not_taken_before_its_moment",
    ),
    Mutant(
        name="word compared case-sensitively",
        breaks="Her phone begins her word with a capital, the bot does not know it, and alarms her buddy.",
        file="bot/domain/folding.py",
        old="plain(folded.casefold())",
        new="plain(folded)",
        caught_by="tests/unit/domain/test_folding.py::test_case_does_not_matter",
    ),
    Mutant(
        name="wrong word ends it",
        breaks="Whoever has her phone ends her timer with any word.",
        file="handlers/ending.py",
        old="    if not call.checked.is_hers:\n        return wrong_word(call, check_in)\n    move_on",
        new="    if call.checked.over_limit:\n        return wrong_word(call, check_in)\n    move_on",
        caught_by="tests/stories/test_safe.py::test_a_wrong_word_is_not_quite_and_the_timer_goes_on",
    ),
    Mutant(
        name="word refused after a set-back",
        breaks="The clock is set back by an hour, and until that is over her word is refused as older than her timer.",
        file="handlers/message.py",
        old="        return self.received_at < min(moment, present) - WAITED",
        new="        return self.received_at < moment - WAITED",
        caught_by="tests/unit/handlers/test_message.py::test_it_is_older_than_what_began_after_it",
    ),
    Mutant(
        name="steps wait for the old time",
        breaks="The clock is set back by an hour, and the next buddy hears of it an hour later.",
        file="bot/domain/clock_set_back.py",
        old="    step_at = check_in.step_at - by\n",
        new="    step_at = check_in.step_at\n",
        caught_by=(
            "tests/stories/test_clock_set_back.py"
            "::test_the_next_buddy_is_alerted_in_time_although_the_clock_was_set_back"
        ),
    ),
    Mutant(
        name="an alarm waits for the old time",
        breaks="The clock is set back by an hour, and a silent alarm is repeated an hour later.",
        file="bot/domain/clock_set_back.py",
        old="        step_at=min(watch.step_at, now + longest[watch.step]),",
        new="        step_at=watch.step_at,",
        caught_by="tests/stories/test_clock_set_back.py::test_an_alarm_is_repeated_in_time_although_the_clock_was_set_back",
    ),
)
