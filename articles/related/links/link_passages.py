"""The passages that two linked texts share, with what stands there."""

from dataclasses import dataclass

from articles.models import Link


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a text: code points, end exclusive, and its words."""

    start: int
    end: int
    quote: str


def passages(link: Link) -> list[tuple[Passage, Passage]] | None:
    """Return them in the order of the first text; None where the link is not one of texts.

    The texts are those of the versions that were compared, which ``link`` has loaded.
    """
    places = (link.evidence or {}).get("passages")
    if places is None or link.first_version is None or link.second_version is None:
        return None
    first, second = link.first_version.text, link.second_version.text
    return [(_passage(first, a, b), _passage(second, c, d)) for a, b, c, d in places]


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(start, end, text[start:end])
