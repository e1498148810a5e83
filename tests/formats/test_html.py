"""Web pages of many makes, each to one article with its fields, or refused with a reason."""
# ruff: noqa: E501 - markup reads better unbroken

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.html import HtmlFormat
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import CreditKind, Flag, ParsedArticle, Precision, ReadItem, Refused
from articles.text import BlockKind

FIRST = (
    "The commission that was to draw the new border met for the last time on Tuesday and found that "
    "its two halves still disagreed about the bridge, the mill and the eastern meadow."
)
SECOND = (
    "Its chairman said that the maps of the last century had been drawn by people who never crossed "
    "the river, and that nobody in the valley had ever taken them for more than ornaments."
)
THIRD = (
    "The farmers who had come to listen went home before the vote, since the hay was dry and a storm "
    "was on its way, and they had heard the arguments of both sides often enough."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(
    head: str = "", body: str = BODY, *, heading: str = "Border commission ends in discord"
) -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body><header><a href='/'>Home</a></header>"
        f"<main><article><h1>{heading}</h1>{body}</article></main>"
        "<footer>All about us</footer></body></html>"
    )


def jsonld(script: str) -> str:
    return f"<script type='application/ld+json'>{script}</script>"


def read(html: str | bytes, url: str = "https://www.valleypost.example/world/border") -> ReadItem:
    data = html if isinstance(html, bytes) else html.encode()
    [item] = HtmlFormat().read(io.BytesIO(data), Origin(filename="a.html", url=url), ReadOptions())
    return item


def article(
    html: str | bytes, url: str = "https://www.valleypost.example/world/border"
) -> ParsedArticle:
    item = read(html, url)
    assert isinstance(item, ParsedArticle), item
    return item


def read_or_reason(html: str | bytes, url: str = "") -> ReadItem | str:
    try:
        return read(html, url)
    except FormatError as error:
        return str(error)


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def test_a_page_with_full_json_ld_gives_every_field_with_its_provenance() -> None:
    found = article(
        page(
            jsonld(
                """{"@context": "https://schema.org", "@graph": [
                {"@type": "WebSite", "name": "The Valley Post"},
                {"@type": "Person", "@id": "#doe", "name": "Jane Doe"},
                {"@type": "NewsArticle", "headline": "Border commission ends in discord",
                 "datePublished": "1921-03-08T09:30:00+01:00", "dateModified": "1921-03-09T10:00:00+01:00",
                 "author": [{"@id": "#doe"}, {"@type": "Organization", "name": "Associated Press"}],
                 "articleSection": "World", "inLanguage": "en-GB", "copyrightHolder": {"name": "Valley Press"},
                 "publisher": {"@type": "Organization", "name": "The Valley Post"}}]}"""
            )
            + "<link rel='canonical' href='/world/border'>"
        )
    )

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends in discord"]
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert [(c.kind, c.name) for c in found.credits] == [
        (CreditKind.PERSON, "Jane Doe"),
        (CreditKind.AGENCY, "Associated Press"),
    ]
    assert found.published is not None
    assert found.published.date == date(1921, 3, 8)
    assert found.published.at == datetime(1921, 3, 8, 8, 30, tzinfo=UTC)
    assert found.modified is not None
    assert found.modified.date == date(1921, 3, 9)
    assert found.section == "World"
    assert found.language is not None
    assert found.language.startswith("en")
    assert found.source == "The Valley Post"
    assert found.rights == "Valley Press"
    assert found.canonical_url == "https://www.valleypost.example/world/border"
    assert found.locator == ""
    assert found.provenance["headline"].rule == "json-ld headline"
    assert found.provenance["published"].raw == "1921-03-08T09:30:00+01:00"
    assert found.provenance["canonical_url"].raw == "/world/border"
    assert found.provenance["byline"].rule.startswith("json-ld author")
    assert not found.flags


def test_opengraph_alone_gives_headline_date_source_and_author() -> None:
    found = article(
        page(
            "<meta property='og:title' content='Border commission ends in discord | The Valley Post'>"
            "<meta property='og:site_name' content='The Valley Post'>"
            "<meta property='og:type' content='article'>"
            "<meta property='article:published_time' content='1921-03-08T09:30:00Z'>"
            "<meta name='author' content='By Jane Doe and John Roe'>"
        )
    )

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends in discord"]
    assert found.provenance["headline"].rule == "meta og:title"
    assert found.source == "The Valley Post"
    assert [c.name for c in found.credits] == ["Jane Doe", "John Roe"]
    assert found.published is not None
    assert found.published.at == datetime(1921, 3, 8, 9, 30, tzinfo=UTC)


def test_a_bare_page_gives_its_first_heading_and_its_domain() -> None:
    found = article(page())

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends in discord"]
    assert found.provenance["headline"].rule == "h1"
    assert found.source is not None
    assert "valleypost" in found.source.lower()
    assert found.published is None
    assert found.credits == ()
    assert found.byline is None


def test_microdata_gives_date_and_author() -> None:
    body = (
        "<p>By <span itemprop='author' itemscope><span itemprop='name'>Jane Doe</span></span></p>"
        f"<span itemprop='datePublished' content='1921-03-08T09:30:00+01:00'>Tuesday</span>{BODY}"
    )

    found = article(page(body=body))

    assert [c.name for c in found.credits] == ["Jane Doe"]
    assert found.published is not None
    assert found.published.date == date(1921, 3, 8)
    assert found.provenance["published"].rule == "itemprop datepublished"


def test_a_time_element_gives_the_date_and_a_teaser_s_does_not_win() -> None:
    body = (
        "<div class='teaser'><time datetime='1920-01-01'>1 January</time></div>"
        f"<p class='published'><time datetime='1921-03-08'>8 March 1921</time></p>{BODY}"
    )

    found = article(page(body=body))

    assert found.published is not None
    assert found.published.date == date(1921, 3, 8)
    assert found.published.precision is Precision.DAY


def test_a_time_without_a_zone_is_no_instant() -> None:
    found = article(page("<meta property='article:published_time' content='1921-03-08T09:30:00'>"))

    assert found.published is not None
    assert found.published.at is None


def test_an_author_that_is_the_outlet_itself_is_no_person() -> None:
    found = article(
        page(
            "<meta property='og:site_name' content='The Valley Post'>"
            + jsonld(
                '{"@type": "NewsArticle", "headline": "Border", "author": {"name": "The Valley Post"}}'
            )
        )
    )

    assert found.credits == ()
    assert found.byline == "The Valley Post"


def test_an_author_that_is_an_agency_is_an_agency() -> None:
    found = article(page(jsonld('{"@type": "NewsArticle", "author": "AP"}')))

    assert [(c.kind, c.name) for c in found.credits] == [(CreditKind.AGENCY, "Associated Press")]


@pytest.mark.parametrize(
    "name", ["Continental Cable Agency", "Agence Rhodanienne", "Tal Pressedienst"]
)
def test_an_author_called_an_agency_is_one_though_no_table_knows_it(name: str) -> None:
    author = f'{{"@type": "Organization", "name": "{name}"}}'

    found = article(page(jsonld(f'{{"@type": "NewsArticle", "author": {author}}}')))

    assert [(c.kind, c.name) for c in found.credits] == [(CreditKind.AGENCY, name)]


def test_a_company_that_reads_like_a_person_yields_to_the_printed_byline() -> None:
    company = '{"@type": "Organization", "name": "Valley Tidings"}'
    head = jsonld(f'{{"@type": "NewsArticle", "author": {company}}}')

    found = article(page(head, f"<p class='byline'>By Jane Doe</p>{BODY}"))

    assert [c.name for c in found.credits] == ["Jane Doe"]


def test_a_picture_s_credit_among_the_authors_is_none() -> None:
    found = article(
        page("<meta name='author' content='Jane Doe'><meta name='author' content='(Image: Roe)'>")
    )

    assert found.byline == "Jane Doe"
    assert [c.name for c in found.credits] == ["Jane Doe"]


@pytest.mark.parametrize("url", ["/author/admin/", "/author/admin", "/author/admin/#me"])
def test_the_account_that_posts_for_a_site_yields_to_the_name_above_the_text(url: str) -> None:
    account = f'{{"name": "Tim Roe", "url": "https://www.valleypost.example{url}"}}'
    head = jsonld(f'{{"@type": "NewsArticle", "author": {account}}}')

    found = article(page(head, f"<p><strong>JANE DOE</strong></p>{BODY}"))

    assert [c.name for c in found.credits] == ["Jane Doe"]


def test_an_account_s_link_below_the_headline_yields_to_the_name_above_the_text() -> None:
    account = "<p class='author vcard'><a rel='author' href='/author/admin/'>Tim Roe</a></p>"

    found = article(page(body=f"{account}<p><strong>JANE DOE</strong></p>{BODY}"))

    assert [c.name for c in found.credits] == ["Jane Doe"]


@pytest.mark.parametrize(
    "byline",
    [
        "<p class='byline'><span>Jane Doe</span><span>Political Editor</span></p>",
        "<p class='article-author'><a>Jane Doe</a><a>@janedoe</a></p>",
        "<p class='reporter'>Jane Doe jane@valleypost.example</p>",
        "<div><p class='autor'>Jane Doe</p></div>",
    ],
)
def test_a_printed_byline_gives_the_name_without_what_stands_beside_it(byline: str) -> None:
    found = article(page(body=byline + BODY))

    assert [c.name for c in found.credits] == ["Jane Doe"]


def test_names_in_elements_of_one_class_side_by_side_are_all_authors() -> None:
    both = "<div><span class='author'>Jane Doe</span><span class='author'>John Roe</span></div>"

    found = article(page(body=both + BODY))

    assert [c.name for c in found.credits] == ["Jane Doe", "John Roe"]


def test_a_name_that_ends_with_a_stop_keeps_it() -> None:
    found = article(page("<meta name='author' content='John Roe Jr.'>"))

    assert [c.name for c in found.credits] == ["John Roe Jr."]


def test_a_labelled_author_in_a_list_of_facts_is_one() -> None:
    facts = "<ul><li><strong>Date</strong> 8.3.1921</li><li><strong>Autorin/Autor</strong> Jane Doe</li></ul>"

    found = article(page(body=BODY + facts))

    assert [c.name for c in found.credits] == ["Jane Doe"]
    assert found.provenance["byline"].rule == "html label"


def test_an_address_is_no_author() -> None:
    found = article(
        page(
            "<meta property='article:author' content='https://social.example/jane'>"
            "<meta name='author' content='jane@valleypost.example'>"
        )
    )

    assert found.credits == ()
    assert found.byline is None


def test_broken_json_ld_falls_back_to_the_page() -> None:
    found = article(page(jsonld('{"@type": "NewsArticle", "headline": "Half a')))

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends in discord"]


def test_captions_are_kept_out_of_the_body_with_their_credit() -> None:
    body = (
        f"<p>{FIRST}</p><figure><img src=x><figcaption>The bridge at dawn, seen from the mill."
        f"<span class='credit'>Photograph: Jane Doe</span></figcaption></figure><p>{SECOND}</p><p>{THIRD}</p>"
    )

    found = article(page(body=body))

    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert words(found, BlockKind.CAPTION) == ["The bridge at dawn, seen from the mill."]
    [caption] = found.captions
    assert caption.text == "The bridge at dawn, seen from the mill."
    assert caption.credit is not None
    assert "Jane Doe" in caption.credit


def test_a_name_set_apart_at_a_caption_s_end_is_its_credit() -> None:
    caption = "<figcaption>The bridge at dawn, seen from the mill. <em>Jane Doe</em></figcaption>"

    [found] = article(page(body=f"<figure>{caption}</figure>{BODY}")).captions

    assert found.text == "The bridge at dawn, seen from the mill."
    assert found.credit == "Jane Doe"


def test_a_title_in_italics_that_ends_a_caption_is_no_credit() -> None:
    caption = "<figcaption>The mill as it was filmed for <em>Old Rivers</em></figcaption>"

    [found] = article(page(body=f"<figure>{caption}</figure>{BODY}")).captions

    assert found.text == "The mill as it was filmed for Old Rivers"


@pytest.mark.parametrize(
    "credit", ["<span class='credit'>Ann Lee / AP</span>", "<cite>Ann Lee / AP</cite>"]
)
def test_a_credit_in_an_element_of_its_own_is_kept_whole(credit: str) -> None:
    figure = (
        f"<figure><img src='a.jpg'><figcaption>The meadow at noon. {credit}</figcaption></figure>"
    )

    [caption] = article(page(body=figure + BODY)).captions

    assert (caption.text, caption.credit) == ("The meadow at noon.", "Ann Lee / AP")


def test_key_points_above_the_text_are_no_part_of_the_body() -> None:
    points = "<ul class='key-points'><li>Two halves still disagree</li><li>Farmers left before the vote</li></ul>"

    item = article(page(body=points + BODY))

    assert words(item, BlockKind.KEY_POINT) == [
        "Two halves still disagree",
        "Farmers left before the vote",
    ]
    assert words(item, BlockKind.LIST_ITEM) == []
    assert words(item, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_printed_byline_adds_its_agency_and_leaves_the_body_on_record() -> None:
    author = jsonld(
        '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jeanne Petit"}}'
    )
    printed = "<p class='signature'>Par Jeanne Petit (avec AFP)</p>"

    item = article(page(author, printed + BODY))

    assert [credit.name for credit in item.credits] == ["Jeanne Petit", "Agence France-Presse"]
    assert words(item, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert [(d.reason, d.text) for d in item.dropped] == [("byline", "Par Jeanne Petit (avec AFP)")]


def test_a_byline_of_somebody_else_adds_no_agency() -> None:
    author = jsonld(
        '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jeanne Petit"}}'
    )

    item = article(page(author, "<div class='byline'>By John Roe, AP</div>" + BODY))

    assert [credit.name for credit in item.credits] == ["Jeanne Petit"]


@pytest.mark.parametrize("label", ["Updated", "Publié le", "Last updated on:"])
def test_what_is_left_of_a_line_with_a_date_is_no_paragraph(label: str) -> None:
    line = f"<p>{label} <time datetime='2019-02-03T10:00:00Z'>3 February 2019</time></p>"

    item = article(page(body=f"{line}<p>BELGRADE — {FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))

    assert words(item, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert item.dateline is not None


def test_a_label_above_the_headline_does_not_open_the_text() -> None:
    html = page().replace("<h1>", "<p class='kicker'>The long read</p><h1>")

    item = article(html)

    assert words(item, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_printed_trail_of_links_gives_the_section() -> None:
    trail = "<div class='breadcrumb'><a href='/'>Home</a> › <a href='/world'>World</a></div>"

    assert article(page().replace("<main>", f"{trail}<main>")).section == "World"


def test_a_trail_of_tags_gives_no_section() -> None:
    trail = "<div class='breadcrumb'><a href='/1'>Border</a> <a href='/2'>Bridge</a></div>"

    assert article(page().replace("<main>", f"{trail}<main>")).section is None


def test_crossheads_lists_and_quotations_are_blocks_of_their_kind() -> None:
    body = (
        f"<p>{FIRST}</p><h2>The eastern meadow</h2><p>{SECOND}</p>"
        "<ul><li>the bridge and both of its toll houses</li><li>the mill with its pond and weir</li></ul>"
        f"<blockquote><p>We shall meet again when the snow is gone and the road is open.</p></blockquote><p>{THIRD}</p>"
    )

    found = article(page(body=body))

    assert words(found, BlockKind.CROSSHEAD) == ["The eastern meadow"]
    assert words(found, BlockKind.LIST_ITEM) == [
        "the bridge and both of its toll houses",
        "the mill with its pond and weir",
    ]
    assert words(found, BlockKind.QUOTATION) == [
        "We shall meet again when the snow is gone and the road is open."
    ]


def test_a_dateline_stands_apart_from_its_paragraph() -> None:
    found = article(page(body=f"<p>GENEVA (AP) — {FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))

    assert found.dateline is not None
    assert found.dateline.agency == "Associated Press"
    assert words(found, BlockKind.DATELINE) == ["GENEVA (AP) —"]
    assert words(found, BlockKind.PARAGRAPH)[0] == FIRST


def test_a_section_s_name_above_the_text_does_not_hide_the_dateline() -> None:
    head = "<meta property='article:section' content='Nation and world'>"

    found = article(
        page(head, f"<p>Nation and world</p><p>GENEVA (AP) — {FIRST}</p><p>{SECOND}</p>")
    )

    assert found.dateline is not None
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND]


def test_a_standfirst_that_is_printed_is_one_and_leaves_the_body() -> None:
    standfirst = "Two halves of a commission could agree on nothing but the weather"
    head = f"<meta name='description' content='{standfirst}'>"

    found = article(page(head, f"<h2>{standfirst}</h2>{BODY}"))

    assert words(found, BlockKind.STANDFIRST) == [standfirst]
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_first_paragraph_that_is_also_the_description_stays_in_the_body() -> None:
    found = article(page(f"<meta name='description' content='{FIRST}'>"))

    assert words(found, BlockKind.STANDFIRST) == []
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_description_that_is_not_printed_is_no_standfirst() -> None:
    found = article(
        page("<meta name='description' content='Read all about the border and the mill here'>")
    )

    assert words(found, BlockKind.STANDFIRST) == []
    assert found.extra["description"] == "Read all about the border and the mill here"


def test_a_closed_page_that_shows_its_beginning_is_marked_and_flagged() -> None:
    found = article(
        page(
            jsonld(
                '{"@type": "NewsArticle", "headline": "Border", "isAccessibleForFree": "False", "wordCount": 900}'
            )
        )
    )

    assert found.flags == {Flag.TRUNCATED}
    assert "isAccessibleForFree" in found.extra["paywall"]


def test_a_closed_page_that_was_saved_whole_is_not_flagged() -> None:
    found = article(
        page(
            jsonld(
                '{"@type": "NewsArticle", "headline": "Border", "isAccessibleForFree": false, "wordCount": 100}'
            )
        )
    )

    assert found.flags == set()
    assert "paywall" in found.extra


def test_a_closing_line_of_credits_joins_the_credits_and_leaves_the_body() -> None:
    credit = "(Reporting by Jane Doe in Geneva; Editing by John Roe)"

    found = article(page(body=f"{BODY}<p>{credit}</p>"))

    assert [c.name for c in found.credits] == ["Jane Doe", "John Roe"]
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert found.provenance["credits"].raw == credit


def test_a_byline_that_opens_the_text_is_read_where_the_page_gives_none() -> None:
    found = article(page(body=f"<p>By Jane Doe in Geneva</p>{BODY}"))

    assert [c.name for c in found.credits] == ["Jane Doe"]
    assert found.byline == "By Jane Doe in Geneva"
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_text_cut_into_parts_is_read_whole() -> None:
    texts = [f"{opening} {FIRST} {SECOND}" for opening in ("One.", "Two.", "Three.")]
    part = "<div class='article-body'><p>{}</p><p>{}</p></div><div class='ad'>Advertisement</div>"
    parts = "".join(part.format(text, THIRD + text[:4]) for text in texts)

    found = article(f"<html><body><h1>Border commission ends</h1><div>{parts}</div></body></html>")

    assert [text for text in words(found, BlockKind.PARAGRAPH) if text in texts] == texts


def test_a_time_without_a_zone_is_the_outlet_s_own_where_its_country_has_but_one() -> None:
    found = article(
        page("<meta property='article:published_time' content='1921-03-08T09:30:00'>"),
        url="https://www.talpost.de/grenze",
    )

    assert found.published is not None
    assert found.published.at == datetime(1921, 3, 8, 8, 30, tzinfo=UTC)
    assert found.provenance["published"].rule.endswith("zone of the outlet")


def test_a_time_without_a_zone_has_the_offset_of_the_page_s_last_change() -> None:
    head = (
        "<meta property='article:published_time' content='1921-03-08T09:30:00'>"
        "<meta property='article:modified_time' content='1921-03-09T10:00:00-05:00'>"
    )

    found = article(page(head), "https://www.valleypost.com/border")

    assert found.published is not None
    assert found.published.at == datetime(1921, 3, 8, 14, 30, tzinfo=UTC)
    assert found.provenance["published"].rule.endswith("offset of the page's other time")


@pytest.mark.parametrize("modified", ["1921-03-09T10:00:00Z", "1921-06-09T10:00:00-05:00"])
def test_neither_utc_nor_a_far_day_tells_the_clock_of_a_time_without_a_zone(modified: str) -> None:
    head = (
        "<meta property='article:published_time' content='1921-03-08T09:30:00'>"
        f"<meta property='article:modified_time' content='{modified}'>"
    )

    found = article(page(head), "https://www.valleypost.com/border")

    assert found.published is not None
    assert found.published.at is None


def test_a_labelled_date_in_a_list_of_facts_is_the_page_s() -> None:
    facts = "<ul><li><strong>Datum</strong> 8.3.1921</li></ul>"

    found = article(page(body=f"{BODY}{facts}").replace("en-GB", "de"))

    assert found.published is not None
    assert found.published.date == date(1921, 3, 8)
    assert found.provenance["published"].rule == "html label"


def test_other_headlines_of_the_page_are_kept_beside_the_chosen_one() -> None:
    head = "<meta property='og:title' content='You will not believe what this commission did'>"

    found = article(
        page(head + jsonld('{"@type": "NewsArticle", "headline": "Border commission ends"}'))
    )

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends"]
    assert found.extra["headlines"] == {
        "meta og:title": "You will not believe what this commission did",
        "h1": "Border commission ends in discord",
    }


def test_a_long_paragraph_printed_twice_is_kept_once_and_flagged() -> None:
    long = f"{FIRST} {SECOND}"

    found = article(page(body=f"<p>{long}</p><p>{THIRD}</p><p>{long}</p>"))

    assert words(found, BlockKind.PARAGRAPH) == [long, THIRD]
    assert found.flags == {Flag.REPEATS_DROPPED}


def test_a_rights_line_leaves_the_body_and_dates_nothing() -> None:
    found = article(page(body=f"{BODY}<p>© 2019 Valley Press. All rights reserved.</p>"))

    assert found.rights == "© 2019 Valley Press. All rights reserved."
    assert found.published is None
    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_right_to_left_text_is_read() -> None:
    paragraph = "اجتمعت اللجنة يوم الثلاثاء للمرة الأخيرة ولم تتفق على الجسر والطاحونة والمرج الشرقي في الوادي القديم. "
    html = (
        "<html lang='ar' dir='rtl'><body><article><h1>اللجنة تنهي عملها دون اتفاق</h1>"
        f"<p>{paragraph * 3}</p><p>{paragraph * 2}</p></article></body></html>"
    )

    found = article(html)

    assert words(found, BlockKind.HEADLINE) == ["اللجنة تنهي عملها دون اتفاق"]
    assert len(words(found, BlockKind.PARAGRAPH)) == 2
    assert found.language == "ar"


def test_script_and_javascript_addresses_leave_no_trace() -> None:
    head = (
        "<link rel='canonical' href='javascript:alert(1)'><meta property='og:url' content='data:text/html,x'>"
        "<meta http-equiv='refresh' content='0;url=https://evil.example/'>"
    )
    body = (
        f"<p>{FIRST}<script>alert('one')</script></p><p><a href='javascript:alert(2)'>{SECOND}</a></p>"
        f"<svg onload=alert(3)><title>four</title></svg><p onclick='alert(5)'>{THIRD}</p>"
    )

    found = article(page(head, body), url="")

    assert found.canonical_url is None
    assert "alert" not in " ".join(block.text for block in found.blocks)


def test_mis_nested_markup_keeps_the_words() -> None:
    body = f"<p>{FIRST}<b><i></p><p>{SECOND}</b></i><div><p>{THIRD}</span></div>"

    text = " ".join(words(article(page(body=body)), BlockKind.PARAGRAPH))

    assert FIRST in text
    assert SECOND in text
    assert THIRD in text


def test_emoji_combining_marks_and_nul_come_out_in_normal_form() -> None:
    body = f"<p>Cafe\u0301 👩‍👩‍👧\0 {FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"

    found = article(page(body=body))

    assert words(found, BlockKind.PARAGRAPH)[0] == f"Café 👩‍👩‍👧 {FIRST}"
    assert [dropped.text for dropped in found.dropped] == ["1 NUL characters"]


def test_the_address_noted_by_a_browser_stands_in_for_a_missing_one() -> None:
    html = "<!-- saved from url=(0039)https://valleypost.example/world/border -->" + page()

    assert article(html, url="").canonical_url == "https://valleypost.example/world/border"


def test_an_mhtml_archive_is_read_by_its_page() -> None:
    html = page().replace("=", "=3D").encode("ascii", "xmlcharrefreplace").decode()
    archive = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://valleypost.example/world/border\n"
        "Subject: Border\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----x"\n\n'
        "------x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: https://valleypost.example/world/border\n\n{html}\n------x--\n"
    )

    found = article(archive, url="")

    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]
    assert found.canonical_url == "https://valleypost.example/world/border"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("404 Not Found", "error page"),
        ("Page not found | The Valley Post", "error page"),
        ("Seite nicht gefunden", "error page"),
        ("Access Denied", "denies access"),
        ("Just a moment...", "denies access"),
        ("Before you continue to The Valley Post", "consent wall"),
        ("Search results for “border”", "search page"),
    ],
)
def test_a_page_that_is_no_article_is_refused_with_what_it_is(title: str, reason: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Try the front page.</p></body></html>"

    item = read(html)

    assert isinstance(item, Refused)
    assert item.code == "not_an_article"
    assert reason in item.reason


def test_an_article_about_error_pages_is_no_error_page() -> None:
    html = page(
        "<title>Why the 404 page not found joke is dead</title>"
        + jsonld('{"@type": "NewsArticle", "headline": "Why the 404 page not found joke is dead"}')
    )

    assert isinstance(read(html), ParsedArticle)


@pytest.mark.parametrize("teaser", ["A line on it.", FIRST])
@pytest.mark.parametrize("count", [10, 40])
def test_a_section_front_is_refused(teaser: str, count: int) -> None:
    teasers = "".join(
        f"<div><h3><a href='/story-{n}'>Story number {n} of the day</a></h3><p>{n} {teaser}</p></div>"
        for n in range(count)
    )

    item = read(
        f"<html><head><title>World</title></head><body><h1>World</h1>{teasers}</body></html>"
    )

    assert isinstance(item, Refused)
    assert "section front" in item.reason


def test_a_front_that_says_so_is_refused() -> None:
    item = read(page(jsonld('{"@type": "CollectionPage", "name": "World"}')))

    assert isinstance(item, Refused)
    assert "section front" in item.reason


def test_a_front_that_lists_articles_as_its_own_is_refused() -> None:
    nodes = ",".join(
        f'{{"@type": "NewsArticle", "headline": "Story number {n}", "url": "https://valleypost.example/{n}"}}'
        for n in range(12)
    )
    teasers = "".join(
        f"<h3><a href='/{n}'>Story number {n}</a></h3><p>A line.</p>" for n in range(12)
    )

    item = read(page(jsonld(f"[{nodes}]"), teasers, heading="World"))

    assert isinstance(item, Refused)


def test_the_front_page_is_refused() -> None:
    item = read(page(), url="https://www.valleypost.example/")

    assert isinstance(item, Refused)


def test_an_article_with_many_links_to_others_is_kept() -> None:
    links = "".join(f"<h3><a href='/{n}'>Story number {n} of the day</a></h3>" for n in range(30))
    head = "<meta property='og:type' content='article'>"

    found = article(page(head, BODY + links))

    assert words(found, BlockKind.PARAGRAPH) == [FIRST, SECOND, THIRD]


def test_a_frameset_is_refused() -> None:
    item = read(
        "<html><head><title>Paper</title></head><frameset cols='50%,50%'><frame src=a><frame src=b></frameset></html>"
    )

    assert isinstance(item, Refused)


def test_an_article_with_a_headline_alone_is_kept() -> None:
    found = article(
        "<html><head>"
        + jsonld('{"@type": "NewsArticle", "headline": "Border commission ends in discord"}')
        + "</head><body></body></html>"
    )

    assert words(found, BlockKind.HEADLINE) == ["Border commission ends in discord"]
    assert words(found, BlockKind.PARAGRAPH) == []


@pytest.mark.parametrize(
    ("head", "filename", "least"),
    [
        (b"<!DOCTYPE html><html>", "", 70),
        (b"\xef\xbb\xbf\n<html lang=en>", "", 70),
        ("<!DOCTYPE html><html>".encode("utf-16"), "a.html", 70),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "a.mhtml", 80),
        (b"<!-- saved from url --><html>", "a.htm", 70),
    ],
)
def test_pages_are_known_by_their_beginning(head: bytes, filename: str, least: int) -> None:
    assert HtmlFormat().sniff(head, Origin(filename=filename)) >= least


def test_plain_text_is_no_page() -> None:
    assert HtmlFormat().sniff(b"The Guardian\nDate: 9 Jan 2019\n", Origin(filename="a.txt")) == 0


@pytest.mark.parametrize(
    "hostile",
    [
        lambda: "<div>" * 100_000,
        lambda: "<p>x" * 100_000,
        lambda: "<a href=x>y</a> " * 30_000,
        lambda: "<ul>" + "<li>word word</li>" * 30_000 + "</ul>",
        lambda: "<table>" + "<tr><td>a</td></tr>" * 20_000 + "</table>",
        lambda: "<article>" + "<b>x</b>" * 50_000 + "</article>",
        lambda: "<p>" + "word " * 500_000 + "</p>",
        lambda: "<p>" + "2019-01-09 " * 50_000 + "</p>",
        lambda: "<script type='application/ld+json'>" + "[" * 1_000_000,
        lambda: "<meta " * 20_000,
        lambda: ("<div>" * 200 + "x" + "</div>" * 200) * 200,
        lambda: "&" * 1_000_000,
        lambda: "<" * 1_000_000,
    ],
)
def test_a_hostile_page_ends_in_an_article_or_a_reason(hostile: Callable[[], str]) -> None:
    assert read_or_reason("<html><body>" + hostile())


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<article>", "<figure><figcaption>", "</figure>",
     "<ul><li>", "<table><tr><td>", "<blockquote>", "<br>", "<script>", "</script>", "<time datetime='",
     "'>", "<meta property='og:title' content='", "<frameset>", "<svg>", "<!--", "-->", "\0", "&#0;", "&#1;", "&#xfffe;", "\x01", "\x0c", "\x1b", "&#xd800;", "<style>", "<b>", "\ud7ff",
     "<a rel=author>", "<span itemprop=author>", '<script type="application/ld+json">{"@type":"NewsArticle","author":']
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(_TAGS, st.text(max_size=30)), max_size=40).map("".join))
def test_no_markup_raises_anything_but_a_format_error(html: str) -> None:
    assert read_or_reason(html)


@settings(deadline=None)
@given(st.binary(max_size=500), st.text(max_size=30))
def test_no_bytes_raise_anything_but_a_format_error(data: bytes, url: str) -> None:
    assert read_or_reason(data, url)
