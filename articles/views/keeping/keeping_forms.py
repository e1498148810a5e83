"""What people fill in about collections, samples and saved searches: shape only."""

from typing import Any, override

from django import forms

from articles.keeping.collections import MOST_AT_ONCE, NAME_CHARACTERS, NOTE_CHARACTERS
from articles.keeping.samples import SEED_CHARACTERS, By, Share
from articles.keeping.searches import QUERY_CHARACTERS
from articles.models import Corpus
from articles.search.engine.answers import Sort

ORDERS = {
    "": "as usual: the best first, without words the newest",
    Sort.RELEVANCE.value: "best first",
    Sort.NEWEST.value: "newest first",
    Sort.OLDEST.value: "oldest first",
    Sort.LONGEST.value: "longest first",
    Sort.SHORTEST.value: "shortest first",
    Sort.ADDED.value: "last added first",
}


class CollectionForm(forms.Form):
    """A collection: its name, what it is for, and whether others may see and fill it."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    note = forms.CharField(max_length=NOTE_CHARACTERS, required=False, widget=forms.Textarea)
    shared = forms.BooleanField(required=False)


class NewCollectionForm(CollectionForm):
    """A collection that is to be made, of one of the corpora of which one is a member."""

    corpus = forms.ModelChoiceField(Corpus.objects.none(), to_field_name="slug")

    @override
    def __init__(self, *args: Any, corpora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corpus"].queryset = corpora  # type: ignore[attr-defined]  # of this field


class NoteForm(forms.Form):
    """What one notes on an article in a collection."""

    note = forms.CharField(max_length=NOTE_CHARACTERS, required=False)


class SampleForm(forms.Form):
    """What a sample is drawn of, and how."""

    size = forms.IntegerField(min_value=1, max_value=MOST_AT_ONCE)
    seed = forms.CharField(max_length=SEED_CHARACTERS, required=False)
    by = forms.ChoiceField(
        choices=[("", "nothing: a plain sample"), *((by.value, by.label) for by in By)],
        required=False,
    )
    share = forms.ChoiceField(choices=[(each.value, each.value) for each in Share], required=False)
    corpus = forms.ModelChoiceField(Corpus.objects.none(), to_field_name="slug")

    @override
    def __init__(self, *args: Any, corpora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corpus"].queryset = corpora  # type: ignore[attr-defined]  # of this field

    @property
    def chosen(self) -> tuple[By | None, Share]:
        """Return what to stratify by, and the strata's shares."""
        by, share = self.cleaned_data["by"], self.cleaned_data["share"]
        return (By(by) if by else None), (Share(share) if share else Share.PROPORTIONAL)


class SearchForm(forms.Form):
    """A search that is to be saved. The grammar judges the query."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    query = forms.CharField(max_length=QUERY_CHARACTERS, required=False)
    sort = forms.ChoiceField(choices=list(ORDERS.items()), required=False)
