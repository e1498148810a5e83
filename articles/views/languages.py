"""Languages by name, for forms and facts."""

from django.conf.locale import LANG_INFO

from articles.search.names.labels import language_name

__all__ = ["language_choices", "language_name"]


def language_choices(given: str = "") -> list[tuple[str, str]]:
    """Return codes and names in the names' order, with a code that was given if it is not known."""
    plain = {
        code: info["name"] for code, info in LANG_INFO.items() if "name" in info and "-" not in code
    }
    plain["zh"] = "Chinese"
    if given and given not in plain:
        plain[given] = language_name(given)
    return sorted(plain.items(), key=lambda item: item[1])
