"""Tags on an article's page, and by forms alone; who sees what of them."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, as_json
from articles.models import (
    Access,
    Anchor,
    Article,
    Code,
    Corpus,
    Mention,
    Operation,
    Placing,
    Relation,
    Role,
)
from tests.factories import (
    current,
    make_article,
    make_codebook,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_version,
)

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def page(annotator: User) -> Client:
    client = Client()
    client.force_login(annotator)
    return client


@pytest.fixture
def told(corpus: Corpus) -> Article:
    make_codebook(corpus)
    return make_article(
        corpus, paragraphs=("Ann Lee met Bob 👩‍👩‍👧‍👦. Ann Lee left.", "Nobody <b>came</b>.")
    )


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """Return the words of the article's body."""
    [body] = re.findall(r'<div class="set".*?</div>', html, re.DOTALL)
    return re.sub(r"<[^>]*>", "", body)


def test_tags_stand_in_the_text_and_beside_it(page: Client, told: Article) -> None:
    entity = make_entity(told.corpus, "Ann Lee")
    mention = make_mention(told, "Ann Lee", entity=entity, comment="Which one?")

    html = html_of(page, told.get_absolute_url())

    assert f'id="m{mention.pk}" class="mention d1 m0 t0" data-m="{mention.pk}"' in html
    assert f'data-mention="{mention.pk}" data-kind="person" data-entity="{entity.pk}"' in html
    assert f'href="#m{mention.pk}"' in html
    assert "Which one?" in html
    assert "Ann Lee met Bob 👩‍👩‍👧‍👦. Ann Lee left." in words_of(html)


def test_nothing_that_was_typed_is_markup(page: Client, told: Article, annotator: User) -> None:
    entity = make_entity(told.corpus, EVIL)
    mention = make_mention(
        told, "Bob", entity=entity, comment=EVIL, attributes={EVIL: EVIL}, maker=EVIL, by=annotator
    )

    for rest in ("", f"tags/{mention.pk}/edit/", "pane/"):
        html = html_of(page, f"/articles/{told.pk}/{rest}")
        assert "alert(1)" in html or rest == "pane/"
        assert "<script>alert" not in html


def test_suggestions_are_drawn_apart_and_rejected_ones_not_at_all(
    page: Client, told: Article
) -> None:
    entity = make_entity(told.corpus, "Ann Lee")
    suggested = make_mention(told, "Ann Lee", entity=entity, status="suggested", score=0.82)
    make_mention(told, "Bob", entity=entity, status="rejected")

    html = html_of(page, told.get_absolute_url())

    assert f'class="mention d1 m0 ms is-suggested" data-m="{suggested.pk}"' in html
    assert f'name="accept" value="{suggested.pk}"' in html
    assert "0.82" in html
    drawn = {pk for ids in re.findall(r'data-m="([^"]+)"', html) for pk in ids.split()}
    assert drawn == {str(suggested.pk)}


@pytest.mark.parametrize(
    ("shown", "quotes"),
    [
        ("", ["Ann Lee", "Bob", "came"]),
        ("mine", ["Bob"]),
        ("people", ["Bob", "came"]),
        ("place", ["came"]),
        ("off", []),
    ],
)
def test_one_chooses_which_tags_are_shown(
    page: Client, told: Article, annotator: User, shown: str, quotes: list[str]
) -> None:
    entity = make_entity(told.corpus, "Ann Lee")
    make_mention(told, "Ann Lee", entity=entity, status="suggested")
    make_mention(told, "Bob", entity=entity, by=annotator)
    make_mention(told, "came", "place", entity=make_entity(told.corpus, "Came", "place"))

    html = html_of(page, f"{told.get_absolute_url()}?tags={shown}")

    drawn = re.findall(r'data-m="\d+"[^>]*>([^<]*)</span>', html)
    assert drawn == quotes
    assert html.count("data-mention=") == len(quotes)
    assert 'aria-current="true"' in html


@pytest.mark.parametrize("word", ["ghost", "%00", "a" * 2_000])
def test_what_can_not_be_shown_is_refused(page: Client, told: Article, word: str) -> None:
    assert page.get(f"{told.get_absolute_url()}?tags={word}").status_code == 400


def test_a_version_shows_the_tags_that_it_has(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))
    make_version(told, "Of her nothing more.")

    old = html_of(page, f"/articles/{told.pk}/versions/1/")
    new = html_of(page, told.get_absolute_url())

    assert f'data-m="{mention.pk}"' in old
    assert f'data-m="{mention.pk}"' not in new
    assert "data-tag-words" in new
    assert "data-tag-words" not in old


def test_what_was_moved_says_so_and_how_surely(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))
    Anchor.objects.filter(mention=mention).update(placing=Placing.FUZZY, sure=0.82)

    assert "much like them, 0.82 sure" in html_of(page, told.get_absolute_url())


def test_the_pane_shows_tags_without_a_margin(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))

    html = html_of(page, f"/articles/{told.pk}/pane/")

    assert f'data-m="{mention.pk}"' in html
    assert "data-mention" not in html


def test_strangers_see_the_tags_of_an_open_corpus_but_not_who_made_them() -> None:
    corpus = make_corpus("open", access=Access.OPEN)
    article = make_article(corpus, paragraphs=("Ann Lee left.",))
    by = make_member(corpus, Role.ANNOTATOR)
    make_mention(article, "Ann Lee", entity=make_entity(corpus, "Ann Lee"), by=by)

    html = html_of(Client(), article.get_absolute_url())
    json = Client().get(f"/articles/{article.pk}/tags/").json()

    assert "data-mention=" in html
    assert by.get_username() not in html
    assert "tag-new" not in html
    assert "note-acts" not in html
    assert json["mentions"][0]["by"] == ""


def test_of_a_licensed_text_strangers_see_no_tags() -> None:
    corpus = make_corpus("licensed", access=Access.LICENSED)
    article = make_article(corpus, paragraphs=("Ann Lee left.",))
    make_mention(article, "Ann Lee", entity=make_entity(corpus, "Annabel Leigh"))

    html = html_of(Client(), article.get_absolute_url())

    assert "Annabel Leigh" not in html
    assert "data-m=" not in html
    assert "tagging-data" not in html
    assert Client().get(f"/articles/{article.pk}/tags/").status_code == 403


# ---- By forms alone ----


def test_words_are_tagged_by_typing_them(page: Client, told: Article) -> None:
    response = page.post(f"/articles/{told.pk}/tags/new/", {"quote": " Bob ", "kind": "person"})

    mention = Mention.objects.get()
    assert mention.entity is not None
    assert mention.entity.name == "Bob"
    assert response["Location"] == f"{told.get_absolute_url()}#tag-{mention.pk}"
    assert "tagged as Person Bob" in html_of(page, told.get_absolute_url())


def test_words_that_stand_several_times_are_asked_for_by_place(page: Client, told: Article) -> None:
    address = f"/articles/{told.pk}/tags/new/"
    typed = {"quote": "Ann Lee", "kind": "person", "entity_name": "Ann"}

    asked = page.post(address, typed)
    page.post(address, {**typed, "occurrence": "2"})

    assert "These words stand 2 times" in asked.content.decode()
    anchor = Anchor.objects.get()
    assert anchor.start == current(told).text.rindex("Ann Lee")


@pytest.mark.parametrize(
    "typed",
    [
        {"quote": "Nobody at all", "kind": "person"},
        {"quote": "Bob", "kind": "ghost"},
        {"quote": "Bob"},
        {"quote": "", "kind": "person"},
        {"quote": "B\0b", "kind": "person"},
        {"quote": "Bob", "kind": "person", "occurrence": "2"},
        {"quote": "Bob", "kind": "person", "occurrence": "9" * 40},
        {"quote": "Bob", "kind": "person", "entity_name": "x" * 301},
        {"quote": "Bob", "kind": "person", "comment": "\0"},
    ],
)
def test_what_can_not_be_tagged_is_said_on_the_form(
    page: Client, told: Article, typed: dict[str, str]
) -> None:
    response = page.post(f"/articles/{told.pk}/tags/new/", typed)

    assert response.status_code == 400
    assert 'class="error' in response.content.decode()
    assert not Mention.objects.exists()


def test_a_tag_is_changed_on_its_page(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))
    address = f"/articles/{told.pk}/tags/{mention.pk}/edit/"
    [state] = re.findall(r'name="state" value="(\w+)"', html_of(page, address))
    typed = {"action": "change", "kind": "person", "entity_name": "Ann Lee", "state": state}

    page.post(address, {**typed, "comment": "Her?"})
    stale = page.post(address, {**typed, "comment": "Him?"})

    mention.refresh_from_db()
    assert mention.comment == "Her?"
    assert stale.status_code == 409
    assert "Someone changed this tag" in stale.content.decode()
    assert "Her?" in stale.content.decode()
    assert "Him?" in stale.content.decode()


def test_another_entity_and_another_kind_are_given_on_its_page(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))
    address = f"/articles/{told.pk}/tags/{mention.pk}/edit/"

    page.post(address, {"action": "change", "kind": "organisation", "entity_name": "Ann Lee & Co"})

    mention.refresh_from_db()
    assert mention.kind == "organisation"
    assert mention.entity is not None
    assert (mention.entity.name, mention.entity.kind) == ("Ann Lee & Co", "organisation")


def test_a_quotation_leads_to_who_spoke_and_no_more(
    page: Client, told: Article, corpus: Corpus
) -> None:
    said = make_mention(told, "came", kind="quote")
    speaker = make_mention(
        told, "Ann Lee", kind="person", entity=make_entity(corpus, f"Ann {EVIL}")
    )
    other = make_mention(told, "Bob", kind="person")
    address = f"/articles/{told.pk}/tags/{said.pk}"
    offered = re.findall(
        r'<option value="(\d+)"', html_of(page, f"{address}/edit/").split("Leads to")[1]
    )
    assert offered == [str(other.pk), str(speaker.pk)], "the nearest first, and no quotation"

    given = {"do": "relate:speaker", "target-speaker": str(speaker.pk)}
    led = page.post(f"{address}/leads/", given, follow=True).content.decode()

    assert 'value="unrelate:speaker"' in led
    article = html_of(page, f"/articles/{told.pk}/")
    assert f'Speaker: <a data-relation="speaker" href="#tag-{speaker.pk}">' in article
    assert EVIL not in article
    relation = Relation.objects.get()
    assert (relation.source_id, relation.target_id) == (said.pk, speaker.pk)
    page.post(f"{address}/leads/", {"do": "unrelate:speaker", "target": str(speaker.pk)})
    assert not Relation.objects.exists()
    undone = Operation.objects.latest("pk")
    page.post(f"/history/{undone.pk}/undo/")
    assert Relation.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{}, {"do": "relate:speaker"}, {"do": "relate:\0", "target-\0": "1"}, {"do": "remove:speaker"}],
)
def test_what_leads_nowhere_is_refused(page: Client, told: Article, given: dict[str, str]) -> None:
    said = make_mention(told, "came", kind="quote")

    assert page.post(f"/articles/{told.pk}/tags/{said.pk}/leads/", given).status_code == 400


@pytest.mark.parametrize(("act", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_suggestions_are_decided_by_the_buttons_of_the_margin(
    page: Client, told: Article, act: str, status: str
) -> None:
    entity = make_entity(told.corpus, "Ann Lee")
    mention = make_mention(told, "Ann Lee", entity=entity, status="suggested")

    response = page.post(f"/articles/{told.pk}/tags/act/", {act: str(mention.pk)})

    mention.refresh_from_db()
    assert response.status_code == 302
    assert mention.status == status


def test_a_tag_is_removed_on_its_page(page: Client, told: Article) -> None:
    mention = make_mention(told, "Ann Lee", entity=make_entity(told.corpus, "Ann Lee"))

    page.post(f"/articles/{told.pk}/tags/{mention.pk}/edit/", {"action": "remove"})

    assert not Mention.objects.exists()
    assert "undo" in html_of(page, told.get_absolute_url())


@pytest.mark.parametrize("given", [{}, {"accept": "x"}, {"accept": "\0"}, {"accept": "9" * 30}])
def test_acts_on_nothing_are_refused(page: Client, told: Article, given: dict[str, str]) -> None:
    assert page.post(f"/articles/{told.pk}/tags/act/", given).status_code == 400


def test_codes_and_a_note_are_given_by_a_form(page: Client, told: Article) -> None:
    content = Content(
        codes=(
            CodeKind("tone", "Tone", type=CodeType.SINGLE, choices=("calm", "shrill")),
            CodeKind("about", "About", type=CodeType.MULTIPLE, choices=("war", "sport")),
            CodeKind("sure", "Sure", type=CodeType.SCALE, lowest=1, highest=5),
        )
    )
    version = codebooks.main_version(told.corpus)
    type(version).objects.filter(pk=version.pk).update(content=as_json(content), published_at=None)
    type(version).objects.filter(pk=version.pk).update(published_at="2026-01-01T00:00Z")
    address = f"/articles/{told.pk}/codes/edit/"
    said = {"tone": "calm", "about": ["war", "sport"], "sure": "4", "note": EVIL}

    page.post(address, said)
    html = html_of(page, told.get_absolute_url())
    page.post(address, {**said, "tone": "", "about": ["war"]})
    wrong = page.post(address, {**said, "sure": "9"})

    assert "<script>alert" not in html
    assert "war, sport" in html or "sport, war" in html
    rows = set(Code.objects.values_list("code", "value"))
    assert rows == {("about", "war"), ("sure", "4"), ("note", EVIL)}
    assert wrong.status_code == 400


def test_pages_of_a_long_article_ask_the_database_no_more_often(
    page: Client, told: Article, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    entity = make_entity(told.corpus, "Ann Lee")
    for quote in ("Ann", "Lee", "met", "Bob", "left", "Nobody", "came"):
        make_mention(told, quote, entity=entity)
    page.get(told.get_absolute_url())

    with django_assert_max_num_queries(46):  # type: ignore[attr-defined]
        page.get(told.get_absolute_url())
