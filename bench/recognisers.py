"""How well recognisers find names: precision, recall and F1 on public data, place and kind exact.

    .venv/bin/python bench/recognisers.py FOLDER [--split dev|test] [--mistakes 20] [--only NAME]

FOLDER holds folders ``conll2003``, ``wnut17`` and ``wikiann`` (those that are there are read), each
with files ``train``, ``dev`` and ``test``: lines of a word and, last, its tag; an empty line ends a
sentence. They are public and are not kept here:

- CoNLL-2003, English: news of 1996. Articles as wholes, a sentence a block; ``MISC`` is left out.
- WNUT-17, English: tweets, comments, titles of the web, a sentence each. ``corporation`` and
  ``group`` count as organisations, ``creative-work`` and ``product`` are left out.
- WikiANN, English: sentences of an encyclopaedia, tagged by its links.

Beside the recognisers run two to compare with: ``every capital`` takes each run of words with
capitals that begins no sentence for a person, and ``names of train`` knows all names of ``train``.
Without kinds (``place``), a name counts where its place is right, whatever it is taken for.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from articles.annotate.recognisers import Found
from articles.annotate.recognisers.capitals import Capitals
from articles.annotate.recognisers.spacy_pipeline import SpacyPipeline
from articles.annotate.spreading.words_of_names import WordsOfNames

KINDS = {
    "PER": "person", "person": "person",
    "LOC": "place", "location": "place",
    "ORG": "organisation", "corporation": "organisation", "group": "organisation",
}  # fmt: skip
SETS = ("conll2003", "wnut17", "wikiann")
NO_SPACE_BEFORE = {",", ".", ";", ":", "!", "?", ")", "'s", "n't", "'", "''", "%", "'re", "'ve"}
NO_SPACE_AFTER = {"(", "``", "$", "#"}

type Span = tuple[int, int, str]


@dataclass(frozen=True)
class Article:
    """A text with its blocks and the names that people found in it."""

    text: str
    blocks: list[list[Any]]
    names: list[Span]


def sentences(path: Path) -> Iterator[list[tuple[str, str]] | None]:
    """Yield sentences as words with their tags; None where a document begins."""
    words: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t") if "\t" in line else line.split()
        if line.startswith("-DOCSTART-"):
            yield None
        elif not parts or not parts[0].strip():
            if words:
                yield words
            words = []
        else:
            word = parts[0].removeprefix("en:") if "wikiann" in str(path) else parts[0]
            words.append((word.strip() or "_", parts[-1].strip()))
    if words:
        yield words


def articles(path: Path) -> list[Article]:
    """Return the texts of a file: whole documents where it has them, else sentences."""
    found: list[Article] = []
    waiting: list[list[tuple[str, str]]] = []
    whole = path.parent.name == "conll2003"
    for sentence in sentences(path):
        if sentence is None:
            if waiting:
                found.append(article(waiting))
            waiting = []
        elif whole:
            waiting.append(sentence)
        else:
            found.append(article([sentence]))
    if waiting:
        found.append(article(waiting))
    return found


def article(paragraphs: Sequence[Sequence[tuple[str, str]]]) -> Article:
    """Return sentences as a text as it would be printed, a block each."""
    text, blocks, names = "", [], []
    for number, words in enumerate(paragraphs):
        if number:
            text += "\n\n"
        start = len(text)
        open_name: list[Any] | None = None
        before = ""
        for word, tag in words:
            if before and word not in NO_SPACE_BEFORE and before not in NO_SPACE_AFTER:
                text += " "
            at = len(text)
            text += word
            before = word
            prefix, _, kind = tag.partition("-")
            if open_name and (prefix in {"O", "B"} or kind != open_name[2]):
                names.append(open_name)
                open_name = None
            if prefix in {"B", "I"}:
                open_name = [open_name[0] if open_name else at, len(text), kind]
        if open_name:
            names.append(open_name)
        blocks.append(["paragraph", start, len(text)])
    kept = [(start, end, KINDS[kind]) for start, end, kind in names if kind in KINDS]
    return Article(text, blocks, kept)


class EveryCapital:
    """Takes each run of words with capitals within a sentence for a person."""

    name = "every capital"

    def find(self, text: str, blocks: Any, _language: str | None) -> Iterator[Found]:
        """Yield them."""
        for _, first, last in blocks:
            run: list[int] = []
            at = first
            for word in text[first:last].split(" "):
                start, end = at, at + len(word.rstrip(",.;:!?)"))
                at += len(word) + 1
                if word[:1].isupper() and start > first:
                    run = [run[0] if run else start, end]
                    if end == start + len(word):
                        continue
                if run:
                    yield Found(run[0], run[1], "person", None, "", 0.5)
                run = []
            if run:
                yield Found(run[0], run[1], "person", None, "", 0.5)


class NamesOfTrain:
    """Knows the names of other articles: of each, the kind that it has most often."""

    name = "names of train"

    def __init__(self, train: Sequence[Article]) -> None:
        kinds: dict[str, Counter[str]] = {}
        for each in train:
            for start, end, kind in each.names:
                kinds.setdefault(each.text[start:end], Counter())[kind] += 1
        self._names = list(kinds)
        self._kinds = [kinds[name].most_common(1)[0][0] for name in self._names]
        self._words = WordsOfNames(self._names)

    def find(self, text: str, blocks: Any, language: str | None) -> Iterator[Found]:
        """Yield them."""
        for hit in self._words.find(text, blocks, language):
            yield Found(hit.start, hit.end, self._kinds[hit.name], None, "", hit.sure)


@dataclass
class Score:
    """What was found of what is there."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, found: Iterable[Any], there: Iterable[Any]) -> None:
        """Count one text."""
        found, there = set(found), set(there)
        self.right += len(found & there)
        self.found += len(found)
        self.there += len(there)

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.there if self.there else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return f"{precision:6.1%} {recall:6.1%} {f1:6.1%}"


def measure(recogniser: Any, texts: Sequence[Article], mistakes: int) -> None:
    """Print what a recogniser finds in some texts."""
    exact, place = Score(), Score()
    kinds = {kind: Score() for kind in ("person", "organisation", "place")}
    wrong: Counter[tuple[str, str, str]] = Counter()
    began = time.perf_counter()
    found = [
        [(f.start, f.end, f.kind) for f in recogniser.find(each.text, each.blocks, "en")]
        for each in texts
    ]
    seconds = time.perf_counter() - began
    for each, these in zip(texts, found, strict=True):
        kept = [span for span in these if span[2] in kinds]
        exact.add(kept, each.names)
        place.add([s[:2] for s in kept], [s[:2] for s in each.names])
        for kind, score in kinds.items():
            score.add([s for s in kept if s[2] == kind], [s for s in each.names if s[2] == kind])
        there = {s[:2]: s[2] for s in each.names}
        for start, end, kind in kept:
            if there.get((start, end)) != kind:
                wrong[each.text[start:end], kind, there.get((start, end), "-")] += 1
        have = {s[:2] for s in kept}
        for start, end, kind in each.names:
            if (start, end) not in have:
                wrong[each.text[start:end], "-", kind] += 1
    words = sum(len(each.text.split()) for each in texts)
    rows = [f"  {recogniser.name:15} {exact}  | place {place}"]
    rows += [f"{kind[:6]} {score}" for kind, score in kinds.items()]
    print(" | ".join(rows), f"| {words / max(seconds, 1e-9):,.0f} words/s")
    for (name, taken, meant), count in wrong.most_common(mistakes):
        print(f"      {count:4} {name!r}: taken for {taken}, is {meant}")


def main() -> None:
    """Read the data and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test", choices=["train", "dev", "test"])
    parser.add_argument("--mistakes", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--model", default="", help="a spaCy model, to be measured too")
    given = parser.parse_args()
    print("precision, recall, F1: place and kind exact | place alone | by kind")
    for name in SETS:
        path = given.folder / name / given.split
        if not path.is_file():
            print(f"{name}: not there", file=sys.stderr)
            continue
        texts = articles(path)
        count = sum(len(each.names) for each in texts)
        print(f"{name} {given.split}: {len(texts):,} texts, {count:,} names")
        recognisers: list[Any] = [
            EveryCapital(),
            NamesOfTrain(articles(path.parent / "train")),
            Capitals(),
        ]
        if given.model:
            recognisers.append(SpacyPipeline(spacy.load(given.model)))
        for recogniser in recognisers:
            if given.only in {"", recogniser.name}:
                measure(recogniser, texts, given.mistakes)


if __name__ == "__main__":
    main()
