"""Lines of a concordance, and questions side by side."""

from typing import Any

from articles.api.presenters import queries
from articles.api.presenters.addresses import Addresses
from articles.search.comparing import Cell, Compared, Comparison
from articles.search.concordance import Line
from articles.search.language.errors import QueryError


def line(row: Line, at: Addresses) -> dict[str, Any]:
    """Return a hit in its context, and where it stands."""
    published = row.published_date and {
        "date": row.published_date,
        "precision": row.published_precision,
    }
    return {
        "article": {
            "id": row.article_id,
            "url": at.of("article-detail", row.article_id),
            "headline": row.headline,
        },
        "version": row.version_id,
        "source": row.source,
        "published": published,
        "language": row.language,
        "part": row.part,
        "number": row.number,
        "start": row.start,
        "end": row.end,
        "left": row.left,
        "hit": row.hit,
        "right": row.right,
    }


def comparison(row: Comparison) -> dict[str, Any]:
    """Return questions side by side."""
    return {
        "zoom": row.zoom,
        "by": row.by,
        "queries": [_compared(each) for each in row.queries],
        "rows": [
            {
                "value": each.value,
                "label": each.label,
                "cells": [None if cell is None else _cell(cell) for cell in each.cells],
                "of_all": each.of_all,
            }
            for each in row.rows
        ],
        "others": row.others,
        "shared": [
            {"of": list(each.of), "count": each.count, "query": each.query} for each in row.shared
        ],
    }


def _compared(row: Compared) -> dict[str, Any]:
    return {
        "query": row.query,
        "total": row.total,
        "bars": [
            {"start": bar.start, "end": bar.end, "count": bar.count, "of_all": bar.of_all}
            for bar in row.bars
        ],
        "undated": row.undated,
        "not_drawn": row.not_drawn,
        "error": _error(row.error),
    }


def _error(fault: Exception | None) -> dict[str, Any] | None:
    if fault is None:
        return None
    if isinstance(fault, QueryError):
        return dict(queries.fault(fault))
    return {"message": str(fault), "position": None, "length": None, "meant": None}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"count": cell.count, "share": cell.share, "query": cell.query}
