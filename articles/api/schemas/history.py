"""Operations and histories, as the API sends them."""

from collections.abc import Mapping

from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    INTEGER,
    MOMENT,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
    ref,
)
from articles.models import Act, Door

OPERATION_REFERENCE = fixed(id=INTEGER, url=ADDRESS, summary=STRING)
_REFERENCE = fixed(id=INTEGER, url=ADDRESS)
_CORPUS = fixed(id=INTEGER, slug=STRING)
_ANY: Schema = {"description": "Any JSON; null where there is none."}
_OPERATION = {
    "id": INTEGER,
    "url": ADDRESS,
    "changes_url": ADDRESS,
    "undo_url": about("POST to it to undo.", ADDRESS),
    "corpus": _CORPUS,
    "kind": enum(Act),
    "summary": about("What was done, in words.", STRING),
    "size": about("How many objects it concerned.", COUNT),
    "by": about("Who did it; null for a command.", nullable(STRING)),
    "door": enum(Door),
    "at": MOMENT,
    "undoes": nullable(OPERATION_REFERENCE),
    "undone_by": nullable(OPERATION_REFERENCE),
    "can_undo": about("Whether it stands, and your role is enough to undo it.", BOOLEAN),
    "why_not": about("Why you may not undo it.", nullable(STRING)),
}

HISTORY_OBJECTS: Mapping[str, Schema] = {
    "ListedOperation": fixed(**_OPERATION),
    "OperationChange": fixed(
        about=fixed(
            kind=about("article, source, author, user, corpus, invitation or agency.", STRING),
            id=nullable(INTEGER),
            name=STRING,
            url=nullable(ADDRESS),
        ),
        what=enum(["made", "changed", "removed"]),
        fields=array(
            fixed(
                field=STRING,
                before=_ANY,
                after=_ANY,
                sentence=about("The same in words.", STRING),
            )
        ),
    ),
    "HistoryEntry": fixed(
        what=about(
            "An operation of a person; the first text that was stored; a new text by the outlet; "
            "a capture read again by newer rules.",
            enum(["operation", "stored", "new_version", "reread"]),
        ),
        at=MOMENT,
        by=about("Told to members.", nullable(STRING)),
        operation=about("Told to members.", nullable(OPERATION_REFERENCE)),
        undone=nullable(BOOLEAN),
        version=nullable(fixed(id=INTEGER, number=COUNT, url=ADDRESS)),
        capture=nullable(fixed(id=INTEGER, url=ADDRESS, locator=STRING)),
        **{"import": nullable(_REFERENCE)},
        changes=array(ref("OperationChange")),
    ),
}
HISTORY: Mapping[str, Schema] = {
    "Operation": fixed(
        **_OPERATION,
        changes=about(
            "The first 100 objects that it changed; all are at `changes_url`.",
            array(ref("OperationChange")),
        ),
    ),
}
