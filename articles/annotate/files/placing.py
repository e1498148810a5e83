"""Where the tags of a file stand in our text: at the file's own place, or told why nowhere.

A place in a file may be wrong: counted in bytes, or of a text that was cut. So its words are looked
at first. Where they do not stand at their place they are looked for near it, as whole words, and
taken if they stand there once; what is not sure is refused with its reason.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from articles.annotate.anchoring.anchoring import Carrier
from articles.annotate.interchange.shape import ArticleTags, Tag
from articles.search.language.words import words_in
from articles.text import sha256

# So many characters from its place words may be looked for: some lines.
NEAR = 200
_APOSTROPHES = frozenset("'’ʼ")


class NowhereError(Exception):
    """Why a tag of a file has no place in our text: a sentence."""


class Placer:
    """The places of the tags of one article of a file, in our text of it.

    ``blocks`` are those of our text, ``[kind, start, end]`` in order.
    """

    def __init__(self, each: ArticleTags, text: str, blocks: Sequence[Sequence[object]]) -> None:
        self._ours = text
        self._theirs = each.text or text
        self._is_ours = self._theirs == text
        # Of a file without a text the places are of ours only if it says so.
        self._is_known = bool(each.text) or each.sha256 == sha256(text)
        self._aligned: Sequence[int] | None = None
        self._carrier: Carrier | None = None
        if not self._is_ours and "".join(self._theirs.split()) == "".join(text.split()):
            self._aligned = _aligned(self._theirs, text)
        elif not self._is_ours:
            self._carrier = Carrier(self._theirs, text, blocks)

    def of(self, tag: Tag) -> tuple[int, int]:
        """Return where a tag is in our text, start and end; raise NowhereError."""
        start, end = self._in_file(tag)
        if self._aligned is not None:
            start, end = self._aligned[start], self._aligned[end - 1] + 1
            if start < 0 or end <= start:
                raise NowhereError("At an end of these words there is white space.")
            return start, end
        if self._carrier is not None:
            return self._carried(self._carrier, start, end)
        return start, end

    def _in_file(self, tag: Tag) -> tuple[int, int]:
        """Return where a tag is in the file's text: where it says, if its words are there."""
        text, quote = self._theirs, tag.quote
        is_place = 0 <= tag.start < tag.end <= len(text)
        if not quote:
            # In a text that the file gives, or names, the words are those at the place.
            if not self._is_known:
                raise NowhereError(
                    "The file says neither which words are tagged (quote) nor in which text (text, "
                    "or its sha256): a place alone may be one of another text."
                )
            if not is_place:
                raise NowhereError(
                    "The file does not say which words are tagged (quote), and its text has no "
                    "such place."
                )
            return tag.start, tag.end
        if is_place and "".join(text[tag.start : tag.end].split()) == "".join(quote.split()):
            # A place that is off by a space is meant without it.
            there = text[tag.start : tag.end]
            before = len(there) - len(there.lstrip())
            return tag.start + before, tag.start + len(there.rstrip())
        return self._beside(quote, tag.start)

    def _beside(self, quote: str, start: int) -> tuple[int, int]:
        """Return where words stand near a place at which they do not, if that is one place."""
        text, first, last = self._theirs, 0, len(self._theirs)
        if self._is_known:
            # Another that is not much farther makes it unsure which one is meant.
            first, last = max(0, start - 2 * NEAR), max(0, start + 2 * NEAR) + len(quote)
        found: list[int] = []
        is_within_words = False
        at = text.find(quote, first, last)
        while at >= 0 and len(found) < 2:
            if self._is_inside(at) or self._is_inside(at + len(quote)):
                is_within_words = True
            else:
                found.append(at)
            at = text.find(quote, at + 1, last)
        if len(found) > 1:
            raise NowhereError("These words are not where the file says, and several times near.")
        if found and (not self._is_known or abs(found[0] - start) <= NEAR):
            return found[0], found[0] + len(quote)
        if is_within_words:
            raise NowhereError(
                "These letters are not where the file says, and near it only inside other words."
            )
        if quote in text:
            raise NowhereError("These words are not where the file says, and not near it.")
        raise NowhereError("These words stand nowhere in our text.")

    def _carried(self, carrier: Carrier, start: int, end: int) -> tuple[int, int]:
        old = carrier.old
        before, after = old[max(0, start - 32) : start], old[end : end + 32]
        found = carrier.carry(old[start:end], before, after, start)
        if found is None:
            raise NowhereError("These words stand nowhere in our text.")
        return found.start, found.end

    @cached_property
    def _words(self) -> tuple[Sequence[int], Sequence[int]]:
        places = [word.span() for word in words_in(self._theirs)]
        return [start for start, _ in places], [end for _, end in places]

    def _is_inside(self, at: int) -> bool:
        """Whether a place is in the middle of a word of the file's text; Doe ends before ’s."""
        starts, ends = self._words
        number = bisect_right(starts, at) - 1
        if number < 0 or not starts[number] < at < ends[number]:
            return False
        return not _APOSTROPHES & set(self._theirs[at - 1 : at + 1])


def _aligned(theirs: str, ours: str) -> list[int]:
    """Return where each character of a text is in one that differs in white space alone."""
    places = [place for place, char in enumerate(ours) if not char.isspace()]
    found: list[int] = []
    at = 0
    for char in theirs:
        if char.isspace():
            found.append(-1)
        else:
            found.append(places[at])
            at += 1
    return found
