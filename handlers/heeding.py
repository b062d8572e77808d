"""What a word of hers brings about besides what the command does with it, so that no command knows of it."""

from bot.domain.alarm import Cause, Sign
from bot.use_cases.raise_alarm import raise_alarm, tell_of_word
from handlers.call import Call, Checked, Verdict


def heed_words(call: Call) -> None:
    """Raise the alarm for a duress word, and tell the buddies of an open one of a codeword.

    Called before anything else that the message brings about, also where it is refused: what the alarm queues goes
    first.
    """
    if call.checked.own_duress:
        raise_alarm(call.records, call.person.id, Sign(Cause.DURESS, call.now), call.present, call.timing)
    for checked in (call.checked, *call.checked.besides):
        _heed(call, checked)


def _heed(call: Call, checked: Checked) -> None:
    person_id = checked.whose or call.person.id
    if checked.duress or checked.verdict is Verdict.DURESS:
        from_buddy = call.person.id if person_id != call.person.id else None
        sign = Sign(Cause.DURESS, call.now)
        as_word = checked.is_hers  # for whom it is to look like the codeword: the same where that is refused
        raise_alarm(call.records, person_id, sign, call.present, call.timing, from_buddy=from_buddy, as_word=as_word)
    elif checked.is_codeword:
        tell_of_word(call.records, person_id, call.present, call.timing)
