"""Tagging: what stands at a place of an article is said to be of a kind, and whom it names.

Two who tag the same words as the same make one tag, and what is sent twice is made once. Nobody
waits for an import, and no import for them.
"""

from articles.annotate.tags.bulk import tag_many
from articles.annotate.tags.changing import StaleTagError, change, decide, move, remove, state_of
from articles.annotate.tags.coding import code
from articles.annotate.tags.layers import Layer, NotAllowedError, gold_layer, layer_for
from articles.annotate.tags.making import tag
from articles.annotate.tags.relating import relate, unrelate
from articles.annotate.tags.wanted import Tagged, TaggingError, Wanted

__all__ = [
    "Layer",
    "NotAllowedError",
    "StaleTagError",
    "Tagged",
    "TaggingError",
    "Wanted",
    "change",
    "code",
    "decide",
    "gold_layer",
    "layer_for",
    "move",
    "relate",
    "remove",
    "state_of",
    "tag",
    "tag_many",
    "unrelate",
]
