"""Lines of captures that only their neighbours explain."""

import io

import pytest

from articles.formats.capture import CaptureFormat
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import Caption, ParsedArticle
from articles.text import BlockKind

BODY = "\n\n".join(
    f"The harbour of the old town was closed for the {day} day, and no boat was let out to sea."
    for day in ("first", "second", "third")
)
HEAD = "Harbour of the old town stays closed\n\nThe Harbour Post\n9 May 1961\n\n"


def one(text: str) -> ParsedArticle:
    options = ReadOptions(known_sources=frozenset({"The Harbour Post"}))
    (item,) = CaptureFormat().read(io.BytesIO(text.encode()), Origin(filename="a.txt"), options)
    assert isinstance(item, ParsedArticle)
    return item


def texts(article: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


def test_titles_below_related_are_dropped_and_recorded() -> None:
    amid = BODY.replace("\n\n", "\n\nRELATED\nTen boats in pictures\nWho owns the quay?\n\n", 1)

    article = one(HEAD + amid)

    assert texts(article, BlockKind.CROSSHEAD) == []
    assert [d.text for d in article.dropped] == [
        "RELATED",
        "Ten boats in pictures",
        "Who owns the quay?",
    ]


def test_a_list_of_what_is_most_read_is_dropped() -> None:
    article = one(HEAD + BODY + "\n\nMost viewed in World\n1. Ten boats\n2. Who owns the quay?")

    assert texts(article, BlockKind.LIST_ITEM) == []
    assert {d.reason for d in article.dropped} == {"promotion"}


def test_a_crosshead_below_a_gap_is_not_related() -> None:
    amid = BODY.replace("\n\n", "\n\nRELATED\n\nA winter of storms\n\n", 1)

    assert texts(one(HEAD + amid), BlockKind.CROSSHEAD) == ["A winter of storms"]


def test_a_credit_below_a_short_line_makes_it_a_caption() -> None:
    picture = "The harbour, before it was closed.\nPicture: Archive/AP\n\n"

    article = one(HEAD + picture + BODY)

    assert article.captions == (Caption("The harbour, before it was closed.", "Archive/AP"),)
    assert article.byline is None


@pytest.mark.parametrize("name", ["SAMIRA NABIL", "Leela Banderkar", "Leela Banderkar, Darjeeling"])
def test_a_bare_name_between_headline_and_date_is_the_byline(name: str) -> None:
    article = one(f"Harbour of the old town stays closed\n{name}\n9 May 1961\n\n{BODY}")

    assert article.byline == name
    assert len(article.credits) == 1


def test_a_second_heading_of_which_the_story_speaks_is_no_name() -> None:
    heading = "Old Town Harbour"

    assert one(f"Boats stay ashore in the storm\n{heading}\n9 May 1961\n\n{BODY}").byline is None


def test_a_correction_with_header_lines_is_a_story_of_its_own() -> None:
    article = one(f"CORRECTIONS\nCorrection: Harbour\nThe Harbour Post\n9 May 1961\n\n{BODY}")

    assert texts(article, BlockKind.HEADLINE) == ["Correction: Harbour"]
    assert article.section == "CORRECTIONS"


def test_a_correction_below_a_story_stays_a_note() -> None:
    article = one(f"{HEAD}{BODY}\n\nCorrection: the harbour is older")

    assert texts(article, BlockKind.NOTE) == ["Correction: the harbour is older"]


def test_initials_above_the_headline_are_a_section() -> None:
    article = one(f"U.S.\n{HEAD}{BODY}")

    assert article.section == "U.S."
    assert texts(article, BlockKind.HEADLINE) == ["Harbour of the old town stays closed"]


def test_a_date_with_a_page_is_a_header_line() -> None:
    article = one(f"Tuesday, May 9, 1961 - Page 3\nHarbour of the old town stays closed\n\n{BODY}")

    assert article.published is not None
    assert (article.published.date.isoformat(), article.page) == ("1961-05-09", "3")


def test_an_outlet_amid_links_is_the_source() -> None:
    article = one(f"The Harbour Post | Subscribe | Log in\n\nHarbour stays closed again\n\n{BODY}")

    assert article.source == "The Harbour Post"
    assert texts(article, BlockKind.HEADLINE) == ["Harbour stays closed again"]


@pytest.mark.parametrize("line", ["Home / World", "Accueil › World › Asie", "الرئيسية > World"])
def test_a_breadcrumb_gives_the_section(line: str) -> None:
    assert one(f"{line}\n{HEAD}{BODY}").section == "World"


def test_topics_below_a_story_are_kept_apart() -> None:
    article = one(f"{HEAD}{BODY}\nTopics: Harbours Boats Old Town")

    assert article.extra["topics"] == "Harbours Boats Old Town"
    assert len(texts(article, BlockKind.PARAGRAPH)) == 3


def test_words_in_quotation_marks_over_a_part_are_a_crosshead() -> None:
    amid = BODY.replace("\n\n", "\n\n“We stay”\n\n", 1)

    assert texts(one(HEAD + amid), BlockKind.CROSSHEAD) == ["“We stay”"]


def test_who_contributed_is_a_note() -> None:
    closing = "Jane Doe in London and John Roe in Paris contributed to this report."

    assert texts(one(f"{HEAD}{BODY}\n\n{closing}"), BlockKind.NOTE) == [closing]
