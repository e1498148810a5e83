"""``manage.py demo`` takes in what is tagged in the sample corpus, once."""

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from articles.history.undo import undo
from articles.models import Act, Corpus, Door, Entity, EntityName, Mention, Operation
from tests.sample.test_tags import NAMES, TAGGED

pytestmark = pytest.mark.django_db

TAGS = sum(len(each["mentions"]) for each in TAGGED)


@pytest.fixture(autouse=True)
def _demo(corpus: Corpus, settings: Settings) -> None:  # noqa: ARG001 -- where the articles go
    settings.DEMO = True


def demo() -> str:
    """Prepare the demo; return what it prints."""
    printed = StringIO()
    call_command("demo", stdout=printed)
    return printed.getvalue()


def test_the_demo_has_every_tag_and_every_name_and_says_so() -> None:
    printed = demo()

    assert f"{len(TAGGED)} articles, {TAGS:,} tags made" in printed
    assert "0 not taken" in printed
    assert Mention.objects.count() == TAGS
    assert set(Entity.objects.values_list("kind", "name")) == {
        (name["kind"], name["name"]) for name in NAMES
    }
    assert EntityName.objects.get(name="قناة السويس").entity.name == "Suez Canal"


def test_the_demo_again_takes_nothing_in_and_leaves_undone_what_was_undone() -> None:
    demo()
    [taken_in] = Operation.objects.filter(act=Act.TAG)
    undo(taken_in, by=None, door=Door.COMMAND)

    printed = demo()

    assert "The sample corpus is there: 84 articles." in printed
    assert "tags" not in printed
    assert not Mention.objects.exists()


def test_a_demo_that_was_made_before_there_were_tags_gets_them() -> None:
    demo()
    Operation.objects.filter(act=Act.TAG).delete()
    Mention.objects.all().delete()

    printed = demo()

    assert "The sample corpus is there" in printed
    assert Mention.objects.count() == TAGS
