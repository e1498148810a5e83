"""A place in a query's text, and the steps that can be taken from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.search.language.errors import QueryError
from articles.search.language.fields import Fields

MAX_DEPTH = 60
OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)|(NEAR|PRE)(?:/(\d+))?(?=[\s()\"]|$)")
_WORD_END = re.compile(r'[\s()"]')


@dataclass(slots=True)
class Scanner:
    """A reader of a query's text; ``at`` is the place it has come to."""

    text: str
    fields: Fields
    at: int = 0
    depth: int = 0
    # Within ``headline:(…)`` no other field can be named.
    within: str = ""

    def ignored(self) -> bool:
        """Whether what was just passed over was a sign that means nothing, and there is more."""
        self.space()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            return False
        follows = OPERATOR.match(self.text, self.at)
        # What follows is read on; an OR is for who reads what lies around it.
        return follows is None or follows[1] != "OR"

    def operator(self, *names: str) -> re.Match[str] | None:
        """Pass over one of some operators, if it is next."""
        self.space()
        found = OPERATOR.match(self.text, self.at)
        if found is None or (found[1] or found[2]) not in names:
            return None
        self.at = found.end()
        return found

    def sign(self, sign: str) -> bool:
        """Pass over a sign that stands right before something."""
        if not self.text.startswith(sign, self.at):
            return False
        after = self.text[self.at + 1 : self.at + 2]
        # A dash before a dash is one of a sentence; what is wanted may well be what is not.
        if not after or after.isspace() or after in (")+" if sign == "+" else ")-+"):
            return False
        self.at += 1
        return True

    def space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def word_end(self, begun: int) -> int:
        end = _WORD_END.search(self.text, begun)
        return end.start() if end else len(self.text)

    def deeper[T](self, read: Callable[[], T]) -> T:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"Brackets are nested more than {MAX_DEPTH} deep.")
        found = read()
        self.depth -= 1
        return found

    def unclosed(self, begun: int) -> QueryError:
        return QueryError(
            "This quotation mark is not closed.", position=begun, meant=self.text + '"'
        )

    def without(self, place: int) -> str:
        return (self.text[:place] + self.text[place + 1 :]).strip()

    def error(self, message: str, *, position: int | None = None, meant: str = "") -> QueryError:
        return QueryError(message, position=self.at if position is None else position, meant=meant)
