"""The form by which many articles are corrected at once: what to do with each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import QueryDict

from articles.curation.fields import AS_READ
from articles.curation.values import BadValueError, checked
from articles.models import CorrectedField
from articles.parsed import CreditKind
from articles.text import normalise_line
from articles.views.editing import editing_form
from articles.views.editing.editing_form import Typed
from articles.views.editing.field_inputs import FieldInputs, Input, inputs_of

# Two lines stand for the rows of credits: what many articles have in common is short.
_PEOPLE, _AGENCIES = "credit_people", "credit_agencies"
FIELDS = tuple(name for name in CorrectedField if name is not CorrectedField.FLAGS)
# No two articles have the same.
_OF_ITS_OWN = frozenset({CorrectedField.CANONICAL_URL, CorrectedField.EXTERNAL_ID})
MAX_CHARACTERS = 20_000


class How(StrEnum):
    """What to do with a field."""

    KEEP = ""
    VALUE = "value"
    EMPTY = "empty"
    AS_READ = "as_read"

    @property
    def words(self) -> str:
        """What a person reads."""
        return _WORDS[self]


_WORDS = {
    How.KEEP: "Leave as it is",
    How.VALUE: "Set to",
    How.EMPTY: "Empty it",
    How.AS_READ: "Back to what was read",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the form."""

    entry: FieldInputs
    how: How
    choices: list[How]


@dataclass(slots=True)
class Form:
    """What was chosen and typed, and what is wrong with it by field."""

    how: dict[CorrectedField, How] = field(default_factory=dict)
    typed: Typed = field(default_factory=Typed)
    people: str = ""
    agencies: str = ""
    errors: dict[CorrectedField, str] = field(default_factory=dict)

    def changes(self) -> dict[CorrectedField, Any]:
        """Return what to correct, for :func:`articles.curation.fields.correct`; note errors."""
        found: dict[CorrectedField, Any] = {}
        for name, how in self.how.items():
            try:
                found[name] = self._value(name, how)
            except BadValueError as fault:
                self.errors[name] = fault.sentence
        return found

    def rows(self) -> list[Row]:
        """Return the fields in order, with their inputs."""
        return [
            Row(self._inputs(name), self.how.get(name, How.KEEP), _choices(name)) for name in FIELDS
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """Return names and values that say the same again."""
        chosen = [(f"how_{name.value}", how.value) for name, how in self.how.items()]
        named = [(_PEOPLE, self.people), (_AGENCIES, self.agencies)]
        return [*chosen, *((name, words) for name, words in self._typed_and(named) if words)]

    def _typed_and(self, more: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [*self.typed.words.items(), *more]

    def _value(self, name: CorrectedField, how: How) -> Any:
        if how is How.AS_READ:
            return AS_READ
        if how is How.EMPTY:
            return None
        value = checked(name, editing_form.value_of(name, self.typed))
        if value is None:
            raise BadValueError(name, "Say what to set it to, or choose to empty it.")
        return value

    def _inputs(self, name: CorrectedField) -> FieldInputs:
        if name in _OF_ITS_OWN:
            return FieldInputs(name, [], self.errors.get(name, ""))
        if name is not CorrectedField.CREDITS:
            return inputs_of(name, self.typed, self.errors)
        inputs = [
            Input(_PEOPLE, "People", self.people, "Jane Doe; John Roe"),
            Input(_AGENCIES, "Agencies", self.agencies, "Reuters"),
        ]
        return FieldInputs(name, inputs, self.errors.get(name, ""))


def read(posted: QueryDict) -> Form:
    """Return what was chosen and typed. What is typed beside “leave as it is” is to be set."""
    typed = editing_form.read(posted)
    people, agencies = (_line(posted, name) for name in (_PEOPLE, _AGENCIES))
    typed.credits = [*_credits(CreditKind.PERSON, people), *_credits(CreditKind.AGENCY, agencies)]
    form = Form(typed=typed, people=people, agencies=agencies)
    for name in FIELDS:
        how = _how(posted.get(f"how_{name.value}", ""))
        if how is How.KEEP and name not in _OF_ITS_OWN and any(typed.of(name)):
            how = How.VALUE
        if how is not How.KEEP and how in _choices(name):
            form.how[name] = how
    return form


def _line(posted: QueryDict, name: str) -> str:
    return normalise_line(posted.get(name, "")[:MAX_CHARACTERS])


def _how(text: str) -> How:
    return How(text) if text in set(How) else How.KEEP


def _choices(name: CorrectedField) -> list[How]:
    return [how for how in How if not (how is How.VALUE and name in _OF_ITS_OWN)]


def _credits(kind: CreditKind, line: str) -> list[dict[str, str]]:
    names = [name.strip() for name in line.split(";")]
    return [{"kind": kind.value, "name": name, "role": "", "place": ""} for name in names if name]


def named_fields(errors: Mapping[CorrectedField, str]) -> str:
    """Return the fields at fault in words, for the head of the page."""
    return ", ".join(str(name.label) for name in errors)
