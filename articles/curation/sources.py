"""What editors put right about sources: what they are called, what belongs together, what does not.

An article stands under the source that its printed name means now. So a merge and a split move
names, and articles follow; what was printed is never touched.
"""

import hashlib
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Count

from articles.curation.fields import StaleError
from articles.history.operations import act, done
from articles.ingest import effective
from articles.ingest.sources import NAME_CHARACTERS, said_under
from articles.models import Act, Article, Corpus, Door, Operation, Source, SourceAlias
from articles.models.folding import fold
from articles.models.lookups import any_id
from articles.text import normalise_line

MERGED_AT_ONCE = 200
# What facts about a source look like, for whoever takes them in.
DOMAIN = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
COUNTRY = "^[A-Z]{2}$"
LANGUAGE = "^[a-z]{2,3}$"
DOMAINS, LANGUAGES = 100, 50
DOMAIN_CHARACTERS = 255
_NAMED = 5


class SourceRefusedError(Exception):
    """Why something can't be done with a source: a sentence."""


class NameTakenError(SourceRefusedError):
    """Another source of the corpus goes by this name."""

    def __init__(self, name: str, holder: str) -> None:
        super().__init__(
            f"“{name}” is a name of {holder}. Merge the two, or move that name from there first."
        )


def state_of(source: Source) -> str:
    """Return what is to be sent back with a change, so that nobody's work is overwritten."""
    names = list(source.aliases.order_by("pk").values_list("pk", "folded"))
    facts = (source.name, source.domains, source.country, source.languages, source.merged_into_id)
    return hashlib.sha256(repr((facts, names)).encode()).hexdigest()[:32]


def names_of(source: Source) -> list[tuple[SourceAlias, int]]:
    """Return the names that a source goes by, each with the number of articles printed under it."""
    aliases = list(source.aliases.order_by("printed", "pk"))
    counts = _printed([alias.pk for alias in aliases])
    return [(alias, counts.get(alias.pk, 0)) for alias in aliases]


def edit(
    source: Source,
    *,
    by: User | None,
    door: Door,
    name: str | None = None,
    domains: Sequence[str] | None = None,
    country: str | None = None,
    languages: Sequence[str] | None = None,
    expected_state: str | None = None,
) -> Operation | None:
    """Change what is given; the old name stays an alias, so that ingest still knows it.

    None if it says so already. Raises SourceRefusedError (NameTakenError), StaleError, and
    changes nothing then.
    """
    with act(Act.SOURCE, corpus=source.corpus, by=by, summary="", door=door) as operation:
        _refresh(source, expected_state)
        known = source.name
        said = []
        if domains is not None:
            wanted = list(dict.fromkeys(domain.lower() for domain in domains))
            said += _set(source, "domains", wanted, ", ".join(wanted))
        if country is not None:
            said += _set(source, "country", country, country)
        if languages is not None:
            wanted = list(dict.fromkeys(languages))
            said += _set(source, "languages", wanted, ", ".join(wanted))
        if name is not None and (line := _line(name)) != source.name:
            _rename(source, line)
            said.append(f"called “{line}”")
        if said:
            source.save(update_fields=["name", "domains", "country", "languages"])
        operation.size = 1 if said else 0
        operation.summary = f"{known}: {'; '.join(said)}"
    return done(operation)


def add_name(source: Source, printed: str, *, by: User | None, door: Door) -> Operation | None:
    """Let a source be known under another name; None if it is already. Raises NameTakenError."""
    line = _line(printed)
    summary = f"{source.name}: also “{line}”"
    with act(Act.SOURCE, corpus=source.corpus, by=by, summary=summary, door=door) as operation:
        _refresh(source)
        operation.size = int(_own(source, line))
    return done(operation)


def remove_name(alias: SourceAlias, *, by: User | None, door: Door) -> Operation | None:
    """Forget a name under which nothing was printed. Raises SourceRefusedError."""
    source = alias.source
    summary = f"{source.name}: no longer “{alias.printed}”"
    with act(Act.SOURCE, corpus=alias.corpus, by=by, summary=summary, door=door) as operation:
        alias.refresh_from_db()
        if alias.folded in {fold(alias.source.name), *_merged_names(alias.source)}:
            raise SourceRefusedError(
                "This is the name of the source, or of one that was merged into it, and stays."
            )
        if _printed([alias.pk]) or said_under(alias.corpus, [alias.pk]):
            raise SourceRefusedError(
                f"Articles are printed under “{alias.printed}”. Move the name to another source "
                "instead: they go with it."
            )
        alias.delete()
    return done(operation)


def merge(
    sources: Sequence[Source], into: Source, *, by: User | None, door: Door
) -> Operation | None:
    """Make sources one: their names go to ``into``, and all articles with them.

    ``into`` gains their domains and languages, and their country if it has none. The merged
    sources keep their rows, so that their addresses lead on. Raises SourceRefusedError.
    """
    corpus = into.corpus
    with act(Act.MERGE_SOURCES, corpus=corpus, by=by, summary="", door=door) as operation:
        merged = _mergeable(sources, into)
        ids = [source.pk for source in merged]
        aliases = SourceAlias.objects.filter(any_id("source_id", ids))
        moved = list(aliases.order_by().values_list("pk", flat=True))
        aliases.update(source=into)
        Source.objects.filter(any_id("merged_into_id", ids)).update(merged_into=into)
        Source.objects.filter(any_id("id", ids)).update(merged_into=into)
        _gain(into, merged)
        effective.follow(corpus, moved)
        operation.summary = f"{quoted([source.name for source in merged])} merged into {into.name}"
        operation.size = len(merged)
    return done(operation)


def move_names(
    aliases: Sequence[SourceAlias], to: Source | str, *, by: User | None, door: Door
) -> tuple[Operation | None, Source]:
    """Move names from one source to another, or to a new one of a name; articles go with them.

    A new source of the name of one that was merged into the first is that one, standing again.
    Raises SourceRefusedError.
    """
    if not aliases:
        raise SourceRefusedError("Choose the names that are to move.")
    corpus = aliases[0].corpus
    with act(Act.MOVE_ALIASES, corpus=corpus, by=by, summary="", door=door) as operation:
        moved, source = _movable(aliases, corpus)
        target = _new(corpus, _line(to), source, moved) if isinstance(to, str) else to
        target.refresh_from_db()
        if target.corpus_id != corpus.pk or target.merged_into_id is not None:
            raise SourceRefusedError("Choose a source of the same corpus that stands.")
        if target.pk == source.pk:
            raise SourceRefusedError("The names are this source’s already. Choose another.")
        ids = [alias.pk for alias in moved]
        SourceAlias.objects.filter(any_id("id", ids)).update(source=target)
        effective.follow(corpus, ids)
        names = quoted([alias.printed for alias in moved])
        operation.summary = f"{names} moved from {source.name} to {target.name}"
        operation.size = len(moved)
    return done(operation), target


def _refresh(source: Source, expected_state: str | None = None) -> None:
    """Read a source anew, now that nobody else can change it; raise SourceRefusedError."""
    source.refresh_from_db()
    if expected_state is not None and expected_state != state_of(source):
        raise StaleError("Someone changed this source since you opened it. Look at it again.")
    if source.merged_into is not None:
        raise SourceRefusedError(f"This was merged into {source.merged_into.name}. Edit that.")


def _set(source: Source, field: str, value: object, words: str) -> list[str]:
    if getattr(source, field) == value:
        return []
    setattr(source, field, value)
    return [f"{field} {words or 'none'}"]


def _line(name: str) -> str:
    line = normalise_line(name)
    if not line:
        raise SourceRefusedError("A name must hold words.")
    if len(line) > NAME_CHARACTERS:
        raise SourceRefusedError(f"A name has at most {NAME_CHARACTERS} characters.")
    return line


def _rename(source: Source, name: str) -> None:
    for known in (source.name, name):
        _own(source, known)
    # A name may be a source's though another goes by it in print.
    other = Source.objects.standing().filter(corpus_id=source.corpus_id, name=name)
    if holder := other.exclude(pk=source.pk).first():
        raise NameTakenError(name, holder.name)
    source.name = name


def _own(source: Source, printed: str) -> bool:
    """Let a source go by a name; return whether it is new. Raises NameTakenError."""
    alias, made = SourceAlias.objects.get_or_create(
        corpus_id=source.corpus_id,
        folded=fold(printed),
        defaults={"source": source, "printed": printed},
    )
    if alias.source_id != source.pk:
        raise NameTakenError(printed, alias.source.name)
    return made


def _mergeable(sources: Sequence[Source], into: Source) -> list[Source]:
    into.refresh_from_db()
    found = list(
        Source.objects.filter(any_id("id", {source.pk for source in sources})).order_by("pk")
    )
    if not found:
        raise SourceRefusedError("Choose the sources that are to be merged.")
    if len(found) > MERGED_AT_ONCE:
        raise SourceRefusedError(f"At most {MERGED_AT_ONCE} sources are merged at once.")
    if any(source.pk == into.pk for source in found):
        raise SourceRefusedError("A source can’t be merged into itself. Choose another.")
    for source in (*found, into):
        if source.corpus_id != into.corpus_id:
            raise SourceRefusedError("Sources of two corpora can’t be merged.")
        if source.merged_into is not None:
            raise SourceRefusedError(
                f"“{source.name}” was merged into {source.merged_into.name} already."
            )
    return found


def _gain(into: Source, merged: Sequence[Source]) -> None:
    domains = [domain for source in (into, *merged) for domain in source.domains]
    languages = [code for source in (into, *merged) for code in source.languages]
    into.domains = list(dict.fromkeys(domains))
    into.languages = list(dict.fromkeys(languages))
    into.country = next((source.country for source in (into, *merged) if source.country), "")
    # Of rows that stay as they are the triggers keep nothing.
    into.save(update_fields=["domains", "languages", "country"])


def _movable(aliases: Sequence[SourceAlias], corpus: Corpus) -> tuple[list[SourceAlias], Source]:
    ids = {alias.pk for alias in aliases}
    found = list(
        SourceAlias.objects.filter(any_id("id", ids), corpus=corpus).select_related("source")
    )
    if len(found) != len(ids) or len({alias.source_id for alias in found}) != 1:
        raise SourceRefusedError("Someone moved these names in the meantime. Look at them again.")
    source = found[0].source
    if own := next((alias for alias in found if alias.folded == fold(source.name)), None):
        raise SourceRefusedError(
            f"“{own.printed}” is the source’s own name and stays. Rename the source first, or "
            "move the other names."
        )
    return found, source


def _new(corpus: Corpus, name: str, source: Source, moved: Sequence[SourceAlias]) -> Source:
    """Return the source of a name that is free or among those that move."""
    taken = SourceAlias.objects.filter(corpus=corpus, folded=fold(name)).first()
    if taken is not None and taken.pk not in {alias.pk for alias in moved}:
        raise NameTakenError(name, taken.source.name)
    if holder := Source.objects.standing().filter(corpus=corpus, name=name).first():
        raise NameTakenError(name, holder.name)
    new: Source | None = source.merged.filter(name=name).first()
    if new is None:
        new = Source.objects.create(corpus=corpus, name=name)
    else:
        new.merged_into = None
        new.save(update_fields=["merged_into"])
    if taken is None:
        _own(new, name)
    return new


def _merged_names(source: Source) -> set[str]:
    return {fold(name) for name in source.merged.values_list("name", flat=True)}


def _printed(alias_ids: Sequence[int]) -> dict[int, int]:
    """Return the numbers of articles that were printed under names."""
    found = Article.objects.filter(any_id("source_alias_id", alias_ids)).order_by()
    return dict(found.values_list("source_alias").annotate(Count("pk")))


def quoted(names: Sequence[str]) -> str:
    """Return names in quotation marks as a line, the first few of many."""
    parts = [f"“{name}”" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        parts.append(f"{len(names) - _NAMED} more")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
