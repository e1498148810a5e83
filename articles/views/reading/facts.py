"""What is known of an article beside its text, and which rule read each fact from what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format

from articles.models import Article, CorrectedField, Credit, Version
from articles.parsed import CreditKind, Precision
from articles.views.dates import printed_date
from articles.views.editing.editing_read import Mark
from articles.views.languages import language_name
from articles.views.search.lists import address

_NONE: Mapping[CorrectedField, Mark] = MappingProxyType({})
_OF_CREDITS = frozenset({"author", "agency"})


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a fact, perhaps with an address and with what qualifies them."""

    text: str
    url: str = ""
    outside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the rail. ``rule`` and ``raw`` say where it was read, empty if not recorded."""

    name: str
    label: str
    parts: list[Part] = field(default_factory=list)
    rule: str = ""
    raw: str = ""
    # An instant in ISO 8601, where one is known.
    at: str = ""
    # Who put it right, and what was read instead.
    mark: Mark | None = None


def facts(
    article: Article, version: Version, corrected: Mapping[CorrectedField, Mark] = _NONE
) -> list[Fact]:
    """Return what is known, in the rail's order; what is not known is left out.

    ``corrected`` says what people put right: that there is none is then shown too.
    """
    provenance = version.read.get("provenance") or {}
    known = list(_facts(article, version, corrected))
    of_credits = _told_of_credits(known)
    marked = [_marked(fact, corrected, of_credits) for fact in known]
    return [_with_provenance(fact, provenance) for fact in marked if fact.parts or fact.mark]


def _told_of_credits(known: list[Fact]) -> str:
    """Return the fact that tells of a correction of the credits: the first that there is."""
    names = [fact.name for fact in known if fact.name in _OF_CREDITS and fact.parts]
    return names[0] if names else "author"


def _marked(fact: Fact, corrected: Mapping[CorrectedField, Mark], of_credits: str) -> Fact:
    name = "credits" if fact.name == of_credits else fact.name
    if name not in set(CorrectedField) or (mark := corrected.get(CorrectedField(name))) is None:
        return fact
    return replace(fact, mark=mark)


def _facts(
    article: Article, version: Version, corrected: Mapping[CorrectedField, Mark]
) -> Iterator[Fact]:
    yield Fact("source", "Source", _source(article, version))
    yield _date("published", "Published", article, version)
    yield _date("modified", "Updated", article, version)
    yield Fact("byline", "Byline", _plain(article.byline))
    yield from _credits(version)
    yield Fact("dateline", "Dateline", _dateline(article))
    yield Fact("section", "Section", _filtered("section", article.section))
    yield Fact("page", "Page", _plain(article.page))
    yield Fact("edition", "Edition", _plain(article.edition))
    yield Fact("language", "Language", _language(article))
    words = number_format(version.word_count, use_l10n=True, force_grouping=True)
    yield Fact("word_count", "Length", [Part(f"{words} words")])
    yield Fact("canonical_url", "Address", _outside(article.canonical_url))
    yield Fact("external_id", "Identifier", _plain(article.external_id))
    yield Fact("rights", "Rights", _plain(_rights(version, corrected)))
    corpus = article.corpus
    yield Fact("corpus", "Corpus", [Part(corpus.name, address(corpus=corpus.slug))])


def _rights(version: Version, corrected: Mapping[CorrectedField, Mark]) -> str | None:
    """Return the one field that is no column of the article."""
    mark = corrected.get(CorrectedField.RIGHTS)
    said: str | None = version.read.get("rights") if mark is None else mark.value
    return said


def _with_provenance(fact: Fact, provenance: Mapping[str, Any]) -> Fact:
    read = provenance.get(fact.name) or (
        provenance.get("credits") if fact.name in _OF_CREDITS else None
    )
    if not isinstance(read, Mapping):
        return fact
    rule, raw = str(read.get("rule") or ""), str(read.get("raw") or "")
    return replace(fact, rule=rule, raw=raw)


def _plain(value: str | None) -> list[Part]:
    return [Part(value)] if value else []


def _filtered(name: str, value: str | None) -> list[Part]:
    return [Part(value, address(**{name: value}))] if value else []


def _outside(url: str | None) -> list[Part]:
    link = web_address(url)
    return [Part(link, link, outside=True)] if link else _plain(url)


def web_address(url: str | None) -> str:
    """Return an outlet's address if it may be a link: http and https only, else an empty string."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _source(article: Article, version: Version) -> list[Part]:
    if article.source is None:
        return []
    printed = version.read.get("source") or ""
    note = f"printed “{printed}”" if printed and printed != article.source.name else ""
    return [Part(article.source.name, article.source.get_absolute_url(), note=note)]


def _language(article: Article) -> list[Part]:
    if not article.language:
        return []
    return [Part(language_name(article.language), address(lang=article.language))]


def _dateline(article: Article) -> list[Part]:
    if not article.dateline_place:
        return []
    return [Part(article.dateline_place, note=article.dateline_agency or "")]


def _date(name: str, label: str, article: Article, version: Version) -> Fact:
    published = name == "published"
    day = article.published_date if published else article.modified_date
    at = article.published_at if published else article.modified_at
    if day is None:
        return Fact(name, label)
    precision = article.published_precision if published else Precision.DAY.value
    return Fact(
        name, label, [Part(printed_date(day, precision))], at=_as_printed(at, version, name)
    )


def _as_printed(at: datetime | None, version: Version, name: str) -> str:
    """Return an instant in ISO 8601, in the zone it was printed in if the version says which."""
    if at is None:
        return ""
    printed = (version.read.get(name) or {}).get("at")
    same = printed and datetime.fromisoformat(printed) == at
    return str(printed) if same else at.isoformat()


def _credits(version: Version) -> Iterator[Fact]:
    credited = list(version.credits.all())
    people = [_person(c) for c in credited if c.kind == CreditKind.PERSON]
    yield Fact("author", "Author" if len(people) < 2 else "Authors", people)
    agencies = [
        Part(c.name, address(agency=c.name), note=_qualified(c))
        for c in credited
        if c.kind == CreditKind.AGENCY
    ]
    yield Fact("agency", "Agency" if len(agencies) < 2 else "Agencies", agencies)


def _person(credit: Credit) -> Part:
    url = reverse("person-detail", args=[credit.person_id])
    return Part(credit.name, url, note=_qualified(credit))


def _qualified(credit: Credit) -> str:
    return ", ".join(
        part for part in (credit.role, f"in {credit.place}" if credit.place else "") if part
    )
