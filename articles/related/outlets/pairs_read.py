"""Pairs of articles of two outlets that are read for what the one lacks of the other's text.

Of a text that breaks off nobody knows what the outlet cut and what the capture lost: a pair with
such a text is left out and counted.
"""

from django.db.models import Case, Q, Value, When

from articles.models import Link, Version
from articles.models.links import LinkQuerySet
from articles.models.lookups import any_id
from articles.parsed import Flag
from articles.related.outlets.cuts import Lack, lack

# So many pairs of a flow are read: the newest whole ones among the newest so many.
READ_EACH, LOOKED_AT = 12, 48
_CUT_SHORT = {"flags": [str(Flag.TRUNCATED)]}


def lack_in(links: LinkQuerySet, taker: int) -> tuple[Lack, int]:
    """Return what the articles of the source ``taker`` lack of the other's, in some pairs of it.

    And how many pairs were read for it.
    """
    cut = Q(first_version__read__contains=_CUT_SHORT) | Q(second_version__read__contains=_CUT_SHORT)
    newest = links.annotate(
        is_cut=Case(When(cut, then=Value(value=True)), default=Value(value=False))
    )
    whole: list[int] = []
    cut_short = 0
    for pk, is_cut in newest.order_by("-pk").values_list("pk", "is_cut")[:LOOKED_AT]:
        if len(whole) == READ_EACH:
            break
        if is_cut:
            cut_short += 1
        else:
            whole.append(pk)
    found = Lack(cut_short=cut_short)
    rows = Link.objects.filter(any_id("id", whole)).select_related("first", "second")
    chosen = list(rows.order_by("-pk"))
    wanted = {pk for link in chosen for pk in (link.first_version_id, link.second_version_id) if pk}
    versions = Version.objects.filter(any_id("id", wanted)).only("text", "blocks").in_bulk()
    for link in chosen:
        takes_first = link.first.source_id == taker
        sides = (link.second_version_id, link.first_version_id)
        giver, mine = sides if takes_first else sides[::-1]
        one = _lack(link, versions.get(giver or 0), versions.get(mine or 0), int(takes_first))
        if one is not None:
            found += one
    return found, len(chosen)


def _lack(link: Link, giver: Version | None, taker: Version | None, side: int) -> Lack | None:
    """Return what a pair's taker lacks; ``side`` is 1 where the giver is the second."""
    evidence = link.evidence
    passages = evidence.get("passages", [])
    is_all = evidence.get("is_whole") and evidence.get("passages_total") == len(passages)
    if giver is None or taker is None or not is_all:
        return None
    of_giver = [(row[2 * side], row[2 * side + 1]) for row in passages]
    language = (link.second if side else link.first).language
    return lack(giver.text, giver.blocks, language, of_giver, taker.text)
