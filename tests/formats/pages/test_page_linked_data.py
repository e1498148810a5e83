"""JSON-LD as sites write it, broken JSON included."""
# ruff: noqa: E501 - markup reads better unbroken

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.pages import linked_data, tree


def nodes(script: str) -> list[linked_data.Node]:
    page = f"<html><head><script type='application/ld+json'>{script}</script></head><body>x</body></html>"
    return linked_data.nodes(tree.parse(page))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Peace signed"}',
        '[{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Peace signed"}]',
        '{"@graph": [{"@type": ["Article", "NewsArticle"], "headline": "Peace signed"}]}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "Peace signed",}',
        '<!-- {"@type": "NewsArticle", "headline": "Peace signed"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Peace signed"}\n//]]>',
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Peace signed"};',
        '{"@type": "NewsArticle", "description": "two\nlines", "headline": "Peace signed"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Peace signed&quot;}",
    ],
)
def test_the_article_is_found(script: str) -> None:
    [article] = [node for node in nodes(script) if linked_data.is_article(node)]

    assert article["headline"] == "Peace signed"


def test_articles_that_a_list_names_are_not_the_page_s() -> None:
    found = nodes(
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]}'
    )

    assert not any(linked_data.is_article(node) for node in found)


@pytest.mark.parametrize("script", ["{", "nonsense", "[" * 100_000, '{"a":' * 100_000, ""])
def test_json_that_cannot_be_mended_gives_nothing(script: str) -> None:
    assert nodes(script) == []


def test_entities_and_tags_in_a_value_are_read_as_text() -> None:
    assert linked_data.plain("Peace &amp;amp; <b>war</b>\n&quot;ends&quot;") == 'Peace & war "ends"'


@given(st.text(max_size=300))
def test_no_script_makes_it_fail(script: str) -> None:
    assert isinstance(nodes(script.replace("\0", "")), list)
