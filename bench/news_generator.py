"""Articles with the statistics of news, as many as wanted, in a database as ingest leaves it.

Usage: python bench/news_generator.py [--articles 100000] [--words 375] [--seed 1] --data-dir DIR

Words follow Zipf's law, steeper behind the core of a language: real words first,
then invented ones, in several forms each, and word groups that go together. Six
articles in ten are about one of 1,500 topics, whose words they repeat, and appear in its burst of
days. 200 outlets and 20,000 authors are as skewed as real ones; an outlet has one of seven
languages, Chinese and Arabic among them. All follows from the seed, batch by batch, whatever the
number of processes. Nothing is noted as changed: reindex afterwards.
"""

import argparse
import hashlib
import json
import math
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BATCH = 5_000
FIRST_DAY, DAYS = date(2000, 1, 1), 7_305
SOURCES, AUTHORS, PLACES, TOPICS = 200, 20_000, 3_000, 1_500
AGENCIES = ("Associated Press", "Reuters", "AFP", "dpa", "EFE", "Xinhua", "TASS", "Ritzau")
SECTIONS = (
    "World", "National", "Politics", "Business", "Opinion", "Sport", "Culture", "Science",
    "Health", "Education", "Local", "Weather", "Travel", "Food", "Books", "Music", "Film",
    "Television", "Technology", "Environment", "Law", "Crime", "Religion", "Obituaries", "Letters",
    "Markets", "Property", "Motoring", "Fashion", "Style", "Games", "Football", "Cricket", "Tennis",
    "Rowing", "Shipping", "Farming", "Labour", "Media", "Weekend",
)  # fmt: skip
LANGUAGES = {"en": 70, "de": 8, "fr": 7, "es": 7, "ar": 4, "ru": 2, "zh": 2}
HEAD = {
    "en": """the of to and a in that is was for on it with as he by at from be his an has have are
    had not which but this they said or its were been who their more will one would about after she
    when there all her up new out no two last over than also could what first other into if them we
    can time people year years some may only him because most before so now three made make while
    where many against during since through still told such being between under government police
    country president minister city state week world national day public party court war report
    company million officials group home work according percent market members part former second
    local family children school water group work found four later number case high early another
    including announced killed leader security meeting health decision election economic plan law
    union strike harbour bridge camp river railway factory council price trade bank budget tax vote
    protest border army village fire storm flood train ship coal oil wheat hospital university
    newspaper editor letter museum church theatre match team goal season player coach record""",
    "de": """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch
    es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum
    war haben nur oder aber vor zur bis mehr durch man sein wurde Regierung Stadt Jahr Hafen Brücke
    Kinder Häuser Straße Wahl Minister Gericht Woche Land Polizei Krieg Zeitung""",
    "fr": """de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce
    il sont avec son cette ont mais aux été sa après président ministre gouvernement ville année
    école élève port pont grève élection police guerre pays semaine tribunal journal marché""",
    "es": """de la que el en y a los del se las por un para con no una su al lo como más pero sus le
    ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde gobierno ciudad
    año niños puerto puente huelga elección policía guerra país semana tribunal periódico mañana""",
    "ru": """и в не на что с по как это из у за от так о для но его к он она мы бы год город страна
    правительство президент министр полиция война неделя суд газета порт мост дети выборы""",
    "ar": """في من على أن إلى عن مع هذا التي الذي كان بعد قد لم بين كل عام يوم رئيس حكومة مدينة شرطة
    وزير حرب أسبوع محكمة جريدة ميناء جسر أطفال انتخابات معسكر""",
    "zh": "的 一 是 在 不 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于",
}
SYLLABLES = {
    "en": "ka ro mi ten sol var ne lu pra do stin ber ge an ti mor es la ve cor du ri hal wen fo",
    "de": "ka ro schei ten sol wer nü lu pra do stein ber ge an ti mör es la we kor du ri hal bäu",
    "fr": "ka ro mi tan sol vair né lu pra do stin bé ge an ti mour es la vé cor du ri çon eau",
    "es": "ca ro mi ten sol var ñe lu pra do tín ber gue an ti mor es la ve cor du rí ja cho",
    "ru": "ка ро ми тен сол вар не лу пра до стин бер ге ан ти мор ес ла ве кор ду ри щи",
    "ar": "كا رو مي تن سل فر ني لو بر دو ست بر جي ان تي مر اس لا في كر دو ري",
}
ENDINGS = {
    "en": ("", "s", "ed", "ing", "er"),
    "de": ("", "en", "er", "ung", "lich"),
    "fr": ("", "s", "e", "es", "ment"),
    "es": ("", "s", "es", "ando", "ción"),
    "ru": ("", "а", "ы", "ов", "ом"),
    "ar": ("", "ات", "ون", "ين", "ية"),
}
VOCABULARY = {"en": 300_000, "zh": 4_000}
SMALLER = 60_000
CORE = 6_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What texts of a language are made of: words and groups of words, the most frequent first."""

    items: Sequence[str]
    weights: Sequence[float]

    def some(self, seed: random.Random, count: int) -> list[str]:
        """Draw items by their frequency."""
        return seed.choices(self.items, cum_weights=self.weights, k=count)


@dataclass(frozen=True, slots=True)
class Topic:
    """What many articles are about: its words, its place, and when it was in the news."""

    words: Sequence[str]
    place: str
    day: int
    spread: float


@dataclass(frozen=True, slots=True)
class World:
    """All that articles are drawn from."""

    vocabularies: dict[str, Vocabulary]
    sources: Sequence[tuple[str, str]]
    people: Sequence[str]
    places: Sequence[str]
    topics: Sequence[Topic]
    skew: dict[str, Sequence[float]] = field(default_factory=dict)


def zipf(count: int, power: float) -> list[float]:
    """Return cumulated weights by rank."""
    return list(accumulate(1 / (rank + 2.7) ** power for rank in range(1, count + 1)))


def of_words(count: int) -> list[float]:
    """Return cumulated weights of words by rank: behind the core of a language they fall faster."""
    return list(
        accumulate(
            1 / (rank + 1.3) if rank <= CORE else (CORE / rank) ** 1.7 / CORE
            for rank in range(1, count + 1)
        )
    )


def vocabulary(language: str, seed: random.Random) -> Vocabulary:
    """Return a language's words: real ones first, then invented, groups of words among them."""
    head = list(dict.fromkeys(HEAD[language].split()))
    size = VOCABULARY.get(language, SMALLER)
    if language == "zh":
        seen = dict.fromkeys(head + [chr(0x4E00 + n) for n in seed.sample(range(12_000), size)])
        return Vocabulary(list(seen), of_words(len(seen)))
    syllables, endings = SYLLABLES[language].split(), ENDINGS[language]
    found = dict.fromkeys(head)
    while len(found) < size:
        stem = "".join(seed.choices(syllables, k=seed.choice((1, 2, 2, 2, 3, 3, 4))))
        if seed.random() < 0.25:
            stem = stem.title()
        for ending in seed.sample(endings, k=seed.randint(1, len(endings))):
            found[stem + ending] = None
    words = list(found)
    # Forms of one word are not neighbours in rank, and short words are more frequent than long.
    behind = sorted(words[len(head) :], key=lambda word: len(word) + seed.gauss(0, 2.5))
    words = head + behind
    groups = {
        int(150 * math.exp(seed.random() * 6)): " ".join(
            seed.choices(words[20:30_000], k=seed.choice((2, 2, 3)))
        )
        for _ in range(4_000)
    }
    # A group stands before the word whose rank it has.
    words = [item for at, word in enumerate(words) for item in (groups.get(at), word) if item]
    return Vocabulary(words, of_words(len(words)))


@lru_cache(maxsize=1)
def world(seed: int) -> World:
    """Return what all articles of a seed are drawn from."""
    chance = random.Random(f"world {seed}")  # noqa: S311 -- repeatable, not secret
    vocabularies = {language: vocabulary(language, chance) for language in LANGUAGES}
    syllables = SYLLABLES["en"].split()

    def name(least: int = 2) -> str:
        return "".join(chance.choices(syllables, k=chance.randint(least, 3))).title()

    spoken = chance.choices(list(LANGUAGES), list(LANGUAGES.values()), k=SOURCES)
    # The largest outlets write English.
    spoken[:8] = ["en"] * 8
    outlets = [(f"The {name()} {chance.choice(('Times', 'Post', 'Herald', 'Courier'))} {n}", lang)
               for n, lang in enumerate(spoken, 1)]  # fmt: skip
    places = [name(3) for _ in range(PLACES)]
    words = vocabularies["en"].items
    topics = [
        Topic(
            chance.sample(words[200:60_000], 25), chance.choice(places),
            chance.randrange(DAYS), math.exp(chance.uniform(1, 5.5)),
        )
        for _ in range(TOPICS)
    ]  # fmt: skip
    people = [f"{name()} {name(3)}" for _ in range(AUTHORS * 3 // 2)]
    people = list(dict.fromkeys(people))[:AUTHORS]
    skew: dict[str, Sequence[float]] = {
        "source": zipf(SOURCES, 1.0), "person": zipf(AUTHORS, 0.7), "place": zipf(PLACES, 0.9),
        "topic": zipf(TOPICS, 0.8), "agency": zipf(len(AGENCIES), 1.0),
        "section": zipf(len(SECTIONS), 0.8),
    }  # fmt: skip
    return World(vocabularies, outlets, people, places, topics, skew)


@dataclass(frozen=True, slots=True)
class Made:
    """An article as rows: of the article, of its version, of its credits."""

    article: tuple[Any, ...]
    version: tuple[Any, ...]
    credits: Sequence[tuple[Any, ...]]


ARTICLE = (
    "id", "corpus_id", "source_id", "source_alias_id", "version_id", "headline", "standfirst",
    "snippet", "byline", "published_at", "published_date", "published_precision", "dateline_place",
    "section", "page", "language", "word_count", "flags", "sort_at", "created_at", "edits",
    "canonical_url", "read_canonical_url",
)  # fmt: skip
VERSION = (
    "id", "article_id", "number", "origin", "text", "blocks", "sha256", "word_count", "read",
    "reader", "reader_version", "locator", "first_seen", "last_seen",
)  # fmt: skip
CREDIT = ("version_id", "position", "kind", "person_id", "name")


def prose(seed: random.Random, language: str, items: list[str]) -> Iterator[str]:
    """Yield paragraphs of sentences of some items."""
    joint, stop = ("", "。") if language == "zh" else (" ", ".")
    at = 0
    while at < len(items):
        sentences = []
        for _ in range(seed.randint(2, 4)):
            length = seed.randint(9, 26)
            piece = joint.join(items[at : at + length])
            at += length
            if piece:
                sentences.append(piece[0].upper() + piece[1:] + stop)
        yield joint.join(sentences)


def text_of(
    seed: random.Random, whole: World, language: str, topic: Topic | None, words: int
) -> tuple[str, str | None, list[str]]:
    """Return a headline, a standfirst or none, and paragraphs."""
    known = whole.vocabularies[language]
    # Groups hold several words.
    count = max(40, int(seed.gauss(words, words / 3) * 0.85))
    items = known.some(seed, count)
    title = known.some(seed, seed.randint(5, 9))
    if topic is not None and language == "en":
        for at in seed.sample(range(count), count // 14):
            items[at] = topic.words[min(int(seed.expovariate(0.2)), 24)]
        title[seed.randrange(len(title))] = topic.words[seed.randrange(6)]
    joint = "" if language == "zh" else " "
    headline = joint.join(title)
    standfirst = None
    if seed.random() < 0.3:
        standfirst = joint.join(known.some(seed, seed.randint(8, 20)))
    return headline[0].upper() + headline[1:], standfirst, list(prose(seed, language, items))


def made(seed: random.Random, whole: World, number: int, words: int, now: datetime) -> Made:
    """Return an article, by its number."""
    source = seed.choices(range(SOURCES), cum_weights=whole.skew["source"])[0]
    language = whole.sources[source][1]
    topic = None
    if seed.random() < 0.6:
        topic = seed.choices(whole.topics, cum_weights=whole.skew["topic"])[0]
    headline, standfirst, paragraphs = text_of(seed, whole, language, topic, words)
    blocks, at = [], 0
    parts = [("headline", headline), *([("standfirst", standfirst)] if standfirst else [])]
    parts += [("paragraph", paragraph) for paragraph in paragraphs]
    for kind, part in parts:
        blocks.append([kind, at, at + len(part)])
        at += len(part) + 2
    text = "\n\n".join(part for _, part in parts)
    length = sum(
        len(paragraph) if language == "zh" else paragraph.count(" ") + 1 for paragraph in paragraphs
    )
    day, precision, instant = when(seed, topic)
    byline, credited = who(seed, whole, number)
    place = None
    if seed.random() < 0.5:
        place = topic.place if topic else seed.choices(
            whole.places, cum_weights=whole.skew["place"]
        )[0]  # fmt: skip
    url = f"https://news.example/{number}"
    section = seed.choices(SECTIONS, cum_weights=whole.skew["section"])[0]
    article = (
        number, 1, source + 1, source + 1, number, headline, standfirst, paragraphs[0][:300],
        byline, instant if seed.random() < 0.5 else None, day, precision, place,
        section if seed.random() < 0.8 else None,
        f"{seed.choice('ABCD')}{seed.randint(1, 20)}" if seed.random() < 0.3 else None,
        language, length, [] if day else ["undated"],
        instant or datetime(1, 1, 2, tzinfo=UTC), now, int(seed.random() < 0.03), url, url,
    )  # fmt: skip
    version = (
        number, number, 1, "published", text, json.dumps(blocks),
        hashlib.sha256(text.encode()).hexdigest(), length, "{}", "jsonl", "1", f"line {number}",
        now, now,
    )  # fmt: skip
    return Made(article, version, credited)


def when(
    seed: random.Random, topic: Topic | None
) -> tuple[date | None, str | None, datetime | None]:
    """Return a printed date, its precision, and the instant it is sorted by; one in 50 has none."""
    if seed.random() < 0.02:
        return None, None, None
    at = seed.randrange(DAYS)
    if topic is not None and seed.random() < 0.8:
        at = min(max(int(seed.gauss(topic.day, topic.spread)), 0), DAYS - 1)
    day = FIRST_DAY + timedelta(days=at)
    precision = "day"
    if seed.random() < 0.015:
        precision = seed.choice(("month", "month", "year"))
        day = day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if precision == "day":
        instant += timedelta(seconds=seed.randrange(86_400))
    return day, precision, instant


def who(
    seed: random.Random, whole: World, number: int
) -> tuple[str | None, Sequence[tuple[Any, ...]]]:
    """Return a byline as printed, and rows of credits."""
    credited: list[tuple[Any, ...]] = []
    people = seed.choices((0, 1, 2), (20, 65, 15))[0]
    chosen = dict.fromkeys(seed.choices(range(AUTHORS), cum_weights=whole.skew["person"], k=people))
    credited += [
        (number, at, "person", person + 1, whole.people[person]) for at, person in enumerate(chosen)
    ]
    byline = "By " + " and ".join(row[4] for row in credited) if credited else None
    if seed.random() < 0.35:
        agency = seed.choices(AGENCIES, cum_weights=whole.skew["agency"])[0]
        credited.append((number, len(credited), "agency", None, agency))
    return byline, credited


def batch(seed: int, start: int, count: int, words: int) -> list[Made]:
    """Return some articles, numbered from ``start``."""
    whole, now = world(seed), datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
    chance = random.Random(f"{seed} {start}")  # noqa: S311 -- repeatable, not secret
    return [made(chance, whole, number, words, now) for number in range(start, start + count)]


def copy(connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Any) -> None:
    """Copy rows into a table."""
    names = ", ".join(columns)
    with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def fill_batch(address: str, seed: int, start: int, count: int, words: int) -> int:
    """Write some articles; return how many."""
    rows = batch(seed, start, count, words)
    with psycopg.connect(address) as connection:
        connection.execute("SET synchronous_commit = off")
        # No keys to check, and no change to note: the index is built from all.
        connection.execute("SET session_replication_role = replica")
        copy(connection, "articles_article", ARTICLE, (row.article for row in rows))
        copy(connection, "articles_version", VERSION, (row.version for row in rows))
        copy(connection, "articles_credit", CREDIT, (each for row in rows for each in row.credits))
    return count


def fill(
    address: str, articles: int, *, words: int = 375, seed: int = 1, processes: int = 2
) -> float:
    """Fill a fresh database; return the seconds it took."""
    started = time.perf_counter()
    whole = world(seed)
    with psycopg.connect(address) as connection:
        connection.execute(
            "INSERT INTO articles_corpus (id, slug, name, description, access, created_at)"
            " VALUES (1, 'default', 'Default', '', 'open', now())"
        )
        copy(
            connection, "articles_source",
            ("id", "corpus_id", "name", "domains", "country", "languages"),
            ((n, 1, name, [], "", [lang]) for n, (name, lang) in enumerate(whole.sources, 1)),
        )  # fmt: skip
        copy(
            connection, "articles_sourcealias",
            ("id", "corpus_id", "source_id", "folded", "printed"),
            ((n, 1, n, name.casefold(), name) for n, (name, _) in enumerate(whole.sources, 1)),
        )  # fmt: skip
        copy(
            connection, "articles_person", ("id", "corpus_id", "name", "folded"),
            ((n, 1, name, name.casefold()) for n, name in enumerate(whole.people, 1)),
        )  # fmt: skip
    starts = range(1, articles + 1, BATCH)
    # Forked before any thread is there: the world is made once.
    with ProcessPoolExecutor(processes) as pool:
        waiting = [
            pool.submit(fill_batch, address, seed, at, min(BATCH, articles + 1 - at), words)
            for at in starts
        ]
        for each in waiting:
            each.result()
    finish(address)
    return time.perf_counter() - started


def finish(address: str) -> None:
    """Let further rows be numbered behind these, and the planner know what is there."""
    with psycopg.connect(address, autocommit=True) as connection:
        for table in ("corpus", "source", "sourcealias", "person", "article", "version", "credit"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('articles_{table}', 'id'),"  # noqa: S608 -- ours
                f" (SELECT max(id) FROM articles_{table}))"
            )
        connection.execute("VACUUM ANALYZE")


def database(folder: Path) -> str:
    """Return the address of a data folder's own database, migrated."""
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    sys.path.insert(0, str(ROOT))
    from newsroom import postgres  # noqa: PLC0415 -- found only from here on

    postgres.ensure_running(folder)
    return f"postgresql://postgres@/{postgres.DATABASE}?host={postgres.socket_folder(folder)}"


def main() -> None:
    """Fill a data folder's database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=375, help="in a body, on average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-dir", type=Path, required=True)
    options = parser.parse_args()
    address = database(options.data_dir.resolve())
    seconds = fill(address, options.articles, words=options.words, seed=options.seed)
    print(f"{options.articles:,} articles in {seconds:.0f} s")


if __name__ == "__main__":
    main()
