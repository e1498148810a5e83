"""Answers of a search: articles with their hits, facets, and the shape over time."""

from collections.abc import Iterable, Sequence
from typing import Any

from articles.api.presenters import articles as present
from articles.api.presenters.addresses import Addresses
from articles.models import Article
from articles.search.engine.editions import Repeats
from articles.search.facets import FacetList
from articles.search.snippets import Piece, Snippet
from articles.search.timeline import Timeline


def found(
    article: Article, snippet: Snippet, at: Addresses, *, editions: int | None = None
) -> dict[str, Any]:
    """Return an article of an answer as a list shows it, with what was found in it."""
    lines, spans = _joined(snippet.lines)
    hits = {
        "count": snippet.hits,
        "headline": _spans(snippet.headline),
        "snippet": spans,
    }
    return {**present.listed(article, at), "snippet": lines, "hits": hits, "editions": editions}


def texts(total: int, repeats: Repeats) -> dict[str, Any]:
    """Return how many distinct texts there are among so many articles."""
    return {"count": total - repeats.count, "exact": repeats.exact}


def _joined(lines: Sequence[Sequence[Piece]]) -> tuple[str, list[dict[str, int]]]:
    """Return lines as one text, a line each, and where the hits stand in it."""
    pieces = [
        piece
        for index, line in enumerate(lines)
        for piece in ([Piece("\n"), *line] if index else line)
    ]
    return "".join(piece.text for piece in pieces), _spans(pieces)


def _spans(pieces: Iterable[Piece]) -> list[dict[str, int]]:
    spans, at = [], 0
    for piece in pieces:
        end = at + len(piece.text)
        if piece.hit:
            spans.append({"start": at, "end": end})
        at = end
    return spans


def facet(row: FacetList) -> dict[str, Any]:
    """Return a field's most frequent values."""
    return {
        "field": row.field,
        "label": row.label,
        "values": [
            {
                "value": each.value,
                "label": each.label,
                "count": each.count,
                "state": each.state or None,
            }
            for each in row.values
        ],
        "others": row.others,
    }


def histogram(row: Timeline) -> dict[str, Any]:
    """Return an answer's shape over time."""
    return {
        "zoom": row.zoom,
        "bars": [
            {
                "start": bar.start,
                "end": bar.end,
                "count": bar.count,
                "of_all": bar.of_all,
                "texts": None if row.texts_exact is None else bar.texts,
            }
            for bar in row.bars
        ],
        "texts_exact": row.texts_exact,
        "undated": row.undated,
        "coarser": row.coarser,
        "outside": row.outside,
    }
