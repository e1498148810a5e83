"""Related coverage learns of whom people tag, and of nothing else that is tagged."""

from collections.abc import Callable

import pytest

from articles.models import Article, Change, Consumer, Corpus, Link, Mention, Role
from tests.factories import make_article, make_entity, make_member, make_mention, make_task
from tests.related.test_events import ON, QUAKE, QUAKE_ELSEWHERE

pytestmark = pytest.mark.django_db

type Relate = Callable[[], int]


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=QUAKE, published=ON)


def noted() -> set[int]:
    rows = Change.objects.filter(consumer=Consumer.RELATED)
    found = set(rows.values_list("article_id", flat=True))
    rows.delete()
    return found


def test_the_evidence_of_a_link_follows_who_is_tagged(
    corpus: Corpus, article: Article, related: Relate
) -> None:
    other = make_article(corpus, paragraphs=QUAKE_ELSEWHERE, published=ON)
    related()
    before = Link.objects.get().evidence["names"]
    mayor = make_entity(corpus, "Ilsa Brandt, mayor of Valdora")

    for each in (article, other):
        make_mention(each, "Ilsa Brandt", entity=mayor)
    related()

    after = Link.objects.get().evidence["names"]
    assert mayor.name not in before
    assert after == [mayor.name]


def test_a_tag_of_someone_is_noted_when_it_comes_changes_and_goes(article: Article) -> None:
    corpus = article.corpus
    noted()

    tag = make_mention(article, "Ilsa Brandt", entity=make_entity(corpus, "Ilsa Brandt"))
    assert noted() == {article.pk}
    Mention.objects.filter(pk=tag.pk).update(comment="Why her?")
    assert noted() == set()
    Mention.objects.filter(pk=tag.pk).update(entity=make_entity(corpus, "Otto Rehm"))
    assert noted() == {article.pk}
    Mention.objects.filter(pk=tag.pk).update(status="rejected")
    assert noted() == {article.pk}
    Mention.objects.filter(pk=tag.pk).update(status="accepted")
    assert noted() == {article.pk}
    tag.delete()
    assert noted() == {article.pk}


def test_what_names_nobody_or_is_not_for_all_to_see_is_not_noted(article: Article) -> None:
    corpus = article.corpus
    person = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [article], [person], blind=True)
    her = make_entity(corpus, "Ilsa Brandt")
    noted()

    make_mention(article, "cathedral", kind="place")
    make_mention(article, "Ilsa Brandt", entity=her, status="suggested").delete()
    blind = make_mention(article, "Ilsa Brandt", entity=her, task=task, layer_of=person)

    assert noted() == set()
    task.blind = False
    task.save()
    assert noted() == {article.pk}
    assert blind.entity == her


def test_an_entity_by_another_name_or_merged_is_noted(article: Article) -> None:
    corpus = article.corpus
    her, mayor = make_entity(corpus, "Ilsa Brandt"), make_entity(corpus, "The mayor")
    make_mention(article, "Ilsa Brandt", entity=her)
    noted()

    her.name = "I. Brandt"
    her.save()
    assert noted() == {article.pk}
    her.merged_into = mayor
    her.save()
    assert noted() == {article.pk}
    mayor.name = "Mayor of Valdora"
    mayor.save()
    assert noted() == {article.pk}
    mayor.note = "Since 1930."
    mayor.save()
    assert noted() == set()
