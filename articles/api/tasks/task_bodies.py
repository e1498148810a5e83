"""What is sent to make tasks, and to go through one's share of them."""

from collections.abc import Mapping
from typing import Any

from articles.annotate.tasks.tasks import (
    INSTRUCTIONS_CHARACTERS,
    MOST_ARTICLES,
    MOST_PEOPLE,
    NAME_CHARACTERS,
)
from articles.annotate.tasks.work import MOST_SECONDS, NOTE_CHARACTERS
from articles.api import checking
from articles.api.articles.records import VISIBLE
from articles.api.checking import ID, YES_NO, BadValueError, Check, array, described, one_of, text
from articles.api.tagging.entity_bodies import CORPUS
from articles.keeping.samples import SEED_CHARACTERS
from articles.models import AssignmentStatus, Sharing
from articles.search.language.query import MAX_CHARACTERS


def whole(least: int, most: int, about: str) -> Check:
    """Return a check of a whole number."""

    def read(value: Any) -> int:
        is_whole = type(value) is int or (type(value) is float and value.is_integer())
        if not is_whole or not least <= value <= most:
            raise BadValueError(f"This must be a whole number from {least:,} to {most:,}.")
        return int(value)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return described(Check(read, schema), about)


_NAME = text(NAME_CHARACTERS, pattern=VISIBLE, hint="This must hold words.")
_INSTRUCTIONS = text(INSTRUCTIONS_CHARACTERS)
_PEOPLE = described(
    array(text(150, pattern=VISIBLE, hint="This must be a username."), MOST_PEOPLE, least=1),
    "Usernames of annotators of the corpus.",
)
NEW: Mapping[str, Check] = {
    "corpus": CORPUS,
    "name": _NAME,
    "people": _PEOPLE,
    "articles": described(array(ID, MOST_ARTICLES, least=1), "Ids of articles of the corpus."),
    "q": text(MAX_CHARACTERS, about="A query, of whose answer articles of the corpus are meant."),
    "collection": described(ID, "The id of a collection, whose articles are meant."),
    "size": whole(1, MOST_ARTICLES, "Of q or collection: draw so many."),
    "seed": described(
        text(SEED_CHARACTERS, pattern=VISIBLE, hint="This must hold words."),
        "Any word or number: the same one draws and shares the same. One is made up if none is.",
    ),
    "sharing": described(one_of(*Sharing), "everyone unless told."),
    "overlap": whole(2, MOST_PEOPLE, "Of sharing overlap: how many people get each article."),
    "blind": described(YES_NO, "Whether nobody sees another's work; it is so unless told."),
    "suggestions": described(YES_NO, "Whether suggestions are shown; not unless told."),
    "instructions": _INSTRUCTIONS,
    "codebook_version": described(ID, "The id of a published version; the main one if none."),
}
WAYS = ("articles", "q", "collection")
_DRAWN = ("size",)
NEW_SCHEMA = {
    "oneOf": [
        checking.fields(
            {
                name: check
                for name, check in NEW.items()
                if name == way or name not in (*WAYS, *(_DRAWN if way == "articles" else ()))
            },
            required=("corpus", "name", "people", way),
        ).schema
        for way in WAYS
    ]
}
CHANGES: Mapping[str, Check] = {
    "name": _NAME,
    "instructions": _INSTRUCTIONS,
    "closed": described(YES_NO, "Closed, nothing more is tagged in it, and what was blind shows."),
    "blind": described(
        YES_NO,
        "False: everyone sees what was tagged in it from now on. True only while nobody has work.",
    ),
    "suggestions": described(YES_NO, "Whether suggestions are shown from now on."),
    "sharing": described(one_of(*Sharing), "Who is to get which articles; what is begun stays."),
    "overlap": whole(2, MOST_PEOPLE, "Of sharing overlap: how many people get each article."),
}
CHANGES_SCHEMA = {**checking.fields(CHANGES).schema, "minProperties": 1}
PEOPLE: Mapping[str, Check] = {"people": _PEOPLE}
PEOPLE_SCHEMA = checking.fields(PEOPLE, required=("people",)).schema
_USERNAME = text(150, pattern=VISIBLE, hint="This must be a username.")
TAKE_OUT: Mapping[str, Check] = {
    "person": described(_USERNAME, "Who is taken out: what they are done with stays theirs."),
    "to": described(
        one_of("others", "pool"),
        "Who gets what they are not done with: the others, or whoever is given work next.",
    ),
    "heir": described(_USERNAME, "Instead of to: the one person who gets it."),
}
TAKE_OUT_SCHEMA = {
    **checking.fields(TAKE_OUT, required=("person",)).schema,
    "not": {"required": ["to", "heir"]},
}
WORK: Mapping[str, Check] = {
    "status": one_of(*AssignmentStatus),
    "needs_discussion": YES_NO,
    "note": text(NOTE_CHARACTERS),
    "seconds": whole(0, MOST_SECONDS, "How long it was looked at, since it was last told."),
}
WORK_SCHEMA = {**checking.fields(WORK).schema, "minProperties": 1}
