"""The time zone of an outlet, where its country has but one: for times printed without one."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.formats.pages.page import split_url
from articles.reading import outlets

# Countries whose papers all keep one time. Others (US, AU, BR, CA, MX, ID, RU …) are left out.
_ZONES = {
    "at": "Europe/Vienna", "be": "Europe/Brussels", "bg": "Europe/Sofia", "ch": "Europe/Zurich",
    "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn",
    "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gb": "Europe/London", "gr": "Europe/Athens",
    "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin",
    "is": "Atlantic/Reykjavik",
    "it": "Europe/Rome", "li": "Europe/Vaduz", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg",
    "lv": "Europe/Riga", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "se": "Europe/Stockholm",
    "si": "Europe/Ljubljana", "sk": "Europe/Bratislava", "tr": "Europe/Istanbul",
    "ua": "Europe/Kyiv", "uk": "Europe/London",
    "bd": "Asia/Dhaka", "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong", "il": "Asia/Jerusalem",
    "in": "Asia/Kolkata", "ir": "Asia/Tehran", "jp": "Asia/Tokyo", "kr": "Asia/Seoul",
    "lb": "Asia/Beirut", "lk": "Asia/Colombo", "my": "Asia/Kuala_Lumpur", "np": "Asia/Kathmandu",
    "ph": "Asia/Manila", "pk": "Asia/Karachi", "qa": "Asia/Qatar", "sa": "Asia/Riyadh",
    "sg": "Asia/Singapore", "th": "Asia/Bangkok", "tw": "Asia/Taipei", "vn": "Asia/Ho_Chi_Minh",
    "ar": "America/Argentina/Buenos_Aires", "co": "America/Bogota", "pe": "America/Lima",
    "uy": "America/Montevideo", "ve": "America/Caracas", "py": "America/Asuncion",
    "ae": "Asia/Dubai", "af": "Asia/Kabul", "am": "Asia/Yerevan", "az": "Asia/Baku",
    "bh": "Asia/Bahrain", "ge": "Asia/Tbilisi", "iq": "Asia/Baghdad", "jo": "Asia/Amman",
    "kg": "Asia/Bishkek", "kh": "Asia/Phnom_Penh", "kw": "Asia/Kuwait", "mo": "Asia/Macau",
    "om": "Asia/Muscat", "ps": "Asia/Hebron", "sy": "Asia/Damascus", "uz": "Asia/Tashkent",
    "ye": "Asia/Aden", "al": "Europe/Tirane", "ba": "Europe/Sarajevo", "by": "Europe/Minsk",
    "cy": "Asia/Nicosia", "md": "Europe/Chisinau", "me": "Europe/Podgorica",
    "mk": "Europe/Skopje", "mt": "Europe/Malta", "bo": "America/La_Paz",
    "cr": "America/Costa_Rica", "cu": "America/Havana", "do": "America/Santo_Domingo",
    "gt": "America/Guatemala", "hn": "America/Tegucigalpa", "jm": "America/Jamaica",
    "ni": "America/Managua", "pa": "America/Panama", "sv": "America/El_Salvador",
    "tt": "America/Port_of_Spain", "bw": "Africa/Gaborone", "ci": "Africa/Abidjan",
    "cm": "Africa/Douala", "dz": "Africa/Algiers", "et": "Africa/Addis_Ababa",
    "ly": "Africa/Tripoli", "mu": "Indian/Mauritius", "mw": "Africa/Blantyre",
    "mz": "Africa/Maputo", "rw": "Africa/Kigali", "sn": "Africa/Dakar", "sz": "Africa/Mbabane",
    "eg": "Africa/Cairo", "gh": "Africa/Accra", "ke": "Africa/Nairobi", "ls": "Africa/Maseru",
    "ma": "Africa/Casablanca", "na": "Africa/Windhoek", "ng": "Africa/Lagos",
    "tn": "Africa/Tunis", "tz": "Africa/Dar_es_Salaam", "ug": "Africa/Kampala",
    "za": "Africa/Johannesburg", "zm": "Africa/Lusaka", "zw": "Africa/Harare",
}  # fmt: skip
# Sold to anybody, whatever the country.
_ANYWHERE = frozenset({"co", "in", "ly", "md", "me"})


def of_outlet(address: str) -> ZoneInfo | None:
    """Return the zone of the outlet at a web address, by our table or its domain, or None."""
    parts = split_url(address)
    if parts is None:
        return None
    known = outlets.by_domain(parts[0])
    row = outlets.outlet(known) if known else None
    if row is not None:
        return _zone(row.country.lower())
    labels = parts[0].split(".")
    domain = labels[-1]
    if domain in _ANYWHERE and labels[-2:-1] not in (["co"], ["com"], ["gov"]):
        return None
    return _zone(domain)


@cache
def _zone(country: str) -> ZoneInfo | None:
    name = _ZONES.get(country)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:
        return None
