"""Words of bylines in many languages: what opens one, what a role is, what is nobody's name."""
# ruff: noqa: E501 - a table of facts, easier to keep in long lines

from articles.reading.wordlist import word_set

# What opens a byline, whatever its case. Longer ones are tried first.
OPENERS: tuple[str, ...] = (
    "by", "story by", "written by", "words by", "words", "article by", "author", "authors", "byline",
    "by staff writer", "posted by", "published by", "from", "report by", "opinion by",
    "par", "de notre correspondant", "de notre correspondante", "de notre envoyé spécial",
    "de notre envoyée spéciale", "notre correspondant", "notre correspondante", "auteur", "texte",
    "propos recueillis par", "recueilli par", "publié par", "écrit par",
    "von", "text", "ein bericht von", "eine analyse von", "ein kommentar von", "ein gastbeitrag von",
    "ein interview von", "eine reportage von", "autor", "autorin", "autoren",
    "por", "de nuestro corresponsal", "de nuestra corresponsal", "de nuestro enviado especial",
    "de nuestra enviada especial", "texto", "escrito por", "redacción de", "autora", "autores",
    "a cura di", "dal nostro inviato", "dalla nostra inviata", "dal nostro corrispondente",
    "dalla nostra corrispondente", "autore", "testo", "da",
    "do correspondente", "da correspondente", "do enviado especial", "da enviada especial",
    "reportagem de", "texto de",
    "door", "van onze verslaggever", "van onze correspondent", "tekst", "auteurs",
    "av", "af", "tekst av", "text av", "teksti", "skriven av", "skrevet av",
    "автор", "авторы", "текст", "корреспондент", "автори", "аўтар",
    "yazan", "haber", "yazar", "muhabir", "haberi yazan",
    "autor tekstu", "opracowanie", "oprac.", "oprac", "napsal", "napsala", "autoři",
    "oleh", "penulis", "bởi", "tác giả", "szerző", "írta", "autorius", "de la corespondentul",
    "του", "της", "γράφει ο", "γράφει η", "γράφουν", "κείμενο",
    "بقلم", "كتب", "كتبت", "إعداد", "اعداد", "تقرير", "كتبه", "المصدر", "الكاتب", "المؤلف", "حوار",
    "נכתב על ידי", "מאת", "作者", "文", "记者", "撰文", "文／", "执笔", "글",
)  # fmt: skip

# What opens a byline and says what part its people had. The value is the role we keep.
ROLE_OPENERS: dict[str, str] = {
    "reporting by": "reporting", "reporting": "reporting", "reported by": "reporting",
    "additional reporting by": "additional reporting", "additional reporting": "additional reporting",
    "with additional reporting by": "additional reporting", "further reporting by": "additional reporting",
    "with reporting by": "reporting", "with reporting from": "reporting", "with files from": "files",
    "with contributions from": "contribution", "contributions by": "contribution",
    "contributions from": "contribution", "with contributions by": "contribution",
    "contributing": "contribution", "contribution by": "contribution",
    "writing by": "writing", "written and reported by": "writing", "compiled by": "compiling",
    "editing by": "editing", "edited by": "editing", "editing": "editing",
    "translated by": "translation", "translation by": "translation", "translation": "translation",
    "production by": "production", "research by": "research", "interview by": "interview",
    "interviewed by": "interview", "photograph": "photograph", "photographs": "photograph",
    "photographs by": "photograph", "photograph by": "photograph", "photo": "photograph",
    "photos": "photograph", "photo by": "photograph", "photos by": "photograph",
    "photography": "photograph", "photography by": "photograph", "pictures by": "photograph",
    "picture": "photograph", "pictures": "photograph", "video by": "video", "video": "video",
    "graphics by": "graphics", "graphic by": "graphics", "illustration by": "illustration",
    "illustrations by": "illustration", "illustration": "illustration",
    "avec": "contribution", "photographie": "photograph", "photographies": "photograph",
    "traduit par": "translation", "traduction": "translation",
    "foto": "photograph", "fotos": "photograph", "fotografie": "photograph", "foto di": "photograph",
    "bild": "photograph", "bilder": "photograph", "fotograf": "photograph", "mitarbeit": "contribution",
    "unter mitarbeit von": "contribution", "übersetzung": "translation", "übersetzt von": "translation",
    "fotografía": "photograph", "fotografías": "photograph", "fotografia": "photograph",
    "edición": "editing", "edição": "editing", "edición de": "editing", "edição de": "editing",
    "con información de": "files", "com informações de": "files", "traducción": "translation",
    "фото": "photograph", "редактор": "editing", "fotoğraf": "photograph",
    "تحرير": "editing", "إعداد وتحرير": "editing", "تصوير": "photograph", "ترجمة": "translation",
    "zdjęcia": "photograph", "foto av": "photograph", "foto door": "photograph",
}  # fmt: skip

# A piece that holds one of these words is a role, or an impersonal byline, never a name.
ROLE_WORDS: frozenset[str] = word_set("""
    staff writer writers reporter reporters correspondent correspondents editor editors editorial
    journalist columnist critic producer photographer bureau chief agency agencies wire wires
    contributor contributors contributing team desk newsroom admin administrator author authors
    guest special intern fellow analyst commentator newspaper online digital web webdesk
    columnists senior deputy managing associate assistant executive freelance business political
    diplomatic medical science sports sport technology tech politics environment economics health
    court courts crime education world foreign national international news media affairs
    reports services service press office email user anonymous unknown none null nan
    professor lecturer director president ceo founder researcher phd
    correspondant correspondante correspondants envoyé envoyée spécial spéciale rédaction rédacteur
    rédactrice redaction journaliste journalistes agences agence chroniqueur chroniqueuse chef
    redaktion redakteur redakteurin korrespondent korrespondentin agenturen agentur reporterin
    autorenteam nachrichtenagentur mitarbeiter onlineredaktion newsdesk ressort
    redacción redactor redactora corresponsal corresponsales enviado enviada agencias agencia
    periodista periodistas especial equipo redazione redattore corrispondente inviato inviata
    giornalista agenzie agenzia redação correspondente jornalista repórter agências agência equipe
    verslaggever redactie redacteur onze correspondenten persbureau
    redaksjonen redaktionen reporterer journalisten toimitus toimittaja redakce redakcja
    корреспондент корреспондента редакция редактор журналист агентство спецкор обозреватель
    muhabir muhabiri editör editörü servisi ajans ajansı ajanslar masası haber merkezi
    وكالات وكالة مراسل مراسلة مراسلنا مراسلتنا محرر التحرير هيئة تحرير المحرر متابعات خاص
    الوكالات صحافي صحفي صحافية صحفية كاتب
    编辑 记者 編集 編集部 編集委員 本報 本报 综合 綜合 報道 报道
    """)

# Of these, the ones that headings use as well: alone they make no line a byline.
WEAK_ROLES: frozenset[str] = word_set("""
    press media web news world court courts sport sports chief service services national
    international foreign business health science crime education medical political politics
    director president ceo founder professor lecturer researcher author special team culture
    environment economics tech technology digital online guest fellow user affairs
    """)

JOINERS: tuple[str, ...] = (
    "and", "with", "et", "avec", "und", "mit", "y", "e", "ed", "con", "com", "en", "och", "og", "ja",
    "i", "oraz", "a", "и", "та", "й", "ve", "ile", "dan", "și", "și", "és", "και", "và",
)  # fmt: skip

# "in Almaty", "à Paris", "aus Berlin": a place after the names. Lower case only.
PLACE_WORDS: tuple[str, ...] = (
    "in", "at", "from", "à", "au", "aux", "en", "aus", "desde", "da", "a", "de", "em", "i", "w", "в",
    "из", "u", "v", "på", "في", "من",
)  # fmt: skip

PARTICLES: frozenset[str] = word_set("""
    de del della dello delle dei di da do dos das du des la le les los las lo el al ul bin ibn bint
    binti bte ben abu abd van von der den dem zu zum zur ter ten te het op 't af av y e i ve och
    san santa st st. ap mac mc o d' l' ould wa ur und degli dalla vom
    """)
