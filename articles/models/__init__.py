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
    "Capture",
    "Corpus",
    "CorrectedField",
    "Correction",
    "Credit",
    "DistinctNames",
    "Door",
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
    "Sighting",
    "Source",
    "SourceAlias",
    "TextCorrection",
    "Version",
]
