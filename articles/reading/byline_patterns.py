"""The shapes of bylines: patterns that cut them into segments, pieces, places and roles."""
# ruff: noqa: E501 - patterns are easier to compare in long lines

import re

from articles.reading.byline_words import JOINERS, OPENERS, ROLE_OPENERS
from articles.reading.wordlist import word_set

NOISE = re.compile(
    r"<[^<>]*>|https?://\S+|\bwww\.\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|(?<!\w)@\w+|\(?\[?email[^)\]]*protected[)\]]?",
    re.IGNORECASE,
)
SIGNS_OF_NOISE = ("@", "<", "http", "www.", "rotected")
SEGMENT = re.compile(
    r"\s*(?:[;|•·●⎸\n]|\s[/\-–—]\s|\s//\s|,?\s(?=(?:additional\s|further\s)?(?:reporting|editing|writing)\sby\b)"
    r"|,\s(?=with\s(?:files|reporting|additional|contributions)\b))\s*",
    re.IGNORECASE,
)
JOINER = re.compile(
    r"\s*(?:[,،、]\s*(?:(?:and|et|und|y|e|och|og|ve|и)\s+)?|\s(?:"
    + "|".join(JOINERS)
    + r")\s|\s?&\s?|\s\+\s|\sو\s?(?=[\u0621-\u064a]{2}))\s*"
)
UPPER_JOINER = re.compile(r"\s+(?:AND|WITH|ET|AVEC|UND|MIT|Y|CON|E|COM|EN|OCH|OG|VE|И|\+|&)\s+")


def _phrase(words: tuple[str, ...] | dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        r"(?:"
        + "|".join(re.escape(word) for word in longest_first)
        + r")(?![\w'’\-])\.?\s*[:：/]?\s*",
        re.IGNORECASE,
    )


OPENER = _phrase(OPENERS)
ROLE_OPENER = _phrase(ROLE_OPENERS)
# "Di Luca Bianchi", "de Ana Ruiz": prepositions that are particles of names too.
PREPOSITION = re.compile(r"(?:di|de|Di)\s+(?=[^\W\d_a-z]\S*\s+\S)")
UNNAMED = word_set("""
    staff agency agencies wire wires wiredesk reports report services news from and our other the
    agences agencias agenzie agenturen agências agencie press وكالات الوكالات
    """)
# What follows the names on one line, and is no part of the byline.
AFTERMATH = re.compile(
    r"\s+(?:(?:also\s+)?contributed\s+(?:to|reporting)\b|(?:last\s+)?(?:published|updated|posted|modified)\b[\s:]|"
    r"\d{1,2}[:.]\d{2}\b|\d{1,2}\s+\w+\s+\d{4}\b).*$",
    re.IGNORECASE,
)
AGENCY_WRITER = re.compile(
    r"(?P<whose>[^\W\d_a-z][\w. ]{1,40}?)\s+(?i:writers?|reporters?|correspondents?)\s+(?=[^\W\d_a-z]\S+\s+\S)"
)
FIRST_WORD = re.compile(r"[^\s:：.,]+|$")
OPENING_WORDS = frozenset(
    opener.split()[0].strip("/／.").casefold()
    for opener in (
        *OPENERS,
        *ROLE_OPENERS,
        "di",
        "notre",
        "nos",
        "nuestro",
        "nuestra",
        "dal",
        "dalla",
    )
) | {"do", "von", "unser", "van", "our", "de"}
UNNAMED_OPENER = re.compile(
    r"(?:(?:par|de|de la part de)\s+)?(?:notre|nos|nuestr[oa]s?|de\s+nuestr[oa]s?|dal(?:la)?\s+nostr[oa]|"
    r"d[oa]\s+noss[oa]|von\s+unser\w+|unser\w*|van\s+onze|our|de\s+notre)\s+"
    r"(?:own\s+)?(?:correspondante?|corresponsal|enviad[oa](?:\s+especial)?|envoyée?(?:\s+spéciale?)?|"
    r"corrispondente|inviat[oa]|correspondente|korrespondent(?:in)?|correspondent|verslaggever|"
    r"reporter(?:in)?|staff|special\s+correspondent)\s*",
    re.IGNORECASE,
)
# "in Almaty": after most prepositions a capital is enough; after those that are particles of names
# too, the place must be one that we know.
PLACE = re.compile(
    r"\s+(?:(?P<sure>in|from|à|aus|desde|reporting from|reports from|в|из)|(?P<unsure>da|de|em|en|w|في|من))"
    r"\s+(?P<place>[^\W\d_a-z][^\d;|]*)$"
)
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
FOR_WHOM = re.compile(
    r"\s+(?:[Ff]or|FOR|pour|für|para|per|voor|exclusive(?:ly)? for|special to)\s+(?:the\s+)?[^\W\d_a-z].*$"
)


STRONG_OPENER = re.compile(
    r"(?:by|story by|reporting by|additional reporting by|editing by|writing by|written by|byline|authors?|"
    r"par|von|por|a cura di|door|av|af|автор|текст|oleh|بقلم|كتب|كتبت|إعداد|autor[a-z]*|"
    r"di|text|texte?|texto|words|written by|compiled by|yazan|haber|作者|记者)(?:\s*[:：]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
IMPERSONAL = re.compile(
    r"(?:(?:by|from|par|von|por|de|di|da)\s+)?(?:the\s+)?(?:(?:our\s+|notre\s+|nuestr[oa]\s+)?(?:own\s+|foreign\s+)?"
    r"(?:staff|agenc(?:y|ies)|wire|wires|correspondents?|reporters?|writers?|news ?desk|"
    r"news ?room|rédaction|redacción|redazione|redaktion|redação|agences|agencias|agenzie|agenturen|"
    r"agências|correspondante?s?|corresponsal|وكالات|الوكالات|редакция)"
    r"(?:\s*(?:,|and|et|y|e|und|&|/|with|-)\s*|\s+)?){1,4}(?:reports?|dispatches|services?|copy)?\.?",
    re.IGNORECASE,
)


OUR_STAFF = re.compile(
    r"(?:By\s+)?(?:[^\W\d_a-z][\w’'&.]*\s+){1,4}(?i:staff|reporters?|correspondents?|agencies|staff (?:writers?|reporters?))"
    r"(?:\s+and\s+agencies)?"
)
