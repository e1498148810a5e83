"""What of an article is compared: its words that tell something, and its names. Pure.

What a text begins with counts more, for there it says what it is about.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from articles.related.events.naming import called, named
from articles.related.events.telling import LEAD_BLOCKS, counted
from articles.related.printed import StoredBlock, printed_in
from articles.text import BlockKind

# What an outlet adds about other things than the event.
_LEFT_OUT = frozenset({BlockKind.NOTE.value})
# So many of each are kept, the most frequent: more does not tell more (see docs/decisions).
_MOST_WORDS, _MOST_NAMES, _MOST_PRINTED = 100, 40, 40
# Of a longer text its beginning says what it is about: characters.
_LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared: how often each stem stands in it, and each word of its names.

    ``printed`` are its names as printed, the most frequent first.
    """

    words: Mapping[str, int]
    names: Mapping[str, int]
    printed: tuple[str, ...]


def profile(
    text: str, blocks: Iterable[StoredBlock], language: str | None, tagged: Iterable[str] = ()
) -> Profile:
    """Return what of an article is compared.

    ``tagged`` are the names of who is tagged in it, each as often as it is; without any, names are
    what is printed with capitals.
    """
    stretches = [
        (int(start), min(int(end), _LONGEST))
        for kind, start, end in blocks
        if kind not in _LEFT_OUT and int(start) < _LONGEST
    ]
    told = [printed_in(text, *stretch, language) for stretch in stretches]
    lead, rest = ([*chain.from_iterable(part)] for part in (told[:LEAD_BLOCKS], told[LEAD_BLOCKS:]))
    words = counted(*[
        [*chain.from_iterable([each.stems for each in part])] for part in (lead, rest)
    ])  # fmt: skip
    if not (found := [called(name) for name in tagged]):
        small = set(chain.from_iterable([each.small for each in chain(lead, rest)]))
        found = named("\n".join([text[start:end] for start, end in stretches]), small)
    names = Counter(chain.from_iterable([name.words for name in found]))
    printed_names = Counter([name.printed for name in found])
    return Profile(
        dict(_most(words, _MOST_WORDS)),
        dict(_most(names, _MOST_NAMES)),
        tuple(name for name, _ in _most(printed_names, _MOST_PRINTED)),
    )


def _most(counts: Mapping[str, int], number: int) -> list[tuple[str, int]]:
    """Return the most frequent, of equals those that came first."""
    # As Counter.most_common has it; of some hundred to sort all is quicker.
    return sorted(counts.items(), key=itemgetter(1), reverse=True)[:number]


def without(profile: Profile, part: Profile) -> Profile:
    """Return what is left of a profile without what a part of its text says."""
    return Profile(
        Counter(profile.words) - Counter(part.words),
        Counter(profile.names) - Counter(part.names),
        tuple(name for name in profile.printed if name not in part.printed),
    )
