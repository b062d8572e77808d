"""Texts about who her buddies are, their order, who is away, and who says the word for somebody else."""

from bot.texts.text import Audience, Text

_PERSON = Audience.PERSON

TEXTS = {
    "help.order": Text(
        _PERSON,
        "/order Bo Cy WORD: in which order I turn to your buddies. Whoever stands after a not hears of timers only, "
        "not of /sos: /order Bo Cy not Dee WORD\nTo see how it is: /order WORD",
    ),
    "order.saved": Text(_PERSON, "Saved. I turn to your buddies in this order: {names}"),
    "order.timers_only": Text(_PERSON, "About timers only: {marked}"),
    "order.wrong_form": Text(
        _PERSON, "Nothing changed. Like this: /order Bo Cy WORD, or /order Bo not Cy not Dee WORD"
    ),
    "order.two_ways": Text(
        _PERSON,
        "Nothing changed. I can read that in two ways, because one name holds another. Send one name at a time, or ask "
        "for another name: /name",
    ),
    "order.unknown_name": Text(
        _PERSON, "Nothing changed. One of these is no buddy of yours. To see your buddies: /buddies"
    ),
    "order.all_marked": Text(
        _PERSON, "Nothing changed. At least one buddy has to stay without a not: /order Bo not Cy WORD"
    ),
    "order.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /order Bo Cy WORD"),
    "order.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /order Bo Cy WORD"),
    "order.seen_by_others": Text(
        _PERSON, "Nothing changed. Others can read your message there. Please delete it, and send it here."
    ),
    "help.away": Text(
        _PERSON,
        "/away 8h, or /away until 7am, or /away 3 days: as a buddy you are not available, 14 days at most. "
        "Those you look after are told. Before that, to be there again: /back",
    ),
    "away.saved": Text(
        _PERSON,
        "Saved. As a buddy you are away until {until}, and those you look after are told. I turn to you only when "
        "there is nobody else. To be there sooner: /back",
    ),
    "away.told": Text(_PERSON, "{name} is away until {until}. I turn to your other buddies first."),
    "away.wrong_form": Text(_PERSON, "Nothing changed. For how long? Like this: /away 8h or /away 3 days"),
    "away.ambiguous": Text(_PERSON, "Nothing changed. I am not sure what you mean. Like this: {suggestions}"),
    "away.too_long": Text(_PERSON, "Nothing changed. You can be away for 14 days at most: /away 14 days"),
    "away.too_late": Text(
        _PERSON, "Nothing changed. Your message reached me only now, after {until}. If you are still away: /away 8h"
    ),
    "help.back": Text(_PERSON, "/back: as a buddy you are available again."),
    "back.saved": Text(_PERSON, "Saved. As a buddy you are there again, and those you look after are told."),
    "back.told": Text(_PERSON, "{name} is there again."),
    "back.not_away": Text(_PERSON, "Nothing changed. You are not away."),
    "help.buddies": Text(_PERSON, "/buddies: your buddies in the order in which I would turn to them."),
    "buddies.away": Text(_PERSON, "{name} is away until {until}."),
    "for_others.closed": Text(_PERSON, "Thanks, noted. {name} is told."),
    "for_others.directly": Text(_PERSON, "Nothing changed. For {name}, please send me that directly, not in a group."),
    "for_others.told": Text(_PERSON, "Your timer was closed with your word, from {name}'s phone."),
    "for_others.not_quite": Text(_PERSON, "Nothing changed. Not quite. Like this: /safe {name} WORD"),
    "for_others.needs_word": Text(_PERSON, "Nothing changed. Please add the word of {name}: {example} WORD"),
    "buddies.none": Text(_PERSON, "You have no buddy yet. To ask somebody: /invite"),
    "buddies.list": Text(_PERSON, "Your buddies, in the order in which I turn to them: {names}"),
    "buddies.waiting": Text(_PERSON, "Waiting: {names}"),
    "buddies.buddy_of": Text(_PERSON, "You are a buddy of: {names}"),
}
