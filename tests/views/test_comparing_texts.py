"""The page that lays editions side by side."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Access, Article, Corpus, Role
from tests.factories import (
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_version,
)

OPENING = (
    "The bridge opened on Tuesday after nine years of labor on both banks, and more than a "
    "million people, perhaps two, came to see it."
)
REOPENING = (
    "The bridge opened on Tuesday after nine years of labour on both banks, and as many as a "
    "million people came to see it."
)
FERRY = (
    "“We have carried this town for sixty years,” said Captain Elias Thorne, who will cross the "
    "harbor for the last time on Sunday with the ferry."
)
TOLL = "A toll of sixpence will be asked of every motor car until the loan has been repaid in full."
FILED = (OPENING, FERRY, TOLL)
PRINTED = (REOPENING, TOLL)


@pytest.fixture
def filed(open_corpus: Corpus) -> Article:
    return make_article(
        open_corpus,
        headline="Bridge opens",
        paragraphs=FILED,
        source=make_source(open_corpus, "The Gazette"),
        published=date(1932, 3, 19),
        byline="By Jane Doe",
    )


@pytest.fixture
def printed(open_corpus: Corpus) -> Article:
    return make_article(
        open_corpus,
        headline="At last, a bridge",
        paragraphs=PRINTED,
        source=make_source(open_corpus, "The Packet"),
        published=date(1932, 3, 20),
    )


def address(*articles: Article) -> str:
    return reverse("edition-compare", args=[article.pk for article in articles])


def body(client: Client, *articles: Article, query: str = "") -> str:
    response = client.get(address(*articles) + query)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def flat(html: str) -> str:
    return " ".join(html.split())


def test_words_are_marked_by_what_became_of_them(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = body(visitor, filed, printed, query="?view=side")

    heard = '<span class="visually-hidden">{}: </span>'
    assert f'<del class="w-cut">{heard.format("cut")}more than</del>' in page
    assert f'<ins class="w-added">{heard.format("added")}as many as</ins>' in page
    assert f'<mark class="w-respelled">{heard.format("respelled")}labor</mark>' in page
    assert f'<mark class="w-respelled">{heard.format("respelled")}labour</mark>' in page
    assert 'class="line is-cut"' in page


def test_the_summary_says_what_each_lacks(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = flat(body(visitor, filed, printed))

    assert "of the 43 words of <bdi>The Packet</bdi> are also in <bdi>The Gazette</bdi>" in page
    assert "<bdi>The Packet</bdi> lacks 1 paragraph and 4 words elsewhere" in page
    assert "One word is respelled." in page
    assert 'Not in <bdi>The Packet</bdi>: <bdi class="told-name">Elias Thorne</bdi>' in page
    assert "We have carried this town for sixty years" in page.split("told-quotations")[1]


def test_the_heads_say_who_printed_it_and_when(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = flat(body(visitor, filed, printed))

    assert "<h1" in page
    assert "<bdi>The Gazette</bdi> and <bdi>The Packet</bdi></h1>" in page
    assert "19 March 1932" in page
    assert "By Jane Doe" in page
    assert "no byline" in page


def test_both_layouts_are_sent_unless_one_is_asked_for(
    visitor: Client, filed: Article, printed: Article
) -> None:
    either = body(visitor, filed, printed)
    side = body(visitor, filed, printed, query="?view=side")
    unified = body(visitor, filed, printed, query="?view=unified")

    parts = ('class="side-by-side"', 'class="unified"')
    assert [part in either for part in parts] == [True, True]
    assert [part in side for part in parts] == [True, False]
    assert [part in unified for part in parts] == [False, True]


def test_one_column_has_the_old_spelling_beside_the_new(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = body(visitor, filed, printed, query="?view=unified")

    assert "<del>labor</del> labour</mark>" in page
    assert page.index("more than</del>") < page.index("as many as</ins>")


def test_ids_are_not_given_twice(visitor: Client, filed: Article, printed: Article) -> None:
    page = body(visitor, filed, printed)

    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_links_lead_to_what_is_there(visitor: Client, open_corpus: Corpus) -> None:
    one = make_article(open_corpus, paragraphs=(*FILED, PRINTED[0]))
    other = make_article(open_corpus, paragraphs=(FILED[2], FILED[0], FILED[1], PRINTED[0]))
    page = body(visitor, one, other)

    assert 'class="moved-note"' in page
    for part in page.split('href="#')[1:]:
        target = part.split('"')[0]
        assert f'id="{target}"' in page, target


def test_only_what_is_asked_for_is_marked(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = body(visitor, filed, printed, query="?show=cut,respelled")

    for name in ("kept", "added", "moved", "marks"):
        assert f"hides-{name}" in page
    assert "hides-cut" not in page
    assert 'value="cut" checked' in page
    assert 'value="added" checked' not in page


def test_a_form_s_boxes_are_understood(visitor: Client, filed: Article, printed: Article) -> None:
    page = body(visitor, filed, printed, query="?show=&show=moved&show=added")

    assert "hides-cut" in page
    assert "hides-added" not in page


@pytest.mark.parametrize(
    "credit", [{"byline": "Elias Thorne in Harbour"}, {"agencies": ("Captain Elias Thorne",)}]
)
def test_who_is_credited_is_not_left_out(
    visitor: Client, open_corpus: Corpus, filed: Article, printed: Article, credit: dict[str, Any]
) -> None:
    named = '<bdi class="told-name">Elias Thorne</bdi>'
    credited = make_article(
        open_corpus, paragraphs=PRINTED, source=make_source(open_corpus, "The Post"), **credit
    )

    assert named in body(visitor, filed, printed)
    assert named not in body(visitor, filed, credited)


def test_a_text_that_was_not_received_to_its_end_is_told(
    visitor: Client, filed: Article, printed: Article
) -> None:
    assert "stops before its end" not in body(visitor, filed, printed)
    version = printed.versions.get()
    version.read = version.read | {
        "flags": ["truncated"],
        "provenance": {"truncated": {"rule": "truncation mark", "raw": "[READ ON]"}},
    }
    version.save()

    page = flat(body(visitor, filed, printed))

    said = "The capture of the text of <bdi>The Packet</bdi> stops before its end"
    assert f"{said}, with <q>[READ ON]</q>." in page
    assert "may not be the paper’s cut" in page


def test_the_sides_are_swapped_with_their_versions(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = body(visitor, filed, printed, query="?first_version=1&show=cut")

    assert f'href="{address(printed, filed)}?second_version=1&amp;show=cut"' in page


def test_the_permalink_names_the_versions(
    visitor: Client, filed: Article, printed: Article
) -> None:
    page = body(visitor, filed, printed)

    pinned = f"http://testserver{address(filed, printed)}?first_version=1&amp;second_version=1"
    assert pinned in page


def test_versions_of_one_article_can_be_compared(visitor: Client, filed: Article) -> None:
    make_version(filed, *PRINTED)

    page = body(visitor, filed, filed, query="?first_version=1&second_version=2")

    assert "<bdi>Version 1</bdi> and <bdi>version 2</bdi></h1>" in flat(page)
    assert "as many as</ins>" in page
    assert '<select name="first_version">' in page


def test_three_editions_stand_side_by_side(
    visitor: Client, filed: Article, printed: Article, open_corpus: Corpus
) -> None:
    third = make_article(
        open_corpus, paragraphs=FILED[:2], source=make_source(open_corpus, "The Echo")
    )

    page = body(visitor, filed, printed, third)

    assert "<bdi>The Gazette</bdi>, <bdi>The Packet</bdi> and <bdi>The Echo</bdi></h1>" in flat(
        page
    )
    # The toll is in the second, not in the third.
    assert '<span class="visually-hidden">not in The Echo: </span>A toll of sixpence' in page
    assert 'class="unified"' not in page


def test_a_text_of_unknown_source_has_one_name_on_either_side(
    visitor: Client, open_corpus: Corpus, printed: Article
) -> None:
    unknown = make_article(open_corpus, paragraphs=FILED)

    pages = [flat(body(visitor, *pair)) for pair in ((unknown, printed), (printed, unknown))]

    assert "<bdi>The text of unknown source</bdi> and <bdi>The Packet</bdi></h1>" in pages[0]
    assert "<bdi>The Packet</bdi> and <bdi>the text of unknown source</bdi></h1>" in pages[1]
    for page in pages:
        assert "words of <bdi>the text of unknown source</bdi>" in page
        assert "first edition" not in page
        assert "second edition" not in page


def test_one_column_says_in_which_text_a_paragraph_that_moved_stood_where(
    visitor: Client, open_corpus: Corpus
) -> None:
    one = make_article(
        open_corpus, paragraphs=FILED, source=make_source(open_corpus, "The Gazette")
    )
    other = make_article(open_corpus, paragraphs=(FERRY, OPENING, TOLL))

    lines = flat(body(visitor, one, other, query="?view=unified")).split('<div class="line ')[1:]

    moved = [line for line in lines if line.startswith("is-moved")]
    assert len(moved) == 2
    assert "stood here in <bdi>The Gazette</bdi>" in moved[0]
    assert "stands here in <bdi>the text of unknown source</bdi>" in moved[1]


def test_quotations_are_counted_by_the_paragraph(
    visitor: Client, open_corpus: Corpus, filed: Article
) -> None:
    said = "“We have seen many boats come in,” said Thorne. “None of them came back to us.”"
    many = make_article(open_corpus, paragraphs=(*FILED, *(f"{said} {n}" for n in range(14))))
    short = make_article(open_corpus, paragraphs=PRINTED)

    assert "1 quotation is not in" in flat(body(visitor, filed, short))
    assert "15 quotations are not in" in flat(body(visitor, many, short))


def test_texts_that_are_the_same_are_said_to_be(
    visitor: Client, filed: Article, open_corpus: Corpus
) -> None:
    same = make_article(open_corpus, headline=filed.headline, paragraphs=FILED)

    page = body(visitor, filed, same)

    assert "have the same words, to the last mark." in page
    assert "No difference in words" in page


def test_texts_with_nothing_in_common_are_said_to_have_nothing(
    visitor: Client, filed: Article, open_corpus: Corpus
) -> None:
    other = make_article(open_corpus, headline="Snow", paragraphs=("Nothing stirred all night.",))

    assert "have no passage in common." in body(visitor, filed, other)


def test_long_stretches_of_one_text_alone_are_folded(visitor: Client, open_corpus: Corpus) -> None:
    own = [
        f"Item {n} on the list was discussed at supper by nobody but the clerk." for n in range(12)
    ]
    one = make_article(open_corpus, paragraphs=(FILED[0],))
    other = make_article(open_corpus, headline="Council", paragraphs=(*own, FILED[0]))

    page = flat(body(visitor, one, other, query="?view=side"))

    assert "10 more paragraphs that <bdi>" in page


def test_what_stands_in_a_text_is_shown_and_not_run(
    visitor: Client, open_corpus: Corpus, filed: Article
) -> None:
    script = "<script>alert(1)</script> <b>bold</b> & more of the bridge that opened on Tuesday"
    nasty = make_article(
        open_corpus, headline=script, paragraphs=(script,), source=make_source(open_corpus, "<i>x")
    )

    page = (
        body(visitor, filed, nasty)
        + body(visitor, nasty, filed)
        + body(visitor, filed, nasty, nasty)
    )

    assert "<script>alert" not in page
    assert "<i>x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "query",
    [
        "view=sideways",
        "view=%00",
        "show=cut,nothing",
        "show=%00",
        "show=cut&show=%00",
        "first_version=one",
        "second_version=%00",
        "third_version=1",
        "from=-1",
        "other=1",
        "%00=1",
    ],
)
def test_what_can_t_be_read_is_refused(
    visitor: Client, filed: Article, printed: Article, query: str
) -> None:
    response = visitor.get(f"{address(filed, printed)}?{query}")

    assert response.status_code == 400


@pytest.mark.parametrize("query", ["", "?first_version=9"])
def test_what_is_not_there_is_not_found(visitor: Client, filed: Article, query: str) -> None:
    other = filed.pk if query else filed.pk + 1_000

    assert visitor.get(f"/compare/{filed.pk}/{other}/{query}").status_code == 404
    assert visitor.get(f"/compare/{other}/{filed.pk + 1_000}/").status_code == 404


def test_a_page_changes_nothing(visitor: Client, filed: Article, printed: Article) -> None:
    assert visitor.post(address(filed, printed)).status_code == 405


def test_both_texts_must_be_readable(
    visitor: Client, filed: Article, outsider_s: tuple[Article, Article]
) -> None:
    licensed, closed = outsider_s

    assert visitor.get(address(filed, licensed)).status_code == 403
    assert visitor.get(address(licensed, filed)).status_code == 403
    assert visitor.get(address(filed, closed)).status_code == 404
    assert visitor.get(address(closed, filed)).status_code == 404
    assert visitor.get(address(filed, filed, licensed)).status_code == 403


@pytest.fixture
def outsider_s(db: None) -> tuple[Article, Article]:  # noqa: ARG001 -- opens the database
    """Return an article whose text is licensed to members, and one that only members know of."""
    licensed, closed = (
        make_article(make_corpus(access=access), paragraphs=FILED)
        for access in (Access.LICENSED, Access.MEMBERS)
    )
    return licensed, closed


def test_articles_of_two_corpora_are_compared_by_who_may_read_both(
    filed: Article, outsider_s: tuple[Article, Article]
) -> None:
    member = make_member(outsider_s[0].corpus, Role.VIEWER)
    client = Client()
    client.force_login(member)

    assert client.get(address(filed, outsider_s[0])).status_code == 200
    assert client.get(address(filed, outsider_s[1])).status_code == 404


def test_how_a_pair_is_linked_is_told(visitor: Client, filed: Article, printed: Article) -> None:
    assert "compare-links" not in body(visitor, filed, printed)
    link = make_link(filed, printed)

    page = body(visitor, printed, filed)

    assert f'<a href="{link.get_absolute_url()}">edited version</a>' in page
    assert "Link them" not in page


def test_who_may_link_is_led_to_where_one_does(
    open_corpus: Corpus, filed: Article, printed: Article
) -> None:
    client = Client()
    client.force_login(make_member(open_corpus, Role.ANNOTATOR))

    page = body(client, filed, printed)

    assert "Not linked." in page
    assert f"/links/new/?first={filed.pk}&amp;second={printed.pk}&amp;next=%2Fcompare%2F" in page


def test_a_third_edition_is_offered_of_what_shares_text_with_one_of_two(
    visitor: Client, open_corpus: Corpus, filed: Article, printed: Article
) -> None:
    assert "Add an edition" not in body(visitor, filed, printed)
    later, earlier, rejected, event = (
        make_article(open_corpus, headline=f"Bridge {n}", published=date(1932, 4, 9 - n))
        for n in range(4)
    )
    make_link(filed, printed)
    make_link(printed, later)
    make_link(later, filed)
    make_link(filed, earlier, "excerpt")
    make_link(filed, rejected, status="rejected")
    make_link(filed, event, "same_event")

    page = body(visitor, filed, printed, query="?first_version=1&view=unified")

    offered = page.split("Add an edition")[1].split("</details>")[0]
    assert [part.split('"')[0] for part in offered.split('<a href="')[1:]] == [
        f"{address(filed, printed, each)}?first_version=1" for each in (earlier, later)
    ]
    assert "Add an edition" not in body(visitor, filed, printed, later)
    assert "Add an edition" not in body(visitor, filed, filed)


def test_few_questions_are_asked_of_the_database(
    visitor: Client,
    filed: Article,
    printed: Article,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(19):  # type: ignore[operator]
        body(visitor, filed, printed)
