"""Words and phrases as they are typed."""

import re

from articles.search.language.errors import QueryError
from articles.search.language.scanner import Scanner
from articles.search.language.tree import Everything, Node, Phrase, Word

MAX_DISTANCE = 1_000
# More of them make no number that is asked for; Python reads no more than some thousands.
MOST_DIGITS = 9
MAX_FUZZY = 2
NEAR_DISTANCE = 10
_SLOP = re.compile(r"~(\d*)")
LETTER = re.compile(r"\w")
_WRONG_OPERATORS = {"&&": "AND", "||": "OR"}


class TermReader(Scanner):
    """Reads words and phrases."""

    __slots__ = ()

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
        slop = int(found[1][:MOST_DIGITS]) if found[1] else NEAR_DISTANCE
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
        if not LETTER.search(text):
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
