"""What a person typed as a place, read as name, type and context in every way that makes sense."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from marketplace.kit.text import fold, words

MAX_WORDS = 14
Key = tuple[str, ...]

# Type words as normalised text has them, and the abbreviations of envelopes and signboards.
_TYPES: dict[Key, str] = {
    ("xã",): "Xã", ("x",): "Xã", ("phường",): "Phường", ("p",): "Phường", ("thị", "trấn"): "Thị trấn", ("tt",): "Thị trấn",
    ("đặc", "khu"): "Đặc khu", ("huyện",): "Huyện", ("h",): "Huyện", ("quận",): "Quận", ("q",): "Quận",
    ("thị", "xã"): "Thị xã", ("tx",): "Thị xã", ("thành", "phố"): "Thành phố", ("tp",): "Thành phố", ("tỉnh",): "Tỉnh",
}  # fmt: skip
_FOLDED_TYPES = {tuple(fold(word) for word in key): (key, name) for key, name in _TYPES.items()}
_SHORT_FOR = {
    "hcm": ("hồ", "chí", "minh"),
    "tphcm": ("hồ", "chí", "minh"),
    "hn": ("hà", "nội"),
    "tphn": ("hà", "nội"),
}
_NOISE = {"cũ", "nay"}


@dataclass(frozen=True, slots=True)
class Typed:
    """One reading: the words of the name as typed and folded, the words that narrow it, whether the name comes last.

    Only what comes last may be cut short: a name still being typed, or else what narrows it.
    """

    exact: Key
    folded: Key
    rest: Key
    is_last: bool
    type_name: str = ""

    @property
    def key(self) -> str:
        """The name as the gazetteer's index spells it."""
        return " ".join(self.folded)

    def misfits(self, name_words: Sequence[str]) -> int:
        """How many words of a unit's name are spelt otherwise, as far as the typed ones carry diacritics at all."""
        if self.exact == self.folded:
            return 0
        return sum(mine != theirs for mine, theirs in zip(self.exact, name_words, strict=False))


def _cut_type(exact: Key, folded: Key) -> Iterator[tuple[str, int]]:
    """The type a run of words begins with, and its length; a word with diacritics must be spelt right."""
    for size in (2, 1):
        found = _FOLDED_TYPES.get(folded[:size])
        if found and all(word in (right, fold(right)) for word, right in zip(exact, found[0], strict=False)):
            yield found[1], size


def _tokens(text: str) -> Key:
    typed: list[str] = []
    for word in words(text[:200]):
        typed.extend(_SHORT_FOR.get(word, (word,)))
    return tuple(word for word in typed if word not in _NOISE)[:MAX_WORDS]


def _one_side(exact: Key, folded: Key, start: int, end: int) -> Iterator[Typed]:
    """The words from start to end as a name, with and without a type word in front; all the others narrow it."""
    rest, is_last = folded[:start] + folded[end:], end == len(exact)
    yield Typed(exact[start:end], folded[start:end], rest, is_last)
    for type_name, size in _cut_type(exact[start:end], folded[start:end]):
        if size < end - start:
            yield Typed(exact[start + size : end], folded[start + size : end], rest, is_last, type_name)


def read_typed(text: str) -> Iterator[list[Typed]]:
    """Every reading of the text, in groups from the likeliest on: the longest name first, what narrows it behind or before."""
    exact = _tokens(text)
    folded = tuple(fold(word) for word in exact)
    for end in range(len(exact), 0, -1):
        yield list(_one_side(exact, folded, 0, end))
    for start in range(1, len(exact)):
        yield list(_one_side(exact, folded, start, len(exact)))


def names_commune(text: str) -> bool:
    """Whether a text says that it names a commune ("xã Canh Nậu"), not a village in one."""
    exact = _tokens(text)
    kinds = {name for name, _ in _cut_type(exact, tuple(fold(word) for word in exact))}
    return bool(kinds & {"Xã", "Phường", "Thị trấn", "Đặc khu"})


def narrows(rest: Key, context: Iterable[Key], *, unfinished: bool) -> bool:
    """Whether the remaining words name only units around this one. `unfinished`: the last may be cut short."""
    if not rest:
        return True
    for size in (2, 1):
        if rest[:size] in _FOLDED_TYPES and rest[size:] and narrows(rest[size:], context, unfinished=unfinished):
            return True
    return any(
        (rest[: len(key)] == key and narrows(rest[len(key) :], context, unfinished=unfinished))
        or (unfinished and len(rest) <= len(key) and " ".join(key).startswith(" ".join(rest)))
        for key in context
        if key
    )
