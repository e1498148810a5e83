"""The inputs in which fields outside the text are typed, where a page asks for a few of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.models import CorrectedField
from articles.views.editing.editing_form import PARTS, Typed

_LABELS = {
    "published_day": "Day",
    "published_time": "Time",
    "published_zone": "Zone",
    "modified_day": "Day",
    "modified_time": "Time",
    "modified_zone": "Zone",
    "dateline_place": "Place",
    "dateline_agency": "Agency",
}
_EXAMPLES = {
    "published_day": "2019-05-17, 2019-05 or 2019",
    "modified_day": "2019-05-17, 2019-05 or 2019",
    "published_time": "14:30",
    "modified_time": "14:30",
    "published_zone": "+01:00",
    "modified_zone": "+01:00",
    "language": "en",
    "source": "The outlet’s name",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One line to type into. ``label`` is empty where the field's own says it all."""

    name: str
    label: str
    value: str
    example: str


@dataclass(frozen=True, slots=True)
class FieldInputs:
    """A field with its inputs, and a sentence about what was typed, empty if it can be read.

    ``now`` is what the article says by now, where someone else changed it meanwhile.
    """

    field: CorrectedField
    inputs: list[Input]
    error: str = ""
    now: str = ""

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.value

    @property
    def label(self) -> str:
        """The field's name in words."""
        return str(self.field.label)


def inputs_of(
    field: CorrectedField, typed: Typed, errors: Mapping[CorrectedField, str], *, now: str = ""
) -> FieldInputs:
    """Return the inputs of a field with what is typed in them."""
    inputs = [
        Input(part, _LABELS.get(part, ""), typed.words.get(part, ""), _EXAMPLES.get(part, ""))
        for part in PARTS[field]
    ]
    return FieldInputs(field, inputs, errors.get(field, ""), now)
