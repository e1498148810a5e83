"""Articles by what they are to one another, as the engine finds them: linked, copied, editions."""

from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

from articles.search.engine.index import EDITIONS

_FEW = 300


def linked_to(schema: tantivy.Schema, article: int) -> Query:
    """Return what finds the articles that have a link with one."""
    return Query.term_query(schema, "related", article, "basic")


def copies_of(schema: tantivy.Schema, searcher: tantivy.Searcher, article: int) -> Query:
    """Return what finds the articles that have their words from one, or as it has them.

    Those that ran the same text as it, and those with whom it has words in common by a link; but
    none from which its words are.
    """
    wanted = [(Occur.Should, Query.term_query(schema, "copied", article, "basic"))]
    group = group_of(schema, searcher, article)
    if group is not None:
        wanted.append((Occur.Should, Query.term_query(schema, EDITIONS, group, "basic")))
    return Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query(wanted)),
            (Occur.MustNot, Query.term_query(schema, "id", article, "basic")),
            (Occur.MustNot, Query.term_query(schema, "lent", article, "basic")),
        ]
    )


def group_of(schema: tantivy.Schema, searcher: tantivy.Searcher, article: int) -> int | None:
    """Return the number of those that ran an article's text; None where nobody else did."""
    known = Query.term_query(schema, "id", article, "basic")
    places = [place for _, place in searcher.search(known, limit=1, count=False).hits]
    return groups_at(searcher, places)[0] if places else None


def one_of(schema: tantivy.Schema, name: str, values: Sequence[int]) -> Query:
    """Return what finds the articles that have one of some numbers in a field."""
    if not values or len(values) > _FEW:
        return Query.term_set_query(schema, name, list(values))
    # A set is looked up in all terms of the field: ten times the time.
    each = [Query.term_query(schema, name, value, "basic") for value in values]
    return Query.boolean_query([(Occur.Should, query) for query in each])


def groups_at(searcher: tantivy.Searcher, places: list[tantivy.DocAddress]) -> list[int | None]:
    """Return the same for articles by where the engine has them."""
    if not places:
        return []
    # Where nobody has a number there is no column, and what has none may be read as 0.
    return [int(value) if value else None for value in searcher.fast_field_values(EDITIONS, places)]
