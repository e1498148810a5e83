"""What a query means in a text, said as plainly as can be: slow, and easy to check by eye."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from articles.search.language.tree import And, In, Near, Node, Or, Phrase, Word
from articles.search.language.words import fold, patterns_in, stem, words_in

type Words = Sequence[re.Match[str]]
type Run = tuple[int, int]


def places(tree: Node, text: str, *, language: str | None, field: str | None) -> list[Run]:
    """Return the hits of a query in one part of a text: their places in code points."""
    words = list(words_in(text))
    runs = sorted({run for node in asked(tree, field) for run in runs_of(node, words, language)})
    found: list[list[int]] = []
    for first, last in runs:
        start, end = words[first].start(), words[last - 1].end()
        if found and start < found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return [(start, end) for start, end in found]


def asked(tree: Node, field: str | None) -> Iterator[Node]:
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from asked(child, field)
        case In(name, child) if name == field:
            yield from asked(child, field)
        case Word() | Phrase() | Near():
            yield tree
        case _:
            return


def runs_of(node: Node, words: Words, language: str | None) -> set[Run]:
    match node:
        case Word():
            return beside_each_other([[each] for each in parts(node)], words, language)
        case Phrase(alternatives, slop):
            joined = beside_each_other if not slop else loosely(slop)
            return {
                run
                for chosen in product(*alternatives)
                for run in joined(
                    [[part] for word in chosen for part in parts(word)], words, language
                )
            }
        case Near(left, right, distance, ordered):
            return {
                (min(a[0], b[0]), max(a[1], b[1]))
                for a in runs_of(left, words, language)
                for b in runs_of(right, words, language)
                if 0 <= b[0] - a[1] <= distance or (not ordered and 0 <= a[0] - b[1] <= distance)
            }
        case Or(children):
            return {run for child in children for run in runs_of(child, words, language)}
        case _:
            return set()


def parts(word: Word) -> list[Word]:
    return [Word(part, word.exact, word.fuzzy) for part in patterns_in(word.text)]


def beside_each_other(
    wanted: Sequence[Sequence[Word]], words: Words, language: str | None
) -> set[Run]:
    return {
        (first, first + len(wanted))
        for first in range(len(words) - len(wanted) + 1)
        if all(
            any(is_it(word, words[first + offset][0], language) for word in place)
            for offset, place in enumerate(wanted)
        )
    }


def loosely(slop: int) -> Callable[[Sequence[Sequence[Word]], Words, str | None], set[Run]]:
    def runs(wanted: Sequence[Sequence[Word]], words: Words, language: str | None) -> set[Run]:
        found: set[Run] = set()
        for first in range(len(words)):
            window = range(first, min(first + len(wanted) + slop, len(words)))
            for chosen in product(window, repeat=len(wanted)):
                if (
                    first in chosen
                    and len(set(chosen)) == len(chosen)
                    and all(
                        any(is_it(word, words[at][0], language) for word in place)
                        for at, place in zip(chosen, wanted, strict=True)
                    )
                ):
                    found.add((first, max(chosen) + 1))
                    break
        return found

    return runs


def is_it(word: Word, printed: str, language: str | None) -> bool:
    if word.exact:
        return like(word.text, printed)
    folded = fold(printed)
    if word.is_pattern:
        return like(fold(word.text), folded)
    if word.fuzzy:
        return distance(fold(word.text), folded) <= word.fuzzy
    return stem(fold(word.text), language) == stem(folded, language)


def like(pattern: str, word: str) -> bool:
    letters = (r"\w*" if c == "*" else r"\w" if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(letters), word) is not None


def distance(one: str, other: str) -> int:
    """Return the letters added, left out, changed, or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
