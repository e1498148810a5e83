"""What the API sends: a schema for every kind of object. Keys come in the order given here."""

from collections.abc import Mapping

from articles.api.articles.records import FIELDS
from articles.api.articles.records import SCHEMA as RECORD
from articles.api.checking import NO_NUL
from articles.api.schemas.corrections import CORRECTION_ANSWERS, CORRECTIONS
from articles.api.schemas.history import HISTORY, HISTORY_OBJECTS, OPERATION_REFERENCE
from articles.api.schemas.keeping import KEPT, KEPT_OBJECTS
from articles.api.schemas.related import RELATED, RELATED_OBJECTS
from articles.api.schemas.search import FOUND, INDEX, SEARCH
from articles.api.schemas.tagging import TAGGED, TAGGED_OBJECTS
from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    DATE,
    INTEGER,
    MOMENT,
    SHA256,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
    page,
    ref,
)
from articles.models import Access, Door, ImportStatus, Origin, Outcome, Role
from articles.parsed import CreditKind, Flag, Precision
from articles.text import BlockKind

_TEXT = about(
    "The whole text in NFC: headline, standfirst, key points, body, captions, notes, with blank "
    "lines between. All offsets into it count Unicode code points (not bytes, not UTF-16 units) "
    "from 0; ends are exclusive.",
    STRING,
)
_BLOCKS = about(
    "What each part of `text` is, in order and disjoint; `start` and `end` are offsets in code "
    "points.",
    array(ref("Block")),
)
_SNIPPET = about("The body's first words.", STRING)
_TEXT_AVAILABLE = about(
    "Whether you may read the text. Of a licensed corpus only its members may: to others `text`, "
    "`blocks`, `key_points`, `captions`, `extra`, `provenance`, `dropped` and `capture` are null.",
    BOOLEAN,
)
_CORPUS = fixed(id=INTEGER, slug=STRING)
_READ_DATE = fixed(date=DATE, precision=enum(Precision), at=nullable(MOMENT))
_OBJECT: Schema = {"type": "object"}
_NULLABLE_LINES = {
    name: nullable(STRING) for name in ("section", "page", "edition", "language", "canonical_url")
}
_VERSION_REFERENCE = fixed(
    id=INTEGER,
    number={"type": "integer", "minimum": 1},
    origin=enum(Origin),
    sha256=SHA256,
    first_seen=MOMENT,
    last_seen=MOMENT,
)
_CAPTURE_REFERENCE = fixed(
    id=INTEGER, url=ADDRESS, locator=about("The article's place in the capture.", STRING)
)
_PROVENANCE = about(
    "By field: the rule that read it, and the raw string that it read.",
    {"type": "object", "additionalProperties": fixed(rule=STRING, raw=STRING)},
)
_ORIGIN = {
    "published": nullable(ref("Published")),
    "modified": about(
        "The instant of the last change that the outlet states, or its day.",
        {"anyOf": [MOMENT, DATE, {"type": "null"}]},
    ),
    "byline": about("As printed.", nullable(STRING)),
    "credits": array(ref("Credit")),
    "dateline": nullable(ref("Dateline")),
    **_NULLABLE_LINES,
}
_IDENTITY = {
    "id": INTEGER,
    "url": ADDRESS,
    "external_id": nullable(STRING),
    "corpus": _CORPUS,
    "source": nullable(fixed(id=INTEGER, name=STRING)),
    "headline": STRING,
    "standfirst": nullable(STRING),
}
_VERSION = {
    "id": INTEGER,
    "url": ADDRESS,
    "article": fixed(id=INTEGER, url=ADDRESS),
    "number": {"type": "integer", "minimum": 1},
    "origin": enum(Origin),
    "sha256": SHA256,
    "word_count": COUNT,
    "first_seen": MOMENT,
    "last_seen": MOMENT,
    "reader": fixed(name=STRING, version=STRING),
    "capture": nullable(_CAPTURE_REFERENCE),
}
_IMPORT = {
    "id": INTEGER,
    "url": ADDRESS,
    "items_url": ADDRESS,
    "report_url": ADDRESS,
    "corpus": _CORPUS,
    "status": enum(ImportStatus),
    "door": enum(Door),
    "source": nullable(STRING),
    "format": nullable(STRING),
    "created_at": MOMENT,
    "started_at": nullable(MOMENT),
    "progressed_at": nullable(MOMENT),
    "finished_at": nullable(MOMENT),
    "counts": fixed(**{outcome.value: COUNT for outcome in Outcome}),
    "total": COUNT,
}
_REFERENCE = fixed(id=INTEGER, url=ADDRESS)
_LISTED = {
    **_IDENTITY,
    "snippet": _SNIPPET,
    **_ORIGIN,
    "word_count": COUNT,
    "flags": array(enum(Flag)),
    "version": nullable(_VERSION_REFERENCE),
}

_OBJECTS: Mapping[str, Schema] = {
    **HISTORY_OBJECTS,
    **KEPT_OBJECTS,
    **TAGGED_OBJECTS,
    **RELATED_OBJECTS,
    "Corpus": fixed(
        id=INTEGER,
        url=ADDRESS,
        slug=STRING,
        name=STRING,
        description=STRING,
        access=enum(Access),
        created_at=MOMENT,
        members_url=about("For its members.", ADDRESS),
        invitations_url=about("For its admins.", ADDRESS),
    ),
    "Member": fixed(
        id=about("The id of the person.", INTEGER),
        url=ADDRESS,
        corpus=_CORPUS,
        username=STRING,
        role=enum(Role),
    ),
    "Invitation": fixed(
        id=INTEGER,
        url=ADDRESS,
        corpus=_CORPUS,
        role=enum(Role),
        note=about("Whom it is for.", STRING),
        state=enum(["open", "used", "revoked", "expired"]),
        created_by=nullable(STRING),
        created_at=MOMENT,
        expires_at=MOMENT,
        accepted_by=nullable(STRING),
        accepted_at=nullable(MOMENT),
        revoked_at=nullable(MOMENT),
        link=about(
            "The address that lets someone in: told once, in the answer to the POST that made it.",
            nullable(ADDRESS),
        ),
    ),
    "Source": fixed(
        id=INTEGER,
        url=ADDRESS,
        corpus=_CORPUS,
        name=STRING,
        aliases=array(STRING),
        domains=array(STRING),
        country=nullable(STRING),
        languages=array(STRING),
        merged_into=about("The source that it is one with now.", nullable(_REFERENCE)),
    ),
    "Author": fixed(
        id=INTEGER,
        url=ADDRESS,
        corpus=_CORPUS,
        name=STRING,
        other_names=about(
            "Further names under which they are printed.",
            array(fixed(id=INTEGER, url=ADDRESS, name=STRING)),
        ),
        same_as=about("The author of whom this is another name.", nullable(_REFERENCE)),
    ),
    "ListedArticle": fixed(**_LISTED),
    "ListedVersion": fixed(**_VERSION),
    "Capture": fixed(
        id=INTEGER,
        url=ADDRESS,
        bytes_url=ADDRESS,
        corpus=_CORPUS,
        sha256=SHA256,
        size=about("Bytes.", COUNT),
        media_type=STRING,
        filename=nullable(STRING),
        fetched_from=nullable(STRING),
        received_at=MOMENT,
    ),
    "ListedImport": fixed(**_IMPORT),
    "ImportItem": fixed(
        id=INTEGER,
        location=STRING,
        locator=STRING,
        outcome=enum(Outcome),
        article=nullable(_REFERENCE),
        code=about("A word for scripts, of what failed.", nullable(STRING)),
        reason=about("A sentence for people, of what failed.", nullable(STRING)),
        retried_in=nullable(_REFERENCE),
    ),
}
COMPONENTS: Mapping[str, Schema] = {
    **_OBJECTS,
    **HISTORY,
    **CORRECTION_ANSWERS,
    **SEARCH,
    **KEPT,
    **TAGGED,
    **RELATED,
    "FoundArticle": fixed(**{**_LISTED, **FOUND}),
    **{f"{name}Page": page(name) for name in _OBJECTS},
    "ListedArticlePage": page("ListedArticle", index=nullable(INDEX)),
    "StoryPage": page(
        "Story", is_whole=about("False where headlines could not be searched for `q`.", BOOLEAN)
    ),
    "Article": fixed(
        **_IDENTITY,
        snippet=_SNIPPET,
        key_points=nullable(array(STRING)),
        **_ORIGIN,
        captions=nullable(array(ref("Caption"))),
        rights=nullable(STRING),
        extra=nullable(about("Columns and fields that have no name here, as they came.", _OBJECT)),
        text_available=_TEXT_AVAILABLE,
        text=nullable(_TEXT),
        blocks=nullable(_BLOCKS),
        word_count=about("Words of the body.", COUNT),
        flags=array(enum(Flag)),
        corrections=CORRECTIONS,
        provenance=nullable(_PROVENANCE),
        version=_VERSION_REFERENCE,
        capture=nullable(_CAPTURE_REFERENCE),
    ),
    "Version": fixed(
        **_VERSION,
        headline=STRING,
        standfirst=nullable(STRING),
        key_points=nullable(array(STRING)),
        source=about("As printed.", nullable(STRING)),
        published=nullable(_READ_DATE),
        modified=nullable(_READ_DATE),
        byline=nullable(STRING),
        credits=array(ref("Credit")),
        dateline=nullable(ref("Dateline")),
        **_NULLABLE_LINES,
        external_id=nullable(STRING),
        captions=nullable(array(ref("Caption"))),
        rights=nullable(STRING),
        extra=nullable(_OBJECT),
        text_available=_TEXT_AVAILABLE,
        text=nullable(_TEXT),
        blocks=nullable(_BLOCKS),
        flags=array(enum(Flag)),
        provenance=nullable(_PROVENANCE),
        dropped=nullable(
            about(
                "Lines that were left out of the text, and why.",
                array(fixed(line=COUNT, reason=STRING, text=STRING)),
            )
        ),
    ),
    "Published": fixed(
        "When the outlet published it: its local day, and the instant where that is known.",
        at=nullable(MOMENT),
        date=about("The first day of the month or year where only that is known.", DATE),
        precision=enum(Precision),
        origin=about("Whether it was read or a person corrected it.", enum(["read", "corrected"])),
    ),
    "Credit": fixed(
        kind=enum(CreditKind), name=STRING, role=nullable(STRING), place=nullable(STRING)
    ),
    "Dateline": fixed(place=nullable(STRING), agency=nullable(STRING)),
    "Caption": fixed(text=STRING, credit=nullable(STRING)),
    "Block": fixed(kind=enum(BlockKind), start=COUNT, end=COUNT),
    "Import": fixed(
        **_IMPORT,
        inputs=array(
            fixed(
                location=STRING,
                format=nullable(STRING),
                capture=nullable(_REFERENCE),
                size=nullable(COUNT),
                bytes_done=COUNT,
                items_done=COUNT,
                done=BOOLEAN,
                note=about("Where it stopped, if it was read in part only.", nullable(STRING)),
            )
        ),
    ),
    "BulkResults": fixed(
        results=array(
            fixed(
                index=about("The article's place in the request, from 0.", COUNT),
                outcome=enum(Outcome),
                id=nullable(INTEGER),
                url=nullable(ADDRESS),
                errors=ref("FieldErrors"),
            )
        )
    ),
    "SourceNames": fixed(
        results=array(
            fixed(
                id=INTEGER,
                name=STRING,
                articles=about("How many were printed under it.", COUNT),
            )
        )
    ),
    "Twins": fixed(
        total=COUNT,
        results=array(
            fixed(
                first=fixed(id=INTEGER, url=ADDRESS, name=STRING),
                second=fixed(id=INTEGER, url=ADDRESS, name=STRING),
                likeness=enum(["sure", "likely", "possible"]),
                reason=STRING,
                shared_outlets=about("Of authors: how many outlets printed both.", COUNT),
            )
        ),
    ),
    "FieldErrors": about(
        "By field or parameter: what is wrong with it and what to do.",
        {"type": "object", "additionalProperties": STRING},
    ),
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": STRING,
            "title": STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": STRING,
            "errors": ref("FieldErrors"),
            "current": about("Of 412: the object as it is now.", _OBJECT),
            "later": about("Of a refused undo: what is in its way.", array(OPERATION_REFERENCE)),
            "position": about("Of a query that can't be read: where, in code points.", COUNT),
            "length": about("How many code points of it are at fault.", COUNT),
            "meant": about("The query as it was probably meant.", STRING),
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
    "NewArticle": about("An article to be stored.", RECORD),
    "NewArticles": {
        "type": "array",
        "description": "At most 1,000 articles.",
        "minItems": 1,
        "items": ref("JsonObject"),
    },
    "NewArticlesOfOneCorpus": {
        "type": "object",
        "properties": {
            "corpus": FIELDS["corpus"].schema,
            "source": FIELDS["source"].schema,
            "articles": ref("NewArticles"),
        },
        "required": ["articles"],
        "additionalProperties": False,
    },
    "JsonObject": {
        "type": "object",
        "description": "An object as it is sent alone; what is wrong with one is told of that one.",
    },
    "Json": {
        "description": "Any JSON without NUL characters, at most 32 deep.",
        "anyOf": [
            {"type": ["null", "boolean", "number"]},
            {"type": "string", "pattern": NO_NUL},
            {"type": "array", "items": ref("Json")},
            {
                "type": "object",
                "propertyNames": {"pattern": NO_NUL},
                "additionalProperties": ref("Json"),
            },
        ],
    },
}
