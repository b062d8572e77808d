"""A send is judged person by person."""

import pytest

from bot.transport.errors import Refusal, answer_from
from bot.transport.outcomes import Failure, FailureKind, outcome_of
from tests.unit.transport.fake_signal import ANA, BO, CY, refused, result_for, sent


def judged(answer, *expected, to_group=False):
    return outcome_of(answer_from(answer), frozenset(expected), to_group=to_group)


def kinds(outcome):
    return {aci: failure.kind for aci, failure in outcome.failures.items()}


def test_success_names_time_and_people():
    outcome = judged(sent(result_for(ANA), result_for(BO)), ANA, BO, to_group=True)
    assert (outcome.sent_ms, outcome.reached, outcome.complete) == (1795406622204, {ANA, BO}, True)


def test_member_missing_from_the_results_is_a_failure():
    outcome = judged(sent(result_for(ANA)), ANA, BO, to_group=True)
    assert kinds(outcome) == {BO: FailureKind.MISSING}
    assert outcome.reached == {ANA}
    assert not outcome.complete


@pytest.mark.parametrize("empty", [{"result": {}}, {"result": {"results": []}}, {"result": None}, {"result": 5}, {}])
def test_success_without_results_is_a_failure(empty):
    assert kinds(judged(empty, ANA)) == {ANA: FailureKind.MISSING}


@pytest.mark.parametrize(
    ("kind", "more", "failure"),
    [
        ("UNREGISTERED_FAILURE", {}, Failure(FailureKind.UNREGISTERED)),
        ("NETWORK_FAILURE", {}, Failure(FailureKind.NETWORK)),
        ("IDENTITY_FAILURE", {}, Failure(FailureKind.IDENTITY)),
        ("INVALID_PRE_KEY_FAILURE", {}, Failure(FailureKind.PRE_KEY)),
        ("RATE_LIMIT_FAILURE", {}, Failure(FailureKind.RATE_LIMIT)),
        ("RATE_LIMIT_FAILURE", {"retryAfterSeconds": 7}, Failure(FailureKind.RATE_LIMIT, 7.0)),
        ("RATE_LIMIT_FAILURE", {"token": "t", "retryAfterSeconds": 7}, Failure(FailureKind.CAPTCHA, 7.0)),
        ("SOMETHING_NEW", {}, Failure(FailureKind.UNEXPECTED)),
        (None, {}, Failure(FailureKind.UNEXPECTED)),
    ],
)
def test_each_kind_of_failure_is_told_apart(kind, more, failure):
    outcome = judged(sent(result_for(ANA), result_for(BO, kind, **more)), ANA, BO, to_group=True)
    assert outcome.failures == {BO: failure}
    assert outcome.reached == {ANA}


def test_when_all_failed_the_error_holds_the_results():
    outcome = judged(
        refused(-5, "rate limiting", result_for(ANA, "RATE_LIMIT_FAILURE", token="t", retryAfterSeconds=7)), ANA
    )
    assert outcome.failures == {ANA: Failure(FailureKind.CAPTCHA, 7.0)}
    assert (outcome.captcha, outcome.retry_after, outcome.sent_ms) == (True, 7.0, 1795406622204)


def test_network_failure_of_one_shows_that_the_network_is_down():
    assert judged(refused(-1, "Failed to send message", result_for(ANA, "NETWORK_FAILURE")), ANA).network_down


def test_bare_unexpected_error_of_a_group_send_means_perhaps_sent():
    outcome = judged(refused(-32603, "Failed requirement. (IllegalArgumentException)"), ANA, BO, to_group=True)
    assert outcome.unknown
    assert not outcome.failures
    assert not outcome.complete
    assert outcome.refusal is Refusal.FAILED_REQUIREMENT


def test_group_send_without_network_is_perhaps_sent_and_the_network_is_down():
    outcome = judged(refused(-32603, "ConnectException (PushNetworkException)"), ANA, to_group=True)
    assert (outcome.unknown, outcome.network_down) == (True, True)


@pytest.mark.parametrize(
    ("text", "kind"), [("No prekeys available", FailureKind.PRE_KEY), ("Something", FailureKind.UNEXPECTED)]
)
def test_bare_unexpected_error_of_a_direct_send_is_a_failure(text, kind):
    outcome = judged(refused(-32603, text), ANA)
    assert kinds(outcome) == {ANA: kind}
    assert not outcome.unknown


def test_no_such_group_fails_everybody_for_good():
    outcome = judged(refused(-1, "Group not found: AAAA="), ANA, BO, to_group=True)
    assert kinds(outcome) == {ANA: FailureKind.REFUSED, BO: FailureKind.REFUSED}
    assert all(failure.permanent for failure in outcome.failures.values())


def test_person_with_a_success_and_a_failure_is_not_counted_as_reached():
    outcome = judged(sent(result_for(ANA), result_for(ANA, "NETWORK_FAILURE")), ANA)
    assert (outcome.reached, kinds(outcome)) == (frozenset(), {ANA: FailureKind.NETWORK})


def test_people_beyond_the_expected_are_told_too():
    assert judged(sent(result_for(ANA), result_for(CY)), ANA, to_group=True).reached == {ANA, CY}
