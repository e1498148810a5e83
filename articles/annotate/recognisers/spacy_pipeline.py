"""A spaCy pipeline as a recogniser, where one is installed: ``pip install newsroom[ner]``.

The model is a setting, ``NEWSROOM_SPACY_MODEL``: a package's name or a folder. Its labels are read
as kinds by a table; those of other kinds (dates, amounts) are passed over.
"""

import importlib
import importlib.util
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from articles.annotate.recognisers import Found, RecogniserUnavailableError, StoredBlock

NAME = "spacy"
# A pipeline says of no name how sure it is.
SCORE = 0.8
KINDS: Mapping[str, str] = {
    "PERSON": "person", "PER": "person", "persName": "person", "PRS": "person",
    "ORG": "organisation", "orgName": "organisation",
    "GPE": "place", "LOC": "place", "FAC": "place", "placeName": "place", "geogName": "place",
    "EVENT": "event", "EVT": "event", "EVN": "event",
}  # fmt: skip
# Longer blocks are cut by no pipeline gladly.
_MOST_CHARACTERS = 100_000


class SpacyPipeline:
    """Finds what a pipeline finds, block by block."""

    name = NAME

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def find(
        self,
        text: str,
        blocks: Sequence[StoredBlock],
        language: str | None,  # noqa: ARG002 -- a pipeline is of one language
    ) -> Iterator[Found]:
        """Yield the names of a text; spaCy counts code points as we do."""
        places = [
            (int(start), min(int(end), int(start) + _MOST_CHARACTERS)) for _, start, end in blocks
        ]
        texts = (text[start:end] for start, end in places)
        for (begin, _), read in zip(places, self._pipeline.pipe(texts), strict=True):
            for entity in read.ents:
                kind = KINDS.get(entity.label_, entity.label_ if entity.label_.islower() else "")
                start, end = _trimmed(text, begin + entity.start_char, begin + entity.end_char)
                if kind and start < end:
                    yield Found(start, end, kind, None, " ".join(text[start:end].split()), SCORE)


def pipeline(model: str) -> SpacyPipeline:
    """Return the pipeline of a model; raise RecogniserUnavailableError saying what is missing."""
    if importlib.util.find_spec("spacy") is None:
        raise RecogniserUnavailableError(
            "spaCy is not installed. Install it beside Newsroom: pip install 'newsroom[ner]', "
            "and a model such as en_core_web_sm."
        )
    if not model:
        raise RecogniserUnavailableError(
            "Say which spaCy model to use: set NEWSROOM_SPACY_MODEL to its name or folder."
        )
    return _loaded(model, _changed(model))


@lru_cache(maxsize=2)
def _loaded(model: str, _changed_at: float) -> SpacyPipeline:
    # It takes half a second, which a process that looks for no names need not wait.
    spacy: Any = importlib.import_module("spacy")
    try:
        return SpacyPipeline(spacy.load(model))
    except OSError as fault:
        raise RecogniserUnavailableError(
            f"There is no spaCy model “{model}” here. Install it (python -m spacy download "
            f"{model}) or set NEWSROOM_SPACY_MODEL to another."
        ) from fault
    except (ValueError, ImportError) as fault:
        raise RecogniserUnavailableError(
            f"The spaCy model “{model}” can’t be loaded: {fault}"
        ) from fault


def _changed(model: str) -> float:
    """Return when a model's folder was changed; 0 for a package."""
    try:
        return os.stat(model).st_mtime  # noqa: PTH116 -- a name that need be no path
    except OSError:
        return 0.0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
