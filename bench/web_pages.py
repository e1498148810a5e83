"""How well and how fast web pages are read, beside trafilatura in the same run.

    python bench/web_pages.py --bodies FOLDER --fields FOLDER [--misses] [--headlines]

``--bodies``: scrapinghub/article-extraction-benchmark (``ground-truth.json``, ``html/``): F1 of the
body by that benchmark's measure, over shingles of four words, each page weighing the same.
``--fields``: flairNLP/fundus, ``tests/resources/parser/test_data``: title exact, F1 of authors, day
and minute of publication, pages a second of processor time with all fields.

``kept`` is the share of pages whose true title is among the headlines that were kept of the page,
chosen or not; ``--headlines`` shows what each source of headlines alone would have given.

Rules were tuned on one half of each collection; the other half, held out, is the figure that
counts. ``--misses`` prints the misses of the tuned half alone.
"""

import argparse
import io
import logging
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from known_pages import BodyPage, FieldPage, body_pages, field_pages, half
from trafilatura import bare_extraction

from articles.formats.html import HtmlFormat
from articles.formats.pages import decode, headlines, tree
from articles.formats.pages import page as page_reading
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import ParsedArticle
from articles.reading import agencies, bylines
from articles.text import BlockKind

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_SOURCES = ("json-ld headline", "meta og:title", "h1", "meta twitter:title", "title")


@dataclass(frozen=True)
class Read:
    """A page as a reader saw it. ``at`` is the instant or, without a zone, the printed time."""

    body: str = ""
    title: str = ""
    authors: frozenset[str] = frozenset()
    day: date | None = None
    at: datetime | None = None
    titles: frozenset[str] = frozenset()


type Reader = Callable[[bytes, str], Read]


def ours(data: bytes, url: str) -> Read:
    """Read a page by our format."""
    try:
        [item] = HtmlFormat().read(
            io.BytesIO(data), Origin(filename="page.html", url=url), ReadOptions()
        )
    except FormatError:
        return Read()
    if not isinstance(item, ParsedArticle):
        return Read()
    return Read(
        "\n".join(block.text for block in item.blocks if block.kind.is_body),
        next((block.text for block in item.blocks if block.kind is BlockKind.HEADLINE), ""),
        frozenset(_authors(item)),
        item.published.date if item.published else None,
        item.published.at if item.published else None,
        frozenset(item.extra.get("headlines", {}).values()),
    )


def _authors(item: ParsedArticle) -> set[str]:
    """Return the authors as the truth counts them: the names of the byline, desks among them.

    A desk or the outlet itself is a byline's and no credit; editors and helpers named at a text's
    end are credits and no byline's.
    """
    ending = item.provenance.get("credits")
    helpers = (
        {credit.name for credit in bylines.parse(ending.raw.strip(" ()."))} if ending else set()
    )
    names = {credit.name for credit in item.credits} - helpers
    known = {name.casefold() for name in names}
    if item.byline and not item.provenance["byline"].rule.startswith(("html", "first")):
        parts = item.byline.split("; ")
        names |= {p for p in parts if p.casefold() not in known and not bylines.parse(p)}
    return names or set(filter(None, [item.byline]))


def peer(data: bytes, url: str) -> Read:
    """Read a page by trafilatura with all its fields, its date with the time."""
    found = bare_extraction(
        data,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "outputformat": "%Y-%m-%dT%H:%M:%S",
            "original_date": True,
            "extensive_search": True,
            "max_date": datetime.now(UTC).strftime("%Y-%m-%d"),
        },
    )
    if found is None or isinstance(found, dict):
        return Read()
    at = datetime.fromisoformat(found.date) if found.date else None
    authors = frozenset(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Read(found.text or "", found.title or "", authors, at.date() if at else None, at)


@dataclass
class Bodies:
    """Precision and recall of shingles, page by page."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)

    def add(self, true: str, read: str) -> None:
        """Compare one body."""
        wanted, got = shingles(true), shingles(read)
        hits = sum((wanted & got).values())
        if got.total():
            self.precision.append(hits / got.total())
        if wanted.total():
            self.recall.append(hits / wanted.total())

    def __str__(self) -> str:
        precision, recall = statistics.mean(self.precision), statistics.mean(self.recall)
        f1 = 2 * precision * recall / (precision + recall)
        return f"F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"


@dataclass
class Fields:
    """Counts of fields that were right."""

    right: Counter[str] = field(default_factory=Counter)

    def add(self, page: FieldPage, read: Read) -> list[str]:
        """Compare one page's fields; return the names of those that are wrong."""
        wanted, got = {*map(name_key, page.authors)}, {*map(name_key, read.authors)}
        day, minute = same_time(page.published, read)
        marks = {"title": plain(read.title) == plain(page.title), "day": day, "minute": minute}
        self.right.update(name for name, right in marks.items() if right)
        self.right["kept"] += plain(page.title) in {*map(plain, (read.title, *read.titles))}
        self.right.update(pages=1, hits=len(wanted & got), wanted=len(wanted), read=len(got))
        return [name for name, right in {**marks, "authors": wanted == got}.items() if not right]

    def __str__(self) -> str:
        pages = self.right["pages"]
        shares = "  ".join(
            f"{name} {self.right[name] / pages:.3f}" for name in ("title", "kept", "day", "minute")
        )
        f1 = 2 * self.right["hits"] / (self.right["wanted"] + self.right["read"])
        return f"{shares}  author F1 {f1:.3f}"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return a text's runs of four words; of a shorter text, the text."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(
        tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))
    )


def plain(text: str) -> str:
    """Return text in NFC with its white space made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_key(name: str) -> str:
    """Return a name as it is compared: an agency by its canonical name, case and space aside."""
    return plain(agencies.canonical(name) or name).casefold()


def same_time(true: datetime, read: Read) -> tuple[bool, bool]:
    """Return whether the day and the minute are right, as far as the truth knows them.

    Instants are compared where both know one, printed times otherwise. A truth of midnight without
    a zone is a day.
    """
    if read.day is None:
        return False, False
    at = read.at
    if at is not None and at.tzinfo is not None and true.tzinfo is not None:
        at = at.astimezone(true.tzinfo)
    day = (at.date() if at is not None else read.day) == true.date()
    if true.tzinfo is None and (true.hour, true.minute) == (0, 0):
        return day, day
    if at is None:
        return day, False
    return day, at.replace(tzinfo=None, second=0, microsecond=0) == true.replace(
        tzinfo=None, second=0, microsecond=0
    )


def timed[Page: (BodyPage, FieldPage)](
    pages: Iterable[Page], reader: Reader
) -> tuple[list[tuple[Page, Read]], float]:
    """Read pages; return them with what was read, and the pages a second of processor time."""
    started = time.process_time()
    read = [(page, reader(page.data, page.url)) for page in pages]
    return read, len(read) / (time.process_time() - started)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=Path)
    parser.add_argument("--fields", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--headlines", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    readers: dict[str, Reader] = {"newsroom": ours, "trafilatura": peer}
    if options.bodies:
        pages = body_pages(options.bodies)
        print(f"bodies of {len(pages)} pages")
        for name, reader in readers.items():
            read, speed = timed(pages, reader)
            _print_bodies(name, read, speed)
    if options.fields:
        dated = field_pages(options.fields)
        print(f"fields of {len(dated)} pages")
        for name, reader in readers.items():
            fields, speed = timed(dated, reader)
            _print_fields(name, fields, speed, misses=options.misses and reader is ours)
        if options.headlines:
            _print_headlines(dated)


_HALVES = (("held out", {1}), ("tuned on", {0}), ("all", {0, 1}))


def _print_bodies(name: str, read: list[tuple[BodyPage, Read]], speed: float) -> None:
    for label, halves in _HALVES:
        bodies = Bodies()
        for page, got in read:
            if half(page.name) in halves:
                bodies.add(page.body, got.body)
        print(f"  {name:12} {label:9} {bodies}")
    print(f"  {name:12} {speed:.1f} pages a second and core")


def _print_fields(
    name: str, read: list[tuple[FieldPage, Read]], speed: float, *, misses: bool
) -> None:
    for label, halves in _HALVES:
        fields = Fields()
        for page, got in read:
            if half(page.name) in halves:
                wrong = fields.add(page, got)
                if misses and wrong and label == "tuned on":
                    print(f"    {page.name}: {', '.join(wrong)}")
        print(f"  {name:12} {label:9} {fields}")
    print(f"  {name:12} {speed:.1f} pages a second and core")


def _print_headlines(pages: list[FieldPage]) -> None:
    """Print how often each source of headlines would be right, were it believed first.

    What a source leaves out, the next in our order gives.
    """
    for label, halves in _HALVES:
        right: Counter[str] = Counter()
        judged = [page for page in pages if half(page.name) in halves]
        for page in judged:
            right.update(_right_sources(page))
        shares = (f"{name} {right[name] / len(judged):.3f}" for name in (*_SOURCES, "any"))
        print(f"  headlines    {label:9} {'  '.join(shares)}")


def _right_sources(page: FieldPage) -> set[str]:
    """Return the sources of headlines that, put first, give a page its true title."""
    seen = page_reading.read(tree.parse(decode.decode(page.data).text), page.url)
    given = {found.rule: found.value for found in headlines.candidates(seen)}
    own = {
        rule: plain(headlines.without_site(value, seen))
        for rule, value in given.items()
        if not headlines.is_site(value, seen)
    }
    first = next(iter(own.values()), "")
    right = {name for name in _SOURCES if own.get(name, first) == plain(page.title)}
    return right | ({"any"} if plain(page.title) in own.values() else set())


if __name__ == "__main__":
    main()
