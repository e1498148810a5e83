"""Suggestions that wait, by name: shown, accepted and rejected, and looked for."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.spreading import spreads
from articles.models import (
    Article,
    Corpus,
    Entity,
    Mention,
    MentionOrigin,
    MentionStatus,
    Role,
    Spread,
)
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
)

type Index = Callable[[], int]

PAGE = "/suggestions/"
WORDS = "Mr Tobias Quill met Ann <b>Roe</b> in Paris 👍🏽. Quill spoke of Paris."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def browser(annotator: User) -> Client:
    client = Client()
    client.force_login(annotator)
    return client


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, headline="what was said", paragraphs=(WORDS,))


def status_of(quote: str) -> set[str]:
    found = Mention.objects.filter(anchors__quote=quote)
    return set(found.values_list("status", flat=True))


def test_names_are_suggested_by_a_button_on_the_article(browser: Client, article: Article) -> None:
    answer = browser.post(f"/articles/{article.pk}/suggest/", follow=True).content.decode()
    again = browser.post(f"/articles/{article.pk}/suggest/", follow=True).content.decode()

    assert "names suggested in" in answer
    assert "No names were found here that are not tagged or looked at." in again
    assert Mention.objects.filter(origin=MentionOrigin.RECOGNISER).count() == 5


def test_what_waits_is_shown_by_name(browser: Client, article: Article) -> None:
    browser.post(f"/articles/{article.pk}/suggest/")

    page = browser.get(PAGE).content.decode()

    assert "Tobias Quill" in page
    assert "2 places in 1 article" in page
    narrowed = browser.get(PAGE, {"kind": "place"}).content.decode()
    assert "Paris" in narrowed
    assert "Tobias Quill" not in narrowed
    assert "Nothing of this kind waits" in browser.get(PAGE, {"words": "zebra"}).content.decode()


def test_a_name_is_accepted_everywhere_and_taken_back(browser: Client, article: Article) -> None:
    browser.post(f"/articles/{article.pk}/suggest/")

    form = {"corpus": "default", "do": "accept:person//Tobias Quill"}
    answer = browser.post(f"{PAGE}decide/", form, follow=True)

    assert status_of("Quill") == status_of("Tobias Quill") == {"accepted"}
    assert status_of("Paris") == {"suggested"}
    assert Entity.objects.get().name == "Tobias Quill"
    assert b"undo" in answer.content
    operation = Mention.objects.filter(entity__isnull=False).first()
    assert operation is not None


def test_names_ticked_are_rejected_together(browser: Client, article: Article) -> None:
    known = make_entity(article.corpus, "Tobias Quill")
    browser.post(f"/articles/{article.pk}/suggest/")

    groups = [f"person/{known.pk}/", "place//Paris"]
    browser.post(f"{PAGE}decide/", {"corpus": "default", "do": "reject", "group": groups})

    assert status_of("Quill") == status_of("Paris") == {"rejected"}


def test_places_of_a_name_are_decided_one_by_one(browser: Client, article: Article) -> None:
    browser.post(f"/articles/{article.pk}/suggest/")
    paris = Mention.objects.filter(anchors__quote="Paris").earliest("pk")

    page = browser.get(PAGE, {"group": "place//Paris"}).content.decode()
    form = {
        "corpus": "default",
        "do": "accept",
        "mention": [paris.pk],
        "back_group": "place//Paris",
    }
    after = browser.post(f"{PAGE}decide/", form, follow=True).content.decode()

    assert page.count('name="mention"') == 2
    assert "<b>Roe" not in page
    paris.refresh_from_db()
    assert paris.status == MentionStatus.ACCEPTED
    assert after.count('name="mention"') == 1
    gone = browser.get(PAGE, {"group": "place//Atlantis"}).content.decode()
    assert "Nothing of this waits" in gone


@pytest.mark.usefixtures("article", "empty_queue")
def test_recognisers_are_left_to_the_worker(browser: Client, index: Index) -> None:
    index()
    answer = browser.post(
        f"{PAGE}recognise/",
        {"corpus": "default", "q": "quill", "recogniser": ["capitals"]},
        follow=True,
    ).content.decode()

    assert "Waiting for the worker" in answer
    spreads.run(Spread.objects.get().pk)
    assert Mention.objects.filter(maker="capitals").count() == 5
    assert "Your last jobs" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"q": "((("}, 400),
        ({"q": "\0"}, 400),
        ({"corpus": "nowhere"}, 404),
        ({"recogniser": "tarot"}, 302),
        ({"recogniser": "spacy"}, 302),
    ],
)
@pytest.mark.usefixtures("article")
def test_what_can_not_be_looked_for_is_said(
    browser: Client, form: dict[str, str], status: int
) -> None:
    answer = browser.post(f"{PAGE}recognise/", {"corpus": "default"} | form)

    assert answer.status_code == status
    assert not Spread.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"do": "maybe"},
        {"do": "accept", "group": "\0"},
        {"do": "accept", "mention": "x"},
        {"do": "accept", "mention": "9" * 30},
        {"do": "accept:\0"},
    ],
)
def test_forms_that_can_not_be_read_change_nothing(
    browser: Client, article: Article, form: dict[str, str]
) -> None:
    browser.post(f"/articles/{article.pk}/suggest/")

    answer = browser.post(f"{PAGE}decide/", {"corpus": "default"} | form)

    assert answer.status_code == 400
    assert not Mention.objects.exclude(status=MentionStatus.SUGGESTED).exists()


@pytest.mark.parametrize(
    "query", ["page=0x", "page=99999999", "words=%00", "colour=red", "group=%00", "kind=%00"]
)
@pytest.mark.usefixtures("article")
def test_addresses_that_can_not_be_read_say_so(browser: Client, query: str) -> None:
    assert browser.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.parametrize("group", ["x", "person/999999999999999999999/", "person/٣/", "//", "/"])
@pytest.mark.usefixtures("article")
def test_a_group_that_is_none_is_empty(browser: Client, group: str) -> None:
    assert b"Nothing of this waits" in browser.get(PAGE, {"group": group}).content


def test_others_corpora_and_blind_work_are_not_shown(
    browser: Client, annotator: User, article: Article
) -> None:
    other = make_article(make_corpus("secret"), paragraphs=("Zibeline.",))
    make_mention(other, "Zibeline", status=MentionStatus.SUGGESTED)
    blind = make_article(article.corpus, paragraphs=("Quillwort.",))
    make_task(article.corpus, [blind], [annotator])
    hidden = make_mention(
        blind,
        "Quillwort",
        status=MentionStatus.SUGGESTED,
        attributes={"suggested_name": "Quillwort"},
    )

    page = browser.get(PAGE).content.decode()
    form = {"corpus": "default", "do": "accept", "mention": [hidden.pk]}
    browser.post(f"{PAGE}decide/", form)

    assert "Zibeline" not in page
    assert "Quillwort" not in page
    assert browser.get(PAGE, {"corpus": "secret"}).status_code == 404
    hidden.refresh_from_db()
    assert hidden.status == MentionStatus.SUGGESTED
    assert browser.post(f"/articles/{blind.pk}/suggest/").status_code == 403


def test_viewers_decide_nothing(article: Article) -> None:
    viewer = Client()
    viewer.force_login(make_member(article.corpus, Role.VIEWER))
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_member(article.corpus, Role.ANNOTATOR))

    assert b"no corpus that you may tag in" in viewer.get(PAGE).content
    form = {"corpus": "default", "do": "accept"}
    assert viewer.post(f"{PAGE}decide/", form).status_code == 403
    assert viewer.post(f"{PAGE}recognise/", form).status_code == 403
    assert viewer.post(f"/articles/{article.pk}/suggest/").status_code == 403
    assert careful.post(f"{PAGE}decide/", form).status_code == 403
    assert viewer.get(f"{PAGE}decide/").status_code == 405
