"""Corpora are made by those who may, and set up as operations."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.history.undo import UndoRefusedError, undo
from articles.membership import corpora
from articles.membership.corpora import CorpusRefusedError, StaleSettingsError
from articles.models import Access, Corpus, Door, Membership, Operation, Role
from tests.factories import make_member, make_user


def made(by: User, **fields: str) -> Corpus:
    values = {"name": "Harbour papers", **fields}
    return corpora.create(by=by, door=Door.PAGE, access=Access.LICENSED, **values)


def test_superusers_and_admins_may_make_a_corpus(corpus: Corpus, superuser: User) -> None:
    assert corpora.may_create(superuser)
    assert corpora.may_create(make_member(corpus, Role.ADMIN))
    assert not corpora.may_create(make_member(corpus, Role.EDITOR))
    assert not corpora.may_create(make_user())
    assert not corpora.may_create(AnonymousUser())


def test_who_makes_a_corpus_is_its_admin_for_good(superuser: User) -> None:
    corpus = made(superuser)

    assert (corpus.slug, corpus.access) == ("harbour-papers", Access.LICENSED)
    assert Membership.objects.get().role == Role.ADMIN
    with pytest.raises(UndoRefusedError):
        undo(Operation.objects.get(), by=superuser, door=Door.PAGE)


def test_a_short_name_is_made_where_none_is_given(superuser: User) -> None:
    slugs = [made(superuser, name=name).slug for name in ("Harbour", "Harbour", "新聞", "New")]

    assert slugs == ["harbour", "harbour-2", "corpus", "new-2"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "n" * 201}, "name"),
        ({"name": "N\0"}, "name"),
        ({"slug": "taken"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"description": "d" * 5_001}, "description"),
    ],
)
def test_a_corpus_that_can_t_be_is_refused(
    superuser: User, fields: dict[str, str], field: str
) -> None:
    made(superuser, slug="taken")

    with pytest.raises(CorpusRefusedError) as refused:
        made(superuser, **fields)

    assert refused.value.field == field
    assert Corpus.objects.count() == 1


def test_changed_settings_are_one_operation_with_its_undo(corpus: Corpus, superuser: User) -> None:
    operation = corpora.change_settings(
        corpus, {"name": "Renamed", "access": "open"}, by=superuser, door=Door.PAGE
    )

    corpus.refresh_from_db()
    assert (corpus.name, corpus.access) == ("Renamed", "open")
    assert operation is not None
    assert "Members only → Open to read" in operation.summary
    undo(operation, by=superuser, door=Door.PAGE)
    corpus.refresh_from_db()
    assert (corpus.name, corpus.access) == ("Default", "members")


def test_the_same_settings_are_no_change(corpus: Corpus) -> None:
    assert corpora.change_settings(corpus, {"name": "Default"}, by=None, door=Door.API) is None


def test_who_was_slower_is_told(corpus: Corpus) -> None:
    state = corpora.state_of(corpus)
    corpora.change_settings(corpus, {"name": "First"}, by=None, door=Door.API)

    with pytest.raises(StaleSettingsError):
        corpora.change_settings(
            corpus, {"name": "Second"}, by=None, door=Door.API, expected_state=state
        )

    assert Corpus.objects.get().name == "First"


@pytest.mark.parametrize("changes", [{"name": ""}, {"access": "public"}, {"name": "a\0b"}])
def test_settings_that_can_t_be_change_nothing(corpus: Corpus, changes: dict[str, str]) -> None:
    with pytest.raises(CorpusRefusedError):
        corpora.change_settings(corpus, changes, by=None, door=Door.API)

    assert Corpus.objects.get().name == "Default"
    assert not Operation.objects.exists()
