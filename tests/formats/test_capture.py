"""Captures of ours, each beside what it must become: tests/formats/captures/."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from articles.formats.capture import CaptureFormat
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import Flag, ParsedArticle, ReadItem, Refused
from articles.text import BlockKind

CAPTURES = Path(__file__).parent / "captures"
NAMES = sorted(path.stem for path in CAPTURES.glob("*.txt"))


def read(data: bytes | str, *known: str) -> list[ReadItem]:
    raw = data.encode() if isinstance(data, str) else data
    options = ReadOptions(known_sources=frozenset(known))
    return list(CaptureFormat().read(io.BytesIO(raw), Origin(filename="a.txt"), options))


def one(data: bytes | str, *known: str) -> ParsedArticle:
    (item,) = read(data, *known)
    assert isinstance(item, ParsedArticle)
    return item


def texts(article: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


def described(item: ReadItem) -> dict[str, Any]:
    """Return what was read as JSON that a person can check; what is unknown is left out."""
    if isinstance(item, Refused):
        return {"locator": item.locator, "refused": item.code}
    date, line = item.published, item.dateline
    found = {
        "locator": item.locator,
        "source": item.source,
        "published": f"{date.date} ({date.precision})" if date else None,
        "byline": item.byline,
        "credits": [[c.kind, c.name, c.role, c.place] for c in item.credits],
        "dateline": [line.place, line.agency] if line else None,
        "section": item.section,
        "captions": [[c.text, c.credit] for c in item.captions],
        "language": item.language,
        "canonical_url": item.canonical_url,
        "rights": item.rights,
        "flags": sorted(item.flags),
        "blocks": [[block.kind, block.text] for block in item.blocks],
        "dropped": [[entry.line, entry.reason] for entry in item.dropped],
        "rules": {name: how.rule for name, how in item.provenance.items()},
    }
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("name", NAMES)
def test_a_capture_of_ours_becomes_what_it_must(name: str) -> None:
    expected = json.loads((CAPTURES / f"{name}.json").read_text(encoding="utf-8"))

    items = read((CAPTURES / f"{name}.txt").read_bytes())

    assert json.loads(json.dumps([described(item) for item in items])) == expected


def test_a_name_the_reader_was_told_is_a_source() -> None:
    text = "Harbour to be dredged\n\nThe Fen Courier\n\nThe harbour will be dredged in May."

    assert one(text, "The Fen Courier").source == "The Fen Courier"
    assert one(text).source is None


def test_a_header_line_no_one_understands_is_kept_among_the_dropped() -> None:
    text = "Harbour to be dredged in May\n\nFen Courier\n\nThe harbour will be dredged in May."

    assert [(d.line, d.reason) for d in one(text).dropped] == [(3, "not understood")]


def test_a_rights_line_gives_neither_date_nor_source() -> None:
    text = (
        "Harbour to be dredged\n\nThe harbour will be dredged.\n\n© 2019 The Guardian, 9 Jan 2019"
    )

    article = one(text)

    assert article.published is None
    assert article.source is None
    assert article.rights == "© 2019 The Guardian, 9 Jan 2019"


def test_a_date_in_a_sentence_is_no_date_of_publication() -> None:
    text = "Harbour to be dredged\n\nThe harbour was last dredged on 9 January 2019."

    assert one(text).published is None


def test_a_wrapped_line_with_a_date_in_it_stays_in_its_paragraph() -> None:
    lines = ["The harbour, which had not been dredged in all the years of the old"] * 3
    text = "Harbour to be dredged\n\n" + "\n".join([*lines, "the first time since March 2003."])

    assert len(texts(one(text), BlockKind.PARAGRAPH)) == 1
    assert one(text).published is None


def test_the_second_date_is_the_date_of_change_when_it_says_so() -> None:
    text = "Harbour to be dredged\n\n9 May 1961\nLast updated on 10 May 1961\n\nIt will be dredged."

    article = one(text)

    assert article.published is not None
    assert article.modified is not None
    assert (article.published.date.day, article.modified.date.day) == (9, 10)


def test_a_bare_german_date_is_no_list_item() -> None:
    article = one("Hafen wird ausgebaggert\n\n6. April 1926\n\nDer Hafen wird im Mai ausgebaggert.")

    assert article.published is not None
    assert article.published.date.isoformat() == "1926-04-06"


def test_the_agency_at_the_end_of_the_last_paragraph_is_credited() -> None:
    article = one("Harbour to be dredged\n\nIt is shallow.\n\nIt will be dredged in May. — AFP")

    assert [credit.name for credit in article.credits] == ["Agence France-Presse"]
    assert texts(article, BlockKind.PARAGRAPH)[-1].endswith("— AFP")


def test_an_agency_in_a_sentence_is_not_credited() -> None:
    text = (
        "Harbour to be dredged\n\nThe mayor told Reuters that the harbour will be dredged in May."
    )

    assert one(text).credits == ()


def test_a_headline_of_two_thousand_characters_is_a_headline() -> None:
    headline = "Harbour " * 249 + "dredged"

    article = one(f"{headline}\n\nThe harbour will be dredged in May.\n")

    assert texts(article, BlockKind.HEADLINE) == [headline]


def test_an_empty_capture_is_refused_with_a_reason() -> None:
    (item,) = read("\n \n\u200b\n")

    assert isinstance(item, Refused)
    assert item.code == "not_an_article"
    assert "no text" in item.reason


def test_a_wrapped_headline_right_above_its_byline_stays_apart_from_it() -> None:
    body = "\n".join(["the harbour will be dredged in the month of May when the herring"] * 4)
    text = (
        f"A headline of which nearly every column of the line was taken up\nBy Ann Lee\n\n{body}."
    )

    article = one(text)

    assert article.byline == "By Ann Lee"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_capture_reads_the_same_in_every_encoding(encoding: str) -> None:
    text = "Café by the harbour closes\r\n\r\n“It was time,” said the owner – who is 80.\r\n" * 3

    assert one(text.encode(encoding)) == one(text)


def test_line_ends_of_every_kind_read_the_same() -> None:
    text = "Harbour to be dredged\n\n9 May 1961\n\nThe harbour will be dredged in May."

    assert one(text.replace("\n", "\r\n")) == one(text.replace("\n", "\r")) == one(text)


def test_a_body_pasted_twice_is_read_once_and_flagged() -> None:
    body = "\n".join(f"Paragraph number {word} is about herring." for word in ("one", "two", "ten"))

    article = one(f"Harbour to be dredged\n{body}\n{body}")

    assert Flag.REPEATS_DROPPED in article.flags
    assert [entry.reason for entry in article.dropped] == ["repeat"] * 3


def test_binary_is_not_sniffed_as_text() -> None:
    capture = CaptureFormat()

    assert capture.sniff(bytes(range(256)) * 8, Origin()) == 0
    assert capture.sniff(b"PK\x03\x04" + b"\x00\x01\x02" * 500, Origin(filename="a.txt")) == 0


def test_plain_text_is_sniffed_with_less_sureness_than_a_form_of_its_own() -> None:
    capture = CaptureFormat()

    plain = capture.sniff(b"Just some words.\n", Origin(filename="a.txt"))
    headed = capture.sniff(b"The Guardian\nDate: 9 Jan 2019\nBy: Associated Press\n", Origin())

    assert 0 < plain < headed < 50
