"""What one state of the index answered, remembered for whoever asks the same of it again.

Numbers of a large answer cost as much as its articles are many, and the same ones are asked for by
every page of it, and by everyone who comes to the front page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from articles.search.tree import Named, Node, walk

# Answers of a process: numbers, and a few hundred values of some fields, each.
_MOST = 400
# Longer questions are hardly asked twice.
_MOST_NODES = 60

_KNOWN: OrderedDict[Hashable, Any] = OrderedDict()
_LOCK = threading.Lock()


def is_lasting(tree: Node) -> bool:
    """Whether a question means the same to all, as long as the index is the same.

    What a name means depends on who asks, and changes without the index.
    """
    for number, node in enumerate(walk(tree)):
        if number >= _MOST_NODES or isinstance(node, Named):
            return False
    return True


def remembered[T](key: Hashable, find: Callable[[], T]) -> T:
    """Return what is known under a key, which names all that it depends on; else find it."""
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            known: T = _KNOWN[key]
            return known
    found = find()
    with _LOCK:
        _KNOWN[key] = found
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)
    return found
