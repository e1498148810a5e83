"""Annotations of a running Newsroom against the schemas of the Web Annotation model's own tests.

Usage: TOKEN=nr_… python bench/web_annotation.py FOLDER http://…/annotations/ [--most N]

FOLDER is a copy of the repository w3c/web-annotation-tests. The container, its first pages and
every annotation in them are held against each schema there is for them. Those that its lists of
musts name have to hold for each; of the others it is told how many things say them, as no server
says all that can be said.
"""

import argparse
import json
import os
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT4

_AREAS = {
    "annotations": ("annotations", "annotations/annotationMusts.test"),
    "container": ("collections", "collections/collectionMusts.test"),
    "pages": ("collections/pages", "collections/pages/pageMusts.test"),
}


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of an area by their paths; ``musts`` are those that have to hold."""

    musts: Sequence[str]
    by_path: Mapping[str, Draft4Validator]


@dataclass(slots=True)
class Score:
    """How many things there are, and by schema how many of them are as it says."""

    things: int = 0
    valid: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Print the score of each area; return 1 if a must does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("container")
    parser.add_argument("--most", type=int, default=1_000, help="annotations to look at")
    wish = parser.parse_args()
    things = _things(wish.container, wish.most)
    held = True
    for area, (folder, musts) in _AREAS.items():
        schemas = _schemas(wish.folder, folder, musts, below=area != "container")
        score = _score(schemas, things[area])
        held = _tell(area, schemas, score) and held
    return 0 if held else 1


def _things(container: str, most: int) -> dict[str, list[Any]]:
    """Return the container, pages and annotations that a server sends."""
    minimal = 'return=representation;include="http://www.w3.org/ns/ldp#PreferMinimalContainer"'
    whole = _get(container, Prefer=minimal)
    pages: list[Any] = []
    annotations: list[Any] = []
    address = whole["first"]
    while address and len(annotations) < most:
        page = _get(address)
        pages.append(page)
        annotations += page["items"]
        address = page.get("next")
    # As they are sent alone, which is how most clients read them.
    annotations[:5] = [_get(each["id"]) for each in annotations[:5]]
    return {"container": [whole], "pages": pages, "annotations": annotations[:most]}


def _get(address: str, **headers: str) -> Any:
    if token := os.environ.get("TOKEN"):
        headers["Authorization"] = f"Token {token}"
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 -- the caller's server
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 -- likewise
        return json.load(answer)


def _schemas(root: Path, folder: str, musts: str, *, below: bool) -> Schemas:
    """Return the schemas in a folder, and in those ``below`` it."""
    known = [(path.name, _read(path)) for path in sorted((root / "definitions").glob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        [(name, DRAFT4.create_resource(said)) for name, said in known]
    )
    # Of a collection's pages there are schemas of their own in the folder below.
    paths = (root / folder).rglob("*.json") if below else (root / folder).glob("*.json")
    by_path = {
        path.relative_to(root).as_posix(): Draft4Validator(
            _read(path), registry=registry, format_checker=FormatChecker()
        )
        for path in sorted(paths)
    }
    named = _read(root / musts)["assertions"]
    gone = [path for path in named if path not in by_path]
    if gone:
        sys.exit(f"{root / musts} names schemas that are not there: {gone}")
    return Schemas(named, by_path)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _score(schemas: Schemas, things: Sequence[Any]) -> Score:
    score = Score(len(things))
    for thing in things:
        for path, validator in schemas.by_path.items():
            fault = next(_faults(validator, thing), None)
            if fault is None:
                score.valid[path] += 1
            else:
                score.wrong.setdefault(path, f"{thing.get('id')}: {fault}")
    return score


def _faults(validator: Draft4Validator, thing: Any) -> Iterator[str]:
    for fault in validator.iter_errors(thing):
        yield fault.message[:200]


def _tell(area: str, schemas: Schemas, score: Score) -> bool:
    """Print a score; return whether every must holds."""
    held = [path for path in schemas.musts if score.valid[path] == score.things]
    others = [path for path in schemas.by_path if path not in set(schemas.musts)]
    said = [path for path in others if score.valid[path]]
    print(
        f"{area}: {score.things:,} of them; musts {len(held)} of {len(schemas.musts)} hold for all;"
        f" of {len(others)} things that may be said {len(said)} are said"
    )
    for path in schemas.musts:
        if path not in held:
            print(f"  not held: {path}: {score.wrong[path]}")
    for path in said:
        print(f"  said: {path} ({score.valid[path]:,})")
    return bool(score.things) and len(held) == len(schemas.musts)


if __name__ == "__main__":
    sys.exit(main())
