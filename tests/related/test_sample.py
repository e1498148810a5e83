"""In the sample corpus every text that was handed on is found, with its kind, and nothing else."""

from collections.abc import Iterator
from io import StringIO
from itertools import combinations

import pytest
from django.core.management import call_command

from articles.management.commands.demo import SAMPLES
from articles.models import Article, Change, Consumer, Corpus, Coverage, Link
from articles.models.links import EDITIONS, OF_TEXT
from tests.sample.test_manifest import ARTICLES, SAMPLE

pytestmark = pytest.mark.django_db

type Pair = tuple[str, str]

# Every two articles of one wire story. "None" are those that took other paragraphs of it: they have
# no passage in common, and a story together.
FOUND: dict[Pair, str] = {
    ("suez-aldersgate", "suez-bulaq"): "edited_version",
    ("suez-aldersgate", "suez-hooghly"): "edited_version",
    ("suez-bulaq", "suez-hooghly"): "quoted_passage",
    ("krakatoa-aldersgate", "krakatoa-argus"): "edited_version",
    ("krakatoa-aldersgate", "krakatoa-hooghly"): "None",
    ("krakatoa-aldersgate", "krakatoa-tidewater"): "edited_version",
    ("krakatoa-argus", "krakatoa-hooghly"): "quoted_passage",
    ("krakatoa-argus", "krakatoa-tidewater"): "same_text",
    ("krakatoa-hooghly", "krakatoa-tidewater"): "quoted_passage",
    ("sf-aldersgate", "sf-argus"): "edited_version",
    ("sf-aldersgate", "sf-forenoon-updated"): "edited_version",
    ("sf-aldersgate", "sf-tidewater"): "edited_version",
    ("sf-argus", "sf-forenoon-updated"): "excerpt",
    ("sf-argus", "sf-tidewater"): "excerpt",
    ("sf-forenoon-updated", "sf-tidewater"): "same_text",
    ("sf-fire-tidewater", "sf-hooghly"): "edited_version",
    ("pole-aldersgate", "pole-argus"): "edited_version",
    ("pole-aldersgate", "pole-bulaq"): "None",
    ("pole-aldersgate", "pole-tidewater"): "edited_version",
    ("pole-argus", "pole-bulaq"): "quoted_passage",
    ("pole-argus", "pole-tidewater"): "same_text",
    ("pole-bulaq", "pole-tidewater"): "quoted_passage",
    ("scott-aldersgate", "scott-argus"): "edited_version",
    ("scott-aldersgate", "scott-hooghly"): "same_text",
    ("scott-argus", "scott-hooghly"): "edited_version",
    ("titanic-aldersgate", "titanic-argus"): "edited_version",
    ("titanic-aldersgate", "titanic-hooghly"): "edited_version",
    ("titanic-aldersgate", "titanic-tidewater"): "edited_version",
    ("titanic-argus", "titanic-hooghly"): "edited_version",
    ("titanic-argus", "titanic-tidewater"): "same_text",
    ("titanic-hooghly", "titanic-tidewater"): "edited_version",
    ("boats-aldersgate", "carpathia-bulaq"): "quoted_passage",
    ("boats-aldersgate", "carpathia-forenoon"): "quoted_passage",
    ("carpathia-bulaq", "carpathia-forenoon"): "edited_version",
    ("tut-aldersgate", "tut-bulaq"): "same_text",
    ("tut-aldersgate", "tut-tidewater"): "edited_version",
    ("tut-bulaq", "tut-tidewater"): "edited_version",
    ("carnarvon-aldersgate", "carnarvon-bulaq"): "None",
    ("carnarvon-aldersgate", "carnarvon-tidewater"): "quoted_passage",
    ("carnarvon-bulaq", "carnarvon-tidewater"): "edited_version",
    ("hindenburg-aldersgate", "hindenburg-forenoon"): "edited_version",
    ("hindenburg-aldersgate", "hindenburg-hooghly"): "edited_version",
    ("hindenburg-aldersgate", "hindenburg-tidewater"): "edited_version",
    ("hindenburg-forenoon", "hindenburg-hooghly"): "edited_version",
    ("hindenburg-forenoon", "hindenburg-tidewater"): "same_text",
    ("hindenburg-hooghly", "hindenburg-tidewater"): "edited_version",
    ("inquiry-aldersgate", "inquiry-tidewater"): "edited_version",
    ("airlift-aldersgate", "airlift-argus"): "edited_version",
    ("airlift-aldersgate", "airlift-tidewater"): "edited_version",
    ("airlift-argus", "airlift-tidewater"): "edited_version",
    ("blockade-aldersgate", "blockade-bulaq"): "edited_version",
    ("blockade-aldersgate", "blockade-forenoon"): "same_text",
    ("blockade-bulaq", "blockade-forenoon"): "edited_version",
    ("everest-aldersgate", "everest-argus"): "edited_version",
    ("everest-aldersgate", "everest-hooghly"): "same_text",
    ("everest-aldersgate", "everest-tidewater"): "edited_version",
    ("everest-argus", "everest-hooghly"): "edited_version",
    ("everest-argus", "everest-tidewater"): "edited_version",
    ("everest-hooghly", "everest-tidewater"): "edited_version",
    ("sputnik-aldersgate", "sputnik-bulaq"): "edited_version",
    ("sputnik-aldersgate", "sputnik-forenoon"): "edited_version",
    ("sputnik-aldersgate", "sputnik-tidewater"): "edited_version",
    ("sputnik-bulaq", "sputnik-forenoon"): "edited_version",
    ("sputnik-bulaq", "sputnik-tidewater"): "edited_version",
    ("sputnik-forenoon", "sputnik-tidewater"): "same_text",
    ("ike-argus", "ike-tidewater"): "edited_version",
}
# An update in place: the manifest has both states, the corpus one article, as it stands now.
REPLACED = "sf-forenoon"


@pytest.fixture
def names(corpus: Corpus) -> dict[int, str]:  # noqa: ARG001 -- where they go
    """Ingest the sample corpus; return what the manifest calls each article."""
    call_command("load_sources", str(SAMPLE / "sources.json"), stdout=StringIO())
    files = [str(path) for name in SAMPLES for path in sorted(SAMPLE.glob(name))]
    call_command("ingest", *files, stdout=StringIO())
    by_headline = dict(Article.objects.values_list("headline", "pk"))
    known = [article for article in ARTICLES if article["id"] != REPLACED]
    assert len(by_headline) == len(known)
    return {by_headline[article["headline"]]: article["id"] for article in known}


def planted() -> Iterator[Pair]:
    for one, other in combinations(ARTICLES, 2):
        if one["copy_of"] and one["copy_of"] == other["copy_of"]:
            yield tuple(sorted((one["id"], other["id"])))


def test_the_table_has_every_two_of_a_wire_story() -> None:
    assert set(FOUND) == {pair for pair in planted() if REPLACED not in pair}


def test_every_text_relation_is_found_with_its_kind_and_none_is_invented(
    names: dict[int, str],
) -> None:
    links = Link.objects.held().filter(kind__in=OF_TEXT)
    found = {
        tuple(sorted((names[first], names[second]))): kind
        for first, second, kind in links.values_list("first_id", "second_id", "kind")
    }

    assert found == {pair: kind for pair, kind in FOUND.items() if kind != "None"}
    assert links.count() == len(found)
    assert not Change.objects.filter(consumer=Consumer.RELATED).exists()


def test_what_took_other_paragraphs_of_a_wire_story_is_in_one_story(names: dict[int, str]) -> None:
    story = dict(Coverage.objects.values_list("article_id", "story"))
    ids = {name: pk for pk, name in names.items()}

    apart = [pair for pair, kind in FOUND.items() if kind == "None"]

    assert apart
    for one, other in apart:
        assert story[ids[one]] == story[ids[other]] is not None


def test_editions_of_a_wire_story_are_one_group(names: dict[int, str]) -> None:
    group = dict(Coverage.objects.values_list("article_id", "editions"))
    ids = {name: pk for pk, name in names.items()}

    for (one, other), kind in FOUND.items():
        if kind in EDITIONS:
            assert group[ids[one]] == group[ids[other]]
    stories = {article["id"]: article["copy_of"] for article in ARTICLES}
    for members in {group[pk] for pk in names}:
        assert len({stories[names[pk]] for pk in names if group[pk] == members}) == 1
