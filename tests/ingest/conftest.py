"""Short ways to ingest in tests."""

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from articles.ingest import imports
from articles.models import Corpus, Door, Import

type Ingest = Callable[..., Import]


@pytest.fixture
def ingest(corpus: Corpus) -> Ingest:
    """Return a function that ingests bytes, text or records and returns the finished import."""

    def run(
        *given: bytes | str | list[Mapping[str, Any]], name: str = "", **options: Any
    ) -> Import:
        inputs: list[imports.NewInput] = []
        for one in given:
            if isinstance(one, str):
                inputs.append(imports.Pasted(one))
                continue
            data = one
            if isinstance(data, list):
                data = b"".join(json.dumps(record).encode() + b"\n" for record in data)
                name = name or "articles.jsonl"
            inputs.append(imports.Upload(name, "", io.BytesIO(data)))
        into = options.pop("corpus", corpus)
        started = imports.start(corpus=into, user=None, door=Door.COMMAND, inputs=inputs, **options)
        return imports.run(started.pk)

    return run


def record(number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a record of an article; the same number gives the same words."""
    return {
        "headline": f"Harbour bridge number {number} opens",
        "body": f"Bridge {number} opened on Tuesday.\n\nCrowds of {number} came to see it.",
        "published": "1932-03-19",
        "source": "The Morning Paper",
    } | fields
