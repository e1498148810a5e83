"""From a query's tree to what Tantivy runs."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from math import prod

import tantivy
from tantivy import FieldType, Occur, Query

from articles.search.engine.analysis import (
    folded_pattern,
    fuzzy_pattern,
    printed_pattern,
    stems,
)
from articles.search.engine.index import FOLDED, PRINTED, STEMS, date_number, day_key, fold_name
from articles.search.engine.kin import copies_of, linked_to
from articles.search.engine.places import Pair, Pattern, Place, patterns
from articles.search.engine.refusing import refusing
from articles.search.index.documents import ALL_PARTS, PARTS
from articles.search.language.errors import QueryError
from articles.search.language.fields import MENTIONED
from articles.search.language.tree import (
    And,
    Dates,
    Everything,
    Has,
    In,
    Is,
    Named,
    Near,
    Node,
    Not,
    Numbers,
    Or,
    Partial,
    Phrase,
    Word,
)
from articles.search.language.words import fold

# The engine takes patterns of at most 1,000 states: a state a byte, roughly.
PATTERN_BYTES = 600
EXPANDED = 400
# What a query may cost, counted in phrases of plain words. A phrase of patterns takes the engine as
# long as twenty of them, and a pattern that begins with a wildcard is compared to every word.
MOST = 24_000
_PATTERN, _PATTERNS, _OPEN_PATTERN = 10, 20, 200
_WILDCARD = re.compile(r"[*?]")
# The index's first and last day of a field of dates.
# Fields whose values are articles.
_OF_ARTICLES = frozenset({"related", "copy-of"})
_DAYS = {"date": ("first_day", "last_day"), "updated": ("updated", "updated")}


def _as_typed(name: str, value: str) -> Sequence[str] | None:  # noqa: ARG001 -- one of its kind
    return None


@dataclass(slots=True)
class _Purse:
    """What is left of that which a query may cost."""

    left: int = MOST

    def spend(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise QueryError(
                "This is too much to look up at once. Ask for fewer words with * or ?, for fewer "
                "words near each other, or for less distance.",
                position=0,
            )


@dataclass(frozen=True, slots=True)
class Compiler:
    """What compiling needs to know: the index, the languages in it, and what names mean.

    ``mean`` returns the values of a field of names that a typed name means, where the database
    knows it (a source's id for any of its names); None to look for the name itself.
    """

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    languages: frozenset[str | None]
    mean: Callable[[str, str], Sequence[str] | None] = field(default=_as_typed)
    # In which parts words are looked for, and the weight of a word in each.
    parts: tuple[tuple[str, float], ...] = tuple(PARTS.items())
    # One for each query.
    _purse: _Purse = field(default_factory=_Purse)

    def query(self, node: Node) -> Query:
        """Return what a tree asks, as Tantivy runs it; raise QueryError for what costs too much."""
        purse = _Purse()
        with refusing():
            return replace(self, _purse=purse)._node(node, self.parts)  # noqa: SLF001 -- ours

    def _node(self, node: Node, parts: tuple[tuple[str, float], ...]) -> Query:
        match node:
            case Everything():
                return Query.all_query()
            case Word() | Phrase() | Near():
                return _any(
                    Query.boost_query(self._words(node, part), weight) for part, weight in parts
                )
            case In(name, child):
                if name not in ALL_PARTS:
                    raise QueryError(f"There are no words in {name}.", position=0)
                return self._node(child, ((name, PARTS.get(name, 1.0)),))
            case And(children):
                return self._all(children, parts)
            case Or(children):
                return _any(self._node(child, parts) for child in children)
            case Not(child):
                return self._all((Everything(), node), parts)
            case _:
                return self._facts(node)

    def _all(self, children: Iterable[Node], parts: tuple[tuple[str, float], ...]) -> Query:
        wanted: list[tuple[Occur, Query]] = []
        for child in children:
            if isinstance(child, Not):
                wanted.append((Occur.MustNot, self._node(child.child, parts)))
            else:
                wanted.append((Occur.Must, self._node(child, parts)))
        if all(occur is Occur.MustNot for occur, _ in wanted):
            wanted.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(wanted)

    def _facts(self, node: Node) -> Query:
        match node:
            case Named(name, value):
                return Query.const_score_query(self._name(name, value), 0.0)
            case Dates("added", start, end):
                return self._added(start, end)
            case Dates(name, start, end):
                # A month or a year matches on overlap.
                first, last = _DAYS[name]
                bounds = []
                if start is not None:
                    bounds.append(self._range(last, date_number(start.first), None))
                if end is not None:
                    bounds.append(self._range(first, None, date_number(end.last)))
                return _every(bounds)
            case Numbers(name, low, high):
                return self._range(name, low, high)
            case Has(what):
                return self._has(what)
            case Is(what):
                return self._term("is", what)
            case _:
                raise TypeError(node)

    def _has(self, what: str) -> Query:
        meant = self.mean("has", what)
        if meant is None:
            return self._term("has", what)
        if not meant:
            return Query.empty_query()
        tagged = Query.term_set_query(self.schema, MENTIONED, list(meant))
        return Query.const_score_query(tagged, 0.0)

    def _added(self, start: Partial | None, end: Partial | None) -> Query:
        """Return what came in on some days of UTC's, by the order of arrival."""
        low = day_key(start.first) if start is not None else None
        high = None
        if end is not None and end.last != date.max:
            high = day_key(end.last + timedelta(days=1)) - 1
        if low is None and high is None:
            # Up to the last day that there is.
            return Query.const_score_query(Query.all_query(), 0.0)
        return self._range("added", low, high)

    def _term(self, name: str, value: str | int) -> Query:
        return Query.const_score_query(Query.term_query(self.schema, name, value, "basic"), 0.0)

    def _range(self, name: str, low: int | None, high: int | None) -> Query:
        made = Query.range_query(self.schema, name, FieldType.Unsigned, low, high)
        return Query.const_score_query(made, 0.0)

    def _name(self, name: str, value: str) -> Query:
        meant = self.mean(name, value)
        if name in _OF_ARTICLES:
            return _any(self._kin(name, int(pk)) for pk in ([value] if meant is None else meant))
        if meant is not None:
            if not meant:
                return Query.empty_query()
            if name == "corpus":
                return Query.term_set_query(self.schema, name, [int(id_) for id_ in meant])
            return Query.term_set_query(self.schema, name, list(meant))
        folded = fold_name(value.rstrip("*"))
        if value.endswith("*"):
            self._purse.spend(_PATTERN)
            return Query.regex_query(self.schema, name + FOLDED, re.escape(folded) + ".*")
        return Query.term_query(self.schema, name + FOLDED, folded, "basic")

    def _kin(self, name: str, article: int) -> Query:
        if name == "related":
            return linked_to(self.schema, article)
        return copies_of(self.schema, self.searcher, article)

    def _words(self, node: Node, part: str) -> Query:
        """Return a positional node in one part of the text."""
        found = [self._pattern(pattern, part) for pattern in patterns(node)]
        return found[0] if len(found) == 1 else _any(found)

    def _pattern(self, pattern: Pattern | Pair, part: str) -> Query:
        if isinstance(pattern, Pair):
            return self._pair(pattern, part)
        if len(pattern.places) == 1:
            return self._single(pattern.places[0][1], part)
        offsets = [at for at, _ in pattern.places]
        name, forms = self._forms([place for _, place in pattern.places], part)
        return self._phrases(name, offsets, forms)

    def _pair(self, pair: Pair, part: str) -> Query:
        """Two slops, one for each order: the engine charges two more for what comes reversed."""
        name, (one, other) = self._forms([pair.one, pair.other], part)
        orders = [[one, other]] if one == other else [[one, other], [other, one]]
        if self._may_be_one(pair):
            # One and the same word would be near itself.
            return _any(
                self._phrases(name, [0, gap + 1], order)
                for gap in range(pair.distance + 1)
                for order in orders
            )
        return _any(self._phrases(name, [0, 1], order, slop=pair.distance) for order in orders)

    def _may_be_one(self, pair: Pair) -> bool:
        """Whether one and the same printed word may be what both places of a pair ask for."""
        if all(_is_plain(word) for word in (*pair.one, *pair.other)):
            return bool(set(self._stems(pair.one)) & set(self._stems(pair.other)))
        return any(
            a.startswith(b) or b.startswith(a)
            for a, b in product(self._beginnings(pair.one), self._beginnings(pair.other))
        )

    def _beginnings(self, place: Place) -> set[str]:
        """Return how the folded words begin that a place asks for."""
        begun = {_WILDCARD.split(fold(word.text))[0] for word in place if not word.fuzzy}
        plain = [word for word in place if _is_plain(word)]
        begun |= {_begun(stem) for stem in self._stems(plain)}
        # A fuzzy word may begin with any letter.
        return begun | {"" for word in place if word.fuzzy}

    def _phrases(
        self, name: str, offsets: Sequence[int], forms: Sequence[Sequence[str]], slop: int = 0
    ) -> Query:
        """Return phrases of patterns at offsets, each pattern small enough for the engine."""
        if all(len(each) == 1 and _is_literal(each[0]) for each in forms):
            words: list[str | tuple[int, str]] = [
                (at, _literal(each[0])) for at, each in zip(offsets, forms, strict=True)
            ]
            self._purse.spend(1)
            return Query.phrase_query(self.schema, name, words, slop=slop)
        chunks = [_chunks(each) for each in forms]
        opened = sum(chunk.startswith(".") for each in chunks for chunk in each)
        self._purse.spend(_PATTERNS * prod(map(len, chunks)) + _OPEN_PATTERN * opened)
        return _any(
            Query.regex_phrase_query(
                self.schema, name, list(zip(offsets, chosen, strict=True)), slop=slop
            )
            for chosen in product(*chunks)
        )

    def _single(self, place: Place, part: str) -> Query:
        return _any(self._word(word, part) for word in place)

    def _word(self, word: Word, part: str) -> Query:
        if word.is_pattern:
            self._purse.spend(_OPEN_PATTERN if word.text.startswith(("*", "?")) else _PATTERN)
        elif word.fuzzy:
            self._purse.spend(_PATTERN)
        if word.exact:
            if word.is_pattern:
                return Query.regex_query(
                    self.schema, part + PRINTED, printed_pattern(word.text, exact=True)
                )
            return Query.term_query(self.schema, part + PRINTED, word.text, "freq")
        if word.is_pattern:
            return Query.regex_query(self.schema, part + FOLDED, folded_pattern(word.text))
        if word.fuzzy:
            return Query.fuzzy_term_query(
                self.schema, part + FOLDED, fold(word.text), distance=word.fuzzy
            )
        return _any(
            Query.term_query(self.schema, part + STEMS, each, "freq")
            for each in self._stems((word,))
        )

    def _stems(self, place: Iterable[Word]) -> list[str]:
        return sorted({each for word in place for each in stems(word.text, self.languages)})

    def _forms(self, places: Sequence[Place], part: str) -> tuple[str, list[list[str]]]:
        """Return the field to look in, and patterns of what may stand at each place."""
        if all(_is_plain(word) for place in places for word in place):
            return part + STEMS, [[re.escape(each) for each in self._stems(p)] for p in places]
        return part + PRINTED, [
            sorted({form for word in place for form in self._printed(word, part)})
            for place in places
        ]

    def _printed(self, word: Word, part: str) -> list[str]:
        """Return patterns of the printed words that a word means."""
        if word.exact or word.is_pattern:
            return [printed_pattern(word.text, exact=word.exact)]
        if word.fuzzy > 1:
            raise QueryError("Within a phrase a fuzzy word may differ by one letter.", position=0)
        return [fuzzy_pattern(word.text)] if word.fuzzy else self._printed_of_stem(word.text, part)

    def _printed_of_stem(self, text: str, part: str) -> list[str]:
        """Return the printed words of the index that have a word's stem in some language."""
        wanted = set(stems(text, self.languages))
        # With accents it is found as typed; without, in every form of its stem.
        found = {printed_pattern(text, exact=False)}
        for each in wanted:
            begun = _begun(each)
            for prefix in {begun, begun.title(), begun.upper()}:
                for term, _ in self.searcher.terms_with_prefix(part + PRINTED, prefix):
                    if wanted & set(stems(term, self.languages)):
                        found.add(re.escape(term))
        return sorted(found)[:EXPANDED]


def _is_plain(word: Word) -> bool:
    return not (word.exact or word.is_pattern or word.fuzzy)


def _begun(stem: str) -> str:
    """Return how the words begin that are looked through for those of a stem."""
    return stem[: max(2, len(stem) - 2)]


def _is_literal(pattern: str) -> bool:
    return re.escape(_literal(pattern)) == pattern


def _literal(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", pattern)


def _chunks(forms: Sequence[str]) -> list[str]:
    """Return alternatives as patterns, each within the engine's limit of states."""
    chunks: list[list[str]] = [[]]
    length = 0
    for form in forms:
        if chunks[-1] and length + len(form.encode()) > PATTERN_BYTES:
            chunks.append([])
            length = 0
        chunks[-1].append(form)
        length += len(form.encode())
    return [each[0] if len(each) == 1 else f"({'|'.join(each)})" for each in chunks]


def _any(queries: Iterable[Query]) -> Query:
    listed = list(queries)
    if not listed:
        return Query.empty_query()
    if len(listed) == 1:
        return listed[0]
    return Query.boolean_query([(Occur.Should, query) for query in listed])


def _every(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])
