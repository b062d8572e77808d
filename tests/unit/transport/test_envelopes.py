"""What each envelope of signal-cli means to the bot."""

import json

import pytest

from bot.transport.envelopes import MAX_TEXT_CHARACTERS, from_stored, read_notification, to_stored
from bot.transport.incoming import (
    Attachment,
    Edit,
    GroupChanged,
    IdentityChanged,
    LifetimeChanged,
    Nothing,
    NothingReason,
    PersonMessage,
    ReactionGiven,
    Receipt,
    ReceiptKind,
    Unreadable,
    UnreadableReason,
)
from tests.unit.transport.fake_signal import ANA, BO, BOT, GROUP, envelope, in_group, message, notification

SENT = 1795406620280
RECEIVED = SENT + 3
REACTION = {
    "emoji": "\N{THUMBS UP SIGN}",
    "targetAuthor": "+14155550100",
    "targetAuthorNumber": "+14155550100",
    "targetAuthorUuid": BOT,
    "targetSentTimestamp": 1795406622204,
    "isRemove": False,
}


def read(envelope_or_line, **more):
    line = envelope_or_line
    if not isinstance(line, bytes):
        line = json.dumps(notification(envelope_or_line, **more)).encode()
    return read_notification(line)


def test_text_in_a_direct_chat():
    assert read(message("hello")) == PersonMessage(ANA, SENT, RECEIVED, None, "hello", lifetime=0)


def test_after_how_long_a_message_disappears_is_read_in_a_direct_chat_alone():
    assert read(message("hello", expiresInSeconds=60)).lifetime == 60
    assert read(message("hello", expiresInSeconds="60")).lifetime is None
    assert read(message("hello", expiresInSeconds=60, groupInfo=in_group())).lifetime is None


def test_text_in_a_group():
    assert read(message("hello", groupInfo=in_group())) == PersonMessage(ANA, SENT, RECEIVED, GROUP, "hello")


def test_the_shape_without_subscription_means_the_same():
    automatic = {"jsonrpc": "2.0", "method": "receive", "params": {"envelope": message("hello"), "account": "+1"}}
    assert read(json.dumps(automatic).encode()) == read(message("hello"))


def test_the_sender_may_be_named_by_source_alone():
    assert read({**message("hello"), "sourceUuid": None}).sender_aci == ANA


def test_account_ids_are_read_in_lower_case():
    assert read({**message("hello"), "sourceUuid": ANA.upper()}).sender_aci == ANA


def test_reaction_names_the_message_it_is_about():
    assert read(message(None, reaction=REACTION)) == ReactionGiven(
        ANA, SENT, RECEIVED, None, "\N{THUMBS UP SIGN}", BOT, 1795406622204, is_remove=False
    )


def test_reaction_in_a_group_taken_back():
    taken_back = read(message(None, reaction={**REACTION, "isRemove": True}, groupInfo=in_group()))
    assert (taken_back.group_id, taken_back.is_remove) == (GROUP, True)


@pytest.mark.parametrize(
    ("flag", "kind"),
    [("isDelivery", ReceiptKind.DELIVERY), ("isRead", ReceiptKind.READ), ("isViewed", ReceiptKind.VIEWED)],
)
def test_receipt_names_its_device_and_the_messages(flag, kind):
    flags = dict.fromkeys(("isDelivery", "isRead", "isViewed"), False) | {flag: True}
    receipt = {"when": SENT + 9, "timestamps": [SENT, SENT + 1], **flags}
    assert read({**envelope(), "receiptMessage": receipt}) == Receipt(ANA, 1, kind, (SENT, SENT + 1), SENT + 9)


def test_receipt_from_a_computer_is_told_apart_from_the_phone():
    receipt = {"when": SENT, "isDelivery": True, "timestamps": [SENT]}
    assert read({**envelope(), "sourceDevice": 3, "receiptMessage": receipt}).sender_device == 3


def test_edit_names_the_message_it_replaces():
    inner = message("new", sent=SENT + 7)["dataMessage"]
    edit = {"targetSentTimestamp": SENT, "dataMessage": inner}
    assert read({**envelope(sent=SENT + 7), "editMessage": edit}) == Edit(
        ANA, SENT + 7, SENT + 10, None, "new", target_sent_ms=SENT
    )


def test_picture_without_words_is_a_message_without_text():
    picture = {"contentType": "image/jpeg", "id": "x.jpg", "size": 8}
    read_one = PersonMessage(ANA, SENT, RECEIVED, None, "", (Attachment("x.jpg", "image/jpeg", "", 8),), 0)
    assert read(message(None, attachments=[picture])) == read_one
    assert from_stored(json.loads(json.dumps(to_stored(read_one)))) == read_one


@pytest.mark.parametrize("evil", ["../key", "a/b", "..", ".hidden", "a\0b", "x" * 200, "", None, 7, "C:x", "a b"])
def test_an_id_that_could_leave_the_folder_is_none(evil):
    (attachment,) = read(message(None, attachments=[{"id": evil}])).attachments
    assert attachment == Attachment("", "application/octet-stream", "", 0)


def test_what_a_sender_says_of_a_file_is_cut_to_a_harmless_form():
    told = {"id": "a-B_9.tar.gz", "contentType": "Text/Plain;x=1", "filename": "../ü;x=1,\n.txt" + "x" * 99, "size": -1}
    (attachment,) = read(message("hi", attachments=[told, 7, None])).attachments
    assert attachment == Attachment("a-B_9.tar.gz", "application/octet-stream", ".._x_1_.txt" + "x" * 69, 0)


def test_a_stored_row_of_an_earlier_version_is_read_without_its_files():
    stored = to_stored(PersonMessage(ANA, SENT, RECEIVED, None, "hi")) | {"attachments": 2}
    assert from_stored(stored) == PersonMessage(ANA, SENT, RECEIVED, None, "hi")


def test_shared_location_stays_text():
    link = "https://maps.google.com/maps?q=51.5%2C-0.1"
    assert read(message(link, previews=[{"url": link}])).text == link


def test_group_update_is_noticed():
    assert read(message(None, groupInfo=in_group("UPDATE"))) == GroupChanged(GROUP)


def test_being_put_into_a_group_is_noticed():
    assert read(message(None, groupInfo=in_group("DELIVER"))) == GroupChanged(GROUP)


def test_untrusted_new_identity_is_noticed():
    exception = {"message": f"Untrusted identity: {ANA}", "type": "UntrustedIdentityException"}
    assert read(envelope(), exception=exception) == IdentityChanged(ANA)


def test_any_other_exception_is_parked():
    exception = {"message": "no", "type": "ProtocolInvalidMessageException"}
    assert read(envelope(), exception=exception) == Unreadable(UnreadableReason.EXCEPTION)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"typingMessage": {"action": "STARTED"}}, NothingReason.TYPING),
        ({"storyMessage": {}}, NothingReason.STORY),
        ({"callMessage": {}}, NothingReason.CALL),
        ({"syncMessage": {"sentMessage": {"message": "from my phone"}}}, NothingReason.OWN),
        ({"syncMessage": {}}, NothingReason.OWN),
        ({}, NothingReason.OTHER_KIND),
    ],
)
def test_what_needs_nothing_done(fields, reason):
    assert read({**envelope(), **fields}) == Nothing(reason)


def test_deleted_message_needs_nothing_done():
    assert read(message(None, remoteDelete={"timestamp": SENT})) == Nothing(NothingReason.REMOTE_DELETE)


@pytest.mark.parametrize(("given", "seconds"), [(3600, 3600), (0, 0), (None, 0), ("soon", 0)])
def test_a_changed_timer_says_after_how_many_seconds(given, seconds):
    assert read(message(None, expiresInSeconds=given)) == LifetimeChanged(ANA, seconds)


def test_poll_needs_nothing_done():
    assert read(message(None, pollCreate={"question": "?"})) == Nothing(NothingReason.OTHER_KIND)


def test_the_bots_own_words_are_nothing_by_number():
    assert read({**message("/safe"), "sourceNumber": "+14155550100"}) == Nothing(NothingReason.OWN)


def test_the_bots_own_words_are_nothing_by_account_id():
    line = json.dumps(notification(message("/safe", sender=BOT))).encode()
    assert read_notification(line, own_aci=BOT) == Nothing(NothingReason.OWN)


@pytest.mark.parametrize(
    "info", ["a group", 7, [], {}, {"groupId": None}, {"groupId": "not base64!"}, {"groupId": "A" * 500}]
)
def test_message_of_an_unreadable_group_never_becomes_a_direct_one(info):
    assert read(message("/start 2h", groupInfo=info)) == Unreadable(UnreadableReason.BAD_GROUP)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", UnreadableReason.NOT_JSON),
        (b"\xff\xfe{", UnreadableReason.NOT_JSON),
        (b"[" * 100_000, UnreadableReason.NOT_JSON),
        (b"1" * 10_000, UnreadableReason.NOT_JSON),
        (b"[1]", UnreadableReason.NOT_A_NOTIFICATION),
        (b"null", UnreadableReason.NOT_A_NOTIFICATION),
        (b"NaN", UnreadableReason.NOT_A_NOTIFICATION),
        (b'{"params":{"result":{"envelope":[]}}}', UnreadableReason.NOT_A_NOTIFICATION),
    ],
    ids=range(8),
)
def test_line_that_is_no_notification_is_parked(line, reason):
    assert read(line) == Unreadable(reason)


@pytest.mark.parametrize("who", [None, 7, "", "PNI:" + ANA, "+14155550199"])
def test_message_without_account_id_is_parked(who):
    assert read({**message(), "source": who, "sourceUuid": who}) == Unreadable(UnreadableReason.NO_SENDER)


@pytest.mark.parametrize("time", [None, "1795406620280", 1.5, True, -1, 0, 2**80, float("nan")])
def test_message_without_time_is_parked(time):
    assert read({**message(timestamp=time), "timestamp": time}) == Unreadable(UnreadableReason.NO_TIME)


def test_missing_server_time_is_said_to_be_unknown():
    assert read({**message(), "serverReceivedTimestamp": None}).server_received_ms is None


@pytest.mark.parametrize("author", [None, 5, "+14155550100"])
def test_reaction_to_nobody_is_parked(author):
    reaction = {**REACTION, "targetAuthorUuid": author, "targetAuthor": author}
    assert read(message(None, reaction=reaction)) == Unreadable(UnreadableReason.NO_TARGET)


def test_half_characters_and_noughts_are_replaced_and_the_rest_is_kept():
    line = json.dumps(notification(message("a\ud800b\0c\u202e\x1b\N{GRINNING FACE}"))).encode()
    assert read(line).text == "a\ufffdb\ufffdc\u202e\x1b\N{GRINNING FACE}"


def test_very_long_text_is_cut():
    assert len(read(message("x" * 70_000)).text) == MAX_TEXT_CHARACTERS


def test_text_of_the_wrong_type_is_parked():
    assert read(message({"text": "hi"})) == Unreadable(UnreadableReason.BAD_SHAPE)


@pytest.mark.parametrize(
    "incoming",
    [
        PersonMessage(ANA, SENT, RECEIVED, GROUP, "hello", (Attachment("x.jpg", "image/jpeg", "", 8),)),
        Edit(ANA, SENT, None, None, "hello", 5),
        ReactionGiven(ANA, SENT, RECEIVED, None, "\N{THUMBS UP SIGN}", BO, 5, is_remove=True),
        Receipt(ANA, 1, ReceiptKind.READ, (1, 2), None),
        GroupChanged(GROUP),
        IdentityChanged(ANA),
        Nothing(NothingReason.CALL),
        Unreadable(UnreadableReason.NO_TIME),
    ],
    ids=lambda incoming: type(incoming).__name__,
)
def test_what_is_stored_comes_back_the_same(incoming):
    assert from_stored(json.loads(json.dumps(to_stored(incoming)))) == incoming


@pytest.mark.parametrize("stored", [{}, {"is": "other"}, {"is": "message"}, {"is": "receipt", "kind": "lost"}])
def test_inbox_body_of_another_kind_is_refused(stored):
    with pytest.raises(ValueError):
        from_stored(stored)


def test_nothing_received_shows_in_a_representation():
    assert "secret" not in repr(read(message("secret"))) + str(read(message("secret")))
    assert ANA not in repr(read(message("secret")))
