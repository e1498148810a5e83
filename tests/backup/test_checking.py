"""A corpus that is not whole is told from one that is."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.backup.checking import Report, check_corpus
from articles.curation.fields import correct
from articles.ingest import captures
from articles.ingest.effective import derive
from articles.models import (
    Article,
    Capture,
    Corpus,
    CorrectedField,
    Credit,
    Door,
    Import,
    ImportStatus,
    Role,
    Version,
)
from tests.factories import make_article, make_member, make_person, make_source


@pytest.fixture
def article(corpus: Corpus) -> Article:
    """Return an article with a source, credits and a capture, of a corpus that is whole."""
    made = make_article(
        corpus, source=make_source(corpus), people=(make_person(corpus),), agencies=("AP",)
    )
    captures.keep(io.BytesIO(b"as received"), corpus=corpus, user_id=None)
    derive([made.pk])
    return made


def _found(**options: Any) -> list[str]:
    return list(check_corpus(**options).faults)


def test_a_whole_corpus_has_no_faults(article: Article) -> None:
    editor = make_member(article.corpus, Role.EDITOR)
    credits_ = [{"kind": "person", "name": "Ann Lee"}]
    correct([article.pk], {CorrectedField.CREDITS: credits_}, by=editor, door=Door.PAGE)

    report = check_corpus()

    assert report == Report(seen={"captures": 1, "texts": 1, "articles": 1, "imports": 0})


def test_looking_changes_nothing(article: Article) -> None:
    Article.objects.update(headline="Wrong")

    check_corpus()

    article.refresh_from_db()
    assert article.headline == "Wrong"


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda: Version.objects.update(text="other"), "A text is not the one that was stored"),
        (
            lambda: Version.objects.update(blocks=[["headline", 0, 9], ["paragraph", 5, 12]]),
            "The blocks of a text overlap, or leave words out",
        ),
        (
            lambda: Version.objects.update(blocks=[["headline", 0, 9999]]),
            "The blocks of a text overlap, or leave words out",
        ),
        (
            lambda: Article.objects.update(section="Sport"),
            "An article's values do not follow from what was read and corrected",
        ),
        (
            lambda: Credit.objects.filter(kind="agency").update(standing=False),
            "An article's values do not follow from what was read and corrected",
        ),
        (lambda: Version.objects.update(number=2), "A version of an article is missing"),
        (
            lambda: Import.objects.create(
                corpus=Corpus.objects.get(), status=ImportStatus.FINISHED, stored=3
            ),
            "An import does not count its items",
        ),
    ],
)
@pytest.mark.usefixtures("article")
def test_each_fault_is_found(spoil: Callable[[], Any], fault: str) -> None:
    assert not _found()

    spoil()

    assert fault in _found()


@pytest.mark.usefixtures("article")
def test_captures_that_are_gone_or_changed_are_found() -> None:
    path = captures.path(Capture.objects.get())

    path.write_bytes(b"as Received")
    assert _found() == ["The bytes of a capture are not what they were"]
    assert _found(bytes_too=False) == []
    path.write_bytes(b"more than was received")
    assert _found() == ["The bytes of a capture are more or fewer than they were"]
    path.unlink()
    assert _found() == ["The bytes of a capture are gone"]


@pytest.mark.usefixtures("article")
def test_files_that_no_row_speaks_of_are_told_but_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stray = settings.CAPTURES_DIR / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"")

    call_command("verify")

    out = capsys.readouterr().out
    assert "1 files of captures that no row speaks of" in out
    assert "All is well." in out


@pytest.mark.usefixtures("article")
def test_the_command_ends_with_an_error_when_something_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    captures.path(Capture.objects.get()).unlink()

    with pytest.raises(CommandError, match="not whole"):
        call_command("verify")

    assert "The bytes of a capture are gone: 1" in capsys.readouterr().out
