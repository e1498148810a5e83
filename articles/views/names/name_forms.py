"""What people fill in about sources and authors: shape only."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from articles.curation import sources
from articles.ingest.sources import NAME_CHARACTERS

_APART = re.compile(r"[\s,;]+")


class WordsField(forms.CharField):
    """Words parted by spaces, commas or lines, as a list; each must match a pattern."""

    def __init__(self, *, pattern: str, hint: str, most: int, **options: Any) -> None:
        self.pattern, self.hint, self.most = re.compile(pattern), hint, most
        super().__init__(required=False, max_length=20_000, **options)

    def clean(self, value: Any) -> list[str]:
        """Return the words; raise ValidationError."""
        words = [word for word in _APART.split(super().clean(value).lower()) if word]
        if len(words) > self.most:
            raise forms.ValidationError(f"There may be {self.most} at most.")
        for word in words:
            if len(word) > sources.DOMAIN_CHARACTERS or not self.pattern.match(word):
                raise forms.ValidationError(f"“{word}” {self.hint}")
        return words


class NameForm(forms.Form):
    """What a source or an author is called."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    # What was read, so that who was slower is told.
    state = forms.CharField(required=False, max_length=64)


class SourceForm(NameForm):
    """What is known of a source."""

    domains = WordsField(
        pattern=sources.DOMAIN,
        hint="is no domain such as gazette.example.",
        most=sources.DOMAINS,
        widget=forms.Textarea,
    )
    country = forms.CharField(
        required=False,
        max_length=2,
        validators=[RegexValidator(sources.COUNTRY, "Give two capitals, such as GB.")],
    )
    languages = WordsField(
        pattern=sources.LANGUAGE, hint="is no language such as en.", most=sources.LANGUAGES
    )


class AnotherNameForm(forms.Form):
    """A further name, or one of a source that is to be made."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
