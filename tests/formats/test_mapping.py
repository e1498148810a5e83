import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.mapping import guess
from articles.formats.synonyms import field_for


@pytest.mark.parametrize(
    ("column", "ours"),
    [
        ("Headline", "headline"),
        ("webTitle", "headline"),
        ("headline.main", "headline"),
        ("title.rendered", "headline"),
        ("_source.title", "headline"),
        ("fields.bodyText", "body"),
        ("maintext", "body"),
        ("articleBody", "body"),
        ("Überschrift", "headline"),
        ("Título", "headline"),
        ("Заголовок", "headline"),
        ("标题", "headline"),
        ("publishedAt", "published"),
        ("Published At", "published"),
        ("date_publish", "published"),
        ("Date de publication", "published"),
        ("pub_date", "published"),
        ("created.$date", "published"),
        ("source.name", "source"),
        ("Publication", "source"),
        ("media_name", "source"),
        ("source_domain", "source_domain"),
        ("author.name", "byline"),
        ("authors", "authors"),
        ("_id.$oid", "external_id"),
        ("stories_id", "external_id"),
        ("web_url", "url"),
        ("inLanguage", "language"),
        ("section_name", "section"),
        ("print_page", "page"),
        ("trailText", "standfirst"),
        ("copyright", "rights"),
    ],
)
def test_a_name_means_a_field(column: str, ours: str) -> None:
    found = field_for(column)

    assert found is not None
    assert found[0] == ours


@pytest.mark.parametrize("column", ["source.id", "urlToImage", "sentiment", "image.url", "", "..."])
def test_a_name_that_means_nothing_goes_to_extra(column: str) -> None:
    assert field_for(column) is None


def test_of_two_names_for_a_field_the_surer_is_read_first() -> None:
    mapping = guess(["text", "title", "body"])

    assert mapping.picks(["text", "title", "body"]) == {
        "headline": ["title"],
        "body": ["body", "text"],
    }


def test_a_nameless_long_text_is_the_body() -> None:
    mapping = guess(["v1", "v2"], [{"v1": "Bridge", "v2": "It opened. " * 60}])

    assert mapping.columns["v2"] == "body"
    assert "long" in mapping.reasons["v2"]


def test_a_description_as_long_as_an_article_is_the_body() -> None:
    mapping = guess(["title", "description"], [{"title": "A", "description": "It opened. " * 60}])

    assert mapping.columns["description"] == "body"


def test_values_tell_dates_and_addresses() -> None:
    mapping = guess(
        ["headline", "v1", "v2"],
        [{"headline": "A", "v1": "2019-01-09", "v2": "https://harbour.example/1"}],
    )

    assert mapping.columns["v1"] == "published"
    assert mapping.columns["v2"] == "url"


def test_what_is_given_wins_for_its_column_and_its_field() -> None:
    mapping = guess(["title", "t2", "text"], given={"t2": "headline", "text": ""})

    assert mapping.columns == {"t2": "headline", "text": "", "title": ""}


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), unique=True, max_size=8))
def test_any_columns_have_a_mapping(columns: list[str]) -> None:
    assert set(guess(columns).columns) == set(columns)
