"""The same name elsewhere: in the article where it was tagged, and all over its corpus.

Candidates come from the search index, by the words of the names; each is then looked at by
``words_of_names``. What somebody tagged stays as it is: a place is left out where anything was
tagged or rejected at just these words, and within what was tagged as anyone. In a task one meets
one's own assignment alone, at the versions that it is pinned to.
"""

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db.models import Q

from articles.annotate.spreading.texts import (
    OF_ARTICLE,
    Line,
    Taken,
    Text,
    line_of,
    text_of_row,
    texts_of,
)
from articles.annotate.spreading.words_of_names import Found, WordsOfNames
from articles.annotate.tags.layers import Layer, NotAllowedError, layer_for
from articles.annotate.tags.wanted import Wanted
from articles.models import (
    Assignment,
    Entity,
    EntityName,
    Mention,
    MentionOrigin,
    MentionStatus,
)
from articles.models.folding import fold
from articles.search.asking import Question, ask
from articles.search.engine.answers import Sort
from articles.search.language.tree import Node, Phrase, Word, disjunction
from articles.search.language.words import printed_words

# So many of the corpus's are shown before one chooses.
SHOWN = 100
MOST_WORDS = 40
# What a preview looks at before it says “about”.
PREVIEW_SECONDS = 1.2
_BATCH = 200
# Names that hold the name that is looked for, so that the longest wins.
_MOST_LONGER = 5_000
# Letters of a word that another form of it has for certain, and that it may lack.
_STEM, _ENDING = 3, 2
_ACCENTS = re.compile("[\u0300-\u036f]")
# Keys of what is made: of the spread and the place, so that it is made once.
_KEYS = UUID("6f1d0f0e-58d7-4a66-9c43-6cf1c80f0a1e")


@dataclass(frozen=True)
class Looked:
    """What is looked for: names of an entity, or words alone, of a kind, in a layer.

    ``words`` are the names that count. ``by`` is who looks.
    """

    layer: Layer
    by: User
    kind: str
    words: tuple[str, ...]
    entity: Entity | None = None
    matcher: WordsOfNames = field(default_factory=lambda: WordsOfNames([]), repr=False)

    @cached_property
    def begun(self) -> tuple[str, ...]:
        """What each of them has in a text at least, folded: an ending may change the rest.

        Nothing where one is of other than plain letters.
        """
        longest = [max(fold(each).split(), key=len, default="") for each in self.words]
        if not all(each.isascii() for each in longest):
            return ()
        return tuple(each[: max(len(each) - _ENDING, _STEM)] for each in longest)

    @property
    def mine(self) -> int:
        """How many of the matcher's names are those looked for: the first ones."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands here and elsewhere: ``total`` places in ``articles`` other articles.

    Where there are too many to look at while someone waits, ``is_exact`` is False and both are
    estimates. ``lines`` are the first of them, by date.
    """

    looked: Looked
    offered: tuple[str, ...]
    here: list[Line]
    total: int
    articles: int
    is_exact: bool
    lines: list[Line]


def look(
    mention: Mention, *, by: User, words: Sequence[str] | None = None
) -> tuple[Looked, tuple[str, ...]]:
    """Return what is the same as a mention, and all words that it may go by.

    Without ``words`` those are chosen that can be taken for no one else: its names and what was
    tagged, but of a name's part (Doe, where Ann Doe is known) nothing; within the article all are.
    Raises NotAllowedError.
    """
    layer = layer_for(by, mention.article, mention.task)
    if mention.task is not None and mention.layer_of_id != by.pk:
        raise NotAllowedError("In a task you spread your own tags.")
    entity = mention.entity
    if entity is not None and entity.merged_into is not None:
        entity = entity.merged_into
    quote = _quote_of(mention)
    names = _names(entity, layer, by) if entity is not None else []
    offered = tuple(dict.fromkeys([*names, quote]))[:MOST_WORDS]
    if words is None:
        chosen = tuple(each for each in offered if not _is_part(each, names)) or offered
    else:
        chosen = tuple(each for each in offered if each in words)
    return looked_for(layer, by, mention.kind, chosen, entity), offered


def wider(looked: Looked, offered: tuple[str, ...]) -> Looked:
    """Return what is looked for in one article: there a surname alone means who has it."""
    if looked.words == offered:
        return looked
    return looked_for(looked.layer, looked.by, looked.kind, offered, looked.entity)


def looked_for(
    layer: Layer, by: User, kind: str, words: tuple[str, ...], entity: Entity | None
) -> Looked:
    """Return what is looked for by some words, with the longer names that hold them."""
    longer = [each for each in _longer(layer, words, by) if each not in words]
    return Looked(layer, by, kind, words, entity, WordsOfNames([*words, *longer]))


def preview(
    mention: Mention, *, by: User, words: Sequence[str] | None = None, most: int = SHOWN
) -> Preview:
    """Return what is the same as a mention, here and in the corpus, within a second or two.

    Raises NotAllowedError, IndexMissingError, TooSlowError, QueryError.
    """
    looked, offered = look(mention, by=by, words=words)
    hereabouts = here(looked if words is not None else wider(looked, offered), mention)
    if looked.layer.task is not None:
        texts: Iterable[Text] = assigned(looked, but=mention.article_id)
        return _looked_at(looked, offered, hereabouts, texts, None, most)
    question = asked(looked)
    if question is None:
        return Preview(looked, offered, hereabouts, 0, 0, is_exact=True, lines=[])
    texts = found(looked, question, but=mention.article_id)
    return _looked_at(looked, offered, hereabouts, texts, question, most)


def _looked_at(
    looked: Looked,
    offered: tuple[str, ...],
    here: list[Line],
    texts: Iterable[Text],
    question: Question | None,
    most: int,
) -> Preview:
    until = time.monotonic() + PREVIEW_SECONDS
    total = articles = read_so_far = 0
    shown: list[Line] = []
    is_exact = True
    for some in batched(texts, _BATCH, strict=False):
        these = lines_of(looked, some)
        read_so_far += len(some)
        total += len(these)
        articles += len({each.article_id for each in these})
        shown.extend(these[: max(most - len(shown), 0)])
        if question is not None and time.monotonic() > until:
            is_exact = False
            break
    if not is_exact and question is not None:
        share = question.total() / max(read_so_far, 1)
        total, articles = round(total * share), round(articles * share)
    return Preview(looked, offered, here, total, articles, is_exact=is_exact, lines=shown)


def here(looked: Looked, mention: Mention) -> list[Line]:
    """Return where the same stands in the mention's own article."""
    return lines_of(looked, [_text_of(mention, looked.layer)])


def lines_of(looked: Looked, texts: Sequence[Text]) -> list[Line]:
    """Return the places of texts where the same stands and nothing was tagged yet."""
    hits = [(text, hit) for text in texts for hit in matches(looked, text)]
    if not hits:
        return []
    taken = Taken(looked.layer, {text.version_id for text, _ in hits})
    return [
        line_of(text, hit.start, hit.end, hit.sure)
        for text, hit in hits
        if not taken.has(text.version_id, hit.start, hit.end)
    ]


def _plain(text: str) -> str:
    """Return a text without case and the accents of plain letters."""
    if text.isascii():
        return text.casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def matches(looked: Looked, text: Text) -> list[Found]:
    """Return where the words that are looked for stand, and no longer name that holds them."""
    found: list[Found] = []
    for kind, start, end in text.blocks:
        block = text.text[start:end]
        # Most blocks have none of the names, which is quick to see of plain letters.
        if looked.begun and not any(begun in _plain(block) for begun in looked.begun):
            continue
        hits = looked.matcher.find(block, [[kind, 0, len(block)]], text.language)
        found += [
            hit._replace(start=hit.start + start, end=hit.end + start)
            for hit in hits
            if hit.name < looked.mine
        ]
    return found


def wanted_of(looked: Looked, line: Line, *, spread: int, status: str) -> Wanted:
    """Return the tag that is made at a place; made again, it is the same one."""
    return Wanted(
        start=line.start,
        end=line.end,
        quote=line.quote,
        kind=looked.kind,
        entity=looked.entity.pk if looked.entity is not None else None,
        key=uuid5(_KEYS, f"{spread}/{line.place}"),
        status=status,
        origin=MentionOrigin.SAME,
        score=line.sure if status == MentionStatus.SUGGESTED else None,
    )


def asked(looked: Looked) -> Question | None:
    """Return the question whose answer holds all articles of the corpus with the words."""
    tree = _tree(looked.words)
    if tree is None:
        return None
    return ask(tree, looked.by, readable=True).within([looked.layer.corpus.pk])


def found(looked: Looked, question: Question, *, but: int | None = None) -> Iterator[Text]:
    """Yield the articles of an answer, the newest first, but those one has in blind work."""
    cursor: str | None = ""
    while cursor is not None:
        texts, cursor = page(looked, question, cursor)
        yield from (text for text in texts if text.article_id != but)


def page(looked: Looked, question: Question, cursor: str) -> tuple[list[Text], str | None]:
    """Return some articles of an answer, and the cursor of the next; None at its end."""
    answer = question.page(sort=Sort.NEWEST, limit=_BATCH, cursor=cursor)
    return texts_of(looked.by, looked.layer.corpus, answer.ids), answer.next


def assigned_total(looked: Looked) -> int:
    """Return how many articles one's own assignment in the task has."""
    mine = Assignment.objects.current()
    return mine.filter(task=looked.layer.task, user=looked.by).count()


def assigned(looked: Looked, *, but: int | None = None, skip: int = 0) -> Iterator[Text]:
    """Yield the articles of one's own assignment in the task, as they are pinned, in its order."""
    rows = (
        Assignment.objects.current()
        .filter(task=looked.layer.task, user=looked.by)
        .exclude(item__article=but or 0)
        .order_by("position", "pk")
        .values_list(
            "item__article_id",
            "item__version_id",
            "item__version__text",
            "item__version__blocks",
            *(f"item__article__{column}" for column in OF_ARTICLE),
        )
    )
    for row in rows[skip:].iterator(chunk_size=_BATCH):
        yield text_of_row(row)


def _text_of(mention: Mention, layer: Layer) -> Text:
    article = mention.article
    version = layer.version or article.version
    if version is None:
        raise NotAllowedError("This article has no text.")
    return Text(article.pk, version.pk, version.text, version.blocks, article.language)


def _quote_of(mention: Mention) -> str:
    anchor = mention.anchors.order_by("-version__number").first()
    return " ".join(anchor.quote.split()) if anchor is not None else ""


def _names(entity: Entity, layer: Layer, by: User) -> list[str]:
    """Return the names of an entity and of those merged into it, as far as this layer knows."""
    names = EntityName.objects.filter(entity__in=Entity.objects.with_merged([entity.pk]))
    names = names.filter(_shown(layer, by))
    return [entity.name, *names.order_by("pk").values_list("name", flat=True)]


def _shown(layer: Layer, by: User) -> Q:
    if layer.is_blind and layer.task is not None:
        return Q(created_at__lt=layer.task.created_at, task=None) | Q(task=layer.task, by=by)
    return Q(task=None) | Q(task__blind=False)


def _longer(layer: Layer, words: Sequence[str], by: User) -> list[str]:
    """Return the names that hold words that are looked for: Ann Arbor, of Ann."""
    holding = Q()
    for word in words:
        folded = fold(word)
        holding |= Q(folded__startswith=f"{folded} ") | Q(folded__endswith=f" {folded}")
        holding |= Q(folded__contains=f" {folded} ")
    if not words:
        return []
    names = EntityName.objects.filter(holding, _shown(layer, by), corpus=layer.corpus)
    return list(names.order_by("pk").values_list("name", flat=True)[:_MOST_LONGER])


def _is_part(words: str, names: Sequence[str]) -> bool:
    """Whether some words are a part of a longer name, by which others may go too."""
    folded = f" {fold(words)} "
    return any(folded != f" {fold(name)} " and folded in f" {fold(name)} " for name in names)


def _tree(words: Sequence[str]) -> Node | None:
    """Return what finds all articles that may hold one of the names, in whatever form."""
    nodes: list[Node] = []
    for name in words:
        each = [Word(word) for word in printed_words(name)]
        if len(each) == 1:
            nodes.append(each[0])
        elif each:
            nodes.append(Phrase(tuple((word,) for word in each)))
    return disjunction(nodes) if nodes else None
