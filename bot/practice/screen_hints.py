"""What to try next, said in one line."""

from bot.practice.screen_view import PhoneView, View


def hint(view: View) -> str:
    """The next step for somebody who sees this for the first time."""
    ana, bo = view.phone("Ana"), view.phone("Bo")
    if ana is None or bo is None:
        return ""
    if not ana.groups:
        return _before_pairing(view, ana)
    if not _wrote(ana, "start"):
        paired = f'Ana and Bo are paired; Ana\'s word is "{view.word}". ' if view.word else ""
        return f"{paired}Type /start 2h in Ana's phone and press Enter."
    if _was_told(ana, "closed", in_group=True):
        return "That was an evening. Next time cut off a phone (F9) or the bot (F10) on the way, and see. F1 says more."
    word = f': "{view.word}"' if view.word else "."
    if _was_told(bo, "no word", in_group=False) and _wrote(bo, "on it"):
        return f"Bo calls now. When Ana is back, Ana's word ends it, also late{word}"
    if _was_told(bo, "no word", in_group=False):
        return f"Bo can answer: on it. Ana's word ends it, also late{word}"
    if not any(message.reactions for chat in bo.groups for message in chat.messages):
        return "Tab goes to Bo's phone, F2 opens the group there, F3 answers with 👍. Or F8: time passes."
    return f"F8 lets time pass until something happens. When Ana is back, Ana sends the word{word}"


def _before_pairing(view: View, ana: PhoneView) -> str:
    if not _wrote(ana, "join"):
        return (
            f"Nobody is paired yet. The operator's invite code is {view.operator_code}: "
            "type /join {code} in Ana's phone and press Enter."
        )
    return "Do what the bot says next. {code} stands for the code that was shown last; Tab goes to the other phone."


def _wrote(phone: PhoneView, text: str) -> bool:
    return any(text in message.text for chat in phone.chats for message in chat.messages if message.is_own)


def _was_told(phone: PhoneView, text: str, *, in_group: bool) -> bool:
    chats = phone.groups if in_group else phone.chats[:1]
    return any(text in message.text for chat in chats for message in chat.messages if not message.is_own)
