"""Paragraphs far down a long text say how many lines they take: they are laid out later."""

import re

import pytest
from django.test import Client

from articles.models import Corpus
from articles.views.reading.typesetting import LINES_AT_ONCE, far_classes, lines_of
from tests.factories import make_article

FAR = re.compile(r'<p class="(far[^"]*)">')
LINE = "The harbour was quiet that day and nothing was said of it, by us. "


def test_lines_are_counted_by_letters_and_wide_ones_count_twice() -> None:
    assert lines_of("") == 1
    assert lines_of("One line.") == 1
    assert lines_of(LINE * 8) == 9
    assert lines_of("é" * 600) == lines_of("e" * 600) == 10
    assert lines_of("港" * 300) == lines_of("e" * 600)


@pytest.mark.parametrize(
    ("lines", "classes"),
    [(1, "far l1"), (9, "far l9"), (10, "far l10"), (27, "far l20 l7"), (400, "far l90 l9")],
)
def test_a_number_of_lines_is_two_classes_at_most(lines: int, classes: str) -> None:
    assert far_classes(lines) == classes


@pytest.mark.django_db
def test_what_may_be_in_sight_at_first_is_laid_out_at_once(
    client: Client, open_corpus: Corpus
) -> None:
    at_once = LINES_AT_ONCE // 9
    long = make_article(open_corpus, paragraphs=(LINE * 8,) * (at_once + 5))
    short = make_article(open_corpus, paragraphs=(LINE * 8,) * (at_once - 1))

    far = FAR.findall(client.get(long.get_absolute_url()).content.decode())

    assert set(far) == {"far l9"}
    assert 3 <= len(far) <= 5
    assert "far l" not in client.get(short.get_absolute_url()).content.decode()
