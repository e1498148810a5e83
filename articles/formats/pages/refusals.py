"""Pages that are no article: error pages, consent walls, search pages, section fronts."""
# ruff: noqa: E501 - patterns read better unbroken

import re
from collections.abc import Sequence

from lxml.etree import XPath

from articles.formats.pages import linked_data
from articles.formats.pages.page import Page, split_url
from articles.parsed import Refused
from articles.text import Block, word_count

CODE = "not_an_article"
# Below so many words, a page whose title sounds like an error is one.
_FEW_WORDS = 150
_SENTENCE = 12
# A teaser is shorter than this many words, and a text has so many longer paragraphs.
_PARAGRAPH, _PARAGRAPHS = 50, 3
# A page that does not call itself an article, and has so many headings that are links.
_MANY_LINKS = 8

_ERROR = re.compile(
    r"^(?:error\W*)?(?:404|403|410|500|502|503)\b|\b(?:404|403|410|500|502|503)(?:\s*[-–—:|]\s*|\s+error\b|$)"
    r"|\b(?:page|article|story|file|url)\s+(?:was\s+|is\s+|could\s+)?(?:not\s+(?:be\s+)?found|no\s+longer|doesn.t exist|unavailable)"
    r"|\bnot found$|^not found\b|\bcan.?t be found\b|\bserver error\b|\bbad gateway\b|\bservice unavailable\b"
    r"|\bgateway time-?out\b|\bseite (?:wurde )?nicht gefunden|\bpage (?:introuvable|non trouvée)"
    r"|\bpágina no (?:encontrada|existe)|\bpágina não encontrada|\bpagina non trovata|\bpagina niet gevonden"
    r"|страница не найдена|ページが見つかりません|页面不存在|الصفحة غير موجودة",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\baccess (?:to this page )?(?:has been |is )?denied\b|\bforbidden\b|\bjust a moment\b|\battention required\b"
    r"|\bare you a (?:robot|human)\b|\bverify (?:that )?you are (?:a )?human\b|\bsecurity check\b"
    r"|\bpardon our interruption\b|\bunusual traffic\b|\bcaptcha\b|\benable javascript\b|\brequest blocked\b"
    r"|\brobot or human\b|\bchecking your browser\b|\bzugriff verweigert\b|\baccès refusé\b|\bacceso denegado\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\bbefore you continue\b|\b(?:your|privacy|cookie) (?:privacy )?(?:choices|consent|preferences|settings)\b"
    r"|\bcookie (?:consent|policy|notice|wall)\b|\bwe value your privacy\b|\bconsent (?:required|page|management)\b"
    r"|\bzustimmung\b|\bdatenschutz-?einstellungen\b|\bgestion des cookies\b|\bprivacy gate\b|\bDPG Media Privacy\b",
    re.IGNORECASE,
)
_SEARCH_TITLE = re.compile(
    r"^(?:search|search results|you searched for|results for|suche|suchergebnisse|recherche|résultats|búsqueda|"
    r"resultados|ricerca|zoeken|поиск|検索)\b",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(
    r"/(?:search|suche|recherche|buscar|busca|ricerca|zoeken)(?:/|$|\.\w+$)", re.IGNORECASE
)
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|keywords?)=", re.IGNORECASE)
# Three paragraphs of some length, one right after the other: a front's stand under headings.
_LONG = "[string-length(normalize-space()) > 60]"
_NEXT = f"following-sibling::*[1][self::p]{_LONG}"
_RUNNING_TEXT = XPath(f"boolean(//p{_LONG}[{_NEXT}[{_NEXT}]])")
_ARTICLE_TYPE = re.compile(r"article|news|story|post", re.IGNORECASE)


def refuse(page: Page, body: Sequence[Block], words: int) -> Refused | None:
    """Return why the page, whose body has so many words, is no article; or None if it is one."""
    title = page.title or page.heading
    reason = _error(page, title, words) or _listing(page, title, body, words)
    if reason is None and not body and not page.article and not _says_article(page):
        reason = "No article was found on this page. Paste its text if you can see one there."
    if reason is None:
        return None
    return Refused("", CODE, reason, title[:500])


def _error(page: Page, title: str, words: int) -> str | None:
    if page.article.get("headline") or words > _FEW_WORDS:
        return None
    for pattern, what in (
        (_ERROR, "an error page"),
        (_DENIED, "a page that denies access"),
        (_CONSENT, "a consent wall"),
    ):
        if pattern.search(title) or pattern.search(page.heading):
            return (
                f"This is {what} (“{title[:80]}”), not an article. "
                "Open the article in a browser and save the page from there."
            )
    return None


def _listing(page: Page, title: str, body: Sequence[Block], words: int) -> str | None:
    parts = split_url(page.canonical_url.value if page.canonical_url else page.url)
    if page.article.get("headline") and words > _FEW_WORDS:
        return None
    named = _SEARCH_TITLE.search(title) or _SEARCH_TITLE.search(page.heading)
    if not page.article and (named or _is_search(parts)):
        return "This is a search page, not an article. Save the articles it lists one by one."
    front = (
        "This is a section front, a page that lists articles, not an article. "
        "Save the articles it lists one by one."
    )
    if any(linked_data.is_front(node) for node in page.nodes) and not page.article:
        return front
    if page.article or _says_article(page):
        return None
    if parts is not None and parts[1] in {"", "/"} and not parts[2]:
        return front
    lengths = [word_count(block.text) for block in body]
    sentences = sum(1 for length in lengths if length >= _SENTENCE)
    if sum(1 for length in lengths if length >= _PARAGRAPH) >= _PARAGRAPHS:
        return None
    if page.linked_headings >= max(_MANY_LINKS, sentences) and not _RUNNING_TEXT(page.root):
        return front
    return None


def _is_search(parts: tuple[str, str, str] | None) -> bool:
    if parts is None:
        return False
    _, path, query = parts
    return bool(_SEARCH_PATH.search(path) or (path in {"", "/"} and _SEARCH_QUERY.search(query)))


def _says_article(page: Page) -> bool:
    kind = page.first("og:type")
    return bool(kind and _ARTICLE_TYPE.search(kind.value)) or bool(
        page.meta("article:published_time")
    )
