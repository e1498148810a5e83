"""What an editor puts right about a source."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from articles.models import Source, SourceAlias
from articles.models.folding import fold
from articles.text import normalise_line


class NameTakenError(ValueError):
    """Another source of the corpus goes by this name."""


def edit(
    source: Source,
    *,
    name: str | None = None,
    domains: Sequence[str] | None = None,
    country: str | None = None,
    languages: Sequence[str] | None = None,
) -> None:
    """Change what is given; the old name stays an alias, so that ingest still knows it.

    Raises NameTakenError, and changes nothing then.
    """
    if domains is not None:
        source.domains = list(dict.fromkeys(domain.lower() for domain in domains))
    if country is not None:
        source.country = country
    if languages is not None:
        source.languages = list(dict.fromkeys(languages))
    with transaction.atomic():
        if name is not None and name != source.name:
            _rename(source, normalise_line(name))
        try:
            source.save(update_fields=["name", "domains", "country", "languages"])
        except IntegrityError as fault:
            raise NameTakenError(source.name) from fault


def _rename(source: Source, name: str) -> None:
    for known in (source.name, name):
        alias, _ = SourceAlias.objects.get_or_create(
            corpus_id=source.corpus_id,
            folded=fold(known),
            defaults={"source": source, "printed": known},
        )
        if known == name and alias.source_id != source.pk:
            raise NameTakenError(name)
    source.name = name
