"""In the bare texts of the sample: follow-ups, background, corrections and reports beside.

The manifest says of each article which event it is of and in what role; what each is to each other
follows from that and from the days. The table has all that is found, so what is invented would be
seen; NOT_FOUND has what is planted and not found, and why.
"""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from articles.management.commands.demo import SAMPLES
from articles.models import Article, Corpus, Coverage, Direction, Link
from articles.related.events.happenings import KINDS
from tests.sample.test_manifest import ARTICLES, SAMPLE

pytestmark = pytest.mark.django_db

# What an article is to those that it is linked to by event, by kind.
type Found = dict[str, dict[str, set[str]]]

# By kind: an article that follows, explains, corrects, or stands beside; and those that it does so
# of. What has no direction is named in the order of the alphabet.
FOUND: Found = {
    "correction": {
        "titanic-forenoon-correction": {"titanic-forenoon-safe"},
    },
    "background": {
        "airlift-tidewater-feature": {"easter-forenoon"},
        "helium-aldersgate": {
            "hindenburg-aldersgate",
            "hindenburg-forenoon",
            "hindenburg-hooghly",
            "hindenburg-tidewater",
            "inquiry-aldersgate",
        },
        "poles-aldersgate-feature": {
            "pole-aldersgate",
            "scott-aldersgate",
            "scott-argus",
            "scott-hooghly",
        },
        "sputnik-hooghly-listen": {"sputnik-forenoon", "sputnik-tidewater"},
        "suez-bulaq-background": {"suez-bulaq"},
        "tut-aldersgate": {"carnarvon-tidewater"},
        "tut-bulaq": {"carnarvon-tidewater"},
        "tut-tidewater": {"carnarvon-tidewater"},
    },
    "follow_up": {
        "blockade-aldersgate": {"easter-forenoon"},
        "boats-aldersgate": {
            "carpathia-bulaq",
            "carpathia-forenoon",
            "titanic-aldersgate",
            "titanic-argus",
            "titanic-hooghly",
            "titanic-tidewater",
        },
        "burial-chamber-forenoon": {"tut-aldersgate", "tut-bulaq", "tut-tidewater"},
        "carnarvon-tidewater": {"burial-chamber-forenoon"},
        "carpathia-bulaq": {
            "titanic-argus",
            "titanic-fanal",
            "titanic-forenoon-safe",
            "titanic-hooghly",
            "titanic-tidewater",
        },
        "carpathia-forenoon": {
            "titanic-aldersgate",
            "titanic-argus",
            "titanic-fanal",
            "titanic-hooghly",
            "titanic-tidewater",
        },
        "caruso-forenoon": {"sf-aldersgate"},
        "everest-forenoon-knights": {
            "everest-aldersgate",
            "everest-argus",
            "everest-fanal",
            "everest-hooghly",
            "everest-tidewater",
        },
        "everest-hooghly-darjeeling": {"everest-aldersgate", "everest-tidewater"},
        "ike-argus": {"sputnik-forenoon", "sputnik-tidewater"},
        "inquiry-aldersgate": {
            "hindenburg-aldersgate",
            "hindenburg-fanal",
            "hindenburg-forenoon",
            "hindenburg-hooghly",
            "hindenburg-tidewater",
            "lehmann-forenoon",
        },
        "inquiry-tidewater": {
            "hindenburg-aldersgate",
            "hindenburg-forenoon",
            "hindenburg-hooghly",
            "hindenburg-tidewater",
            "lehmann-forenoon",
        },
        "krakatoa-aldersgate-sunsets": {"krakatoa-argus", "krakatoa-tidewater-firemen"},
        "krakatoa-argus-guns": {
            "krakatoa-aldersgate",
            "krakatoa-argus",
            "krakatoa-hooghly",
            "krakatoa-tidewater",
        },
        "krakatoa-forenoon-toll": {
            "krakatoa-aldersgate",
            "krakatoa-argus",
            "krakatoa-argus-guns",
            "krakatoa-tidewater",
        },
        "krakatoa-tidewater-firemen": {
            "krakatoa-aldersgate",
            "krakatoa-argus",
            "krakatoa-argus-guns",
        },
        "laika-forenoon": {"sputnik-forenoon", "sputnik-tidewater"},
        "lehmann-forenoon": {
            "hindenburg-aldersgate",
            "hindenburg-forenoon",
            "hindenburg-tidewater",
        },
        "pole-bulaq": {"pole-aldersgate", "pole-argus", "pole-argus-hotel", "pole-tidewater"},
        "sf-fire-tidewater": {"sf-aldersgate", "sf-argus", "sf-forenoon-updated", "sf-tidewater"},
        "sf-hooghly": {"sf-aldersgate", "sf-argus", "sf-forenoon-updated", "sf-tidewater"},
        "suez-forenoon-procession": {"suez-aldersgate", "suez-fanal", "suez-hooghly"},
        "titanic-argus": {"titanic-forenoon-safe"},
        "titanic-fanal": {"titanic-forenoon-safe"},
        "titanic-hooghly": {"titanic-forenoon-safe"},
        "titanic-tidewater": {"titanic-forenoon-safe"},
        "tut-bulaq-press": {"tut-tidewater"},
    },
    "same_event": {
        "blockade-aldersgate": {"blockade-fanal"},
        "blockade-bulaq": {"blockade-fanal"},
        "carnarvon-aldersgate": {"carnarvon-tidewater"},
        "everest-fanal": {"everest-hooghly", "everest-tidewater"},
        "everest-hooghly": {"everest-hooghly-darjeeling"},
        "hindenburg-aldersgate": {"hindenburg-fanal"},
        "hindenburg-fanal": {"hindenburg-hooghly", "hindenburg-tidewater"},
        "hindenburg-hooghly": {"lehmann-forenoon"},
        "krakatoa-aldersgate": {"krakatoa-hooghly"},
        "krakatoa-argus": {"krakatoa-hooghly"},
        "krakatoa-hooghly": {"krakatoa-tidewater"},
        "pole-argus": {"pole-argus-hotel"},
        "pole-argus-hotel": {"pole-tidewater"},
        "suez-aldersgate": {"suez-fanal"},
        "suez-bulaq": {"suez-forenoon-procession"},
        "suez-fanal": {"suez-hooghly"},
        "titanic-aldersgate": {"titanic-fanal", "titanic-forenoon-safe"},
        "titanic-argus": {"titanic-fanal", "titanic-forenoon-correction"},
        "titanic-fanal": {"titanic-hooghly", "titanic-tidewater"},
        "titanic-forenoon-correction": {"titanic-tidewater"},
    },
}

# Planted, and not found in the bare texts: by the article, why. With what is tagged in them all is
# found, see test_sample_tagged.py.
NOT_FOUND = {
    "suez-sada": "in Arabic: no names in the letters of the others",
    "tut-sada": "in Arabic: no names in the letters of the others",
    "sputnik-fanal": "in French: too few names that are spelt alike",
}
_LATER = frozenset({"follow_up", "background", "correction"})


@pytest.fixture
def names(corpus: Corpus) -> dict[int, str]:  # noqa: ARG001 -- where they go
    """Ingest the sample corpus; return what the manifest calls each article."""
    call_command("load_sources", str(SAMPLE / "sources.json"), stdout=StringIO())
    files = [str(path) for name in SAMPLES for path in sorted(SAMPLE.glob(name))]
    call_command("ingest", *files, stdout=StringIO())
    called = {article["headline"]: article["id"] for article in ARTICLES}
    return {pk: called[line] for pk, line in Article.objects.values_list("pk", "headline")}


def rows(names: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the links by event: the kind, the article that is from the other, and the other."""
    for link in Link.objects.held().filter(kind__in=KINDS):
        one, other = names[link.first_id], names[link.second_id]
        if link.direction == Direction.OPEN:
            one, other = sorted((one, other))
        elif link.direction == Direction.SECOND:
            one, other = other, one
        yield link.kind, one, other


def gathered(names: dict[int, str]) -> Found:
    """Return all that articles are to each other by event, as the table has it."""
    found: Found = {}
    for kind, one, other in rows(names):
        found.setdefault(kind, {}).setdefault(one, set()).add(other)
    return found


def missing(found: Found) -> set[str]:
    """Return the articles of which what is planted is not among what was found.

    What follows, explains or corrects is found if it does so of another; a report of an outlet's
    own if it is linked to anything.
    """
    linked = {one for those in found.values() for one in those}
    linked |= {other for those in found.values() for some in those.values() for other in some}
    return {
        article["id"]
        for article in ARTICLES
        if (article["role"] == "original" and article["id"] not in linked)
        or (article["role"] in _LATER and article["id"] not in found.get(article["role"], {}))
    }


def between_events(found: Found) -> list[tuple[str, str]]:
    """Return the pairs that were found and are of different events."""
    event = {article["id"]: article["event"] for article in ARTICLES}
    return [
        (one, other)
        for those in found.values()
        for one, others in those.items()
        for other in others
        if event[one] != event[other]
    ]


def stories_of(names: dict[int, str]) -> dict[int, set[str]]:
    """Return of which articles each story is."""
    stories: dict[int, set[str]] = {}
    for row in Coverage.objects.exclude(story=None):
        assert row.story_id is not None
        stories.setdefault(row.story_id, set()).add(names[row.article_id])
    return stories


def test_every_relation_by_event_is_found_with_its_kind_and_none_is_invented(
    names: dict[int, str],
) -> None:
    found = gathered(names)

    assert found == FOUND
    assert between_events(found) == []


def test_what_is_planted_is_in_the_table_or_told_to_be_missing() -> None:
    assert missing(FOUND) == NOT_FOUND.keys()


def test_a_story_has_articles_of_one_event_alone(names: dict[int, str]) -> None:
    event = {article["id"]: article["event"] for article in ARTICLES}

    stories = stories_of(names)

    assert stories
    assert all(len({event[one] for one in some}) == 1 for some in stories.values())
