"""What one state of the index was asked, remembered for whoever asks the same of it again.

Numbers of a large answer cost as much as its articles are many, and the same ones are asked for by
every page of it, and by everyone who comes to the front page. Within one request they are asked
ahead: the engine counts on one core while another puts the page together.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from articles.search.deadline import Asked
from articles.search.language.fields import OF_TAGS
from articles.search.language.tree import Has, Named, Node, walk

# Of a process: numbers, and a few hundred values of some fields, each.
_MOST = 400
# Of so many states of the index, the latest: of former ones only requests underway still ask, and
# while articles come in there is a new one every second.
_MOST_STATES = 8
# Longer questions are hardly asked twice.
_MOST_NODES = 60


def is_lasting(tree: Node) -> bool:
    """Whether a question means the same to all, as long as the index is the same.

    What a name means depends on who asks, and changes without the index; so does of whom it is
    told what is tagged.
    """
    for number, node in enumerate(walk(tree)):
        if number >= _MOST_NODES or isinstance(node, Named):
            return False
        if isinstance(node, Has) and node.what in OF_TAGS:
            return False
    return True


class Memory:
    """What was asked of a state of the index, by keys that name all else that it depends on.

    The latest so many, of the latest states.
    """

    def __init__(self, most: int = _MOST, states: int = _MOST_STATES) -> None:
        self._most, self._most_states = most, states
        self._known: OrderedDict[tuple[str, Hashable], Asked[Any]] = OrderedDict()
        self._states: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def asked[T](self, state: str, key: Hashable, ask: Callable[[], Asked[T]]) -> Asked[T]:
        """Return what was asked of a state under a key, or is underway; else ask it."""
        with self._lock:
            self._remember(state)
            known: Asked[T] | None = self._known.get((state, key))
            if known is not None and not known.has_failed():
                self._known.move_to_end((state, key))
                return known
        made = ask()
        with self._lock:
            if state in self._states:
                self._known[state, key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

    def _remember(self, state: str) -> None:
        """Note that a state is asked, and forget those that no one asks any more."""
        self._states[state] = None
        self._states.move_to_end(state)
        while len(self._states) > self._most_states:
            gone, _ = self._states.popitem(last=False)
            for known in [known for known in self._known if known[0] == gone]:
                del self._known[known]

    def clear(self) -> None:
        """Forget all."""
        self._known.clear()
        self._states.clear()
        self._lock = threading.Lock()


# Of everyone's lasting questions.
EVERYONES = Memory()
# What was underway before a fork does not end after it.
os.register_at_fork(after_in_child=EVERYONES.clear)
