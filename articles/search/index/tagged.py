"""What is tagged, as search knows it: read for the index, and told to whom it may be told.

Of a corpus whose texts someone may not read, and of one in which they have blind work, no tag is
told: not by a field of the query language, not by a facet, not by a count. So what the index holds
of a tag names its corpus (``3/person``), and a name means such values of those corpora alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.db.models.functions import Coalesce

from articles.models import (
    Assignment,
    Code,
    Codebook,
    CodebookVersion,
    Corpus,
    Mention,
    MentionStatus,
)
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.models.prepared import Prepared
from articles.models.statements import Given
from articles.search.engine.index import fold_name
from articles.search.language.fields import MENTIONED

_WITH_CHOICES = frozenset({"single", "multiple"})
_COUNTED = _WITH_CHOICES | {"scale"}

_READABLE = Prepared(lambda user: Corpus.objects.readable_by(user).order_by().values_list("pk"))
_BLINDED = Prepared(
    lambda user: Assignment.objects.blinding(user).order_by().values_list("task__corpus").distinct()
)
_ANY_CODEBOOK = Prepared(
    lambda _, corpora: (
        Codebook.objects.filter(any_id("corpus_id", corpora)).order_by().values_list("pk")[:1]
    ),
    Given.IDS,
)


@dataclass(frozen=True)
class Telling:
    """Of which corpora someone is told what is tagged, and in which they have blind work."""

    user: Visitor
    corpora: frozenset[int]
    blinded: frozenset[int]

    @cached_property
    def is_any(self) -> bool:
        """Whether anything may be tagged there at all."""
        return bool(_ANY_CODEBOOK.rows(self.user, self.corpora))

    @cached_property
    def codebooks(self) -> Mapping[int, "Words"]:
        """The words of the codebooks of each corpus, of all their versions."""
        rows = CodebookVersion.objects.filter(
            codebook__corpus__in=self.corpora, published_at__isnull=False
        )
        found: dict[int, Words] = defaultdict(Words)
        for corpus, pk in rows.order_by("number").values_list("codebook__corpus", "pk"):
            found[corpus].add(words_of(pk))
        return found

    @cached_property
    def with_people(self) -> frozenset[int]:
        """Those corpora whose members someone may know of: their own."""
        member = Corpus.objects.with_members(self.user).filter(pk__in=self.corpora)
        return frozenset(member.order_by().values_list("pk", flat=True))

    def hides_from(self, corpora: Iterable[int]) -> bool:
        """Whether there are corpora among some of which nothing is told."""
        return not self.corpora.issuperset(corpora)


def telling(user: Visitor) -> Telling:
    """Return what someone may be told of."""
    blinded = frozenset(corpus for (corpus,) in _BLINDED.rows(user))
    readable = frozenset(corpus for (corpus,) in _READABLE.rows(user))
    return Telling(user, readable - blinded, blinded)


@dataclass(slots=True)
class Words:
    """The kinds and codes of codebooks: what each is called, by its slug."""

    kinds: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    # The choices of each code, by how the index has them.
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Words") -> None:
        """Add those of a newer version."""
        self.kinds.update(other.kinds)
        self.codes.update(other.codes)
        self.types.update(other.types)
        for code, choices in other.choices.items():
            self.choices.setdefault(code, {}).update(choices)

    def kind(self, name: str) -> set[str]:
        """Return the kinds that a name means, or that begin so with a * after it."""
        return _meant(self.kinds, name)

    def code(self, name: str) -> set[str]:
        """Return the codes that a name means."""
        return _meant(self.codes, name)


def _meant(known: Mapping[str, str], name: str) -> set[str]:
    folded = fold_name(name.rstrip("*"))
    if name.endswith("*"):
        return {
            slug
            for slug, called in known.items()
            if fold_name(slug).startswith(folded) or fold_name(called).startswith(folded)
        }
    found = {
        slug for slug, called in known.items() if folded in (fold_name(slug), fold_name(called))
    }
    # What an earlier codebook had may still be tagged.
    return found or {folded}


@lru_cache(maxsize=512)
def words_of(version: int) -> Words:
    """Return the words of a version of a codebook. Published, it never changes."""
    content: dict[str, Any] = (
        CodebookVersion.objects.filter(pk=version).values_list("content", flat=True).first() or {}
    )
    words = Words(codes={"note": "Note"}, types={"note": "free"})
    for kind in content.get("kinds") or ():
        words.kinds[str(kind["slug"])] = str(kind.get("name") or kind["slug"])
    for code in content.get("codes") or ():
        slug = str(code["slug"])
        words.codes[slug] = str(code.get("name") or slug)
        words.types[slug] = str(code.get("type") or "single")
        choices = code.get("choices") or ()
        words.choices[slug] = {fold_name(str(choice)): str(choice) for choice in choices}
    return words


@dataclass(slots=True)
class Tags:
    """What is tagged in an article, as the index holds it."""

    entities: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    # Whether there are mentions, suggestions, codes: words of ``has:``.
    there: set[str] = field(default_factory=set)

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each of the index's fields of names."""
        known = {
            "entity": self.entities,
            "kind": self.kinds,
            "tag": self.codes,
            "tagged-by": self.people,
            MENTIONED: self.there,
        }
        return {name: tuple(sorted(values)) for name, values in known.items()}


def tags(article_ids: Sequence[int]) -> Mapping[int, Tags]:
    """Return what all who may read articles may know to be tagged in them. Two queries."""
    found: dict[int, Tags] = defaultdict(Tags)
    counting = (MentionStatus.ACCEPTED, MentionStatus.SUGGESTED)
    mentions = Mention.objects.public().filter(any_id("article_id", article_ids))
    rows = mentions.filter(status__in=counting).order_by().values_list(
        "article_id", "corpus_id", "status", "kind",
        Coalesce("entity__merged_into_id", "entity_id"), Coalesce("decided_by_id", "by_id"),
    )  # fmt: skip
    for article, corpus, status, kind, entity, by in rows.distinct():
        those = found[article]
        if status == MentionStatus.SUGGESTED:
            those.there.add(f"{corpus}/suggestion")
            continue
        those.there.add(f"{corpus}/mention")
        those.kinds.add(f"{corpus}/{kind}")
        if entity is not None:
            those.entities.add(str(entity))
        if by is not None:
            those.people.add(f"{corpus}/{by}")
    codes = Code.objects.public().filter(any_id("article_id", article_ids)).order_by()
    for article, corpus, code, value, version, by in codes.values_list(
        "article_id", "corpus_id", "code", "value", "codebook_version_id", "by_id"
    ):
        those = found[article]
        those.there.add(f"{corpus}/code")
        those.codes.add(f"{corpus}/{code}")
        if version is not None and words_of(version).types.get(code) in _COUNTED:
            those.codes.add(f"{corpus}/{code}={fold_name(value)}")
        if by is not None:
            those.people.add(f"{corpus}/{by}")
    return found
