"""The query language: what people type, what addresses hold, what scripts send, what is saved.

::

    any      = all ("OR" all)*
    all      = one (["AND"] one)*
    one      = ("NOT" | "-" | "+") one | near
    near     = unit (("NEAR" | "PRE") ["/" number] unit)*
    unit     = "(" any ")" | name ":" value | phrase | word | "*"
    phrase   = ["="] '"' (word | "(" word ("OR" word)* ")")+ '"' ["~" number]
    word     = ["="] letters with * and ? ["~" [number]]

Operators are written in capitals; ``&``, dashes and other signs that stand alone mean nothing
beside something else, and are refused where there is nothing else.
Typographic quotes and apostrophes are read as straight ones.
"""

import re
from collections.abc import Mapping

from articles.search.language import values
from articles.search.language.errors import QueryError
from articles.search.language.fields import OWN, Field, Fields, Kind, closest
from articles.search.language.nearness import Hint, half_written, lowered
from articles.search.language.scanner import MAX_DEPTH, OPERATOR
from articles.search.language.terms import (
    LETTER,
    MAX_DISTANCE,
    MOST_DIGITS,
    NEAR_DISTANCE,
    TermReader,
)
from articles.search.language.tree import (
    Dates,
    Everything,
    Has,
    In,
    Is,
    Named,
    Near,
    Node,
    Numbers,
    Positional,
    conjunction,
    depth,
    disjunction,
    is_positional,
    negation,
    walk,
)

MAX_CHARACTERS = 200_000
MAX_LEAVES = 10_000
# A guess may itself want mending, as two brackets that are not closed; beyond this none is offered.
MAX_GUESSES = 4
# One code point for another, so that positions stay those of the query as typed.
_STRAIGHT = str.maketrans("“”„‟«»＂‘’‚‛＇\u00a0\u3000", '"""""""' + "'''''" + "  ")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(?=\S)")
_EMPTY_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(\s*)")


def parse(text: str, fields: Fields = OWN) -> Node:
    """Return the tree of a query; raise QueryError with the place and what is expected there."""
    try:
        return _read(text, fields)
    except QueryError as error:
        error.meant = _readable(error.meant, fields)
        raise


def hint(text: str, fields: Fields = OWN) -> Hint | None:
    """Return what was probably meant by a query that was read, where something else was typed."""
    found = lowered(text.translate(_STRAIGHT))
    return found if found and _readable(found.meant, fields) == found.meant else None


def _readable(meant: str, fields: Fields) -> str:
    """Return a guess, or what is guessed of it in turn, that can be read; empty if none can."""
    for _ in range(MAX_GUESSES):
        if not meant:
            break
        try:
            _read(meant, fields)
        except QueryError as error:
            meant = error.meant
        else:
            return meant
    return ""


def _read(text: str, fields: Fields) -> Node:
    """Return the tree of a query; a guess in its QueryError may not be one that can be read."""
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


class _Reader(TermReader):
    """A recursive descent over the text."""

    __slots__ = ()

    def whole(self) -> Node:
        tree = self.any()
        if self.at < len(self.text):
            raise self.error("This bracket was not opened.", meant=self.without(self.at))
        if tree is not None:
            return tree
        if asked := self.text.strip():
            raise QueryError(
                "There is no word in this. An empty line finds everything, and so does * alone.",
                position=self.text.index(asked),
                length=len(asked),
            )
        return Everything()

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
        left, deep = self.unit(), 0
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
            # Chains are nested too, though nobody typed a bracket.
            deep = 1 + max(deep or depth(left), depth(right))
            if deep > MAX_DEPTH:
                raise QueryError(
                    f"This is nested more than {MAX_DEPTH} deep.", position=operator.start()
                )
            left = self.nearness(left, right, name, distance, operator.start())
        return left

    def nearness(
        self, left: Node, right: Node, name: str, distance: str | None, position: int
    ) -> Near:
        words = int(distance[:MOST_DIGITS]) if distance else NEAR_DISTANCE
        if words > MAX_DISTANCE:
            raise QueryError(f"At most {MAX_DISTANCE:,} words can lie between.", position=position)
        assert isinstance(left, Positional.__value__)  # noqa: S101 -- checked by is_positional
        assert isinstance(right, Positional.__value__)  # noqa: S101 -- likewise
        return Near(left, right, words, ordered=name == "PRE")

    def unit(self) -> Node | None:
        self.space()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            return None
        if OPERATOR.match(self.text, self.at):
            return None
        if wrong := half_written(self.text, self.at):
            raise wrong
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
        if self.text[self.at] == "(" and field.kind in {Kind.WORDS, Kind.NAMES, Kind.ARTICLES}:
            return self.values(field)
        match field.kind:
            case Kind.WORDS:
                return self.words(field)
            case Kind.NAMES | Kind.ARTICLES:
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
        if not LETTER.search(value):
            raise QueryError(
                f"Say which {field.name} you mean, as in {field.example}.",
                position=begun,
                length=max(self.at - begun, 1),
            )
        if field.kind is Kind.ARTICLES:
            value = values.article(value, begun, self.at, field.example)
        return Named(field.name, value)
