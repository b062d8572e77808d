"""Texts about what she leaves for her buddies, for her own phone: neutral, and never an echo."""

from bot.texts.text import Audience, Text

_PERSON = Audience.PERSON

TEXTS = {
    "help.note": Text(
        _PERSON,
        "/note TEXT: more for your buddies, kept with your timer; without one it waits 2 hours for your next. "
        "A photo, a voice note or a place that you send here counts as one.",
    ),
    "note.kept": Text(_PERSON, "Kept, {at}. It goes with your timer."),
    "note.waits": Text(
        _PERSON, "Kept, {at}. It goes with your next timer, if you start one by {until}. Waiting for it: {count}."
    ),
    "note.seen_by_others": Text(
        _PERSON,
        "Nothing changed, and I kept nothing: others can read it there. Please delete that message, "
        "and send it in our chat here.",
    ),
    "note.not_passed_on": Text(
        _PERSON, "Nothing changed. I pass no files or places on between buddies. For your own next timer: /note"
    ),
    "note.too_long": Text(
        _PERSON, "Nothing changed. The notes of one timer have 1,500 characters at most; room is left for {left}."
    ),
    "note.too_many": Text(_PERSON, "Nothing changed. One timer takes 20 files at most; room is left for {left}."),
    "note.too_many_at_once": Text(_PERSON, "Nothing changed. One timer takes 20 files at most. Please send fewer."),
    "note.too_large": Text(_PERSON, "Nothing changed. A file has 10 MB at most. Please send a smaller one."),
    "note.unreadable": Text(
        _PERSON, "Nothing changed. I could not read what you attached. Please send it again, or write it."
    ),
    "start.earlier_kept": Text(_PERSON, "With it I keep what you sent before. Notes and files: {waited}."),
    "start.files_kept": Text(_PERSON, "I keep what you attached, too: {files}."),
    "start.file_too_large": Text(
        _PERSON, "I did not keep what you attached: a file has 10 MB at most. Please send a smaller one."
    ),
    "start.files_too_many": Text(
        _PERSON, "I did not keep what you attached: one timer takes 20 files at most. Please send fewer."
    ),
    "start.file_unreadable": Text(
        _PERSON, "I did not keep what you attached: I could not read it. Please send it again, or write it."
    ),
    "help.plan": Text(
        _PERSON,
        "/plan TEXT: whom to ring, the question only you can answer, whom else to call in and when, and whom never. "
        "Your buddies see it only if you are not back in time. /plan says whether you have one, /plan none clears it. "
        "To read it: /export WORD",
    ),
    "plan.saved": Text(
        _PERSON,
        "Saved. Your buddies see it only if you are not back in time. "
        "You may delete your message now. To read it: /export WORD   To clear it: /plan none",
    ),
    "plan.cleared": Text(_PERSON, "Done. You have no plan now. To leave one: /plan TEXT"),
    "plan.kept": Text(
        _PERSON,
        "You have a plan. Your buddies see it only if you are not back in time, and I do not show it here. "
        "To read it: /export WORD   To replace it: /plan TEXT   To clear it: /plan none",
    ),
    "plan.nothing": Text(
        _PERSON,
        "You have no plan yet. It says whom to ring, which question only you can answer, whom else to call in and "
        "when, and whom never. Your buddies see it only if you are not back in time: /plan TEXT",
    ),
    "plan.lost": Text(_PERSON, "Your plan cannot be read any more. Please send it again: /plan TEXT"),
    "plan.too_long": Text(_PERSON, "Nothing changed. A plan has 1,500 characters at most. Please shorten it."),
}
