"""Tags from files of other tools: put where their words stand in the corpus, or told why not.

An article is known by its number, the hash of its text, or its external id. Where a file's text is
not just ours, white space aside, its tags are carried over as to a new version of the article.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched

from django.contrib.auth.models import User
from django.db import transaction

from articles.annotate.files.articles_meant import Known, articles_meant
from articles.annotate.files.meaning import Meaning
from articles.annotate.files.names_met import NamesMet
from articles.annotate.files.placing import NowhereError, Placer
from articles.annotate.files.refusals import Refused
from articles.annotate.interchange.shape import ArticleTags, Format, Tag, UnreadableError
from articles.annotate.tags.layers import Layer, NotAllowedError
from articles.annotate.tags.relating import relate
from articles.annotate.tags.rules import rules_of, version_of
from articles.annotate.tags.tagging import Tagged, TaggingError, Wanted, code, tag_many
from articles.annotate.tags.targets import Targets
from articles.annotate.tags.writing import changing
from articles.history.operations import done
from articles.models import (
    Article,
    Corpus,
    Door,
    ExternalId,
    Mention,
    Operation,
    Task,
)
from articles.models.lookups import any_id

# So many articles are taken in at a time.
ARTICLES_AT_ONCE = 200
# So many examples are told, and of each reason some, as long as they are not too many.
EXAMPLES = 20
_OF_EACH, _MOST_EXAMPLES = 3, 60


@dataclass(slots=True)
class Report:
    """What became of a file: counts, and why what was not taken was not, with examples."""

    articles: int = 0
    made: int = 0
    known: int = 0
    moved: int = 0
    codes: int = 0
    relations: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)
    # All of it, until a job has put it into its table.
    all_refused: list[Refused] = field(default_factory=list)
    operation: Operation | None = None
    is_trial: bool = False

    def refuse(
        self, where: str, why: str, each: ArticleTags | None = None, tag: Tag | None = None
    ) -> None:
        """Count what was not taken: of which article, and which tag, if it is one."""
        self.refused[why] += 1
        told = len(self.examples)
        if told < EXAMPLES or (self.refused[why] <= _OF_EACH and told < _MOST_EXAMPLES):
            self.examples.append((where, why))
        row = Refused(where, why)
        if each is not None:
            row = replace(row, article=each.article, external_id=each.external_id)
        if tag is not None:
            row = replace(row, quote=tag.quote, kind=tag.kind, start=tag.start, end=tag.end)
        self.all_refused.append(row)

    @property
    def failed(self) -> int:
        """How many parts of the file were not taken."""
        return self.refused.total()

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why parts of the file were not taken, and how many for each reason, the most first."""
        return self.refused.most_common()


class _TrialError(Exception):
    """The end of a trial: nothing of it is kept."""


def take_in(
    data: bytes,
    form: Format,
    corpus: Corpus,
    *,
    by: User | None,
    door: Door,
    task: Task | None = None,
    kinds: Mapping[str, str] | None = None,
    trial: bool = False,
) -> Report:
    """Tag what a file says, as one operation; again, it makes nothing twice.

    Into the corpus's layer, or one's own in ``task``. ``kinds`` maps the file's labels to the
    codebook's. A ``trial`` says what would become of it, and keeps nothing. Raises
    NotAllowedError, UnreadableError for a file of which nothing can be read.
    """
    report = Report(is_trial=trial)
    targets = Targets.of(corpus, by, task, None)
    layer = targets.layer
    try:
        with changing(
            corpus,
            layer.task,
            layer.layer_of.pk if layer.layer_of is not None else None,
            by=by,
            door=door,
            summary=f"Tags from {form.label}",
            operation=None,
        ) as under:
            taking = Taking(targets, layer, by, door, under, kinds or {}, report, form.name)
            for some in batched(form.read(data), ARTICLES_AT_ONCE, strict=False):
                taking.take(some)
            under.size = report.made + report.codes + report.relations
            under.summary = summary(report.made, form)
            _end_trial(trial=trial)
    except _TrialError:
        return report
    report.operation = done(under)
    return report


def summary(made: int, form: Format) -> str:
    """Return what was done, as the history says it."""
    return f"{made:,} tag{'' if made == 1 else 's'} from {form.label}"


def _end_trial(*, trial: bool) -> None:
    if trial:
        raise _TrialError


@dataclass(slots=True)
class Taking:
    """The taking in of one file."""

    targets: Targets
    layer: Layer
    by: User | None
    door: Door
    operation: Operation
    kinds: Mapping[str, str]
    report: Report
    maker: str
    names: NamesMet = field(default_factory=NamesMet)
    meaning: Meaning = field(init=False)

    def __post_init__(self) -> None:
        content = rules_of(version_of(self.layer))
        self.meaning = Meaning(self.layer, content, self.kinds, self.maker)

    def take(self, some: Iterable[ArticleTags | UnreadableError]) -> None:
        """Take in some articles of the file."""
        read: list[ArticleTags] = []
        for each in some:
            if isinstance(each, UnreadableError):
                self.report.refuse("The file", str(each))
            else:
                read.append(each)
        known = articles_meant(read, self.targets)
        wanted: list[tuple[int, Wanted]] = []
        whose: list[tuple[ArticleTags, Tag]] = []
        for each in read:
            if id(each) not in known:
                self.report.refuse(_name(each), "This article is not in the corpus.", each)
                continue
            self.report.articles += 1
            for tag, found in self._placed(each, known[id(each)]):
                wanted.append((known[id(each)].article, found))
                whose.append((each, tag))
        wanted = self.names.numbered(self.layer, wanted)
        results = self._tagged(wanted)
        made: dict[tuple[int, str], Mention] = {}
        for (each, tag), (_, found), result in zip(whose, wanted, results, strict=True):
            if isinstance(result, TaggingError):
                where = f"{_name(each)}, “{tag.quote[:60]}”"
                self.report.refuse(where, result.message, each, tag)
                continue
            made[id(each), tag.key] = result.mention
            self.names.learn(found, result)
            self.report.made += result.made
            is_moved = (found.start, found.end) != (tag.start, tag.end)
            self.report.moved += result.made and is_moved
            self.report.known += not result.made
        self._entity_ids(whose, results)
        for each in read:
            if id(each) in known:
                self._codes(each, known[id(each)])
                self._relations(each, made)

    def _tagged(self, wanted: Sequence[tuple[int, Wanted]]) -> list[Tagged | TaggingError]:
        if not wanted:
            return []
        return tag_many(
            self.layer.corpus, wanted, by=self.by, door=self.door, layer=self.layer
            if self.layer.task is None else None, task=self.layer.task, operation=self.operation,
        )  # fmt: skip

    def _placed(self, each: ArticleTags, article: Known) -> Iterator[tuple[Tag, Wanted]]:
        place = Placer(each, article.text, article.blocks)
        for tag in each.tags:
            try:
                start, end = place.of(tag)
            except NowhereError as fault:
                where = f"{_name(each)}, “{tag.quote[:60]}”"
                self.report.refuse(where, str(fault), each, tag)
            else:
                yield tag, self.meaning.wanted(tag, article, start, end)

    def _entity_ids(
        self, whose: Sequence[tuple[ArticleTags, Tag]], results: Sequence[Tagged | TaggingError]
    ) -> None:
        """Keep what entities are called elsewhere, where nothing is known of that yet."""
        new = {
            (scheme, value): result.mention.entity_id
            for (_, tag), result in zip(whose, results, strict=True)
            if isinstance(result, Tagged) and result.made and result.mention.entity_id
            for scheme, value in tag.entity_ids.items()
        }
        if not new:
            return
        known = set(
            ExternalId.objects.filter(any_id("entity_id", set(new.values()))).values_list(
                "entity_id", "scheme"
            )
        )
        rows = [
            ExternalId(corpus=self.layer.corpus, entity_id=entity, scheme=scheme, value=value)
            for (scheme, value), entity in new.items()
            if (entity, scheme) not in known
        ]
        with transaction.atomic():
            ExternalId.objects.bulk_create(rows, ignore_conflicts=True)

    def _codes(self, each: ArticleTags, article: Known) -> None:
        if not each.codes:
            return
        row = Article.objects.select_related("corpus", "version").get(pk=article.article)
        values: dict[str, list[str]] = {}
        for said in each.codes:
            values.setdefault(said.code, []).append(said.value)
        for word, some in values.items():
            try:
                operation = code(
                    row, word, list(dict.fromkeys(some)), by=self.by, door=self.door,
                    task=self.layer.task, operation=self.operation,
                )  # fmt: skip
            except TaggingError as fault:
                self.report.refuse(f"{_name(each)}, code {word[:40]}", fault.message, each)
            else:
                self.report.codes += operation is not None

    def _relations(self, each: ArticleTags, made: Mapping[tuple[int, str], Mention]) -> None:
        for relation in each.relations:
            source = made.get((id(each), relation.source))
            target = made.get((id(each), relation.target))
            if source is None or target is None:
                where = f"{_name(each)}, {relation.kind[:40]}"
                self.report.refuse(where, "An end of this relation was not taken.", each)
                continue
            try:
                found = relate(
                    source, target, relation.kind, by=self.by, door=self.door,
                    operation=self.operation,
                )  # fmt: skip
            except (TaggingError, NotAllowedError) as fault:
                self.report.refuse(f"{_name(each)}, {relation.kind[:40]}", str(fault), each)
            else:
                self.report.relations += found is not None


def _name(each: ArticleTags) -> str:
    if each.article:
        return f"Article {each.article}"
    words = " ".join((each.headline or each.text)[:60].split())
    return f"“{words}”" if words else "An article"
