"""What texts that are told of together are called."""

import pytest

from articles.models import Link
from articles.related.comparing.named import names_of
from articles.related.links.why import Side, why


@pytest.mark.parametrize(
    ("sources", "days", "names"),
    [
        (["The Packet", "The Echo"], ["", ""], ["The Packet", "The Echo"]),
        (["", "The Echo"], ["", "5 May 1932"], ["the text of unknown source", "The Echo"]),
        (["The Echo", ""], ["", "5 May 1932"], ["The Echo", "the text of unknown source"]),
        (
            ["", ""],
            ["4 May 1932", "5 May 1932"],
            ["the text of 4 May 1932", "the text of 5 May 1932"],
        ),
        (["", ""], ["4 May 1932", ""], ["the text of 4 May 1932", "the second text"]),
        (["", ""], ["4 May 1932", "4 May 1932"], ["the first text", "the second text"]),
        (["", "The Echo", ""], ["", "", ""], ["the first text", "The Echo", "the third text"]),
        (
            ["The Echo", "The Echo"],
            ["4 May 1932", "5 May 1932"],
            ["The Echo of 4 May 1932", "The Echo of 5 May 1932"],
        ),
        (["The Echo", "The Echo"], ["", ""], ["The Echo (first)", "The Echo (second)"]),
    ],
)  # fmt: skip
def test_a_text_is_called_by_what_is_known_of_it(
    sources: list[str], days: list[str], names: list[str]
) -> None:
    assert names_of(sources, days) == names


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (Side(""), Side("The Echo"), "12 % of the text of unknown source is in the Echo’s"),
        (Side("The Echo"), Side(""), "12 % of the Echo’s text is in the other"),
        (Side(""), Side("", is_this=True), "12 % of the text of unknown source is in this one"),
        (Side(""), Side(""), "12 % of one text is in the other"),
        (Side("Argus"), Side("Press"), "12 % of Argus’s text is in Press’s"),
    ],
)
def test_why_two_are_linked_calls_them_the_same(first: Side, second: Side, sentence: str) -> None:
    link = Link(kind="excerpt", evidence={"words": 9, "first_share": 0.12, "passages_total": 2})

    assert why(link, days=None, first=first, second=second).sentence.startswith(sentence)
