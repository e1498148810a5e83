import pytest

from articles.related.matching.respelling import is_respelling, standard
from articles.related.matching.spellings import KNOWN


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("publicising", "publicizing"),
        ("publicised", "publicized"),
        ("organisation", "organization"),
        ("organisations", "organizations"),
        ("criticises", "criticizes"),
        ("recognisable", "recognizable"),
        ("amortise", "amortize"),
        ("analysed", "analyzed"),
        ("neighbouring", "neighboring"),
        ("neighbourhoods", "neighborhoods"),
        ("labour's", "labor's"),
        ("favourite", "favorite"),
        ("discoloured", "discolored"),
        ("behaviour", "behavior"),
        ("metre", "meter"),
        ("kilometres", "kilometers"),
        ("centre", "center"),
        ("centred", "centered"),
        ("theatre", "theater"),
        ("catalogue", "catalog"),
        ("catalogued", "cataloged"),
        ("dialogues", "dialogs"),
        ("defence", "defense"),
        ("licence", "license"),
        ("practise", "practice"),
        ("practised", "practiced"),
        ("travelled", "traveled"),
        ("unravelling", "unraveling"),
        ("councillors", "councilors"),
        ("marvellous", "marvelous"),
        ("fulfil", "fulfill"),
        ("enrolment", "enrollment"),
        ("skilfully", "skillfully"),
        ("anaesthetic", "anesthetic"),
        ("haemorrhage", "hemorrhage"),
        ("leukaemia", "leukemia"),
        ("paediatrician", "pediatrician"),
        ("foetus", "fetus"),
        ("manoeuvring", "maneuvering"),
        ("archaeologists", "archeologists"),
        ("programme", "program"),
        ("grey", "gray"),
        ("grey-haired", "gray-haired"),
        ("tyres", "tires"),
        ("kerb", "curb"),
        ("aluminium", "aluminum"),
        ("storeys", "stories"),
        ("jewellery", "jewelry"),
        ("ageing", "aging"),
        ("mould", "mold"),
        ("sceptical", "skeptical"),
        ("learnt", "learned"),
        ("co-operation", "cooperation"),
        ("re-elected", "reelected"),
        ("to-day", "today"),
        ("e-mail", "email"),
    ],
)
def test_knows_a_word_in_both_spellings(british: str, american: str) -> None:
    assert is_respelling(british, american)
    assert is_respelling(american, british)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prise", "prize"),
        ("wise", "wize"),
        ("four", "for"),
        ("tour", "tor"),
        ("our", "or"),
        ("hour", "hor"),
        ("pour", "por"),
        ("contour", "contor"),
        ("detour", "detor"),
        ("surprise", "surprize"),
        ("advise", "advize"),
        ("rise", "rize"),
        ("vise", "vize"),
        ("exercise", "exercize"),
        ("compromising", "compromizing"),
        ("unsurprisingly", "unsurprizingly"),
        ("clockwise", "clockwize"),
        ("noise", "noize"),
        ("raised", "raized"),
        ("guise", "guize"),
        ("acre", "acer"),
        ("ogre", "oger"),
        ("there", "theer"),
        ("rogue", "rog"),
        ("vogue", "vog"),
        ("league", "leag"),
        ("hence", "hense"),
        ("fence", "fense"),
        ("sentence", "sentense"),
        ("compelled", "compeled"),
        ("called", "caled"),
        ("filled", "filed"),
        ("tilled", "tiled"),
        ("controller", "controler"),
        ("michael", "michel"),
        ("israel", "isrel"),
        ("does", "des"),
        ("poem", "pem"),
        ("resign", "re-sign"),
        ("coop", "co-op's"),
        ("colour", "color-blind"),
    ],
)
def test_takes_no_other_words_for_one(one: str, other: str) -> None:
    assert not is_respelling(one, other)


def test_a_word_is_no_respelling_of_itself() -> None:
    assert not is_respelling("colour", "colour")


def test_what_is_kept_is_kept_again() -> None:
    assert [word for word in KNOWN.values() if standard(standard(word)) != standard(word)] == []


def test_no_word_of_the_table_leads_on_to_a_third() -> None:
    assert {other for other in KNOWN.values() if other in KNOWN} == set()


@pytest.mark.parametrize(
    "word", ["", "'", "'s", "-", "--", "1990s", "北京", "москва", "e-", "-ise"]
)
def test_leaves_odd_words_alone(word: str) -> None:
    assert standard(word) == word
