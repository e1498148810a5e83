"""A field that changed, in words."""

from dataclasses import dataclass
from typing import Any

NONE = "none"


@dataclass(frozen=True, slots=True)
class Told:
    """A field that changed: as scripts name it and people do, with its values both ways.

    ``sentence`` puts it as people say it; ``before`` and ``after`` are values in words, and
    ``values`` those that scripts read, before and after.
    """

    field: str
    label: str
    before: str
    after: str
    values: tuple[Any, Any]
    said: str = ""

    @property
    def sentence(self) -> str:
        """The change in one line."""
        return self.said or f"{self.label}: {self.before} → {self.after}"
