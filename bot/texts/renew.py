"""Texts about how long a pairing holds."""

from bot.texts.text import Audience, Text

_PERSON, _BUDDY = Audience.PERSON, Audience.BUDDY

TEXTS = {
    "help.renew": Text(
        _PERSON,
        "/renew Bo: you and Bo stay paired for another six months, if Bo renews it too. Without both of you it ends "
        "by itself; you are both told 14 and 3 days before.",
    ),
    "renew.lines": Text(_PERSON, "{lines}"),
    "renew.saved": Text(_PERSON, "Saved.\n{lines}"),
    "renew.buddy_until": Text(_PERSON, "{name} is your buddy until {until_day}."),
    "renew.buddy_of_until": Text(_BUDDY, "You are a buddy of {name} until {until_day}."),
    "renew.both_missing": Text(_PERSON, "It goes on if both of you renew it: /renew {name}"),
    "renew.yours_missing": Text(_PERSON, "{name} has renewed it. It goes on if you do, too: /renew {name}"),
    "renew.theirs_missing": Text(_PERSON, "You have renewed it. It goes on if {name} does, too."),
    "renew.both_have": Text(_PERSON, "Both of you have renewed it."),
    "renew.already": Text(_PERSON, "Nothing changed.\n{lines}"),
    "renew.unknown_name": Text(_PERSON, "Nothing changed. I know nobody of that name here. Like this: {example}"),
    "renew.not_paired": Text(_PERSON, "Nothing changed. You and {name} are not paired yet."),
    "renew.leaving": Text(_PERSON, "Nothing changed. You leave as soon as {name}'s timer is closed."),
    "lapse.told": Text(_PERSON, "{name} is no longer your buddy. It was not renewed by both of you."),
    "lapse.left": Text(_PERSON, "I turn to: {names}"),
    "lapse.nobody_left": Text(
        _PERSON, "You have no buddy now, and without one no timer can start. To ask somebody: /invite"
    ),
    "lapse.told_buddy": Text(_BUDDY, "You are no longer a buddy of {name}. It was not renewed by both of you."),
    "lapse.still_open": Text(_BUDDY, "What is open about {name} goes on."),
}
