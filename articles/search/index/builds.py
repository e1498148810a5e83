"""Stores on disk, in builds: which one stands, and what may be removed.

A build is a folder of its own in the folder of a consumer. The one that stands is named by a row of
the database: a store of another database is none of this one's, and a rebuild is swapped in at
once.
"""

import fcntl
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from articles.models import Build, Consumer
from articles.models.lookups import any_text
from articles.models.prepared import NOBODY, Prepared
from articles.models.statements import Given
from articles.search.engine.files import META, WRITING

_BUILDS = "build-*"
# Beside a build, of which someone who read it thinks that it is broken.
_SUSPECTED = ".suspected"
# Asked with every question: the name and the form of a consumer's build.
_NAMED = Prepared(
    lambda _, consumers: (
        Build.objects.filter(any_text("consumer", consumers))
        .order_by()
        .values_list("name", "format")
    ),
    Given.TEXTS,
)


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds of a consumer, in the folder that the setting ``where`` names.

    ``format`` is raised when the fields change, or what is in them: an older build is made anew.
    """

    consumer: Consumer
    where: str
    format: int

    def folder(self) -> Path:
        """Return the folder of all builds."""
        return Path(getattr(settings, self.where))

    def named(self) -> Path | None:
        """Return the folder of the build that is to stand, whether it is there or not."""
        rows = _NAMED.rows(NOBODY, [self.consumer.value])
        return self.folder() / rows[0][0] if rows and rows[0][1] == self.format else None

    def standing(self) -> Path | None:
        """Return the folder of the build that stands; None if there is none of this format."""
        build = self.named()
        return build if build is not None and (build / META).is_file() else None

    def begin(self) -> Path:
        """Return a new, empty folder for a build. Raises OSError."""
        made = self.folder() / f"build-{secrets.token_hex(6)}"
        made.mkdir(mode=0o700, parents=True)
        return made

    def let_stand(self, build: Path) -> None:
        """Name a build as the one that stands, at once."""
        Build.objects.update_or_create(
            consumer=self.consumer, defaults={"name": build.name, "format": self.format}
        )

    def forget(self) -> None:
        """Let no build stand: what is broken or another database's is built anew."""
        Build.objects.filter(consumer=self.consumer).delete()

    def clear(self) -> None:
        """Remove builds that neither stand nor are being filled: given up, or replaced."""
        kept = self.named()
        for build in self.folder().glob(_BUILDS):
            if build != kept and not _is_written(build):
                self.remove(build)

    def remove(self, build: Path) -> None:
        """Remove a build, as far as that is possible."""
        shutil.rmtree(build, ignore_errors=True)
        _mark(build).unlink(missing_ok=True)

    def suspect(self, build: Path | None = None) -> None:
        """Leave word for the one who writes that the standing build seems broken."""
        found = build or self.named()
        if found is not None and found.is_dir():
            # On a full disk who writes finds out by itself.
            with suppress(OSError):
                _mark(found).touch()

    def is_suspected(self, build: Path) -> bool:
        """Whether someone found a build broken; what is not broken was :meth:`cleared`."""
        return _mark(build).exists()

    def cleared(self, build: Path) -> None:
        """Take back a suspicion."""
        _mark(build).unlink(missing_ok=True)

    def bytes_on_disk(self) -> int:
        """Return how much room the standing build takes."""
        build = self.standing()
        found = 0
        for file in build.rglob("*") if build is not None else ():
            try:
                found += file.stat().st_size
            except FileNotFoundError:
                # Merged into another by now.
                continue
        return found


def _is_written(build: Path) -> bool:
    try:
        with (build / WRITING).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _mark(build: Path) -> Path:
    return build.with_name(f".{build.name}{_SUSPECTED}")
