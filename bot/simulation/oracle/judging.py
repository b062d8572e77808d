"""The oracle: judges a whole night."""

from bot.simulation.chronicle import Chronicle
from bot.simulation.oracle.alarms import judge_alarms
from bot.simulation.oracle.alerts import judge_alerts
from bot.simulation.oracle.answers import judge_answers
from bot.simulation.oracle.check_ins import check_ins_of, heard
from bot.simulation.oracle.details import judge_details
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.leaks import judge_leaks
from bot.simulation.oracle.outages import Outages


def judge(chronicle: Chronicle) -> Verdict:
    """What there is to say about a night."""
    verdict, outages, messages = Verdict(), Outages(chronicle), heard(chronicle)
    for who in chronicle.people:
        check_ins = check_ins_of(chronicle, who, messages, outages)
        judge_alerts(chronicle, who, check_ins, outages, verdict)
        judge_alarms(chronicle, who, check_ins, messages, outages, verdict)
        judge_details(chronicle, who, check_ins, messages, outages, verdict)
        judge_answers(chronicle, who, check_ins, messages, outages, verdict)
    judge_leaks(chronicle, verdict)
    if chronicle.crash:
        verdict.complain("crash", chronicle.closed, "the bot", chronicle.crash)
    return verdict
