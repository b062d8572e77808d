"""Texts about her buddies: their order, who is away, who says the word for somebody else, who vouches."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY = Audience.PERSON, Audience.BUDDY

TEXTS = {
    "help.order": Text(
        _PERSON,
        "/order Bo Cy WORD: in which order I turn to your buddies. Whoever stands after a not is told about timers "
        "only: /order Bo Cy not Dee WORD. To see how it is: /order WORD",
    ),
    "order.saved": Text(_PERSON, "Saved. I turn to your buddies in this order: {names}"),
    "order.timers_only": Text(_PERSON, "About timers only: {marked}"),
    "order.wrong_form": Text(
        _PERSON, "Nothing changed. Like this: /order Bo Cy WORD, or /order Bo not Cy not Dee WORD"
    ),
    "order.unknown_name": Text(
        _PERSON, "Nothing changed. One of these is no buddy of yours. To see your buddies: /buddies"
    ),
    "order.all_marked": Text(_PERSON, "Nothing changed. At least one buddy has to stay without a not."),
    "order.needs_word": Text(_PERSON, "Nothing changed. Please add your word: /order Bo Cy WORD"),
    "order.not_quite": Text(_PERSON, "Not quite. Nothing changed. Like this: /order Bo Cy WORD"),
    "order.seen_by_others": Text(
        _PERSON, "Nothing changed. Others can read your message there. Please delete it, and send it here."
    ),
}
