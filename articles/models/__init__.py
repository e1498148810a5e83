"""The models, a file per group."""

from articles.models.access import ApiToken, IdempotencyKey
from articles.models.articles import Article, Credit, Origin, Sighting, Version
from articles.models.captures import (
    Capture,
    Door,
    Import,
    ImportInput,
    ImportItem,
    ImportStatus,
    InputKind,
    Outcome,
)
from articles.models.changes import Build, Change, Consumer
from articles.models.codebooks import Codebook, CodebookVersion
from articles.models.collections import (
    Collection,
    CollectionItem,
    Export,
    ExportStatus,
    SavedSearch,
)
from articles.models.corpora import (
    DEFAULT_CORPUS,
    Access,
    AgencyAlias,
    Corpus,
    Membership,
    Person,
    Role,
    Source,
    SourceAlias,
)
from articles.models.corrections import CorrectedField, Correction, TextCorrection
from articles.models.distinct import DistinctNames, NameKind
from articles.models.entities import DistinctEntities, Entity, EntityName, ExternalId
from articles.models.invitations import Invitation
from articles.models.mentions import (
    Anchor,
    Code,
    Mention,
    MentionOrigin,
    MentionStatus,
    Placing,
    Relation,
    Spread,
    SpreadStatus,
)
from articles.models.operations import Act, Operation
from articles.models.work import (
    Adjudication,
    Assignment,
    AssignmentStatus,
    Sharing,
    Task,
    TaskItem,
)

__all__ = [
    "DEFAULT_CORPUS",
    "Access",
    "Act",
    "Adjudication",
    "AgencyAlias",
    "Anchor",
    "ApiToken",
    "Article",
    "Assignment",
    "AssignmentStatus",
    "Build",
    "Capture",
    "Change",
    "Code",
    "Codebook",
    "CodebookVersion",
    "Collection",
    "CollectionItem",
    "Consumer",
    "Corpus",
    "CorrectedField",
    "Correction",
    "Credit",
    "DistinctEntities",
    "DistinctNames",
    "Door",
    "Entity",
    "EntityName",
    "Export",
    "ExportStatus",
    "ExternalId",
    "IdempotencyKey",
    "Import",
    "ImportInput",
    "ImportItem",
    "ImportStatus",
    "InputKind",
    "Invitation",
    "Membership",
    "Mention",
    "MentionOrigin",
    "MentionStatus",
    "NameKind",
    "Operation",
    "Origin",
    "Outcome",
    "Person",
    "Placing",
    "Relation",
    "Role",
    "SavedSearch",
    "Sharing",
    "Sighting",
    "Source",
    "SourceAlias",
    "Spread",
    "SpreadStatus",
    "Task",
    "TaskItem",
    "TextCorrection",
    "Version",
]
