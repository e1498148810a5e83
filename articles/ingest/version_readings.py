"""What follows from the versions of one article: the one that stands, what they say, the edits.

Pure: ``versions`` are all that an article has, in the order of their numbers.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from articles.models import Origin, TextCorrection, Version


def newest(versions: Sequence[Version]) -> Version | None:
    """Return the newest text that the outlet published, in its best reading."""
    published = [version for version in versions if version.origin == Origin.PUBLISHED]
    return best(published[-1], versions) if published else None


def best(published: Version, versions: Sequence[Version]) -> Version:
    """Return what counts for a published text: the last of its readings."""
    anew = [version for version in versions if version.rereads_id == published.pk]
    return anew[-1] if anew else published


def standing(versions: Sequence[Version], said: TextCorrection | None) -> Version | None:
    """Return the version that stands: a person's choice until the outlet publishes another."""
    if said is not None and said.version_id is not None and not is_outdated(versions, said):
        return next(version for version in versions if version.pk == said.version_id)
    return newest(versions)


def is_outdated(versions: Iterable[Version], said: TextCorrection) -> bool:
    """Whether the outlet published another text since a person spoke of the article's."""
    return any(v.origin == Origin.PUBLISHED and v.number > said.after for v in versions)


def merged(versions: Sequence[Version], standing_one: Version | None) -> dict[str, Any]:
    """Return what was read: what a newer version does not say, the older ones still do."""
    said: dict[str, Any] = {}
    published = (version for version in versions if version.origin == Origin.PUBLISHED)
    readings = [best(version, versions) for version in published]
    if standing_one is not None and standing_one.origin == Origin.CORRECTED:
        # It holds what was read when its text was corrected; by now that may be read better.
        readings.insert(0, standing_one)
    for version in readings:
        said.update({k: v for k, v in version.read.items() if v is not None})
    return said


def edits(versions: Sequence[Version]) -> int:
    """Return how often the outlet changed the text.

    Two published texts are compared as one and the same reader read them: what a better reader
    sees otherwise is no change by the outlet.
    """
    published = [version for version in versions if version.origin == Origin.PUBLISHED]
    return sum(
        1
        for before, after in pairwise(published)
        if (same := read_alike(before, after, versions)) and same[0].sha256 != same[1].sha256
    )


def read_alike(
    before: Version, after: Version, versions: Sequence[Version]
) -> tuple[Version, Version] | None:
    """Return readings of two published texts by one and the same reader; None if there are none."""
    readings_before = [before, *(v for v in versions if v.rereads_id == before.pk)]
    readings_after = [after, *(v for v in versions if v.rereads_id == after.pk)]
    for later in reversed(readings_after):
        for earlier in reversed(readings_before):
            if (earlier.reader, earlier.reader_version) == (later.reader, later.reader_version):
                return earlier, later
    return None
