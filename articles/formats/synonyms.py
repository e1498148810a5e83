"""Which of our fields a column's name means, in the languages and APIs that people export from.

Names are compared without case, accents and punctuation: ``publishedAt``, ``published_at`` and
``Published At`` are one. The order of a field's names is their rank: where a table has two of
them, the earlier is read first.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

NAMES: Mapping[str, str] = {
    "headline": (
        "headline title articletitle articleheadline webtitle seotitle hed displaytitle "
        "titel ueberschrift uberschrift schlagzeile titre titrearticle titulo titular titolo "
        "kop rubrik otsikko overskrift tytul nadpis cim baslik zagolovok заголовок название "
        "العنوان عنوان 标题 標題 题名 見出し タイトル 제목 heading hd"
    ),
    "standfirst": (
        "standfirst dek deck subtitle subheadline subhead subheading trailtext teaser lede lead "
        "description summary abstract excerpt snippet highlight highlights intro ingress "
        "untertitel vorspann chapo chapeau soustitre resume entradilla bajada subtitulo resumen "
        "sottotitolo occhiello resumo подзаголовок аннотация 摘要 要約 요약 abstractnote"
    ),
    "key_points": "keypoints bullets bulletpoints storyhighlights takeaways",
    "body": (
        "body bodytext articlebody fulltext maintext articletext content contents text "
        "textcontent plaintext cleantext rawtext article story storytext bodyhtml html "
        "bodycontent contentencoded volltext inhalt texte textecomplet contenu corps texto "
        "textocompleto contenido cuerpo conteudo corpo testo tekst innehall text_en текст "
        "النص نص المحتوى 正文 内容 內容 全文 本文 본문 내용 td"
    ),
    "blocks": "blocks",
    "published": (
        "published publishedat publisheddate publishdate publishedon publishedutc datepublished "
        "datepublish publicationdate publicationdatetime publicationtime pubdate pubdatetime "
        "publishtime publishingdate webpublicationdate firstpublished firstpublicationdate "
        "dateofpublication dateissued issuedate articledate printdate date datetime dateutc day "
        "timestamp time created createdat createdutc createdate posted postedat "
        "datum erscheinungsdatum veroffentlicht veroffentlichtam datedepublication "
        "datepublication fecha fechapublicacion fechadepublicacion data datapubblicazione "
        "datapublicacao datadepublicacao dato paivamaara tarih дата датапубликации "
        "تاريخ التاريخ 日期 发布日期 出版日期 日付 掲載日 날짜 seendate publicationyear year jahr "
        "annee ano pd"
    ),
    "modified": (
        "modified modifiedat modifieddate datemodified datemodify lastmodified lastmod updated "
        "updatedat updateddate dateupdated lastupdated modifiedtime revised geandert "
        "aktualisiert modifiele datedemodification fechamodificacion"
    ),
    "byline": (
        "byline bylines author creator dccreator writer reporter journalist writtenby by "
        "autorenzeile verfasser signature auteur autor autore autorin redakteur forfatter "
        "tekija yazar автор الكاتب 作者 记者 著者 記者 기자 저자"
    ),
    "authors": "authors writers creators reporters autoren auteurs autores autori авторы",
    "agency": (
        "agency newsagency newswire wire wireservice agence agencia agenzia agentur агентство"
    ),
    "source": (
        "source sourcename newspaper newspapername publication publicationname "
        "publicationtitle publisher outlet outletname medianame media medium mediaoutlet journal "
        "journalname paper magazine periodical sitename website provider feedtitle ispartof "
        "containertitle quelle zeitung journaltitle titrejournal periodico diario fuente medio "
        "giornale testata fonte jornal krant bron tidning gazete источник издание газета "
        "المصدر الصحيفة 来源 媒体 报纸 新聞 新聞社 媒体名 언론사 매체 sn"
    ),
    "source_domain": "sourcedomain domain domainname host hostname site netloc sourceurl mediaurl",
    "section": (
        "section sectionname articlesection newsdesk desk category categories categoryname "
        "rubric ressort sparte rubrique seccion sezione secao sectie рубрика раздел القسم "
        "版面 栏目 面名 섹션 kategorie se"
    ),
    "page": (
        "page pages pagenumber printpage pagestart pageno seite seiten pagina paginas "
        "страница الصفحة 版次 页码 ページ 면 pg"
    ),
    "edition": (
        "edition editionname printedition ausgabe edicion edizione edicao editie выпуск الطبعة 版 "
        "ed"
    ),
    "language": (
        "language lang languagecode inlanguage sprache langue idioma lingua taal язык اللغة "
        "语言 言語 언어 la"
    ),
    "url": (
        "url uri link links href weburl articleurl canonicalurl canonical permalink permanenturl "
        "shorturl webpage pageurl address adresse lien enlace ссылка رابط 链接 网址 リンク 링크"
    ),
    "external_id": (
        "externalid articleid documentid docid storyid storiesid newsid itemid recordid uuid guid "
        "accessionnumber accessionno identifier id key nummer artikelid idarticle ид 文章编号 an"
    ),
    "rights": (
        "rights copyright copyrightnotice license licence usageterms droits derechos diritti cy"
    ),
    "dateline": "dateline datelineplace filedfrom placeline ortsmarke",
    "captions": (
        "captions caption imagecaption photocaption imagecaptions figurecaptions graphic "
        "bildunterschrift legende leyenda didascalia"
    ),
}
FIELDS = tuple(NAMES)

_RANKED = {
    name: (field, rank)
    for field, names in NAMES.items()
    for rank, name in reversed(list(enumerate(names.split())))
}
_LONGEST_NAME = 200
_SPLIT = re.compile(r"[.\[\]/:@#$]+")
_JUNK = re.compile(r"[\W_]+")
# Parts of a dotted path that say nothing: {"fields": {"headline": …}}, {"title": {"rendered": …}}.
_INNER = frozenset(
    [
        "main",
        "rendered",
        "original",
        "value",
        "text",
        "name",
        "cdata",
        "t",
        "oid",
        "date",
        "default",
        "plain",
    ]
)
_OUTER = frozenset(
    [
        "fields",
        "data",
        "article",
        "item",
        "attributes",
        "_source",
        "response",
        "doc",
        "document",
        "record",
        "meta",
        "metadata",
        "properties",
        "node",
    ]
)


def squeeze(name: str) -> str:
    """Return a column's name without case, accents, spaces and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", _JUNK.sub("", bare))


_SQUEEZED = {squeeze(name): place for name, place in _RANKED.items()}


def field_for(column: str) -> tuple[str, int] | None:
    """Return ``(field, rank)`` for a column's name or dotted path, ``None`` if it means nothing.

    A lower rank is a surer name.
    """
    return _field_for(column) if len(column) <= _LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _field_for(column: str) -> tuple[str, int] | None:
    whole = _SQUEEZED.get(squeeze(column))
    if whole is not None:
        return whole
    parts = [part for part in _SPLIT.split(column.lower()) if squeeze(part)]
    while len(parts) > 1 and squeeze(parts[-1]) in _INNER:
        parts.pop()
    while len(parts) > 1 and parts[0] in _OUTER:
        parts.pop(0)
    found = _SQUEEZED.get(squeeze("".join(parts)))
    return (found[0], found[1] + 100) if found else None
