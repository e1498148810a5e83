"""For probes: whether this process can do its work."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.related.finding import following
from articles.search.index import indexing, store

_TIMEOUT_MS = 2_000
# A flood of changes may take so long without anybody being told.
_BEHIND = timedelta(minutes=2)


class _Seen:
    """Once all migrations are applied they stay so: a probe need not read them every time."""

    migrated = False


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 if the database answers and every migration is applied, else 503 and what is wrong.

    How the search index and related coverage stand is told beside: all else works without them.
    """
    del request
    checks = {"database": "unreachable", "migrations": "unknown"}
    search = related = "unknown"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(_TIMEOUT_MS)])
            try:
                checks["database"] = "ok"
                checks["migrations"] = "ok" if _is_migrated() else "missing"
                if checks["migrations"] == "ok":
                    search, related = _search(), _related()
            finally:
                cursor.execute("RESET statement_timeout")
    except DatabaseError:
        pass
    is_well = set(checks.values()) == {"ok"}
    status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
    told = {"status": "ok" if is_well else "unavailable", **checks}
    return JsonResponse(told | {"search": search, "related": related}, status=status)


def _search() -> str:
    """Return “ok”, “behind” if a change has waited for long, or “missing”."""
    since = indexing.waiting_since()
    try:
        store.reading()
    except store.IndexMissingError:
        return "missing"
    return _lag(since)


def _related() -> str:
    """Return “ok”, “behind” if an article has waited for long, or “missing” without prints."""
    return _lag(following.waiting_since()) if following.is_there() else "missing"


def _lag(since: datetime | None) -> str:
    return "behind" if since and timezone.now() - since > _BEHIND else "ok"


def _is_migrated() -> bool:
    if not _Seen.migrated:
        executor = MigrationExecutor(connection)
        _Seen.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _Seen.migrated
