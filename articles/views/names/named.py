"""Sources and authors as pages know them: two kinds of names, listed, counted and found alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.curation import authors, sources
from articles.curation.authors import AuthorRefusedError
from articles.curation.sources import SourceRefusedError
from articles.models import (
    Act,
    Article,
    Corpus,
    Credit,
    NameKind,
    Person,
    Role,
    Source,
    SourceAlias,
)
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.models.keyset import CursorError, page
from articles.views.parameters import ParameterError, read_text, refused

ROWS = 100
OPTIONS = 20

# A source or an author; the models have no more in common than Django knows.
type Named = Any


@dataclass(frozen=True, slots=True)
class Kind:
    """What pages need to know of sources, or of authors."""

    kind: NameKind
    section: str
    # How addresses and templates are called.
    prefix: str
    one: str
    many: str
    model: type[Source] | type[Person]
    edits: Act
    merges: Act
    splits: Act
    refused: tuple[type[Exception], ...]
    merge: Callable[..., Any]
    # The ids of those that stand under a name with some words in it; they may stand twice.
    matching: Callable[[str], QuerySet[Any]]
    counts: Callable[[Sequence[int]], dict[int, int]]

    def visible(self, user: Visitor) -> Any:
        """Return those that a person may see, merged ones too."""
        return self.model.objects.visible_to(user).select_related("corpus")

    def standing(self, user: Visitor, words: str = "") -> Any:
        """Return those that stand and that a person may see, of a name if one is given."""
        found = self.visible(user).standing()
        return found.filter(pk__in=self.matching(words)) if words else found


def _sources_named(words: str) -> QuerySet[Any]:
    named = SourceAlias.objects.filter(folded__startswith=fold(words))
    return named.order_by().values("source_id")


def _source_counts(ids: Sequence[int]) -> dict[int, int]:
    counted = Article.objects.filter(source__in=ids, standing=True).order_by()
    return dict(counted.values_list("source").annotate(Count("pk")))


def _people_named(words: str) -> QuerySet[Any]:
    named = Person.objects.filter(folded__contains=fold(words))
    return named.order_by().values(stands=Coalesce("same_as", "pk"))


def _person_counts(ids: Sequence[int]) -> dict[int, int]:
    """Return the numbers of articles that credit people, by any of their names."""
    credited = Credit.objects.standing().filter(person__in=Person.objects.names_of(ids))
    current = credited.filter(version__pk=F("version__article__version"))
    counted = current.filter(version__article__standing=True).order_by()
    who = Coalesce("person__same_as", "person")
    return dict(counted.values_list(who).annotate(Count("version__article", distinct=True)))


SOURCES = Kind(
    NameKind.SOURCE, "sources", "source", "source", "sources", Source, Act.SOURCE,
    Act.MERGE_SOURCES, Act.MOVE_ALIASES, (SourceRefusedError,), sources.merge, _sources_named,
    _source_counts,
)  # fmt: skip
AUTHORS = Kind(
    NameKind.AUTHOR, "people", "person", "author", "authors", Person, Act.AUTHOR,
    Act.MERGE_AUTHORS, Act.SPLIT_AUTHOR, (AuthorRefusedError,), authors.merge, _people_named,
    _person_counts,
)  # fmt: skip


def may_edit(user: Visitor, corpus: Corpus | None = None) -> bool:
    """Whether someone may put names right in a corpus; in any at all if none is given."""
    found = Corpus.objects.allowing(user, Role.EDITOR)
    may: bool = (found if corpus is None else found.filter(pk=corpus.pk)).exists()
    return may


def list_page(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Show those that stand by name, with their numbers of articles."""
    try:
        words, cursor = read_text(request, "q"), read_text(request, "cursor")
        found = kind.standing(request.user, words)
        shown = page(found, ("name", "pk"), limit=ROWS, cursor=cursor or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    counts = kind.counts([row.pk for row in shown.rows])
    context = {
        "section": kind.section,
        "rows": [(row, counts.get(row.pk, 0)) for row in shown.rows],
        "page": shown,
        "words": words,
        "several_corpora": len({row.corpus_id for row in shown.rows}) > 1,
        "may_edit": may_edit(request.user),
    }
    return render(request, f"{kind.prefix}/list.html", context)


def options(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Return names as one types, for a field's list; other names lead to the one that stands."""
    try:
        words = read_text(request, kind.one)
    except ParameterError as fault:
        return refused(request, fault)
    found = kind.standing(request.user, words if fold(words) else "")
    names = found.order_by("name").values_list("name", flat=True)[:OPTIONS]
    return render(request, "components/options.html", {"names": dict.fromkeys(names)})
