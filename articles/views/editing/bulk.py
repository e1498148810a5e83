"""Correcting all articles of an answer: what to change, what that would do, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.curation.answers import Answer, SeveralCorporaError, TooManyError, hold
from articles.curation.fields import AT_ONCE, CorrectionRefusedError, Preview, correct, preview
from articles.curation.values import BadValueError
from articles.filters import MAX_LIMIT
from articles.models import Act, Article, Corpus, Door
from articles.models.corpora import Visitor
from articles.search.language.query import parse
from articles.search.language.refining import including
from articles.search.language.tree import Node
from articles.views.acts import actor, tell
from articles.views.editing import bulk_form
from articles.views.editing.bulk_form import Form
from articles.views.editing.editing import refuse_nul
from articles.views.parameters import ParameterError, refused
from articles.views.search.answer import Pill, pills
from articles.views.search.choosing import asks, chosen
from articles.views.search.searching import Place, read

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Articles picked by hand, of a page of the list.
PICKED = "ids"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answer whose articles are to be corrected, as its address says."""

    place: Place
    tree: Node
    picked: list[int] | None

    @property
    def back(self) -> str:
        """The address of the answer's own page."""
        return self.place.address()

    def address(self, query: Node | None = None) -> str:
        """Return the address of this page for the answer, or for that to another query."""
        place = self.place if query is None else self.place.asking(query)
        picked = {} if self.picked is None else {PICKED: ",".join(map(str, self.picked))}
        return f"{reverse('article-correct-many')}?{urlencode({**place.params, **picked})}"

    def hold(self, user: Visitor) -> Answer:
        """Return the articles as they are found now, by the index as it stands.

        Raises TooManyError, SeveralCorporaError, and what asking raises.
        """
        found = Article.objects.visible_to(user)
        if self.picked is None:
            return hold(chosen(found, self.tree, user, most=AT_ONCE + 1))
        return hold(chosen(found.filter(pk__in=self.picked), self.tree, user))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a correction would do to a field, with some of the articles that it would change."""

    preview: Preview
    examples: Sequence[tuple[Article, str]]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@asks
def article_correct_many(request: HttpRequest) -> HttpResponse:
    """Ask what to correct, show what that would do, do it: on all articles of a list."""
    try:
        refuse_nul(request)
        wanted = _wanted(request)
        answer = wanted.hold(request.user)
    except ParameterError as fault:
        return refused(request, fault)
    except SeveralCorporaError as fault:
        return _several(request, wanted, fault.corpora)
    except TooManyError:
        return _narrow(request, wanted, {})
    if answer.corpus is None:
        return _narrow(request, wanted, {"none": True}, HTTPStatus.OK)
    user = actor(request, answer.corpus, Act.CORRECT)
    form = bulk_form.read(request.POST)
    step = request.POST.get("step", "")
    if step == "apply":
        return _apply(request, wanted, answer, form, user)
    if step == "preview":
        return _preview(request, wanted, answer, form)
    return _page(request, wanted, answer, form)


def _wanted(request: HttpRequest) -> Wanted:
    place = read(request.GET, names=("q",), also=(PICKED,))
    tree = parse(place.q)
    text = request.GET.get(PICKED)
    if text is None:
        return Wanted(place, tree, None)
    numbers = text.split(",")
    plain = all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers)
    if not plain or len(numbers) > MAX_LIMIT:
        raise ParameterError(
            PICKED, f"These must be numbers of at most {MAX_LIMIT} articles, with commas."
        )
    return Wanted(place, tree, [int(number) for number in numbers])


def _context(request: HttpRequest, wanted: Wanted, answer: Answer, form: Form) -> dict[str, object]:
    return {
        "section": "articles",
        "corpus": answer.corpus,
        "count": len(answer.ids),
        "is_picked": wanted.picked is not None,
        "pills": _pills(wanted, request.user),
        "back": wanted.back,
        "here": wanted.address(),
        "form": form,
    }


def _pills(wanted: Wanted, user: Visitor) -> list[Pill]:
    return pills(wanted.tree, wanted.place, user, to="article-correct-many")


def _page(
    request: HttpRequest, wanted: Wanted, answer: Answer, form: Form, *, notice: str = ""
) -> HttpResponse:
    at_fault = bool(form.errors or notice)
    context = _context(request, wanted, answer, form) | {
        "rows": form.rows(),
        "notice": notice,
        "wrong": bulk_form.named_fields(form.errors),
    }
    return render(request, "bulk/form.html", context, status=400 if at_fault else 200)


def _preview(
    request: HttpRequest, wanted: Wanted, answer: Answer, form: Form, *, moved: bool = False
) -> HttpResponse:
    """Show what would change; ``moved`` says that the list holds other articles than before."""
    changes = form.changes()
    if form.errors:
        return _page(request, wanted, answer, form)
    if not changes:
        return _page(request, wanted, answer, form, notice="Say what is to be corrected.")
    try:
        previews = preview(answer.ids, changes)
    except BadValueError as fault:
        form.errors[fault.field] = fault.sentence
        return _page(request, wanted, answer, form)
    context = _context(request, wanted, answer, form) | {
        "previews": _shown(previews),
        "changes_nothing": not any(each.changed for each in previews),
        "hidden": form.hidden(),
        "fingerprint": answer.fingerprint,
        "moved": moved,
    }
    status = HTTPStatus.CONFLICT if moved else HTTPStatus.OK
    return render(request, "bulk/preview.html", context, status=status)


def _shown(previews: Sequence[Preview]) -> list[Shown]:
    ids = {pk for each in previews for pk, _ in each.examples}
    articles = Article.objects.select_related("source").in_bulk(ids)
    return [
        Shown(each, [(articles[pk], before) for pk, before in each.examples if pk in articles])
        for each in previews
    ]


def _apply(
    request: HttpRequest, wanted: Wanted, answer: Answer, form: Form, user: "User"
) -> HttpResponse:
    changes = form.changes()
    if form.errors or not changes:
        return _preview(request, wanted, answer, form)
    if request.POST.get("fingerprint") != answer.fingerprint:
        return _preview(request, wanted, answer, form, moved=True)
    try:
        operation = correct(answer.ids, changes, by=user, door=Door.PAGE)
    except BadValueError as fault:
        form.errors[fault.field] = fault.sentence
        return _page(request, wanted, answer, form)
    except CorrectionRefusedError as fault:
        return _page(request, wanted, answer, form, notice=str(fault))
    tell(request, operation)
    return HttpResponseRedirect(wanted.back)


def _several(request: HttpRequest, wanted: Wanted, corpora: Sequence[Corpus]) -> HttpResponse:
    """Ask which corpus is meant; those that the person may not edit are told apart."""
    editable = set(Corpus.objects.editable_by(request.user).values_list("pk", flat=True))
    choices = [
        (each, wanted.address(including(wanted.tree, "corpus", each.slug)))
        for each in corpora
        if each.pk in editable
    ]
    return _narrow(request, wanted, {"corpora": choices, "several": True})


def _narrow(
    request: HttpRequest,
    wanted: Wanted,
    context: dict[str, object],
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
) -> HttpResponse:
    """Say why a list can't be corrected as it stands, and how to narrow it."""
    context |= {
        "section": "articles",
        "at_once": AT_ONCE,
        "pills": _pills(wanted, request.user),
        "back": wanted.back,
    }
    return render(request, "bulk/narrow.html", context, status=status)
