"""What the domain of tagging refuses, as the API answers it; and who was faster."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError
from rest_framework.request import Request

from articles.annotate.codebooks.codebook import CodebookError
from articles.annotate.codebooks.codebooks import CodebookRefusedError
from articles.annotate.entities.entities import EntityRefusedError
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.annotate.tasks.tasks import TaskRefusedError
from articles.annotate.tasks.work import WorkRefusedError
from articles.api.endpoint import etag_of, matches
from articles.api.problems import Problem
from articles.curation.fields import StaleError

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def asking(request: Request) -> "User":
    """Return who asks; the endpoint has seen to it that it is someone."""
    return cast("User", request.user)


def check_unchanged(request: Request, current: Mapping[str, Any]) -> None:
    """Raise Problem 412 if the client changes what it has not seen as it is now."""
    header = request.headers.get("If-Match")
    if header is not None and not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)


def of_tagging(fault: TaggingError) -> Problem:
    """Return the refusal of a tag: 409 where others tagged the same, else 400."""
    taken = isinstance(fault.__cause__, IntegrityError) or fault.field == "key"
    return Problem(
        409 if taken else 400,
        f"{fault.field}: {fault.message}",
        errors={fault.field: fault.message},
    )


@contextmanager
def refusals(current: Callable[[], Mapping[str, Any]] | None = None) -> Iterator[None]:
    """Turn what the domain refuses within into Problems; ``current`` is the state to show."""
    try:
        yield
    except StaleError as fault:
        raise Problem(412, str(fault), current=current() if current else None) from None
    except NotAllowedError as fault:
        raise Problem(403, str(fault)) from None
    except TaggingError as fault:
        raise of_tagging(fault) from None
    except CodebookError as fault:
        path = f"content.{fault.path}".rstrip(".")
        raise Problem(400, f"{path}: {fault.message}", errors={path: fault.message}) from None
    except (EntityRefusedError, TaskRefusedError, CodebookRefusedError) as fault:
        errors = {fault.field: fault.message} if fault.field else None
        raise Problem(409, str(fault), errors=errors) from None
    except (WorkRefusedError, SpreadRefusedError) as fault:
        raise Problem(409, str(fault)) from None
