"""The page on which an editor makes one article of several."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.curation.borders import join
from articles.curation.fields import StaleError, state_of
from articles.curation.texts import TextRefusedError
from articles.models import Act, Article, Door, Origin, TextCorrection, Version
from articles.views.acts import tell
from articles.views.editing.editing import (
    editable,
    onward,
    refuse_nul,
    standing,
    to_article,
    whole_number,
)
from articles.views.parameters import ParameterError, refused
from articles.views.reading.typesetting import blocks_of

# Of an article's neighbours in its capture, on each side.
BESIDE = 10
AT_ONCE = 20
_ADDRESS = re.compile(r"/articles/(\d{1,18})/?")
_NUMBERS = re.compile(r"\d+")
_NO_CAPTURE = -1


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which articles belong together, show what they would be as one, and join them."""
    article, user = editable(request, pk, Act.JOIN)
    given = request.POST if request.method == "POST" else request.GET
    try:
        ending = onward(request)
        refuse_nul(request)
    except ParameterError as fault:
        return refused(request, fault)
    try:
        chosen = _chosen(given, article)
    except ParameterError as fault:
        return _page(request, article, [article], problem=fault.message)
    together = _in_order([article, *chosen], given)
    if request.method != "POST":
        # The form was sent as it stood: its empty field is in the address.
        is_nothing = not chosen and "more" in given and "choose" not in given
        problem = "Choose at least one article to join to this one." if is_nothing else ""
        return _page(request, article, together, problem=problem)
    if any(given.get(f"base-{each.pk}") != str(each.version_id) for each in together):
        return _page(request, article, together, is_stale=True)
    first, *others = together
    try:
        operation = join(first, others, by=user, door=Door.PAGE, expected_state=state_of(first))
    except StaleError:
        return _page(request, article, together, is_stale=True)
    except TextRefusedError as fault:
        return _page(request, article, together, problem=str(fault))
    tell(request, operation)
    return to_article(first, ending)


def _chosen(given: QueryDict, article: Article) -> list[Article]:
    """Return the articles to be joined to one. Raises ParameterError."""
    asked = [*given.getlist("with"), *given.get("more", "").replace(",", " ").split()]
    numbers = list(dict.fromkeys(_number(text) for text in asked))
    if len(numbers) > AT_ONCE:
        raise ParameterError("with", f"Join at most {AT_ONCE} articles at a time.")
    found = _standing(article).in_bulk(numbers)
    if missing := [number for number in numbers if number not in found]:
        raise ParameterError(
            "with",
            f"There is no article {missing[0]} in this corpus that can be joined to this one.",
        )
    return [found[number] for number in numbers]


def _number(text: str) -> int:
    """Return an article's number, given as such or by its address. Raises ParameterError."""
    match = _ADDRESS.fullmatch(urlsplit(text).path) if "/" in text else None
    number = whole_number(match[1] if match else text)
    if number is None:
        raise ParameterError(
            "more", "Give an article by its number, such as 123, or by its address here."
        )
    return number


def _standing(article: Article) -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(corpus=article.corpus_id, standing=True)
    return articles.exclude(pk=article.pk).select_related("corpus", "source", "version")


def _in_order(articles: Sequence[Article], given: QueryDict) -> list[Article]:
    """Return articles as their texts follow each other: from one capture, as they stand in it."""
    ordered = sorted(articles, key=_place)
    first = whole_number(given.get("first", ""))
    return sorted(ordered, key=lambda each: each.pk != first)


def _place(article: Article) -> tuple[int, list[int], int]:
    version = standing(article)
    numbers = [int(digits[:18]) for digits in _NUMBERS.findall(version.locator)]
    return version.capture_id or _NO_CAPTURE, numbers, article.pk


def _neighbours(article: Article) -> list[Article]:
    """Return the articles beside one in its capture, itself among them, in the capture's order."""
    version = standing(article)
    if version.capture_id is None:
        return [article]
    published = Version.objects.filter(capture=version.capture_id, origin=Origin.PUBLISHED)
    here = published.filter(locator=version.locator).values_list("pk", "article_id").first()
    at, whole = here or (version.pk, article.pk)
    # What splits made of the same place: of a large capture, few among what people put right.
    parts = TextCorrection.objects.filter(
        version__capture=version.capture_id, version__locator=version.locator
    )
    ids = {
        whole,
        *parts.values_list("article_id", flat=True)[:AT_ONCE],
        *published.filter(pk__gt=at).order_by("pk").values_list("article_id", flat=True)[:BESIDE],
        *published.filter(pk__lt=at).order_by("-pk").values_list("article_id", flat=True)[:BESIDE],
    }
    found = _standing(article).filter(pk__in=ids, version__capture=version.capture_id)
    return sorted([article, *found], key=_place)


def _page(
    request: HttpRequest,
    article: Article,
    together: Sequence[Article],
    *,
    is_stale: bool = False,
    problem: str = "",
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    chosen = {each.pk for each in together}
    ticked = chosen | {whole_number(text) for text in given.getlist("with")}
    neighbours = _neighbours(article)
    context = {
        "section": "articles",
        "article": article,
        "neighbours": [(each, each.pk in ticked) for each in neighbours],
        "together": [(each, blocks_of(standing(each))) for each in together],
        "is_preview": len(together) > 1 and "choose" not in given,
        "others": [each for each in together if each.pk != article.pk],
        "beyond": chosen - {each.pk for each in neighbours},
        "typed": given.get("more", "") if problem else "",
        "first": together[0],
        "is_stale": is_stale,
        "problem": problem,
        "place": request.GET.get("in", ""),
        "onward": onward(request),
    }
    status = HTTPStatus.OK
    if is_stale:
        status = HTTPStatus.CONFLICT
    elif problem:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "article_edit/join.html", context, status=status)
