"""Words of header lines in the languages we know: labels, and what stands round a date."""

import re

# A label is folded to one case; a hyphen here is a space in print.
LABELS = {
    "headline": "headline title titel titre título titolo titulo заголовок 标题 標題 العنوان",
    "standfirst": "standfirst summary abstract subtitle subheadline chapô chapeau sommario"
    " entradilla subtítulo bajada zusammenfassung vorspann подзаголовок 摘要 ملخص",
    "published": "date published posted dated datum date-line fecha data дата 日期 日付 التاريخ"
    " publication-date published-on pub-date issue-date load-date datum-van-publicatie"
    " publié-le publié veröffentlicht erschienen erschienen-am publicado publicado-em pubblicato"
    " pubblicato-il опубликовано 发布时间 发布日期 公開日 تاريخ-النشر نشر-في date-de-publication"
    " fecha-de-publicación",
    "modified": "updated modified last-updated last-modified update mis-à-jour mise-à-jour"
    " aktualisiert actualizado atualizado aggiornato обновлено 更新 更新时间 آخر-تحديث",
    "byline": "by byline author authors reporter writer credit autor autorin autore autores auteur"
    " auteurs par por von di da автор авторы 作者 记者 記者 الكاتب بقلم كتب",
    "source": "source publication outlet newspaper publisher paper medium quelle zeitung fuente"
    " medio periódico journal fonte jornal giornale источник издание 来源"
    " 來源 出典 媒体 المصدر الصحيفة",
    "section": "section category rubrik ressort rubrique sección seção sezione рубрика раздел 栏目"
    " القسم",
    "page": "page pages seite página pagina страница 版",
    "edition": "edition ausgabe édition edición edição edizione выпуск",
    "url": "url link web-address weblink adresse permalink enlace lien ссылка 链接 الرابط",
    "topics": "topics tags keywords themes filed-under thèmes mots-clés sujets tag etiquetas temas"
    " palabras-clave schlagwörter schlagworte themen argomenti palavras-chave assuntos теги темы"
    " ключевые-слова الوسوم وسوم مواضيع الكلمات-المفتاحية 标签 关键词 タグ",
    "length": "length words word-count wörter länge longueur longitud",
}
# Where a breadcrumb begins.
_HOME = "home homepage start startseite accueil inicio início главная الرئيسية anasayfa 首页 ホーム"
HOME = frozenset(_HOME.split())
# Words that say that a date changed, as they begin in the languages we know; then those that say it
# was first printed. Anything else beside a date must be understood by itself.
CHANGED = re.compile(
    r"\b(?:(?:last )?(?:updat|modifi|amend|revis)|mise? à jour|actuali[sz]|aktuali|atualiz|aggiorn|"
    r"modificad|обновл|изменен)|更新|تحديث|تعديل",
    re.IGNORECASE,
)
_BESIDE_A_DATE = """
published posted first on at le the of il el am um à a alle às las date dated issued
updated last modified from de del em den vom kl uhr h hrs hours publié publiée mis mise
jour et heure heures veröffentlicht erschienen stand aktualisiert publicado publicada
actualizado actualizada pubblicato aggiornato ore atualizado опубликовано обновлено в г
года время gmt utc bst est edt pst pdt cet cest msk local time pm and 发布时间 发布于
发布 更新 时间 نشر في تاريخ الساعة آخر تحديث monday tuesday wednesday thursday friday
saturday sunday mon tue tues wed thu thur thurs fri sat sun lundi mardi mercredi jeudi
vendredi samedi dimanche lun mar mer jeu ven sam dim lunes martes miércoles jueves
viernes sábado domingo mié jue vie sáb dom montag dienstag mittwoch donnerstag freitag
samstag sonnabend sonntag mo di mi do fr sa so lunedì martedì mercoledì giovedì venerdì
sabato domenica gio segunda terça quarta quinta sexta feira seg ter qua qui sex maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag понедельник вторник среда четверг
пятница суббота воскресенье пн вт ср чт пт сб вс الاثنين الإثنين الثلاثاء الأربعاء
الاربعاء الخميس الجمعة السبت الأحد الاحد يوم 星期一 星期二 星期三 星期四 星期五 星期六
星期日 星期天 周一 周二 周三 周四 周五 周六 周日 月曜日 火曜日 水曜日 木曜日 金曜日
土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일
"""
DATE_WORDS = frozenset(_BESIDE_A_DATE.split())
_SECTIONS = (
    "world news nation national international local politics business economy money markets sport "
    "sports culture arts opinion comment editorial letters features life lifestyle style travel "
    "science technology tech health education environment weather obituaries corrections video "
    "clarifications analysis europe asia africa americas us uk france monde société économie "
    "politique tribune nécrologie rectificatifs mundo nacional internacional política economía "
    "sociedad cultura deportes opinión tecnología correcciones welt ausland inland politik "
    "wirtschaft kultur wissen meinung feuilleton panorama mondo esteri cronaca economia opinioni "
    "мир политика экономика общество культура спорт мнения العالم سياسة اقتصاد رياضة ثقافة رأي"
)
SECTIONS = frozenset(_SECTIONS.split())


def is_section(text: str) -> bool:
    """Whether a line as a whole names a paper's section: "World", "CORRECTIONS", "U.S."."""
    return text.casefold().replace(".", "").strip() in SECTIONS
