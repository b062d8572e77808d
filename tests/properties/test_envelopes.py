"""No line, whatever stands in it, stops the receiver."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.envelopes import from_stored, read_notification, to_stored
from bot.transport.handler_envelopes import ForHandlers, handler_envelope
from tests.unit.transport.fake_signal import ANA, BOT, envelope, in_group, message, notification

SENT = 1795406620280
REACTION = {"emoji": "\N{THUMBS UP SIGN}", "targetAuthorUuid": BOT, "targetSentTimestamp": SENT, "isRemove": False}
REAL = [
    notification(message("plain")),
    notification(message("in a group", groupInfo=in_group())),
    notification(message(None, reaction=REACTION, groupInfo=in_group())),
    notification(message(None, attachments=[{"contentType": "text/plain", "id": "a.txt", "size": 8}])),
    notification(message(None, groupInfo=in_group("UPDATE"))),
    notification({**envelope(), "editMessage": {"targetSentTimestamp": SENT, **message("new")}}),
    notification(
        {**envelope(), "receiptMessage": {"when": SENT, "isDelivery": True, "isRead": False, "timestamps": [SENT]}}
    ),
    notification({**envelope(), "typingMessage": {"action": "STARTED"}}),
    notification({**envelope(), "syncMessage": {"sentMessage": {"message": "hi"}}}),
    notification(envelope(), exception={"message": f"Untrusted: {ANA}", "type": "UntrustedIdentityException"}),
]

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["\ud800", "\0", "\u202e", "PNI:" + ANA, "UPDATE", 2**63, 10**30])
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def paths_in(value, path=()):
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_in(inner, (*path, key))


def replaced(whole, path, value):
    if not path:
        return value
    changed = copy.deepcopy(whole)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@st.composite
def mutated_notifications(draw):
    whole = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(paths_in(whole))))
        whole = replaced(whole, path, draw(anything))
    return json.dumps(whole).encode()


def check(line):
    incoming = read_notification(line)
    stored = json.dumps(to_stored(incoming))
    stored.encode("utf-8")
    assert "\\u0000" not in stored
    assert from_stored(json.loads(stored)) == incoming
    if isinstance(incoming, ForHandlers):
        json.dumps(handler_envelope("0" * 32, incoming), ensure_ascii=False).encode("utf-8")


@given(mutated_notifications())
def test_real_envelopes_with_anything_in_any_place_are_read(line):
    check(line)


@given(anything)
def test_any_json_is_read(value):
    check(json.dumps(value).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read(line):
    check(line)


@given(st.sampled_from(REAL), st.data())
def test_a_real_line_with_bytes_changed_or_missing_is_read(whole, data):
    line = bytearray(json.dumps(whole).encode())
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    line[start:end] = data.draw(st.binary(max_size=8))
    check(bytes(line))
