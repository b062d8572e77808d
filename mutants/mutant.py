"""One way to break the product: what is replaced by what, and the test that notices."""

from dataclasses import dataclass
from pathlib import Path


class DoesNotApply(ValueError):  # noqa: N818 (said of a mutant, not of the product)
    """The text to replace does not stand exactly once where the mutant says: the code has moved on without it."""


@dataclass(frozen=True)
class Mutant:
    """`name`: in the words of SPEC and DESIGN. `breaks`: what goes wrong then, and what it would cost somebody.

    `old` stands exactly once in `file` and is replaced by `new`. `caught_by`: the fastest test that fails then, as
    pytest names it.
    """

    name: str
    breaks: str
    file: str
    old: str
    new: str
    caught_by: str

    def applied_to(self, source: str) -> str:
        """The broken source. Raises `DoesNotApply`."""
        found = source.count(self.old)
        if found != 1:
            raise DoesNotApply(f"{self.name}: its text stands {found} times in {self.file}, not once.")
        return source.replace(self.old, self.new)

    def applied_in(self, root: Path) -> str:
        """The broken source of the file below `root`. Raises `DoesNotApply`, also where there is no such file."""
        path = root / self.file
        if not path.is_file():
            raise DoesNotApply(f"{self.name}: there is no file {self.file}.")
        return self.applied_to(path.read_text(encoding="utf-8"))
