"""What the API sends of tags, entities, codebooks and work."""

from collections.abc import Mapping

from articles.annotate.agreement.deciding import AGREED, EDITED, NONE, PERSON
from articles.annotate.agreement.settling_many import OUTCOMES, STEPS
from articles.annotate.agreement.settling_queue import STATES
from articles.api.schemas.history import OPERATION_REFERENCE
from articles.api.schemas.jobs import JOB
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
from articles.models import (
    AssignmentStatus,
    MentionOrigin,
    MentionStatus,
    Placing,
    Sharing,
)

WAYS = (AGREED, PERSON, EDITED, NONE)
_CORPUS = fixed(id=INTEGER, slug=STRING)
_REFERENCE = fixed(id=INTEGER, url=ADDRESS)
_VERSION = fixed(id=INTEGER, number=INTEGER, url=ADDRESS)
_NAMED = fixed(id=INTEGER, url=ADDRESS, name=STRING)
_OBJECT: Schema = {"type": "object"}
_KEY: Schema = {"type": "string", "format": "uuid"}
_WHOSE = about("To members of the corpus; null for nobody, and to others.", nullable(STRING))
_LAYER = {
    "task": about("Null in the corpus's own layer.", nullable(_REFERENCE)),
    "layer_of": about("Of a task: whose layer; null in its gold one.", nullable(STRING)),
    "by": _WHOSE,
}
_PLACE = nullable(COUNT)

_TO_SETTLE = {
    "position": about("Its place in the task.", COUNT),
    "url": ADDRESS,
    "article": fixed(id=INTEGER, url=ADDRESS, headline=STRING),
}
_TASK: Mapping[str, Schema] = {
    "id": INTEGER,
    "url": ADDRESS,
    "assignments_url": ADDRESS,
    "corpus": _CORPUS,
    "name": STRING,
    "instructions": STRING,
    "codebook": fixed(id=INTEGER, url=ADDRESS, version=COUNT),
    "sharing": enum(Sharing),
    "overlap": COUNT,
    "blind": BOOLEAN,
    "blind_until": about(
        "When blind work was opened: from then on people see each other's tags.",
        nullable(MOMENT),
    ),
    "suggestions": BOOLEAN,
    "created_at": MOMENT,
    "closed_at": nullable(MOMENT),
    "leads": about("Whether you lead it.", BOOLEAN),
    "recipe": about("Of what it was made; to who leads it.", nullable(_OBJECT)),
    "by": nullable(STRING),
    "own": about(
        "Your share, if there is one.",
        nullable(fixed(total=COUNT, open=COUNT, done=COUNT, skipped=COUNT, discussed=COUNT)),
    ),
}
TAGGED_OBJECTS: Mapping[str, Schema] = {
    "Mention": fixed(
        id=INTEGER,
        url=ADDRESS,
        key=about("The UUID that it was made with.", _KEY),
        corpus=_CORPUS,
        article=_REFERENCE,
        version=about("The one that the place is of.", nullable(_VERSION)),
        start=about("In code points of the version's text; null if it is nowhere.", _PLACE),
        end=about("Exclusive.", _PLACE),
        quote=STRING,
        prefix=STRING,
        suffix=STRING,
        placing=about("How it got there.", enum(Placing)),
        sure=about("How surely, from 0 to 1.", {"type": "number"}),
        kind=STRING,
        entity=about(
            "Whom or what it names: the entity that stands for it.",
            nullable(fixed(id=INTEGER, url=ADDRESS, name=STRING, kind=STRING)),
        ),
        attributes=_OBJECT,
        comment=STRING,
        status=enum(MentionStatus),
        origin=enum(MentionOrigin),
        maker=about("Which recogniser or file it is from.", nullable(STRING)),
        score=nullable({"type": "number"}),
        **_LAYER,
        decided_by=_WHOSE,
        created_at=MOMENT,
        relations=array(fixed(kind=STRING, target=nullable(_REFERENCE))),
    ),
    "Code": fixed(
        id=INTEGER,
        key=_KEY,
        corpus=_CORPUS,
        article=_REFERENCE,
        version=_VERSION,
        code=STRING,
        value=STRING,
        **_LAYER,
        created_at=MOMENT,
    ),
    "Entity": fixed(
        id=INTEGER,
        url=ADDRESS,
        mentions_url=ADDRESS,
        corpus=_CORPUS,
        kind=STRING,
        name=STRING,
        names=about(
            "All that it goes by, its own first, then those of what was merged into it.",
            array(fixed(id=INTEGER, name=STRING)),
        ),
        note=STRING,
        external_ids=array(fixed(id=INTEGER, scheme=STRING, value=STRING, page=nullable(ADDRESS))),
        merged_into=about("The entity that stands for it.", nullable(_REFERENCE)),
        merged=about("What was merged into it.", array(_NAMED)),
        created_at=MOMENT,
    ),
    "Codebook": fixed(
        id=INTEGER,
        url=ADDRESS,
        corpus=_CORPUS,
        name=STRING,
        note=STRING,
        is_main=about("Whether it is the one of the corpus's reading view.", BOOLEAN),
        created_at=MOMENT,
        version=about("The number of its newest published version.", nullable(COUNT)),
        content=about("What that version holds.", nullable(ref("CodebookContent"))),
        draft=about("The number of the draft; to editors.", nullable(COUNT)),
        versions=array(ref("ListedCodebookVersion")),
    ),
    "Task": fixed(**_TASK),
    "ChangedTask": fixed(
        "A task, after articles were handed out in it or what people see was changed.",
        **_TASK,
        names_problem=about(
            "Why names are not looked for in what was handed out; null if nothing is in the way.",
            nullable(STRING),
        ),
    ),
    "Orphan": fixed(
        "A tag whose words are gone from the text that stands.",
        mention=ref("Mention"),
        place_url=ADDRESS,
        drop_url=ADDRESS,
        places=about(
            "Where it may be in the text that stands, the likeliest first.",
            array(
                fixed(
                    start=COUNT,
                    end=COUNT,
                    quote=STRING,
                    before=STRING,
                    after=STRING,
                    score=about("How likely, from 0 to 1.", {"type": "number"}),
                )
            ),
        ),
    ),
    "SettlingItem": fixed(
        "An article of a task that is to be settled.",
        **_TO_SETTLE,
        state=enum(STATES),
        people=about("How many are done with it.", COUNT),
        given=about("How many it was given to.", COUNT),
        settled=about("How many of its cases were decided.", COUNT),
        cases=COUNT,
    ),
    "Assignment": fixed(
        id=INTEGER,
        url=ADDRESS,
        task=_REFERENCE,
        person=STRING,
        position=about("Its place in the person's queue.", COUNT),
        article=fixed(id=INTEGER, url=ADDRESS, headline=STRING),
        version=about("The version that is tagged, whatever comes after.", _VERSION),
        status=enum(AssignmentStatus),
        needs_discussion=BOOLEAN,
        note=STRING,
        done_at=nullable(MOMENT),
        seconds=COUNT,
        showed_suggestions=about("Whether suggestions were shown in it.", BOOLEAN),
        left_at=about(
            "When its person was taken out of the task: what is done stays theirs.",
            nullable(MOMENT),
        ),
    ),
}
_LISTED_VERSION = {
    "id": INTEGER,
    "url": ADDRESS,
    "number": COUNT,
    "note": STRING,
    "created_at": MOMENT,
    "published_at": about("Null for the draft.", nullable(MOMENT)),
}
_CONTENT = {"kinds": array(_OBJECT), "codes": array(_OBJECT), "relations": array(_OBJECT)}
_LINE = {"errors": ref("FieldErrors"), "url": nullable(ADDRESS), "key": nullable(_KEY)}
_SECONDS = about("The median of what is done; null if unknown.", nullable({"type": "number"}))
_COUNTED = {"total": COUNT, "done": COUNT, "skipped": COUNT, "discussed": COUNT}
TAGGED: Mapping[str, Schema] = {
    "TagExport": fixed(
        articles=COUNT,
        tags=COUNT,
        formats=array(
            fixed(
                name=STRING,
                label=STRING,
                media_type=STRING,
                lacks=about("What it can't hold.", STRING),
                file_url=ADDRESS,
            )
        ),
        chosen=about(
            "Of `format`; null without one, and of more tags than are told.",
            nullable(
                fixed(
                    name=STRING,
                    bytes=nullable(COUNT),
                    losses=about("A line for each kind of what it can't hold.", array(STRING)),
                    problem=about("Why there is no such file.", nullable(STRING)),
                )
            ),
        ),
    ),
    "TagImport": fixed(
        "What became of a file.",
        is_trial=BOOLEAN,
        articles=about("Articles of the file that were found here.", COUNT),
        made=COUNT,
        known=about("Tags that were there already.", COUNT),
        moved=about("Tags that were put where their words stand.", COUNT),
        codes=COUNT,
        relations=COUNT,
        failed=about("Parts of the file that were not taken.", COUNT),
        refused=array(fixed(why=STRING, times=COUNT)),
        examples=array(fixed(where=STRING, why=STRING)),
        operation=about("What can be undone.", nullable(OPERATION_REFERENCE)),
    ),
    "TagImportJob": fixed(
        "A larger file of tags, and how far the worker is with it.",
        **JOB,
        corpus=_CORPUS,
        report=about("What became of it so far.", ref("TagImport")),
    ),
    "CodesSet": fixed(results=array(ref("Code"))),
    "MentionResults": fixed(
        results=array(
            fixed(
                index=about("The mention's place in the request, from 0.", COUNT),
                outcome=enum(["made", "unchanged", "failed"]),
                id=nullable(INTEGER),
                **_LINE,
            )
        ),
        operations=about("What can be undone: one a corpus.", array(OPERATION_REFERENCE)),
    ),
    "DecisionResults": fixed(
        results=array(
            fixed(
                index=about("Its place: first those of accept, then those of reject.", COUNT),
                outcome=enum(["accepted", "rejected", "unchanged", "failed"]),
                id=INTEGER,
                **_LINE,
            )
        ),
        operations=about(
            "What can be undone: one a layer and decision.", array(OPERATION_REFERENCE)
        ),
    ),
    "CodebookContent": fixed(
        "Kinds of what is tagged in texts, codes of whole articles, and relations.",
        **_CONTENT,
        guideline=STRING,
    ),
    "ListedCodebookVersion": fixed(**_LISTED_VERSION),
    "CodebookVersion": fixed(**_LISTED_VERSION, content=ref("CodebookContent")),
    "AgreementNumber": fixed(
        value=about("Null where there is none: `why_not` says why.", nullable({"type": "number"})),
        agreed=about(
            "How many agree, where that can be counted; of tags those of both people, so that "
            "divided by `of` it is `value`. Off κ and α chance is taken besides.",
            nullable(COUNT),
        ),
        of=about("Over how many things it was taken; of tags those of both people.", COUNT),
        why_not=STRING,
    ),
    "AgreementSpans": fixed(
        strict=about("F1: same words, same kind.", ref("AgreementNumber")),
        exact=about("F1: same words.", ref("AgreementNumber")),
        partial=about("F1: what overlaps counts half.", ref("AgreementNumber")),
        kind=about("F1: same kind, words in common.", ref("AgreementNumber")),
        kinds=about("Of the same words, the share of the same kind.", ref("AgreementNumber")),
        entities=about(
            "Of the same words and kind, the share that names the same.", ref("AgreementNumber")
        ),
    ),
    "SettlingArticle": fixed(
        "What people did in an article of a task side by side, and what was decided.",
        **_TO_SETTLE,
        version=_VERSION,
        is_ready=about("Whether two people at least are done with it.", BOOLEAN),
        is_settled=BOOLEAN,
        has_changed=about("Whether someone changed their tags after that.", BOOLEAN),
        people=array(STRING),
        cases=array(
            fixed(
                "A place in the text, or a code of the article.",
                key=about("Another one as soon as anyone changes what they did there.", STRING),
                state=about("What a further decision of it is sent with.", STRING),
                is_agreed=BOOLEAN,
                code=nullable(STRING),
                start=_PLACE,
                end=_PLACE,
                quote=STRING,
                is_passage=BOOLEAN,
                options=about(
                    "What people did there: `option` names one by its place, from 0.",
                    array(
                        fixed(
                            people=array(STRING),
                            tags=array(
                                fixed(
                                    start=COUNT,
                                    end=COUNT,
                                    quote=STRING,
                                    kind=STRING,
                                    entity=nullable(fixed(id=INTEGER, name=STRING)),
                                    attributes=_OBJECT,
                                    comment=STRING,
                                    mentions=about("By whomever.", array(INTEGER)),
                                )
                            ),
                            values=about("Of a code.", array(STRING)),
                        )
                    ),
                ),
                decision=nullable(
                    fixed(
                        how=enum(WAYS),
                        by=nullable(STRING),
                        at=MOMENT,
                        people=about("Whose was right.", array(STRING)),
                        mentions=about("Of the gold layer.", array(INTEGER)),
                    )
                ),
            )
        ),
    ),
    "SettlingResults": fixed(
        results=array(
            fixed(
                index=COUNT,
                position=COUNT,
                step=enum(STEPS),
                case=nullable(STRING),
                outcome=enum(OUTCOMES),
                errors=ref("FieldErrors"),
            )
        ),
        operations=about("What can be undone: one a step.", array(OPERATION_REFERENCE)),
    ),
    "TaskAgreement": fixed(
        articles=about("All articles of the task.", COUNT),
        overlap=about("Those with which two people or more are done.", COUNT),
        counted=about("How many of these the numbers are of.", COUNT),
        tags=COUNT,
        suggested=about("Tags that began as a suggestion.", COUNT),
        blind=BOOLEAN,
        blind_until=about("When blind work was opened; null if it was not.", nullable(MOMENT)),
        seen=about("Articles of these that someone finished after that.", COUNT),
        suggestions=BOOLEAN,
        readings=about("How often these articles were read, by each of the people once.", COUNT),
        showed_suggestions=about("In how many of these readings suggestions were shown.", COUNT),
        spans=ref("AgreementSpans"),
        fleiss_kappa=ref("AgreementNumber"),
        pairs=array(
            fixed(
                people=array(STRING),
                articles=COUNT,
                spans=ref("AgreementSpans"),
                cohen_kappa=ref("AgreementNumber"),
            )
        ),
        kinds=array(
            fixed(
                kind=STRING,
                tags=COUNT,
                spans=ref("AgreementSpans"),
                fleiss_kappa=ref("AgreementNumber"),
            )
        ),
        codes=array(
            fixed(
                code=STRING,
                value=nullable(STRING),
                level=nullable(enum(("nominal", "ordinal", "interval"))),
                alpha=about("Krippendorff's.", ref("AgreementNumber")),
            )
        ),
    ),
    "TaskProgress": fixed(
        **_COUNTED,
        waiting=about("Readings that nobody was given: of who was taken out.", COUNT),
        seconds=_SECONDS,
        people=array(
            fixed(
                person=STRING,
                open=COUNT,
                **_COUNTED,
                seconds=_SECONDS,
                last=nullable(DATE),
                left_at=about("When they were taken out of the task.", nullable(MOMENT)),
            )
        ),
        days=about(
            "Every day from the first on which something was done to the last.",
            array(fixed(day=DATE, done={"type": "object", "additionalProperties": COUNT})),
        ),
    ),
}
