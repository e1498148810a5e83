"""Names folded for comparison: outlets and people are printed in many ways and meant as one."""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[^\w]+")


# Of names alone, which are the same few on every page.
@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return ``name`` without case, accents and punctuation, its white space folded.

    "The  Straits-Times" and "the straits times" are one; so are "Müller" and "Muller". A name made
    of punctuation alone stays as it is. Idempotent.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    folded = _MARKS.sub(" ", plain).strip()
    return unicodedata.normalize("NFC", folded) or name.strip()
