"""A collection to put articles into, and what is in it."""

from django.contrib.auth.models import User

from articles.keeping import collections
from articles.models import Collection, Corpus, Door


def make_camps(corpus: Corpus, maker: User) -> Collection:
    """Return an empty, private collection called “Camps”."""
    return collections.make(corpus, name="Camps", by=maker, door=Door.PAGE).collection


def in_it(collection: Collection) -> list[int]:
    """Return the articles in a collection, in its order."""
    return list(collection.items.order_by("pk").values_list("article_id", flat=True))
