"""Layers: whose tags lie where. The corpus's own, one a person and task, and a task's gold one."""

from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from articles.models import (
    Article,
    Assignment,
    CodebookVersion,
    Corpus,
    Role,
    Task,
    Version,
)
from articles.models.corpora import Visitor, may
from articles.models.statements import Statement, loaded, names_of, stand_in


class NotAllowedError(Exception):
    """Why someone may not tag here; a sentence for them."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Where tags lie.

    Without a task it is the corpus's own layer, which all annotators share; with a task and nobody
    it is the task's gold layer. ``version`` is the version of the article that is tagged in it,
    None where that is the current one.
    """

    corpus: Corpus
    task: Task | None = None
    layer_of: User | None = None
    version: Version | None = None

    @property
    def is_blind(self) -> bool:
        """Whether what is done in it is nobody else's to see until the task is closed."""
        return self.task is not None and self.task.blind and self.layer_of is not None

    @property
    def blind_task(self) -> Task | None:
        """The task that an operation in it is to be put down to as blind work."""
        return self.task if self.is_blind else None

    @property
    def codebook_version(self) -> CodebookVersion | None:
        """The task's version of its codebook; None where the corpus's main one is meant."""
        return self.task.codebook_version if self.task is not None else None

    def label(self, kind: str, entity_id: int | None) -> str:
        """Return what makes two tags at one place the same, as ``models.mentions.label_of``."""
        task = self.task.pk if self.task is not None else 0
        person = self.layer_of.pk if self.layer_of is not None else 0
        return f"{task}/{person}/{kind}/{entity_id or 0}"


@dataclass(frozen=True, slots=True)
class Leave:
    """That someone's role lets them tag an article; ``is_blind`` if they have it in blind work."""

    article: Article
    is_blind: bool


# What tagging needs to know of an article; the rest is read if it is asked for.
_ARTICLE = ("id", "corpus_id", "version_id", "standing", "language")
_CORPUS = names_of(Corpus)
_VERSION = ("id", "article_id", "number", "text", "blocks")


def leave_for(user: Visitor, article: int) -> Leave | None:
    """Return ``user``'s leave to tag an article, None without one; all of it is read at once."""
    if not user.is_authenticated:
        return None
    question = _leave(is_superuser=bool(user.is_active and getattr(user, "is_superuser", False)))
    for row in question.ask(article, user.pk):
        rest = iter(row)
        found = loaded(Article, _ARTICLE, list(islice(rest, len(_ARTICLE))))
        found.corpus = loaded(Corpus, _CORPUS, list(islice(rest, len(_CORPUS))))
        found.version = loaded(Version, _VERSION, list(islice(rest, len(_VERSION))))
        return Leave(found, is_blind=next(rest))
    return None


@cache
def _leave(*, is_superuser: bool) -> Statement:
    user = User(pk=stand_in(1), is_active=True, is_superuser=is_superuser)
    rows = Article.objects.filter(
        pk=stand_in(0),
        standing=True,
        version__isnull=False,
        corpus__in=Corpus.objects.annotatable_by(user),
    )
    columns = [*_ARTICLE, *(f"corpus__{name}" for name in _CORPUS)]
    columns += [f"version__{name}" for name in _VERSION]
    blinding = Exists(Assignment.objects.blinding(user).filter(item__article=OuterRef("pk")))
    return Statement.of(rows.order_by().values_list(*columns, blinding))


def is_blind_to(user: Visitor, article: int) -> bool:
    """Whether ``user`` has an article in blind work: others' tags of it are not theirs to see."""
    return bool(Assignment.objects.blinding(user).filter(item__article=article).exists())


def layer_for(
    user: User | None, article: Article, task: Task | None = None, *, leave: Leave | None = None
) -> Layer:
    """Return the layer in which ``user`` tags an article: the corpus's, or their own in a task.

    ``user`` is None for what a command does; ``leave`` is theirs to tag the article, if it is
    known. Raises NotAllowedError.
    """
    if task is not None:
        return _own_layer(user, article, task, leave)
    if user is not None:
        if leave is None:
            see_to_role(user, article.corpus)
        if leave.is_blind if leave is not None else is_blind_to(user, article.pk):
            raise NotAllowedError(_why_blind(user, article))
    return Layer(article.corpus)


def _why_blind(user: User, article: Article) -> str:
    mine = Assignment.objects.blinding(user).filter(item__article=article.pk)
    if mine.current().exists():
        return (
            "You have this article in blind work: tag it there. Here your tags would be seen "
            "by others, and you would see theirs."
        )
    return (
        "You had begun this article in blind work, and were taken out of it: you can tag it here "
        "once that work is closed."
    )


def gold_layer(user: User | None, task: Task, version: Version) -> Layer:
    """Return the gold layer of a task, to be settled at ``version``. Raises NotAllowedError."""
    if user is not None and not Corpus.objects.editable_by(user).filter(pk=task.corpus_id).exists():
        raise NotAllowedError(
            f"To settle the work on “{task}” you need the role of editor in {task.corpus}."
        )
    return Layer(task.corpus, task, None, version)


def _own_layer(user: User | None, article: Article, task: Task, leave: Leave | None) -> Layer:
    if task.closed_at is not None:
        raise NotAllowedError(f"“{task}” is closed: nothing more is tagged in it.")
    given = (
        Assignment.objects.current()
        .filter(task=task.pk, user=user.pk if user is not None else None, item__article=article.pk)
        .select_related("item__version")
        .first()
    )
    if user is None or given is None:
        raise not_given(task)
    if leave is None:
        see_to_role(user, article.corpus)
    return Layer(article.corpus, task, user, given.item.version)


def not_given(task: Task | None) -> NotAllowedError:
    """Return the refusal of a tag in an article that is not in who tags' share."""
    return NotAllowedError(f"This article was not given to you in “{task}”.")


def see_to_role(user: User, corpus: Corpus) -> None:
    """Raise NotAllowedError unless ``user`` may tag in a corpus."""
    if not may(user, Role.ANNOTATOR, corpus.pk):
        role = Role.ANNOTATOR.label.lower()
        raise NotAllowedError(f"To tag you need the role of {role} in {corpus}.")
