"""What a citation needs to know of an article, whatever its form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from articles.models import Article
from articles.parsed import CreditKind, Precision

# Parts that make no author: they are left out of citations, not of the article's page.
NOT_AUTHORS = frozenset(
    {
        "editing",
        "graphics",
        "illustration",
        "photograph",
        "production",
        "research",
        "translation",
        "video",
    }
)
_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|I{2,3}|IV)$")
# Lower-case words before a surname that belong to it: Simone de Beauvoir, Otto von Bismarck.
_PARTICLES = frozenset(
    {
        "af", "al", "ap", "av", "bin", "d'", "da", "das", "de", "degli", "dei", "del",
        "della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "l'", "la",
        "las", "le", "los", "of", "ten", "ter", "van", "vom", "von", "y", "zu", "zum",
        "zur",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name for a list of references: a person's in two parts, or ``literal`` as it stands."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def inverted(self) -> str:
        """Family name first: ``Doe, Jane``; a literal name as it stands."""
        return self.literal or ", ".join(
            part for part in (self.family, self.given, self.suffix) if part
        )

    @property
    def direct(self) -> str:
        """As one says it: ``Jane Doe``."""
        return self.literal or " ".join(
            part for part in (self.given, self.family, self.suffix) if part
        )


class Credited(Protocol):
    """Who is credited, as far as a reference needs to know: see ``models.Credit``."""

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Reference:
    """An article for a list of references. Empty strings and tuples where not known.

    ``issued`` is year, month, day, as far as printed. ``address`` is the outlet's own, if known.
    """

    identifier: str
    title: str
    authors: tuple[Name, ...] = ()
    publication: str = ""
    issued: tuple[int, ...] = ()
    section: str = ""
    page: str = ""
    edition: str = ""
    place: str = ""
    language: str = ""
    abstract: str = ""
    address: str = ""


def reference(article: Article, credited: Iterable[Credited]) -> Reference:
    """Return an article's reference, from its effective values and its version's credits."""
    return Reference(
        identifier=f"newsroom-{article.pk}",
        title=_line(article.headline) or "[Untitled]",
        authors=_authors(list(credited)),
        publication=_line(article.source.name) if article.source else "",
        issued=_issued(article),
        section=_line(article.section),
        page=_line(article.page),
        edition=_line(article.edition),
        place=_line(article.dateline_place),
        language=article.language or "",
        abstract=_line(article.standfirst),
        address=article.canonical_url or "",
    )


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _issued(article: Article) -> tuple[int, ...]:
    day = article.published_date
    if day is None:
        return ()
    if article.published_precision == Precision.YEAR:
        return (day.year,)
    if article.published_precision == Precision.MONTH:
        return (day.year, day.month)
    return (day.year, day.month, day.day)


def _authors(credited: list[Credited]) -> tuple[Name, ...]:
    """Return the people who wrote it; without any, the agencies."""
    people = [
        split_name(credit.name)
        for credit in credited
        if credit.kind == CreditKind.PERSON and (credit.role or "").casefold() not in NOT_AUTHORS
    ]
    agencies = [
        Name(literal=credit.name) for credit in credited if credit.kind == CreditKind.AGENCY
    ]
    return tuple(dict.fromkeys(people or agencies))


def split_name(printed: str) -> Name:
    """Return a person's name in its parts; one that has no parts is its own family name."""
    name = _line(printed)
    suffix = ""
    if match := _SUFFIX.search(name):
        name, suffix = name[: match.start()], match[1]
    family, comma, given = name.partition(", ")
    if comma:
        return Name(family=family, given=given, suffix=suffix)
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES and words[at - 1][0].islower():
        at -= 1
    return Name(family=" ".join(words[at:]), given=" ".join(words[:at]), suffix=suffix)
