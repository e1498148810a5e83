"""Tags are brought up to the newest version of their codebook: told first, undone at once."""

import pytest
from django.contrib.auth.models import User

from articles.annotate.codebooks import codebooks, migrating
from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, EntityUse, Kind
from articles.annotate.codebooks.codebooks import CodebookRefusedError
from articles.history import undo
from articles.models import (
    Anchor,
    Article,
    Code,
    Codebook,
    CodebookVersion,
    Corpus,
    Door,
    Mention,
    Relation,
    Role,
)
from articles.models.mentions import label_of
from tests.factories import (
    current,
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_task,
)

pytestmark = pytest.mark.django_db

OLD = Content(
    kinds=(
        Kind("person", "Person", "p", entity=EntityUse.OPTIONAL),
        Kind("office", "Office", "o"),
        Kind("place", "Place", "l"),
    ),
    codes=(CodeKind("tone", "Tone", type=CodeType.FREE),),
)
NEW = Content(
    kinds=(
        Kind("human", "Human being", "h", entity=EntityUse.OPTIONAL),
        Kind("place", "Place", "l"),
    ),
    codes=(CodeKind("mood", "Mood", type=CodeType.FREE),),
)


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def codebook(corpus: Corpus, lead: User) -> Codebook:
    codebook, _ = codebooks.make(corpus, OLD, name="Ours", by=lead, door=Door.PAGE)
    codebooks.publish(codebook, by=lead, door=Door.PAGE)
    codebooks.make_main(codebook, by=lead, door=Door.PAGE)
    return codebook


@pytest.fixture
def old(codebook: Codebook) -> CodebookVersion:
    return codebook.versions.get(number=1)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(
        corpus, paragraphs=("Gladstone, the Prime Minister, spoke in London and in Leeds.",)
    )


def publish_new(codebook: Codebook, lead: User) -> CodebookVersion:
    codebooks.save_draft(codebook, NEW, by=lead, door=Door.PAGE)
    codebooks.publish(codebook, by=lead, door=Door.PAGE)
    return codebook.versions.get(number=2)


def test_the_preview_counts_and_shows_what_each_step_touches(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    make_mention(article, "Gladstone", "person", codebook_version=old)
    make_mention(article, "Prime Minister", "office", codebook_version=old)
    make_mention(article, "London", "place", codebook_version=old)
    publish_new(codebook, lead)

    planned = migrating.preview(codebook, {"kind-person": "human"})

    steps = {step.word: step for step in planned.steps}
    assert set(steps) == {"person", "office"}
    assert (steps["person"].name, steps["person"].count, steps["person"].into) == (
        "Person",
        1,
        "human",
    )
    assert steps["person"].examples[0].words == "Gladstone"
    assert not steps["office"].is_decided
    assert (planned.kept, planned.touched) == (1, 3)


def test_kinds_are_renamed_and_removed_at_once_and_back(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    entity = make_entity(article.corpus, "Gladstone", "person")
    renamed = make_mention(article, "Gladstone", "person", entity=entity, codebook_version=old)
    removed = make_mention(article, "Prime Minister", "office", codebook_version=old)
    Relation.objects.create(
        corpus=article.corpus, article=article, kind="of", source=removed, target=renamed
    )
    new = publish_new(codebook, lead)
    before = list(Mention.objects.values_list().order_by("pk"))

    operation = migrating.migrate(
        codebook, {"kind-person": "human", "kind-office": ""}, by=lead, door=Door.PAGE
    )

    mention = Mention.objects.get()
    assert (mention.pk, mention.kind, mention.codebook_version) == (renamed.pk, "human", new)
    assert Anchor.objects.get().label == label_of(mention)
    entity.refresh_from_db()
    assert entity.kind == "human"
    assert not Relation.objects.exists()

    assert operation is not None
    undo.undo(operation, by=lead, door=Door.PAGE)
    assert list(Mention.objects.values_list().order_by("pk")) == before
    assert Relation.objects.count() == 1
    assert {anchor.label for anchor in Anchor.objects.select_related("mention")} == {
        label_of(each) for each in Mention.objects.all()
    }


def test_kinds_that_become_one_leave_one_tag_on_the_same_words(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    first = make_mention(article, "Gladstone", "person", codebook_version=old)
    make_mention(article, "Gladstone", "office", codebook_version=old)
    other = make_mention(article, "Prime Minister", "office", codebook_version=old)
    publish_new(codebook, lead)

    migrating.migrate(
        codebook, {"kind-person": "human", "kind-office": "human"}, by=lead, door=Door.PAGE
    )

    assert set(Mention.objects.values_list("pk", "kind")) == {
        (first.pk, "human"),
        (other.pk, "human"),
    }


def test_codes_of_articles_come_along_and_notes_stay(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    fields = {"corpus": article.corpus, "article": article, "version": current(article)}
    for code, value in (("tone", "angry"), ("mood", "angry"), ("tone", "calm"), ("note", "So.")):
        Code.objects.create(**fields, code=code, value=value, codebook_version=old)
    new = publish_new(codebook, lead)

    migrating.migrate(codebook, {"code-tone": "mood"}, by=lead, door=Door.PAGE)

    assert set(Code.objects.values_list("code", "value")) == {
        ("mood", "angry"),
        ("mood", "calm"),
        ("note", "So."),
    }
    assert set(Code.objects.values_list("codebook_version", flat=True)) == {new.pk}


def test_nothing_is_changed_while_a_word_has_no_decision(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    make_mention(article, "Gladstone", "person", codebook_version=old)
    publish_new(codebook, lead)

    with pytest.raises(CodebookRefusedError, match="Person"):
        migrating.migrate(codebook, {}, by=lead, door=Door.PAGE)
    with pytest.raises(CodebookRefusedError, match="no nobody"):
        migrating.migrate(codebook, {"kind-person": "nobody"}, by=lead, door=Door.PAGE)

    assert Mention.objects.get().kind == "person"


def test_work_of_tasks_stays_unless_it_is_wanted_too(
    codebook: Codebook, old: CodebookVersion, article: Article, lead: User
) -> None:
    person = make_member(article.corpus, Role.ANNOTATOR)
    task = make_task(article.corpus, [article], [person], codebook_version=old)
    make_mention(article, "Gladstone", "person", codebook_version=old, task=task, layer_of=person)
    new = publish_new(codebook, lead)

    assert migrating.preview(codebook, {}).touched == 0
    migrating.migrate(codebook, {"kind-person": "human"}, with_tasks=True, by=lead, door=Door.PAGE)

    task.refresh_from_db()
    assert task.codebook_version == new
    assert Mention.objects.get().kind == "human"
