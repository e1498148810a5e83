"""What the page of a link says of its two texts: what they are called, and which share is which."""

import pytest
from django.test import Client

from articles.models import Corpus, Link
from tests.factories import make_article, make_link, make_source

WORDS = (
    "The bridge opened on Tuesday after nine years of work on both of the banks.",
    "A toll of sixpence will be asked of every motor car until the loan has been repaid.",
)


@pytest.fixture
def link(open_corpus: Corpus) -> Link:
    """Return a link of a text of unknown source and one that is known."""
    unknown = make_article(open_corpus, paragraphs=(*WORDS, "The mayor had gone to bed."))
    known = make_article(
        open_corpus, paragraphs=WORDS, source=make_source(open_corpus, "Bass Strait Argus")
    )
    return make_link(unknown, known)


def test_both_counts_of_what_is_shared_say_what_they_count(visitor: Client, link: Link) -> None:
    page = " ".join(visitor.get(link.get_absolute_url()).text.split())

    assert "of Bass Strait Argus’s text is in the other, in 2 passages" in page
    assert "words of <bdi>Bass Strait Argus</bdi> are also in" in page
    assert (
        "This counts word by word; the share at the top counts passages of five words in a row"
    ) in page


def test_one_count_alone_says_no_more(visitor: Client, link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(evidence={})

    page = visitor.get(link.get_absolute_url()).text

    assert "are also in" in page
    assert "the share at the top" not in page


def test_a_text_of_unknown_source_is_called_so(visitor: Client, link: Link) -> None:
    page = visitor.get(link.get_absolute_url()).text

    assert "the text of unknown source" in page
    assert "the other text" not in page
