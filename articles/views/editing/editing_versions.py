"""Which version of an article stands; and what to say of an article that stands no more."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from articles.curation.texts import TextRefusedError, choose_version
from articles.models import Act, Article, Corpus, Door, Origin
from articles.views.acts import tell
from articles.views.editing.editing import editable, onward, refuse_nul, standing, to_article
from articles.views.parameters import ParameterError, refused

# Joined to what was joined, and so on: longer than any person goes on.
STEPS = 50


@require_POST
def version_choose(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let one of an article's versions stand."""
    article, user = editable(request, pk, Act.CHOOSE_VERSION)
    version = get_object_or_404(article.versions, number=number)
    try:
        ending = onward(request)
        refuse_nul(request)
    except ParameterError as fault:
        return refused(request, fault)
    stood = request.POST.get("stood", "")
    if stood and stood != str(standing(article).number):
        messages.warning(
            request,
            "Nothing was changed: another version came to stand since you looked. It is shown "
            "here; choose again if you still want to.",
        )
        return to_article(article, ending)
    try:
        tell(request, choose_version(article, version, by=user, door=Door.PAGE))
    except TextRefusedError as fault:
        messages.warning(request, str(fault))
    return to_article(article, ending)


def no_longer_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for an article that stands no more: where it went, or that it was never to be.

    Raises Http404 where there never was one, or not for who asks.
    """
    visible = Corpus.objects.visible_to(request.user)
    article: Article | None = (
        Article.objects.filter(pk=pk, standing=False, corpus__in=visible)
        .select_related("corpus", "version")
        .first()
    )
    if article is None:
        raise Http404
    seen = {article.pk}
    into = article
    while into.joined_into is not None and into.joined_into_id not in seen and len(seen) < STEPS:
        into = into.joined_into
        seen.add(into.pk)
    if into.standing:
        return _lead_on(request, into, f"“{article}” was joined to this article; its text follows.")
    if whole := _made_from(article):
        said = f"“{article}” was split off this article, and the split was undone."
        return _lead_on(request, whole, said)
    context = {"section": "articles", "article": article}
    return render(request, "article_edit/gone.html", context, status=HTTPStatus.GONE)


def _lead_on(request: HttpRequest, to: Article, said: str) -> HttpResponse:
    messages.info(request, said)
    ending = request.GET.urlencode()
    return HttpResponseRedirect(f"{to.get_absolute_url()}{'?' if ending else ''}{ending}")


def _made_from(article: Article) -> Article | None:
    """Return the article that stands for the place in a capture from which one was made."""
    version = article.version
    if version is None or version.capture_id is None:
        return None
    found: Article | None = (
        Article.objects.filter(
            corpus=article.corpus_id,
            standing=True,
            versions__capture=version.capture_id,
            versions__locator=version.locator,
            versions__origin=Origin.PUBLISHED,
        )
        .order_by("pk")
        .first()
    )
    return found
