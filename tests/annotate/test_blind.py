"""Blind is blind: who tags an article blind comes to know nothing that others made of it.

Words that nobody else uses are planted in what another annotator and the lead made; then the
annotator goes to every page and every address of the API, with the objects in question in each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.entities import entities, offering
from articles.annotate.tags import tagging
from articles.annotate.tags.wanted import Wanted
from articles.annotate.tasks import task_people, tasks, work
from articles.annotate.tasks.tasks import Terms
from articles.history.operations import act
from articles.models import (
    Access,
    Act,
    Article,
    Assignment,
    Door,
    EntityName,
    Operation,
    Role,
    Task,
)
from articles.search.index import indexing
from tests.access.policy import OUTSIDER
from tests.access.test_matrix import AREAS, Answered, addresses, ask
from tests.access.world import TEXT, World, make_world
from tests.factories import make_member

pytestmark = pytest.mark.django_db

# What another annotator of the same task made; nobody but the lead may know before it is closed.
ENTITY, COMMENT, NOTE = "Xylophant", "quaggacomment", "zorillanote"
DISCUSSED, ALIAS, ATTRIBUTE = "kinkajounote", "Dugongalias", "pangolinvalue"
OF_THE_OTHER = (ENTITY, COMMENT, NOTE, DISCUSSED, ALIAS)
# What the lead and a recogniser made of the same article in the corpus's own layer.
LEADS_COMMENT, LEADS_NOTE, MAKER = "tapircomment", "numbatnote", "okapimaker"
OF_THE_CORPUS = (LEADS_COMMENT, LEADS_NOTE, MAKER, ATTRIBUTE)
PLANTED = (*OF_THE_OTHER, *OF_THE_CORPUS)
# What one might ask for, by the beginnings of words: the words themselves would be echoed.
QUERIES = (
    f"entity:{ENTITY[:-2]}*",
    "has:suggestion",
    "has:tag",
    "tag:person",
    "kind:person",
    f"entity:{ALIAS[:-2]}*",
    "tagged-by:other-annotator",
    "note:*",
)
ASKING = (
    "article-list",
    "home",
    "concordance",
    "compare",
    "answer-export",
    "answer-export-file",
    "concordance-file",
    "entity-list",
    "suggestion-list",
    "mention-list",
    "code-list",
    "search",
    "search-list",
    "tag-export",
)

# What may be asked for as it is in a task, or at a version.
LAYERED = ("article-", "tag-", "entity-", "mention-", "code-", "spread-", "version-")


@dataclass(frozen=True)
class Planted:
    """A world in which an annotator has an article in blind work, and what others made of it."""

    world: World
    task: Task
    person: User
    other: User
    lead: User
    # The same world as addresses name it: with the objects of the other, and of the lead.
    views: tuple[World, ...]


@pytest.fixture
def planted() -> Planted:
    world = make_world(Access.OPEN)
    person, lead = world.people["annotator"], world.people["editor"]
    other = make_member(world.corpus, Role.ANNOTATOR)
    User.objects.filter(pk=other.pk).update(username="other-annotator")
    other.refresh_from_db()
    article = Article.objects.select_related("corpus", "version").get(pk=world.ids["article"])
    known = entities.create(world.corpus, "Known before", "person", by=lead, door=Door.PAGE)
    terms = Terms(name="Blind work", people=[person, other], suggestions=False)
    task = tasks.make(world.corpus, [article.pk], terms, by=lead, door=Door.PAGE).task
    theirs = _of_the_other(article, task, other)
    with act(
        Act.TAG,
        corpus=world.corpus,
        summary=f"Named {ALIAS}",
        by=other,
        door=Door.PAGE,
        blind_task=task,
    ):
        EntityName.objects.create(
            corpus=world.corpus,
            entity=known,
            name=ALIAS,
            folded=ALIAS.lower(),
            by=other,
            task=task,
        )
    leads = _of_the_lead(article, lead)
    indexing.catch_up()
    shared = {**world.ids, "task": task.pk}
    views = (
        replace(world, ids={**shared, **theirs}),
        replace(world, ids={**shared, **leads, "entity": known.pk}),
    )
    return Planted(world, task, person, other, lead, views)


def _of_the_other(article: Article, task: Task, other: User) -> dict[str, Any]:
    """Tag, note and ask for a talk, as the other annotator of the task."""
    said = Wanted(
        **place(article, TEXT), kind="person", entity_name=f"{ENTITY} the Elder", comment=COMMENT
    )
    made = tagging.tag(article, said, by=other, door=Door.PAGE, task=task)
    tagging.code(article, "note", [NOTE], by=other, door=Door.PAGE, task=task)
    assignment = work.given(task, other).get()
    discussed = work.discuss(assignment, needs=True, note=DISCUSSED, by=other, door=Door.PAGE)
    assert made.operation is not None
    assert made.mention.entity is not None
    assert discussed is not None
    return {
        "tag": made.mention.pk,
        "entity": made.mention.entity_id,
        "entity_name": made.mention.entity.names.get().pk,
        "tagging": made.operation.pk,
        "operation": made.operation.pk,
        "assignment": assignment.pk,
    }


def _of_the_lead(article: Article, lead: User) -> dict[str, Any]:
    """Tag in the corpus's own layer: by hand, and as a recogniser does."""
    said = Wanted(
        **place(article, "Then"),
        kind="quote",
        comment=LEADS_COMMENT,
        attributes={"stance": "against"},
    )
    made = tagging.tag(article, said, by=lead, door=Door.PAGE)
    tagging.code(article, "note", [LEADS_NOTE], by=lead, door=Door.PAGE)
    guess = Wanted(
        **place(article, "bloomed"),
        kind="event",
        status="suggested",
        origin="recogniser",
        maker=MAKER,
        comment=ATTRIBUTE,
        score=0.5,
    )
    tagging.tag(article, guess, by=None, door=Door.COMMAND)
    assert made.operation is not None
    return {
        "tag": made.mention.pk,
        "tagging": made.operation.pk,
        "operation": made.operation.pk,
    }


def place(article: Article, words: str) -> dict[str, Any]:
    assert article.version is not None
    start = article.version.text.index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def looked_at(planted: Planted, visitor: str) -> Iterator[tuple[str, Answered]]:
    """Yield all that a visitor is answered, by each address."""
    seen: set[str] = set()
    for world in planted.views:
        for area, (_, _, methods, _) in AREAS.items():
            for name, line, address in addresses(world, area):
                if address in seen:
                    continue
                seen.add(address)
                for method in methods:
                    if line.need(method) is None:
                        continue
                    for variant in variants(planted, name, method, address):
                        client = browser(world, visitor, area)
                        got = ask(world, client, method, variant, line)
                        yield f"{method} {variant}", got


def variants(planted: Planted, name: str, method: str, address: str) -> list[str]:
    """Return an address, and what else one might ask it for."""
    if method != "GET":
        return [address]
    found = [address]
    if name.startswith(LAYERED):
        also = [f"task={planted.task.pk}", f"version={planted.task.items.get().version_id}"]
        found += [f"{address}{'&' if '?' in address else '?'}{each}" for each in also]
    if name in ASKING:
        plain = address.partition("?")[0]
        found += [f"{plain}?q={query}" for query in QUERIES]
    if name == "entity-suggest":
        corpus, task = planted.world.corpus.slug, planted.task.pk
        for start in (ENTITY[:4], ALIAS[:4]):
            found += [
                f"{address.partition('?')[0]}?corpus={corpus}&q={start}{more}"
                for more in ("", f"&task={task}", f"&task={task}&kind=person", "&kind=person")
            ]
    return found


def browser(world: World, visitor: str, area: str) -> Client:
    client = world.script(visitor) if area == "api" else world.browser(visitor)
    # All that leaks is told at once, and what breaks with it.
    client.raise_request_exception = False
    return client


def leaks(planted: Planted, visitor: str, words: tuple[str, ...]) -> list[str]:
    found = []
    for where, got in looked_at(planted, visitor):
        lower = got.words.lower()
        found += [f"{where} shows {word}" for word in words if word.lower() in lower]
        found += [f"{where} answers {got.status}"] * (got.status >= 500)
    return found


def test_who_tags_blind_is_shown_nothing_that_others_made(planted: Planted) -> None:
    found = leaks(planted, "annotator", PLANTED)

    assert not found, "\n".join(found)


def test_who_was_taken_out_of_blind_work_that_they_had_begun_is_shown_nothing_of_it(
    planted: Planted,
) -> None:
    mine = Assignment.objects.get(task=planted.task, user=planted.person)
    work.discuss(mine, needs=True, note="", by=planted.person, door=Door.PAGE)
    task_people.take_out(planted.task, planted.person, by=planted.lead, door=Door.PAGE)

    found = leaks(planted, "annotator", PLANTED)

    assert not found, "\n".join(found)


def test_nobody_but_the_lead_is_shown_blind_work(planted: Planted) -> None:
    found = [*leaks(planted, "viewer", OF_THE_OTHER), *leaks(planted, OUTSIDER, OF_THE_OTHER)]

    assert not found, "\n".join(found)


def test_who_leads_sees_all_of_it_so_that_the_words_would_have_been_found(
    planted: Planted,
) -> None:
    unseen = {ENTITY, DISCUSSED, LEADS_COMMENT, LEADS_NOTE, MAKER}

    for _, got in looked_at(planted, "editor"):
        unseen -= {word for word in unseen if word.lower() in got.words.lower()}
        if not unseen:
            break

    assert not unseen


def test_the_entities_that_are_offered_in_blind_work_are_those_there_were(
    planted: Planted,
) -> None:
    def offered(text: str, user: User) -> list[str]:
        found = offering.suggest(planted.world.corpus, text, user=user, task=planted.task)
        return [each.name for each in found]

    assert offered("Known", planted.person) == ["Known before"]
    assert offered(ENTITY[:4], planted.person) == []
    assert offered(ENTITY[:4], planted.other) == [f"{ENTITY} the Elder"]

    entities.create(planted.world.corpus, "Later one", "person", by=planted.lead, door=Door.PAGE)
    assert offered("Later", planted.person) == []


def test_the_same_name_given_by_two_blind_annotators_makes_an_entity_each(
    planted: Planted,
) -> None:
    article = Article.objects.select_related("corpus", "version").get(
        pk=planted.world.ids["article"]
    )
    said = Wanted(**place(article, TEXT), kind="person", entity_name=f"{ENTITY} the Elder")

    mine = tagging.tag(article, said, by=planted.person, door=Door.PAGE, task=planted.task)

    theirs = planted.views[0].ids["entity"]
    assert mine.mention.entity is not None
    assert mine.mention.entity_id != theirs
    assert mine.mention.entity.by == planted.person


def test_closing_the_task_lifts_the_blindness_and_opening_it_again_brings_it_back(
    planted: Planted,
) -> None:
    client = planted.world.browser("annotator")
    address = f"/articles/{planted.world.ids['article']}/"
    assert LEADS_COMMENT not in client.get(address).content.decode()

    tasks.close(planted.task, by=planted.lead, door=Door.PAGE)
    assert LEADS_COMMENT in client.get(address).content.decode()

    tasks.reopen(planted.task, by=planted.lead, door=Door.PAGE)
    assert LEADS_COMMENT not in client.get(address).content.decode()


def test_finished_work_stays_blind_until_the_task_is_closed(planted: Planted) -> None:
    mine = Assignment.objects.get(task=planted.task, user=planted.person)
    work.finish(mine, by=planted.person, door=Door.PAGE)

    page = planted.world.browser("annotator").get(f"/articles/{planted.world.ids['article']}/")

    assert LEADS_COMMENT not in page.content.decode()


def test_what_was_done_blind_stands_in_nobody_elses_history(planted: Planted) -> None:
    done = Operation.objects.filter(by=planted.other, blind_task=planted.task)

    assert done.count() == 4
    assert not Operation.objects.visible_to(planted.person).filter(pk__in=done).exists()
    assert Operation.objects.visible_to(planted.lead).filter(pk__in=done).count() == 4
