"""What holds for any text that is read as a capture."""

import io
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.capture import CaptureFormat
from articles.formats.captures.decoding import decode
from articles.formats.captures.lines import physical
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.text import BlockKind

CAPTURES = Path(__file__).parent / "captures"
FILES = sorted(CAPTURES.glob("*.txt"))
MENU = "Share on Facebook\nTweet\nAdvertisement\n"

PIECES = [
    "Harbour to be dredged in May",
    "By Ann Lee",
    "By: Associated Press",
    "The Guardian",
    "Date: 9 May 1961",
    "9 May 1961",
    "- Herring are back in the bay",
    "• Dredging begins in May",
    "Key points",
    "WASHINGTON (AP) — The harbour will be dredged in May, the mayor said on Monday.",
    "ALMATY, Kazakhstan: The harbour will be dredged in May, the mayor said on Monday.",
    "The harbour will be dredged in May, the mayor said.",
    "“We have waited for years,” said the harbour master.",
    "WHAT COMES NEXT",
    "A boat in the harbour. Photograph: Ann Lee/AP",
    "Photograph: Ann Lee",
    "© 2019 Fen Publishing. All rights reserved.",
    "Share on Facebook",
    "Read more: Herring in the bay",
    "[FULL STORY]",
    "The mayor said so twice. [Read more]",
    "-----",
    "* * *",
    "> Nobody spoke.",
    "Editor's note: the harbour is closed.",
    "Reporting by Ann Lee; Editing by Jan Smit",
    "https://www.example.org/harbour",
    "Home",
    "News",
    "1. The first point of all",
    "\u200fإغلاق الجسر القديم\u200f",
    "洪水过后老桥关闭两周。",
    "\x00",
    "",
    "",
]
MADE = st.lists(st.sampled_from(PIECES), max_size=40).map("\n".join)
ANY = st.text(max_size=400)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=20).map(
    "\n".join
)


def read(data: bytes) -> list[ReadItem]:
    return list(CaptureFormat().read(io.BytesIO(data), Origin(filename="a.txt"), ReadOptions()))


def letters(text: str) -> str:
    """Return what of a text is word: marks and bullets at its edges do not count."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if char.isalnum())


def lost(text: str, items: Sequence[ReadItem]) -> list[str]:
    """Return the lines of a capture that are nowhere in what was read."""
    kept: list[str] = []
    for item in items:
        if isinstance(item, Refused):
            return []  # a refused capture is kept whole
        kept += [block.text for block in item.blocks]
        kept += [how.raw for how in item.provenance.values()]
        kept += [entry.text for entry in item.dropped]
    everything = letters("\n".join(kept))
    whole = [letters(line.text) for line in physical(text)]
    return [line for line in whole if line and not _found(line, everything)]


def _found(line: str, everything: str) -> bool:
    """Whether a line is kept, in one place or (a paragraph and its mark, a dateline) in two."""
    if line in everything:
        return True
    return any(line[:cut] in everything and line[cut:] in everything for cut in range(1, len(line)))


def words(items: Sequence[ReadItem]) -> list[tuple[str, ...]]:
    """Return each article's body."""
    return [
        tuple(block.text for block in item.blocks if block.kind.is_body)
        for item in items
        if isinstance(item, ParsedArticle)
    ]


@settings(max_examples=300, deadline=None)
@given(st.one_of(MADE, MIXED, ANY))
def test_no_line_is_lost(text: str) -> None:
    data = text.encode("utf-8", errors="surrogatepass")
    shown, _ = decode(data)

    assert lost(shown, read(data)) == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    assert read(data)


@settings(max_examples=100, deadline=None)
@given(MIXED)
def test_reading_twice_gives_the_same(text: str) -> None:
    data = text.encode("utf-8", errors="replace")

    assert read(data) == read(data)


@settings(max_examples=150, deadline=None)
@given(MADE)
def test_locators_follow_each_other_and_never_overlap(text: str) -> None:
    ends = [tuple(map(int, item.locator.split()[1].split("-"))) for item in read(text.encode())]

    assert all(first <= last for first, last in ends)
    assert all(upper[1] < lower[0] for upper, lower in pairwise(ends))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_line_of_a_real_capture_is_lost(path: Path) -> None:
    data = path.read_bytes()

    assert lost(decode(data)[0], read(data)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sharing_junk_at_the_ends_changes_no_body(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    plain = read(text.encode())

    with_junk = read(f"{MENU}\n{text.rstrip()}\n\n{MENU}".encode())

    assert words(with_junk) == words(plain)


@pytest.mark.parametrize(
    "name", ["headers-first", "wrapped-72", "german", "russian", "chinese", "crossheads-and-list"]
)
def test_pasting_the_body_again_only_adds_repeats(name: str) -> None:
    text, _ = decode((CAPTURES / f"{name}.txt").read_bytes())
    (plain,) = read(text.encode())
    assert isinstance(plain, ParsedArticle)
    body = [b.text for b in plain.blocks if b.kind.is_body and b.kind is not BlockKind.LIST_ITEM]

    (doubled,) = read((text.rstrip() + "\n\n" + "\n\n".join(body)).encode())

    assert isinstance(doubled, ParsedArticle)
    assert doubled.blocks == plain.blocks
    assert len(doubled.dropped) > len(plain.dropped)


def test_a_capture_of_five_megabytes_is_read_whole() -> None:
    articles = "\n\n".join(
        f"Harbour number {number} to be dredged\n\nBy Ann Lee\n\n"
        + "\n\n".join(
            f"Paragraph {line} of story {number}: ship {number * 7 + line} and its {line} men."
            for line in range(12)
        )
        for number in range(600)
    )

    items = read(articles.encode())

    assert lost_count(articles, items) == 0


def lost_count(text: str, items: Sequence[ReadItem]) -> int:
    kept = {
        block.text for item in items if isinstance(item, ParsedArticle) for block in item.blocks
    }
    return sum(line.startswith("Paragraph") and line not in kept for line in text.split("\n"))
