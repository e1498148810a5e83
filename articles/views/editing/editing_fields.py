"""The page on which an editor puts right what stands around an article's text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.curation.fields import (
    AS_READ,
    CorrectionRefusedError,
    StaleError,
    correct,
    state_of,
)
from articles.curation.standing_values import values_of
from articles.curation.values import BadValueError, checked
from articles.models import (
    Act,
    Article,
    CorrectedField,
    Door,
    Person,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from articles.reading.agency_table import AGENCIES
from articles.views.acts import tell
from articles.views.editing import editing_form as form
from articles.views.editing.editing import (
    editable,
    onward,
    refuse_nul,
    standing,
    to_article,
    whole_number,
)
from articles.views.editing.editing_read import Mark, Read, in_words, marks, reads, values_read
from articles.views.languages import language_choices
from articles.views.parameters import ParameterError, read_text, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

OPTIONS = 20
ROWS = 200
_INPUTS = {part for parts in form.PARTS.values() for part in parts}
_CREDIT_INPUTS = {f"credit_{part}" for part in form.CREDIT_PARTS}
HELP = {
    CorrectedField.SOURCE: "A name that is not known yet becomes a new source.",
    CorrectedField.PUBLISHED: "As much as is known: 2019-05-17, or 2019-05, or 2019.",
    CorrectedField.MODIFIED: "As much as is known: 2019-05-17, or 2019-05, or 2019.",
    CorrectedField.BYLINE: "As printed. The names in it are the credits below.",
    CorrectedField.LANGUAGE: "Its code, such as en or pt-BR.",
    CorrectedField.CANONICAL_URL: "Where the outlet published it.",
    CorrectedField.EXTERNAL_ID: "The outlet’s or the archive’s own number for it.",
    CorrectedField.RIGHTS: "Whose text it is, as printed.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the form: its words, what was read, and what is to be said of it."""

    name: CorrectedField
    words: list[str]
    read: Read | None
    mark: Mark | None
    help: str = ""
    error: str = ""
    # What someone else made of it meanwhile.
    now: str = ""
    is_contested: bool = False
    back: bool = False


@dataclass(slots=True)
class _Sheet:
    """The form as it is to be shown: what is typed, over which state, with which complaints."""

    typed: form.Typed
    shown: form.Typed
    state: str
    back: set[str] = field(default_factory=set)
    errors: dict[CorrectedField, str] = field(default_factory=dict)
    # Of fields that changed meanwhile: what they say now.
    meanwhile: dict[CorrectedField, str] = field(default_factory=dict)
    contested: set[CorrectedField] = field(default_factory=set)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's fields with what was read of them, and correct those that are changed."""
    article, user = editable(request, pk, Act.CORRECT)
    try:
        ending = onward(request)
        refuse_nul(request, beside=_INPUTS | _CREDIT_INPUTS)
    except ParameterError as fault:
        return refused(request, fault)
    fresh = _fresh(article)
    if request.method != "POST":
        return _page(request, article, fresh)
    sheet = _Sheet(
        form.read(request.POST),
        form.unpacked(request.POST.get("shown", "")) or fresh.shown,
        request.POST.get("state", ""),
        set(request.POST.getlist("as_read")),
    )
    if "do" in request.POST:
        _move(sheet.typed.credits, request.POST["do"])
        return _page(request, article, sheet)
    refusal = _save(request, article, sheet, fresh, by=user)
    return refusal or to_article(article, ending)


def _save(
    request: HttpRequest, article: Article, sheet: _Sheet, fresh: _Sheet, *, by: "User"
) -> HttpResponse | None:
    """Correct what a form asks for; return the page that says why not, None if it is done."""
    changes = _changes(request, sheet)
    if sheet.errors:
        return _page(request, article, sheet, HTTPStatus.BAD_REQUEST)
    try:
        operation = (
            correct([article.pk], changes, by=by, door=Door.PAGE, expected_state=sheet.state)
            if changes
            else None
        )
    except StaleError:
        return _page(request, article, _rebased(sheet, fresh, article), HTTPStatus.CONFLICT)
    except BadValueError as fault:
        sheet.errors[fault.field] = fault.sentence
        return _page(request, article, sheet, HTTPStatus.BAD_REQUEST)
    except CorrectionRefusedError as fault:
        return refused(request, ParameterError("The correction", str(fault)))
    tell(request, operation)
    return None


def _fresh(article: Article) -> _Sheet:
    """Return the form of an article as it stands."""
    # The state first: what changes between the two is then noticed when it is saved.
    state = state_of(article)
    article.refresh_from_db()
    shown = _written(article)
    return _Sheet(_written(article), shown, state)


def _written(article: Article) -> form.Typed:
    said = values_read(article, standing(article))
    instants = {
        name: str((said[name] or {}).get("at") or "")
        for name in (CorrectedField.PUBLISHED, CorrectedField.MODIFIED)
    }
    return form.written(values_of(article), instants)


def _changes(request: HttpRequest, sheet: _Sheet) -> dict[CorrectedField, Any]:
    """Return the corrections that a form asks for, and put down in it what is wrong with them."""
    sheet.errors.update(
        dict.fromkeys(form.with_nul(request.POST), "This holds a NUL character; remove it.")
    )
    changes: dict[CorrectedField, Any] = {}
    for name in form.PARTS:
        if name.value in sheet.back:
            changes[name] = AS_READ
        elif name not in sheet.errors and sheet.typed.of(name) != sheet.shown.of(name):
            try:
                value = form.value_of(name, sheet.typed)
                checked(name, value)
            except BadValueError as fault:
                sheet.errors[name] = fault.sentence
            else:
                changes[name] = value
    return changes


def _rebased(sheet: _Sheet, fresh: _Sheet, article: Article) -> _Sheet:
    """Return what was typed over what the article says by now; nothing that was typed is lost."""
    now = values_of(article)
    rebased = _Sheet(sheet.typed, fresh.shown, fresh.state, sheet.back)
    for name in form.PARTS:
        before, typed, after = (each.of(name) for each in (sheet.shown, sheet.typed, fresh.shown))
        if after == before:
            continue
        rebased.meanwhile[name] = in_words(name, now[name])
        if typed == before:
            rebased.typed.take(name, fresh.shown)
        elif typed != after:
            rebased.contested.add(name)
    return rebased


def _move(rows: list[form.Credit], asked: str) -> None:
    """Do to rows of credits what a button asks: ``add``, ``up:2``, ``down:2``, ``remove:2``."""
    what, _, number = asked.partition(":")
    at = whole_number(number)
    if what == "add" and len(rows) < ROWS:
        rows.append(form.new_credit())
    if at is None or at >= len(rows):
        return
    if what == "remove":
        del rows[at]
    to = {"up": at - 1, "down": at + 1}.get(what, at)
    if to != at and 0 <= to < len(rows):
        rows.insert(to, rows.pop(at))


def _page(
    request: HttpRequest, article: Article, sheet: _Sheet, status: int = HTTPStatus.OK
) -> HttpResponse:
    version = standing(article)
    read = reads(article, version)
    corrected = marks(article, version, named=True, read=read)
    rows = {name.value: _row(name, sheet, read, corrected) for name in form.PARTS}
    context = {
        "section": "articles",
        "article": article,
        "rows": rows,
        "credits": sheet.typed.credits or [form.new_credit()],
        "new_credit": form.new_credit(),
        "shown": sheet.shown.packed(),
        "state": sheet.state,
        "errors": [(name.label, said) for name, said in sheet.errors.items()],
        "is_stale": status == HTTPStatus.CONFLICT,
        "meanwhile": [
            (name.label, said, name in sheet.contested) for name, said in sheet.meanwhile.items()
        ],
        "languages": language_choices(),
        "agencies": [agency.name for agency in AGENCIES],
        "onward": onward(request),
    }
    return render(request, "article_edit/fields.html", context, status=status)


def _row(
    name: CorrectedField,
    sheet: _Sheet,
    read: Mapping[CorrectedField, Read],
    corrected: Mapping[CorrectedField, Mark],
) -> Row:
    return Row(
        name,
        [sheet.typed.words.get(part, "") for part in form.PARTS[name]],
        read.get(name),
        corrected.get(name),
        HELP.get(name, ""),
        sheet.errors.get(name, ""),
        sheet.meanwhile.get(name, ""),
        name in sheet.contested,
        name.value in sheet.back,
    )


@require_safe
def article_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Return known names that begin with what is being typed for a source or a credit."""
    article, _ = editable(request, pk, Act.CORRECT)
    try:
        source, credit = read_text(request, "source"), read_text(request, "credit_name")
    except ParameterError as fault:
        return refused(request, fault)
    corpus = article.corpus
    known: QuerySet[Person] | QuerySet[Source]
    if credit:
        known = Person.objects.filter(corpus=corpus, folded__startswith=fold(credit)).standing()
    else:
        known = Source.objects.filter(corpus=corpus).standing()
        if source:
            named = SourceAlias.objects.filter(corpus=corpus, folded__startswith=fold(source))
            known = known.filter(pk__in=named.values("source_id"))
    names = known.order_by("name").values_list("name", flat=True)[:OPTIONS]
    return render(request, "components/options.html", {"names": list(names)})
