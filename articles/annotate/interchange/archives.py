"""ZIP archives of files by name, written as they are made, and read with care."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from stream_zip import ZIP_AUTO, stream_zip

from articles.annotate.interchange.shape import UnreadableError

# What an archive may hold in all, and how often its own size.
MOST_BYTES = 512 * 1024 * 1024
MOST_FILES = 200_000
_MODE = 0o100644
_LEVEL = 6
# Files bear no date of their own: equal tags are equal archives.
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield an archive of files."""
    members = (
        (name, _WHEN, _MODE, ZIP_AUTO(len(data), level=_LEVEL), (data,)) for name, data in files
    )
    yield from stream_zip(members)


def unzipped(data: bytes, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive whose names end so, in order of name; raise UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if each.filename.endswith(suffixes)]
            if len(members) > MOST_FILES:
                raise UnreadableError(f"There are more than {MOST_FILES:,} files in this archive.")
            left = MOST_BYTES
            for member in sorted(members, key=lambda each: each.filename):
                with archive.open(member) as opened:
                    # What a member says of its size need not be so.
                    found = opened.read(left + 1)
                left -= len(found)
                if left < 0:
                    raise UnreadableError(
                        f"This archive unpacks to more than {MOST_BYTES // 1024**2} MB."
                    )
                yield member.filename, found
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise UnreadableError(f"This ZIP can't be read: {fault}") from fault
