"""References typeset as the manuals of Chicago (17), APA (7) and the MLA (9) print newspapers."""

from dataclasses import dataclass

from articles.export.reference import Name, Reference

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The MLA shortens months of more than four letters, September to four.
_SHORT_MONTHS = tuple(
    month if len(month) < 5 else "Sept." if month == "September" else f"{month[:3]}."
    for month in _MONTHS
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face."""

    text: str
    italic: bool = False


_TO_SINGLE = {ord("“"): "‘", ord("”"): "’", ord('"'): "’"}

type Line = tuple[Run, ...]


def plain(line: Line) -> str:
    """Return a line without its faces."""
    return "".join(run.text for run in line)


def chicago(ref: Reference) -> Line:
    """Return a bibliography entry: Doe, Jane. “Headline.” *Paper*, January 9, 2019. Address."""
    date = _american_date(ref.issued) or "n.d."
    return _runs(
        _spaced(_first_inverted(ref.authors, etal_from=11, keep=7)),
        f"“{_sentence(_inner_quotes(ref.title))}” ",
        *_published(ref.publication, f", {date}"),
        "" if date.endswith(".") else ".",
        f" {ref.address}." if ref.address else "",
    )


def apa(ref: Reference) -> Line:
    """Return a reference: Doe, J., & Roe, J. (2019, January 9). Headline. *Paper*. Address."""
    who = _spaced(_apa_names(ref.authors))
    when = f"({_apa_date(ref.issued)}). "
    title = _spaced(ref.title)
    page = f", {ref.page}." if ref.page else "."
    # Without an author the title stands first.
    start = who + when + title if who else title + when
    return _runs(
        start,
        *_published(ref.publication, page if ref.publication else ""),
        f" {ref.address}" if ref.address else "",
    )


def mla(ref: Reference) -> Line:
    """Return a work cited: Doe, Jane, and John Roe. “Headline.” *Paper*, 9 Jan. 2019, address."""
    rest = [_mla_date(ref.issued)] if ref.issued else []
    if ref.page:
        rest.append(f"p. {ref.page}")
    if ref.address:
        rest.append(ref.address.removeprefix("https://").removeprefix("http://"))
    after = "".join(f", {part}" for part in rest)
    who = _first_inverted(ref.authors, etal_from=3, keep=1)
    return _runs(
        _spaced(who),
        f"“{_sentence(_inner_quotes(ref.title))}” ",
        *_published(ref.publication, after),
        "." if ref.publication or after else "",
    )


def _published(publication: str, after: str) -> tuple[Run | str, ...]:
    """Return the paper in italics and what follows; without a paper, no comma hangs about."""
    if not publication:
        return (after.removeprefix(", "),)
    return Run(publication, italic=True), after


def _runs(*pieces: Run | str) -> Line:
    runs = [Run(piece) if isinstance(piece, str) else piece for piece in pieces]
    runs = [run for run in runs if run.text]
    return (*runs[:-1], Run(runs[-1].text.rstrip(), italic=runs[-1].italic))


def _sentence(text: str) -> str:
    """Return words ended by one stop."""
    return text if not text or text[-1] in ".?!…؟。" else f"{text}."


def _spaced(text: str) -> str:
    """Return a sentence and the space after it."""
    return f"{_sentence(text)} " if text else ""


def _inner_quotes(title: str) -> str:
    """Return a title as it stands between double quotation marks."""
    return title.translate(_TO_SINGLE)


def _first_inverted(names: tuple[Name, ...], *, etal_from: int, keep: int) -> str:
    """Return names with the first one inverted; of ``etal_from`` or more only ``keep``."""
    shown = names[:keep] if len(names) >= etal_from else names
    words = [name.inverted if index == 0 else name.direct for index, name in enumerate(shown)]
    if len(shown) < len(names):
        return ", ".join([*words, "et al."])
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"


def _apa_names(names: tuple[Name, ...]) -> str:
    words = [_apa_name(name) for name in names]
    if len(words) > 20:
        return ", ".join(words[:19]) + f", … {words[-1]}"
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f", & {words[-1]}"


def _apa_name(name: Name) -> str:
    if name.literal or not name.given:
        return name.inverted
    initials = " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in name.given.split()
    )
    return ", ".join(part for part in (name.family, initials, name.suffix) if part)


def _american_date(issued: tuple[int, ...]) -> str:
    if len(issued) == 3:
        return f"{_MONTHS[issued[1] - 1]} {issued[2]}, {issued[0]}"
    return " ".join([_MONTHS[month - 1] for month in issued[1:]] + [str(y) for y in issued[:1]])


def _apa_date(issued: tuple[int, ...]) -> str:
    if not issued:
        return "n.d."
    if len(issued) == 1:
        return str(issued[0])
    day = f" {issued[2]}" if len(issued) == 3 else ""
    return f"{issued[0]}, {_MONTHS[issued[1] - 1]}{day}"


def _mla_date(issued: tuple[int, ...]) -> str:
    year, *rest = issued
    words = [str(day) for day in rest[1:]] + [_SHORT_MONTHS[month - 1] for month in rest[:1]]
    return " ".join([*words, str(year)])
