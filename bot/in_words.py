"""A parcel's text in words; that this cannot be done is a fault of our own, and Signal is then asked for nothing."""

from bot.parcels import Parcel
from bot.texts.rendering import render


class NotMadeError(Exception):
    """A `fault` of our own before Signal was asked for anything."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault


def in_words(parcel: Parcel, text: str) -> str:
    """This text, with the row's facts, as its reader is to see it. Raises `NotMadeError`."""
    try:
        return render(text, parcel.row.facts, parcel.reader)
    except Exception as error:
        raise NotMadeError(error) from error
