"""What looks like a time at the front of a text. The reader of durations and the rule for codewords both ask here, so
that a word can always be told from the time before it (`/extend 30m WORD`).
"""

import re

HOURS = r"(?:hours?|hrs?|h)"
MINUTES = r"(?:minutes?|mins?|m)"
SECONDS = r"(?:seconds?|secs?|s)"
HALF_DAY = r"(?:[ap]\.? ?m\b\.?)"

_UNIT = rf"(?:{HOURS}|{MINUTES}|{SECONDS}|{HALF_DAY}|st|nd|rd|th)"
_NUMBER = rf"[-+~/]? ?[0-9]{{1,4}}(?:(?:[.,:/-]|{HOURS})[0-9]{{1,4}})*(?: ?{_UNIT})?"
_WORDS = (
    r"and|or|plus|minus|half|quarter|past|about|until|till?|noon|midnight|o'?clock|oclock|ish|more|longer|extra|from"
    r"|today|tonight|tomorrow|morning|afternoon|evening"
    r"|days?|weeks?|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_TIME_AHEAD = re.compile(rf"(?:{_NUMBER}|{_UNIT}|{_WORDS})(?=$|[^\w'])", re.IGNORECASE)


def starts_like_time(text: str) -> bool:
    """Whether a plain or folded text begins with a number, a unit, or a word that carries a time on."""
    return _TIME_AHEAD.match(text) is not None
