"""The page on which an editor puts an article's words right, block by block."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.changes import changes, summary
from articles.curation.fields import StaleError, state_of
from articles.curation.texts import TextRefusedError, blocks_of, correct_text
from articles.models import Act, Article, Door, Version
from articles.text import Block, BlockKind
from articles.views.acts import tell
from articles.views.editing import editing_blocks as form
from articles.views.editing.editing import (
    editable,
    onward,
    refuse_nul,
    standing,
    to_article,
    whole_number,
)
from articles.views.parameters import ParameterError, refused


@dataclass(slots=True)
class _Sheet:
    """The form as it is to be shown: the blocks from one on, of a version, as they are typed."""

    # The version whose other blocks stay as they are.
    base: Version
    # The version that stood when the form was shown: what is saved is laid over it.
    over: int
    first: int
    # How many of the version's blocks these stand for.
    count: int
    blocks: list[Block]
    problems: list[str] = field(default_factory=list)

    @property
    def whole(self) -> list[Block]:
        """The text with what was typed in its place."""
        known = blocks_of(self.base)
        return [
            *known[: self.first],
            *form.parted(self.blocks),
            *known[self.first + self.count :],
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's blocks, and let a corrected text stand."""
    article, user = editable(request, pk, Act.CORRECT_TEXT)
    try:
        ending = onward(request)
        refuse_nul(request, beside={"text"})
        sheet = _posted(request, article) if request.method == "POST" else _fresh(request, article)
    except ParameterError as fault:
        return refused(request, fault)
    if request.method != "POST":
        return _page(request, article, sheet)
    if "do" in request.POST:
        sheet.blocks = form.moved(sheet.blocks, request.POST["do"])
        return _page(request, article, sheet)
    if sheet.problems:
        return _page(request, article, sheet, HTTPStatus.BAD_REQUEST)
    if sheet.over != standing(article).number:
        return _stale(request, article, sheet)
    try:
        operation = correct_text(
            article, sheet.whole, by=user, door=Door.PAGE, expected_state=state_of(article)
        )
    except StaleError:
        return _stale(request, editable(request, pk, Act.CORRECT_TEXT)[0], sheet)
    except TextRefusedError as fault:
        sheet.problems.append(str(fault))
        return _page(request, article, sheet, HTTPStatus.BAD_REQUEST)
    tell(request, operation)
    return to_article(article, ending)


def _fresh(request: HttpRequest, article: Article) -> _Sheet:
    version = standing(article)
    first = whole_number(request.GET.get("from", "0"))
    blocks = blocks_of(version)
    if first is None or (first and first >= len(blocks)):
        raise ParameterError("from", "The text has no such part.")
    shown = blocks[first : first + form.AT_ONCE]
    return _Sheet(version, version.number, first, len(shown), shown)


def _posted(request: HttpRequest, article: Article) -> _Sheet:
    numbers = {
        name: whole_number(request.POST.get(name, "")) for name in ("base", "over", "from", "count")
    }
    base, over, first, count = numbers.values()
    if base is None or over is None or first is None or count is None:
        raise ParameterError("text", "The text arrived incomplete. Go back and save it again.")
    version = article.versions.filter(number=base).first()
    if version is None:
        raise Http404
    blocks = form.read(request.POST)
    problems = [
        f"Block {number} holds a NUL character, which was taken out. Look at it, then save again."
        for number, block in enumerate(blocks, 1)
        if "\0" in block.text
    ]
    blocks = [Block(block.kind, block.text.replace("\0", "")) for block in blocks]
    return _Sheet(version, over, first, count, blocks, problems)


def _stale(request: HttpRequest, article: Article, sheet: _Sheet) -> HttpResponse:
    """Show what the article says by now beside what was typed, which can then be laid over it."""
    sheet.over = standing(article).number
    return _page(request, article, sheet, HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, article: Article, sheet: _Sheet, status: int = HTTPStatus.OK
) -> HttpResponse:
    version = standing(article)
    context = {
        "section": "articles",
        "article": article,
        "version": version,
        "sheet": sheet,
        "rows": form.rows(sheet.blocks),
        "blank": form.BlockRow(BlockKind.PARAGRAPH.value, "", 1),
        "kinds": [(kind.value, words) for kind, words in form.KIND_WORDS.items()],
        "parts": _parts(len(sheet.base.blocks), sheet.first),
        "onward": onward(request),
    }
    if status == HTTPStatus.CONFLICT:
        passages = changes(blocks_of(version), sheet.whole)
        context |= {"passages": passages, "summary": summary(passages)}
    return render(request, "article_edit/text.html", context, status=status)


def _parts(blocks: int, shown: int) -> Sequence[tuple[int, int, int, bool]]:
    """Return the parts of a long text: where each begins in a list, its first and last number."""
    if blocks <= form.AT_ONCE:
        return ()
    starts = range(0, blocks, form.AT_ONCE)
    return [(at, at + 1, min(at + form.AT_ONCE, blocks), at == shown) for at in starts]
