"""GraphML: nodes and edges with attributes, in XML 1.0. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

type Value = str | float | None

# What XML 1.0 can't hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE_KEYS = dict.fromkeys(("headline", "source", "date", "external_id", "url"), "string")
_EDGE_KEYS = {"kind": "string", "status": "string", "score": "double", "from": "string"}


@dataclass(frozen=True, slots=True)
class Node:
    """An article, by its id."""

    id: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """What two nodes have with each other."""

    id: int
    first: int
    second: int
    values: Mapping[str, Value]


def node_id(number: int) -> str:
    """Return what a node is called in the file."""
    return f"a{number}"


def write(nodes: Iterable[Iterable[Node]], edges: Iterable[Iterable[Edge]]) -> Iterator[bytes]:
    """Yield a network: all nodes, then the edges between them, some at a time.

    An edge to a node that is not in the file, since it came to be meanwhile, is left out.
    """
    yield _HEAD.encode()
    known: set[int] = set()
    for some in nodes:
        batch = list(some)
        known.update(node.id for node in batch)
        yield "".join(map(_node, batch)).encode()
    for more in edges:
        yield "".join(
            _edge(edge) for edge in more if edge.first in known and edge.second in known
        ).encode()
    yield b"</graph>\n</graphml>\n"


def _key(place: str, name: str, kind: str) -> str:
    return f'<key id="{place}_{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n'


_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    + "".join(_key("node", name, kind) for name, kind in _NODE_KEYS.items())
    + "".join(_key("edge", name, kind) for name, kind in _EDGE_KEYS.items())
    + '<graph id="links" edgedefault="undirected">\n'
)


def _node(node: Node) -> str:
    return f'<node id="{node_id(node.id)}">{_data("node", node.values)}</node>\n'


def _edge(edge: Edge) -> str:
    ends = f'source="{node_id(edge.first)}" target="{node_id(edge.second)}"'
    return f'<edge id="l{edge.id}" {ends}>{_data("edge", edge.values)}</edge>\n'


def _data(place: str, values: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{place}_{name}">{_words(value)}</data>'
        for name, value in values.items()
        if value is not None
    )


def _words(value: str | float) -> str:
    return escape(_FORBIDDEN.sub("", str(value)), {"\r": "&#13;"})
