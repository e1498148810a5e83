"""An article on which someone works, at a version, in a task; and whether it is theirs to tag."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse

from articles.annotate.codebooks.codebook import Content
from articles.annotate.tags.layers import Leave, NotAllowedError, leave_for
from articles.models import Anchor, Article, Mention, Operation, Role, Task, Version
from articles.views.reading.reading import marks_of, place_in
from articles.views.reading.typesetting import places
from articles.views.tagging.tag_reading import Tags, blocks_of, tags_of


@dataclass(frozen=True, slots=True)
class Desk:
    """An article on which someone works: at a version, in a task where one is given."""

    request: HttpRequest
    article: Article
    version: Version
    task: Task | None
    # That of the user to tag the article by their role, where they must have it.
    leave: Leave | None = None

    @property
    def user(self) -> User:
        if not self.request.user.is_authenticated:
            raise NotAllowedError("Log in to tag.")
        return self.request.user

    def tags(self) -> Tags:
        """Return what is tagged, as the page that asks shows it."""
        request = self.request
        return tags_of(request.user, self.article, self.version, task=self.task, query=request.GET)

    def tags_in(self, blocks: Iterable[int], content: Content | None = None) -> Tags:
        """Return what is tagged in some blocks, for who tagged there just now by their leave."""
        spans = places(self.version)
        return tags_of(
            self.request.user,
            self.article,
            self.version,
            task=self.task,
            query=self.request.GET,
            within=[spans[number] for number in blocks],
            leave=self.leave,
            content=content,
        )

    def answer(
        self,
        operation: Operation | None,
        spans: Iterable[tuple[int, int]],
        mention: int | None = None,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        content: Content | None = None,
    ) -> JsonResponse:
        """Return what became of the places of the text that were touched.

        ``content`` is what the codebook says, if it is known.
        """
        # What lies in the same blocks may have to move to another line of theirs.
        touched = blocks_of(self.version, spans)
        tags = self.tags_in(touched, content)
        found = next((each for each in tags.placed if each.id == mention), None)
        pieces = tags.pieces(touched, self.marks())
        return JsonResponse(
            {
                "mention": tags.as_json(found) if found else None,
                "operation": operation.pk if operation else None,
                "undo": self.undo_address(operation),
                **pieces,
            },
            status=status,
        )

    @property
    def home(self) -> str:
        """The page on which the article is worked: its own, or that of the task."""
        if self.task is not None:
            given = (
                self.task.assignments.current()
                .filter(user=self.user, item__article=self.article)
                .first()
            )
            if given is not None:
                return reverse("task-work", args=[self.task.pk, given.position])
        return self.article.get_absolute_url()

    def undo_address(self, operation: Operation | None) -> str | None:
        """Return where an operation is taken back, with all that says what is looked at."""
        if operation is None:
            return None
        address = reverse("tag-undo", args=[self.article.pk, operation.pk])
        about = f"?version={self.version.pk}"
        return f"{address}{about}" + (f"&task={self.task.pk}" if self.task else "")

    def marks(self) -> Any:
        """Return the hits of the list that the article was opened from: blocks keep theirs."""
        return marks_of(self.version, self.article.language, place_in(self.request))

    def mention(self, pk: int) -> Mention:
        """Return a mention that the user may see, in this layer. Raises Http404."""
        seen = Mention.objects.readable_by(self.request.user).filter(article=self.article)
        layer = {"task": self.task, "layer_of": self.request.user.pk} if self.task else {}
        found = (
            seen.filter(**(layer or {"task": None}))
            .select_related("article__corpus", "corpus", "entity", "task", "layer_of")
            .filter(pk=pk)
            .first()
        )
        if found is None:
            raise Http404("There is no such tag in this article. Someone may have removed it.")
        mention: Mention = found
        return mention

    def place_of(self, mention: Mention) -> list[tuple[int, int]]:
        """Return where a mention is in the version."""
        anchors = Anchor.objects.filter(mention=mention, version=self.version, start__isnull=False)
        return [(each.start or 0, each.end or 0) for each in anchors]


def readable(request: HttpRequest, pk: int) -> Article:
    """Return an article whose text the user may read. Raises Http404, NotAllowedError."""
    whole = Article.objects.select_related("corpus", "version")
    article: Article | None = whole.readable_by(request.user).filter(pk=pk).first()
    if article is not None and article.version is not None:
        return article
    if Article.objects.visible_to(request.user).filter(pk=pk).exists():
        raise NotAllowedError("The text of this article is not yours to read.")
    raise Http404("There is no such article, or it is not yours to see.")


def taggable(request: HttpRequest, pk: int) -> Leave:
    """Return the user's leave to tag an article by their role. Raises Http404, NotAllowedError."""
    leave = leave_for(request.user, pk)
    if leave is not None:
        return leave
    article = readable(request, pk)
    if not request.user.is_authenticated:
        raise NotAllowedError("Log in to tag.")
    role = Role.ANNOTATOR.label.lower()
    raise NotAllowedError(f"To tag you need the role of {role} in {article.corpus}.")


def desk(
    request: HttpRequest,
    on: Article | Leave,
    *,
    version: int | None = None,
    task: int | None = None,
) -> Desk:
    """Return an article at a version, in a task. Raises Http404.

    ``on`` is the article, or the user's leave to tag it.
    """
    leave = on if isinstance(on, Leave) else None
    article = on.article if isinstance(on, Leave) else on
    given = None
    if task is not None:
        given = (
            Task.objects.readable_by(request.user)
            .filter(pk=task, corpus=article.corpus_id)
            .select_related("codebook_version", "corpus")
            .first()
        )
        if given is None:
            raise Http404("There is no such task, or it is not yours.")
    return Desk(request, article, _version(article, version, given), given, leave)


def _version(article: Article, wanted: int | None, task: Task | None) -> Version:
    chosen: Version | None = article.version
    if wanted is not None and (chosen is None or wanted != chosen.pk):
        chosen = article.versions.filter(pk=wanted).first()
    elif wanted is None and task is not None:
        item = task.items.filter(article=article).select_related("version").first()
        chosen = item.version if item is not None else None
    if chosen is None:
        raise Http404("The article has no such version.")
    return chosen
