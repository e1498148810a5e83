"""What an article is about, as numbers: its words and names, each weighed by how rare it is. Pure.

Two articles are compared by the cosine of their words and by the cosine of the words of their
names: of two accidents of one week the words are alike, and the names are not. What a text begins
with counts more, for there it says what it is about.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from articles.search.language.words import STEMMERS, fold, printed_words, stems_of
from articles.text import BlockKind

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]
type Frequency = Callable[[str], int]

# What an outlet adds about other things than the event.
_LEFT_OUT = frozenset({BlockKind.NOTE.value})
# So many blocks say what it is about; a word there counts as so many.
_LEAD_BLOCKS, _LEAD = 5, 3
# So many of each are kept, the most frequent: more does not tell more (see docs/decisions).
_MOST_WORDS, _MOST_NAMES, _MOST_PRINTED = 100, 40, 40
# Of a longer text its beginning says what it is about: characters.
_LONGEST = 40_000
_LONGEST_WORD, _LONGEST_NAME = 40, 5
# A corpus is thought to have had so many articles before, each word in this share of them.
_PRIOR_ARTICLES, _PRIOR_SHARE = 200, 1 / 400
_SHARE_OF_NAMES = 0.3
# Names that are alike in two languages tell so much of what they and the words would in one.
_ACROSS = 0.65
_MOST_KNOWN, _MOST_BEFORE = 300_000, 20_000
_NAMES_SHOWN = _WORDS_SHOWN = 12
# Words that tell nothing of any event, in some languages; elsewhere they are found by how common
# they are.
_COMMON_WORDS = (
    "a about after again all also although always am among an and another any are around as "
    "at back be because been before being between both but by came can could day days did do "
    "does down during each even every few first for from get go had has have he her here him "
    "his how i if in into is it its just last like made make many may me might more most much "
    "must my never new next no not now of off on once one only or other our out over own part "
    "put said same say says see she should since so some still such take than that the their "
    "them then there these they this those three through time to told too two under until up "
    "upon us very was way we week well went were what when where which while who whose why "
    "will with within without would year years yesterday yet you your "
    "au aux avec ce ces cet cette comme dans de des du elle elles en est et il ils la le les "
    "leur leurs lui mais même ne nous on ont ou où par pas plus pour qu que qui sa sans se "
    "ses si son sont sous sur tous tout un une vers vous été "
    "aber alle als am auch auf aus bei bis das dass dem den der des die doch durch ein eine "
    "einem einen einer eines er es für haben hat hatte ihr ihre im ist kann mehr mit nach "
    "nicht noch nur oder sagte sein seine sich sie sind so um und unter von vor war waren was "
    "weil wenn werden wie wir wird wurde zu zum zur über "
    "al como con cuando del desde donde el ella ellos entre era es esta este esto fue ha han "
    "hasta hay las lo los muy más ni no nos o para pero por porque que se según ser sin sobre "
    "su sus también tras una uno y ya "
    "che chi col come con cui da dal dalla degli dei del della delle di e gli ha hanno i il "
    "nel nella non per più sono sua suo tra uno "
    "ao aos as com da das dos e em foi mais mas na nas no nos não o os ou pela pelo por seu "
    "sua são um uma "
    "aan bij dat een en het hij ik is maar met naar niet nog om ook op te van voor was werd "
    "wordt zijn "
    "att av den det från för har inte och på som till "
    "бы был была были в во для до его ее же за и из или их к как на не но о об он она они от "
    "по при с со так у что это "
    "أن أو إلى إن التي الذي بعد بين ثم حتى ذلك على عن عند في قبل قد كان كانت كل لا لم لن ما "
    "مع من منذ هذا هذه هم هو هي "
)
_COMMON = frozenset(_COMMON_WORDS.split())
# Words with a capital, side by side.
_NAMES = re.compile(
    r"[^\W\d_a-zß-öø-ÿ](?<!\w.)\w+(?:['’-]\w+)*(?:[ -](?:(?:of|the|de|da|von|van|al|bin|del|la) )?"
    r"[^\W\d_a-zß-öø-ÿ][\w.]*\w(?:['’-]\w+)*)*"
)
# What stands before a sentence, where any word has one.
_BEFORE = re.compile(r"(?:^|[.!?…:–—“\"«‘(\n]['\"”’)»]?\s?)$")
_OPENING, _CLOSING = frozenset('"“”„«‘'), frozenset('"”“»’')
_SMALL = re.compile(r"\b[a-zß-öø-ÿ]\w+")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared: how often each stem stands in it, and each word of its names.

    ``printed`` are its names as printed, the most frequent first.
    """

    words: Mapping[str, int]
    names: Mapping[str, int]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile as two vectors of length 1, or without any value."""

    words: Mapping[str, float]
    names: Mapping[str, float]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are, from 0 to 1: by words, by names, together."""

    score: float
    cosine: float
    names_cosine: float


# How much a word counts that stands so often in an article.
_OFTEN = (0.0, *(1 + math.log(times) for times in range(1, 64)))


@dataclass(slots=True)
class Rarity:
    """How much a word tells: the more, the fewer of ``articles`` have it by ``frequency``."""

    articles: int
    frequency: Frequency
    known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        """Return a word's weight; 0 for one that stands in nearly every article."""
        weight = self.known.get(word)
        if weight is None:
            weight = self.weight_of(self.frequency(word))
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[word] = weight
        return weight

    def weight_of(self, frequency: int) -> float:
        """Return the weight of a word that stands in so many articles."""
        there = frequency + _PRIOR_ARTICLES * _PRIOR_SHARE
        return max(math.log((self.articles + _PRIOR_ARTICLES) / there), 0.0)


def profile(
    text: str, blocks: Iterable[StoredBlock], language: str | None, tagged: Iterable[str] = ()
) -> Profile:
    """Return what of an article is compared.

    ``tagged`` are the names of who is tagged in it, each as often as it is; without any, names are
    what is printed with capitals.
    """
    parts = [
        text[int(start) : min(int(end), _LONGEST)]
        for kind, start, end in blocks
        if kind not in _LEFT_OUT and int(start) < _LONGEST
    ]
    between = [part.split() for part in parts]
    words = _counted(between, language)
    printed = Counter(tagged) or _named("\n".join(parts), between)
    names: dict[str, int] = {}
    for name, times in printed.items():
        for word in dict.fromkeys(_words_of(name)):
            names[word] = names.get(word, 0) + times
    return Profile(
        dict(_most(words, _MOST_WORDS)),
        dict(_most(names, _MOST_NAMES)),
        tuple(name for name, _ in _most(printed, _MOST_PRINTED)),
    )


def _most(counts: Mapping[str, int], number: int) -> list[tuple[str, int]]:
    """Return the most frequent, of equals those that came first."""
    # As Counter.most_common has it; of some hundred to sort all is quicker.
    return sorted(counts.items(), key=itemgetter(1), reverse=True)[:number]


class _Known[Found](dict[str, Found]):
    """What was found in what is printed between two spaces; forgets all when large.

    Texts print the same over and over: what is in it is looked up mostly, not looked for.
    """

    def __missing__(self, printed: str) -> Found:
        found = self._found(printed)
        if len(printed) <= _LONGEST_WORD:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[printed] = found
        return found

    def _found(self, printed: str) -> Found:
        raise NotImplementedError


class _Telling(_Known[tuple[str, ...]]):
    """The stems of the words that tell something."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._stems = stems_of(language)

    def _found(self, printed: str) -> tuple[str, ...]:
        return tuple(
            self._stems[word]
            for word in printed_words(printed)
            if len(word) <= _LONGEST_WORD and word.lower() not in _COMMON
        )


class _Small(_Known[tuple[str, ...]]):
    """The words in small letters."""

    def _found(self, printed: str) -> tuple[str, ...]:
        return tuple(_SMALL.findall(printed))


@lru_cache(maxsize=len(STEMMERS) + 1)
def _telling_in(language: str | None) -> _Telling:
    return _Telling(language)


def _counted(between: Sequence[Sequence[str]], language: str | None) -> Counter[str]:
    """Return how often each stem stands in blocks, of which is told what is between two spaces."""
    stems_in = _telling_in(language).__getitem__
    lead, rest = (
        chain.from_iterable(map(stems_in, chain.from_iterable(some)))
        for some in (between[:_LEAD_BLOCKS], between[_LEAD_BLOCKS:])
    )
    found = Counter({stem: times * _LEAD for stem, times in Counter(lead).items()})
    found.update(rest)
    return found


class _Begins(dict[str, bool]):
    """Whether what stands before a word begins a sentence; forgets all when large."""

    def __missing__(self, before: str) -> bool:
        if len(self) >= _MOST_BEFORE:
            self.clear()
        self[before] = begins = _BEFORE.search(before) is not None
        return begins


_begins = _Begins().__getitem__
_small_in = _Small().__getitem__


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with a capital, side by side.

    ``first`` is the first of them in small letters; ``name`` is what they are called by together,
    "" where no word of theirs tells anything.
    """

    words: tuple[str, ...]
    first: str
    name: str


class _Runs(_Known[_Run]):
    """The same few names stand in texts over and over."""

    def _found(self, printed: str) -> _Run:
        words = tuple(printed.split())
        name = _POSSESSIVE.sub("", " ".join(words)) if any(map(_words_of, words)) else ""
        return _Run(words, words[0].lower(), name)


_run_of = _Runs().__getitem__


def _named(text: str, between: Sequence[Sequence[str]]) -> Counter[str]:
    """Return the names in a text by their capitals, with how often each stands there.

    ``between`` are what stands between its spaces.
    """
    printed = chain.from_iterable(between)
    small, found = set(chain.from_iterable(map(_small_in, printed))), list[str]()
    for match in _NAMES.finditer(text):
        start, run = match.start(), _run_of(match.group())
        if (
            _begins(text[max(start - 3, 0) : start])
            and (len(run.words) == 1 or run.first in small or run.first in _COMMON)
            and not _is_quoted(text, start, match.end())
        ):
            if len(run.words) == 1:
                continue
            run = _run_of(" ".join(run.words[1:]))
        if 1 < len(run.words) <= _LONGEST_NAME:
            found.append(run.name)
            continue
        # Of a headline in capitals each word has one.
        words = [word for word in run.words if word.lower() not in small or word.isupper()]
        names = [words] if len(words) <= _LONGEST_NAME else [[word] for word in words]
        found += [_run_of(" ".join(name)).name for name in names if name]
    return Counter(filter(None, found))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether nothing but a name stands in quotation marks: that of a ship, a paper, a film."""
    before, after = text[max(start - 2, 0) : start].strip(), text[end : end + 2].strip()
    return before[-1:] in _OPENING and after[:1] in _CLOSING


def without(profile: Profile, part: Profile) -> Profile:
    """Return what is left of a profile without what a part of its text says."""
    return Profile(
        Counter(profile.words) - Counter(part.words),
        Counter(profile.names) - Counter(part.names),
        tuple(name for name in profile.printed if name not in part.printed),
    )


def weighed(profile: Profile, words: Rarity, names: Rarity) -> Weighed:
    """Return a profile as two vectors of length 1."""
    return Weighed(_unit(profile.words, words), _unit(profile.names, names), profile.printed)


def likeness(first: Weighed, second: Weighed, *, one_language: bool = True) -> Likeness:
    """Return how alike two articles are; without names on one side, by words alone.

    Of two languages only the names are compared.
    """
    cosine = _cosine(first.words, second.words)
    names_cosine = _cosine(first.names, second.names)
    named = bool(first.names and second.names)
    score = together(cosine, names_cosine, one_language=one_language, named=named)
    return Likeness(score, min(cosine, 1.0), min(names_cosine, 1.0))


def together(cosine: float, names_cosine: float, *, one_language: bool, named: bool) -> float:
    """Return the score of two articles by their cosines; ``named`` if both have names."""
    score = cosine
    if not one_language:
        score = _ACROSS * names_cosine
    elif named:
        score = (1 - _SHARE_OF_NAMES) * cosine + _SHARE_OF_NAMES * names_cosine
    return min(score, 1.0)


def in_common(first: Weighed, second: Weighed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names and the words that two articles have in common, what tells most first."""
    names = _in_both(first, second, _by_weight(first.names, second.names))
    return names, tuple(_by_weight(first.words, second.words)[:_WORDS_SHOWN])


def _unit(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    known, of = rarity.known, rarity.of
    vector = {}
    # Asked of each word of each pair that is compared: what was asked before is looked up here.
    for word, times in counts.items():
        weight = known.get(word)
        if weight is None:
            weight = of(word)
        if weight:
            often = _OFTEN[times] if times < len(_OFTEN) else 1 + math.log(times)
            vector[word] = often * weight
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {word: value / length for word, value in vector.items()} if length else {}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    # Exactly, so that both sides get the same to the last digit.
    return math.fsum([first[word] * second[word] for word in first.keys() & second.keys()])


def _by_weight(first: Mapping[str, float], second: Mapping[str, float]) -> list[str]:
    adds = {word: first[word] * second[word] for word in first.keys() & second.keys()}
    return sorted(adds, key=lambda word: (-adds[word], word))


def _in_both(first: Weighed, second: Weighed, common: Sequence[str]) -> tuple[str, ...]:
    """Return names of which all words are in both, as printed in either, by how much they tell."""
    place = {word: number for number, word in enumerate(common)}
    told = []
    for name in {*first.printed, *second.printed}:
        words = _words_of(name)
        if words and all(word in place for word in words):
            told.append((min(place[word] for word in words), -len(words), name))
    names, seen = [], set[str]()
    for _, _, name in sorted(told):
        parts = set(_words_of(name))
        if not parts <= seen:
            names.append(name)
            seen |= parts
    return tuple(names[:_NAMES_SHOWN])


@lru_cache(maxsize=50_000)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(
        folded
        for word in name.replace("-", " ").split()
        if (folded := fold(_POSSESSIVE.sub("", word).strip(".,"))) and folded not in _COMMON
    )
