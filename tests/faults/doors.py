"""The doors by which people change a corpus, each with what it writes in the middle of its work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.curation import fields
from articles.models import ApiToken, Article, Corpus, CorrectedField, Door, Operation
from tests.factories import make_article, make_source

PASTED = "A tram\n\nIt runs every ten minutes.\n"
RECORD = {"headline": "Tram line opens", "body": "It runs every ten minutes."}
# What any of the doors writes.
TABLES = (
    "articles_article", "articles_version", "articles_operation", "articles_correction",
    "articles_correctionevent", "articles_import", "articles_importinput", "articles_capture",
    "articles_source", "articles_idempotencykey", "procrastinate_jobs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Someone who may do all, an article, and an operation that can be undone."""

    user: User
    article: Article
    operation: Operation

    def browser(self) -> Client:
        """Return their browser, signed in; it is answered, not raised at."""
        client = Client(raise_request_exception=False)
        client.force_login(self.user)
        return client

    def script(self) -> Client:
        """Return their script."""
        _, token = ApiToken.issue(user_id=self.user.pk, name="door")
        return Client(headers={"Authorization": f"Token {token}"}, raise_request_exception=False)


def a_world(corpus: Corpus, user: User) -> World:
    """Make one."""
    article = make_article(corpus, source=make_source(corpus, "The Gazette"))
    operation = fields.correct(
        [article.pk], {CorrectedField.SECTION: "Harbours"}, by=user, door=Door.PAGE
    )
    assert operation is not None
    article.refresh_from_db()
    return World(user, article, operation)


@dataclass(frozen=True, slots=True)
class OneDoor:
    """How to go through, the table in the midst of whose writing it is struck, and its answer."""

    go: Callable[[World, Client], Any]
    table: str
    status: int
    is_page: bool = False


def _edit(world: World, client: Client) -> Any:
    given = {"state": fields.state_of(world.article), "page": "7"}
    return client.post(f"/articles/{world.article.pk}/edit/", given)


def _undo(world: World, client: Client) -> Any:
    return client.post(f"/history/{world.operation.pk}/undo/")


def _import(_: World, client: Client) -> Any:
    return client.post("/imports/new/", {"corpus": "default", "text": PASTED})


def _send(_: World, client: Client) -> Any:
    return client.post("/api/v1/articles/", RECORD, content_type="application/json")


def _correct_by_script(world: World, client: Client) -> Any:
    address = f"/api/v1/articles/{world.article.pk}/"
    return client.patch(address, {"page": "7"}, content_type="application/json")


def _undo_by_script(world: World, client: Client) -> Any:
    return client.post(f"/api/v1/operations/{world.operation.pk}/undo/")


def _import_by_script(_: World, client: Client) -> Any:
    return client.post("/api/v1/imports/", {"text": PASTED}, content_type="application/json")


DOORS: Mapping[str, OneDoor] = {
    "edit": OneDoor(_edit, "articles_article", 302, is_page=True),
    "undo": OneDoor(_undo, "articles_article", 302, is_page=True),
    "import": OneDoor(_import, "articles_importinput", 302, is_page=True),
    "api article": OneDoor(_send, "articles_version", 201),
    "api correct": OneDoor(_correct_by_script, "articles_article", 200),
    "api undo": OneDoor(_undo_by_script, "articles_article", 201),
    "api import": OneDoor(_import_by_script, "articles_importinput", 202),
}


def client_of(world: World, door: OneDoor) -> Client:
    """Return who goes through a door."""
    return world.browser() if door.is_page else world.script()


def everything() -> dict[str, Any]:
    """Return all rows that a door may write, and files that are being received."""
    with connection.cursor() as cursor:
        rows = {}
        for table in TABLES:
            query = f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t"  # noqa: S608 -- listed above
            cursor.execute(query)
            rows[table] = cursor.fetchone()[0]
    folder = Path(settings.CAPTURES_DIR)
    return rows | {"files": sorted(path.name for path in folder.glob("receiving-*"))}
