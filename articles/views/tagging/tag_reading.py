"""What is tagged in an article, as its pages show it: in the text, in the margin, as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict
from django.urls import reverse

from articles.annotate.codebooks.codebook import Content
from articles.annotate.codebooks.codebooks import main_content
from articles.annotate.tags.layers import Leave, NotAllowedError, is_blind_to, layer_for
from articles.annotate.tags.placed import Coded, Placed, codes_of, placed
from articles.annotate.tags.relating import Led, led_in
from articles.annotate.tags.rules import rules_of
from articles.history.operations import corpus_allows
from articles.models import Article, MentionStatus, Role, Task, Version
from articles.search.marking import Mark
from articles.views.parameters import ParameterError
from articles.views.reading.typesetting import TypesetText, places, typeset
from articles.views.tagging.codes_shown import CodeShown, codes_shown
from articles.views.tagging.margin import AT_ONCE, Margin, MarginList, kind_of
from articles.views.tagging.tagged_text import Tag, TaggedText

ALL, OFF, MINE, PEOPLE = "", "off", "mine", "people"


@dataclass
class Tags:
    """The tags of a version that ``user`` may see, and may or may not change.

    ``shown`` says which of them are drawn: all, none (``off``), one's own (``mine``), those that
    are no suggestions (``people``), or those of a kind, by its word.
    """

    article: Article
    version: Version
    user: User | AnonymousUser
    content: Content
    placed: Sequence[Placed]
    task: Task | None = None
    shown: str = ALL
    why_not: str = ""
    is_member: bool = False
    # Whether they have the article in blind work.
    is_blind: bool = False
    # What the address of the page asks for, beside which tags are shown.
    query: QueryDict = field(default_factory=QueryDict)

    @property
    def may_tag(self) -> bool:
        return not self.why_not

    @cached_property
    def drawn(self) -> list[Placed]:
        """Those that are drawn."""
        match self.shown:
            case "":
                return list(self.placed)
            case "off":
                return []
            case "mine":
                return [each for each in self.placed if each.is_own]
            case "people":
                return [each for each in self.placed if each.status != MentionStatus.SUGGESTED]
            case kind:
                return [each for each in self.placed if each.kind == kind]

    @property
    def is_long(self) -> bool:
        """Whether there are more than the margin shows at once."""
        return len(self.drawn) > AT_ONCE

    @cached_property
    def tagged(self) -> TaggedText:
        return TaggedText(self.version.text, [self._tag(each) for each in self.drawn])

    def _tag(self, placed: Placed) -> Tag:
        kind = kind_of(self.content, placed.kind)
        return Tag(
            id=placed.id,
            start=placed.start,
            end=placed.end,
            colour=kind.colour,
            letter=kind.key,
            title=f"{placed.entity_name}, {kind.name}" if placed.entity_name else kind.name,
            is_suggested=placed.status == MentionStatus.SUGGESTED,
            is_passage=kind.passage,
        )

    def text(self, marks: Sequence[Mark] = ()) -> TypesetText:
        """Return the version's text as it is set, with hits and tags."""
        return typeset(self.version, marks, self.tagged)

    def pieces(self, only: frozenset[int], marks: Sequence[Mark] = ()) -> dict[str, Any]:
        """Return blocks and their lines of the margin as HTML, by number: what a page replaces."""
        spans = places(self.version)
        blocks = self.tagged.blocks(spans, marks, only)
        return {
            "blocks": {str(number): html for number, html in blocks},
            "margin": {str(each.number): each.lines for each in self.margin(only)},
        }

    def margin(self, only: frozenset[int] | None = None) -> list[MarginList]:
        """Return the lines of the margin, by block; those of blocks without tags are empty."""
        margin = Margin(
            article=self.article.pk,
            content=self.content,
            first=self.tagged.first,
            names_people=self.is_member,
            may_tag=self.may_tag,
            led=self.led,
        )
        return margin.lists(places(self.version), self.drawn, only)

    @cached_property
    def led(self) -> dict[int, list[Led]]:
        """Where tags lead to, by the tag they lead from: a quotation to who spoke."""
        found: dict[int, list[Led]] = {}
        if not self.content.relations:
            return found
        shown = {each.id for each in self.drawn if each.may_lead}
        for each in led_in(self.version, shown) if shown else ():
            found.setdefault(each.source, []).append(each)
        return found

    @cached_property
    def codes(self) -> list[Coded]:
        """The codes and notes on the whole article."""
        return codes_of(self.article.pk, self.user, self.task, is_blind=self.is_blind)

    @cached_property
    def legend(self) -> list[dict[str, Any]]:
        """What the codebook lets be tagged, each with how often it is here; not as suggested."""
        counts = Counter(
            each.kind for each in self.placed if each.status != MentionStatus.SUGGESTED
        )
        slugs = dict.fromkeys(each.kind for each in self.placed)
        others = [kind_of(self.content, slug) for slug in slugs if not self.content.kind(slug)]
        return [
            {
                "kind": kind,
                "count": counts[kind.slug],
                "query": self.showing(ALL if self.shown == kind.slug else kind.slug),
            }
            for kind in [*self.content.kinds, *others]
        ]

    @property
    def has_margin(self) -> bool:
        """Whether there is anything to show beside the text, or may be."""
        return self.may_tag or bool(self.placed) or self.shown != ALL

    @property
    def ways(self) -> list[dict[str, Any]]:
        """The ways to show tags, each with whether it is the one now."""
        ways = [(ALL, "All")]
        if self.user.is_authenticated:
            ways.append((MINE, "Mine"))
        if self.suggested:
            ways.append((PEOPLE, "Without suggestions"))
        return [
            {"word": word, "name": name, "is_now": word == self.shown, "query": self.showing(word)}
            for word, name in [*ways, (OFF, "None")]
        ]

    def showing(self, word: str) -> str:
        """Return the query of the address at which those of ``tags=word`` are shown."""
        query = self.query.copy()
        query["tags"] = word
        if not word:
            del query["tags"]
        return query.urlencode()

    @property
    def about(self) -> str:
        """What an address that changes something here says of the version and the task."""
        stands = self.version.pk == self.article.version_id
        given = {} if stands and not self.task else {"version": self.version.pk}
        return urlencode(given | ({"task": self.task.pk} if self.task else {}))

    @cached_property
    def codes_shown(self) -> list[CodeShown]:
        """The codes of the codebook, notes last, each with what is said in it."""
        return codes_shown(self.content, self.codes, names_people=self.is_member)

    @property
    def codes_said(self) -> list[CodeShown]:
        """The codes that something is said in."""
        return [each for each in self.codes_shown if each.values]

    @property
    def counted(self) -> int:
        """How many tags are drawn; suggestions count for nothing."""
        return sum(each.status != MentionStatus.SUGGESTED for each in self.drawn)

    @property
    def suggested(self) -> int:
        return sum(each.status == MentionStatus.SUGGESTED for each in self.placed)

    def as_json(self, each: Placed) -> dict[str, Any]:
        """Return a mention as JSON; who tagged is for members of the corpus to know."""
        return {
            "id": each.id,
            "key": str(each.key),
            "start": each.start,
            "end": each.end,
            "quote": each.quote,
            "kind": each.kind,
            "entity": each.entity_id,
            "entity_name": each.entity_name,
            "attributes": each.attributes,
            "comment": each.comment,
            "status": each.status,
            "origin": each.origin,
            "maker": each.maker,
            "by": each.by_name if self.is_member or each.is_own else "",
            "is_own": each.is_own,
            "placing": each.placing,
            "sure": each.sure,
            "score": each.score,
            "revision": each.state,
        }

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the scripts of the page need to know."""
        return {
            "article": self.article.pk,
            "version": self.version.pk,
            "task": self.task.pk if self.task else None,
            "corpus": self.article.corpus.slug,
            "user": self.user.pk,
            "may_tag": self.may_tag,
            "kinds": [asdict(kind) for kind in self.content.kinds],
            "codes": [asdict(code) for code in self.content.codes],
            "relations": [asdict(relation) for relation in self.content.relations],
            "urls": urls(self.article),
        }


def blocks_of(version: Version, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the blocks that hold places of a version's text."""
    wanted = list(spans)
    return frozenset(
        number
        for number, (start, end) in enumerate(places(version))
        if any(first < end and last > start for first, last in wanted)
    )


def urls(article: Article) -> dict[str, str]:
    """Return the addresses that scripts send to; a 0 stands for a tag's or an operation's id."""
    return {
        "tags": reverse("tag-list", args=[article.pk]),
        "tag": reverse("tag-detail", args=[article.pk, 0]),
        "undo": reverse("tag-undo", args=[article.pk, 0]),
        "codes": reverse("article-codes", args=[article.pk]),
        "suggest": reverse("entity-suggest"),
    }


def tags_of(
    user: User | AnonymousUser,
    article: Article,
    version: Version,
    *,
    task: Task | None = None,
    query: QueryDict | None = None,
    within: Sequence[tuple[int, int]] | None = None,
    leave: Leave | None = None,
    content: Content | None = None,
) -> Tags:
    """Return what ``user`` may see tagged in a version; in a task, in their own layer of it.

    ``query`` is what the address asks for: ``tags`` says which are shown. ``within`` are places of
    the text, where what is tagged in some blocks is enough. The caller has seen to it that the user
    may read the article; ``leave`` is theirs by which they tagged it just now. ``content`` is what
    the codebook says, if it is known. Raises ParameterError.
    """
    suggestions = task is None or task.suggestions
    has_tagged = leave is not None
    is_blind = leave.is_blind if leave else is_blind_to(user, article.pk)
    if leave is None and user.is_authenticated:
        may_by_role = corpus_allows(article.corpus, user, Role.ANNOTATOR)
        leave = Leave(article, is_blind) if may_by_role else None
    if content is None:
        content = rules_of(task.codebook_version) if task else main_content(article.corpus)
    query = query or QueryDict()
    shown = query.get("tags", "").strip()
    _check_shown(shown, content)
    return Tags(
        article=article,
        version=version,
        user=user,
        content=content,
        placed=placed(
            version,
            user,
            task,
            suggestions=suggestions,
            within=within,
            is_blind=is_blind,
        ),
        task=task,
        shown=shown,
        why_not="" if has_tagged else why_not(user, article, version, task, leave),
        is_member=leave is not None
        or (user.is_authenticated and corpus_allows(article.corpus, user, Role.VIEWER)),
        is_blind=is_blind,
        query=query,
    )


def why_not(
    user: User | AnonymousUser,
    article: Article,
    version: Version,
    task: Task | None,
    leave: Leave | None = None,
) -> str:
    """Return why a version is not ``user``'s to tag, empty if it is; ``leave`` if it is known."""
    if not user.is_authenticated:
        return "Log in to tag."
    try:
        layer = layer_for(user, article, task, leave=leave)
    except NotAllowedError as fault:
        return str(fault)
    stands = layer.version.pk if layer.version else article.version_id
    if version.pk != stands:
        return "This version does not stand: tags are given to the one that does."
    return ""


def _check_shown(word: str, content: Content) -> None:
    if word not in {ALL, OFF, MINE, PEOPLE} and content.kind(word) is None:
        raise ParameterError("tags", "This must be off, mine, people, or the word of a kind.")
