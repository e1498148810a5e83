"""Who wrote a page: JSON-LD authors, meta tags, and the byline as printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.formats.pages import headlines, linked_data, printed, tree
from articles.formats.pages.page import Found, Page
from articles.parsed import Credit, CreditKind
from articles.reading import agencies, bylines
from articles.text import Block, BlockKind

_META = (
    "author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator",
    "sailthru.author", "cxenseparse:author", "citation_author", "article:author_name", "creator",
    "articleauthor", "twitter:misc:written by",
)  # fmt: skip
_MAX_AUTHORS = 40
_MAX_NAME = 80
_OPENING = 3
_CLOSING = 3
# Where a name that is no person's may be trusted to be a byline all the same.
_DESK_RULES = ("json-ld", "meta", "html itemprop")
_DIGIT = re.compile(r"\d")
_COMPANY = " organization"
# A picture's credit that strayed among the authors.
_PICTURE = re.compile(
    r"\(|(?:images?|photos?|pictures?|bild|fotos?)\s*(?:credits?|by)?\s*:", re.IGNORECASE
)
_MAIL = re.compile(r"\S*@\S+")
# The account that a blog's software comes with: it posts what others wrote.
_ACCOUNT = re.compile(r"/author/admin/?(?:$|[\s#?])")
_LABELS = re.compile(
    r"written by|author|verfasst|geschrieben|écrit par|escrito|scritto|von$|by$", re.IGNORECASE
)
# An agency that our table does not know, by how agencies are called.
_WORDS = r"[^\W\d_][\w.&’'-]*(?: [\w.&’'-]+){0,4}"
_AGENCY = re.compile(
    rf"^(?!by\b){_WORDS} (?:news agency|press agency|cable agency|agency|press service|"
    r"news service|wire service|newswire|nachrichtenagentur|presseagentur|pressedienst)$"
    rf"|^(?:agence|agencia|agência|agenzia|agentur) {_WORDS}$",
    re.IGNORECASE,
)
# Two to five words, the first with a capital: "Miguel A. Herrero", "Ana de la Cruz".
_FULL_NAME = re.compile(r"^[^\W\d_a-z][^\W\d_]*[.’'-]?(?: [^\W\d_][\w.’'-]*){1,4}$")


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline as printed or as given, its credits, and where it was found.

    ``printed`` are lines of the page that name the same people. A byline may name nobody that is a
    person or an agency: a desk, or the outlet itself.
    """

    credits: tuple[Credit, ...]
    found: Found
    printed: tuple[str, ...] = ()


def find(page: Page) -> Authors | None:
    """Return who is behind a page, or None where it does not say."""
    desk: Authors | None = None
    company: Authors | None = None
    for names in _sources(page):
        named = [bare for found in names if _is_name((bare := _without_mail(found)).value)]
        if not named:
            continue
        raw = "; ".join(found.raw for found in named)
        authors = Authors(_credits(named, page), Found(raw, named[0].rule, raw))
        if authors.credits and _is_sure(named, authors):
            return _with_agencies(authors, page)
        if authors.credits:
            company = company or authors
        if desk is None and named[0].rule.startswith(_DESK_RULES) and len(raw) <= _MAX_NAME:
            desk = authors
    return company or desk


def _is_sure(named: list[Found], authors: Authors) -> bool:
    """Whether names are not all an organisation's that merely reads like a person's."""
    return any(not found.rule.endswith(_COMPANY) for found in named) or all(
        credit.kind is CreditKind.AGENCY for credit in authors.credits
    )


def _sources(page: Page) -> Iterator[list[Found]]:
    """Yield the names that each rule finds, surest first."""
    yield _from_jsonld(page)
    yield from _from_meta(page)
    yield from printed.found(page)
    yield from printed.labelled(page)


def _with_agencies(authors: Authors, page: Page) -> Authors:
    """Add the agencies that a byline below the headline names beside the same people."""
    for text in printed.below_headline(page):
        authors = _joined(authors, text)
    return authors


def with_first_lines(authors: Authors, blocks: Sequence[Block]) -> Authors:
    """Add what a byline that opens the body names beside the same people."""
    opening = in_text(blocks) if authors.credits else None
    return _joined(authors, opening[1].found.value) if opening else authors


def _joined(authors: Authors, line: str) -> Authors:
    """Add a printed byline, and its agencies, if it names one of the authors."""
    known = {credit.name.casefold() for credit in authors.credits}
    named = bylines.parse(line)
    if known.isdisjoint(credit.name.casefold() for credit in named):
        return authors
    added = (
        credit
        for credit in named
        if credit.kind is CreditKind.AGENCY and credit.name.casefold() not in known
    )
    return Authors((*authors.credits, *added), authors.found, (*authors.printed, line))


def _without_mail(found: Found) -> Found:
    """Return a name without the addresses and handles beside it."""
    if "@" not in found.value:
        return found
    return Found(_MAIL.sub("", found.value).strip(" ,;|·()<>[]-–—"), found.rule, found.raw)


def _is_name(value: str) -> bool:
    if not value or "://" in value or len(value) > printed.MAX_BYLINE:
        return False
    return not _PICTURE.match(value)


def _from_jsonld(page: Page) -> list[Found]:
    """Return the names that JSON-LD gives as authors, else as creators."""
    for node in (page.article, *(n for n in page.nodes if "WebPage" in linked_data.types(n))):
        for key in ("author", "creator"):
            names = [
                Found(name, f"json-ld {key}{_kind(value, page)}", name)
                for value in linked_data.as_list(node.get(key))[:_MAX_AUTHORS]
                for name in _names(value, page)
            ]
            if names:
                return names
    return []


def _kind(value: object, page: Page) -> str:
    """Return `` person`` for a node that says it is one: its name needs no proof.

    `` organization`` is for one that says it is none: printed names are believed before it.
    """
    types = linked_data.types(page.resolve(value)) if isinstance(value, dict) else []
    if types == ["Person"]:
        return " person"
    return _COMPANY if any(name.endswith("Organization") for name in types) else ""


def _names(value: object, page: Page) -> Iterator[str]:
    if isinstance(value, dict):
        value = page.resolve(value)
        inner = value.get("name")
        for item in linked_data.as_list(inner):
            if name := linked_data.text_of(item):
                yield name
    elif isinstance(value, str) and (words := linked_data.plain(value)):
        yield words


def _from_meta(page: Page) -> Iterator[list[Found]]:
    for name in _META:
        values = [linked_data.plain(value) for value in page.meta(name)[:_MAX_AUTHORS]]
        yield [Found(value, f"meta {name}", value) for value in values if value]
    label, data = page.first("twitter:label1"), page.first("twitter:data1")
    if label and data and _LABELS.search(label.value):
        yield [data]


def in_text(blocks: Sequence[Block]) -> tuple[int, Authors] | None:
    """Return the byline that opens a body, with its block's index, or None."""
    for index, block in enumerate(blocks[:_OPENING]):
        text = block.text
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        if len(text) > _MAX_NAME or text.endswith((".", "!", "?", ":")) or _DIGIT.search(text):
            continue
        named = bylines.parse(text)
        if named and (index == 0 or bylines.looks_like_byline(text)):
            return index, Authors(named, Found(text, "first lines", text))
    return None


def closing(blocks: Sequence[Block]) -> tuple[int, Authors] | None:
    """Return the line of credits that ends a body ("Reporting by …"), with its index, or None."""
    for index in range(len(blocks) - 1, max(len(blocks) - 1 - _CLOSING, 0), -1):
        text = blocks[index].text
        line = text.strip(" ()[].")
        if len(line) <= printed.MAX_BYLINE and bylines.looks_like_byline(line):
            named = bylines.parse(line)
            if named:
                return index, Authors(named, Found(text, "last lines", text))
    return None


def _accounts(page: Page, *, linked: bool) -> set[str]:
    """Return the names of accounts that post for a site, as their pages' addresses tell."""
    nodes = (value for value in linked_data.as_list(page.article.get("author")))
    named = {
        name
        for node in nodes
        if isinstance(node, dict) and _ACCOUNT.search(f"{node.get('url')} {node.get('@id')}")
        for name in _names(node, page)
    }
    around = page.around_heading if linked else ()
    links = (link for link in around if _ACCOUNT.search(link.get("href") or ""))
    return named | {tree.words_of(link) for link in links}


def _credits(names: list[Found], page: Page) -> tuple[Credit, ...]:
    """Return the persons and agencies among names; the outlet itself is neither."""
    credits_: dict[tuple[CreditKind, str], Credit] = {}
    accounts = _accounts(page, linked=names[0].rule.startswith("html"))
    for found in names:
        if agency := agencies.canonical(found.value):
            parsed: tuple[Credit, ...] = (Credit(CreditKind.AGENCY, agency),)
        elif _AGENCY.match(found.value) and not headlines.is_site(found.value, page):
            parsed = (Credit(CreditKind.AGENCY, found.value),)
        elif found.value in accounts or headlines.is_site(found.value, page):
            continue
        else:
            parsed = bylines.parse(found.value)
            if len(parsed) == 1 and found.value == f"{parsed[0].name}.":
                parsed = (replace(parsed[0], name=found.value),)  # "John Roe Jr."
            if not parsed and found.rule.endswith(" person") and _FULL_NAME.match(found.value):
                parsed = (Credit(CreditKind.PERSON, found.value),)
        for credit in parsed:
            credits_.setdefault((credit.kind, credit.name.casefold()), credit)
    return tuple(credits_.values())
