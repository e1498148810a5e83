import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.europresse import EuropresseFormat
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import ParsedArticle, ReadItem
from articles.text import BlockKind

READER = EuropresseFormat()

ARTICLE = """<article><header>
<div class="rdp__DocPublicationName">
<span class="DocPublicationName">Le Phare, no. 1207 </span></div>
<div><span class="DocHeader">Société, mercredi 11 janvier 2006, p. 16</span></div>
<div><p>MÉMOIRE</p></div>
<div class="titreArticle">
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le gardien s’en va</p>
<p class="sm-margin-TopNews rdp__subtitle">Quarante hivers sur la tour</p></div>
<p class="sm-margin-bottomNews">Jeanne Dupont</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer">
<p>Le gardien est monté pour la <mark>dernière</mark> fois.</p>
<h3>Les mouettes</h3><p>Elles lui manqueront.</p>
</div></div></section>
<aside><div><p><b>Illustration(s) : </b></p><div><p>Le gardien à sa lampe.</p></div></div>
<div><b>Note(s) : </b><p>Correction du 12 janvier.</p></div></aside>
<footer><small>© 2006 Le Phare. Tous droits réservés.</small>
<p>Numéro de document : news·20060111·PH·{number}</p>
<div class="publiC-lblNodoc">news·20060111·PH·{number}</div></footer></article>"""
OLDER = """<table><tr><td><span class="DocPublicationName">Le Phare</span><br>
<span class="DocHeader">Société, </span><span class="DocHeader">mercredi </span>
<span class="DocHeader">11 janvier 2006</span>
<br><br><span class="TitreArticleVisu">Le gardien s’en va</span><br><br>Jeanne Dupont<br><br>
Le gardien est monté pour la dernière fois.<p></p>Les mouettes lui manqueront.<p></p>
<b><i>© 2006 Le Phare. Tous droits réservés.</i></b><p></p>
Numéro de document : news·20060111·PH·7<br></td></tr></table>"""


def page(*articles_: str, before: str = "") -> bytes:
    body = "".join(articles_)
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'></head>"
    return f"{head}<body>{before}{body}</body></html>".encode()


def read(data: bytes) -> list[ReadItem]:
    return list(READER.read(io.BytesIO(data), Origin(), ReadOptions()))


def articles(data: bytes) -> list[ParsedArticle]:
    return [item for item in read(data) if isinstance(item, ParsedArticle)]


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def test_an_article_is_read_by_its_classes() -> None:
    first, second = articles(page(ARTICLE.format(number=1), ARTICLE.format(number=2)))

    assert first.locator == "document 1"
    assert (first.source, first.edition) == ("Le Phare", "no. 1207")
    assert first.section == "Société"
    assert first.page == "16"
    assert first.published is not None
    assert first.published.date == date(2006, 1, 11)
    assert words(first, BlockKind.HEADLINE) == ["Le gardien s’en va"]
    assert words(first, BlockKind.STANDFIRST) == ["Quarante hivers sur la tour"]
    assert first.byline == "Jeanne Dupont"
    assert words(first, BlockKind.PARAGRAPH) == [
        "Le gardien est monté pour la dernière fois.",
        "Elles lui manqueront.",
    ]
    assert words(first, BlockKind.CROSSHEAD) == ["Les mouettes"]
    assert words(first, BlockKind.CAPTION) == ["Le gardien à sa lampe."]
    assert first.rights == "© 2006 Le Phare. Tous droits réservés."
    assert first.external_id == "news·20060111·PH·1"
    assert first.extra["note"] == "Correction du 12 janvier."
    assert first.extra["kicker"] == "MÉMOIRE"
    assert second.external_id == "news·20060111·PH·2"


def test_the_older_site_s_table_is_read() -> None:
    (found,) = articles(page(OLDER))

    assert found.source == "Le Phare"
    assert found.section == "Société"
    assert found.published is not None
    assert found.published.date == date(2006, 1, 11)
    assert words(found, BlockKind.HEADLINE) == ["Le gardien s’en va"]
    assert found.byline == "Jeanne Dupont"
    assert words(found, BlockKind.PARAGRAPH) == [
        "Le gardien est monté pour la dernière fois.",
        "Les mouettes lui manqueront.",
    ]
    assert found.external_id == "news·20060111·PH·7"


def test_an_article_without_its_number_is_refused_loudly() -> None:
    lost = ARTICLE.format(number=2).replace("Numéro de document", "").replace("news·", "")

    with pytest.raises(FormatError, match="article 2") as caught:
        read(page(ARTICLE.format(number=1), lost))

    assert caught.value.code == "count_mismatch"


def test_a_declared_count_is_held_against_what_was_read() -> None:
    with pytest.raises(FormatError, match="holds 3 documents, but 1 were read") as caught:
        read(page(ARTICLE.format(number=1), before="<p>3 documents sauvegardés</p>"))

    assert caught.value.code == "count_mismatch"


def test_another_page_is_no_export() -> None:
    with pytest.raises(FormatError) as caught:
        read(page("<p>Le gardien est monté.</p>"))

    assert caught.value.code == "not_an_export"


def test_an_export_is_recognised_by_its_classes() -> None:
    assert READER.sniff(page(ARTICLE), Origin()) > 85
    assert READER.sniff(page("<p>Le gardien est monté.</p>"), Origin()) == 0


def test_500_kb_of_nested_elements_are_read_or_refused() -> None:
    deep = b"<div class='a'>" * 40_000 + b"<span class='DocPublicationName'>x</span>"

    with pytest.raises(FormatError):
        read(b"<html><body>" + deep)


_TAGS = st.sampled_from(
    [
        *("<article>", "</div>", '<span class="DocHeader">', "x, 2006", "<br><br>", "<aside>"),
        *('<p class="titreArticleVisu">', "<section class=DocText>", "Numéro de document : 7", "©"),
    ]
)


@settings(deadline=None)
@given(
    st.binary(max_size=200) | st.lists(_TAGS, max_size=14).map(lambda tags: "".join(tags).encode())
)
def test_any_bytes_give_items_or_one_error(data: bytes) -> None:
    for start in (b"", b"<html>", b'<html><span class="DocPublicationName">P</span>'):
        try:
            items = read(start + data)
        except FormatError:
            continue
        assert items == read(start + data)
