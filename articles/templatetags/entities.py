"""What the pages of entities show in words."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def called(names: Mapping[str, str], slug: str) -> str:
    """Return what a kind is called; one that the codebook no longer has, by its word."""
    return names.get(slug, slug.replace("_", " ").replace("-", " ").capitalize())


@register.filter
def of(counts: Mapping[str, int], key: str) -> int:
    """Return a number by its key; 0 where there is none."""
    return counts.get(key, 0)
