"""What the API sends of corrections."""

from collections.abc import Mapping

from articles.api.schemas.history import OPERATION_REFERENCE
from articles.api.schemas.search import INDEX
from articles.api.schemas.types import (
    ADDRESS,
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
    ref,
)
from articles.models import CorrectedField

CORRECTIONS = about(
    "By field that people put right: its value, who said so (told to members) and when, and what "
    "was read.",
    {
        "type": "object",
        "propertyNames": enum(CorrectedField),
        "additionalProperties": fixed(
            value=about("Null: there is none.", {}),
            by=nullable(STRING),
            at=MOMENT,
            read=about("What it says without the correction.", {}),
        ),
    },
)
CORRECTION_ANSWERS: Mapping[str, Schema] = {
    "SplitArticle": fixed(
        article=ref("Article"),
        made=about("The new articles, in order.", array(fixed(id=INTEGER, url=ADDRESS))),
    ),
    "CorrectedArticles": fixed(
        articles=about("How many were chosen.", COUNT),
        preview=about(
            "Of a dry run: what each field would become, and the most frequent values before.",
            nullable(
                array(
                    fixed(
                        field=enum(CorrectedField),
                        value=STRING,
                        changed=COUNT,
                        unchanged=COUNT,
                        before=array(fixed(value=STRING, articles=COUNT)),
                        others=COUNT,
                    )
                )
            ),
        ),
        operation=about(
            "Null for a dry run, and where all said so already.", nullable(OPERATION_REFERENCE)
        ),
        index=about("Null where articles were named by their ids.", nullable(INDEX)),
    ),
}
