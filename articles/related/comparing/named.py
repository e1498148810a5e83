"""What texts that are told of together are called. Pure."""

from collections.abc import Sequence

# Of which it is not known who printed it: no edition is said to be the first or the second.
UNKNOWN = "the text of unknown source"
_PLACES = ("first", "second", "third")


def names_of(sources: Sequence[str], days: Sequence[str]) -> list[str]:
    """Return what up to three texts are called: by source, and by what tells them apart.

    ``sources`` are names, ``days`` as printed; both are empty where they are not known.
    """
    names = []
    for place, source, day in zip(_PLACES, sources, days, strict=False):
        alike = [d for name, d in zip(sources, days, strict=True) if name == source]
        if len(alike) == 1:
            names.append(source or UNKNOWN)
        elif day and alike.count(day) == 1:
            names.append(f"{source or 'the text'} of {day}")
        else:
            names.append(f"{source} ({place})" if source else f"the {place} text")
    return names
