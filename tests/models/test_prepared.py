"""Queries that are put together once answer as if they were put together each time."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Collection, Corpus, Source
from articles.models.corpora import Visitor
from articles.models.lookups import any_id, any_text
from articles.models.prepared import Prepared
from articles.models.statements import Given
from tests.factories import make_corpus, make_member, make_source

pytestmark = pytest.mark.django_db


def test_each_kind_of_visitor_gets_what_is_theirs() -> None:
    mine, theirs = make_corpus("mine"), make_corpus("theirs")
    public = make_corpus("public", access=Access.OPEN)
    member, other = make_member(mine), make_member(theirs)
    visible = Prepared(
        lambda user: Corpus.objects.visible_to(user).order_by("pk").values_list("slug")
    )

    def told(user: Visitor) -> list[str]:
        return [slug for (slug,) in visible.rows(user)]

    assert told(member) == ["mine", "public"]
    assert told(other) == ["theirs", "public"]
    assert told(AnonymousUser()) == ["public"]
    assert told(User.objects.create_superuser("root")) == ["mine", "theirs", "public"]
    assert told(member) == ["mine", "public"]
    public.delete()
    assert told(member) == ["mine"]


def test_values_are_given_each_time() -> None:
    corpora = [make_corpus("one"), make_corpus("two")]
    made = [make_source(corpus, name) for corpus in corpora for name in ("Post", "O'Mail {1}")]
    named = Prepared(
        lambda _, number, ids, names: (
            Source.objects.filter(
                any_id("pk", ids), any_text("name", names), corpus_id=number, merged_into=None
            )
            .order_by("pk")
            .values_list("pk", "name")
        ),
        Given.NUMBER,
        Given.IDS,
        Given.TEXTS,
    )
    everyone, every = AnonymousUser(), [source.pk for source in made]

    assert named.rows(everyone, corpora[0].pk, every, {"Post"}) == [(made[0].pk, "Post")]
    assert named.rows(everyone, corpora[1].pk, every, ["Post", "O'Mail {1}"]) == [
        (made[2].pk, "Post"),
        (made[3].pk, "O'Mail {1}"),
    ]
    assert named.rows(everyone, corpora[1].pk, [made[3].pk], ["Post"]) == []
    assert named.rows(everyone, corpora[1].pk, [], []) == []


def test_who_may_see_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    collections = Prepared(lambda user: Collection.objects.visible_to(user).values_list("pk"))

    with django_assert_num_queries(0):
        assert collections.rows(AnonymousUser()) == []


def test_what_is_asked_while_a_query_is_put_together_is_refused() -> None:
    # Of a member these are looked up at once, and would be another's ever after.
    member = make_member(make_corpus("mine"))
    prepared = Prepared(lambda user: Source.objects.visible_to(user).values_list("pk"))

    with pytest.raises(TypeError, match="nothing is asked"):
        prepared.rows(member)


def test_values_come_as_the_query_itself_reads_them() -> None:
    collection = Collection.objects.create(
        corpus=make_corpus("mine"), name="Strikes", recipe={"q": "strike", "size": 3}
    )
    prepared = Prepared(lambda _: Collection.objects.values_list("pk", "recipe"))

    assert prepared.rows(AnonymousUser()) == [(collection.pk, {"q": "strike", "size": 3})]
