"""Which articles ran one text, edited or not: groups by what links are held of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from articles.models import Article, Coverage, Link
from articles.models.links import EDITIONS
from articles.models.lookups import any_id


@transaction.atomic
def settle_editions(article_ids: Iterable[int]) -> set[int]:
    """Say of articles, and of all that their groups touch, which ran one text.

    The group is named by the smallest id in it. Right for links that came and that went: whoever
    was in a group with one of these before is looked at too. Returns the articles whose group
    changed.
    """
    touched = set(article_ids)
    if not touched:
        return set()
    # In one order, so that two at it wait for each other.
    standing = Coverage.objects.filter(_of_groups(touched)).order_by("pk").select_for_update()
    before = dict(standing.values_list("article_id", "editions"))
    wanted = _groups(touched | before.keys())
    changed = {pk: group for pk, group in wanted.items() if before.get(pk) != group}
    known = changed.keys() & before.keys()
    fresh = Article.objects.filter(any_id("id", changed.keys() - known)).order_by("pk")
    made = list(fresh.values_list("pk", flat=True))
    Coverage.objects.bulk_create(
        [Coverage(article_id=pk, editions=changed[pk]) for pk in made],
        update_conflicts=True,
        update_fields=["editions"],
        unique_fields=["article"],
    )
    by_group: dict[int, list[int]] = defaultdict(list)
    for pk in known:
        by_group[changed[pk]].append(pk)
    for group, members in sorted(by_group.items()):
        Coverage.objects.filter(any_id("article_id", members)).update(editions=group)
    return known | set(made)


def _of_groups(article_ids: set[int]) -> Q:
    """Return the condition for rows of articles, and of those in their groups."""
    groups = (
        Coverage.objects.filter(any_id("article_id", article_ids))
        .exclude(editions=None)
        .order_by()
        .values_list("editions", flat=True)
    )
    return Q(any_id("article_id", article_ids)) | Q(
        any_id("editions", {group for group in groups if group is not None})
    )


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
    held = Link.objects.held().filter(
        Q(any_id("first_id", article_ids)) | Q(any_id("second_id", article_ids)),
        kind__in=EDITIONS,
        first__standing=True,
        second__standing=True,
    )
    return list(held.order_by().values_list("first_id", "second_id"))
