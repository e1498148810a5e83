"""The query parameters, by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from articles import filters
from articles.annotate.files.bundling import Layers
from articles.annotate.interchange.formats import FORMATS as TAG_FORMATS
from articles.api.checking import NO_NUL
from articles.api.search.asked import (
    DEFAULT_LINES,
    DEFAULT_VALUES,
    MAX_LINES,
    MAX_SEED,
    MAX_VALUES,
    PARTS,
    USUAL_PARTS,
    ZOOMS,
)
from articles.export.fields import FIELDS
from articles.models import (
    Act,
    AssignmentStatus,
    LinkKind,
    MentionOrigin,
    MentionStatus,
    Outcome,
)
from articles.parsed import Flag
from articles.related.links.link_filter import STATUSES
from articles.related.links.link_order import LinkOrder
from articles.search import concordance
from articles.search.comparing import BY, FEWEST, MOST
from articles.search.engine.answers import Sort
from articles.search.facets import FACETS

_WORDS = {"type": "string", "maxLength": filters.MAX_VALUE, "pattern": NO_NUL}
_ID = {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}
_SAYS_SOMETHING = r"^[^\u0000]*[!-~][^\u0000]*$"
# Forms send fields that were left empty: an empty filter is none.
_DAY = {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]}


def _some_of(words: Iterable[str]) -> str:
    """Return the pattern of words parted by commas; left empty, it is not given."""
    one = f"({'|'.join(words)})"
    return f"^({one}(,{one})*)?$"


QUERY: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "corpus": ("The slug or id of a corpus. 404 if there is none that you may read.", _WORDS),
    "source": ("The id of a source, or any name that it goes by.", _WORDS),
    "author": ("The id of an author, or the name.", _WORDS),
    "agency": ("The name of a news agency that is credited.", _WORDS),
    "published_after": (
        "Published on this day or later. A month or a year matches where it overlaps.",
        _DAY,
    ),
    "published_before": ("Published on this day or earlier.", _DAY),
    "language": ("A language, such as en.", _WORDS),
    "section": ("A section, as printed.", _WORDS),
    "undated": (
        "Only articles without a date (true) or with one (false).",
        {"type": "string", "enum": ["true", "false", "1", "0", "yes", "no", ""]},
    ),
    "flagged": (
        "Only articles with this flag, or with any.",
        {"type": "string", "enum": ["any", "true", "1", "yes", *Flag, ""]},
    ),
    "outcome": (
        "Only items with this outcome.",
        {"type": "string", "enum": list(Outcome.values)},
    ),
    "by": ("The name of who did it; - for what commands did.", _WORDS),
    "kind": ("What was done.", {"type": "string", "enum": [*Act.values, ""]}),
    "after": ("Done on this day (UTC) or later.", _DAY),
    "before": ("Done on this day (UTC) or earlier.", _DAY),
    "state": (
        "Only what stands, or only what was undone.",
        {"type": "string", "enum": ["standing", "undone", ""]},
    ),
    "q": (
        "A query in the language that docs/searching.md tells; empty for all articles.",
        {"type": "string", "pattern": NO_NUL},
    ),
    "sort": (
        "The order; without one the best first where words are asked for, else the newest.",
        {"type": "string", "enum": [*Sort, ""]},
    ),
    "include": (
        f"The parts of the answer, parted by commas; {', '.join(USUAL_PARTS)} unless told.",
        {"type": "string", "pattern": _some_of(PARTS)},
    ),
    "facets": (
        f"The fields to be counted, parted by commas; all unless told: {', '.join(FACETS)}.",
        {"type": "string", "pattern": _some_of(FACETS)},
    ),
    "values": (
        f"Values a field: {DEFAULT_VALUES} unless told, at most {MAX_VALUES:,}.",
        {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    ),
    "zoom": (
        "What a bar of the histogram stands for; chosen by the span unless told.",
        {"type": "string", "enum": [*ZOOMS, ""]},
    ),
    "fold": (
        "Whether results show each text once, by the first article in the order that has it.",
        {"type": "string", "enum": ["true", "false", ""]},
    ),
    "q.several": (
        f"The queries, {FEWEST} to {MOST}: give this once for each.",
        {
            "type": "array",
            "items": {"type": "string", "pattern": NO_NUL},
            "minItems": FEWEST,
            "maxItems": MOST,
        },
    ),
    "by.compare": (
        "The field by which it is told who covers which more.",
        {"type": "string", "enum": [*BY, ""]},
    ),
    "sort.lines": (
        "The order; by date unless told, the newest first. left1: by the word before the keyword.",
        {"type": "string", "enum": [*concordance.Sort, ""]},
    ),
    "seed.lines": (
        "Of a sample of lines: the same seed draws the same.",
        {"type": "integer", "minimum": 1, "maximum": MAX_SEED},
    ),
    "limit.lines": (
        f"Lines a page: {DEFAULT_LINES} unless told, at most {MAX_LINES:,}.",
        {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    ),
    "sort.export": (
        "The order; the newest first unless told.",
        {"type": "string", "enum": [*(sort for sort in Sort if sort is not Sort.RELEVANCE), ""]},
    ),
    "columns": (
        "Of tables and JSON Lines: what they are to hold, parted by commas; all unless told.",
        {"type": "string", "pattern": _some_of(FIELDS)},
    ),
    "text": (
        "Whether it holds the texts that you may read; it does unless told.",
        {"type": "string", "enum": ["true", "false", ""]},
    ),
    "article.id": ("The id of an article.", _ID),
    "entity.id": ("The id of an entity, or of one that was merged into it.", _ID),
    "kind.tag": ("A kind: a word of the codebook, such as person.", _WORDS),
    "code.tag": ("A code: a word of the codebook, or note.", _WORDS),
    "value.tag": ("What a code says.", _WORDS),
    "name.entity": ("How one of its names begins, however it is written.", _WORDS),
    "external_id": ("What it is called elsewhere: wikidata:Q42.", _WORDS),
    "by.tag": ("The name of who made it, - for nobody; of corpora that you are member of.", _WORDS),
    "status.mention": ("Whether it counts.", {"type": "string", "enum": [*MentionStatus, ""]}),
    "origin.mention": ("How it came to be.", {"type": "string", "enum": [*MentionOrigin, ""]}),
    "key.mention": (
        "The UUID that it was made with.",
        {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36},
    ),
    "task.layer": (
        "The id of a task, - for the corpus's own layer; both unless told.",
        {"type": "string", "pattern": "^([1-9][0-9]{0,14}|-)?$"},
    ),
    "layers.tags": (
        "Whose tags: the corpus's own unless told; of a task, what was settled or each person's.",
        {"type": "string", "enum": [*Layers, ""]},
    ),
    "task.id": ("The id of a task.", _ID),
    "suggestions": (
        "Whether suggestions are in it that nobody has looked at; they are not unless told.",
        {"type": "string", "enum": ["true", "false", ""]},
    ),
    "format.tags": (
        "A form, to be told its size and what it can't hold.",
        {"type": "string", "enum": [*TAG_FORMATS, ""]},
    ),
    "state.task": (
        "Only open or only closed ones.",
        {"type": "string", "enum": ["open", "closed", ""]},
    ),
    "status.assignment": ("How far it is.", {"type": "string", "enum": [*AssignmentStatus, ""]}),
    "person.name": ("A username; me for your own.", _WORDS),
    "articles": (
        "Ids of articles, parted by commas: links between any two of these.",
        {"type": "string", "pattern": "^([0-9]{1,15}(,[0-9]{1,15})*)?$"},
    ),
    "kind.link": ("How the two are related.", {"type": "string", "enum": [*LinkKind, ""]}),
    "status.link": (
        "What is held; held is all that counts. For accepted one may say confirmed, as pages do.",
        {
            "type": "string",
            "enum": [*STATUSES, ""],
        },
    ),
    "q.story": ("Words of the name that a person gave, or of a headline of its articles.", _WORDS),
    "from.story": ("With an article of this day or later.", _DAY),
    "to.story": ("With an article of this day or earlier.", _DAY),
    "order.story": (
        "What comes first: the newest unless told, that of the latest article, or the largest.",
        {"type": "string", "enum": ["newest", "latest", "largest", ""]},
    ),
    "order.link": (
        "What comes first: the newest unless told, the surest, or those least days apart.",
        {"type": "string", "enum": [*LinkOrder, ""]},
    ),
    "score_min": (
        "Found as surely as this or more.",
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
    "by.link": (
        "The name of who judged it, - for what nobody judged; of corpora that you are member of.",
        _WORDS,
    ),
    "since.link": (
        "Made, found or judged since this day (UTC) or instant.",
        {
            "type": "string",
            "anyOf": [{"format": "date"}, {"format": "date-time"}, {"maxLength": 0}],
        },
    ),
    "first_version": ("The number of a version of the first; the current one unless told.", _ID),
    "second_version": ("The number of a version of the second, likewise.", _ID),
    "limit": (
        f"Rows a page: {filters.DEFAULT_LIMIT} unless told; more than {filters.MAX_LIMIT} is that.",
        {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    ),
}
# A cursor is no value that anyone could make up: it stands in `next` and `previous` only.
OPAQUE = frozenset({"cursor"})


def query(name: str, *, required: bool = False) -> dict[str, Any]:
    """Return a query parameter as the schema describes it; ``sort.lines`` is a ``sort``."""
    description, schema = QUERY[name]
    told: dict[str, Any] = {
        "name": name.partition(".")[0],
        "in": "query",
        "description": description,
    }
    told["schema"] = dict(schema)
    if required and schema["type"] == "array":
        told["required"] = True
    elif required:
        # What is left empty is not given, and spaces around it do not count.
        told["required"] = True
        told["schema"]["pattern"] = _SAYS_SOMETHING
    return told


IDEMPOTENCY_KEY: Mapping[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": (
        "Your own name for this request. Sent again under it within 24 hours, the same request "
        "gets the same answer and is not done again; another request gets 409."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
