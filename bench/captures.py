"""How well text captures are read: made from known articles, read back, compared.

    python bench/captures.py [--articles FOLDER_OR_JSONL ...] [--captures N] [--seed N] [--tune]

Prints, for the half of the articles that no rule was tuned on, the share of headlines, dates and
agencies read exactly and the F1 of borders between articles, beside a naive reader in the same run:
one article a capture, its first line the headline. No other program reads such captures.
"""

import argparse
import io
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from capture_mess import Capture, Wanted, make
from known_articles import Known, load

from articles.formats.capture import CaptureFormat
from articles.formats.captures.decoding import decode
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import CreditKind, ParsedArticle
from articles.reading import agencies, dates
from articles.text import BlockKind, normalise_line

SAMPLE = Path(__file__).parents[1] / "sample"


@dataclass(frozen=True)
class Read:
    """One article as a reader saw it, for comparison."""

    first: int
    last: int
    headline: str
    date: str
    agencies: frozenset[str]


@dataclass
class Score:
    """Counts of what was right."""

    right: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    borders: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, capture: Capture, read: list[Read], name: str) -> None:
        """Compare what was read of a capture with what it must become."""
        inner = [want.may_start for want in capture.wanted[1:]]
        starts = [item.first for item in read[1:]]
        hit = sum(any(start in lines for start in starts) for lines in inner)
        self.borders.update(hit=hit, wanted=len(inner), read=len(starts))
        if hit != len(inner) or len(starts) != len(inner):
            self.failures.append(f"{name} borders: want {[*map(list, inner)]}, read {starts}")
        for place, want in enumerate(capture.wanted):
            self._article(want, _nearest(want, capture.wanted, place, read), name)

    def _article(self, want: Wanted, item: Read, name: str) -> None:
        self.articles += 1
        day = want.date.isoformat() if want.date else ""
        pairs = {
            "headline": (normalise_line(want.headline), item.headline),
            "date": (day, item.date),
            "agency": (want.agencies, item.agencies),
        }
        for what, (wanted, found) in pairs.items():
            self.right[what] += wanted == found
            if wanted != found:
                self.failures.append(f"{name} {what}: want {wanted!r}, read {found!r}")

    def line(self, name: str) -> str:
        """Return the figures as a row of the table."""
        borders = self.borders
        f1 = 2 * borders["hit"] / max(1, borders["wanted"] + borders["read"])
        shares = [
            self.right[what] / max(1, self.articles) for what in ("headline", "date", "agency")
        ]
        return f"{name:<12}" + "".join(f"{share:>10.3f}" for share in (*shares, f1))


def _nearest(want: Wanted, wanted: list[Wanted], place: int, read: list[Read]) -> Read:
    """Return the article read that has most lines in common with the wanted one."""
    start = want.may_start.stop - 1
    end = wanted[place + 1].may_start.start if place + 1 < len(wanted) else 10**9
    return max(read, key=lambda item: min(item.last + 1, end) - max(item.first, start))


def read_ours(data: bytes) -> list[Read]:
    """Read a capture with our reader."""
    items = CaptureFormat().read(io.BytesIO(data), Origin(filename="a.txt"), ReadOptions())
    return [_comparable(item) for item in items if isinstance(item, ParsedArticle)] or [NOTHING]


def _comparable(article: ParsedArticle) -> Read:
    first, last = map(int, article.locator.removeprefix("lines ").split("-"))
    heads = [block.text for block in article.blocks if block.kind is BlockKind.HEADLINE]
    named = frozenset(c.name for c in article.credits if c.kind is CreditKind.AGENCY)
    date = article.published.date.isoformat() if article.published else ""
    return Read(first, last, heads[0] if heads else "", date, named)


NOTHING = Read(1, 1, "", "", frozenset())


def read_naively(data: bytes) -> list[Read]:
    """Read a capture as one article: the first line is the headline, a rule of dashes a border."""
    lines = decode(data)[0].splitlines()
    borders = [0, *(at + 1 for at, line in enumerate(lines) if re.fullmatch(r"[-=#* ]{3,}", line))]
    found = []
    for start, end in zip(borders, [*borders[1:], len(lines)], strict=True):
        part = [line.strip() for line in lines[start:end] if line.strip()]
        if part:
            found.append(_naive(part, start + 1, end))
    return found or [NOTHING]


def _naive(part: list[str], first: int, last: int) -> Read:
    head = part[:8]
    day = next((hit[0].date.isoformat() for line in head if (hit := dates.find(line[:60]))), "")
    named = frozenset(name for line in head for name in agencies.find(line[:60]))
    return Read(first, last, part[0], day, named)


def captures_of(articles: list[Known], number: int, seed: int) -> list[Capture]:
    """Return ``number`` captures made of ``articles``, one to four in each."""
    rng = random.Random(seed)  # noqa: S311 - no secret: the same seed gives the same captures
    made = []
    for _ in range(number):
        size = rng.choices([1, 2, 3, 4], [50, 30, 12, 8])[0]
        made.append(make(rng.sample(articles, min(size, len(articles))), rng))
    return made


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="+", default=[SAMPLE])
    parser.add_argument("--captures", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tune", action="store_true", help="use the half for tuning, show failures"
    )
    options = parser.parse_args()
    for folder in options.articles:
        known = [k for k in load(folder) if k.for_tuning is options.tune]
        if not known:
            print(f"{folder.name}: no known articles there")
            continue
        made = captures_of(known, options.captures, options.seed)
        size = sum(len(capture.data) for capture in made) / 1e6
        print(f"{folder.name}: {len(made)} captures of {len(known)} articles, {size:.1f} MB")
        print(f"{'':<12}{'headline':>10}{'date':>10}{'agency':>10}{'border F1':>10}")
        for name, reader in (("Newsroom", read_ours), ("first line", read_naively)):
            score, began = Score(), time.perf_counter()
            for number, capture in enumerate(made):
                score.add(capture, reader(capture.data), f"#{number}")
            took = time.perf_counter() - began
            print(f"{score.line(name)}   {size / took:.1f} MB/s")
            if options.tune and reader is read_ours:
                print("\n".join(score.failures[:60]))


if __name__ == "__main__":
    main()
