"""Who takes from whom, as the API shows it."""

from collections.abc import Sequence
from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.models import Source
from articles.related.outlets.cuts import Lack
from articles.related.outlets.flows import MOST_FLOWS, Flow, Scope, Taker


def outlets(takers: Sequence[Taker], scope: Scope, at: Addresses) -> dict[str, Any]:
    """Return outlets with what each has of others, and whether that is all of what was asked."""
    is_cut = sum(len(taker.flows) for taker in takers) >= MOST_FLOWS
    return {
        "results": [
            {
                "outlet": _source(taker.source, at),
                "articles": taker.articles,
                "words": taker.words,
                "takes": [_flow(flow, at) for flow in taker.flows],
            }
            for taker in takers
        ],
        "is_whole": scope.is_whole and not is_cut,
    }


def _source(row: Source, at: Addresses) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "url": at.of("source-detail", row.pk)}


def _flow(flow: Flow, at: Addresses) -> dict[str, Any]:
    return {
        "direction": "from" if flow.known else "shared",
        "name": flow.name,
        "outlet": _source(flow.giver, at) if flow.giver is not None else None,
        "articles": flow.articles,
        "credited": flow.credited,
        "words": flow.words,
        "share": flow.share,
        "kept": flow.kept,
        "pairs_read": flow.lack.pairs,
        "pairs_cut_short": flow.lack.cut_short,
        "lacks": _lack(flow.lack) if flow.lack.pairs else None,
    }


def _lack(lack: Lack) -> dict[str, Any]:
    parts: dict[str, Any] = dict(lack.parts)
    lost_quotations, quotations = lack.quotations
    lost_names, names = lack.names
    return parts | {
        "quotations": quotations,
        "quotations_lacking": lost_quotations,
        "names": names,
        "names_lacking": lost_names,
    }
