"""What a codebook is made of: kinds of what is tagged, codes of articles, relations."""

from dataclasses import dataclass
from enum import StrEnum

COLOURS = 12

# What the reading view keeps for itself, also while words are chosen. Its other letters (p and v,
# say) tag as long as words are chosen, and do what they always did when none are.
RESERVED_KEYS = frozenset("acegijkmntuxyz")

# Of every codebook: a note on the whole article, as free text.
NOTE = "note"


class ValueType(StrEnum):
    """What an attribute of a mention takes."""

    CHOICE = "choice"
    SCALE = "scale"
    TEXT = "text"


class CodeType(StrEnum):
    """What a code of an article takes."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    FREE = "free"

    @property
    def has_choices(self) -> bool:
        return self in {CodeType.SINGLE, CodeType.MULTIPLE}


class EntityUse(StrEnum):
    """Whether a mention of a kind names an entity."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Example:
    """Words from an article with what is tagged in [brackets]; ``wrong``: not to be tagged so."""

    text: str
    note: str = ""
    wrong: bool = False

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The text in parts, each with whether it is what is tagged."""
        found: list[tuple[str, bool]] = []
        rest = self.text
        while True:
            before, opened, after = rest.partition("[")
            marked, closed, behind = after.partition("]")
            if not (opened and closed):
                break
            found += [(before, False), (marked, True)]
            rest = behind
        return tuple(part for part in (*found, (rest, False)) if part[0])


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to be said of a mention: one of ``choices``, a number of a scale, or free text.

    ``lowest`` and ``highest`` are of scales alone, both included.
    """

    slug: str
    name: str
    type: ValueType
    choices: tuple[str, ...] = ()
    lowest: int = 1
    highest: int = 5
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what is tagged in a text: of an entity, of a span, or a code of a passage.

    ``key`` is one letter, or "" for none. ``colour`` is a place of the palette, 0 to 11.
    """

    slug: str
    name: str
    key: str = ""
    colour: int = 0
    passage: bool = False
    entity: EntityUse = EntityUse.NONE
    guideline: str = ""
    examples: tuple[Example, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, slug: str) -> Attribute | None:
        return next((each for each in self.attributes if each.slug == slug), None)


@dataclass(frozen=True, slots=True)
class CodeKind:
    """A code of whole articles; ``key`` shares the letters of the kinds."""

    slug: str
    name: str
    key: str = ""
    type: CodeType = CodeType.SINGLE
    choices: tuple[str, ...] = ()
    lowest: int = 1
    highest: int = 5
    guideline: str = ""
    examples: tuple[Example, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A relation from a mention of one of ``sources`` to one of ``targets``; none: of any kind."""

    slug: str
    name: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    def allows(self, source: str, target: str) -> bool:
        """Whether it may lead from a mention of one kind to one of another."""
        return (not self.sources or source in self.sources) and (
            not self.targets or target in self.targets
        )


@dataclass(frozen=True, slots=True)
class Content:
    """All of a version of a codebook; ``guideline`` is what holds for all of it."""

    kinds: tuple[Kind, ...] = ()
    codes: tuple[CodeKind, ...] = ()
    relations: tuple[RelationKind, ...] = ()
    guideline: str = ""

    def kind(self, slug: str) -> Kind | None:
        return next((each for each in self.kinds if each.slug == slug), None)

    def code(self, slug: str) -> CodeKind | None:
        """Return the code of a slug; ``note`` is in every codebook."""
        if slug == NOTE:
            return CodeKind(slug=NOTE, name="Note", type=CodeType.FREE)
        return next((each for each in self.codes if each.slug == slug), None)

    def relation(self, slug: str) -> RelationKind | None:
        return next((each for each in self.relations if each.slug == slug), None)


class CodebookError(ValueError):
    """Something that cannot be in a codebook: ``path`` says where (``kinds[2].key``)."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message
