"""Languages by name, for forms and facts."""

from typing import cast

from django.conf.locale import LANG_INFO


def language_name(code: str) -> str:
    """Return a language's English name: ``Arabic``; the code itself where it has none here."""
    info = LANG_INFO.get(code.casefold()) or LANG_INFO.get(code.casefold().partition("-")[0])
    return cast("str", info["name"]) if info and "name" in info else code


def language_choices(given: str = "") -> list[tuple[str, str]]:
    """Return codes and names in the names' order, with a code that was given if it is not known."""
    plain = {
        code: info["name"] for code, info in LANG_INFO.items() if "name" in info and "-" not in code
    }
    plain["zh"] = "Chinese"
    if given and given not in plain:
        plain[given] = language_name(given)
    return sorted(plain.items(), key=lambda item: item[1])
