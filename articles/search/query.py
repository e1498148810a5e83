"""The query language: what people type, what addresses hold, what scripts send, what is saved.

::

    any      = all ("OR" all)*
    all      = one (["AND"] one)*
    one      = ("NOT" | "-" | "+") one | near
    near     = unit (("NEAR" | "PRE") ["/" number] unit)*
    unit     = "(" any ")" | name ":" value | phrase | word | "*"
    phrase   = ["="] '"' (word | "(" word ("OR" word)* ")")+ '"' ["~" number]
    word     = ["="] letters with * and ? ["~" [number]]

Operators are written in capitals; ``&``, dashes and other signs that stand alone mean nothing.
Typographic quotes and apostrophes are read as straight ones.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from articles.search import values
from articles.search.errors import QueryError
from articles.search.fields import OWN, Field, Fields, Kind, closest
from articles.search.tree import (
    Dates,
    Everything,
    Has,
    In,
    Is,
    Named,
    Near,
    Node,
    Numbers,
    Phrase,
    Positional,
    Word,
    conjunction,
    disjunction,
    is_positional,
    negation,
    walk,
)

MAX_CHARACTERS = 200_000
MAX_DEPTH = 60
MAX_LEAVES = 10_000
MAX_DISTANCE = 1_000
MAX_FUZZY = 2
NEAR_DISTANCE = 10
# One code point for another, so that positions stay those of the query as typed.
_STRAIGHT = str.maketrans("“”„‟«»＂‘’‚‛＇\u00a0\u3000", '"""""""' + "'''''" + "  ")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)|(NEAR|PRE)(?:/(\d+))?(?=[\s()\"]|$)")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(?=\S)")
_EMPTY_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(\s*)")
_SLOP = re.compile(r"~(\d*)")
_WORD_END = re.compile(r'[\s()"]')
_LETTER = re.compile(r"\w")
_WRONG_OPERATORS = {"&&": "AND", "||": "OR"}


def parse(text: str, fields: Fields = OWN) -> Node:
    """Return the tree of a query; raise QueryError with the place and what is expected there."""
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"A query has at most {MAX_CHARACTERS:,} characters.", position=MAX_CHARACTERS
        )
    if "\0" in text:
        raise QueryError("This is a NUL character; remove it.", position=text.index("\0"))
    reader = _Reader(text.translate(_STRAIGHT), fields)
    tree = reader.whole()
    if sum(1 for _ in walk(tree)) > 2 * MAX_LEAVES:
        raise QueryError(f"A query has at most {MAX_LEAVES:,} terms.", position=0, length=len(text))
    return tree


@dataclass(slots=True)
class _Reader:
    """A recursive descent over the text; ``at`` is the place it has come to."""

    text: str
    fields: Fields
    at: int = 0
    depth: int = 0
    # Within ``headline:(…)`` no other field can be named.
    within: str = ""

    def whole(self) -> Node:
        tree = self.any()
        if self.at < len(self.text):
            raise self.error("This bracket was not opened.", meant=self.without(self.at))
        return tree if tree is not None else Everything()

    def any(self) -> Node | None:
        found = [self.all()]
        while operator := self.operator("OR"):
            found.append(self.all())
            if found[-1] is None or found[-2] is None:
                raise QueryError(
                    "OR needs something on both sides.", position=operator.start(), length=2
                )
        parts = [node for node in found if node is not None]
        return disjunction(parts) if parts else None

    def all(self) -> Node | None:
        parts: list[Node] = []
        while True:
            joined = self.operator("AND")
            if joined and not parts:
                raise QueryError(
                    "AND needs something on both sides.", position=joined.start(), length=3
                )
            one = self.one()
            if one is not None:
                parts.append(one)
            elif joined:
                raise QueryError(
                    "AND needs something on both sides.", position=joined.start(), length=3
                )
            elif not self.ignored():
                break
        return conjunction(parts) if parts else None

    def one(self) -> Node | None:
        self.space()
        begun = self.at
        if self.operator("NOT") or self.sign("-"):
            child = self.deeper(self.one)
            if child is None:
                raise QueryError("Say what is not wanted.", position=begun, length=self.at - begun)
            return negation(child)
        if self.sign("+"):
            child = self.deeper(self.one)
            if child is None:
                raise QueryError("Say what is wanted.", position=begun)
            return child
        return self.near()

    def near(self) -> Node | None:
        begun = self.at
        left = self.unit()
        while operator := self.operator("NEAR", "PRE"):
            name, distance = operator[2], operator[3]
            right = self.unit() if left is not None else None
            if left is None or right is None:
                raise QueryError(
                    f"{name} needs words on both sides.",
                    position=operator.start(),
                    length=len(operator[0]),
                )
            if not is_positional(left) or not is_positional(right):
                raise QueryError(
                    f"{name} stands between words, phrases, or groups of them with OR.",
                    position=begun,
                    length=self.at - begun,
                )
            left = self.nearness(left, right, name, distance, operator.start())
        return left

    def nearness(
        self, left: Node, right: Node, name: str, distance: str | None, position: int
    ) -> Near:
        words = int(distance) if distance else NEAR_DISTANCE
        if words > MAX_DISTANCE:
            raise QueryError(f"At most {MAX_DISTANCE:,} words can lie between.", position=position)
        assert isinstance(left, Positional.__value__)  # noqa: S101 -- checked by is_positional
        assert isinstance(right, Positional.__value__)  # noqa: S101 -- likewise
        return Near(left, right, words, ordered=name == "PRE")

    def unit(self) -> Node | None:
        self.space()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            return None
        if _OPERATOR.match(self.text, self.at):
            return None
        if self.text[self.at] == "(":
            return self.group()
        if field := _FIELD.match(self.text, self.at):
            return self.field(field)
        if empty := _EMPTY_FIELD.match(self.text, self.at):
            self.without_value(empty)
        if self.text.startswith(('"', '="'), self.at):
            return self.phrase()
        return self.word()

    def group(self) -> Node:
        begun = self.at
        self.at += 1
        tree = self.deeper(self.any)
        self.space()
        if self.at >= len(self.text):
            raise QueryError("This bracket is not closed.", position=begun, meant=self.text + ")")
        self.at += 1
        if tree is None:
            raise QueryError(
                "There is nothing between these brackets.", position=begun, length=self.at - begun
            )
        return tree

    def field(self, named: re.Match[str]) -> Node:
        name = named[1].casefold()
        if name in {"has", "is"}:
            return self.flag(named, name)
        field = self.fields.find(name)
        if field is None:
            raise self.unknown_field(named)
        if self.within:
            raise QueryError(
                f"Within {self.within}: there can be no other field.",
                position=self.at,
                length=len(named[0]),
            )
        self.at = named.end()
        return self.deeper(lambda: self.value(field))

    def without_value(self, named: re.Match[str]) -> None:
        """Raise QueryError for a field of ours without a value; “Breaking:” is a word."""
        name = named[1].casefold()
        field = self.fields.find(name)
        if field is None and name not in {"has", "is"}:
            return
        example = field.example if field else f"{name}:{min(self.known_flags(name))}"
        follows = self.text[named.end() :]
        raise QueryError(
            f"After {name}: comes what you mean, without a space, as in {example}.",
            position=named.start(),
            length=len(named[0].rstrip()),
            meant=self.text[: named.end(1)] + ":" + follows
            if follows and follows[0] != ")"
            else "",
        )

    def known_flags(self, name: str) -> Mapping[str, str]:
        return self.fields.has if name == "has" else self.fields.is_

    def unknown_field(self, named: re.Match[str]) -> QueryError:
        like = self.fields.like(named[1])
        quoted = re.compile(r"\S+").match(self.text, named.start())
        rest = quoted[0] if quoted else named[0]
        meant = (
            self.text[: named.start()] + f"{like}:" + self.text[named.end() :]
            if like
            else self.text[: named.start()]
            + f'"{rest.strip("()")}"'
            + self.text[named.start() + len(rest) :]
        )
        return QueryError(
            f"There is no field “{named[1]}”. To look for these words, put them in quotes.",
            position=named.start(),
            length=len(named[1]),
            meant=meant,
        )

    def flag(self, named: re.Match[str], name: str) -> Has | Is:
        known = self.known_flags(name)
        begun, self.at = named.end(), self.word_end(named.end())
        what = self.text[begun : self.at].casefold()
        if what not in known:
            like = closest(what, known)
            raise QueryError(
                f"After {name}: comes one of {', '.join(sorted(known))}.",
                position=begun,
                length=max(self.at - begun, 1),
                meant=self.text[:begun] + like + self.text[self.at :] if like else "",
            )
        return Has(what) if name == "has" else Is(what)

    def value(self, field: Field) -> Node:
        if self.text[self.at] == "(" and field.kind in {Kind.WORDS, Kind.NAMES}:
            return self.values(field)
        match field.kind:
            case Kind.WORDS:
                return self.words(field)
            case Kind.NAMES:
                return self.name(field)
            case Kind.DATES:
                begun, self.at = self.at, self.word_end(self.at)
                return Dates(field.name, *values.dates(self.text, begun, self.at))
            case Kind.NUMBERS:
                begun, self.at = self.at, self.word_end(self.at)
                return Numbers(field.name, *values.numbers(self.text, begun, self.at))

    def values(self, field: Field) -> Node:
        """Read ``field:(a OR b)``: of words a part's own query, of names one or another."""
        if field.kind is Kind.WORDS:
            self.within = field.name
            tree = self.group()
            self.within = ""
            return tree if isinstance(tree, Everything) else In(field.name, tree)
        begun = self.at
        self.at += 1
        found = [self.name(field)]
        while self.operator("OR"):
            self.space()
            found.append(self.name(field))
        self.space()
        if not self.text.startswith(")", self.at):
            raise self.error(
                f"Between the names of {field.name}: stands OR; names of several words are quoted."
                if self.at < len(self.text)
                else "This bracket is not closed.",
                position=begun,
            )
        self.at += 1
        return disjunction(found)

    def words(self, field: Field) -> Node:
        self.within = field.name
        found = self.unit()
        self.within = ""
        if found is None:
            raise self.error(f"Say which words of {field.name} you mean.")
        return found if isinstance(found, Everything) else In(field.name, found)

    def name(self, field: Field) -> Named:
        self.space()
        begun = self.at
        if self.text.startswith('"', begun):
            end = self.text.find('"', begun + 1)
            if end < 0:
                raise self.unclosed(begun)
            self.at = end + 1
            value = self.text[begun + 1 : end]
        else:
            self.at = self.word_end(begun)
            value = self.text[begun : self.at]
        value = " ".join(value.split())
        if not _LETTER.search(value):
            raise QueryError(
                f"Say which {field.name} you mean, as in {field.example}.",
                position=begun,
                length=max(self.at - begun, 1),
            )
        return Named(field.name, value)

    def phrase(self) -> Node:
        begun = self.at
        exact = self.text[self.at] == "="
        self.at += 2 if exact else 1
        places: list[tuple[Word, ...]] = []
        while True:
            self.space()
            if self.at >= len(self.text):
                raise self.unclosed(begun)
            if self.text[self.at] == '"':
                break
            place = self.place(exact=exact)
            if place:
                places.append(place)
        self.at += 1
        slop = self.slop()
        if not places:
            raise QueryError(
                "There are no words in this phrase.", position=begun, length=self.at - begun
            )
        return Phrase(tuple(places), slop)

    def slop(self) -> int:
        found = _SLOP.match(self.text, self.at)
        if found is None:
            return 0
        begun, self.at = self.at, found.end()
        slop = int(found[1]) if found[1] else NEAR_DISTANCE
        if slop > MAX_DISTANCE:
            raise QueryError(
                f"At most {MAX_DISTANCE:,} words can lie between.",
                position=begun,
                length=self.at - begun,
            )
        return slop

    def place(self, *, exact: bool) -> tuple[Word, ...]:
        """Read one place of a phrase: a word, or several in brackets; nothing for a mere sign."""
        if self.text[self.at] == ")":
            raise self.error("This bracket was not opened.", meant=self.without(self.at))
        if self.text[self.at] != "(":
            word = self.plain_word(exact=exact)
            return (word,) if word else ()
        begun = self.at
        self.at += 1
        words: list[Word] = []
        while True:
            self.space()
            if self.at >= len(self.text) or self.text[self.at] == '"':
                raise QueryError("This bracket is not closed.", position=begun)
            if self.text[self.at] == ")":
                break
            if self.text[self.at] == "(":
                raise self.error("Within a phrase brackets hold words and OR only.")
            if self.operator("OR"):
                continue
            word = self.plain_word(exact=exact)
            if word and word not in words:
                words.append(word)
        self.at += 1
        return tuple(words)

    def word(self) -> Node | None:
        begun = self.at
        end = self.word_end(begun)
        text = self.text[begun:end]
        if text in _WRONG_OPERATORS:
            operator = _WRONG_OPERATORS[text]
            raise QueryError(
                f"Write {operator} for {text}.",
                position=begun,
                length=len(text),
                meant=self.text[:begun] + operator + self.text[end:],
            )
        if text == "*":
            self.at = end
            return Everything()
        return self.plain_word(exact=False)

    def plain_word(self, *, exact: bool) -> Word | None:
        """Read a word; None for signs without a letter or a digit, which mean nothing."""
        begun, self.at = self.at, self.word_end(self.at)
        text = self.text[begun : self.at]
        text, fuzzy = self.fuzziness(text, begun)
        exact = exact or text.startswith("=")
        text = text.lstrip("=")
        if not _LETTER.search(text):
            if "?" in text.strip("*"):
                raise QueryError(
                    "A wildcard needs a letter beside it.", position=begun, length=len(text)
                )
            return None
        if fuzzy and (exact or "*" in text or "?" in text):
            raise QueryError(
                "A word is either exact, or has wildcards, or is fuzzy.",
                position=begun,
                length=self.at - begun,
            )
        return Word(text, exact, fuzzy)

    def fuzziness(self, text: str, begun: int) -> tuple[str, int]:
        plain, tilde, letters = text.partition("~")
        if not tilde:
            return text, 0
        if letters and not (letters.isascii() and letters.isdigit()):
            raise QueryError(
                "After ~ comes how many letters may differ: 1 or 2.",
                position=begun + len(plain),
                length=len(letters) + 1,
            )
        fuzzy = int(letters[:4]) if letters else 1
        if fuzzy > MAX_FUZZY:
            raise QueryError(
                "At most 2 letters may differ.",
                position=begun + len(plain),
                length=len(letters) + 1,
                meant=self.text[:begun] + f"{plain}~2" + self.text[begun + len(text) :],
            )
        return plain, fuzzy

    def ignored(self) -> bool:
        """Whether what was just passed over was a sign that means nothing, and there is more."""
        self.space()
        more = self.at < len(self.text) and self.text[self.at] != ")"
        return more and not _OPERATOR.match(self.text, self.at)

    def operator(self, *names: str) -> re.Match[str] | None:
        """Pass over one of some operators, if it is next."""
        self.space()
        found = _OPERATOR.match(self.text, self.at)
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
