import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import junk

LINES = [
    ("Share on Facebook", "sharing"),
    ("Tweet", "sharing"),
    ("Click to share on X (Opens in new window)", "sharing"),
    ("Facebook Twitter WhatsApp Email", "sharing"),
    ("Follow us on Twitter", "sharing"),
    ("Partager Imprimer Commenter (12)", "sharing"),
    ("Drucken   Merken   Teilen", "sharing"),
    ("RELATED", "promotion"),
    ("Catch all the latest news on The Harbour Post app", "promotion"),
    ("Follow the Harbour Post’s coverage of shipping at harbour.example/ships", "promotion"),
    ("Normal text size | Larger text size", "navigation"),
    ("This story was found at: harbour.example/1", "navigation"),
    ("Partager sur Facebook", "sharing"),
    ("Compartir", "sharing"),
    ("Teilen", "sharing"),
    ("Поделиться", "sharing"),
    ("Sign up for our newsletter", "promotion"),
    ("Read more: Harbour to open", "promotion"),
    ("READ MORE", "promotion"),
    ("Also read: Harbour to open", "promotion"),
    ("Related stories", "promotion"),
    ("Lire aussi : Le port rouvre", "promotion"),
    ("Lea también: El puerto abre", "promotion"),
    ("Lesen Sie auch: Hafen wieder offen", "promotion"),
    ("Leggi anche: Il porto riapre", "promotion"),
    ("Читайте также: Порт открыт", "promotion"),
    ("اقرأ أيضا: فتح الميناء", "promotion"),
    ("Comments (12)", "comments"),
    ("Leave a comment", "comments"),
    ("Commentaires", "comments"),
    ("Advertisement", "advertisement"),
    ("ADVERTISEMENT", "advertisement"),
    ("Story continues below advertisement", "advertisement"),
    ("Publicité", "advertisement"),
    ("إعلان", "advertisement"),
    ("Accept all cookies", "cookie notice"),
    ("We use cookies to improve your visit.", "cookie notice"),
    ("Home", "navigation"),
    ("Home | World | Asia", "navigation"),
    ("Skip to main content", "navigation"),
    ("Back to top", "navigation"),
    ("5 min read", "navigation"),
    ("الرئيسية", "navigation"),
    ("* * *", "ornament"),
]


@pytest.mark.parametrize(("line", "why"), LINES)
def test_a_line_around_the_article_has_a_reason(line: str, why: str) -> None:
    assert junk.reason(line) == why


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Share prices fell on Monday after the bank spoke.",
        "Share prices fall as harbour closes",
        "Home secretary resigns over harbour",
        "Follow the money: the reporting of a generation",
        "Save the harbour",
        "Related to the royal family",
        "News of the closure spread quickly.",
        "NO COMPROMISE IN SIGHT",
        "He wants to share.",
        "The company shared more.",
        "More than 2,000 people left the town.",
        "Most people read the notice.",
        "Comments by the mayor were not welcome.",
        "Related companies were closed too.",
        "Top officials met in Lisbon",
        "Print workers went on strike",
        "“Share on Facebook”",
        "Facebook said it would close the harbour page.",
        "Close to the harbour, a man was seen",
        "Next week the harbour opens",
        "Follow the money",
        "The harbour (photo) is closed",
        "Support for the mayor fell",
        "Related: the harbour. It was closed again when the mayor of the town spoke.",
    ],
)
def test_a_line_of_the_article_has_none(line: str) -> None:
    assert junk.reason(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "© 2025 MERIDIAN PUBLISHING COMPANY, All Rights Reserved And subject to Terms of Use.",
        "Copyright 2019 Meridian Wire. All rights reserved.",
        "(c) 2019 Meridian",
        "All rights reserved.",
        "Tous droits réservés 2019",
        "Alle Rechte vorbehalten",
        "Todos los derechos reservados",
        "Все права защищены",
        "جميع الحقوق محفوظة",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "The Meridian Courier © 2019",
    ],
)
def test_a_rights_line_is_known(line: str) -> None:
    assert junk.is_rights_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Copyright law was changed in 2019.",
        "The seats were reserved.",
        "“All rights reserved,” he read aloud.",
        "Rights groups protested in 2019.",
    ],
)
def test_another_line_is_no_rights_line(line: str) -> None:
    assert not junk.is_rights_line(line)


@pytest.mark.parametrize(
    ("text", "rest", "mark"),
    [
        ("It stayed closed.    [FULL  STORY]", "It stayed closed.", "[FULL  STORY]"),
        ("It stayed closed. [Read more]", "It stayed closed.", "[Read more]"),
        ("It stayed Continue reading…", "It stayed", "Continue reading…"),
        ("It stayed clo… [+1234 chars]", "It stayed clo…", "[+1234 chars]"),
        ("It stayed (…)", "It stayed", "(…)"),
        ("It stayed [...]", "It stayed", "[...]"),
        ("Il reste fermé. Lire la suite…", "Il reste fermé.", "Lire la suite…"),
        ("بقي مغلقا. [اقرأ المزيد]", "بقي مغلقا.", "[اقرأ المزيد]"),
        ("[FULL STORY]", "", "[FULL STORY]"),
        ("Continue reading", "", "Continue reading"),
    ],
)
def test_a_mark_of_a_cut_text_is_split_off(text: str, rest: str, mark: str) -> None:
    assert junk.truncation_mark(text) == (rest, mark)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It stayed closed.",
        "He said (…) and left.",
        "They went on reading.",
        "He could not read more",
    ],
)
def test_a_whole_text_has_no_mark(text: str) -> None:
    assert junk.truncation_mark(text) is None


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    why = junk.reason(text)
    junk.is_rights_line(text)
    cut = junk.truncation_mark(text)

    assert why is None or junk.reason(text.strip()) == why
    if cut is not None:
        assert text.startswith(cut[0])
        assert cut[1] in text


@given(st.text(alphabet=st.characters(), max_size=150))
def test_a_mark_is_split_off_whatever_stands_before(text: str) -> None:
    cut = junk.truncation_mark(f"{text} [FULL STORY]")

    assert cut == (text.rstrip(), "[FULL STORY]")


@pytest.mark.parametrize(
    "text", ["(" * 5000, "[" * 5000, "… " * 2500, "share " * 26, " " * 5000, "home | é" * 20]
)
def test_hostile_repetition_ends(text: str) -> None:
    junk.reason(text[:160])
    junk.is_rights_line(text[:400])

    assert junk.truncation_mark(text) is None or text.startswith("…")
