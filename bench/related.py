"""How well related coverage is found, and how fast, with peers beside it.

Usage: python bench/related.py [FOLDER] [--parts wire,outlets,…] [--peers PYTHON] [--data-dir DIR]

FOLDER holds texts to make wire copy of (see wire_copy.py: ``*.txt``, and ``*.sgm`` as Reuters-21578
has it); without one, invented news are taken (news_generator.py). Parts:

prints    text to prints, articles a second on a core
diff      one article of 800 words beside one of 370
wire      edited wire copy, by a fresh database and ``manage.py relate``: pairs found, kinds right;
          on a seed that was looked at while thresholds were set, and on one that was not
peers     the same copies by MinHash LSH (datasketch, rensa) and TF-IDF cosine; each with the
          threshold that is best for it in hindsight
excerpts  passages of 50 to 120 words in another's story: how many are found
outlets   one story in 500 outlets; one footer below 500 unrelated articles

The peers are those of the extra ``peers``: ``python -m venv /tmp/peers && /tmp/peers/bin/pip
install datasketch rensa scikit-learn``, then ``--peers /tmp/peers/bin/python``.

A pair is one if a copy was made of the other; of two copies of one story, if they share 55 words
and more, 18 in a row. Two copies that share but a little (38 to 55 words, or in runs of 12 to 18)
are counted neither way.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import wire_copy  # noqa: E402 -- found from here on
from wire_copy import Copy, Edit, Shared, Wire  # noqa: E402 -- likewise

PARTS = ("prints", "diff", "wire", "peers", "excerpts", "outlets")
FIRST_DAY = date(2020, 1, 1)
OF_TEXT = ("same_text", "edited_version", "excerpt", "quoted_passage")
SURE, LEAST = Shared(55, 18, 0, 0), Shared(38, 12, 0, 0)
type Pair = tuple[int, int]


def say(what: str, figure: str, aim: str = "") -> None:
    """Print a figure."""
    print(f"{what:<58}{figure:>34}  {aim:<12} load {os.getloadavg()[0]:.1f}", flush=True)


def invented(count: int) -> list[tuple[str, list[str]]]:
    """Return invented stories, where no folder of real ones is given."""
    import news_generator  # noqa: PLC0415 -- only where it is needed

    whole = news_generator.world(1)
    chance = random.Random("stories")  # noqa: S311 -- repeatable, not secret
    items = whole.vocabularies["en"].items
    found = []
    for number in range(count):
        words = news_generator.prose(chance, "en", whole.vocabularies["en"].some(chance, 450))
        text = list(words)
        paragraphs = [" ".join(text[at : at + 45]) for at in range(0, len(text), 45)]
        found.append((f"{items[number % len(items)]} {number}", paragraphs))
    return found


@dataclass(slots=True)
class Sample:
    """Copies, which pairs of them are ones, and which are counted neither way."""

    copies: list[Copy]
    pairs: dict[Pair, Shared] = field(default_factory=dict)
    neither: set[Pair] = field(default_factory=set)

    @classmethod
    def of(cls, copies: list[Copy]) -> "Sample":
        """Tell pairs by what is known of the copies."""
        made = cls(copies)
        for pair, shared in wire_copy.truth(copies).items():
            edits = [copies[number].edit for number in pair]
            stories = {copies[number].story for number in pair}
            is_sure = shared.words >= SURE.words and shared.longest >= SURE.longest
            if is_sure or (Edit.ORIGINAL in edits and len(stories) == 1):
                made.pairs[pair] = shared
            elif shared.words >= LEAST.words and shared.longest >= LEAST.longest:
                made.neither.add(pair)
        return made

    def scores(self, found: Iterable[Pair]) -> tuple[float, float, float]:
        """Return precision, recall and F1 of pairs."""
        claimed = set(found) - self.neither
        right = len(claimed & self.pairs.keys())
        precision, recall = right / max(len(claimed), 1), right / max(len(self.pairs), 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)

    def made_kind(self, pair: Pair) -> str | None:
        """Return what was made of a story, of a story and a copy of it."""
        edits = {self.copies[number].edit for number in pair}
        if Edit.ORIGINAL not in edits:
            return None
        return next((edit.kind for edit in edits if edit is not Edit.ORIGINAL), None)


def timed[T](ask: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds of a core something took, and what it gave."""
    started = time.process_time()
    found = ask()
    return time.process_time() - started, found


class Bench:
    """Stories, a data folder, and what is measured with them."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        found = wire_copy.stories(options.folder) if options.folder else invented(3_000)
        self.stories = wire_copy.distinct(found)
        say("stories that share no eight words", f"{len(self.stories):,}")
        self.samples: dict[str, Sample] = {}

    def sample(self, seed: str) -> Sample:
        """Return the copies of a seed."""
        if seed not in self.samples:
            copies = wire_copy.wire(self.stories, seed, families=self.options.families)
            self.samples[seed] = Sample.of(copies)
        return self.samples[seed]

    def prints(self) -> None:
        """Measure texts to prints, on a core."""
        from articles.related.finding.preparing import prints_of  # noqa: PLC0415 -- from here on
        from articles.related.matching.wording import body_words  # noqa: PLC0415 -- likewise
        from articles.text import Block, BlockKind, compose  # noqa: PLC0415 -- likewise

        texts = [
            compose([Block(BlockKind.PARAGRAPH, each) for each in paragraphs])
            for _, paragraphs in self.stories[:5_000]
        ]
        rates = []
        for _ in range(4):
            seconds, found = timed(
                lambda: [
                    prints_of(body_words(each.text, [(s.kind, s.start, s.end) for s in each.spans]))
                    for each in texts
                ]
            )
            rates.append(len(texts) / seconds)
        words = statistics.mean(len(" ".join(each).split()) for _, each in self.stories[:5_000])
        chosen = statistics.mean(map(len, found))
        say(f"text to prints, {words:.0f} words, {chosen:.0f} prints",
            f"{max(rates):,.0f} articles/s a core", "≥ 5,000")  # fmt: skip

    def diff(self) -> None:
        """Measure the comparison of an article of 800 words with one of 370."""
        from articles.related.comparing.comparison import Text, compare  # noqa: PLC0415 -- found here
        from articles.text import Block, BlockKind, compose  # noqa: PLC0415 -- likewise

        maker = Wire(self.stories, "diff")
        taken = []
        for number, (_, paragraphs) in enumerate(maker.stories):
            if 780 <= len(" ".join(paragraphs).split()) <= 860:
                cut = maker.reworded(maker.cut(maker.words(number), 0.44, 0.47), 0.25, 2)
                sides = [
                    compose([Block(BlockKind.PARAGRAPH, each) for each in side])
                    for side in (paragraphs, [" ".join(w.printed for w in each) for each in cut])
                ]
                one, other = (Text(each.text, each.spans) for each in sides)
                compare(one, other)
                taken.append(timed(lambda: compare(one, other))[0])  # noqa: B023 -- asked at once
        if taken:
            say(f"diff of 800 with 370 words, {len(taken)} pairs, median and most",
                f"{statistics.median(taken) * 1e3:.1f} ms, {max(taken) * 1e3:.1f} ms",
                "≤ 5 ms")  # fmt: skip

    def wire(self) -> None:
        """Measure which pairs are found by the whole way, and with which kinds."""
        for seed in self.options.seeds.split(","):
            sample = self.sample(seed)
            found = self.related(f"wire-{seed}", sample.copies)
            self.tell(f"{seed} seed", sample, found)

    def tell(self, name: str, sample: Sample, found: dict[Pair, str]) -> None:
        """Print what was found of a sample."""
        from articles.related.matching.alignment import Alignment  # noqa: PLC0415 -- found from here on
        from articles.related.matching.kinds import kind_of  # noqa: PLC0415 -- likewise

        precision, recall, f1 = sample.scores(found)
        say(f"{name}: {len(sample.copies):,} articles, {len(sample.pairs):,} pairs, F1",
            f"{f1:.4f} ({precision:.4f}, {recall:.4f})", "≥ .99")  # fmt: skip
        lost: Counter[str] = Counter()
        of_all: Counter[str] = Counter()
        made: list[bool] = []
        shared: list[bool] = []
        taken: Counter[tuple[str, str]] = Counter()
        for pair, each in sample.pairs.items():
            kind = sample.made_kind(pair)
            what = kind or "two copies"
            of_all[what] += 1
            if pair not in found:
                lost[what] += 1
                continue
            if kind:
                made.append(found[pair] == kind)
                taken[kind, found[pair]] += 1
            known = Alignment((), each.words, each.longest, each.first_share, each.second_share)
            shared.append(found[pair] == kind_of(known))
        say("  kind as it was made, of a story and its copies",
            f"{sum(made) / max(len(made), 1):.4f} of {len(made):,}", "≥ .95")  # fmt: skip
        say("  kind as what they share has it, of all pairs found",
            f"{sum(shared) / max(len(shared), 1):.4f} of {len(shared):,}")  # fmt: skip
        told = ", ".join(f"{lost[what]} of {count} {what}" for what, count in of_all.items())
        print(f"  not found: {told}")
        wrong = ", ".join(
            f"{count} {one} for {other}" for (one, other), count in taken.most_common()
            if one != other
        )  # fmt: skip
        print(f"  made and found otherwise: {wrong or 'none'}")

    def peers(self) -> None:
        """Measure the same copies by others' means, in an interpreter that has them."""
        for seed in self.options.seeds.split(","):
            sample = self.sample(seed)
            given = {
                "texts": [copy.text for copy in sample.copies],
                "pairs": list(sample.pairs),
                "neither": list(sample.neither),
            }
            path = self.folder / f"peers-{seed}.json"
            path.write_text(json.dumps(given), "utf-8")
            print(f"{seed} seed, peers:", flush=True)
            script = str(ROOT / "bench" / "related_peers.py")
            subprocess.run([self.options.peers, script, str(path)], check=True)

    def excerpts(self) -> None:
        """Measure which quoted passages are found, and their words."""
        for seed in self.options.seeds.split(","):
            maker = Wire(self.stories, f"excerpts, {seed}")
            long = [
                number for number, (_, paragraphs) in enumerate(maker.stories)
                if len(" ".join(paragraphs).split()) >= wire_copy.LONG
            ][:500]  # fmt: skip
            copies = []
            others = [n for n in range(len(maker.stories)) if n not in set(long)]
            for story, within in zip(long, others, strict=False):
                day = maker.chance.randrange(wire_copy.DAYS)
                copies.append(maker.copy(Edit.ORIGINAL, story, day))
                copies.append(maker.copy(Edit.QUOTE, story, day + 1, within=within))
            sample = Sample.of(copies)
            found = self.related(f"excerpts-{seed}", copies)
            _, recall, _ = sample.scores(found)
            say(f"{seed} seed: excerpts of 50 words and more, recall",
                f"{recall:.4f} of {len(sample.pairs):,}", "≥ .99")  # fmt: skip

    def outlets(self) -> None:
        """Measure one story in 500 outlets, and one footer below 500 unrelated articles."""
        maker = Wire(self.stories, "outlets")
        long = [
            number for number, (_, paragraphs) in enumerate(maker.stories)
            if len(" ".join(paragraphs).split()) >= wire_copy.LONG
        ]  # fmt: skip
        many = [maker.copy(Edit.REPRINT, long[0], 5) for _ in range(500)]
        for number, copy in enumerate(many):
            copy.outlet = 1_000 + number
        found = self.related("outlets", many)
        groups = self.groups("outlets")
        say("one story in 500 outlets: in the largest group, links",
            f"{max(groups.values(), default=0)}, {len(found):,}", "all")  # fmt: skip
        for name, outlets in (("one outlet", 1), ("500 outlets", 500)):
            footed = []
            for number, story in enumerate(range(len(maker.stories))[-500:]):
                copy = maker.copy(Edit.UNRELATED, story, number % wire_copy.DAYS)
                copy.outlet = 2_000 + number % outlets
                copy.own = wire_copy.footer()
                footed.append(copy)
            found = self.related(f"footer-{outlets}", footed)
            say(f"one footer below 500 unrelated articles of {name}: links",
                f"{len(found)}", "none")  # fmt: skip

    def related(self, corpus: str, copies: Sequence[Copy]) -> dict[Pair, str]:
        """Bring articles into a corpus of their own, relate them; return the links of texts."""
        path = self.folder / f"{corpus}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for number, copy in enumerate(copies):
                record = {
                    "id": f"{corpus}-{number}",
                    "title": f"{copy.headline} ({number})",
                    "source": f"Outlet {copy.outlet}",
                    "date": str(FIRST_DAY + timedelta(days=copy.day)),
                    "text": copy.text,
                }
                out.write(json.dumps(record) + "\n")
        script = str(ROOT / "bench" / "related.py")
        out_path = self.folder / f"{corpus}.links.json"
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, script, "--relate-only", str(path), "--into", str(out_path)],
            check=True, env={**os.environ, "NEWSROOM_DATA_DIR": str(self.folder)},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        told = json.loads(out_path.read_text("utf-8"))
        say(f"{corpus}: {len(copies):,} articles related, all told",
            f"{time.perf_counter() - started:.0f} s, relating {told['seconds']:.0f} s")  # fmt: skip
        self._groups = told["groups"]
        return {(min(a, b), max(a, b)): kind for a, b, kind in told["links"]}

    def groups(self, _: str) -> Counter[int]:
        """Return how large the groups of editions are that were found last."""
        return Counter(self._groups)


def relate_only(path: Path, out: Path) -> None:
    """Bring a file's articles into a corpus, relate them, and write what was found."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    from articles.ingest import imports  # noqa: PLC0415 -- likewise
    from articles.models import Article, Corpus, Coverage, Door, Link  # noqa: PLC0415 -- likewise

    corpus, _ = Corpus.objects.get_or_create(slug=path.stem, defaults={"name": path.stem})
    if not Article.objects.filter(corpus=corpus).exists():
        given = [imports.LocalFile(path)]
        run = imports.start(corpus=corpus, user=None, door=Door.COMMAND, inputs=given)
        run = imports.run(run.pk)
        assert not run.failed, run.counts
    started = time.perf_counter()
    call_command("relate")
    seconds = time.perf_counter() - started
    ids = dict(Article.objects.filter(corpus=corpus).values_list("pk", "external_id"))
    numbers = {pk: int(str(external).rpartition("-")[2]) for pk, external in ids.items()}
    links = Link.objects.filter(corpus=corpus, kind__in=OF_TEXT).held()
    groups = Coverage.objects.filter(article__corpus=corpus, editions__isnull=False)
    found = {
        "seconds": seconds,
        "links": [
            (numbers[first], numbers[second], kind)
            for first, second, kind in links.values_list("first_id", "second_id", "kind")
        ],
        "groups": list(groups.values_list("editions", flat=True)),
    }
    out.write_text(json.dumps(found), "utf-8")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--parts", default=",".join(PARTS), help="some of them, with commas")
    seeds = f"{wire_copy.TUNING},{wire_copy.REPORTING}"
    parser.add_argument("--seeds", default=seeds, help="with commas")
    parser.add_argument("--families", type=int, default=0, help="stories that are copied, at most")
    parser.add_argument("--peers", default=sys.executable, help="a Python that has the peers")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--relate-only", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.relate_only:
        relate_only(options.relate_only, options.into)
        return
    folder = (options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))).resolve()
    bench = Bench(options, folder)
    try:
        if {"wire", "excerpts", "outlets"} & set(options.parts.split(",")):
            import news_generator  # noqa: PLC0415 -- only where a database is needed

            news_generator.database(folder)
        for part in options.parts.split(","):
            getattr(bench, part)()
    finally:
        if options.data_dir is None:
            env = {**os.environ, "NEWSROOM_DATA_DIR": str(folder)}
            stop = [sys.executable, "manage.py", "postgres", "stop"]
            subprocess.run(stop, cwd=ROOT, env=env, check=False)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
