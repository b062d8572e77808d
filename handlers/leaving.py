"""What she leaves with a message: words, places and files (SPEC: `/note`, and `/start` with a file)."""

from dataclasses import dataclass, field

from bot.domain.details import ATTACHMENTS_LIMIT, TEXT_LIMIT, EntryKind, Subject, SubjectKind
from bot.domain.folding import DetailsTooLong, clean_details
from bot.domain.locations import locations_in, without_locations
from bot.use_cases.keep_note import ToKeep
from handlers.call import Call, UserMistake
from handlers.message import Message, Trouble
from storage.records import Records

_MOST_CHARACTERS = 64 * 1024


@dataclass(frozen=True)
class Leaving:
    """What is to be kept. `asked`: she said so with the command; else a file or a place stands for it."""

    text: str = field(repr=False)
    asked: bool


def left_without_command(message: Message) -> Leaving | None:
    """What a message in the direct chat leaves although it holds no command; None for words alone."""
    if message.group is not None:
        return None
    if message.attachments or locations_in(message.text):
        return Leaving(message.text, asked=False)
    return None


def to_keep(call: Call, text: str) -> ToKeep:
    """The texts, places and files of the message. Raises `UserMistake` when something of it cannot be kept."""
    if trouble := trouble_with_files(call.message):
        raise UserMistake(_NO[trouble])
    return ToKeep(call.now, _texts(text), files_of(call.message))


def trouble_with_files(message: Message) -> Trouble | None:
    """Why the files of this message cannot be kept, if they cannot."""
    return next((one.trouble for one in message.attachments if one.trouble is not None), None)


def too_many_files(records: Records, subject: Subject, files: Subject) -> Trouble | None:
    """Whether these files do not fit beside those that the subject has."""
    there = [entry for entry in records.details.of(subject) if entry.kind is EntryKind.ATTACHMENT]
    return Trouble.TOO_MANY if len(there) + len(records.details.of(files)) > ATTACHMENTS_LIMIT else None


def files_of(message: Message) -> Subject | None:
    """Where the files of this message lie until they are kept."""
    return Subject(SubjectKind.ARRIVING, message.inbox_id) if message.attachments else None


def _texts(text: str) -> list[tuple[EntryKind, str]]:
    """The words first, then the places: what is told last is the last place."""
    try:
        cleaned = clean_details(text, _MOST_CHARACTERS)
    except DetailsTooLong:
        raise UserMistake("note.too_long", {"left": TEXT_LIMIT}) from None
    words = without_locations(cleaned)
    notes = [(EntryKind.NOTE, words)] if words else []
    return [*notes, *((EntryKind.LOCATION, link) for link in locations_in(cleaned))]


_NO = {
    Trouble.TOO_LARGE: "note.too_large",
    Trouble.TOO_MANY: "note.too_many_at_once",
    Trouble.UNREADABLE: "note.unreadable",
}
