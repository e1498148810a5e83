"""Which articles ran one text, edited or not: groups by what links are held of them."""

from collections.abc import Iterable

from django.db import transaction

from articles.models.links import EDITIONS, HELD
from articles.models.lookups import id_array
from articles.models.planned import ask

# In one order, so that two at it wait for each other.
_BEFORE = """
    SELECT article_id, editions FROM articles_coverage
    WHERE article_id = ANY(%(ids)s::bigint[]) OR editions = ANY(ARRAY(
        SELECT editions FROM articles_coverage
        WHERE article_id = ANY(%(ids)s::bigint[]) AND editions IS NOT NULL
    ))
    ORDER BY article_id FOR UPDATE
"""
_WRITE = """
    INSERT INTO articles_coverage (article_id, editions, pinned)
    SELECT article.id, wanted.editions, false
    FROM unnest(%s::bigint[], %s::bigint[]) AS wanted (id, editions)
    JOIN articles_article AS article ON article.id = wanted.id
    ORDER BY article.id
    ON CONFLICT (article_id) DO UPDATE SET editions = excluded.editions
    RETURNING article_id
"""
_LINKS = """
    WITH link AS MATERIALIZED (
        SELECT first_id, second_id FROM articles_link
        WHERE (first_id = ANY(%(ids)s::bigint[]) OR second_id = ANY(%(ids)s::bigint[]))
            AND kind = ANY(%(kinds)s::text[]) AND status = ANY(%(held)s::text[])
    ), gone AS MATERIALIZED (
        SELECT id FROM articles_article
        WHERE id IN (SELECT first_id FROM link UNION SELECT second_id FROM link) AND NOT standing
    )
    SELECT first_id, second_id FROM link
    WHERE first_id NOT IN (SELECT id FROM gone) AND second_id NOT IN (SELECT id FROM gone)
"""
_KINDS, _HELD = [kind.value for kind in EDITIONS], [status.value for status in HELD]


@transaction.atomic(savepoint=False)
def settle_editions(article_ids: Iterable[int]) -> set[int]:
    """Say of articles, and of all that their groups touch, which ran one text.

    The group is named by the smallest id in it. Right for links that came and that went: whoever
    was in a group with one of these before is looked at too. Returns the articles whose group
    changed.
    """
    touched = set(article_ids)
    if not touched:
        return set()
    before: dict[int, int | None] = dict(ask(_BEFORE, {"ids": id_array(touched)}))
    wanted = _groups(touched | before.keys())
    changed = {pk: group for pk, group in wanted.items() if before.get(pk) != group}
    if not changed:
        return set()
    written = ask(_WRITE, [id_array(changed), id_array(changed.values())])
    return {pk for (pk,) in written}


def _groups(article_ids: Iterable[int]) -> dict[int, int]:
    """Return for articles, and all that edition links lead to from them, the name of the group."""
    near: dict[int, set[int]] = {pk: set() for pk in article_ids}
    fresh, looked_at = set(near), set[int]()
    while fresh:
        met: set[int] = set()
        looked_at |= fresh
        for first, second in _edition_links(fresh):
            near.setdefault(first, set()).add(second)
            near.setdefault(second, set()).add(first)
            met |= {first, second}
        fresh = met - looked_at
    return _named(near)


def _named(near: dict[int, set[int]]) -> dict[int, int]:
    """Return the smallest id of the group that each is in."""
    name: dict[int, int] = {}
    for pk in sorted(near):
        if pk in name:
            continue
        name[pk], waiting = pk, [pk]
        while waiting:
            for other in near[waiting.pop()]:
                if other not in name:
                    name[other] = pk
                    waiting.append(other)
    return name


def _edition_links(article_ids: set[int]) -> list[tuple[int, int]]:
    found = ask(_LINKS, {"ids": id_array(article_ids), "kinds": _KINDS, "held": _HELD})
    return [(first, second) for first, second in found]
