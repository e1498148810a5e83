"""Rows of articles and values of facets as HTML. By hand: a page has a hundred of them.

A template took more than half of an answer page's time for them.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from django.template import Context, Library
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.templatetags.access import edits
from articles.templatetags.newsroom import flag_word, short_date
from articles.views.reading.facts import web_address
from articles.views.reading.typesetting import direction
from articles.views.search.facet_links import Value
from articles.views.search.lists import Row

register = Library()
_UNSHOWN = frozenset({"undated", "no_source"})


@register.simple_tag(takes_context=True)
def article_row(context: Context, row: Row) -> SafeString:
    """Return an article's row, open for what stands below it: the template ends it with </li>.

    Of the context, ``pane`` says that a reading pane is beside the list, ``chosen`` which article
    is in it, and ``onward`` is what stands behind addresses.
    """
    article = row.article
    onward = escape(context.get("onward") or "")
    address = f"{_address('article-detail', article.pk)}"
    is_chosen = context.get("chosen") == article.pk
    language = f'lang="{escape(article.language or "")}" dir="{direction(article.language)}"'
    told = _told(context, article, address, onward) if context.get("pane") else ""
    outside = web_address(article.canonical_url)
    outside = f' data-outside="{escape(outside)}"' if outside else ""
    current = ' aria-current="true"' if is_chosen else ""
    html = (
        f'<li class="item{" is-chosen" if is_chosen else ""}" data-article="{article.pk}"'
        f"{told}{outside}>\n"
        f'  <p class="item-line">\n    {_source(article)}\n    {_date(article)}\n  </p>\n'
        f'  <h2 class="item-headline" {language}><a href="{address}{onward}"{current}>'
        f"{conditional_escape(row.headline)}</a></h2>\n"
        f"{_words(row, language)}"
        f'  <p class="item-foot">\n{_foot(row)}  </p>\n'
        f'  <span class="Z3988" title="{escape(row.coins)}"></span>\n'
    )
    return mark_safe(html)  # noqa: S308 -- every part is escaped


def _told(context: Context, article: Article, address: str, onward: str) -> str:
    """Return what a list with a reading pane is told: what to show in it, and where to edit."""
    told = f' data-pane="{address}pane/{onward}"'
    if edits(context["user"], article.corpus_id):
        told += f' data-edits="{_address("article-edit", article.pk)}{onward}"'
    return told


def _source(article: Article) -> str:
    known = (
        f"<bdi>{escape(article.source.name)}</bdi>"
        if article.source
        else '<span class="item-unknown">Unknown source</span>'
    )
    return f'<span class="item-source">{known}</span>'


def _date(article: Article) -> str:
    day = article.published_date
    if not day:
        return '<span class="item-date item-unknown">no date</span>'
    said = short_date(day, article.published_precision)
    return f'<time class="item-date" datetime="{day.isoformat()}">{said}</time>'


def _words(row: Row, language: str) -> str:
    words = row.words
    if not words:
        return ""
    found = " is-found" if row.found else ""
    return f'  <p class="item-snippet{found}" {language}>{conditional_escape(words)}</p>\n'


def _foot(row: Row) -> str:
    article = row.article
    credited = (
        f'    <bdi class="item-byline">{escape(row.credited)}</bdi>\n' if row.credited else ""
    )
    plural = "" if article.word_count == 1 else "s"
    flags = "".join(
        f'<span class="item-flag">{escape(flag_word(flag))}</span>'
        for flag in article.flags
        if flag not in _UNSHOWN
    )
    flags = f"    {flags}\n" if flags else ""
    return f"{credited}    <span>{article.word_count:,} word{plural}</span>\n{flags}"


@register.simple_tag
def facet_values(values: Iterable[Value]) -> SafeString:
    """Return the values of a facet, each with its ways in and out, as items of a list."""
    return mark_safe("".join(map(_value, values)))  # noqa: S308 -- every part is escaped


def _value(value: Value) -> str:
    label, state = escape(value.label), value.state
    is_in, is_out = state == "included", state == "excluded"
    out = "No longer leave out" if is_out else "Leave out"
    return (
        f'<li class="facet-value{f" is-{state}" if state else ""}">'
        f'<a class="facet-in" href="{escape(value.include)}" data-live'
        f"{' aria-current="true"' if is_in else ''}>"
        f'<bdi class="facet-label">{label}</bdi><span class="visually-hidden">, '
        f"{'chosen; take away' if is_in else 'only these'}, </span>"
        f'<span class="facet-count">{value.count:,}</span></a>'
        f'<a class="facet-out" href="{escape(value.exclude)}" data-live title="{out}">'
        f'<span aria-hidden="true">{"+" if is_out else "−"}</span>'
        f'<span class="visually-hidden">{out} {label}</span></a></li>\n'
    )


def _address(name: str, pk: int) -> str:
    before, after = _around(name)
    return f"{before}{pk}{after}"


@cache
def _around(name: str) -> tuple[Any, Any]:
    """Return what stands before and behind the number in an address: each is resolved once."""
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after
