"""User names that could be taken for one another: refused where people are added."""

import unicodedata
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

# Letters of other scripts, and figures, that are drawn as these are in most typefaces.
_DRAWN_ALIKE = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "е": "e", "ё": "ë", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
        "с": "c", "т": "t", "у": "y", "х": "x", "ѕ": "s", "і": "i", "ї": "ï", "ј": "j", "ԁ": "d",
        "ԛ": "q", "ԝ": "w", "ѵ": "v", "ӏ": "l", "ґ": "r", "г": "r", "п": "n", "һ": "h",
        # Greek
        "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t",
        "υ": "u", "χ": "x", "γ": "y", "η": "n", "ϲ": "c", "ϳ": "j", "σ": "o", "ω": "w",
        # Latin's own
        "ı": "i", "ɑ": "a", "ɡ": "g", "ʏ": "y", "ł": "l", "ø": "o",
        # Armenian
        "օ": "o", "ո": "n", "ս": "u", "հ": "h", "զ": "q", "ց": "g",
        # Figures
        "0": "o", "1": "l",
    }
)  # fmt: skip


def skeleton(name: str) -> str:
    """Return what a name looks like: names with the same skeleton can be taken for one another."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    drawn = folded.translate(_DRAWN_ALIKE)
    # In the small print of a page these are one shape.
    return drawn.replace("rn", "m").replace("vv", "w").replace("i", "l")


def refuse_lookalike(name: str, existing: Iterable[str] | None = None) -> None:
    """Raise ValidationError if ``name`` can be taken for the name of someone who is there."""
    names = User.objects.values_list("username", flat=True) if existing is None else existing
    shape = skeleton(name)
    for other in names:
        if skeleton(other) == shape:
            raise ValidationError(
                f"“{name}” could be taken for “{other}”, who is here already: they differ only by "
                "case or by letters that look alike. Choose another name."
            )
