"""What people fill in about entities: shape only."""

from django import forms

from articles.annotate.entities.entities import KIND_CHARACTERS, NAME_CHARACTERS
from articles.annotate.entities.entity_changes import ID_CHARACTERS, NOTE_CHARACTERS


class EntityForm(forms.Form):
    """What an entity is called, what it is, and a note."""

    name = forms.CharField(max_length=NAME_CHARACTERS)
    kind = forms.CharField(max_length=KIND_CHARACTERS)
    note = forms.CharField(required=False, max_length=NOTE_CHARACTERS)
    # What was read, so that who was slower is told.
    state = forms.CharField(required=False, max_length=64)


class AliasForm(forms.Form):
    """A further name."""

    name = forms.CharField(max_length=NAME_CHARACTERS)


class IdForm(forms.Form):
    """What an entity is called elsewhere."""

    scheme = forms.CharField(max_length=KIND_CHARACTERS)
    value = forms.CharField(max_length=ID_CHARACTERS)
