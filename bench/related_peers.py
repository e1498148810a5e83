"""What others find of the copies that bench/related.py makes: it runs this by itself.

Usage: python bench/related_peers.py COPIES.json, with datasketch, rensa and scikit-learn installed
"""

import json
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import datasketch  # type: ignore[import-not-found,unused-ignore]  # of an extra
import numpy as np
import rensa  # type: ignore[import-not-found,unused-ignore]  # of an extra
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found,unused-ignore]  # of an extra

PERMUTATIONS = 128
THRESHOLDS = (0.1, 0.2, 0.3, 0.5, 0.7)
BATCH = 2_000
type Pair = tuple[int, int]


def shingles(text: str) -> list[str]:
    """Return the runs of five words of a text."""
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + 5]) for at in range(max(len(words) - 4, 1))]


def f1(found: Iterable[Pair], given: dict[str, Any]) -> float:
    """Return F1 of pairs."""
    pairs = {tuple(pair) for pair in given["pairs"]}
    claimed = set(found) - {tuple(pair) for pair in given["neither"]}
    right = len(claimed & pairs)
    return 2 * right / max(len(claimed) + len(pairs), 1)


def by_datasketch(texts: list[str], threshold: float) -> set[Pair]:
    """Return the pairs that MinHash LSH finds."""
    lsh = datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    sketches = datasketch.MinHash.bulk(
        [[each.encode() for each in shingles(text)] for text in texts], num_perm=PERMUTATIONS
    )
    for number, sketch in enumerate(sketches):
        lsh.insert(number, sketch)
    return {
        (min(number, other), max(number, other))
        for number, sketch in enumerate(sketches)
        for other in lsh.query(sketch)
        if other != number
    }


def by_rensa(texts: list[str], threshold: float) -> set[Pair]:
    """Return the pairs that its R-MinHash LSH finds, checked by the estimate of Jaccard."""
    bands = 64 if threshold < 0.3 else 32
    lsh = rensa.RMinHashLSH(threshold, PERMUTATIONS, bands)
    sketches = []
    for number, text in enumerate(texts):
        sketch = rensa.RMinHash(PERMUTATIONS, 42)
        sketch.update(shingles(text))
        lsh.insert(number, sketch)
        sketches.append(sketch)
    return {
        (min(number, other), max(number, other))
        for number, sketch in enumerate(sketches)
        for other in lsh.query(sketch)
        if other != number and sketch.jaccard(sketches[other]) >= threshold
    }


def by_cosine(texts: list[str]) -> dict[Pair, float]:
    """Return the cosine of TF-IDF of all pairs that it puts at .2 and more."""
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    found = {}
    for start in range(0, len(texts), BATCH):
        near = (matrix[start : start + BATCH] @ matrix.T).tocoo()
        wanted = near.data >= 0.2
        for one, other, value in zip(
            near.row[wanted] + start, near.col[wanted], near.data[wanted], strict=True
        ):
            if one < other:
                found[int(one), int(other)] = float(value)
    return found


def main() -> None:
    """Print the best of each."""
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    texts = given["texts"]
    for name, find in (
        ("datasketch MinHash LSH", by_datasketch),
        ("rensa R-MinHash LSH", by_rensa),
    ):
        scores = {}
        started = time.perf_counter()
        for threshold in THRESHOLDS:
            scores[threshold] = f1(find(texts, threshold), given)
        seconds = (time.perf_counter() - started) / len(THRESHOLDS)
        best = max(scores, key=lambda each: scores[each])
        print(f"  {name:<28} F1 {scores[0.5]:.3f} at .5, best {scores[best]:.3f} at {best},"
              f" {seconds:.1f} s", flush=True)  # fmt: skip
    started = time.perf_counter()
    cosines = by_cosine(texts)
    seconds = time.perf_counter() - started
    scores = {
        float(least): f1([pair for pair, value in cosines.items() if value >= least], given)
        for least in np.arange(0.2, 0.95, 0.05)
    }
    best = max(scores, key=lambda each: scores[each])
    print(f"  {'TF-IDF cosine':<28} F1 best {scores[best]:.3f} at {best:.2f}, {seconds:.1f} s")


if __name__ == "__main__":
    main()
