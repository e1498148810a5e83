"""What templates say of links."""

from math import floor

from django.template import Library

register = Library()
# What a float is short of the hundredth that it stands for.
_SHORT_OF = 1e-9


@register.filter
def per_cent(score: float) -> str:
    """Return a score (0 to 1) as pages say it: whole per cent, never more than a filter counts."""
    return f"{floor(score * 100 + _SHORT_OF)} %"
