"""What the API sends of what people keep."""

from collections.abc import Mapping

from articles.api.schemas.history import OPERATION_REFERENCE
from articles.api.schemas.jobs import JOB
from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    INTEGER,
    MOMENT,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
)
from articles.export.answers import FORMATS
from articles.models import ExportStatus
from articles.search.engine.answers import Sort

_CORPUS = fixed(id=INTEGER, slug=STRING)
_ARTICLE = fixed(id=INTEGER, url=ADDRESS, headline=STRING)
KEPT_OBJECTS: Mapping[str, Schema] = {
    "SavedSearch": fixed(
        id=INTEGER,
        url=ADDRESS,
        results_url=about("The answer as it is now.", ADDRESS),
        name=STRING,
        query=STRING,
        sort=about("Empty for the usual order.", enum([*Sort, ""])),
        created_at=MOMENT,
        looked_at=about("What came in before counts as seen.", MOMENT),
        new=about("How many articles came in since; null if that is not known.", nullable(COUNT)),
        problem=about("Why that is not known.", nullable(STRING)),
        has_feed=BOOLEAN,
    ),
    "Collection": fixed(
        id=INTEGER,
        url=ADDRESS,
        items_url=ADDRESS,
        corpus=_CORPUS,
        name=STRING,
        note=STRING,
        shared=about("Whether the members of the corpus see and fill it.", BOOLEAN),
        by=nullable(STRING),
        created_at=MOMENT,
        articles=COUNT,
        query=about("What finds its articles, in the language of search.", STRING),
        recipe=about(
            "Of a sample: the query, the seed, how many of how many, by what it was stratified.",
            nullable({"type": "object"}),
        ),
    ),
    "CollectionItem": fixed(url=ADDRESS, article=_ARTICLE, note=STRING, at=MOMENT),
    "Export": fixed(
        id=INTEGER,
        url=ADDRESS,
        file_url=about("Null until it is ready.", nullable(ADDRESS)),
        query=STRING,
        format=enum(FORMATS),
        status=enum(ExportStatus),
        done=about("How many articles are written.", COUNT),
        total=nullable(COUNT),
        bytes=COUNT,
        problem=nullable(STRING),
        created_at=MOMENT,
        ended_at=nullable(MOMENT),
    ),
}
KEPT: Mapping[str, Schema] = {
    "Feed": fixed(
        feed=about("Told once: null in the answer to a repeat.", nullable(ADDRESS)),
    ),
    "CollectJob": fixed(
        "A long answer that the worker adds to a collection, and how far it is.",
        **JOB,
        collection_url=ADDRESS,
        query=STRING,
        added=COUNT,
        already=about("How many were there already.", COUNT),
        operation=about("What can be undone.", nullable(OPERATION_REFERENCE)),
    ),
    "Collected": fixed(
        "What became of articles that were to be added or taken out.",
        done=about("How many were added, or taken out.", COUNT),
        already=about("How many were there already, or were not there to be taken out.", COUNT),
        elsewhere=about("How many are not in its corpus, or nowhere.", COUNT),
        results=about(
            "Of articles named by their ids: what became of each, in order.",
            nullable(
                array(
                    fixed(id=INTEGER, outcome=enum(["added", "removed", "unchanged", "not_there"]))
                )
            ),
        ),
    ),
}
