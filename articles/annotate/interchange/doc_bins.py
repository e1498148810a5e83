"""What spaCy's ``DocBin`` holds of documents, made without spaCy's objects of words and spans.

Making those, and asking each for its nine strings, takes some ten times as long as all else. The
bytes are those that spaCy itself writes of the same documents.
"""

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

# A word, or a character that is of none, with a single space after it, which spaCy counts to the
# token before it; or other white space.
_PIECE = re.compile(r"(?:[^\W_]+|\S)(?: (?!\s))?|\s+")
# What is kept of a token: all other attributes are empty, and spaCy reads them as that anyway.
ATTRIBUTES = ("ORTH", "NORM", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")
# What spaCy says of a token of an entity, and of all others.
_INSIDE, _OUTSIDE, _BEGINS = 1, 2, 3
# A span of a group: its id, what it is known as, its label; tokens and characters, from and to.
_SPAN = struct.Struct(">QQQllll")


class Named(NamedTuple):
    """A span of a document by code points, with its label and what it is known as."""

    start: int
    end: int
    label: str
    known_as: str


class Packing:
    """Documents of one ``DocBin``: add them, and take its bytes at the end."""

    def __init__(self, spacy: Any, vocabulary: Any) -> None:
        # spaCy's own. One for all: making one looks through what is installed.
        packer = import_module("srsly.msgpack").Packer(use_bin_type=True)
        self._dumps: Callable[[Any], bytes] = packer.pack
        self._bin = spacy.tokens.DocBin(ATTRIBUTES, store_user_data=True)
        self._column = {
            name: self._bin.attrs.index(number)
            for name, number in spacy.attrs.IDS.items()
            if number in self._bin.attrs
        }
        self._strings = _Strings(spacy.strings.get_string_id)
        self._words = _Words(self._strings, vocabulary.lex_attr_getters[spacy.attrs.NORM])
        self._tokens: list[int] = []
        self._lengths: list[int] = []
        # The tokens of entities: which, what of one it is, its label, what it is known as.
        self._of_entities: list[tuple[int, int, int, int]] = []

    def add(
        self,
        text: str,
        spans: Sequence[Named],
        entities: Iterable[Named],
        *,
        group: str,
        about: Mapping[str, Any],
    ) -> None:
        """Add a document: a group of spans, and those of them that are its entities.

        Tokens are cut at the borders of spans. ``about`` is its ``user_data``.
        """
        pieces = _PIECE.findall(text)
        starts = _cut(pieces, spans)
        before, strings = len(self._tokens), self._strings
        self._tokens += [self._words[piece] for piece in pieces]
        self._lengths.append(len(pieces))
        # spaCy knows no entity without a label.
        for span, first, last in _placed((each for each in entities if each.label), starts):
            label, known_as = strings[span.label], strings[span.known_as]
            for token in range(first, last):
                iob = _BEGINS if token == first else _INSIDE
                self._of_entities.append((before + token, iob, label, known_as))
        packed = [
            _SPAN.pack(
                0, strings[span.known_as], strings[span.label], first, last, span.start, span.end
            )
            for span, first, last in _placed(spans, starts)
        ]
        spans_of = self._dumps({"name": group, "attrs": {}, "spans": packed})
        self._bin.span_groups.append(self._dumps({spans_of: [group]}))
        self._bin.user_data.append(self._dumps(dict(about)))
        self._bin.cats.append({})
        self._bin.flags.append({"has_unknown_spaces": False})

    def to_bytes(self) -> bytes:
        """Return the bytes of the DocBin; nothing is added afterwards."""
        words, column = self._words, self._column
        tokens = np.asarray(self._tokens, dtype=np.intp)
        rows = np.zeros((len(tokens), len(self._bin.attrs)), dtype=np.uint64)
        rows[:, column["ORTH"]] = np.asarray(words.orths, dtype=np.uint64)[tokens]
        rows[:, column["NORM"]] = np.asarray(words.norms, dtype=np.uint64)[tokens]
        rows[:, column["ENT_IOB"]] = _OUTSIDE
        if self._of_entities:
            which, *said = zip(*self._of_entities, strict=True)
            for name, values in zip(("ENT_IOB", "ENT_TYPE", "ENT_KB_ID"), said, strict=True):
                rows[list(which), column[name]] = np.asarray(values, dtype=np.uint64)
        ends = np.cumsum(self._lengths)
        spaces = np.asarray(words.spaces, dtype=bool)[tokens].reshape(-1, 1)
        self._bin.tokens = np.split(rows, ends[:-1])
        self._bin.spaces = np.split(spaces, ends[:-1])
        self._bin.strings = {"", *self._strings}
        packed: bytes = self._bin.to_bytes()
        return packed


class _Strings(dict[str, int]):
    """The strings that a DocBin speaks of, by spaCy's hash."""

    def __init__(self, hashed: Callable[[str], int]) -> None:
        super().__init__()
        self._hashed = hashed

    def __missing__(self, string: str) -> int:
        made = self[string] = self._hashed(string)
        return made


class _Words(dict[str, int]):
    """The different words with or without a space after them, by their numbers."""

    def __init__(self, strings: _Strings, norm: Callable[[str], str]) -> None:
        super().__init__()
        self._strings, self._norm = strings, norm
        self.orths: list[int] = []
        self.norms: list[int] = []
        self.spaces: list[bool] = []

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        has_space = piece[-1] == " " and not piece.isspace()
        word = piece[:-1] if has_space else piece
        self.orths.append(self._strings[word])
        self.norms.append(self._strings[self._norm(word)])
        self.spaces.append(has_space)
        return number


def _cut(pieces: list[str], spans: Iterable[Named]) -> list[int]:
    """Cut the pieces of a text at the borders of spans; return where each then begins."""
    starts = [0, *accumulate(map(len, pieces))]
    for border in sorted({place for span in spans for place in (span.start, span.end)}):
        at = bisect_right(starts, border) - 1
        inner = border - starts[at]
        # The space after a word is no part of it, and what ends before it is not cut there.
        if inner and pieces[at][inner:] != " ":
            pieces[at : at + 1] = [pieces[at][:inner], pieces[at][inner:]]
            starts.insert(at + 1, border)
    return starts[:-1]


def _placed(spans: Iterable[Named], starts: list[int]) -> Iterator[tuple[Named, int, int]]:
    """Yield spans with their first token and the one after their last."""
    for span in spans:
        first = bisect_left(starts, span.start)
        last = bisect_left(starts, span.end, first)
        if first == last or starts[first] != span.start:
            raise AssertionError(span)  # Tokens are cut at the borders of every span.
        yield span, first, last
