"""What the API sends of links, stories, and texts side by side."""

from collections.abc import Mapping

from articles.api.schemas.history import OPERATION_REFERENCE
from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    DATE,
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
from articles.models import LinkKind, LinkStatus, Verdict

_CORPUS = fixed(id=INTEGER, slug=STRING)
_REFERENCE = fixed(id=INTEGER, url=ADDRESS)
_VERSION = fixed(id=INTEGER, number=INTEGER, url=ADDRESS)
_PAGE = about("The address of its page, for people.", ADDRESS)
_NUMBER: Schema = {"type": "number"}
_SHARE = nullable({"type": "number", "minimum": 0, "maximum": 1})
_SPAN = fixed(
    start=about("In code points of the version's text.", COUNT),
    end=about("Exclusive.", COUNT),
    quote=STRING,
)
_SIDE = fixed(
    id=INTEGER,
    url=ADDRESS,
    headline=STRING,
    source=nullable(fixed(id=INTEGER, name=STRING)),
    published=nullable(DATE),
    version=about("The version whose text was compared, if any was.", nullable(_VERSION)),
)
SAID_DIRECTIONS = ("first", "second", "none")

RELATED_OBJECTS: Mapping[str, Schema] = {
    "Link": fixed(
        "Two articles and how they are related. `first` is the one with the smaller id, which "
        "says nothing else.",
        id=INTEGER,
        url=ADDRESS,
        page=_PAGE,
        evidence_url=ADDRESS,
        compare_url=ADDRESS,
        corpus=_CORPUS,
        kind=enum(LinkKind),
        status=about(
            "What is held of it: suggested by the machine, confirmed or rejected by people, or "
            "both (disputed). withdrawn: nobody says so any more.",
            enum(LinkStatus),
        ),
        direction=about(
            "first: the first is from the second (or follows, corrects, disputes it); second: the "
            "other way round; null: open.",
            nullable(enum(("first", "second"))),
        ),
        suggested=about("Whether the machine finds it so.", BOOLEAN),
        score=about("How surely it does, from 0 to 1.", _SHARE),
        first=_SIDE,
        second=_SIDE,
        judgements=about(
            "What people say of it, one a person.",
            array(
                fixed(
                    by=about("To members of the corpus.", nullable(STRING)),
                    verdict=enum(Verdict),
                    direction=nullable(enum(SAID_DIRECTIONS)),
                    note=about("To whom may read the texts.", nullable(STRING)),
                    at=MOMENT,
                )
            ),
        ),
        made_at=MOMENT,
        found_at=about("When the machine last found it so.", nullable(MOMENT)),
    ),
    "Story": fixed(
        "Articles on one event.",
        id=INTEGER,
        url=ADDRESS,
        page=_PAGE,
        articles_url=ADDRESS,
        corpus=_CORPUS,
        name=about("The one that a person gave, or the headline of its earliest article.", STRING),
        is_named=about("Whether a person gave it.", BOOLEAN),
        note=about("To whom may read the texts.", nullable(STRING)),
        articles=COUNT,
        outlets=about("How many known sources they are of.", COUNT),
        first=about("The first day on which one was published.", nullable(DATE)),
        last=nullable(DATE),
        merged_into=about("The story that stands for it.", nullable(_REFERENCE)),
        by=about("Who made it, to members; null for the machine.", nullable(STRING)),
        created_at=MOMENT,
    ),
    "StoryArticle": fixed(
        article=ref("ListedArticle"),
        editions=about("The smallest id of those that ran the same text, edited or not.", INTEGER),
        is_first_edition=about("Whether that is its own.", BOOLEAN),
        pinned=about("Whether a person put it there.", BOOLEAN),
    ),
}
_OUTLET = fixed(id=INTEGER, name=STRING, url=ADDRESS)
_FLOW = fixed(
    direction=about("shared: who took it from whom is not known.", enum(("from", "shared"))),
    name=about("Of the agency or other outlet.", STRING),
    outlet=about(
        "null for an agency that is credited, of which no text is here.", nullable(_OUTLET)
    ),
    articles=about("How many have its text.", COUNT),
    credited=about("How many credit it.", COUNT),
    words=COUNT,
    share=about("The part of the outlet's words.", _NUMBER),
    kept=about("The median part of the other's text that they have.", _SHARE),
    pairs_read=about("How many pairs were read for what it lacks.", COUNT),
    pairs_cut_short=about("How many were not, as the capture of a text breaks off.", COUNT),
    lacks=about(
        "What it lacks: parts of the thirds, and how many there are and how many are lacking.",
        nullable(
            fixed(
                beginning=_NUMBER,
                middle=_NUMBER,
                end=_NUMBER,
                quotations=COUNT,
                quotations_lacking=COUNT,
                names=COUNT,
                names_lacking=COUNT,
            )
        ),
    ),
)
_FATES = ("kept", "respelled", "moved", "cut", "added")
_RUNS = array(
    fixed(
        start=COUNT,
        end=COUNT,
        fate=enum(_FATES),
        other=about(
            "Where it stands in the other text: start and end; null where it does not.",
            nullable(array(COUNT)),
        ),
        exact=about("False where case or punctuation alone differ.", BOOLEAN),
    )
)
_COMPARED = {
    "words": COUNT,
    "share": about("The part of its words that the other text has too.", _NUMBER),
    "kept": COUNT,
    "respelled": COUNT,
    "moved": COUNT,
    "paragraphs": COUNT,
}
_BLOCK_NUMBER = nullable(COUNT)
_COMPARED_SIDE = fixed(
    id=INTEGER,
    url=ADDRESS,
    headline=STRING,
    source=nullable(fixed(id=INTEGER, name=STRING)),
    published=nullable(DATE),
    version=_VERSION,
    blocks=array(ref("Block")),
    left_out=about(
        "What this text has, and neither the other nor its byline and credits have.",
        fixed(names=array(STRING), quotations=array(_SPAN)),
    ),
)
_JUDGED = fixed(
    index=about("Its place: first those of confirm, then those of reject.", COUNT),
    id=INTEGER,
    outcome=enum(["confirmed", "rejected", "unchanged", "failed"]),
    url=nullable(ADDRESS),
    errors=ref("FieldErrors"),
)
RELATED: Mapping[str, Schema] = {
    "LinkEvidence": fixed(
        "What speaks for a link. Of texts: the passages that both have, as spans of the versions "
        "named; of events: words and names in common.",
        link=_REFERENCE,
        kind=enum(LinkKind),
        score=_SHARE,
        first=nullable(_VERSION),
        second=nullable(_VERSION),
        words=about("How many words are aligned.", nullable(COUNT)),
        longest=about("How many of them the longest passage has.", nullable(COUNT)),
        first_share=about("Of the first text's words.", _SHARE),
        second_share=about("Of the second text's words.", _SHARE),
        is_whole=about("False where the comparison was cut short.", nullable(BOOLEAN)),
        passages_total=about("How many there are; `passages` has the longest.", nullable(COUNT)),
        passages=about(
            "In the order of the first text.",
            nullable(array(fixed(first=_SPAN, second=_SPAN))),
        ),
        cosine=nullable(_NUMBER),
        names_cosine=nullable(_NUMBER),
        words_in_common=nullable(array(STRING)),
        names=about("In both, those that tell most first.", array(STRING)),
        days=about("From the first to the second; negative if it was earlier.", nullable(_NUMBER)),
        direction=about(
            "Which is from the other, as byline, agency, dateline or time support it.",
            nullable(fixed(side=enum(("first", "second")), because=array(STRING))),
        ),
    ),
    "RelatedArticles": fixed(
        article=_REFERENCE,
        is_related=about("Whether its present text was looked at.", BOOLEAN),
        rejected=about("How many suggestions people rejected.", COUNT),
        links_url=about("All of its links.", ADDRESS),
        groups=array(
            fixed(
                kind=enum(LinkKind),
                total=COUNT,
                items=array(
                    fixed(
                        article=about("The other one.", _SIDE),
                        link=ref("Link"),
                        derived=about(
                            "true: this article is from the other; false: the other is from this "
                            "one; null: open.",
                            nullable(BOOLEAN),
                        ),
                        why=about("A sentence.", STRING),
                        because=about("What supports the direction.", array(STRING)),
                        share=about("The larger share of a text that the other has.", _SHARE),
                        is_current=about("Whether that is of the texts that stand.", BOOLEAN),
                    )
                ),
            )
        ),
    ),
    "ComparedTexts": fixed(
        "What became of each word from the first text to the second. Offsets are code points of "
        "each side's text.",
        page=_PAGE,
        first=_COMPARED_SIDE,
        second=_COMPARED_SIDE,
        summary=fixed(
            first=fixed(**_COMPARED, cut=COUNT, paragraphs_cut=COUNT),
            second=fixed(**_COMPARED, added=COUNT, paragraphs_added=COUNT),
            is_whole=about("False where the texts were too long to compare whole.", BOOLEAN),
        ),
        rows=array(
            fixed(
                "A block beside its counterpart, or alone; its runs tile it.",
                fate=enum(("same", "edited", "moved", "cut", "added")),
                first=about("The number of a block of the first text, from 0.", _BLOCK_NUMBER),
                second=_BLOCK_NUMBER,
                counterpart=about(
                    "Of a block alone: the block of the other text that has most of its words.",
                    _BLOCK_NUMBER,
                ),
                first_runs=_RUNS,
                second_runs=_RUNS,
            )
        ),
    ),
    "Outlets": fixed(
        results=array(
            fixed(
                "An outlet, and what it has of others, the most first.",
                outlet=_OUTLET,
                articles=about("How many of its articles were looked at.", COUNT),
                words=COUNT,
                takes=array(_FLOW),
            )
        ),
        is_whole=about("False where there were more articles or rows than are told.", BOOLEAN),
    ),
    "MovedArticles": fixed(
        results=array(
            fixed(
                article=_REFERENCE,
                story=about("The story that it is in now.", nullable(_REFERENCE)),
                pinned=about("Whether a person said so.", BOOLEAN),
            )
        )
    ),
    "JudgeResults": fixed(
        results=array(_JUDGED),
        operations=about("What can be undone.", array(OPERATION_REFERENCE)),
    ),
}
