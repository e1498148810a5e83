"""From one version of an article to the next: by whose hand, and which two texts to compare.

What the outlet changed, what a better reading changed and what a person corrected are three
different things. Two texts of the outlet are compared as one and the same reader read them, where
there are such readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.ingest.version_readings import read_alike
from articles.models import Origin, Version


@dataclass(frozen=True, slots=True)
class Step:
    """A version beside the one it follows.

    ``before`` and ``after`` are what to compare. Of a text that the outlet published, they are
    readings of it and of the one before by one and the same reader; where there are no such
    readings, they are not ``alike``, and what differs may be the readers' doing.
    """

    version: Version
    follows: Version
    before: Version
    after: Version
    alike: bool

    @property
    def is_by_outlet(self) -> bool:
        """Whether it leads to another text that the outlet published."""
        return self.version.origin == Origin.PUBLISHED

    @property
    def is_known_edit(self) -> bool:
        """Whether the outlet surely changed the text: one reader sees two."""
        return self.is_by_outlet and self.alike and self.before.sha256 != self.after.sha256


def steps(versions: Sequence[Version]) -> list[Step]:
    """Return the steps between an article's versions, all of them given in order of number."""
    return [step for version in versions if (step := step_to(version, versions))]


def step_to(version: Version, versions: Sequence[Version]) -> Step | None:
    """Return the step that led to a version; None for one that follows none."""
    follows = _followed(version, versions)
    if follows is None:
        return None
    if version.origin != Origin.PUBLISHED:
        return Step(version, follows, follows, version, alike=True)
    if same := read_alike(follows, version, versions):
        return Step(version, follows, *same, alike=True)
    return Step(version, follows, follows, version, alike=False)


def _followed(version: Version, versions: Sequence[Version]) -> Version | None:
    if version.origin == Origin.PUBLISHED:
        published = [v for v in versions if v.origin == Origin.PUBLISHED]
        earlier = [v for v in published if v.number < version.number]
        return earlier[-1] if earlier else None
    wanted = version.rereads_id if version.origin == Origin.REREAD else version.previous_id
    return next((each for each in versions if each.pk == wanted), None)
