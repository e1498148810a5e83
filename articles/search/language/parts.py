"""The parts of a text in which words are looked for: which blocks each has, and where they stand.

Pure. The index is made of these parts, and what it found is marked in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.search.index.documents import PARTS
from articles.text import BlockKind

_PART_OF = {
    BlockKind.HEADLINE: "headline",
    BlockKind.STANDFIRST: "standfirst",
    BlockKind.KEY_POINT: "standfirst",
    BlockKind.CAPTION: "caption",
}
# By the names that blocks are stored under.
PART_OF: Mapping[str, str] = {kind.value: _PART_OF.get(kind, "body") for kind in BlockKind}

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]


@dataclass(slots=True)
class Part:
    """A part of a text: its name, and the places of its blocks in order, ``end`` exclusive.

    ``is_whole`` says that no block of another part stands between its own: only white space does.
    """

    name: str
    blocks: list[tuple[int, int]]
    is_whole: bool = True


def parts_of(blocks: Sequence[StoredBlock]) -> list[Part]:
    """Return the parts that a text has, in the order of their weight."""
    found: dict[str, Part] = {}
    last = ""
    for kind, start, end in blocks:
        name = PART_OF[str(kind)]
        if name not in found:
            found[name] = Part(name, [])
        elif name != last:
            found[name].is_whole = False
        found[name].blocks.append((int(start), int(end)))
        last = name
    return [found[name] for name in PARTS if name in found]


def words_of(text: str, blocks: Sequence[StoredBlock]) -> dict[str, str]:
    """Return the text of every part, as it is searched: its blocks, each from a line of its own."""
    return {
        part.name: "\n".join([text[start:end] for start, end in part.blocks])
        for part in parts_of(blocks)
    }
