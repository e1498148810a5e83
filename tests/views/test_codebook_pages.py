"""Codebooks on pages: read, changed in a form without scripts, published, brought up to."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import DEFAULT, as_json
from articles.annotate.codebooks.codebooks import content_of
from articles.models import Codebook, Corpus, Mention, Role
from articles.views.tasks.codebook_form import CODE_FIELDS, KIND_FIELDS, Typed, typed_of
from tests.factories import make_article, make_member, make_mention

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def desk(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.fixture
def main(corpus: Corpus) -> Codebook:
    return codebooks.main_version(corpus).codebook


def body(typed: Typed | None = None, **more: Any) -> dict[str, Any]:
    """Return a form as a browser sends it."""
    said = typed or typed_of(DEFAULT)
    rows: dict[str, Any] = {
        **{f"kind-{name}": [row[name] for row in said.kinds] for name in KIND_FIELDS},
        **{f"code-{name}": [row[name] for row in said.codes] for name in CODE_FIELDS},
    }
    about = {"name": "Main codebook", "relations": said.relations, "guideline": said.guideline}
    return {**rows, **about, "do": "save"} | more


def test_a_codebook_is_read_with_its_guidelines_and_examples(desk: Client, main: Codebook) -> None:
    page = desk.get(f"/codebooks/{main.pk}/").content.decode()

    assert "named by their own name" in page
    assert "Gladstone" in page
    assert "An office names nobody." in page


def test_what_is_saved_is_a_draft_and_what_is_published_a_version(
    desk: Client, main: Codebook
) -> None:
    typed = typed_of(DEFAULT)
    typed.kinds[0]["name"] = "Human being"
    typed.kinds.append(typed.kinds[0] | {"slug": "", "name": "Ship’s name", "key": "s"})

    saved = desk.post(f"/codebooks/{main.pk}/edit/", body(typed, changes="Ships"))
    assert saved["Location"] == f"/codebooks/{main.pk}/edit/"
    draft = codebooks.draft_of(main)
    assert draft is not None
    assert [kind.slug for kind in content_of(draft).kinds][-1] == "ships-name"

    desk.post(f"/codebooks/{main.pk}/edit/", body(typed, do="publish", changes="Ships"))
    newest = codebooks.newest(main)
    assert newest is not None
    assert (newest.number, newest.note) == (2, "Ships")
    assert content_of(newest).kinds[0].name == "Human being"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("key", "j", "The reading view needs j itself"),
        ("key", "o", "that of Person already"),
        ("name", "", "may not be empty"),
        ("slug", "Two words", "A short word belongs here"),
        ("colour", "12", "from 0 to 11"),
        ("what", "else", "Choose what it tags"),
        ("attributes", "only one part", "needs three parts"),
        ("name", SCRIPT * 5, "may have 100"),
        ("guideline", "a\0b", "NUL"),
    ],
)
def test_what_cannot_be_is_said_at_its_row_and_nothing_is_saved(
    desk: Client, main: Codebook, name: str, value: str, said: str
) -> None:
    typed = typed_of(DEFAULT)
    typed.kinds[0][name] = value

    answer = desk.post(f"/codebooks/{main.pk}/edit/", body(typed))

    words = answer.content.decode()
    assert answer.status_code == 400
    assert said in words
    assert SCRIPT not in words
    assert codebooks.draft_of(main) is None


def test_rows_are_added_moved_and_removed_by_the_server_where_no_script_does(
    desk: Client, main: Codebook
) -> None:
    address = f"/codebooks/{main.pk}/edit/"

    added = desk.post(address, body(do="add-kind")).content.decode()
    moved = desk.post(address, body(do="kinds-down-0")).content.decode()
    removed = desk.post(address, body(do="kinds-remove-0")).content.decode()

    count = 'name="kind-name"'
    rows = len(DEFAULT.kinds) + 1
    assert (added.count(count), removed.count(count)) == (rows + 1, rows - 1)
    assert moved.index('value="Organisation"') < moved.index('value="Person"')


def test_of_two_editors_the_second_is_told_and_keeps_what_they_wrote(
    desk: Client, main: Codebook
) -> None:
    newest = codebooks.newest(main)
    assert newest is not None
    base = codebooks.state_of(newest)
    address = f"/codebooks/{main.pk}/edit/"
    desk.post(address, body(typed_of(DEFAULT), guideline="First", base=base))

    answer = desk.post(address, body(typed_of(DEFAULT), guideline="Second", base=base))

    assert answer.status_code == 409
    assert "Someone else changed this codebook meanwhile" in answer.content.decode()
    assert "Second" in answer.content.decode()
    draft = codebooks.draft_of(main)
    assert draft is not None
    assert content_of(draft).guideline == "First"


def test_lists_of_unlike_length_answer_400(desk: Client, main: Codebook) -> None:
    sent = body() | {"kind-key": ["p"]}

    assert desk.post(f"/codebooks/{main.pk}/edit/", sent).status_code == 400


def test_a_codebook_goes_out_as_a_file_and_comes_in_as_another(
    desk: Client, corpus: Corpus, main: Codebook
) -> None:
    got = desk.get(f"/codebooks/{main.pk}/file/")
    assert json.loads(got.content) == as_json(DEFAULT)

    file = SimpleUploadedFile("codebook.json", got.content)
    desk.post(
        "/codebooks/new/",
        {"corpus": corpus.slug, "name": "Copy", "start": "json", "file": file},
    )

    draft = codebooks.draft_of(Codebook.objects.get(name="Copy"))
    assert draft is not None
    assert content_of(draft) == DEFAULT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"kinds": [{"slug": "A"}]}', "kinds[0].slug"),
        ('{"kinds": [{"slug": "a", "name": "\\ud800"}]}', "surrogate"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_by_its_place(
    desk: Client, corpus: Corpus, text: str, said: str
) -> None:
    answer = desk.post(
        "/codebooks/new/", {"corpus": corpus.slug, "name": "N", "start": "json", "json": text}
    )

    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_tags_are_brought_up_to_a_version_after_a_look(
    desk: Client, corpus: Corpus, main: Codebook
) -> None:
    article = make_article(corpus, paragraphs=("Gladstone rose.",))
    make_mention(article, "Gladstone", "person", codebook_version=codebooks.newest(main))
    typed = typed_of(DEFAULT)
    typed.kinds[0] |= {"slug": "human", "name": "Human being"}
    typed.relations = ""

    published = desk.post(f"/codebooks/{main.pk}/edit/", body(typed, do="publish"))
    assert published["Location"] == f"/codebooks/{main.pk}/migrate/"
    page = desk.get(published["Location"]).content.decode()
    assert "1 tag is of it" in page
    assert "Gladstone" in page
    undecided = desk.post(published["Location"], {"do": "migrate"})
    assert undecided.status_code == 400
    done = desk.post(published["Location"], {"do": "migrate", "kind-person": "human"}, follow=True)

    assert Mention.objects.get().kind == "human"
    assert "Brought 1 tag" in done.content.decode()


def test_every_tag_that_a_step_touches_can_be_looked_at_without_losing_what_was_chosen(
    desk: Client, corpus: Corpus, main: Codebook
) -> None:
    names = [f"Person{number}" for number in range(5)]
    article = make_article(corpus, paragraphs=(" ".join(names),))
    old = codebooks.main_version(corpus)
    for name in names:
        make_mention(article, name, "person", codebook_version=old)
    typed = typed_of(DEFAULT)
    typed.kinds[0]["slug"] = "human"
    typed.relations = ""
    desk.post(f"/codebooks/{main.pk}/edit/", body(typed, do="publish"))
    address = f"/codebooks/{main.pk}/migrate/"

    page = desk.get(address).content.decode()
    assert "Show the other 2" in page
    assert "“Person0”" not in page

    page = desk.post(address, {"show": "kind-person", "kind-person": "human"}).content.decode()
    assert all(f"“{name}”" in page for name in names)
    assert '<option value="human" selected>' in page
    assert "Show the other" not in page
    assert set(Mention.objects.values_list("kind", flat=True)) == {"person"}


def test_a_viewer_reads_published_versions_and_no_drafts(
    desk: Client, corpus: Corpus, main: Codebook
) -> None:
    desk.post(f"/codebooks/{main.pk}/edit/", body(guideline="In a draft"))
    viewer = Client()
    viewer.force_login(make_member(corpus))

    assert viewer.get(f"/codebooks/{main.pk}/").status_code == 200
    assert viewer.get(f"/codebooks/{main.pk}/?version=2").status_code == 404
    assert viewer.get(f"/codebooks/{main.pk}/file/?version=2").status_code == 404
    assert desk.get(f"/codebooks/{main.pk}/?version=2").status_code == 200
