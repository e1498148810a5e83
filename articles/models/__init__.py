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

__all__ = [
    "DEFAULT_CORPUS",
    "Access",
    "AgencyAlias",
    "ApiToken",
    "Article",
    "Capture",
    "Corpus",
    "Credit",
    "Door",
    "IdempotencyKey",
    "Import",
    "ImportInput",
    "ImportItem",
    "ImportStatus",
    "InputKind",
    "Membership",
    "Origin",
    "Outcome",
    "Person",
    "Role",
    "Sighting",
    "Source",
    "SourceAlias",
    "Version",
]
