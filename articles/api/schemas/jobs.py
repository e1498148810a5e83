"""What the API sends of every job that was left to the worker."""

from collections.abc import Mapping

from articles.api.schemas.types import (
    ADDRESS,
    COUNT,
    INTEGER,
    MOMENT,
    STRING,
    Schema,
    about,
    enum,
    nullable,
)
from articles.models import SpreadStatus

JOB: Mapping[str, Schema] = {
    "id": INTEGER,
    "url": ADDRESS,
    "cancel_url": ADDRESS,
    "status": enum(SpreadStatus),
    "done": about("Articles that were looked at.", COUNT),
    "total": about("Null until it is begun.", nullable(COUNT)),
    "problem": about("Why it failed.", STRING),
    "created_at": MOMENT,
    "ended_at": nullable(MOMENT),
}
