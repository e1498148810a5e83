"""How well articles on one event are gathered: B³ on ECB+, by the functions of the application.

Usage: python bench/events.py FOLDER [--topics odd|even|all] [--seed 1] [--data-dir DIR]

FOLDER is that of ECB+ (982 articles, 43 topics of two like events each, e.g. two earthquakes), with
a folder of XML files for each topic; it is not part of this project. Files a topic's articles under
86 events: those of ``…ecb.xml`` tell of the one, those of ``…ecbplus.xml`` of the other.

Every article is stored in a fresh database of the embedded PostgreSQL with the same day (the corpus
has none: time, which tells most such events apart, is no help here), and related:

- *online*: one after the other in a random order, each related before the next one comes;
- *batch*: stored at once, related, and related once more with what is then known of words.

A story is a cluster, and so is an article in no story. Peers, if scikit-learn is there (the extra
``peers``): TF-IDF cosine alone, single-link and average-link, with the best threshold found for
the very articles that are reported, which flatters them.

The numbers of :mod:`articles.related` were chosen on the even topics; report the odd ones.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"https? ?:")
_DAY = "2013-05-02"
# Tokens stand apart in the files: what belongs to a word or a number is put back to it.
_JOINED = (
    (re.compile(r"\s+([.,;:!?%)\]])"), r"\1"),
    (re.compile(r"([(\[$])\s+"), r"\1"),
    (re.compile(r"\s+('s|'re|'ve|'ll|'d|n't|')(?!\w)"), r"\1"),
    (re.compile(r"(\w) - (\w)"), r"\1-\2"),
    (re.compile(r"(?:``|'')\s?"), '"'),
)


@dataclass(frozen=True)
class Text:
    """An article of ECB+, and the event that it tells of."""

    name: str
    topic: int
    event: str
    sentences: tuple[str, ...]


def read(folder: Path) -> list[Text]:
    """Return the articles of ECB+, in the order of their names."""
    texts = []
    for path in sorted(folder.glob("*/*.xml")):
        sentences: dict[int, list[str]] = {}
        # A file of one's own choosing, of tokens alone.
        for token in ET.parse(path).getroot().iter("token"):  # noqa: S314 -- see above
            sentences.setdefault(int(token.get("sentence") or 0), []).append(token.text or "")
        joined = [tidy(" ".join(words)) for _, words in sorted(sentences.items())]
        # Where it was found names the topic.
        told = [sentence for sentence in joined if not _LINK.match(sentence)]
        kind = "plus" if "plus" in path.name else ""
        topic = int(path.parent.name)
        texts.append(Text(path.stem, topic, f"{topic}{kind}", tuple(told)))
    return texts


def tidy(sentence: str) -> str:
    """Return a sentence of tokens as it would be printed."""
    for pattern, by in _JOINED:
        sentence = pattern.sub(by, sentence)
    return sentence


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1, averaged over the articles."""
    events, clusters = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / clusters[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / events[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def report(name: str, gold: Sequence[Hashable], found: Sequence[Hashable], told: str = "") -> None:
    """Print a line of figures."""
    precision, recall, f1 = b_cubed(gold, found)
    counted = f"{len(set(found))} of {len(set(gold))}"
    print(f"{name:<34}{precision:>9.3f}{recall:>9.3f}{f1:>9.3f}{counted:>11}  {told}")


def store(corpus: Any, texts: Sequence[Text], one_by_one: bool) -> dict[str, int]:  # noqa: FBT001 -- two ways
    """Store articles, and relate them after each or after all; return their ids by name."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- the data folder must be set first

    from articles.ingest import records  # noqa: PLC0415 -- likewise
    from articles.related.finding.keeper import Keeper  # noqa: PLC0415 -- likewise

    ids: dict[str, int] = {}
    user, _ = User.objects.get_or_create(username="bench")
    with Keeper() as keeper:
        for text in texts:
            item = {
                "external_id": text.name,
                "headline": text.sentences[0],
                "body": "\n\n".join(text.sentences[1:]) or text.sentences[0],
                "language": "en",
                "published": _DAY,
            }
            body = text.name.encode()
            [made] = records.store(corpus=corpus, user=user, body=body, items=[item])
            assert made.article_id, made
            ids[text.name] = made.article_id
            while one_by_one and keeper.step():
                pass
        while keeper.step():
            pass
    return ids


def labels(ids: dict[str, int], texts: Sequence[Text]) -> list[Hashable]:
    """Return the story of each article, or itself where it is in none."""
    from articles.models import Coverage  # noqa: PLC0415 -- the data folder must be set first

    story = dict(Coverage.objects.exclude(story=None).values_list("article_id", "story_id"))
    return [story.get(ids[text.name], text.name) for text in texts]


def ours(texts: Sequence[Text], seed: int) -> None:
    """Gather articles by the application, online and in batch."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    django.setup()
    from articles.models import Corpus  # noqa: PLC0415 -- after the setup
    from articles.related.finding import following  # noqa: PLC0415 -- likewise

    gold = [text.event for text in texts]
    for number, one_by_one in enumerate((True, False)):
        corpus = Corpus.objects.create(slug=f"bench-{number}", name="Bench")
        order = list(texts)
        random.Random(seed).shuffle(order)  # noqa: S311 -- repeatable, not secret
        started = time.perf_counter()
        ids = store(corpus, order, one_by_one)
        if not one_by_one:
            following.ask(corpus=corpus.slug)
            following.catch_up(wait=True)
        each = (time.perf_counter() - started) / len(texts) * 1000
        name = "ours, online" if one_by_one else "ours, batch"
        report(name, gold, labels(ids, texts), f"{each:.0f} ms an article, stored and related")


def peers(texts: Sequence[Text]) -> None:
    """Gather articles by TF-IDF cosine alone, as most do it."""
    try:
        from sklearn.cluster import (  # type: ignore[import-not-found]  # noqa: PLC0415 -- may be missing
            AgglomerativeClustering,
        )
        from sklearn.feature_extraction.text import (  # type: ignore[import-not-found]  # noqa: PLC0415 -- likewise
            TfidfVectorizer,
        )
    except ImportError:
        print("scikit-learn is not there: no peer. Install the extra `peers`.")
        return
    gold = [text.event for text in texts]
    made = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        [" ".join(text.sentences) for text in texts]
    )
    distance = (1 - (made @ made.T).toarray()).clip(0)
    for linkage in ("single", "average"):
        found = []
        for hundredth in range(40, 96):
            clusters = AgglomerativeClustering(
                n_clusters=None,
                metric="precomputed",
                linkage=linkage,
                distance_threshold=hundredth / 100,
            ).fit_predict(distance)
            found.append((b_cubed(gold, list(clusters))[2], hundredth, list(clusters)))
        _, hundredth, clusters = max(found, key=lambda each: each[0])
        report(f"TF-IDF cosine, {linkage}-link", gold, clusters, f"at {1 - hundredth / 100:.2f}")


def main() -> None:
    """Read, gather, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--topics", choices=("odd", "even", "all"), default="odd")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--peers-only", action="store_true", help="where only scikit-learn is")
    options = parser.parse_args()
    wanted = {"odd": (1,), "even": (0,), "all": (0, 1)}[options.topics]
    texts = [text for text in read(options.folder) if text.topic % 2 in wanted]
    if not texts:
        parser.error(f"{options.folder} has no articles: it is the folder that has one a topic.")
    print(f"{len(texts)} articles of {options.topics} topics")
    print(f"{'':<34}{'B³ prec.':>9}{'recall':>9}{'F1':>9}{'clusters':>11}")
    if not options.peers_only:
        gather(texts, options.seed, options.data_dir)
    peers(texts)


def gather(texts: Sequence[Text], seed: int, data_dir: Path | None) -> None:
    """Gather articles in a database of their own."""
    folder = data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        ours(texts, seed)
    finally:
        if data_dir is None:
            subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
