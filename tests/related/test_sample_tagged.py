"""In the sample corpus with its tags, as the demo has it, every planted relation is found.

Who and what is tagged counts as the names of an article, in whatever language it is; so reports in
Arabic and French come to their events. No bar is another than for the bare texts.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from articles.models import Article, Corpus, Coverage, Link
from articles.models.links import OF_TEXT
from tests.related.test_sample import FOUND as OF_ONE_WIRE_STORY
from tests.related.test_sample_events import (
    Found,
    between_events,
    gathered,
    missing,
    stories_of,
)
from tests.sample.test_manifest import ARTICLES

pytestmark = pytest.mark.django_db

# As test_sample_events.py has it of the bare texts. One that states no day (carnarvon-bulaq) is of
# the same event with what is much like it, however far apart they were; the beginning and the end
# of the airlift are ten months apart, and stay so.
FOUND: Found = {
    "correction": {
        "titanic-forenoon-correction": {"titanic-forenoon-safe"},
    },
    "background": {
        "airlift-tidewater-feature": {"easter-forenoon"},
        "helium-aldersgate": {
            "hindenburg-aldersgate",
            "hindenburg-fanal",
            "hindenburg-forenoon",
            "hindenburg-hooghly",
            "hindenburg-tidewater",
            "inquiry-aldersgate",
            "inquiry-tidewater",
        },
        "poles-aldersgate-feature": {
            "pole-aldersgate",
            "pole-argus",
            "pole-tidewater",
            "scott-aldersgate",
            "scott-argus",
            "scott-hooghly",
        },
        "sputnik-hooghly-listen": {"sputnik-aldersgate", "sputnik-forenoon", "sputnik-tidewater"},
        "suez-bulaq-background": {"suez-bulaq"},
        "tut-aldersgate": {"carnarvon-tidewater"},
        "tut-bulaq": {"carnarvon-tidewater"},
        "tut-sada": {"carnarvon-aldersgate", "carnarvon-tidewater"},
        "tut-tidewater": {"carnarvon-tidewater"},
    },
    "follow_up": {
        "blockade-aldersgate": {"easter-forenoon"},
        "blockade-fanal": {"easter-forenoon"},
        "blockade-forenoon": {"easter-forenoon"},
        "boats-aldersgate": {
            "carpathia-bulaq",
            "carpathia-forenoon",
            "titanic-aldersgate",
            "titanic-argus",
            "titanic-hooghly",
            "titanic-tidewater",
        },
        "burial-chamber-forenoon": {"tut-aldersgate", "tut-bulaq", "tut-sada", "tut-tidewater"},
        "carnarvon-tidewater": {"burial-chamber-forenoon"},
        "carpathia-bulaq": {
            "titanic-aldersgate",
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
        "caruso-forenoon": {"sf-aldersgate", "sf-argus"},
        "everest-forenoon-knights": {
            "everest-aldersgate",
            "everest-argus",
            "everest-fanal",
            "everest-hooghly",
            "everest-tidewater",
        },
        "everest-hooghly-darjeeling": {"everest-aldersgate", "everest-tidewater"},
        "ike-argus": {"sputnik-forenoon", "sputnik-tidewater"},
        "ike-tidewater": {"sputnik-forenoon", "sputnik-tidewater"},
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
            "hindenburg-fanal",
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
            "krakatoa-hooghly",
            "krakatoa-tidewater",
        },
        "krakatoa-tidewater-firemen": {
            "krakatoa-aldersgate",
            "krakatoa-argus",
            "krakatoa-forenoon-toll",
        },
        "laika-forenoon": {
            "sputnik-aldersgate",
            "sputnik-fanal",
            "sputnik-forenoon",
            "sputnik-tidewater",
        },
        "lehmann-forenoon": {
            "hindenburg-aldersgate",
            "hindenburg-forenoon",
            "hindenburg-tidewater",
        },
        "pole-bulaq": {"pole-aldersgate", "pole-argus", "pole-argus-hotel", "pole-tidewater"},
        "sf-fire-tidewater": {"sf-aldersgate", "sf-argus", "sf-forenoon-updated", "sf-tidewater"},
        "sf-hooghly": {"sf-aldersgate", "sf-argus", "sf-forenoon-updated", "sf-tidewater"},
        "suez-forenoon-procession": {"suez-aldersgate", "suez-fanal", "suez-hooghly", "suez-sada"},
        "titanic-argus": {"titanic-forenoon-safe"},
        "titanic-fanal": {"titanic-forenoon-safe"},
        "titanic-hooghly": {"titanic-forenoon-safe"},
        "titanic-tidewater": {"titanic-forenoon-safe"},
        "tut-bulaq-press": {"tut-aldersgate", "tut-bulaq", "tut-tidewater"},
    },
    "same_event": {
        "blockade-aldersgate": {"blockade-fanal"},
        "blockade-bulaq": {"blockade-fanal"},
        "blockade-fanal": {"blockade-forenoon"},
        "carnarvon-aldersgate": {"carnarvon-tidewater"},
        "carnarvon-bulaq": {"tut-aldersgate", "tut-bulaq", "tut-sada", "tut-tidewater"},
        "everest-aldersgate": {"everest-fanal"},
        "everest-argus": {"everest-fanal", "everest-hooghly-darjeeling"},
        "everest-fanal": {"everest-hooghly", "everest-tidewater"},
        "everest-hooghly": {"everest-hooghly-darjeeling"},
        "hindenburg-aldersgate": {"hindenburg-fanal"},
        "hindenburg-fanal": {
            "hindenburg-forenoon",
            "hindenburg-hooghly",
            "hindenburg-tidewater",
            "lehmann-forenoon",
        },
        "hindenburg-hooghly": {"lehmann-forenoon"},
        "krakatoa-aldersgate": {"krakatoa-hooghly"},
        "krakatoa-argus": {"krakatoa-hooghly"},
        "krakatoa-hooghly": {"krakatoa-tidewater"},
        "pole-aldersgate": {"pole-argus-hotel"},
        "pole-argus": {"pole-argus-hotel"},
        "pole-argus-hotel": {"pole-tidewater"},
        "sputnik-aldersgate": {"sputnik-fanal"},
        "sputnik-fanal": {"sputnik-forenoon", "sputnik-tidewater"},
        "suez-aldersgate": {"suez-fanal", "suez-sada"},
        "suez-bulaq": {"suez-forenoon-procession", "suez-sada"},
        "suez-fanal": {"suez-hooghly", "suez-sada"},
        "suez-hooghly": {"suez-sada"},
        "titanic-aldersgate": {
            "titanic-fanal",
            "titanic-forenoon-correction",
            "titanic-forenoon-safe",
        },
        "titanic-argus": {"titanic-fanal", "titanic-forenoon-correction"},
        "titanic-fanal": {"titanic-forenoon-correction", "titanic-hooghly", "titanic-tidewater"},
        "titanic-forenoon-correction": {"titanic-hooghly", "titanic-tidewater"},
        "tut-aldersgate": {"tut-sada"},
        "tut-bulaq": {"tut-sada"},
        "tut-sada": {"tut-tidewater"},
    },
}


@pytest.fixture
def names(corpus: Corpus, settings: Settings) -> dict[int, str]:  # noqa: ARG001 -- where they go
    """Prepare the demo; return what the manifest calls each article."""
    settings.DEMO = True
    call_command("demo", stdout=StringIO())
    called = {article["headline"]: article["id"] for article in ARTICLES}
    return {pk: called[line] for pk, line in Article.objects.values_list("pk", "headline")}


def test_every_relation_by_event_is_found_with_its_kind_and_none_is_invented(
    names: dict[int, str],
) -> None:
    found = gathered(names)

    assert found == FOUND
    assert between_events(found) == []


def test_nothing_that_is_planted_is_missing() -> None:
    assert missing(FOUND) == set()


def test_what_is_found_by_text_is_what_is_found_without_tags(names: dict[int, str]) -> None:
    found = {
        tuple(sorted((names[first], names[second]))): kind
        for first, second, kind in Link.objects.held()
        .filter(kind__in=OF_TEXT)
        .values_list("first_id", "second_id", "kind")
    }

    assert found == {pair: kind for pair, kind in OF_ONE_WIRE_STORY.items() if kind != "None"}


def test_a_story_has_articles_of_one_event_and_all_that_a_wire_story_was_cut_into(
    names: dict[int, str],
) -> None:
    event = {article["id"]: article["event"] for article in ARTICLES}
    story_of = dict(Coverage.objects.values_list("article_id", "story"))
    by_name = {name: story_of[pk] for pk, name in names.items()}

    stories = stories_of(names)

    assert all(len({event[one] for one in some}) == 1 for some in stories.values())
    for one, other in OF_ONE_WIRE_STORY:
        assert by_name[one] == by_name[other] is not None
