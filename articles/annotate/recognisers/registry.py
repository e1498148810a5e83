"""Which recognisers there are, by name, and which of them run: the setting ``RECOGNISERS``."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings

from articles.annotate.recognisers import (
    Recogniser,
    RecogniserUnavailableError,
    capitals,
    known_names,
    spacy_pipeline,
)
from articles.models import Corpus

type Maker = Callable[[Corpus], Recogniser]

RECOGNISERS: Mapping[str, Maker] = {
    known_names.NAME: known_names.of_corpus,
    capitals.NAME: lambda _: capitals.Capitals(),
    spacy_pipeline.NAME: lambda _: spacy_pipeline.pipeline(settings.SPACY_MODEL),
}
LABELS: Mapping[str, str] = {
    known_names.NAME: "Known names of the corpus",
    capitals.NAME: "Words in capitals",
    spacy_pipeline.NAME: "spaCy",
}


def chosen() -> Sequence[str]:
    """Return the names of those that run where none is asked for, as the setting has them."""
    return [name for name in settings.RECOGNISERS if name in RECOGNISERS]


def recogniser(name: str, corpus: Corpus) -> Recogniser:
    """Return a recogniser for a corpus, ready to run; raise RecogniserUnavailableError."""
    maker = RECOGNISERS.get(name)
    if maker is None:
        raise RecogniserUnavailableError(
            f"There is no recogniser “{name[:40]}”. There are: {', '.join(RECOGNISERS)}."
        )
    return maker(corpus)
