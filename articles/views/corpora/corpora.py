"""Corpora: those one may see, one of them, a new one, and its settings."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from articles.filters import UNDATED_BEFORE
from articles.membership import corpora
from articles.models import (
    Access,
    Act,
    Article,
    Corpus,
    Door,
    Membership,
    Operation,
    Person,
    Role,
    Source,
)
from articles.models.corpora import Visitor
from articles.parsed import Flag
from articles.views.acts import actor, tell
from articles.views.corpora.corpus_forms import CorpusForm, NewCorpusForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

RECENT = 5
ACCESS_SENTENCES = {
    Access.OPEN: "Everyone may read it.",
    Access.LICENSED: "Everyone may see what there is and cite it; its members may read the texts.",
    Access.MEMBERS: "Its members alone know that it is there.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A corpus as the list shows it; ``role`` is one's own, empty without one."""

    corpus: Corpus
    articles: int
    sources: int
    role: str


@require_safe
def corpus_list(request: HttpRequest) -> HttpResponse:
    """List the corpora that one may see."""
    found = list(Corpus.objects.visible_to(request.user))
    ids = [corpus.pk for corpus in found]
    standing = Article.objects.filter(corpus__in=ids, standing=True).order_by()
    articles = dict(standing.values_list("corpus").annotate(Count("pk")))
    named = Source.objects.filter(corpus__in=ids).standing().order_by()
    sources = dict(named.values_list("corpus").annotate(Count("pk")))
    roles = _roles(request.user)
    context = {
        "section": "corpora",
        "rows": [
            Row(row, articles.get(row.pk, 0), sources.get(row.pk, 0), roles.get(row.pk, ""))
            for row in found
        ],
        "may_create": corpora.may_create(request.user),
    }
    return render(request, "corpus/list.html", context)


def _roles(user: Visitor) -> dict[int, str]:
    """Return one's own roles, by corpus, in words."""
    if not user.is_authenticated:
        return {}
    held = Membership.objects.filter(user_id=user.pk).values_list("corpus_id", "role")
    return {corpus_id: str(Role(role).label) for corpus_id, role in held}


@require_safe
def corpus_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a corpus is, how much is in it, and what one may do there."""
    corpus = known_corpus(request, slug)
    is_member = Corpus.objects.with_members(request.user).filter(pk=corpus.pk).exists()
    operations = Operation.objects.visible_to(request.user).filter(corpus=corpus)
    context = {
        **about(request, corpus),
        "articles": Article.objects.filter(corpus=corpus, standing=True).count(),
        "sources": Source.objects.filter(corpus=corpus).standing().count(),
        "people": Person.objects.filter(corpus=corpus).standing().count(),
        "dates": _dates(corpus),
        "is_member": is_member,
        "reads": Corpus.objects.readable_by(request.user).filter(pk=corpus.pk).exists(),
        "may_import": Corpus.objects.editable_by(request.user).filter(pk=corpus.pk).exists(),
        "recent": list(operations[:RECENT]),
    }
    return render(request, "corpus/detail.html", context)


def _dates(corpus: Corpus) -> tuple[date, date] | None:
    """Return the first and the last plausible day of a corpus; None if all are undated."""
    found = Article.objects.filter(corpus=corpus, standing=True, published_date__isnull=False)
    dated = found.filter(sort_at__gte=UNDATED_BEFORE).exclude(
        flags__contains=[Flag.IMPLAUSIBLE_DATE]
    )
    first = dated.oldest_first().values_list("published_date", flat=True).first()
    last = dated.newest_first().values_list("published_date", flat=True).first()
    return (first, last) if first and last else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_new(request: HttpRequest) -> HttpResponse:
    """Make a corpus, whose admin one is then."""
    if not corpora.may_create(request.user):
        raise PermissionDenied(
            "New corpora are made by superusers and by people who are an admin of one already."
        )
    form = NewCorpusForm(request.POST or None, initial={"access": Access.MEMBERS.value})
    context = {"section": "corpora", "form": form, "accesses": _accesses()}
    if request.method != "POST":
        return render(request, "corpus/new.html", context)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = corpora.create(
                name=given["name"],
                slug=given["slug"],
                description=given["description"],
                access=Access(given["access"]),
                by=cast("User", request.user),
                door=Door.PAGE,
            )
        except corpora.CorpusRefusedError as fault:
            form.add_error(fault.field, fault.reason)
        else:
            messages.success(request, f"{made} is there, and you are its admin.")
            return HttpResponseRedirect(reverse("corpus-detail", args=[made.slug]))
    return render(request, "corpus/new.html", context, status=HTTPStatus.BAD_REQUEST)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a corpus' name, description and access; its address stays."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.CORPUS)
    context = {**about(request, corpus), "tab": "settings", "accesses": _accesses()}
    if request.method != "POST":
        initial = {name: getattr(corpus, name) for name in corpora.SETTINGS}
        form = CorpusForm(initial=initial | {"state": corpora.state_of(corpus)})
        return render(request, "corpus/settings.html", context | {"form": form})
    form = CorpusForm(request.POST)
    status = HTTPStatus.BAD_REQUEST
    if form.is_valid():
        given = form.cleaned_data
        state = given.pop("state")
        try:
            operation = corpora.change_settings(
                corpus, given, by=by, door=Door.PAGE, expected_state=state
            )
        except corpora.CorpusRefusedError as fault:
            form.add_error(fault.field, fault.reason)
        except corpora.StaleSettingsError:
            status = HTTPStatus.CONFLICT
            context["now"] = Corpus.objects.get(pk=corpus.pk)
        else:
            tell(request, operation)
            return HttpResponseRedirect(reverse("corpus-detail", args=[corpus.slug]))
        # Only what is stored may be shown as the corpus' own.
        corpus.refresh_from_db()
    context["form"] = form
    context["state"] = corpora.state_of(corpus)
    return render(request, "corpus/settings.html", context, status=status)


def known_corpus(request: HttpRequest, slug: str) -> Corpus:
    """Return a corpus that one may know of; raise Http404."""
    return get_object_or_404(Corpus.objects.visible_to(request.user), slug=slug)


def about(request: HttpRequest, corpus: Corpus) -> dict[str, object]:
    """Return what each page of a corpus shows above its own."""
    return {
        "section": "corpora",
        "corpus": corpus,
        "access_sentence": ACCESS_SENTENCES[Access(corpus.access)],
        "role": _roles(request.user).get(corpus.pk, ""),
        "administers": Corpus.objects.administered_by(request.user).filter(pk=corpus.pk).exists(),
        "sees_members": Corpus.objects.with_members(request.user).filter(pk=corpus.pk).exists(),
    }


def _accesses() -> list[tuple[str, str, str]]:
    """Return the kinds of access for a choice: value, name, and what it means."""
    names = {
        Access.OPEN: "Open",
        Access.LICENSED: "Licensed",
        Access.MEMBERS: "Members only",
    }
    return [(each.value, names[each], ACCESS_SENTENCES[each]) for each in Access]
