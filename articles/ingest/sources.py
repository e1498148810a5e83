"""From printed names to the sources and people of a corpus, made where they are new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from articles.formats.protocol import ReadOptions
from articles.models import (
    AgencyAlias,
    Corpus,
    CorrectedField,
    Correction,
    Person,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from articles.models.lookups import any_id, any_text
from articles.reading import outlets
from articles.text import normalise_line

NAME_CHARACTERS = 300
KNOWN_SOURCES = 20_000


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a printed name means: the alias, and the source that it names now."""

    alias_id: int
    source_id: int


@dataclass(frozen=True, slots=True)
class Names:
    """What the printed names of a corpus mean now.

    Asked anew for every batch, under the lock of the corpus: editors merge, split and remove names
    while an import runs.
    """

    corpus: Corpus

    def outlets(self, printed: Iterable[str]) -> dict[str, Outlet]:
        """Return what each printed name means; sources are made where they are new."""
        names = {name: fold(name) for name in set(printed)}
        aliases = SourceAlias.objects.filter(
            any_text("folded", set(names.values())), corpus=self.corpus
        )
        known = {
            folded: Outlet(alias_id, source_id)
            for folded, alias_id, source_id in aliases.order_by().values_list(
                "folded", "pk", "source_id"
            )
        }
        for name, folded in names.items():
            if folded not in known:
                known[folded] = _make_source(self.corpus, name)
        return {name: known[folded] for name, folded in names.items()}

    def person_ids(self, printed: Iterable[str]) -> dict[str, int]:
        """Return a person's id for each printed name; people are made where they are new."""
        names = {name: fold(name) for name in set(printed)}
        if not names:
            return {}
        found = Person.objects.filter(any_text("folded", set(names.values())), corpus=self.corpus)
        known = dict(found.order_by().values_list("folded", "pk"))
        new = {folded: name for name, folded in names.items() if folded not in known}
        made = Person.objects.bulk_create(
            Person(corpus=self.corpus, name=name, folded=folded) for folded, name in new.items()
        )
        known.update((person.folded, person.pk) for person in made)
        return {name: known[folded] for name, folded in names.items()}


def said_under(corpus: Corpus, alias_ids: Iterable[int]) -> set[int]:
    """Return the articles whose source was corrected to one of some aliases."""
    aliases = SourceAlias.objects.filter(any_id("id", alias_ids))
    folded = set(aliases.order_by().values_list("folded", flat=True))
    if not folded:
        return set()
    said = Correction.objects.filter(
        corpus=corpus, field=CorrectedField.SOURCE, value__isnull=False
    ).order_by()
    rows = said.values_list("article_id", "value")
    return {article_id for article_id, name in rows if name and fold(name) in folded}


def _make_source(corpus: Corpus, printed: str) -> Outlet:
    """Return the source that ``printed`` means: known under its canonical name, or new."""
    canonical = (outlets.canonical(printed) or printed)[:NAME_CHARACTERS]
    alias = SourceAlias.objects.filter(corpus=corpus, folded=fold(canonical)).first()
    if alias is not None:
        source_id: int = alias.source_id
    else:
        named = Source.objects.filter(corpus=corpus, name=canonical)
        source = named.order_by(F("merged_into").asc(nulls_first=True), "pk").first()
        if source is None:
            source = Source.objects.create(corpus=corpus, name=canonical, **_facts(canonical))
        source_id = source.merged_into_id or source.pk
    for name in (canonical, printed):
        made, _ = SourceAlias.objects.get_or_create(
            corpus=corpus, folded=fold(name), defaults={"source_id": source_id, "printed": name}
        )
    return Outlet(made.pk, made.source_id)


def _facts(canonical: str) -> dict[str, Any]:
    """Return what the shipped table says of an outlet."""
    outlet = outlets.outlet(canonical)
    if outlet is None:
        return {}
    return {"domains": list(outlet.domains), "country": outlet.country or ""}


def reading_options(corpus: Corpus, mapping: Mapping[str, str]) -> ReadOptions:
    """Return what a reader should know of ``corpus``: for imports and for their previews alike."""
    aliases = SourceAlias.objects.filter(corpus=corpus).order_by()
    agencies = AgencyAlias.objects.filter(corpus=corpus).order_by()
    return ReadOptions(
        mapping=mapping,
        known_sources=frozenset(aliases.values_list("printed", flat=True)[:KNOWN_SOURCES]),
        agencies=dict(agencies.values_list("alias", "name")),
    )


def load(corpus: Corpus, listed: Mapping[str, Any]) -> tuple[int, int]:
    """Make the outlets and agencies of a list known; return how many of each.

    ``listed`` is ``{"outlets": [{name, aliases, domains, country, languages}], "agencies":
    [{name, aliases}]}``, all but the names optional. Again changes nothing. Raises ValueError.
    """
    sources, agencies = listed.get("outlets", []), listed.get("agencies", [])
    for entry in sources:
        _load_source(corpus, entry)
    for entry in agencies:
        name = _name(entry)
        for alias in {name, *entry.get("aliases", [])}:
            AgencyAlias.objects.update_or_create(
                corpus=corpus, alias=normalise_line(alias), defaults={"name": name}
            )
    return len(sources), len(agencies)


def _load_source(corpus: Corpus, entry: Mapping[str, Any]) -> None:
    name = _name(entry)
    languages = entry.get("languages") or [entry["language"]] * bool(entry.get("language"))
    facts = {
        "domains": [str(domain).lower() for domain in entry.get("domains", [])],
        "country": str(entry.get("country") or "")[:2].upper(),
        "languages": list(languages),
    }
    alias = SourceAlias.objects.filter(corpus=corpus, folded=fold(name)).first()
    if alias is not None:
        Source.objects.filter(pk=alias.source_id).update(**facts)
        source_id: int = alias.source_id
    else:
        source_id = Source.objects.create(corpus=corpus, name=name, **facts).pk
    for printed in {name, *entry.get("aliases", []), *facts["domains"]}:
        SourceAlias.objects.get_or_create(
            corpus=corpus,
            folded=fold(printed),
            defaults={"source_id": source_id, "printed": normalise_line(printed)},
        )


def _name(entry: Mapping[str, Any]) -> str:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    if not isinstance(name, str) or not normalise_line(name):
        raise ValueError("Each source and each agency needs a name.")
    return normalise_line(name)[:NAME_CHARACTERS]
