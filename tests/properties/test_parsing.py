"""However a command is typed it is the same command; whatever is typed, reading it never fails (SPEC, Ways in)."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import plain
from bot.domain.words import COMMAND_NAMES, WordRefused, check_codeword
from handlers.parsing import Unknown, Written, read_command

names = st.sampled_from(sorted(COMMAND_NAMES))
words = st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"], codec="latin-1"), min_size=1, max_size=8)
arguments = st.lists(words, max_size=4).map(" ".join)
spaces = st.text(alphabet=" \t\u00a0\u3000\u2009", min_size=1, max_size=3)
fronts = st.sampled_from(["", " ", "\ufffc", "\ufffc ", "\u200e", "\n", " \u200b"])
ends = st.sampled_from(["", ".", "!", "…", ":", ",", "\u200b"])
slashes = st.sampled_from(["/", "/ ", "／", "／ ", "\u2215"])
any_text = st.text(alphabet=st.characters(codec=None), max_size=60)


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


@st.composite
def dressed_commands(draw: st.DrawFn) -> tuple[str, str, str]:
    name, rest = draw(names), draw(arguments)
    spelt = draw(st.sampled_from([name, name.upper(), name.title(), full_width(name)]))
    first = draw(fronts) + draw(slashes) + spelt + draw(ends) + draw(spaces)
    return name, rest, first + rest.replace(" ", draw(spaces)) + draw(st.sampled_from(["", " ", "  "]))


@given(dressed_commands(), st.booleans(), st.sampled_from(["\n", "\r\n", "\u2028"]), any_text)
def test_a_command_with_a_slash_is_read_however_it_is_dressed(
    command: tuple[str, str, str], in_group: bool, line_end: str, details: str
) -> None:  # fmt: skip
    name, rest, first_line = command
    read = read_command(first_line + line_end + details, in_group, COMMAND_NAMES)
    assert isinstance(read, Written)
    assert (read.name, read.arguments, read.slash) == (name, plain(rest), True)
    assert (read.details is None) == (not details.strip())


@given(names, arguments)
def test_slash_and_no_slash_read_the_same_in_the_direct_chat(name: str, rest: str) -> None:
    bare, slashed = (read_command(f"{slash}{name} {rest}", False, COMMAND_NAMES) for slash in ("", "/"))
    assert isinstance(bare, Written)
    assert isinstance(slashed, Written)
    assert (bare.name, bare.arguments, bare.free_text) == (slashed.name, slashed.arguments, slashed.free_text)
    assert (bare.slash, slashed.slash) == (False, True)


any_line = st.one_of(any_text, any_text.map("/".__add__), names, st.tuples(names, any_text).map(" ".join))


@given(any_line, st.booleans(), st.booleans())
def test_any_text_is_a_command_an_unknown_one_or_only_text(text: str, in_group: bool, running: bool) -> None:
    read = read_command(text, in_group, COMMAND_NAMES, check_in_running=running)
    if isinstance(read, Written):
        assert read.name in COMMAND_NAMES
        assert read.slash or running or not in_group
        assert read.arguments == plain(read.arguments)
        assert "".join(text.split()).endswith("".join(read.free_text.split()))
    if isinstance(read, Unknown):
        assert read.name not in COMMAND_NAMES
        assert read.nearest is None or read.nearest in COMMAND_NAMES


@given(st.one_of(any_text, st.tuples(names, words).map(" ".join), st.tuples(words, names).map(" ".join)))
def test_a_word_that_is_allowed_is_never_read_as_a_command(word: str) -> None:
    try:
        check_codeword(word, [])
    except WordRefused:
        return
    for in_group in (False, True):
        assert read_command(word, in_group, COMMAND_NAMES, check_in_running=True) is None
