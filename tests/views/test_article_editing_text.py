"""The page on which an editor puts the text of an article right."""

import pytest
from django.test import Client

from articles.curation import texts
from articles.curation.fields import correct
from articles.models import (
    Article,
    Corpus,
    CorrectedField,
    Door,
    Role,
    Version,
)
from articles.text import Block, BlockKind
from articles.views.editing import editing_blocks
from tests.factories import (
    current,
    make_article,
    make_member,
)
from tests.views.article_forms import Form, blocks_of, form_of, text_form

pytestmark = pytest.mark.django_db


def test_a_corrected_text_stands_beside_the_outlets(desk: Client, article: Article) -> None:
    before = current(article)
    blocks = blocks_of(article)
    blocks[0] = Block(BlockKind.HEADLINE, "Bridge opens\r\n")
    blocks.insert(1, Block(BlockKind.STANDFIRST, "After nine years 👩‍👩‍👧"))

    desk.post(f"/articles/{article.pk}/text/", text_form(before, blocks))

    article.refresh_from_db()
    after = current(article)
    assert (after.number, after.origin, article.headline) == (2, "corrected", "Bridge opens")
    assert after.text[after.blocks[1][1] : after.blocks[1][2]] == "After nine years 👩‍👩‍👧"
    assert Version.objects.get(pk=before.pk).text == before.text


def test_an_empty_line_begins_a_block_and_an_empty_block_is_left_out(
    desk: Client, article: Article
) -> None:
    blocks = blocks_of(article)
    blocks[1] = Block(BlockKind.PARAGRAPH, "One.\r\n \r\nTwo,\r\nstill two.\r\n\r\n\r\n")
    blocks.append(Block(BlockKind.QUOTATION, "  \n "))

    desk.post(f"/articles/{article.pk}/text/", text_form(current(article), blocks))

    assert [block.text for block in blocks_of(article)[1:]] == [
        "One.",
        "Two,\nstill two.",
        "Crowds came to see it.",
    ]


def test_a_text_sent_as_it_was_shown_makes_no_version(desk: Client, article: Article) -> None:
    sent = text_form(current(article), blocks_of(article))

    response = desk.post(f"/articles/{article.pk}/text/", sent, follow=True)

    assert "Nothing to change" in response.content.decode()
    assert article.versions.count() == 1


def test_blocks_move_without_scripts(desk: Client, article: Article) -> None:
    blocks = [
        Block(BlockKind.HEADLINE, "A"),
        Block(BlockKind.QUOTATION, "B"),
        Block(BlockKind.PARAGRAPH, "C\n\nD"),
    ]

    def after(asked: str) -> list[tuple[str, str]]:
        sent = text_form(current(article), blocks, do=asked)
        response = desk.post(f"/articles/{article.pk}/text/", sent)
        assert response.status_code == 200
        return [(row.kind, row.text) for row in response.context["rows"]]

    a, b, c = (("headline", "A"), ("quotation", "B"), ("paragraph", "C\n\nD"))
    assert after("up:1") == [b, a, c]
    assert after("down:1") == [a, c, b]
    assert after("remove:0") == [b, c]
    assert after("merge:2") == [a, ("quotation", "B C\n\nD")]
    assert after("split:2") == [a, b, ("paragraph", "C"), ("paragraph", "D")]
    assert after("add:0") == [a, ("paragraph", ""), b, c]
    assert after("add") == [a, b, c, ("paragraph", "")]
    for nonsense in ("merge:0", "up:0", "down:2", "fly:1", "split:77", "merge:" + "9" * 40):
        assert after(nonsense) == [a, b, c]
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"kind": ["headline"], "text": [" "]}, 400),
        ({"kind": [], "text": []}, 400),
        ({"kind": ["headline"], "text": ["a\0b"]}, 400),
        ({"kind": ["banner"], "text": ["A"]}, 400),
        ({"kind": ["headline", "paragraph"], "text": ["A"]}, 400),
        ({"kind": ["headline"], "text": ["A"], "base": "x"}, 400),
        ({"kind": ["headline"], "text": ["A"], "base": "99"}, 404),
        ({"kind": ["headline"], "text": ["A"], "count": "-1"}, 400),
        ({"kind": ["headline"], "text": ["A"], "over": "1\0"}, 400),
    ],
)
def test_a_text_that_cannot_be_is_refused(
    desk: Client, article: Article, changed: Form, status: int
) -> None:
    sent = text_form(current(article), []) | changed

    assert desk.post(f"/articles/{article.pk}/text/", sent).status_code == status
    assert article.versions.count() == 1


def test_a_stale_text_is_shown_beside_what_the_article_says_now(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    before = current(article)
    mine = text_form(before, [*blocks_of(article)[:2], Block(BlockKind.PARAGRAPH, "Mine.")])
    theirs = [*blocks_of(article)[:2], Block(BlockKind.PARAGRAPH, "Theirs.")]
    colleague = make_member(corpus, Role.EDITOR)
    texts.correct_text(article, theirs, by=colleague, door=Door.PAGE)

    response = desk.post(f"/articles/{article.pk}/text/", mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert ">Mine.</textarea>" in page
    assert "<del>Theirs.</del>" in page
    assert "<ins>Mine.</ins>" in page
    assert colleague.get_username() in page
    assert article.versions.count() == 2

    over = response.context["sheet"].over
    assert desk.post(f"/articles/{article.pk}/text/", mine | {"over": over}).status_code == 302
    assert blocks_of(article)[-1].text == "Mine."
    assert "Theirs." in Version.objects.get(article=article, number=2).text


def test_a_correction_of_fields_makes_no_text_stale(desk: Client, article: Article) -> None:
    sent = text_form(current(article), [Block(BlockKind.HEADLINE, "Short")])
    correct([article.pk], {CorrectedField.PAGE: "3"}, by=None, door=Door.API)

    assert desk.post(f"/articles/{article.pk}/text/", sent).status_code == 302


def test_a_long_text_is_put_right_part_by_part(desk: Client, corpus: Corpus) -> None:
    article = make_article(corpus, paragraphs=tuple(f"Paragraph {n}." for n in range(1, 450)))

    response = desk.get(f"/articles/{article.pk}/text/?from=200")
    assert [row.text for row in response.context["rows"]][:1] == ["Paragraph 200."]
    assert len(response.context["rows"]) == editing_blocks.AT_ONCE
    sent = text_form(
        current(article),
        [Block(BlockKind.PARAGRAPH, "Two hundred paragraphs were here.")],
        **{"from": 200, "count": 200},
    )
    desk.post(f"/articles/{article.pk}/text/", sent)

    after = [block.text for block in blocks_of(article)]
    assert len(after) == 251
    assert after[199:202] == [
        "Paragraph 199.",
        "Two hundred paragraphs were here.",
        "Paragraph 400.",
    ]
    for beyond in ("900", "x", "-1", "%00"):
        assert desk.get(f"/articles/{article.pk}/text/?from={beyond}").status_code == 400


def test_an_article_of_five_megabytes_can_be_opened_split_and_corrected(
    desk: Client, corpus: Corpus
) -> None:
    article = make_article(corpus, headline="H" * 2000, paragraphs=("word " * 1_000_000, "End."))

    assert desk.get(f"/articles/{article.pk}/edit/").status_code == 200
    assert desk.get(f"/articles/{article.pk}/split/").status_code == 200
    sent = text_form(current(article), [*blocks_of(article)[:2], Block(BlockKind.NOTE, "End.")])
    assert desk.post(f"/articles/{article.pk}/text/", sent).status_code == 302
    assert blocks_of(article)[-1].kind is BlockKind.NOTE


def test_a_title_without_a_text_can_be_put_right(desk: Client, corpus: Corpus) -> None:
    article = make_article(corpus, paragraphs=(), published=None)

    for page in ("edit", "text", "split", "join"):
        assert desk.get(f"/articles/{article.pk}/{page}/").status_code == 200
    response = desk.post(f"/articles/{article.pk}/edit/", form_of(article, published_day="2099"))
    assert response.status_code == 302
    article.refresh_from_db()
    assert "implausible_date" in article.flags
