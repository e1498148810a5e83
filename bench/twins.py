"""Likely twins: how fast they are found among many names, and how often the rules are right.

    .venv/bin/python bench/twins.py [NAMES] [PEER_NAMES]

Names are made with a fixed seed: one in ten has a variant beside it. The peer compares all pairs
by rapidfuzz if it is installed, else by difflib, on a smaller part. What the rules are worth is
told on bench/known_names.py: on the half that was looked at, and on the half kept aside. Seconds
are those of the processor.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from known_names import AUTHORS, SOURCES, groups  # noqa: E402 -- settings must be set first

from articles.curation.likeness import outlets, people  # noqa: E402 -- likewise
from articles.curation.likeness.pairs import Likeness, Pair  # noqa: E402 -- likewise
from articles.reading.wordlist import word_set  # noqa: E402 -- likewise

_ratio: Callable[[str, str], float] | None
try:
    _ratio = import_module("rapidfuzz.fuzz").ratio
except ImportError:
    _ratio = None

ALIKE = 88
_GIVEN = sorted(
    word_set("""
    ada amos anna basil bella boris carla celia cyril dana dora edgar elsa emil erik esther
    fanny felix flora frida georg greta hanna hector hugo ida igor irma ivan jakob jonas judith
    karin kaspar klara lars lena leon lydia magnus maren marta milan mira nadia nils nora olaf
    olga oscar paula petra quentin ralf regina rosa rufus selma sigrid simon stella sven tamara
    tilda ulrich ursula valeria viktor vera walter wanda xenia yvonne zelda zoltan
    """)
)
_FIRST = sorted(
    word_set("""
    ash beck birch black brook clay cole crow dale dun elm fair fern field ford fox glen gold
    green hart haw hill holm hurst kel lang lind loch mar mead mill moor nor oak pem pen quar
    rad red ros rus sand shel sil stan sten stone thorn tor wal war west whit wood wy
    """)
)
_LAST = sorted(
    word_set("""
    bank berg bourne bridge brook burn bury by castle combe cott dale den ditch ell er field
    ford gate grove ham hand hurst ing land ley low man mere mont more ner ridge rod sen shaw
    side son stead stein stock ston thorpe ton vik wald ward well wick wood worth
    """)
)


def made_names(number: int) -> list[str]:
    """Return names of people, one in ten of them with a variant."""
    dice = random.Random(11)  # noqa: S311 -- the same names each time
    names: dict[str, None] = {}
    while len(names) < number:
        surname = dice.choice(_FIRST) + dice.choice(_LAST)
        if dice.random() < 0.3:
            surname += dice.choice(_LAST)
        given = dice.choice(_GIVEN)
        middle = f" {dice.choice('abcdefghjklmnprstw')}." if dice.random() < 0.3 else ""
        name = f"{given}{middle} {surname}".title()
        names[name] = None
        if dice.random() < 0.1:
            at = dice.randrange(3, len(surname))
            slip = surname[:at] + surname[at + 1 :]
            variant = dice.choice(
                [f"{given[0]}. {surname}", f"{surname}, {given}", f"{given} {slip}"]
            )
            names[variant.title()] = None
    return list(names)[:number]


def _alike(one: str, other: str) -> bool:
    if _ratio is not None:
        return bool(_ratio(one, other) >= ALIKE)
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() * 100 >= ALIKE and matcher.ratio() * 100 >= ALIKE


def quality(
    name: str, text: str, find: Callable[[Iterable[tuple[int, str]]], Sequence[Pair]]
) -> None:
    """Print precision, recall, and the share of pairs that chains of suggestions join."""
    for half, called in ((0, "looked at"), (1, "kept aside")):
        known = groups(text, half)
        named = [(group, form) for group, forms in enumerate(known) for form in forms]
        forms = [form for _, form in named]
        true = {
            pair
            for pair in combinations(range(len(named)), 2)
            if named[pair[0]][0] == named[pair[1]][0]
        }
        ours = {
            (p.first, p.second) for p in find(enumerate(forms)) if p.likeness > Likeness.POSSIBLE
        }
        peer = {p for p in combinations(range(len(forms)), 2) if _alike(forms[p[0]], forms[p[1]])}
        for whose, found in (("ours", ours), ("peer", peer)):
            right = len(found & true)
            print(
                f"{name:8} {called:10} {whose}: {len(forms)} names, {len(true)} true pairs, "
                f"precision {right / max(len(found), 1):.3f}, recall {right / len(true):.3f}, "
                f"joined {_joined(found, true, len(forms)):.3f}"
            )


def _joined(found: set[tuple[int, int]], true: set[tuple[int, int]], number: int) -> float:
    root = list(range(number))

    def top(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for one, other in found:
        root[top(one)] = top(other)
    return sum(top(one) == top(other) for one, other in true) / len(true)


def main() -> None:
    """Measure, and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    fewer = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    names = made_names(number)
    for called, find in (
        ("people", people.alike),
        ("outlets", lambda given: outlets.alike(given, {})),
    ):
        begun = time.process_time()
        found = find(enumerate(names))
        seconds = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{called}: {number:,} names, {len(found):,} pairs, {seconds:.2f} s, {peak} MB at most"
        )
    begun = time.process_time()
    pairs = sum(_alike(one, other) for one, other in combinations(names[:fewer], 2))
    seconds = time.process_time() - begun
    whole = seconds * (number / fewer) ** 2
    with_ = "rapidfuzz" if _ratio is not None else "difflib"
    print(
        f"peer, all pairs by {with_}: {fewer:,} names, {pairs:,} pairs, {seconds:.2f} s; "
        f"of {number:,} it would be {whole:,.0f} s"
    )
    quality("authors", AUTHORS, people.alike)
    quality("sources", SOURCES, lambda given: outlets.alike(given, {}))


if __name__ == "__main__":
    main()
