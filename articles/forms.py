"""What people fill in: shape and first checks, no queries beyond the choices offered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, override

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils import timezone

from articles.formats import registry
from articles.formats.mapping import FIELDS
from articles.models import ApiToken, Corpus
from articles.models.corpora import CorpusQuerySet

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_COLUMNS = 500
MAX_ADDRESSES = 200
MAX_TOKENS = 50


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files as a list. An empty file is let through: ingest says of it what is wrong."""

    widget = ManyFilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    @override
    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files if file]


class RawTextField(forms.CharField):
    """Text as it was pasted, white space and control characters included.

    What pages put on the clipboard is input to a reader, which says what it took out.
    """

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.validators = []


class ImportForm(forms.Form):
    """What to ingest, and what its reader should know."""

    corpus = forms.ModelChoiceField(
        queryset=Corpus.objects.none(), to_field_name="slug", empty_label=None
    )
    text = RawTextField(required=False)
    urls = forms.CharField(required=False, widget=forms.Textarea, max_length=200_000)
    source = forms.CharField(required=False, max_length=300)
    format = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, corpora: CorpusQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        # A class attribute of this name would hide what was sent.
        self.fields["files"] = ManyFilesField(required=False)
        corpus = self.fields["corpus"]
        if isinstance(corpus, forms.ModelChoiceField):
            corpus.queryset = corpora
        choice = self.fields["format"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = format_choices()

    def clean_urls(self) -> list[str]:
        """Return the addresses, one a line."""
        lines = [line.strip() for line in self.cleaned_data["urls"].splitlines()]
        addresses = [line for line in lines if line]
        if len(addresses) > MAX_ADDRESSES:
            raise forms.ValidationError(
                f"These are {len(addresses)} addresses; a page takes {MAX_ADDRESSES} at a time. "
                "Import more from the command line."
            )
        return addresses

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given = (cleaned.get("files"), str(cleaned.get("text") or "").strip(), cleaned.get("urls"))
        if not any(given) and not self.errors:
            raise forms.ValidationError(
                "There is nothing to import yet. Choose files, paste a text, or give an address."
            )
        return cleaned


def format_choices() -> list[tuple[str, str]]:
    """Return every installed format for a choice, with guessing as the first."""
    known = [(name, fmt.label) for name, fmt in registry.installed().items()]
    return [("", "Find out from the file"), *known]


def field_choices() -> list[tuple[str, str]]:
    """Return our fields for the choice beside a column."""
    return [("", "keep in extra"), *((name, name.replace("_", " ")) for name in FIELDS)]


def read_mapping(columns: list[str], fields: list[str]) -> Mapping[str, str]:
    """Return the mapping of a form's parallel lists of chosen columns; raise ValidationError."""
    if len(columns) != len(fields) or len(columns) > MAX_COLUMNS:
        raise forms.ValidationError(
            "The list of columns arrived incomplete. Choose the file again."
        )
    wrong = sorted({field for field in fields if field and field not in FIELDS})
    if wrong:
        raise forms.ValidationError(f"There is no field called {', '.join(wrong)}.")
    if any("\0" in column for column in columns):
        raise forms.ValidationError("A column's name holds a NUL character. Name it otherwise.")
    return dict(zip(columns, fields, strict=True))


class LoginForm(AuthenticationForm):
    """Name and password; the wrong pair is answered alike, whichever of the two is wrong."""

    error_messages = {  # noqa: RUF012 -- Django's name and shape for it
        "invalid_login": "This name and password don’t belong together. Mind capitals in both.",
        "inactive": "This account is switched off. Ask whoever runs this Newsroom.",
    }


class TokenForm(forms.Form):
    """A token's name, and when it ends."""

    LIFETIMES = ((30, "30 days"), (90, "90 days"), (365, "1 year"), (0, "Never"))

    name = forms.CharField(max_length=100)
    days = forms.TypedChoiceField(choices=LIFETIMES, coerce=int, initial=90)

    def __init__(self, *args: Any, user_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self._user_id = user_id

    @override
    def clean(self) -> dict[str, Any]:
        valid = ApiToken.objects.valid().filter(user_id=self._user_id)
        if valid.count() >= MAX_TOKENS:
            raise forms.ValidationError(
                f"You have {MAX_TOKENS} tokens. Revoke one that nothing uses any more first."
            )
        return self.cleaned_data

    @property
    def expires_at(self) -> datetime | None:
        """The chosen end, or None for never."""
        days: int = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None
