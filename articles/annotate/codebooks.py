"""Codebooks of a corpus: the main one, drafts, and versions that never change once published."""

from django.db import transaction
from django.utils import timezone

from articles.annotate.codebook import DEFAULT, Content, as_json, read
from articles.models import Codebook, CodebookVersion, Corpus

MAIN_NAME = "Main codebook"


def main_version(corpus: Corpus) -> CodebookVersion:
    """Return the newest published version of a corpus' main codebook.

    Where the corpus has none yet, it is made with what every corpus begins with.
    """
    return _newest_main(corpus) or _made_main(corpus)


def main_content(corpus: Corpus) -> Content:
    """Return what :func:`main_version` says, without making it where there is none yet."""
    version = _newest_main(corpus)
    return content_of(version) if version else DEFAULT


def content_of(version: CodebookVersion) -> Content:
    """Return what a version says. Raises CodebookError where the database holds another form."""
    return read(version.content)


def _newest_main(corpus: Corpus) -> CodebookVersion | None:
    return (
        CodebookVersion.objects.filter(
            codebook__corpus=corpus, codebook__is_main=True, published_at__isnull=False
        )
        .select_related("codebook")
        .order_by("-number")
        .first()
    )


@transaction.atomic
def _made_main(corpus: Corpus) -> CodebookVersion:
    """Make the first codebook; of two who do so at once, the second takes the first one's."""
    name = _free_name(corpus, MAIN_NAME)
    codebook, _ = Codebook.objects.get_or_create(
        corpus=corpus, is_main=True, defaults={"name": name}
    )
    version, _ = CodebookVersion.objects.get_or_create(
        codebook=codebook,
        number=1,
        defaults={"content": as_json(DEFAULT), "published_at": timezone.now()},
    )
    return version


def _free_name(corpus: Corpus, wanted: str) -> str:
    """Return a name that no other codebook of the corpus has: “Main codebook 2”."""
    taken = set(
        Codebook.objects.filter(corpus=corpus, is_main=False)
        .order_by()
        .values_list("name", flat=True)
    )
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name
