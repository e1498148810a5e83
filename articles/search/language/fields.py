"""The fields that a query may name: a registry that later features add to."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What a field's value is."""

    # Words in one part of the text.
    WORDS = "words"
    # Names as a whole, without regard to case and accents.
    NAMES = "names"
    # Articles, by their numbers.
    ARTICLES = "articles"
    DATES = "dates"
    NUMBERS = "numbers"


# The index's field of what is tagged at all, of which ``has:`` tells by these words.
MENTIONED = "mentioned"
OF_TAGS = frozenset({"mention", "suggestion", "code"})
# What of a query depends on what is tagged.
TAGGED = frozenset({"entity", "kind", "tag", "tagged-by"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in queries, what its value is, a sentence for the help panel."""

    name: str
    kind: Kind
    about: str
    example: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """All that a query may name. ``has`` and ``is_`` map words to what they mean."""

    fields: Mapping[str, Field]
    has: Mapping[str, str]
    is_: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Field | None:
        """Return a field by its name, or by another that it goes by, in any case."""
        return self.fields.get(name.casefold())

    def with_more(
        self,
        fields: Iterable[Field] = (),
        *,
        has: Mapping[str, str] | None = None,
        is_: Mapping[str, str] | None = None,
    ) -> "Fields":
        """Return these and more, as a feature adds them."""
        return Fields(
            {**self.fields, **_by_name(fields)},
            {**self.has, **(has or {})},
            {**self.is_, **(is_ or {})},
        )

    def like(self, name: str) -> str | None:
        """Return the field's name that was probably meant."""
        return closest(name, [*self.fields, "has", "is"])


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the word that was probably meant, if one is near."""
    found = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    return {name: each for each in fields for name in (each.name, *each.also)}


OWN = Fields(
    _by_name(
        [
            Field("headline", Kind.WORDS, "Words of the headline", "headline:harbour", ("title",)),
            Field("standfirst", Kind.WORDS, "Words of the standfirst", "standfirst:strike"),
            Field("body", Kind.WORDS, "Words of the body", 'body:"the minister said"', ("text",)),
            Field("caption", Kind.WORDS, "Words of captions", "caption:bridge"),
            Field("byline", Kind.WORDS, "Words of the byline as printed", "byline:almaty"),
            Field("author", Kind.NAMES, "An author, by any of their names", 'author:"Jane Doe"'),
            Field("agency", Kind.NAMES, "A news agency", "agency:Reuters"),
            Field(
                "source", Kind.NAMES, "An outlet, by any name it goes by", 'source:"The Gazette"'
            ),
            Field("place", Kind.NAMES, "The dateline's place", "place:Nairobi", ("dateline",)),
            Field("section", Kind.NAMES, "A section of the paper", "section:world"),
            Field("page", Kind.NAMES, "A page of the paper", "page:A1"),
            Field("edition", Kind.NAMES, "An edition", "edition:late"),
            Field("lang", Kind.NAMES, "A language, by its code", "lang:ar", ("language",)),
            Field("flag", Kind.NAMES, "What needs a look, by its name", "flag:undated"),
            Field("entity", Kind.NAMES, "Who or what is tagged, by any name", 'entity:"Jane Doe"'),
            Field("kind", Kind.NAMES, "A kind of what is tagged", "kind:person"),
            Field(
                "tag", Kind.NAMES, "A code of the article, or one value of it", "tag:frame=economy"
            ),
            Field("tagged-by", Kind.NAMES, "Who tagged it: a user name, or me", "tagged-by:me"),
            Field("story", Kind.NAMES, "A story, by its name or its number", 'story:"The flood"'),
            Field(
                "related",
                Kind.ARTICLES,
                "What an article is linked to, by its number",
                "related:123",
            ),
            Field(
                "copy-of",
                Kind.ARTICLES,
                "What has its words from an article, or as it has them",
                "copy-of:123",
            ),
            Field("collection", Kind.NAMES, "A collection of yours", 'collection:"Camps"'),
            Field("corpus", Kind.NAMES, "A corpus, by its short name", "corpus:default"),
            Field("date", Kind.DATES, "The outlet's printed day", "date:2019-01..2019-03"),
            Field("updated", Kind.DATES, "The day of the outlet's update", "updated:>2019-06"),
            Field("added", Kind.DATES, "The day it came into the corpus", "added:>2026-01"),
            Field("length", Kind.NUMBERS, "Words in the body", "length:>800", ("words",)),
            Field("edits", Kind.NUMBERS, "How often the outlet changed it", "edits:>0"),
        ]
    ),
    has={
        "author": "an author is credited",
        "agency": "an agency is credited",
        "byline": "a byline was printed",
        "caption": "there is a caption",
        "code": "it has a code or a note",
        "date": "its date is known",
        "dateline": "a dateline was printed",
        "editions": "others ran the same text",
        "flag": "it needs a look",
        "link": "it is linked to another article",
        "mention": "something in it is tagged",
        "section": "its section is known",
        "source": "its outlet is known",
        "standfirst": "there is a standfirst",
        "story": "it belongs to a story",
        "suggestion": "a suggestion waits in it",
        "url": "its address is known",
    },
    is_={
        "corrected": "its text was corrected by a person",
        "edited": "its outlet changed it",
        "flagged": "it needs a look",
        "undated": "its date is not known",
    },
)
