"""What is stored of a parsed article."""

from datetime import UTC, datetime

import pytest

from articles.ingest.preparing import Prepared, prepare
from articles.parsed import ParsedArticle, Precision, PrintedDate
from articles.text import Block, BlockKind


@pytest.mark.parametrize(
    ("printed", "stored"),
    [
        ("1931-04-20T04:01:51-20:39", datetime(1931, 4, 21, 0, 40, 51, tzinfo=UTC)),
        ("1931-04-20T04:01:51+05:00", datetime(1931, 4, 19, 23, 1, 51, tzinfo=UTC)),
        ("9999-12-31T23:59:00-23:59", None),
    ],
)
def test_an_instant_is_stored_whatever_its_offset(printed: str, stored: datetime | None) -> None:
    moment = datetime.fromisoformat(printed)
    article = ParsedArticle(
        locator="",
        blocks=(Block(BlockKind.HEADLINE, "A headline"),),
        published=PrintedDate(moment.date(), Precision.MINUTE, moment),
        modified=PrintedDate(moment.date(), Precision.MINUTE, moment),
    )

    prepared = prepare(article)

    assert isinstance(prepared, Prepared)
    assert (prepared.published_at, prepared.modified_at) == (stored, stored)
    assert prepared.published_date == moment.date()
