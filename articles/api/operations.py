"""What an endpoint's methods take and answer, said once: for the checks and for the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of an endpoint.

    ``answers`` maps a status to the name of the component that is sent, or None for no body;
    ``parameters`` are the query parameters it takes, of which ``required`` must be given; ``body``
    maps media types to what they hold.
    """

    answers: Mapping[int, str | None]
    parameters: tuple[str, ...] = ()
    body: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    body_is_required: bool = True
    # Of what is no JSON; several are parted by commas.
    media_type: str = JSON
    required: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters as addresses hold them: ``sort.lines`` is a ``sort`` of its own kind."""
        return tuple(name.partition(".")[0] for name in self.parameters)


def lists(name: str, *parameters: str) -> Operation:
    """Return the operation that sends pages of a component."""
    return Operation({200: f"{name}Page"}, (*parameters, "limit", "cursor"))


def reads(name: str) -> Operation:
    """Return the operation that sends one object, or says that the client has it."""
    return Operation({200: name, 304: None})
