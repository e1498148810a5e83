"""What tests of the pages of correction send, and whom they send."""

from typing import Any

from articles.curation import texts
from articles.curation.fields import state_of
from articles.curation.standing_values import values_of
from articles.models import (
    Article,
    Version,
)
from articles.text import Block
from articles.views.editing import editing_form
from tests.factories import (
    current,
)

Form = dict[str, Any]


def form_of(article: Article, **changed: Any) -> Form:
    """Return what the form of fields sends if one changes some of its inputs."""
    article.refresh_from_db()
    shown = editing_form.written(values_of(article), {})
    sent: Form = {
        **shown.words,
        **{f"credit_{part}": [c[part] for c in shown.credits] for part in ("kind", "name", "role")},
        "credit_place": [c["place"] for c in shown.credits],
        "state": state_of(article),
        "shown": shown.packed(),
    }
    return sent | changed


def text_form(version: Version, blocks: list[Block], **changed: Any) -> Form:
    sent: Form = {
        "kind": [block.kind.value for block in blocks],
        "text": [block.text for block in blocks],
        "base": version.number,
        "over": version.number,
        "from": 0,
        "count": len(version.blocks),
    }
    return sent | changed


def blocks_of(article: Article) -> list[Block]:
    return texts.blocks_of(current(Article.objects.get(pk=article.pk)))
