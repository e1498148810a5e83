import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsed import Caption
from articles.reading import captions

CREDITED = [
    ("Boats wait outside the harbour. Photograph: Dake Kang/AP", "Dake Kang/AP"),
    ("Boats wait outside the harbour. (AP Photo/Dake Kang)", "AP Photo/Dake Kang"),
    ("Boats wait outside the harbour. Photo by Jane Doe", "Jane Doe"),
    ("Boats wait outside the harbour. Photo: Jane Doe", "Jane Doe"),
    ("Boats wait outside the harbour. | Photo Credit: Jane Doe", "Jane Doe"),
    ("Boats wait outside the harbour. | Credit: Jane Doe", "Jane Doe"),
    ("Boats wait outside the harbour. Jane Doe/Getty Images", "Jane Doe/Getty Images"),
    ("Boats wait outside the harbour. / Getty Images", "Getty Images"),
    ("Boats wait outside the harbour. [Reuters]", "Reuters"),
    ("Boats wait outside the harbour. (Reuters)", "Reuters"),
    ("Boats wait outside the harbour. © AFP", "AFP"),
    ("Boats wait outside the harbour. Image source, Getty Images", "Getty Images"),
    ("Boote warten vor dem Hafen. Foto: Hans Müller/dpa", "Hans Müller/dpa"),
    ("Des bateaux attendent. Crédit photo : Jeanne Dupont", "Jeanne Dupont"),
    (
        "Des bateaux attendent. Crédit photo : J. Dupont/Le Phare du Port",
        "J. Dupont/Le Phare du Port",
    ),
    ("Unos barcos esperan. Foto: EFE/Ana Ruiz", "EFE/Ana Ruiz"),
    ("Корабли ждут у порта. Фото: Иван Петров / ТАСС", "Иван Петров / ТАСС"),
    ("سفن أمام الميناء. تصوير: أحمد خالد", "أحمد خالد"),
]


@pytest.mark.parametrize(("text", "credit"), CREDITED)
def test_a_credit_is_split_off_its_caption(text: str, credit: str) -> None:
    caption = captions.split_credit(text)

    assert caption.credit == credit
    assert text.startswith(caption.text)
    assert caption.text.endswith(".")
    assert captions.looks_like_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Boats wait outside the harbour.",
        "The harbour will stay closed, the mayor told Reuters.",
        "The harbour (above) was closed.",
        "He took a photograph of the harbour and left.",
        "The mayor gave one source: the harbour master, who said it was closed. So it was.",
        "Prices rose by 3 and/or 4 per cent.",
    ],
)
def test_a_text_without_a_credit_stays_whole(text: str) -> None:
    assert captions.split_credit(text) == Caption(text)
    assert not captions.looks_like_caption(text)


def test_a_credit_alone_has_no_text() -> None:
    assert captions.split_credit("Photograph: Dake Kang/AP") == Caption("", "Dake Kang/AP")


@pytest.mark.parametrize(
    "line",
    [
        "In this December image, relatives hold up photos",
        "FILE - In this Jan. 9, 2019 file photo, boats wait. (AP Photo/Jane Doe)",
        "File photo: boats outside the harbour",
        "Sur cette photo, des bateaux attendent",
    ],
)
def test_a_caption_is_known_by_its_opening(line: str) -> None:
    assert captions.looks_like_caption(line)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    caption = captions.split_credit(text)

    folded = " ".join(text.split())
    captions.looks_like_caption(text)
    assert folded.startswith(caption.text)
    assert caption.credit is None or caption.credit in folded


@pytest.mark.parametrize(
    "text", ["/" * 1400, "(" * 1400, "Photo: " * 200, "a. " * 450, "A/B " * 350]
)
def test_hostile_repetition_ends(text: str) -> None:
    assert captions.split_credit(text).text is not None
