"""A corpus with one of every kind of object, and everybody who may come to it.

Words that betray something stand in it: ``HIDDEN`` in all that only those may meet who may know of
the corpus, ``TEXT`` in all that only those may meet who may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import DEFAULT
from articles.annotate.entities import entities, entity_changes
from articles.annotate.tags import tagging
from articles.annotate.tags.wanted import Wanted
from articles.annotate.tasks import tasks
from articles.curation import fields
from articles.ingest import imports, records
from articles.ingest.imports import Pasted
from articles.keeping import collections, searches
from articles.membership import invitations
from articles.models import (
    Access,
    Anchor,
    ApiToken,
    Article,
    Corpus,
    CorrectedField,
    Door,
    Export,
    Membership,
    Person,
    Placing,
    Role,
    Spread,
)
from tests.access.policy import ANONYMOUS, MEMBERS, OUTSIDER, SUPERUSER
from tests.factories import (
    current,
    judge,
    make_corpus,
    make_link,
    make_mention,
    make_story,
    make_user,
)

HIDDEN, TEXT = "Zibeline", "quillwort"
# What a snippet shows, and more: the first words are for all who may know of an article.
LONG = "words of the day that were said of the harbour, the bridge and the weather. " * 6


@dataclass(frozen=True)
class World:
    """A corpus; ``ids`` has what stands for its objects in addresses, ``people`` by visitor."""

    access: Access
    corpus: Corpus
    ids: Mapping[str, Any]
    people: Mapping[str, User]
    tokens: Mapping[str, str]
    # What a visitor's browser shows once they logged in.
    sessions: dict[str, str] = field(default_factory=dict)
    # Middleware that was made once, by whether it sees to CSRF: what it is to all clients.
    handlers: dict[bool, ClientHandler] = field(default_factory=dict)

    def browser(self, visitor: str, *, enforce_csrf_checks: bool = False) -> Client:
        """Return a new browser of a visitor, logged in where there is whom."""
        client = self._served(Client(enforce_csrf_checks=enforce_csrf_checks))
        if visitor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[visitor]
        elif visitor != ANONYMOUS:
            client.force_login(self.people[visitor])
            self.sessions[visitor] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return client

    def script(self, visitor: str) -> Client:
        """Return a visitor's script, with a token where there is whose."""
        token = self.tokens.get(visitor)
        return self._served(Client(headers={"Authorization": f"Token {token}"} if token else {}))

    def _served(self, client: Client) -> Client:
        """Return a client that loads no middleware which another has loaded."""
        checks = client.handler.enforce_csrf_checks
        client.handler = self.handlers.setdefault(checks, client.handler)
        return client


def make_world(access: Access) -> World:
    """Return a corpus of some access, with everything in it."""
    corpus = make_corpus(
        "of-others", name=f"{HIDDEN} letters", description=f"{HIDDEN} described", access=access
    )
    people = {visitor: make_user(f"{visitor}-person") for visitor in (OUTSIDER, *MEMBERS)}
    people[SUPERUSER] = make_user("superuser-person", is_superuser=True)
    for role in MEMBERS:
        Membership.objects.create(corpus=corpus, user=people[role], role=role)
    # Whom the admin changes: a member beside those who come.
    other = make_user(f"{HIDDEN.lower()}-member")
    Membership.objects.create(corpus=corpus, user=other, role=Role.VIEWER)
    invitation, secret, _ = invitations.invite(
        corpus, role=Role.VIEWER, note=f"{HIDDEN} invited", by=people["admin"], door=Door.PAGE
    )
    ids = {
        "corpus": corpus.pk,
        "slug": corpus.slug,
        "member": other.pk,
        "invitation": invitation.pk,
        "secret": secret,
        **_articles(corpus, people["editor"]),
    }
    owned, _ = ApiToken.issue(user_id=people[SUPERUSER].pk, name="to be revoked")
    ids["token"] = owned.pk
    ids |= _kept(corpus, people[SUPERUSER], ids["article"])
    ids |= _work(corpus, people[SUPERUSER], ids["article"])
    ids |= _entities(corpus, people["editor"])
    ids |= _tags(ids["article"], people["editor"])
    ids |= _orphan(ids["article"], people["editor"])
    ids |= _related(corpus, people["editor"], ids)
    tokens = {who: ApiToken.issue(user_id=p.pk, name="t")[1] for who, p in people.items()}
    # Each request is undone: the first use would be noted with every one of them.
    ApiToken.objects.exclude(pk=owned.pk).update(last_used_at=timezone.now())
    return World(access, corpus, ids, people, tokens)


def _kept(corpus: Corpus, owner: User, article: int) -> dict[str, Any]:
    """Make what someone keeps for themselves: a private collection, and searches."""
    made = collections.make(
        corpus, name=f"{HIDDEN} collected", by=owner, door=Door.PAGE, articles=[article]
    )
    search = searches.save(by=owner, name=f"{HIDDEN} searched", query="harbour")
    removed = searches.save(by=owner, name=f"{HIDDEN} removed", query="harbour")
    searches.remove(removed)
    return {
        "collection": made.collection.pk,
        "search": search.pk,
        "removed_search": removed.pk,
        "feed_secret": searches.new_feed(search),
        "export": Export.objects.create(by=owner, query=HIDDEN, format="csv").pk,
        "spread": Spread.objects.create(
            corpus=corpus, by=owner, what="same", plan={"name": HIDDEN}
        ).pk,
        "collect_job": Spread.objects.create(
            corpus=corpus,
            by=owner,
            what="collect",
            plan={"collection": made.collection.pk, "query": HIDDEN},
        ).pk,
        "tag_import": Spread.objects.create(
            corpus=corpus, by=owner, what="import", plan={"format": "jsonl"}
        ).pk,
    }


def _entities(corpus: Corpus, editor: User) -> dict[str, Any]:
    """Make an entity: of texts, so for those who may read them."""
    entity = entities.create(corpus, f"{TEXT} grower", "person", by=editor, door=Door.PAGE)
    entity_changes.add_name(entity, f"Old {TEXT}", by=editor, door=Door.PAGE)
    entity_changes.add_id(entity, "wikidata", "Q42", by=editor, door=Door.PAGE)
    return {
        "entity": entity.pk,
        "entity_name": entity.names.get(name=f"Old {TEXT}").pk,
        "external_id": entity.external_ids.get().pk,
    }


def _tags(article: int, editor: User) -> dict[str, Any]:
    """Tag a word of the text, with a comment, and leave a note on the article."""
    tagged = Article.objects.select_related("corpus", "version").get(pk=article)
    assert tagged.version is not None
    start = tagged.version.text.index(TEXT)
    said = Wanted(
        start=start,
        end=start + len(TEXT),
        quote=TEXT,
        kind="place",
        entity_name=f"{TEXT} fields",
        comment=f"{TEXT} commented",
    )
    made = tagging.tag(tagged, said, by=editor, door=Door.PAGE)
    tagging.code(tagged, "note", [f"{TEXT} noted"], by=editor, door=Door.PAGE)
    assert made.operation is not None
    return {
        "tag": made.mention.pk,
        "tag_key": str(made.mention.key),
        "tagging": made.operation.pk,
        "article_address": f"http://testserver/articles/{article}/",
    }


def _orphan(article: int, editor: User) -> dict[str, Any]:
    """Tag a word of a version that stands no more, whose words the text that stands has not."""
    tagged = Article.objects.select_related("corpus", "version").get(pk=article)
    mention = make_mention(
        tagged, "First", version=tagged.versions.earliest("number"), by=editor, comment=TEXT
    )
    Anchor.objects.create(
        mention=mention,
        version=current(tagged),
        quote=f"First {TEXT}",
        placing=Placing.ORPHAN,
        label="orphan",
        sure=0,
    )
    return {"orphan": mention.pk}


def _related(corpus: Corpus, editor: User, ids: Mapping[str, Any]) -> dict[str, Any]:
    """Link the two articles, of whose text a note speaks, and put them in a story."""
    one, two = (Article.objects.get(pk=ids[name]) for name in ("article", "other_article"))
    link = make_link(one, two)
    judge(link, editor, note=f"{TEXT} linked")
    story = make_story(corpus, [one, two], name=f"{HIDDEN} story", note=f"{TEXT} told", by=editor)
    return {"link": link.pk, "story": story.pk}


def _work(corpus: Corpus, owner: User, article: int) -> dict[str, Any]:
    """Make a codebook, and a task that was given to its maker alone."""
    codebook, _ = codebooks.make(
        corpus, DEFAULT, name=f"{HIDDEN} codebook", by=owner, door=Door.PAGE
    )
    codebooks.publish(codebook, by=owner, door=Door.PAGE)
    terms = tasks.Terms(
        name=f"{HIDDEN} task",
        instructions=f"{HIDDEN} instructions",
        people=[owner],
        blind=False,
        codebook_version=codebooks.newest(codebook),
    )
    task = tasks.make(corpus, [article], terms, by=owner, door=Door.PAGE).task
    assignment = task.assignments.get()
    return {
        "codebook": codebook.pk,
        "task": task.pk,
        "assignment": assignment.pk,
        "task_person": owner.pk,
    }


def _articles(corpus: Corpus, editor: User) -> dict[str, Any]:
    """Make articles as scripts and people do: one in two versions, corrected; and an import."""
    for body in ("First", "Second"):
        _store(corpus, "one", f"{body} {LONG}\n\nThen the {TEXT} bloomed, {body}.")
    _store(corpus, "two", f"Other {LONG}\n\nOther {TEXT}.")
    article = Article.objects.get(corpus=corpus, external_id="one")
    operation = fields.correct(
        [article.pk], {CorrectedField.SECTION: f"{HIDDEN} section"}, by=editor, door=Door.PAGE
    )
    run = imports.start(
        corpus=corpus, user=editor, door=Door.PAGE, inputs=[Pasted(f"{HIDDEN}\n\nThe {TEXT}.")]
    )
    assert operation is not None
    assert article.version is not None
    assert article.source is not None
    person = article.version.credits.exclude(person=None).get().person
    assert person is not None
    other_name = Person.objects.create(
        corpus=corpus, name=f"{HIDDEN} W", folded=f"{HIDDEN} w".lower(), same_as=person
    )
    return {
        "article": article.pk,
        "other_article": Article.objects.get(corpus=corpus, external_id="two").pk,
        "source": article.source_id,
        "alias": article.source.aliases.earliest("pk").pk,
        "other_name": other_name.pk,
        "person": person.pk,
        "capture": article.version.capture_id,
        "run": run.pk,
        "operation": operation.pk,
    }


def _store(corpus: Corpus, external_id: str, body: str) -> None:
    record = {
        "external_id": external_id,
        "headline": f"{HIDDEN} headline",
        "standfirst": f"{HIDDEN} standfirst",
        "source": f"{HIDDEN} Post",
        "byline": f"By {HIDDEN} Writer",
        "authors": [{"kind": "person", "name": f"{HIDDEN} Writer", "role": None, "place": None}],
        "published": "1932-03-19",
        "body": body,
        "key_points": [f"A {TEXT} point"],
        "captions": [{"text": f"A {TEXT} pictured", "credit": f"{TEXT} photographs"}],
        "extra": {"shelf": f"{TEXT} shelf"},
    }
    [result] = records.store(
        corpus=corpus, user=AnonymousUser(), body=f"{TEXT}{body}".encode(), items=[record]
    )
    assert result.article_id, result
