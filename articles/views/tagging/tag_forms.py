"""What people fill in about tags and codes: shape only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from articles.annotate.codebooks.codebook import Attribute, CodeType, Content, EntityUse, ValueType
from articles.annotate.tags.placed import Placed
from articles.models import Version
from articles.text import normalise_block
from articles.views.tagging.codes_shown import CodeShown
from articles.views.tagging.margin import kind_of

# Beyond it one gives the number rather than choosing from a list.
MOST_PLACES = 1_000
AROUND = 60


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where words stand: their ``number`` from 1, and what stands around them."""

    number: int
    start: int
    end: int
    quote: str
    before: str
    after: str


def occurrences(version: Version, quote: str) -> list[Occurrence]:
    """Return where words stand in a version's text, within its blocks; at most MOST_PLACES."""
    words, text = normalise_block(quote), version.text
    found: list[Occurrence] = []
    if not words:
        return found
    for _, first, last in version.blocks:
        at = text.find(words, first, last)
        while at >= 0 and len(found) < MOST_PLACES:
            end = at + len(words)
            found.append(
                Occurrence(
                    len(found) + 1,
                    at,
                    end,
                    words,
                    text[max(first, at - AROUND) : at],
                    text[end : min(last, end + AROUND)],
                )
            )
            at = text.find(words, end, last)
    return found


def _kinds(content: Content, now: str = "") -> list[tuple[str, str]]:
    kinds = [(kind.slug, kind.name) for kind in content.kinds]
    if now and content.kind(now) is None:
        kinds.append((now, now))
    return kinds


class WordsForm(forms.Form):
    """Words to be tagged, and as what."""

    quote = forms.CharField(max_length=5_000, strip=True)
    occurrence = forms.IntegerField(required=False, min_value=1, max_value=MOST_PLACES)
    entity_name = forms.CharField(required=False, max_length=300)
    comment = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, content: Content, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.content = content
        self.fields["kind"] = forms.ChoiceField(choices=_kinds(content))

    def clean(self) -> dict[str, Any]:
        """Take the words themselves as the name where a kind needs one and none is given."""
        said: dict[str, Any] = super().clean() or {}
        kind = self.content.kind(said.get("kind", ""))
        if kind is not None and kind.entity is EntityUse.REQUIRED and not said.get("entity_name"):
            said["entity_name"] = " ".join(said.get("quote", "").split())[:300]
        return said

    def check_occurrence(self, count: int) -> str:
        """Return the field at fault where words stand ``count`` times, empty if none is."""
        asked = self.cleaned_data["occurrence"]
        return "occurrence" if count and asked is not None and asked > count else ""

    def why(self, count: int) -> str:
        """Return what is wrong with the words or the number."""
        if not count:
            return "These words do not stand so in the text. Copy them from it."
        return f"These words stand {count} time{'s' if count > 1 else ''} in the text."


class SaidForm(forms.Form):
    """All that is said of a tag; ``action`` is the button that was pressed."""

    entity_name = forms.CharField(required=False, max_length=300)
    comment = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    state = forms.CharField(required=False, max_length=64)
    action = forms.ChoiceField(
        choices=[(name, name) for name in ("change", "remove", "accept", "reject")]
    )

    def __init__(
        self,
        content: Content,
        kind: str,
        data: Mapping[str, Any] | None = None,
        *,
        placed: Placed | None = None,
    ) -> None:
        initial: dict[str, Any] = {}
        if placed is not None:
            initial = {
                "kind": placed.kind,
                "entity_name": placed.entity_name,
                "comment": placed.comment,
                **{f"attribute-{name}": value for name, value in placed.attributes.items()},
            }
        super().__init__(data, initial=initial)
        # Only for changes is a kind needed.
        self.fields["kind"] = forms.ChoiceField(choices=_kinds(content, kind), required=False)
        self.said_kind = kind_of(content, kind)
        for attribute in self.said_kind.attributes:
            self.fields[f"attribute-{attribute.slug}"] = _attribute_field(attribute)

    def clean_kind(self) -> str:
        """Return the kind; as it is, if none is given."""
        return self.cleaned_data["kind"] or self.said_kind.slug

    @property
    def attributes(self) -> list[Any]:
        """The fields of attributes, as the template draws them."""
        return [self[name] for name in self.fields if name.startswith("attribute-")]


def _attribute_field(attribute: Attribute) -> forms.Field:
    label = attribute.name
    match attribute.type:
        case ValueType.CHOICE:
            choices = [("", ""), *((choice, choice) for choice in attribute.choices)]
            return forms.ChoiceField(choices=choices, required=False, label=label)
        case ValueType.SCALE:
            return forms.IntegerField(
                required=False,
                min_value=attribute.lowest,
                max_value=attribute.highest,
                label=f"{label} ({attribute.lowest} to {attribute.highest})",
            )
    return forms.CharField(required=False, max_length=1_000, label=label)


def attributes_of(form: SaidForm, content: Content) -> dict[str, Any]:
    """Return the attributes that were filled in."""
    kind = content.kind(form.cleaned_data["kind"])
    if kind is None:
        return {}
    given = {each.slug: form.cleaned_data.get(f"attribute-{each.slug}") for each in kind.attributes}
    return {slug: value for slug, value in given.items() if value not in (None, "")}


class CodesForm(forms.Form):
    """The codes of an article, each a field by its own word."""

    def __init__(self, shown: Sequence[CodeShown], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.shown = shown
        for each in shown:
            self.fields[each.code.slug] = _code_field(each)

    def said(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each code with the values it is to have."""
        for each in self.shown:
            value = self.cleaned_data[each.code.slug]
            values = value if isinstance(value, list) else [str(value)] if value is not None else []
            yield each.code.slug, [text for text in values if text]


def _code_field(shown: CodeShown) -> forms.Field:
    code, values = shown.code, list(shown.values)
    first = values[0] if values else None
    match code.type:
        case CodeType.MULTIPLE:
            return forms.MultipleChoiceField(
                choices=[(choice, choice) for choice in code.choices],
                required=False,
                initial=values,
                label=code.name,
                widget=forms.CheckboxSelectMultiple,
            )
        case CodeType.SINGLE:
            choices = [("", "—"), *((choice, choice) for choice in code.choices)]
            return forms.ChoiceField(
                choices=choices, required=False, initial=first, label=code.name
            )
        case CodeType.SCALE:
            return forms.IntegerField(
                required=False,
                min_value=code.lowest,
                max_value=code.highest,
                initial=first,
                label=f"{code.name} ({code.lowest} to {code.highest})",
            )
    return forms.CharField(
        required=False,
        max_length=4_000,
        initial=first,
        label=code.name,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
