"""What people fill in about tasks: shape only."""

from typing import Any, override

from django import forms
from django.contrib.auth.models import User

from articles.annotate.tasks.tasks import (
    INSTRUCTIONS_CHARACTERS,
    MOST_ARTICLES,
    MOST_PEOPLE,
    NAME_CHARACTERS,
)
from articles.annotate.tasks.work import NOTE_CHARACTERS
from articles.keeping.samples import SEED_CHARACTERS
from articles.models import CodebookVersion, Sharing

MOST_SECONDS_SENT = 86_400


class TaskForm(forms.Form):
    """A task's name and what is to be done."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    instructions = forms.CharField(
        max_length=INSTRUCTIONS_CHARACTERS, required=False, widget=forms.Textarea
    )


class PeopleForm(forms.Form):
    """Who is given work."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), error_messages={"required": "Choose who is to tag."}
    )

    @override
    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # of this field


class TakeOutForm(forms.Form):
    """Who gets what someone who is taken out of a task leaves undone."""

    to = forms.ChoiceField(
        choices=[(each, each) for each in ("others", "pool", "heir")], required=False
    )
    heir = forms.ModelChoiceField(User.objects.none(), required=False)

    @override
    def __init__(self, *args: Any, heirs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = heirs  # type: ignore[attr-defined]  # of this field


class SharingForm(forms.Form):
    """Who gets which articles of a task."""

    sharing = forms.ChoiceField(choices=Sharing.choices)
    overlap = forms.IntegerField(min_value=2, max_value=MOST_PEOPLE, required=False)


class NewTaskForm(PeopleForm, TaskForm):
    """A task that is to be made, of articles that the address names."""

    sharing = forms.ChoiceField(choices=Sharing.choices)
    overlap = forms.IntegerField(min_value=2, max_value=MOST_PEOPLE, required=False)
    blind = forms.BooleanField(required=False)
    suggestions = forms.BooleanField(required=False)
    codebook_version = forms.ModelChoiceField(CodebookVersion.objects.none(), required=False)
    size = forms.IntegerField(min_value=1, max_value=MOST_ARTICLES, required=False)
    seed = forms.CharField(max_length=SEED_CHARACTERS, required=False)

    @override
    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codebook_version"].queryset = versions  # type: ignore[attr-defined]  # likewise


class WorkForm(forms.Form):
    """What is said of an article that one works on."""

    do = forms.ChoiceField(
        choices=[(each, each) for each in ("done", "skip", "open", "discuss", "clear")]
    )
    note = forms.CharField(max_length=NOTE_CHARACTERS, required=False)
    # How long its page was looked at, as the page counted.
    seconds = forms.IntegerField(min_value=0, max_value=MOST_SECONDS_SENT, required=False)
