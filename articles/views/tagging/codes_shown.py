"""What is said of a whole article, by the codes of its codebook, as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.annotate.codebooks.codebook import CodeKind, Content
from articles.annotate.tags.placed import Coded


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code of the codebook with what is said of the article."""

    code: CodeKind
    values: tuple[str, ...]
    by: str

    @property
    def words(self) -> str:
        return ", ".join(self.values)


def codes_shown(content: Content, coded: Iterable[Coded], *, names_people: bool) -> list[CodeShown]:
    """Return the codes of the codebook, notes last, each with its values."""
    said: dict[str, list[Coded]] = {}
    for row in coded:
        said.setdefault(row.code, []).append(row)
    kinds = [*content.codes, *filter(None, [content.code("note")])]
    return [
        CodeShown(
            kind,
            tuple(row.value for row in said.get(kind.slug, ())),
            ", ".join(dict.fromkeys(row.by_name for row in said.get(kind.slug, ()) if row.by_name))
            if names_people
            else "",
        )
        for kind in kinds
    ]
