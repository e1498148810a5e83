"""Which names and quotations one text has and the other has not."""

import pytest

from articles.related.comparing.comparison import Text, compare
from articles.related.comparing.left_out import LeftOut, left_out
from articles.text import Block, BlockKind, compose

OPENING = "The bridge opened on Tuesday after nine years of work on both banks of the river."


def found(first: list[str], second: list[str]) -> tuple[LeftOut, LeftOut]:
    texts = []
    for paragraphs in (first, second):
        composed = compose(Block(BlockKind.PARAGRAPH, words) for words in paragraphs)
        texts.append(Text(composed.text, composed.spans))
    return left_out(texts[0], texts[1], compare(*texts), ("en", "en"))


def test_a_name_that_the_other_has_not_is_left_out_there() -> None:
    first, second = found(
        [OPENING, "Mr Elias Thorne was there, and so was Ada Corrigan."],
        [OPENING, "So was Ada Corrigan."],
    )

    assert first.names == ("Elias Thorne",)
    assert second.names == ()


def test_a_person_is_named_by_the_surname_too() -> None:
    first, second = found(
        [OPENING, "Elias Thorne said so."], [OPENING, "Captain Thorne said that he would go."]
    )

    assert first.names == second.names == ()


def test_who_is_credited_by_the_other_is_not_left_out() -> None:
    composed = [
        compose([Block(BlockKind.PARAGRAPH, words)])
        for words in ("It was told by the Associated Press, said Elias Thorne.", "It was told.")
    ]
    texts = [Text(each.text, each.spans) for each in composed]
    both = texts[0], texts[1], compare(*texts), ("en", "en")

    plain, _ = left_out(*both)
    credited, _ = left_out(*both, credited=((), ["By E. Thorne", "Associated Press"]))
    own, _ = left_out(*both, credited=(["By E. Thorne", "Associated Press"], ()))

    assert plain.names == own.names == ("Associated Press", "Elias Thorne")
    assert credited.names == ()


def test_an_organisation_is_there_if_all_its_words_are() -> None:
    first, _ = found(
        [OPENING, "It was told by the Associated Press to papers in London."],
        [OPENING, "The press office told papers in London."],
    )

    assert first.names == ("Associated Press",)


@pytest.mark.parametrize(
    "quoted",
    [
        "“We have carried this town for sixty years,” he said.",
        '"We have carried this town for sixty years," he said.',
        "‘We’ve carried this town for sixty years,’ he said.",
        "«We have carried this town for sixty years», he said.",
        "“We have carried this town for sixty years",
    ],
)
def test_a_quotation_that_the_other_has_not_is_left_out_there(quoted: str) -> None:
    first, second = found([OPENING, quoted], [OPENING])

    [quotation] = first.quotations
    assert quotation.block == 1
    assert quotation.text.startswith("We")
    assert "carried this town for sixty years" in quotation.text
    assert second.quotations == ()


def test_a_quotation_of_which_a_word_was_changed_is_kept() -> None:
    first, second = found(
        [OPENING, "“We have carried this town for sixty years,” he said."],
        [OPENING, "“We have carried this city for sixty years,” he said."],
    )

    assert first.quotations == second.quotations == ()


def test_a_term_in_quotation_marks_is_no_quotation() -> None:
    first, _ = found([OPENING, "They called it the “coat hanger” then."], [OPENING])

    assert first.quotations == ()
