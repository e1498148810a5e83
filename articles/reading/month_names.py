"""Names of months, days and time zones as newspapers print them, in many languages."""

# Twelve entries a row; forms of one month are parted by "|", all in lower case.
_ROWS: tuple[tuple[str, str], ...] = (
    (
        "en",
        ("january|jan february|feb|febr march|mar april|apr may june|jun july|jul august|aug "
        "september|sep|sept october|oct november|nov december|dec"),
    ),
    (
        "de",
        ("januar|jänner|jän februar|feber märz|maerz|mär|mrz april mai juni juli august september "
        "oktober|okt november dezember|dez"),
    ),
    (
        "fr",
        ("janvier|janv février|fevrier|févr|fév|fevr mars avril|avr mai juin|jui juillet|juil "
        "août|aout septembre octobre novembre décembre|decembre|déc"),
    ),
    (
        "es",
        ("enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set "
        "octubre noviembre diciembre|dic"),
    ),
    (
        "it",
        ("gennaio|genn|gen febbraio|febb marzo aprile maggio|mag|magg giugno|giu luglio|lug|lugl "
        "agosto settembre|sett ottobre|ott novembre dicembre"),
    ),
    (
        "pt",
        ("janeiro fevereiro|fev março|marco abril maio|mai junho julho agosto setembro outubro|out "
        "novembro dezembro"),
    ),
    (
        "nl",
        ("januari februari maart|mrt april mei juni juli augustus september oktober november "
        "december"),
    ),
    (
        "sv",
        "januari februari mars april maj juni juli augusti september oktober november december",
    ),
    (
        "da",
        "januar februar marts april maj juni juli august september oktober november december|des",
    ),
    ("no", "januar februar mars april mai juni juli august september oktober november desember"),
    (
        "fi",
        ("tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu "
        "toukokuuta|toukokuu kesäkuuta|kesäkuu "
        "heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu "
        "lokakuuta|lokakuu marraskuuta|marraskuu joulukuuta|joulukuu"),
    ),
    (
        "ru",
        ("января|январь|янв февраля|февраль|февр|фев марта|март|мар апреля|апрель|апр мая|май "
        "июня|июнь|июн июля|июль|июл августа|август|авг сентября|сентябрь|сент|сен "
        "октября|октябрь|окт ноября|ноябрь|нояб|ноя декабря|декабрь|дек"),
    ),
    (
        "uk",
        ("січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень "
        "липня|липень серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад "
        "грудня|грудень"),
    ),
    (
        "pl",
        ("stycznia|styczeń|sty lutego|luty|lut marca|marzec kwietnia|kwiecień|kwi maja|maj "
        "czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz "
        "października|październik|paź listopada|listopad|lis grudnia|grudzień|gru"),
    ),
    (
        "cs",
        ("ledna|leden února|únor března|březen dubna|duben května|květen června|červen "
        "července|červenec srpna|srpen září října|říjen listopadu prosince|prosinec"),
    ),
    (
        "tr",
        ("ocak|oca şubat|subat|şub mart nisan|nis mayıs|mayis haziran|haz "
        "temmuz|tem ağustos|agustos|ağu "
        "eylül|eylul|eyl ekim|eki kasım|kasim|kas aralık|aralik|ara"),
    ),
    (
        "id",
        "januari februari maret april mei juni juli agustus september oktober november desember",
    ),
    (
        "ro",
        ("ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
        "decembrie"),
    ),
    (
        "hu",
        ("január február március április május június július augusztus szeptember október november "
        "december"),
    ),
    (
        "el",
        ("ιανουαρίου|ιανουάριος φεβρουαρίου|φεβρουάριος μαρτίου|μάρτιος απριλίου|απρίλιος "
        "μαΐου|μάιος ιουνίου|ιούνιος ιουλίου|ιούλιος αυγούστου|αύγουστος σεπτεμβρίου|σεπτέμβριος "
        "οκτωβρίου|οκτώβριος νοεμβρίου|νοέμβριος δεκεμβρίου|δεκέμβριος"),
    ),
    # Both traditions of the Arab world, and the Maghreb's spellings of the French one.
    (
        "ar",
        ("يناير|جانفي|ينایر فبراير|فيفري|شباط مارس|آذار|اذار أبريل|ابريل|إبريل|أفريل|نيسان "
        "مايو|ماي|أيار|ايار يونيو|يونيه|جوان|حزيران يوليو|يوليه|جويلية|تموز "
        "أغسطس|اغسطس|أوت|غشت|آب سبتمبر|شتنبر|أيلول|ايلول أكتوبر|اكتوبر "
        "نوفمبر|نونبر ديسمبر|دجنبر"),
    ),
    # The Levant's two-word months; "_" stands for the space.
    ("ar", ("كانون_الثاني|كانون_ثاني - - - - - - - - تشرين_الأول|تشرين_الاول|تشرين_أول "
     "تشرين_الثاني|تشرين_ثاني كانون_الأول|كانون_الاول|كانون_أول")),
)  # fmt: skip


def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for _, row in _ROWS:
        for number, forms in enumerate(row.split(), start=1):
            for form in forms.split("|"):
                if form != "-":
                    table.setdefault(form.replace("_", " "), number)
    return table


MONTHS: dict[str, int] = _months()
"""Month number by lower-case name or abbreviation, without a full stop."""

# Minutes east of UTC. Only those that mean one thing to a newspaper's reader.
ZONES: dict[str, int] = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "ut": 0,
    "bst": 60, "cet": 60, "west": 60, "mez": 60, "wat": 60,
    "cest": 120, "eet": 120, "mesz": 120, "sast": 120, "cat": 120,
    "eest": 180, "msk": 180, "мск": 180, "eat": 180, "trt": 180, "ast": -240,
    "gst": 240, "pkt": 300, "ist": 330, "npt": 345, "wib": 420, "wita": 480, "ict": 420,
    "hkt": 480, "sgt": 480, "myt": 480, "awst": 480,
    "jst": 540, "kst": 540, "wit": 540, "acst": 570, "acdt": 630,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "adt": -180, "est": -300, "edt": -240, "cdt": -300, "cst": -360, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "nst": -210, "ndt": -150,
    "brt": -180, "art": -180,
}  # fmt: skip
