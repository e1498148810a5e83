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
from articles.models.invitations import Invitation
from articles.models.operations import Act, Operation

__all__ = [
    "DEFAULT_CORPUS",
    "Access",
    "Act",
    "AgencyAlias",
    "ApiToken",
    "Article",
    "Build",
    "Capture",
    "Change",
    "Collection",
    "CollectionItem",
    "Consumer",
    "Corpus",
    "CorrectedField",
    "Correction",
    "Credit",
    "DistinctNames",
    "Door",
    "Export",
    "ExportStatus",
    "IdempotencyKey",
    "Import",
    "ImportInput",
    "ImportItem",
    "ImportStatus",
    "InputKind",
    "Invitation",
    "Membership",
    "NameKind",
    "Operation",
    "Origin",
    "Outcome",
    "Person",
    "Role",
    "SavedSearch",
    "Sighting",
    "Source",
    "SourceAlias",
    "TextCorrection",
    "Version",
]
