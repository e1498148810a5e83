"""Endings that languages add to names: bounded lists, one a language.

Pure. A word of a text stands for a word of a name if it is that with one of the endings after it;
where the name ends in one of the ``open`` letters, an ending may stand in their place (Москва,
Москвы). At least ``_STEM`` letters of the name must be there. What is not in these lists, such as
vowels that come and go (Павел, Павла), is not found.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from articles.search.language.words import fold

# Letters of a name that an ending leaves.
_STEM = 3
# Names of more words are inflected in the last one alone.
_MOST_INFLECTED = 4
# Nothing but a space between two words.
_EDGE = "\x1f"
# Stands for the letter that an ending takes the place of.
_OPEN = "\x1e"


@dataclass(frozen=True, slots=True)
class Endings:
    """What a language adds: ``added`` after a word, or in place of its last, ``opened``, letter.

    ``every`` says that each word of a name is inflected, not only the last. ``after`` are the words
    of which one must stand before.
    """

    added: frozenset[str]
    opened: str = ""
    every: bool = False
    after: frozenset[str] = frozenset()

    @property
    def longest(self) -> int:
        """How many letters the longest has."""
        return max(map(len, self.added))


def _of(words: str, opened: str = "", *, every: bool = False) -> Endings:
    return Endings(frozenset(map(fold, words.split())), opened, every)


_RUSSIAN = _of(
    "а у ом ем е ы и я ю ой ей ою ею ым им ого его ому ему ых ую юю ая ам ям ами ями ах ях ью "
    "ыми ими",
    "аяйьоеиы",
    every=True,
)
_POLISH = _of(
    "a u owi em ie e y i ę ą o om ami ach ego emu ym im iego iemu ej ie owie", "aeioy", every=True
)
_CZECH = _of(
    "a u ovi em e y i o ou am ami ach ech um ovou ove ova eho emu ym im ho", "aeioy", every=True
)
_SOUTH = _of("a u om em e i o ima ama oj og om ovi eva evu", "aeo", every=True)
_TURKISH = _of(
    "ın in un un nın nin nun ı i u a e ya ye da de ta te dan den tan ten la le yla yle daki deki "
    "yı yi yu na ne nda nde ndan nden"
)
_KAZAKH = _of(
    "ның нің дың дің тың тің ға ге қа ке да де та те дан ден тан тен нан нен ды ді ты ті ны ні мен "
    "бен пен"
)
_FINNISH = _of(
    "n in en a ta ssa sta an on ksi lla lta lle na issa ista illa ilta ille ssa hen han iin ia ja"
)
_HUNGARIAN = _of(
    "t at et ot ban ben ba be bol rol tol nak nek val vel n on en ra re nal nel hoz hez ig ert i e "
    "ja"
)
_ESTONIAN = _of("i e u a s st t d le lt l ks ga ni na ta sse is ist il ilt ile iks")
_LITHUANIAN = _of("o ui a u e os ai as es io iui iu us ys is", "asiuoye", every=True)
_GERMANIC = _of("s es")
# “the Kennedys”: several of a name.
_ENGLISH = Endings(frozenset({"s", "es"}), after=frozenset({"the", "two", "both", "these"}))

# By language; folded, as words are compared: without accents.
_BY_LANGUAGE = {
    "en": _ENGLISH,
    **dict.fromkeys(("de", "nl", "da", "sv", "no", "nb", "nn"), _GERMANIC),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk"), _RUSSIAN),
    "pl": _POLISH,
    **dict.fromkeys(("cs", "sk"), _CZECH),
    **dict.fromkeys(("hr", "bs", "sl", "sr"), _SOUTH),
    **dict.fromkeys(("tr", "az", "uz", "tk"), _TURKISH),
    **dict.fromkeys(("kk", "ky", "tt"), _KAZAKH),
    "fi": _FINNISH,
    "hu": _HUNGARIAN,
    "et": _ESTONIAN,
    **dict.fromkeys(("lt", "lv"), _LITHUANIAN),
}


def endings_of(language: str | None) -> Endings | None:
    """Return what a language adds to names; None where nothing is known of it."""
    return _BY_LANGUAGE.get(language) if language else None


class Inflected:
    """Finds names whose words have other endings. Names and texts are given as folded words."""

    def __init__(self, names: Sequence[tuple[str, ...] | None], endings: Endings) -> None:
        """Take names by their numbers; None for one that is not looked for."""
        self._endings = endings
        # Names by their words, and all that longer ones begin with.
        self._names: dict[str, list[int]] = {}
        self._begun: set[str] = set()
        for number, words in enumerate(names):
            if words:
                self._add(number, words)

    def find(
        self, keys: Sequence[str], gaps: Sequence[str], is_name_like: Callable[[int], bool]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield names with the numbers of their first and last words, where an ending was added.

        ``is_name_like`` says of a word, by its number, whether a name may begin with it. Words of a
        name follow each other with nothing but a space between.
        """
        after = self._endings.after
        if after:
            starts = [at + 1 for at, key in enumerate(keys[:-1]) if key in after]
        else:
            starts = list(range(len(keys)))
        for first in starts:
            if is_name_like(first):
                yield from self._from(first, keys, gaps)

    def _from(
        self, first: int, keys: Sequence[str], gaps: Sequence[str]
    ) -> Iterator[tuple[int, int, int]]:
        # What was read so far, as names have it, and whether it has an ending.
        begun = [("", False)]
        for last in range(first, len(keys)):
            if last > first and gaps[last] != _EDGE:
                return
            stems = self._stems(keys[last])
            longer = []
            for so_far, was_changed in begun:
                for stem, is_changed in stems:
                    words = f"{so_far} {stem}"
                    changed = was_changed or is_changed
                    if changed:
                        for number in self._names.get(words, ()):
                            yield number, first, last
                    if words in self._begun and (self._endings.every or not changed):
                        longer.append((words, changed))
            if not longer:
                return
            begun = longer

    def _stems(self, key: str) -> list[tuple[str, bool]]:
        """Return what a word of a text may be of a name: itself, or without an ending."""
        opened = self._endings.opened
        found = [(key, False)]
        if opened and key[-1:] in opened and len(key) > _STEM:
            # The name’s own ending.
            found.append((key[:-1] + _OPEN, False))
        for letters in range(1, min(self._endings.longest, len(key) - _STEM) + 1):
            if key[-letters:] in self._endings.added:
                found.append((key[:-letters], True))
                if opened:
                    found.append((key[:-letters] + _OPEN, True))
        return found

    def _add(self, number: int, words: Sequence[str]) -> None:
        forms = [self._forms(word) for word in words]
        if len(words) > _MOST_INFLECTED:
            forms = [[word] for word in words[:-1]] + forms[-1:]
        for chosen in product(*forms):
            so_far = ""
            for word in chosen[:-1]:
                so_far += f" {word}"
                self._begun.add(so_far)
            self._names.setdefault(f"{so_far} {chosen[-1]}", []).append(number)

    def _forms(self, word: str) -> list[str]:
        opened = self._endings.opened
        if opened and word[-1:] in opened and len(word) > _STEM:
            return [word, word[:-1] + _OPEN]
        return [word]
