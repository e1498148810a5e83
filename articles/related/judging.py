"""What people say of links: so, not so, of another kind, from which side; and links they make."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.models import Article, Door, Link, Operation


class JudgingError(Exception):
    """Why something can't be said of a link; a sentence for the one who said it.

    ``field`` is what of their words is at fault: verdict, kind, direction, note, article.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one link of many: ``changed``, ``unchanged`` or ``refused`` with why."""

    link: Link
    what: str
    why: str = ""


def judge(
    link: Link,
    verdict: str,
    *,
    by: User | None,
    door: Door,
    note: str | None = None,
    direction: str | None = None,
    operation: Operation | None = None,
) -> Operation | None:
    """Say that a link is so or not."""
    raise NotImplementedError


def withdraw(link: Link, *, by: User | None, door: Door) -> Operation | None:
    """Take back what ``by`` said of a link."""
    raise NotImplementedError


def change_kind(
    link: Link,
    kind: str,
    *,
    by: User | None,
    door: Door,
    note: str | None = None,
) -> Link:
    """Say that two are related in another way: reject the one, confirm the other."""
    raise NotImplementedError


def make(
    first: Article,
    second: Article,
    kind: str,
    *,
    by: User | None,
    door: Door,
    direction: str = "",
    note: str = "",
) -> Link:
    """Link two articles of one corpus."""
    raise NotImplementedError


def judge_many(
    links: Iterable[Link],
    verdict: str,
    *,
    by: User | None,
    door: Door,
    note: str | None = None,
) -> tuple[Operation | None, list[Judged]]:
    """Say the same of many links, as one operation."""
    raise NotImplementedError
