# ruff: noqa: E501 - one sentence a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import languages

TEXTS = {
    "en": "The harbour has been closed since the morning, and the mayor said that it will not open.",
    "de": "Der Hafen ist seit dem Morgen geschlossen, und der Bürgermeister sagte, dass er zu bleibt.",
    "fr": "Le port est fermé depuis le matin et le maire a dit qu'il ne sera pas ouvert avant lundi.",
    "es": "El puerto está cerrado desde la mañana y el alcalde dijo que no se abrirá hasta el lunes.",
    "it": "Il porto è chiuso da questa mattina e il sindaco ha detto che non sarà aperto fino a lunedì.",
    "pt": "O porto está fechado desde a manhã e o prefeito disse que não será aberto até segunda.",
    "nl": "De haven is sinds de ochtend gesloten en de burgemeester zei dat het niet anders kan.",
    "sv": "Hamnen har varit stängd sedan i morse och borgmästaren säger att den inte ska öppnas.",
    "fi": "Satama on ollut suljettuna aamusta lähtien, ja pormestari sanoi, että se ei avaudu vielä.",
    "pl": "Port jest zamknięty od rana, a burmistrz powiedział, że nie będzie otwarty do poniedziałku.",
    "cs": "Přístav je od rána uzavřen a starosta řekl, že se do pondělí neotevře, protože je to nutné.",
    "hu": "A kikötő reggel óta zárva van, és a polgármester azt mondta, hogy nem nyit ki hétfőig.",
    "tr": "Liman sabahtan beri kapalı ve belediye başkanı pazartesi gününe kadar açılmayacak dedi.",
    "id": "Pelabuhan ini ditutup sejak pagi dan wali kota mengatakan bahwa itu tidak akan dibuka.",
    "ru": "Порт закрыт с самого утра, и мэр сказал, что его не откроют до понедельника, это решено.",
    "uk": "Порт зачинено з самого ранку, і мер сказав, що його не відкриють до понеділка, це вирішено.",
    "el": "Το λιμάνι είναι κλειστό από το πρωί και ο δήμαρχος είπε ότι δεν θα ανοίξει.",
    "ar": "أُغلق الميناء منذ الصباح وقال رئيس البلدية إنه لن يُفتح قبل يوم الاثنين المقبل.",
    "fa": "بندر از صبح بسته شده است و شهردار گفت که تا روز دوشنبه باز نخواهد شد.",
    "ur": "بندرگاہ صبح سے بند ہے اور میئر نے کہا کہ یہ پیر تک نہیں کھلے گی۔",
    "he": "הנמל סגור מאז הבוקר וראש העיר אמר שהוא לא ייפתח עד יום שני.",
    "zh": "港口从早上开始关闭，市长说星期一之前不会开放。",
    "ja": "港は朝から閉鎖されており、市長は月曜日まで開かないと述べた。",
    "ko": "항구는 아침부터 폐쇄되었으며 시장은 월요일까지 열리지 않을 것이라고 말했다.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_gives_its_language(code: str) -> None:
    assert languages.detect(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Hi", "12345 67890 2019", "Paris Berlin", "…" * 50, "\x00\ud800"]
)
def test_too_little_text_gives_no_language(text: str) -> None:
    assert languages.detect(text) is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("zh-Hans-CN", "zh"),
        ("eng", "en"),
        ("ger", "de"),
        ("English", "en"),
        ("ENGLISH; French", "en"),
        ("Français", "fr"),
        ("العربية", "ar"),
        ("iw", "he"),
        ("", None),
        ("not a tag", None),
        ("klingon", None),
        ("\ud800", None),
    ],
)
def test_a_tag_or_name_gives_a_code(tag: str, code: str | None) -> None:
    assert languages.normalise_tag(tag) == code


@pytest.mark.parametrize(
    ("code", "way"),
    [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("en", "ltr"), (None, "ltr"), ("", "ltr")],
)
def test_a_language_runs_its_way(code: str | None, way: str) -> None:
    assert languages.direction(code) == way


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    code = languages.detect(text)
    tag = languages.normalise_tag(text)

    assert code is None or languages.normalise_tag(code) == code
    assert tag is None or languages.normalise_tag(tag) == tag
