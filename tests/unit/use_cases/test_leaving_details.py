"""What an alert says of what she left, and of her plan."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies

from bot.domain.details import Entry, EntryKind, Plan
from bot.domain.outgoing import Said
from bot.texts.rendering import Reader, render
from bot.use_cases.leaving_details import Left, tell_added, tell_of

NOW = datetime(2027, 3, 5, 20, 5, tzinfo=UTC)
NAMES = {"name": "Ana", "buddy": "Bo"}
LEFT, NOTE, LOCATION, ATTACHMENT = EntryKind
LINK = "https://maps.google.com/maps?q=51.5%2C-0.1"


def entry(kind: EntryKind, text: str | None, minutes: int = 0, content_type: str = "") -> Entry:
    return Entry(f"{kind}{minutes}", kind, NOW + timedelta(minutes=minutes), len(text or ""), text, content_type)


def shown(messages: Sequence[Said], zone: str = "Europe/London", language: str = "en") -> list[str]:
    reader = Reader(ZoneInfo(zone), language, NOW)
    return [render(said.text, said.facts, reader) for said in messages]


def first_says(left: Left) -> tuple[str, ...]:
    return left.in_first


def test_with_nothing_left_the_first_message_says_all() -> None:
    left = tell_of(NAMES, [], None)
    assert (left.do_first, left.messages, left.files) == ("alert.do_first", (), ())
    assert first_says(left) == ("alert.no_details", "alert.police")


def test_what_she_left_stands_in_order_with_the_readers_times() -> None:
    left = tell_of(
        NAMES,
        [
            entry(LEFT, "Room 12\nring twice"),
            entry(LOCATION, LINK, 1),
            entry(NOTE, "moved to room 14", 2),
            entry(LOCATION, LINK, 3),
            entry(ATTACHMENT, "door.jpg", 4, "image/jpeg"),
            entry(ATTACHMENT, "", 5, "audio/aac"),
        ],
        None,
    )
    assert first_says(left) == ()
    assert shown(left.messages, zone="Europe/Berlin") == [
        "Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12\nring twice\n"
        f"Location, 21:06: {LINK}\n21:07: moved to room 14\nLast location, 21:08: {LINK}\n"
        "21:09: a photo; it follows.\n21:10: a voice note; it follows.\n"
        "Police: Ana has stated no wish. So not, unless life is in danger before your eyes."
    ]
    assert [file.entry_id for file in left.files] == ["attachment4", "attachment5"]
    assert shown([file.said for file in left.files]) == [
        "Timer of Ana: a photo that Ana left at 20:09.",
        "Timer of Ana: a voice note that Ana left at 20:10.",
    ]


def test_the_plan_follows_the_details_and_holds_for_police() -> None:
    left = tell_of(NAMES, [entry(LEFT, "Room 12")], Plan("Ring my sister.\nHow was the lake?"))
    assert left.do_first == "alert.do_first_plan"
    details, plan = shown(left.messages)
    assert details == "Timer of Ana, 2 of 3. Ana left this for you:\nRoom 12"
    assert plan == (
        "Timer of Ana, 3 of 3. What Ana planned for this:\nRing my sister.\nHow was the lake?\n"
        "Police: what the plan says holds. If it says nothing about them: not, unless life is in danger "
        "before your eyes."
    )


def test_a_plan_alone_is_told_too() -> None:
    left = tell_of(NAMES, [], Plan("Ring my sister."))
    assert first_says(left) == ("alert.no_details",)
    assert [text.partition("\n")[0] for text in shown(left.messages)] == [
        "Timer of Ana, 2 of 2. What Ana planned for this:"
    ]


def test_what_cannot_be_read_is_said_and_the_rest_is_told() -> None:
    some = tell_of(NAMES, [entry(LEFT, None), entry(NOTE, "room 14", 2), entry(ATTACHMENT, None, 3)], Plan(None))
    assert shown(some.messages) == [
        "Timer of Ana, 2 of 2. Ana left this for you:\n20:05: this cannot be read any more.\n20:07: room 14\n"
        "20:08: this cannot be read any more.\n"
        "Police: the plan that Ana left cannot be read any more. So not, unless life is in danger before your eyes."
    ]
    assert some.files == ()
    nothing = tell_of(NAMES, [entry(LEFT, None)], None)
    assert (first_says(nothing), nothing.messages) == (("alert.details_lost", "alert.police"), ())


def test_what_is_added_later_says_so() -> None:
    added = tell_added(NAMES, [entry(NOTE, "room 14"), entry(ATTACHMENT, "a.jpg", 1, "image/jpeg")])
    assert shown(added.messages) == [
        "Timer of Ana: Ana has left more for you:\n20:05: room 14\n20:06: a photo; it follows."
    ]
    assert len(added.files) == 1


texts = strategies.text(max_size=1500)


@given(strategies.lists(strategies.tuples(strategies.sampled_from([LEFT, NOTE, LOCATION]), texts), max_size=8), texts)
def test_nothing_is_lost_and_every_message_is_carried_whole(left: list[tuple[EntryKind, str]], plan: str) -> None:
    entries = [entry(kind, text, number) for number, (kind, text) in enumerate(left)]
    long_names = {"name": "ü" * 30, "buddy": "ü" * 30}
    told = tell_of(long_names, entries, Plan(plan))
    rendered = shown(told.messages)
    assert all(len(text.encode("utf-8", "replace")) <= 2000 for text in rendered)
    together = "".join("".join(rendered).split())
    for _, text in left:
        if len(text.encode("utf-8", "replace")) <= 1400:
            assert "".join(text.split()) in together
