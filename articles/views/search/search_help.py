"""How to ask: the language by examples that find something in the visitor's own corpora."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.facets import FacetList, facet_lists
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.fields import OWN
from articles.search.language.query import parse
from articles.views.search.searching import Place

_WORD = re.compile(r"[^\W\d_]{5,12}")
_HEADLINES = 200
# Where there is nothing yet to take words from.
_WORDS = ("harbour", "bridge", "minister")


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it asks, its address, and how many articles it finds; None if not counted."""

    query: str
    about: str
    address: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples of one kind."""

    title: str
    examples: Sequence[Example]


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Show the language, as a page or as the panel of another."""
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "section": "articles",
        "frame": "search/part.html" if is_part else "base.html",
        "is_part": is_part,
        "chapters": _chapters(request),
        "fields": _fields(),
        "has": OWN.has,
        "is_": OWN.is_,
    }
    response = render(request, "search/help.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers, which then offer it in their own search line."""
    return render(
        request,
        "search/opensearch.xml",
        {"root": request.build_absolute_uri("/").rstrip("/")},
        content_type="application/opensearchdescription+xml",
    )


def _fields() -> list[tuple[str, str, str, str]]:
    known = dict.fromkeys(OWN.fields.values())
    return [(each.name, ", ".join(each.also), each.about, each.example) for each in known]


def _chapters(request: HttpRequest) -> list[Chapter]:
    try:
        question = ask("", request.user)
        lists = {each.field: each for each in facet_lists(question, values=2)}
    except (IndexMissingError, TooSlowError):
        question, lists = None, {}
    visible = Article.objects.visible_to(request.user).newest_first()
    headlines = visible.values_list("headline", flat=True)[:_HEADLINES]
    words = _words(headlines)
    return [
        Chapter(title, [_example(question, query, about) for query, about in examples])
        for title, examples in _asked(words, lists)
    ]


def _example(question: Question | None, query: str, about: str) -> Example:
    count: int | None = None
    if question is not None:
        try:
            count = question.but(parse(query)).total()
        except (QueryError, TooSlowError):
            count = None
    return Example(query, about, Place(q=query).address(), count)


def _words(headlines: Iterable[str]) -> tuple[str, str, str]:
    """Return two words that stand side by side in headlines most often, and one from near them."""
    pairs: Counter[tuple[str, str]] = Counter()
    beside: dict[tuple[str, str], str] = {}
    for headline in headlines:
        words = [word.casefold() for word in _WORD.findall(headline)]
        known = set(words)
        for pair in pairwise(re.findall(r"\w+", headline.casefold())):
            if known.issuperset(pair) and pair[0] != pair[1]:
                pairs[pair] += 1
                others = [word for word in words if word not in pair]
                beside.setdefault(pair, others[0] if others else _WORDS[2])
    if not pairs:
        return _WORDS
    best = pairs.most_common(1)[0][0]
    return (*best, beside[best])


def _asked(
    words: tuple[str, str, str], lists: dict[str, FacetList]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    one, two, three = words
    yield (
        "Words",
        [
            (one, "the word in any of its forms, in headline, standfirst, text or caption"),
            (f"{one} {two}", "both words, anywhere in the article"),
            (f"{one} OR {two}", "one of them or both; OR is written in capitals"),
            (f"{one} -{two}", "the first without the second; NOT says the same"),
            (f"({one} OR {two}) {three}", "brackets hold together what belongs together"),
            (f"{one[:4]}*", "words that begin so; * is any letters, ? is one"),
            (f"={one.capitalize()}", "exactly so, with its case and accents, in no other form"),
            (f"{one}~1", "one letter may differ: for misprints and spellings"),
        ],
    )
    yield (
        "Phrases and nearness",
        [
            (f'"{one} {two}"', "these words side by side, in this order"),
            (f'"{one} {two}"~5', "with up to five words between them, in any order"),
            (f"{one} NEAR/10 {two}", "at most ten words between, in any order"),
            (f"{one} PRE/5 {two}", "at most five words between, in this order"),
        ],
    )
    yield "Fields", list(_in_fields(one, two, lists))
    yield (
        "Dates and lengths",
        [
            ("date:1900..1950", "the outlet’s printed day; a month or a year counts on overlap"),
            ("date:>=1912-04", "from April 1912 on; >1912-04 begins with May"),
            ("is:undated", "no date is known"),
            ("length:>800", "more than 800 words in the body"),
            ("-has:author", "nobody is credited"),
        ],
    )


def _in_fields(one: str, two: str, lists: dict[str, FacetList]) -> Iterator[tuple[str, str]]:
    yield f"headline:{one}", "in the headline alone"
    yield f"headline:({one} OR {two})", "brackets work within a field as well"
    said = {
        "source": "an outlet, by any name that it goes by",
        "author": "an author, by any of their names",
        "agency": "a news agency, credited or in the dateline",
        "place": "the place in the dateline",
        "section": "a section of the paper",
    }
    for name, about in said.items():
        values = [v.value for v in lists[name].values if v.value] if name in lists else []
        if values:
            yield f'{name}:"{values[0]}"', about
        if name == "source" and len(values) > 1:
            yield f'source:("{values[0]}" OR "{values[1]}")', "one outlet or another"
