"""The names of what changes are about, looked up for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse

from articles.history.events import RowChange
from articles.models import (
    Anchor,
    Article,
    Codebook,
    Collection,
    Corpus,
    Entity,
    Link,
    LinkKind,
    Origin,
    Person,
    Relation,
    Source,
    Story,
    Task,
    TaskItem,
    Version,
)
from articles.models.lookups import any_id

UNTITLED = "Untitled"
GONE = "someone whose account is gone"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a change is about: its kind in a word, its name, and its page if it has one."""

    kind: str
    id: int | None
    name: str
    page: str = ""


@dataclass(frozen=True)
class Names:
    """The names of all that some changes mention, each kind read once and only if it is needed."""

    changes: Iterable[RowChange]

    def article(self, id_: int | None) -> Thing:
        """Return an article; one that does not stand leads to its history."""
        headline, standing = self._articles.get(id_ or 0, ("", False))
        name = "article-detail" if standing else "article-history"
        page = reverse(name, args=[id_]) if id_ in self._articles else ""
        return Thing("article", id_, headline or UNTITLED, page)

    def source(self, id_: int, *, known_as: str = "") -> Thing:
        """Return an outlet, by the name it has now."""
        name = self._sources.get(id_)
        page = reverse("source-detail", args=[id_]) if name else ""
        return Thing("source", id_, name or known_as or "an outlet that is no more", page)

    def author(self, id_: int, *, known_as: str = "") -> Thing:
        """Return an author."""
        name = self._people.get(id_)
        page = reverse("person-detail", args=[id_]) if name else ""
        return Thing("author", id_, name or known_as or "an author who is no more", page)

    def user(self, id_: int | None) -> Thing:
        """Return someone with a login."""
        return Thing("user", id_, self._users.get(id_ or 0, GONE))

    def corpus(self, id_: int) -> Thing:
        """Return a corpus."""
        return Thing("corpus", id_, self._corpora.get(id_, "a corpus that is no more"))

    def collection(self, id_: int, *, known_as: str = "") -> Thing:
        """Return a collection; whoever sees what was done in it knows of it."""
        name = self._collections.get(id_)
        page = reverse("collection-detail", args=[id_]) if name else ""
        return Thing("collection", id_, name or known_as or "a collection that is no more", page)

    def version(self, id_: int | None) -> str:
        """Return which of its article's texts a version is."""
        if id_ is None or id_ not in self._versions:
            return "a version that is no more"
        number, origin, _article = self._versions[id_]
        kind = "" if origin == Origin.PUBLISHED else f" ({Origin(origin).label.lower()})"
        return f"version {number}{kind}"

    def article_of(self, version: int | None) -> int | None:
        """Return the id of the article that a version is of."""
        known = self._versions.get(version or 0)
        return known[2] if known else None

    def given(self, item: int | None) -> int | None:
        """Return the id of the article that an item of a task is."""
        return self._items.get(item or 0)

    def entity(self, id_: int | None, *, known_as: str = "") -> Thing:
        """Return who or what can be tagged."""
        name = self._entities.get(id_ or 0)
        page = reverse("entity-detail", args=[id_]) if name else ""
        return Thing("entity", id_, name or known_as or "one that is no more", page)

    def codebook(self, id_: int | None, *, known_as: str = "") -> Thing:
        """Return a codebook."""
        name = self._codebooks.get(id_ or 0)
        page = reverse("codebook-detail", args=[id_]) if name else ""
        return Thing("codebook", id_, name or known_as or "a codebook that is no more", page)

    def task(self, id_: int | None, *, known_as: str = "") -> Thing:
        """Return a task; to whom it was not given its page says nothing."""
        name = self._tasks.get(id_ or 0)
        page = reverse("task-detail", args=[id_]) if name else ""
        return Thing("task", id_, name or known_as or "a task that is no more", page)

    def mention(self, id_: int | None) -> str:
        """Return the words that are tagged."""
        quote = self._quotes.get(id_ or 0)
        return f"“{quote}”" if quote else "a tag that is no more"

    def link(self, id_: int | None) -> Thing:
        """Return what says that two articles are related."""
        first, second = self.ends(id_)
        page = reverse("link-detail", args=[id_]) if id_ in self._links else ""
        return Thing("link", id_, f"“{first}” and “{second}”", page)

    def ends(self, id_: int | None) -> tuple[str, str]:
        """Return the headlines of the first and the second article of a link."""
        _kind, first, second = self._links.get(id_ or 0, ("", "", ""))
        return first or UNTITLED, second or UNTITLED

    def link_kind(self, id_: int | None) -> str:
        """Return how a link says that its articles are related."""
        kind = self._links.get(id_ or 0, ("", "", ""))[0]
        return str(LinkKind(kind).label) if kind else "Related"

    def story(self, id_: int | None, *, known_as: str = "") -> Thing:
        """Return a story; one without a name is called by its number."""
        name = self._stories.get(id_ or 0) or known_as or f"Story {id_ or ''}".strip()
        return Thing("story", id_, name)

    @cached_property
    def _articles(self) -> Mapping[int, tuple[str, bool]]:
        ids = self._ids("article_id", "joined_into_id") | {
            of for _, _, of in self._versions.values()
        }
        found = Article.objects.filter(any_id("id", ids | set(self._items.values()))).order_by()
        rows = found.values_list("pk", "headline", "standing") if ids or self._items else ()
        return {pk: (headline, stands) for pk, headline, stands in rows}

    @cached_property
    def _items(self) -> Mapping[int, int]:
        """The articles of the items of tasks that are mentioned."""
        return dict(self._rows(TaskItem, "item_id")("article_id"))

    @cached_property
    def _entities(self) -> Mapping[int, str]:
        columns = ("entity_id", "merged_into_id", "first_id", "second_id")
        return dict(self._rows(Entity, *columns, of=Entity)("name"))

    @cached_property
    def _codebooks(self) -> Mapping[int, str]:
        return dict(self._rows(Codebook, "codebook_id", of=Codebook)("name"))

    @cached_property
    def _tasks(self) -> Mapping[int, str]:
        return dict(self._rows(Task, "task_id", of=Task)("name"))

    @cached_property
    def _stories(self) -> Mapping[int, str]:
        columns = ("story_id", "merged_into_id")
        return dict(self._rows(Story, *columns, of=Story)("name"))

    @cached_property
    def _links(self) -> Mapping[int, tuple[str, str, str]]:
        """The kind and both headlines of the links that judgements are of."""
        rows = self._rows(Link, "link_id")("kind", "first__headline", "second__headline")
        return {pk: tuple(of_it) for pk, *of_it in rows}

    @cached_property
    def _quotes(self) -> Mapping[int, str]:
        """The words of the tags that relations lead from and to."""
        states = [
            state
            for change in self.changes
            if change.model is Relation
            for state in (change.before, change.after)
            if state
        ]
        ids = {state[end] for state in states for end in ("source_id", "target_id")} - {None}
        found = Anchor.objects.filter(any_id("mention_id", ids)).order_by("version")
        return dict(found.values_list("mention_id", "quote")) if ids else {}

    @cached_property
    def _sources(self) -> Mapping[int, str]:
        return dict(self._rows(Source, "source_id", "merged_into_id", of=Source)("name"))

    @cached_property
    def _people(self) -> Mapping[int, str]:
        return dict(self._rows(Person, "same_as_id", of=Person)("name"))

    @cached_property
    def _users(self) -> Mapping[int, str]:
        columns = ("user_id", "accepted_by_id", "created_by_id")
        return dict(self._rows(User, *columns)("username"))

    @cached_property
    def _corpora(self) -> Mapping[int, str]:
        return dict(self._rows(Corpus, "corpus_id", of=Corpus)("name"))

    @cached_property
    def _collections(self) -> Mapping[int, str]:
        return dict(self._rows(Collection, "collection_id", of=Collection)("name"))

    @cached_property
    def _versions(self) -> Mapping[int, tuple[int, str, int]]:
        rows = self._rows(Version, "version_id")
        return {pk: tuple(of_it) for pk, *of_it in rows("number", "origin", "article_id")}

    def _rows(self, model: Any, *columns: str, of: type[models.Model] | None = None) -> Any:
        """Return what reads columns of those rows of ``model`` that the changes mention."""
        ids = self._ids(*columns)
        ids |= {change.id for change in self.changes if change.model is of}
        found = model.objects.filter(any_id("id", ids)).order_by()
        return lambda *wanted: found.values_list("pk", *wanted) if ids else ()

    def _ids(self, *columns: str) -> set[int]:
        """Return what the changes mention in some columns."""
        return {
            state[column]
            for change in self.changes
            for state in (change.before, change.after)
            if state
            for column in columns
            if state.get(column) is not None
        }
