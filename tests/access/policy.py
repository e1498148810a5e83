"""Who may see and do what: a line for every address, of pages and of the API.

A new address without a line here fails ``tests/access/test_matrix.py``. A line names, by method,
the least that one must be; :class:`Need` says what that means for whom. ``about`` is the object
that ``pk`` stands for, see ``tests/access/world.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from articles.models import Access, Role

ANONYMOUS, OUTSIDER, SUPERUSER = "anonymous", "outsider", "superuser"
MEMBERS = tuple(role.value for role in Role)
VISITORS = (ANONYMOUS, OUTSIDER, *MEMBERS, SUPERUSER)


def knows(visitor: str, access: Access) -> bool:
    """Whether a visitor may know that a corpus is there."""
    return access is not Access.MEMBERS or visitor not in {ANONYMOUS, OUTSIDER}


def reads(visitor: str, access: Access) -> bool:
    """Whether a visitor may read the texts of a corpus."""
    return access is Access.OPEN or visitor not in {ANONYMOUS, OUTSIDER}


class Need(Enum):
    """The least that one must be."""

    NOTHING = "anyone, of whatever corpus"
    ACCOUNT = "anyone who is logged in"
    KNOW = "who may know of the corpus"
    KNOW_AS_SOMEONE = "who may know of the corpus, and is logged in"
    READ = "who may read the texts of the corpus"
    READ_AS_SOMEONE = "who may read the texts, and is logged in"
    VIEWER = "viewer"
    ANNOTATOR = "annotator"
    EDITOR = "editor"
    ADMIN = "admin"
    OWNER = "whose it is, here the superuser"
    MAKER = "superuser, or an admin of any corpus"

    def is_met(self, visitor: str, access: Access) -> bool:
        """Whether a visitor is that to a corpus."""
        someone = visitor != ANONYMOUS
        plain = {
            Need.NOTHING: True,
            Need.ACCOUNT: someone,
            Need.KNOW: knows(visitor, access),
            Need.KNOW_AS_SOMEONE: knows(visitor, access) and someone,
            Need.READ: reads(visitor, access),
            Need.READ_AS_SOMEONE: reads(visitor, access) and someone,
        }
        if self in plain:
            return plain[self]
        if visitor == SUPERUSER or self is Need.OWNER:
            return visitor == SUPERUSER
        role = Role.ADMIN if self is Need.MAKER else Role(self.value)
        return visitor in {each.value for each in Role.at_least(role)}


@dataclass(frozen=True)
class Line:
    """The policy of one address.

    ``sees`` is who may know that this is there: to others it answers 404, to those 403 where they
    may see but not do. ``values`` are the values of the address's further parts: the name of an
    object, or a value. ``query`` and ``body`` are sent where the answer depends on them; in a query
    ``{name}`` is the id of an object, in a body ``"@name"``. ``nothing_to_strangers``: who may not
    know of the corpus is let in and finds nothing.
    """

    about: str = ""
    GET: Need | None = None
    POST: Need | None = None
    PATCH: Need | None = None
    PUT: Need | None = None
    DELETE: Need | None = None
    sees: Need = Need.KNOW
    values: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    nothing_to_strangers: bool = False
    # An invitation tells whoever holds it what it is to; a feed, what its owner may know of.
    names_the_corpus: bool = False

    def need(self, method: str) -> Need | None:
        """Return what a method needs; None where there is no such method."""
        found: Need | None = getattr(self, method)
        return found


N = Need
PAGES: Mapping[str, Line] = {
    # Lists show what one may know of, and nothing else.
    "home": Line(GET=N.NOTHING),
    "article-list": Line(GET=N.NOTHING, query="article={article}"),
    "most-edited": Line(GET=N.NOTHING),
    "search-help": Line(GET=N.NOTHING),
    "concordance": Line(GET=N.NOTHING, query="q=quillwor*"),
    "concordance-file": Line(GET=N.NOTHING, values={"ending": "csv"}, query="q=quillwor*"),
    "compare": Line(GET=N.NOTHING, query="q=*&q=source:zi*&by=source"),
    # Of what one may know of, texts where one may read them; see tests/export/test_answers.py.
    "answer-export": Line(GET=N.NOTHING, query="q="),
    "answer-export-file": Line(GET=N.NOTHING, query="q=", values={"ending": "jsonl"}),
    "export-start": Line(POST=N.ACCOUNT, body={"format": "csv"}),
    "export-jobs": Line(GET=N.ACCOUNT),
    "export-file": Line("export", GET=N.OWNER, sees=N.OWNER),
    "export-cancel": Line("export", POST=N.OWNER, sees=N.OWNER),
    "export-remove": Line("export", POST=N.OWNER, sees=N.OWNER),
    "opensearch": Line(GET=N.NOTHING),
    "source-list": Line(GET=N.NOTHING),
    "source-options": Line(GET=N.NOTHING, query="source=zi"),
    # Names of a corpus as one types: for those who may read it.
    "entity-list": Line(GET=N.NOTHING),
    "entity-new": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.READ, query="corpus={slug}"),
    "entity-load": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.READ, query="corpus={slug}"),
    "entity-detail": Line("entity", GET=N.READ, sees=N.READ),
    "entity-edit": Line("entity", GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.READ),
    "entity-name-add": Line("entity", POST=N.ANNOTATOR, sees=N.READ),
    "entity-name-remove": Line(
        "entity", POST=N.ANNOTATOR, sees=N.READ, values={"name": "entity_name"}
    ),
    "entity-id-add": Line("entity", POST=N.ANNOTATOR, sees=N.READ),
    "entity-id-remove": Line(
        "entity", POST=N.ANNOTATOR, sees=N.READ, values={"number": "external_id"}
    ),
    "entity-merge": Line("entity", GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.READ),
    "entity-different": Line("entity", POST=N.ANNOTATOR, sees=N.READ),
    "entity-split": Line("entity", GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.READ),
    "entity-history": Line("entity", GET=N.VIEWER, sees=N.READ),
    "entity-suggest": Line(GET=N.READ, sees=N.READ, query="corpus={slug}&q=zi"),
    # Stories, as far as their articles may be known of; a note on one, for who may read them.
    "story-list": Line(GET=N.NOTHING, query="q=zibeline"),
    "story-detail": Line("story", GET=N.KNOW),
    "story-edit": Line("story", GET=N.ANNOTATOR, POST=N.ANNOTATOR),
    "story-merge": Line("story", GET=N.ANNOTATOR, POST=N.ANNOTATOR),
    "story-move": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, query="articles={article}"),
    "story-history": Line("story", GET=N.VIEWER),
    "story-feed": Line("story", GET=N.KNOW),
    # Of texts, so of corpora that one may read.
    "coverage-flow": Line(GET=N.NOTHING, query="q=quillw*"),
    "coverage-flow-file": Line(GET=N.NOTHING, query="q=quillw*"),
    "coverage-flow-pairs": Line(GET=N.READ, sees=N.READ, query="taker={source}&giver={source}"),
    "person-list": Line(GET=N.NOTHING),
    "person-options": Line(GET=N.NOTHING, query="author=zi"),
    "corpus-list": Line(GET=N.NOTHING),
    "import-list": Line(GET=N.ACCOUNT),
    "operation-list": Line(GET=N.ACCOUNT),
    # What is for editors of whatever corpus is no secret.
    "worklist": Line(GET=N.EDITOR, sees=N.NOTHING),
    "worklist-article": Line(GET=N.EDITOR, POST=N.EDITOR, sees=N.NOTHING),
    # Articles
    "article-detail": Line("article", GET=N.KNOW),
    "article-pane": Line("article", GET=N.KNOW),
    "article-cite": Line("article", GET=N.KNOW, values={"ending": "bib"}),
    "article-changes": Line("article", GET=N.KNOW),
    "article-history": Line("article", GET=N.KNOW),
    "version-detail": Line("article", GET=N.READ, values={"number": 1}),
    "version-changes": Line("article", GET=N.READ, values={"number": 2}),
    "edition-compare": Line(
        "article",
        GET=N.READ,
        values={"first": "article", "second": "other_article", "third": "article"},
    ),
    "article-edit": Line("article", GET=N.EDITOR, POST=N.EDITOR),
    "article-names": Line("article", GET=N.EDITOR, query="source=zi"),
    "article-text": Line("article", GET=N.EDITOR, POST=N.EDITOR),
    "article-split": Line("article", GET=N.EDITOR, POST=N.EDITOR),
    "article-join": Line("article", GET=N.EDITOR, POST=N.EDITOR),
    "version-choose": Line("article", POST=N.EDITOR, values={"number": 1}),
    # Tags, for who may read the text they stand in.
    "tag-list": Line("article", GET=N.READ, POST=N.ANNOTATOR),
    "tag-detail": Line("article", POST=N.ANNOTATOR, values={"tag": "tag"}),
    "tag-same": Line("article", GET=N.ANNOTATOR, POST=N.ANNOTATOR, values={"tag": "tag"}),
    "spread-new": Line("article", GET=N.ANNOTATOR, POST=N.ANNOTATOR, values={"tag": "tag"}),
    "article-suggest": Line("article", POST=N.ANNOTATOR),
    # Of corpora that one may tag in, and of nothing else.
    "suggestion-list": Line(GET=N.ACCOUNT),
    "suggestion-decide": Line(POST=N.ANNOTATOR, body={"corpus": "of-others", "do": "accept"}),
    "suggestion-spread": Line(POST=N.ANNOTATOR, body={"corpus": "of-others"}),
    "orphan-list": Line(GET=N.ACCOUNT),
    "orphan-decide": Line("orphan", POST=N.ANNOTATOR, sees=N.READ, body={"do": "drop"}),
    "spread-detail": Line("spread", GET=N.OWNER, sees=N.OWNER),
    "spread-moved": Line("spread", GET=N.NOTHING),
    "spread-progress": Line("spread", GET=N.OWNER, sees=N.OWNER),
    "spread-refused": Line("spread", GET=N.OWNER, sees=N.OWNER),
    "spread-cancel": Line("spread", POST=N.OWNER, sees=N.OWNER),
    "tag-edit": Line("article", GET=N.ANNOTATOR, POST=N.ANNOTATOR, values={"tag": "tag"}),
    "tag-relate": Line("article", POST=N.ANNOTATOR, values={"tag": "tag"}),
    "tag-new": Line("article", GET=N.ANNOTATOR, POST=N.ANNOTATOR),
    "tag-acts": Line("article", POST=N.ANNOTATOR),
    # What another did is undone by editors.
    "tag-undo": Line("article", POST=N.EDITOR, values={"operation": "tagging"}),
    "article-codes": Line("article", POST=N.ANNOTATOR),
    "article-codes-edit": Line("article", GET=N.ANNOTATOR, POST=N.ANNOTATOR),
    "article-correct-many": Line(
        GET=N.EDITOR, POST=N.EDITOR, query="ids={article}", nothing_to_strangers=True
    ),
    # Sources and authors
    "source-detail": Line("source", GET=N.KNOW),
    "source-history": Line("source", GET=N.KNOW),
    "person-detail": Line("person", GET=N.KNOW),
    "person-history": Line("person", GET=N.KNOW),
    "source-edit": Line("source", GET=N.EDITOR, POST=N.EDITOR),
    "source-name-add": Line("source", POST=N.EDITOR),
    "source-name-remove": Line("source", POST=N.EDITOR, values={"name": "alias"}),
    "source-split": Line("source", POST=N.EDITOR),
    "source-merge": Line("source", GET=N.EDITOR, POST=N.EDITOR),
    "source-twins": Line(GET=N.EDITOR, POST=N.EDITOR, query="corpus={slug}"),
    "person-edit": Line("person", GET=N.EDITOR, POST=N.EDITOR),
    "person-name-add": Line("person", POST=N.EDITOR),
    "person-name-remove": Line("person", POST=N.EDITOR, values={"name": "other_name"}),
    "person-split": Line("person", POST=N.EDITOR),
    "person-merge": Line("person", GET=N.EDITOR, POST=N.EDITOR),
    "person-twins": Line(GET=N.EDITOR, POST=N.EDITOR, query="corpus={slug}"),
    # Collections: the one of this world is the superuser's own; for shared ones see
    # tests/views/test_collection_pages.py.
    # Codebooks, for who may read the texts; work, for who leads it and whom it was given to.
    "codebook-list": Line(GET=N.NOTHING),
    "codebook-detail": Line("codebook", GET=N.READ, sees=N.READ),
    "codebook-new": Line(GET=N.EDITOR, POST=N.EDITOR, sees=N.NOTHING),
    "codebook-edit": Line("codebook", GET=N.EDITOR, POST=N.EDITOR, sees=N.READ),
    "codebook-main": Line("codebook", POST=N.EDITOR, sees=N.READ),
    "codebook-migrate": Line("codebook", GET=N.EDITOR, POST=N.EDITOR, sees=N.READ),
    "codebook-file": Line("codebook", GET=N.READ, sees=N.READ),
    "task-list": Line(GET=N.ACCOUNT),
    "task-new": Line(GET=N.EDITOR, POST=N.EDITOR, sees=N.NOTHING),
    "task-detail": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-edit": Line("task", POST=N.EDITOR, sees=N.EDITOR, body={"name": "Another"}),
    "task-people": Line("task", POST=N.EDITOR, sees=N.EDITOR),
    "task-take-out": Line(
        "task", GET=N.EDITOR, POST=N.EDITOR, sees=N.EDITOR, values={"user": "task_person"}
    ),
    "task-terms": Line("task", GET=N.EDITOR, POST=N.EDITOR, sees=N.EDITOR, body={"do": "open"}),
    "task-state": Line("task", POST=N.EDITOR, sees=N.EDITOR, body={"do": "close"}),
    "task-suggest": Line("task", POST=N.EDITOR, sees=N.EDITOR),
    "task-agreement": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-agreement-file": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-settle": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-settle-item": Line(
        "task",
        GET=N.EDITOR,
        POST=N.EDITOR,
        sees=N.EDITOR,
        values={"position": 1},
        body={"do": "agreed"},
    ),
    "task-next": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-work": Line(
        "task",
        GET=N.OWNER,
        POST=N.OWNER,
        sees=N.OWNER,
        values={"position": 1},
        body={"do": "skip"},
    ),
    "collection-list": Line(GET=N.ACCOUNT),
    "collection-new": Line(GET=N.VIEWER, POST=N.VIEWER, sees=N.NOTHING),
    "collection-add": Line(GET=N.VIEWER, POST=N.VIEWER, query="articles={article}"),
    "collection-sample": Line(GET=N.VIEWER, POST=N.VIEWER, sees=N.NOTHING, query="q="),
    "collection-detail": Line("collection", GET=N.OWNER, sees=N.OWNER),
    "collection-edit": Line("collection", GET=N.OWNER, POST=N.OWNER, sees=N.OWNER),
    "collection-copy": Line("collection", POST=N.OWNER, sees=N.OWNER),
    "collection-remove": Line("collection", POST=N.OWNER, sees=N.OWNER),
    "collection-item-remove": Line("collection", POST=N.OWNER, sees=N.OWNER),
    "collection-item-note": Line("collection", POST=N.OWNER, sees=N.OWNER),
    # Saved searches are one's own; a feed is for whoever has its address.
    "saved-search-list": Line(GET=N.ACCOUNT),
    "saved-search-new": Line(GET=N.ACCOUNT, POST=N.ACCOUNT),
    "saved-search": Line("search", GET=N.OWNER, sees=N.OWNER),
    "saved-search-edit": Line("search", GET=N.OWNER, POST=N.OWNER, sees=N.OWNER),
    "saved-search-look": Line("search", POST=N.OWNER, sees=N.OWNER),
    "saved-search-remove": Line("search", POST=N.OWNER, sees=N.OWNER),
    "saved-search-restore": Line("removed_search", POST=N.OWNER, sees=N.OWNER),
    "saved-search-feed": Line("search", GET=N.OWNER, sees=N.OWNER),
    "saved-search-feed-new": Line("search", POST=N.OWNER, sees=N.OWNER),
    "saved-search-feed-end": Line("search", POST=N.OWNER, sees=N.OWNER),
    "feed": Line(GET=N.NOTHING, values={"secret": "feed_secret"}, names_the_corpus=True),
    # Captures and imports: where their corpus is not to be read, they are not there.
    "capture-detail": Line("capture", GET=N.READ, sees=N.READ),
    "capture-raw": Line("capture", GET=N.READ, sees=N.READ),
    "tag-export": Line(GET=N.NOTHING),
    "tag-export-file": Line(GET=N.NOTHING, values={"name": "jsonl"}),
    # That two are linked is for who may know of them, who judged it for the members.
    "link-list": Line(
        GET=N.NOTHING,
        POST=N.ANNOTATOR,
        query="view=list&status=all",
        body={"link": "@link", "do": "confirm"},
    ),
    "link-detail": Line("link", GET=N.KNOW),
    "link-history": Line("link", GET=N.VIEWER),
    "link-judge": Line("link", POST=N.ANNOTATOR, body={"do": "confirm"}),
    "link-accept": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, query="corpus=of-others"),
    "link-new": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.NOTHING, query="first={article}"),
    "link-options": Line(GET=N.ACCOUNT, query="first={article}&second=quillwor*"),
    "link-export": Line(GET=N.NOTHING),
    "link-export-file": Line(GET=N.NOTHING, values={"form": "jsonl"}),
    "tag-import": Line(GET=N.ANNOTATOR, POST=N.ANNOTATOR, sees=N.NOTHING),
    "import-new": Line(GET=N.EDITOR, POST=N.EDITOR, sees=N.NOTHING),
    "import-preview": Line(POST=N.EDITOR, sees=N.NOTHING),
    "import-detail": Line("run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE),
    "import-progress": Line("run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE),
    "import-retry": Line("run", POST=N.EDITOR, sees=N.READ_AS_SOMEONE),
    "import-cancel": Line("run", POST=N.EDITOR, sees=N.READ_AS_SOMEONE),
    "import-report": Line(
        "run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE, values={"ending": "csv"}
    ),
    # History
    "operation-detail": Line("operation", GET=N.VIEWER, sees=N.VIEWER),
    "operation-undo": Line("operation", POST=N.EDITOR, sees=N.VIEWER),
    # Corpora and their members
    "corpus-new": Line(GET=N.MAKER, POST=N.MAKER, sees=N.NOTHING),
    "corpus-detail": Line(GET=N.KNOW),
    "corpus-settings": Line(GET=N.ADMIN, POST=N.ADMIN),
    "corpus-members": Line(GET=N.VIEWER),
    "member-add": Line(POST=N.ADMIN),
    "member-role": Line(POST=N.ADMIN),
    "member-remove": Line(POST=N.ADMIN),
    "corpus-leave": Line(POST=N.VIEWER),
    "corpus-invite": Line(POST=N.ADMIN),
    "invitation-revoke": Line("invitation", POST=N.ADMIN),
    # Whoever holds its secret is let in: that is what an invitation is.
    "invitation-accept": Line(GET=N.NOTHING, POST=N.NOTHING, names_the_corpus=True),
    # Oneself
    "login": Line(GET=N.NOTHING, POST=N.NOTHING),
    "logout": Line(POST=N.NOTHING),
    "account": Line(GET=N.ACCOUNT),
    "password-change": Line(GET=N.ACCOUNT, POST=N.ACCOUNT),
    "token-new": Line(POST=N.ACCOUNT),
    "token-revoke": Line("token", POST=N.OWNER, sees=N.OWNER),
    "theme": Line(POST=N.NOTHING),
    "health": Line(GET=N.NOTHING),
}

_ARTICLE = {"corpus": "of-others", "headline": "A headline"}
_TAG = {"article": "@article", "start": 0, "end": 1, "quote": "Z", "kind": "person"}
API: Mapping[str, Line] = {
    "corpus-list": Line(GET=N.NOTHING, POST=N.MAKER, sees=N.NOTHING, body={"name": "Another"}),
    "corpus-detail": Line("corpus", GET=N.KNOW, PATCH=N.ADMIN, body={"name": "Another"}),
    "member-list": Line("corpus", GET=N.VIEWER, POST=N.ADMIN),
    "member-detail": Line(
        "corpus", GET=N.VIEWER, PATCH=N.ADMIN, DELETE=N.ADMIN, body={"role": "editor"}
    ),
    "invitation-list": Line("corpus", GET=N.ADMIN, POST=N.ADMIN, body={"role": "viewer"}),
    "invitation-detail": Line("corpus", GET=N.ADMIN, values={"invitation": "invitation"}),
    "invitation-revoke": Line("corpus", POST=N.ADMIN, values={"invitation": "invitation"}),
    "source-list": Line(GET=N.NOTHING),
    "source-detail": Line("source", GET=N.KNOW, PATCH=N.EDITOR, body={"country": "GB"}),
    "author-list": Line(GET=N.NOTHING),
    "author-detail": Line("person", GET=N.KNOW, PATCH=N.EDITOR, body={"name": "Another"}),
    "source-names": Line("source", GET=N.KNOW_AS_SOMEONE, POST=N.EDITOR, body={"name": "Another"}),
    "source-name": Line("source", DELETE=N.EDITOR, values={"number": "alias"}),
    "source-merge": Line("source", POST=N.EDITOR, body={"sources": ["@source"]}),
    "source-split": Line("source", POST=N.EDITOR, body={"names": ["@alias"], "to_new": "Other"}),
    "source-different": Line("source", POST=N.EDITOR, body={"from": "@source"}),
    "source-twins": Line(GET=N.EDITOR, query="corpus={slug}"),
    "author-names": Line("person", POST=N.EDITOR, body={"name": "Another"}),
    "author-name": Line("person", DELETE=N.EDITOR, values={"number": "other_name"}),
    "author-merge": Line("person", POST=N.EDITOR, body={"authors": ["@person"]}),
    "author-split": Line("person", POST=N.EDITOR, body={"names": ["@other_name"]}),
    "author-different": Line("person", POST=N.EDITOR, body={"from": "@person"}),
    "author-twins": Line(GET=N.EDITOR, query="corpus={slug}"),
    "article-list": Line(GET=N.NOTHING, POST=N.EDITOR, body=_ARTICLE),
    "article-bulk": Line(
        POST=N.EDITOR, body={"corpus": "of-others", "articles": [{"headline": "A"}]}
    ),
    "article-detail": Line("article", GET=N.KNOW, PATCH=N.EDITOR, body={"section": "Home"}),
    "article-text": Line("article", PUT=N.EDITOR, body={"body": "Other words."}),
    "article-split": Line("article", POST=N.EDITOR, body={"at": [1]}),
    "article-join": Line("article", POST=N.EDITOR, body={"articles": ["@other_article"]}),
    "article-flags": Line("article", POST=N.EDITOR, body={"flags": ["truncated"]}),
    "article-correct": Line(
        POST=N.EDITOR, body={"articles": ["@article"], "changes": {"section": "Home"}}
    ),
    "version-stand": Line("article", POST=N.EDITOR, values={"number": 1}),
    "article-history": Line("article", GET=N.KNOW),
    # Of what one may know of: see tests/api/test_searching.py for what is shown of it.
    "search": Line(GET=N.NOTHING, query="q=zibeline&include=results,total,facets,histogram"),
    "search-concordance": Line(GET=N.NOTHING, query="q=quillw*"),
    "search-compare": Line(GET=N.NOTHING, query="q=quillw*&q=zibeline"),
    "search-validate": Line(GET=N.NOTHING, query="q=zibeline"),
    "search-export": Line(GET=N.NOTHING, query="q=", values={"ending": "jsonl"}),
    "export-list": Line(GET=N.ACCOUNT, POST=N.ACCOUNT, body={"q": "", "format": "csv"}),
    "export-detail": Line("export", GET=N.OWNER, DELETE=N.OWNER, sees=N.OWNER),
    "export-file": Line("export", GET=N.OWNER, sees=N.OWNER),
    # What someone keeps for themselves; shared collections: tests/api/test_keeping_api.py.
    "saved-search-list": Line(
        GET=N.ACCOUNT, POST=N.ACCOUNT, body={"name": "Mine", "query": "harbour"}
    ),
    "saved-search": Line(
        "search", GET=N.OWNER, PATCH=N.OWNER, DELETE=N.OWNER, sees=N.OWNER, body={"name": "Mine"}
    ),
    "saved-search-look": Line("search", POST=N.OWNER, sees=N.OWNER),
    "saved-search-feed": Line("search", POST=N.OWNER, DELETE=N.OWNER, sees=N.OWNER),
    "saved-search-restore": Line("removed_search", POST=N.OWNER, sees=N.OWNER),
    "collection-list": Line(
        GET=N.ACCOUNT, POST=N.VIEWER, body={"corpus": "of-others", "name": "Mine"}
    ),
    "collection-detail": Line(
        "collection", GET=N.OWNER, PATCH=N.OWNER, DELETE=N.OWNER, sees=N.OWNER, body={"note": "x"}
    ),
    "collection-items": Line(
        "collection", GET=N.OWNER, POST=N.OWNER, sees=N.OWNER, body={"articles": ["@article"]}
    ),
    "collection-remove": Line(
        "collection", POST=N.OWNER, sees=N.OWNER, body={"articles": ["@article"]}
    ),
    "collection-item": Line(
        "collection", GET=N.OWNER, PATCH=N.OWNER, DELETE=N.OWNER, sees=N.OWNER, body={"note": "x"}
    ),
    # Tags are for those who may read the texts; of blind work see tests/api/test_blind_api.py.
    "article-mentions": Line("article", GET=N.READ, sees=N.READ),
    "mention-list": Line(GET=N.NOTHING, POST=N.ANNOTATOR, body=_TAG),
    "mention-bulk": Line(POST=N.ANNOTATOR, body={"mentions": [_TAG]}),
    "mention-decide": Line(POST=N.ANNOTATOR, sees=N.READ, body={"reject": ["@tag"]}),
    "mention-detail": Line(
        "tag",
        GET=N.READ,
        PATCH=N.ANNOTATOR,
        DELETE=N.ANNOTATOR,
        sees=N.READ,
        body={"comment": "Another"},
    ),
    "mention-relate": Line(
        "tag", POST=N.ANNOTATOR, sees=N.READ, body={"kind": "speaker", "target": "@tag"}
    ),
    "mention-unrelate": Line(
        "tag", POST=N.ANNOTATOR, sees=N.READ, body={"kind": "speaker", "target": "@tag"}
    ),
    "orphan-list": Line(GET=N.NOTHING),
    "orphan-place": Line(
        "orphan", POST=N.ANNOTATOR, sees=N.READ, body={"start": 0, "end": 1, "quote": "Z"}
    ),
    "orphan-drop": Line("orphan", POST=N.ANNOTATOR, sees=N.READ),
    "tag-export": Line(GET=N.NOTHING),
    "tag-export-file": Line(GET=N.NOTHING, values={"tags": "jsonl"}),
    "tag-import": Line(POST=N.ACCOUNT, sees=N.NOTHING),
    "tag-import-detail": Line("tag_import", GET=N.OWNER, sees=N.OWNER),
    "tag-import-cancel": Line("tag_import", POST=N.OWNER, sees=N.OWNER),
    "collect-job": Line("collect_job", GET=N.OWNER, sees=N.OWNER),
    "collect-job-cancel": Line("collect_job", POST=N.OWNER, sees=N.OWNER),
    "code-list": Line(
        GET=N.NOTHING,
        POST=N.ANNOTATOR,
        body={"article": "@article", "code": "note", "values": ["Another"]},
    ),
    "entity-list": Line(
        GET=N.NOTHING,
        POST=N.ANNOTATOR,
        body={"corpus": "of-others", "name": "Another", "kind": "person"},
    ),
    "entity-detail": Line(
        "entity", GET=N.READ, PATCH=N.ANNOTATOR, sees=N.READ, body={"name": "Another"}
    ),
    "entity-names": Line("entity", POST=N.ANNOTATOR, sees=N.READ, body={"name": "Another"}),
    "entity-name": Line(
        "entity", DELETE=N.ANNOTATOR, sees=N.READ, values={"number": "entity_name"}
    ),
    "entity-ids": Line(
        "entity", POST=N.ANNOTATOR, sees=N.READ, body={"scheme": "viaf", "value": "7"}
    ),
    "entity-id": Line("entity", DELETE=N.ANNOTATOR, sees=N.READ, values={"number": "external_id"}),
    "entity-merge": Line("entity", POST=N.ANNOTATOR, sees=N.READ, body={"entities": ["@entity"]}),
    "entity-split": Line("entity", POST=N.ANNOTATOR, sees=N.READ, body={"entities": ["@entity"]}),
    "entity-different": Line("entity", POST=N.ANNOTATOR, sees=N.READ, body={"from": "@entity"}),
    "codebook-list": Line(
        GET=N.NOTHING,
        POST=N.EDITOR,
        body={"corpus": "of-others", "name": "Another", "content": {}},
    ),
    "codebook-detail": Line(
        "codebook", GET=N.READ, PATCH=N.EDITOR, sees=N.READ, body={"note": "Another"}
    ),
    "codebook-draft": Line(
        "codebook", PUT=N.EDITOR, DELETE=N.EDITOR, sees=N.READ, body={"content": {}}
    ),
    "codebook-publish": Line("codebook", POST=N.EDITOR, sees=N.READ),
    "codebook-version": Line("codebook", GET=N.READ, sees=N.READ, values={"number": 1}),
    # The task of this world is the superuser's own.
    "task-list": Line(
        GET=N.ACCOUNT,
        POST=N.EDITOR,
        body={
            "corpus": "of-others",
            "name": "Another",
            "people": ["superuser-person"],
            "articles": ["@article"],
        },
    ),
    "task-detail": Line(
        "task", GET=N.EDITOR, PATCH=N.EDITOR, sees=N.EDITOR, body={"name": "Another"}
    ),
    "task-progress": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-people": Line(
        "task", POST=N.EDITOR, sees=N.EDITOR, body={"people": ["annotator-person"]}
    ),
    "task-take-out": Line(
        "task", POST=N.EDITOR, sees=N.EDITOR, body={"person": "annotator-person"}
    ),
    "task-agreement": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-settling": Line(
        "task",
        GET=N.EDITOR,
        POST=N.EDITOR,
        sees=N.EDITOR,
        body={"items": [{"position": 1, "take_agreed": True}]},
    ),
    "task-settling-item": Line("task", GET=N.EDITOR, sees=N.EDITOR, values={"position": 1}),
    "task-assignments": Line("task", GET=N.EDITOR, sees=N.EDITOR),
    "task-assignment": Line(
        "task",
        GET=N.EDITOR,
        PATCH=N.OWNER,
        sees=N.EDITOR,
        values={"number": "assignment"},
        body={"status": "done"},
    ),
    # That two are linked is for who may know of them; what speaks for it, for who may read them.
    "link-list": Line(
        GET=N.NOTHING,
        POST=N.ANNOTATOR,
        body={"first": "@article", "second": "@other_article", "kind": "background"},
    ),
    "link-export": Line(GET=N.NOTHING, values={"form": "jsonl"}),
    "link-judge-many": Line(POST=N.ANNOTATOR, body={"reject": ["@link"]}),
    "link-detail": Line("link", GET=N.KNOW),
    "link-evidence": Line("link", GET=N.READ, sees=N.READ),
    "link-judge": Line("link", POST=N.ANNOTATOR, DELETE=N.ANNOTATOR, body={"verdict": "rejected"}),
    "link-kind": Line("link", POST=N.ANNOTATOR, body={"kind": "background"}),
    "article-related": Line("article", GET=N.KNOW),
    "article-compare": Line("article", GET=N.READ, sees=N.READ, values={"other": "other_article"}),
    "story-list": Line(GET=N.NOTHING, POST=N.ANNOTATOR, body={"articles": ["@article"]}),
    "story-detail": Line("story", GET=N.KNOW, PATCH=N.ANNOTATOR, body={"name": "Another"}),
    "story-articles": Line("story", GET=N.KNOW),
    "outlet-list": Line(GET=N.NOTHING, query="q=quillw*"),
    "story-merge": Line("story", POST=N.ANNOTATOR, body={"stories": ["@story"]}),
    "story-split": Line("story", POST=N.ANNOTATOR, body={"articles": ["@article"]}),
    "story-move": Line(POST=N.ANNOTATOR, body={"articles": ["@article"], "to": None}),
    "story-let-go": Line(POST=N.ANNOTATOR, body={"articles": ["@article"]}),
    "operation-list": Line(GET=N.ACCOUNT),
    "operation-detail": Line("operation", GET=N.VIEWER, sees=N.VIEWER),
    "operation-changes": Line("operation", GET=N.VIEWER, sees=N.VIEWER),
    "operation-undo": Line("operation", POST=N.EDITOR, sees=N.VIEWER),
    "version-list": Line("article", GET=N.KNOW),
    "version-detail": Line("article", GET=N.KNOW, values={"number": 1}),
    "capture-list": Line(GET=N.NOTHING),
    "capture-detail": Line("capture", GET=N.READ, sees=N.READ),
    "capture-bytes": Line("capture", GET=N.READ, sees=N.READ),
    "import-list": Line(
        GET=N.ACCOUNT, POST=N.EDITOR, body={"corpus": "of-others", "text": "A headline"}
    ),
    "import-detail": Line("run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE),
    "import-items": Line("run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE),
    "import-retry": Line("run", POST=N.EDITOR, sees=N.READ_AS_SOMEONE),
    "import-cancel": Line("run", POST=N.EDITOR, sees=N.READ_AS_SOMEONE),
    "import-report": Line("run", GET=N.READ_AS_SOMEONE, sees=N.READ_AS_SOMEONE),
    "schema": Line(GET=N.NOTHING),
    "docs": Line(GET=N.NOTHING),
}

_ANNOTATION = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "Annotation",
    "body": {"type": "TextualBody", "purpose": "classifying", "value": "person"},
    "target": {
        "source": "@article_address",
        "selector": {"type": "TextPositionSelector", "start": 0, "end": 8},
    },
}
# The W3C Web Annotation Protocol.
ANNOTATIONS: Mapping[str, Line] = {
    "container": Line(GET=N.NOTHING, POST=N.ANNOTATOR, sees=N.READ, body=_ANNOTATION),
    "annotation": Line(
        GET=N.READ,
        PUT=N.ANNOTATOR,
        DELETE=N.ANNOTATOR,
        sees=N.READ,
        values={"name": "tag_key"},
        body=_ANNOTATION,
    ),
}
