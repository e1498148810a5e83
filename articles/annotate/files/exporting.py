"""Tags as a file for other tools: of which articles, and what the form of the file can't hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.annotate.files.bundling import Scope, bundles, counted
from articles.annotate.interchange.shape import Format, Losses
from articles.search.asking import Question
from articles.search.engine.answers import Sort

# With more tags what is lost is told by the command alone: telling takes writing all of it.
TOLD_TO = 20_000
_IDS = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """How many bytes a file has, and a line for each kind of what it could not hold."""

    size: int
    losses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TagWish:
    """Whose tags, of the articles of an answer; without one of all in which something is tagged."""

    scope: Scope
    question: Question | None = None

    def counted(self) -> tuple[int, int]:
        """Return how many articles and how many tags there are."""
        return counted(self.scope, self._ids())

    def written(self, form: Format, losses: Losses | None = None) -> Iterator[bytes]:
        """Yield the file; ``losses`` grows by what it can't hold. Raises UnreadableError."""
        known = losses if losses is not None else Losses()
        yield from form.write(bundles(self.scope, known, self._ids()), known)

    def told(self, form: Format) -> Told:
        """Return how large the file is and what it can't hold, by writing it to nowhere.

        Raises UnreadableError.
        """
        losses = Losses()
        return Told(sum(map(len, self.written(form, losses))), losses.lines)

    def _ids(self) -> Iterable[int] | None:
        if self.question is None:
            return None
        return (pk for some in self.question.ids(sort=Sort.ADDED, batch=_IDS) for pk in some)
