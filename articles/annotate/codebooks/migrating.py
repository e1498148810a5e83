"""Bringing what is tagged from older versions of a codebook up to the newest one, at once.

What is told for each word of the old versions that the new one lacks: which word stands for it
from now on (another name for it, or a kind it is merged into), or that what bears it is removed.
Words that both have stay. All of it is one operation, which can be undone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, Q, QuerySet

from articles.annotate.codebooks.codebook import NOTE
from articles.annotate.codebooks.codebooks import (
    CodebookRefusedError,
    content_of,
    newest,
)
from articles.history.operations import act, corpus_allows
from articles.models import (
    Act,
    Anchor,
    Code,
    Codebook,
    CodebookVersion,
    Door,
    Entity,
    Mention,
    Operation,
    Relation,
    Role,
    Task,
)

EXAMPLES = 3
# Of a step that one asks for, so many.
MOST_SHOWN = 500
# One request does it, with its history.
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Touched:
    """An example of what a step touches: words of an article, and the article."""

    article: int
    headline: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a word of the older versions: ``into`` another, or "" to be removed.

    ``is_code`` tells codes of articles from kinds; ``count`` is what bears it, ``examples`` a few.
    """

    word: str
    name: str
    is_code: bool
    into: str
    is_decided: bool
    count: int
    examples: Sequence[Touched]

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return f"{'code' if self.is_code else 'kind'}-{self.word}"

    @property
    def left(self) -> int:
        """How many there are beside the examples."""
        return self.count - len(self.examples)


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing everything up to ``version`` would do.

    ``kept`` counts what only changes its version; ``choices`` are words of the new version.
    """

    version: CodebookVersion
    steps: Sequence[Step]
    kept: int
    kinds: Sequence[tuple[str, str]]
    codes: Sequence[tuple[str, str]]
    tasks: Sequence[Task]

    @property
    def touched(self) -> int:
        return self.kept + sum(step.count for step in self.steps)

    @property
    def is_decided(self) -> bool:
        return all(step.is_decided for step in self.steps)


def preview(
    codebook: Codebook,
    decisions: Mapping[str, str],
    *,
    with_tasks: bool = False,
    shown: str = "",
) -> Preview:
    """Return what bringing what is tagged up to the newest version would do.

    Of the step whose field is ``shown`` the examples are all there are, up to MOST_SHOWN.

    ``decisions`` say for fields of steps (``kind-person``) the word of the new version, or "" to
    remove. Raises CodebookRefusedError for a word that the new version has not.
    """
    version = _newest(codebook)
    content = content_of(version)
    mentions, codes = _concerned(codebook, version, with_tasks=with_tasks)
    kinds = [(each.slug, each.name) for each in content.kinds]
    labels = [(each.slug, each.name) for each in content.codes]
    names = _names(codebook)
    steps = []
    kept = 0
    for word, count in _counted(mentions, "kind"):
        if content.kind(word):
            kept += count
            continue
        field = f"kind-{word}"
        into, decided = _decision(field, decisions, kinds)
        examples = _of_mentions(mentions.filter(kind=word), _most(field, shown))
        steps.append(Step(word, names.get(word, word), False, into, decided, count, examples))  # noqa: FBT003 -- fields of a row
    for word, count in _counted(codes, "code"):
        if word == NOTE or content.code(word):
            kept += count
            continue
        field = f"code-{word}"
        into, decided = _decision(field, decisions, labels)
        examples = _of_codes(codes.filter(code=word), _most(field, shown))
        steps.append(Step(word, names.get(word, word), True, into, decided, count, examples))  # noqa: FBT003 -- likewise
    return Preview(version, steps, kept, kinds, labels, _tasks(codebook, version))


def migrate(
    codebook: Codebook,
    decisions: Mapping[str, str],
    *,
    by: User,
    door: Door,
    with_tasks: bool = False,
) -> Operation | None:
    """Bring what is tagged up to the newest version; None if all of it is there.

    Raises CodebookRefusedError where a word has no decision.
    """
    with act(Act.CODEBOOK, corpus=codebook.corpus, by=by, summary="", door=door) as operation:
        if not corpus_allows(codebook.corpus, by, Role.EDITOR):
            raise CodebookRefusedError(
                f"Codebooks are changed by the editors of {codebook.corpus}."
            )
        # As it is under the lock: another may have become the main one meanwhile.
        codebook = Codebook.objects.select_related("corpus").get(pk=codebook.pk)
        planned = preview(codebook, decisions, with_tasks=with_tasks)
        undecided = [step.name for step in planned.steps if not step.is_decided]
        if undecided:
            raise CodebookRefusedError(f"Say what becomes of: {', '.join(undecided)}.")
        if planned.touched > MOST_ROWS:
            raise CodebookRefusedError(
                f"These are {planned.touched:,} tags; {MOST_ROWS:,} can be changed at once."
            )
        version = planned.version
        mentions, codes = _concerned(codebook, version, with_tasks=with_tasks)
        removed = _migrate_mentions(codebook, version, mentions, planned.steps)
        removed += _migrate_codes(version, codes, planned.steps)
        if with_tasks:
            Task.objects.filter(pk__in=[task.pk for task in planned.tasks]).update(
                codebook_version=version
            )
        operation.size = planned.touched
        operation.summary = (
            f"Brought {_tags(planned.touched)} up to version {version.number} of “{codebook.name}”"
        )
        if removed:
            operation.summary += f", {removed:,} of them removed or one with others"
    return operation if operation.pk else None


def _newest(codebook: Codebook) -> CodebookVersion:
    version = newest(codebook)
    if version is None:
        raise CodebookRefusedError("Publish a version first.")
    return version


def _concerned(
    codebook: Codebook, version: CodebookVersion, *, with_tasks: bool
) -> tuple["QuerySet[Mention]", "QuerySet[Code]"]:
    """Return what was tagged by other versions: in the corpus's layer, and in tasks if wanted."""
    others = codebook.versions.exclude(pk=version.pk).values("pk")
    of_it = Q(codebook_version__in=others)
    if codebook.is_main:
        # What was imported before there was a codebook goes by the main one.
        of_it |= Q(codebook_version=None, task=None)
    where = of_it if with_tasks else of_it & Q(task=None)
    mentions: QuerySet[Mention] = Mention.objects.filter(where, corpus=codebook.corpus_id)
    codes: QuerySet[Code] = Code.objects.filter(where, corpus=codebook.corpus_id)
    return mentions.order_by(), codes.order_by()


def _tasks(codebook: Codebook, version: CodebookVersion) -> list[Task]:
    """Return the tasks that go by other versions."""
    return list(
        Task.objects.filter(codebook_version__codebook=codebook)
        .exclude(codebook_version=version)
        .order_by("-pk")
    )


def _counted(found: "QuerySet[Mention] | QuerySet[Code]", field: str) -> list[tuple[str, int]]:
    return list(found.values_list(field).annotate(Count("pk")).order_by(field))


def _names(codebook: Codebook) -> dict[str, str]:
    """Return what words of older versions were called, the newest name last."""
    names: dict[str, str] = {}
    for version in codebook.versions.filter(published_at__isnull=False).order_by("number"):
        content = content_of(version)
        names |= {code.slug: code.name for code in content.codes}
        names |= {kind.slug: kind.name for kind in content.kinds}
    return names


def _decision(
    field: str, decisions: Mapping[str, str], choices: Sequence[tuple[str, str]]
) -> tuple[str, bool]:
    """Return the word that a form says, and whether it says one."""
    if field not in decisions:
        return "", False
    into = decisions[field]
    if into and into not in {word for word, _ in choices}:
        raise CodebookRefusedError(f"There is no {into} in the newest version.", field)
    return into, True


def _most(field: str, shown: str) -> int:
    return MOST_SHOWN if field == shown else EXAMPLES


def _of_mentions(found: "QuerySet[Mention]", most: int) -> list[Touched]:
    some = found.select_related("article").order_by("-pk")[:most]
    quotes = dict(
        Anchor.objects.filter(mention__in=[each.pk for each in some])
        .order_by("version")
        .values_list("mention", "quote")
    )
    return [
        Touched(each.article_id, each.article.headline, quotes.get(each.pk, "")) for each in some
    ]


def _of_codes(found: "QuerySet[Code]", most: int) -> list[Touched]:
    some = found.select_related("article").order_by("-pk")[:most]
    return [Touched(each.article_id, each.article.headline, each.value) for each in some]


def _migrate_mentions(
    codebook: Codebook,
    version: CodebookVersion,
    mentions: "QuerySet[Mention]",
    steps: Sequence[Step],
) -> int:
    """Change kinds and versions; return how many mentions are gone."""
    ids = list(mentions.values_list("pk", flat=True))
    steps = [step for step in steps if not step.is_code]
    gone = [step.word for step in steps if not step.into]
    dropped = _remove(list(mentions.filter(kind__in=gone).values_list("pk", flat=True)))
    changed: dict[str, list[int]] = {}
    for step in steps:
        if step.into:
            # Read before any is changed: what becomes of one is not what becomes of another.
            found = mentions.filter(kind=step.word).values_list("pk", flat=True)
            changed.setdefault(step.into, []).extend(found)
            if codebook.is_main:
                entities = Entity.objects.filter(corpus=codebook.corpus_id, kind=step.word)
                entities.update(kind=step.into)
    for into, some in changed.items():
        dropped += _change(some, into)
    Mention.objects.filter(pk__in=ids).update(codebook_version=version)
    return dropped


def _change(ids: Sequence[int], kind: str) -> int:
    """Give mentions another kind; of two that say the same of the same words the first stays."""
    Mention.objects.filter(pk__in=ids).update(kind=kind)
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [list(ids)])
        alike = [pk for (pk,) in cursor.fetchall()]
        dropped = _remove(alike)
        cursor.execute(_RELABEL, [list(ids)])
    return dropped


def _remove(ids: Sequence[int]) -> int:
    Relation.objects.filter(Q(source__in=ids) | Q(target__in=ids)).delete()
    Anchor.objects.filter(mention__in=ids).delete()
    Mention.objects.filter(pk__in=ids).delete()
    return len(ids)


# What an anchor says of its mention, as ``label_of`` has it.
_LABEL = """
coalesce(mention.task_id, 0) || '/' || coalesce(mention.layer_of_id, 0) || '/' || mention.kind
|| '/' || coalesce(mention.entity_id, 0)"""
_ALIKE = f"""
SELECT DISTINCT anchor.mention_id
FROM articles_anchor AS anchor
JOIN articles_mention AS mention ON mention.id = anchor.mention_id
JOIN articles_anchor AS other ON other.version_id = anchor.version_id
    AND other.start = anchor.start AND other."end" = anchor."end"
    AND other.mention_id <> anchor.mention_id
JOIN articles_mention AS first ON first.id = other.mention_id
WHERE mention.id = ANY(%s) AND first.kind = mention.kind
    AND first.entity_id IS NOT DISTINCT FROM mention.entity_id
    AND first.task_id IS NOT DISTINCT FROM mention.task_id
    AND first.layer_of_id IS NOT DISTINCT FROM mention.layer_of_id
    AND (other.label = {_LABEL} OR first.id < mention.id)
"""  # noqa: S608 -- our own words
_RELABEL = f"""
UPDATE articles_anchor SET label = {_LABEL}
FROM articles_mention AS mention
WHERE mention.id = articles_anchor.mention_id AND mention.id = ANY(%s)
"""  # noqa: S608 -- likewise


def _migrate_codes(version: CodebookVersion, codes: "QuerySet[Code]", steps: Sequence[Step]) -> int:
    """Change codes and versions; return how many are gone."""
    ids = set(codes.values_list("pk", flat=True))
    dropped = 0
    for step in (step for step in steps if step.is_code):
        mine = list(codes.filter(code=step.word))
        if step.into:
            there = set(
                Code.objects.filter(
                    code=step.into, article__in=[each.article_id for each in mine]
                ).values_list("article", "task", "layer_of", "value")
            )
            alike = [
                each
                for each in mine
                if (each.article_id, each.task_id, each.layer_of_id, each.value) in there
            ]
        else:
            alike = mine
        gone = [each.pk for each in alike]
        Code.objects.filter(pk__in=gone).delete()
        dropped += len(gone)
        ids -= set(gone)
        staying = [each.pk for each in mine if each.pk in ids]
        Code.objects.filter(pk__in=staying).update(code=step.into or step.word)
    Code.objects.filter(pk__in=ids).update(codebook_version=version)
    return dropped


def _tags(count: int) -> str:
    return f"{count:,} tag{'' if count == 1 else 's'}"
