"""The page on which an editor puts fields right: who may, what is saved, what is kept."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.curation.fields import correct
from articles.curation.standing_values import values_of
from articles.models import (
    Access,
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Door,
    Operation,
    Role,
    Source,
)
from articles.views.editing import editing_form
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
)
from tests.views.article_forms import Form, form_of

pytestmark = pytest.mark.django_db

PAGES = ("edit", "text", "split", "join", "edit/names")


@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_see_the_article_finds_nothing(article: Article, page: str) -> None:
    outsider = Client()
    outsider.force_login(make_member(make_corpus(), Role.ADMIN))

    for client in (Client(), outsider):
        assert client.get(f"/articles/{article.pk}/{page}/").status_code == 404
        assert client.post(f"/articles/{article.pk}/{page}/", {}).status_code in {404, 405}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANNOTATOR])
def test_who_may_only_read_is_refused(
    corpus: Corpus, article: Article, page: str, role: Role
) -> None:
    reader = Client()
    reader.force_login(make_member(corpus, role))

    assert reader.get(f"/articles/{article.pk}/{page}/").status_code == 403
    assert not Operation.objects.exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("access", [Access.OPEN, Access.LICENSED])
def test_an_open_corpus_is_not_open_to_corrections(page: str, access: Access) -> None:
    article = make_article(make_corpus(access=access))

    assert Client().get(f"/articles/{article.pk}/{page}/").status_code == 403


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_who_may_edit_is_let_in(corpus: Corpus, article: Article, page: str, role: Role) -> None:
    client = Client()
    client.force_login(make_member(corpus, role))

    assert client.get(f"/articles/{article.pk}/{page}/").status_code == 200


def test_nothing_is_changed_without_a_csrf_token(article: Article, editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    for page in ("edit", "text", "split", "join", "versions/1/choose"):
        assert client.post(f"/articles/{article.pk}/{page}/", {}).status_code == 403


def test_a_version_is_not_chosen_by_looking(desk: Client, article: Article) -> None:
    assert desk.get(f"/articles/{article.pk}/versions/1/choose/").status_code == 405


def test_choosing_a_version_is_for_editors(corpus: Corpus, article: Article) -> None:
    reader = Client()
    reader.force_login(make_member(corpus, Role.ANNOTATOR))

    assert reader.post(f"/articles/{article.pk}/versions/1/choose/").status_code == 403
    assert Client().post(f"/articles/{article.pk}/versions/1/choose/").status_code == 404


def test_only_what_was_changed_becomes_a_correction(desk: Client, article: Article) -> None:
    response = desk.post(f"/articles/{article.pk}/edit/", form_of(article, page="7"))

    assert response.status_code == 302
    assert response["Location"] == f"/articles/{article.pk}/"
    row = Correction.objects.get()
    assert (row.field, row.value) == ("page", "7")


def test_a_form_sent_as_it_was_shown_changes_nothing(desk: Client, corpus: Corpus) -> None:
    article = make_article(
        corpus,
        published_at=datetime(1932, 3, 20, 1, 15, 7, tzinfo=UTC),
        byline="By  Jane\u00a0Doe",
        canonical_url="https://example.org/a",
        modified_date=date(1932, 4, 1),
        dateline_place="PORT ALDER",
    )

    response = desk.post(f"/articles/{article.pk}/edit/", form_of(article), follow=True)

    assert "Nothing to change" in response.content.decode()
    assert not Correction.objects.exists()
    assert not Operation.objects.exists()


def test_all_fields_are_put_right_at_once(desk: Client, article: Article) -> None:
    desk.post(
        f"/articles/{article.pk}/edit/",
        form_of(
            article,
            source="The Herald",
            published_day="1932-04",
            modified_day="2019-05-17",
            modified_time="14:30",
            modified_zone="+01:00",
            byline="By Ann Lee",
            credit_kind=["person", "agency"],
            credit_name=["Ann Lee", "Meridian Press"],
            credit_role=["Reporter", ""],
            credit_place=["Alder", ""],
            dateline_place="ALDER",
            dateline_agency="Meridian Press",
            section="Abroad",
            page="A1",
            edition="Late",
            language="fr",
            canonical_url="https://example.org/x",
            external_id="x-1",
        ),
    )

    article.refresh_from_db()
    assert article.source is not None
    assert article.source.name == "The Herald"
    assert (article.published_date, article.published_precision) == (date(1932, 4, 1), "month")
    assert article.modified_at == datetime(2019, 5, 17, 13, 30, tzinfo=UTC)
    assert (article.byline, article.section, article.page) == ("By Ann Lee", "Abroad", "A1")
    assert (article.edition, article.language) == ("Late", "fr")
    assert (article.canonical_url, article.external_id) == ("https://example.org/x", "x-1")
    assert (article.dateline_place, article.dateline_agency) == ("ALDER", "Meridian Press")
    standing = current(article).credits.filter(standing=True).order_by("position")
    assert [(c.kind, c.name, c.role, c.place) for c in standing] == [
        ("person", "Ann Lee", "Reporter", "Alder"),
        ("agency", "Meridian Press", None, None),
    ]
    assert Operation.objects.get().size == 1


def test_a_field_is_emptied_and_goes_back_to_as_read(desk: Client, article: Article) -> None:
    desk.post(f"/articles/{article.pk}/edit/", form_of(article, section=""))
    article.refresh_from_db()
    assert article.section is None
    page = desk.get(f"/articles/{article.pk}/edit/").content.decode()
    assert page.count("Back to as read") == 1

    desk.post(f"/articles/{article.pk}/edit/", form_of(article, as_read="section"))

    article.refresh_from_db()
    assert article.section == "Home"
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"published_day": "2019-02-30"}, "There is no such date."),
        ({"published_day": "yesterday"}, "Write the day as"),
        ({"published_day": "0000"}, "There is no such date."),
        (
            {"published_day": "1932-03-19", "published_time": "25:00", "published_zone": "Z"},
            "no such",
        ),
        ({"published_time": "14:30"}, "A time needs its zone"),
        ({"published_day": "1932", "published_time": "14:30"}, "A time needs the whole day"),
        ({"published_time": "14:30", "published_zone": "+99"}, "no such zone"),
        ({"published_time": "14:30", "published_zone": "CET"}, "Write the zone as"),
        (
            {"published_day": "9999-12-31", "published_time": "23:59", "published_zone": "-23:59"},
            "",
        ),
        ({"language": "??"}, "a language such as en"),
        ({"canonical_url": "javascript:alert(1)"}, "An address begins with"),
        ({"section": "x" * 301}, "more than 300 characters"),
        ({"page": "a\0b"}, "NUL"),
        ({"credit_name": ["Jane\0", "John Roe"]}, "NUL"),
        ({"credit_name": ["", "John Roe"], "credit_role": ["Reporter", ""]}, "needs a name"),
        ({"credit_kind": ["robot", "person"]}, "a person or an agency"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    desk: Client, article: Article, changed: Form, complaint: str
) -> None:
    sent = form_of(article, edition="Kept all the same", **changed)

    response = desk.post(f"/articles/{article.pk}/edit/", sent)

    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert complaint in page
    assert 'value="Kept all the same"' in page
    assert not Correction.objects.exists()


@pytest.mark.parametrize("name", ["state", "shown", "do", "as_read", "what"])
def test_a_nul_in_another_field_is_refused(desk: Client, article: Article, name: str) -> None:
    response = desk.post(f"/articles/{article.pk}/edit/", form_of(article, **{name: "a\0"}))

    assert response.status_code == 400
    assert desk.get(f"/articles/{article.pk}/edit/?in=%00").status_code == 400


@pytest.mark.parametrize("shown", ["", "{}", "[1, 2]", "[" * 3000, '[{}, [{"kind": 1}]]', '"x"'])
def test_a_mangled_form_changes_no_more_than_it_says(
    desk: Client, article: Article, shown: str
) -> None:
    desk.post(f"/articles/{article.pk}/edit/", form_of(article, page="7", shown=shown))

    assert list(Correction.objects.values_list("field", flat=True)) == ["page"]


def test_a_day_may_be_written_as_printed(desk: Client, article: Article) -> None:
    desk.post(f"/articles/{article.pk}/edit/", form_of(article, published_day="17 May 2019"))

    article.refresh_from_db()
    assert (article.published_date, article.published_precision) == (date(2019, 5, 17), "day")


def test_an_instant_whose_day_is_another_elsewhere_keeps_both(
    desk: Client, article: Article
) -> None:
    desk.post(
        f"/articles/{article.pk}/edit/",
        form_of(
            article,
            published_day="2019-05-17",
            published_time="01:00",
            published_zone="+06:00",
        ),
    )
    article.refresh_from_db()
    shown = editing_form.written(values_of(article), {})
    assert shown.words["published_time"] == "2019-05-16 19:00"

    desk.post(f"/articles/{article.pk}/edit/", form_of(article, published_day="2019-05-18"))

    article.refresh_from_db()
    assert article.published_date == date(2019, 5, 18)
    assert article.published_at == datetime(2019, 5, 16, 19, 0, tzinfo=UTC)


def test_rows_of_credits_move_without_scripts(desk: Client, article: Article) -> None:
    def names(asked: str) -> list[str]:
        response = desk.post(f"/articles/{article.pk}/edit/", form_of(article, do=asked))
        assert response.status_code == 200
        return [credit["name"] for credit in response.context["credits"]]

    assert names("up:1") == ["John Roe", "Jane Doe"]
    assert names("down:0") == ["John Roe", "Jane Doe"]
    assert names("remove:0") == ["John Roe"]
    assert names("add") == ["Jane Doe", "John Roe", ""]
    for nonsense in ("up:0", "down:1", "up:99", "remove:x", "fly", "up:-1", "up:" + "9" * 30):
        assert names(nonsense) == ["Jane Doe", "John Roe"]
    assert not Operation.objects.exists()


def test_a_stale_form_shows_both_and_loses_nothing(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    mine = form_of(article, page="7", section="Sport")
    colleague = make_member(corpus, Role.EDITOR)
    correct(
        [article.pk],
        {CorrectedField.SECTION: "Abroad", CorrectedField.EDITION: "Late"},
        by=colleague,
        door=Door.PAGE,
    )

    response = desk.post(f"/articles/{article.pk}/edit/", mine)

    page = unescape(response.content.decode())
    assert response.status_code == 409
    assert 'name="page" value="7"' in page
    assert 'name="section" value="Sport"' in page
    # What the colleague alone touched is as they left it.
    assert 'name="edition" value="Late"' in page
    assert colleague.get_username() in page
    assert "Section says now: <bdi><strong>Abroad</strong></bdi> – you typed something else" in page
    article.refresh_from_db()
    assert (article.page, article.section, article.edition) == (None, "Abroad", "Late")

    again = mine | {
        "edition": "Late",
        "state": response.context["state"],
        "shown": response.context["shown"],
    }
    assert desk.post(f"/articles/{article.pk}/edit/", again).status_code == 302
    article.refresh_from_db()
    assert (article.page, article.section, article.edition) == ("7", "Sport", "Late")


def test_known_names_are_offered_of_this_corpus_alone(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    make_source(make_corpus(access=Access.OPEN), "The Gazelle")
    make_person(corpus, "Jane Grey")

    sources = desk.get(f"/articles/{article.pk}/edit/names/?source=the ga").content.decode()
    people = desk.get(f"/articles/{article.pk}/edit/names/?credit_name=jane").content.decode()

    assert "The Gazette" in sources
    assert "The Gazelle" not in sources
    assert "Jane Doe" in people
    assert "Jane Grey" in people
    assert desk.get(f"/articles/{article.pk}/edit/names/?source=%00").status_code == 400


def test_what_was_read_and_by_which_rule_stands_beside(desk: Client, article: Article) -> None:
    read = current(article).read
    article.versions.update(
        read=read | {"provenance": {"section": {"rule": "header_line", "raw": "Section: <b>Home"}}}
    )
    desk.post(f"/articles/{article.pk}/edit/", form_of(article, section="Abroad"))

    page = desk.get(f"/articles/{article.pk}/edit/").content.decode()

    assert "header line" in page
    assert "Section: &lt;b&gt;Home" in page
    assert "<bdi>Home</bdi>" in page


def test_script_in_a_value_is_shown_as_words(desk: Client, article: Article) -> None:
    evil = "<script>alert(1)</script>\u202e\u200d👩‍👩‍👧"
    desk.post(
        f"/articles/{article.pk}/edit/",
        form_of(article, source=evil, section=evil, credit_name=[evil, "John Roe"]),
    )

    article.refresh_from_db()
    assert article.section == evil
    for page in ("", "edit/", "text/", "split/", "join/"):
        html = desk.get(f"/articles/{article.pk}/{page}").content.decode()
        assert "<script>alert" not in html
    assert Source.objects.filter(name=evil).exists()
