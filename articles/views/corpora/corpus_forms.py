"""What people fill in about corpora and their members: shape only."""

from typing import Any, override

from django import forms
from django.contrib.auth.models import User

from articles.membership.corpora import MAX_DESCRIPTION, MAX_NAME, MAX_SLUG
from articles.membership.invitations import MAX_NOTE
from articles.models import Access, Role


class CorpusForm(forms.Form):
    """The settings of a corpus."""

    name = forms.CharField(max_length=MAX_NAME)
    description = forms.CharField(max_length=MAX_DESCRIPTION, required=False, widget=forms.Textarea)
    access = forms.ChoiceField(choices=Access.choices)
    # What was read, so that who was slower is told.
    state = forms.CharField(required=False, max_length=64)


class NewCorpusForm(CorpusForm):
    """The settings of a corpus that is to be made, and its address."""

    slug = forms.SlugField(max_length=MAX_SLUG, required=False)


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    role = forms.ChoiceField(choices=Role.choices)
    note = forms.CharField(max_length=MAX_NOTE, required=False)


class AddMemberForm(forms.Form):
    """Someone who has an account, and their role."""

    username = forms.CharField(max_length=150)
    role = forms.ChoiceField(choices=Role.choices)
    person: User

    def clean_username(self) -> str:
        """Find whom the name means; names differ by their letters alone."""
        name: str = self.cleaned_data["username"].strip()
        found = User.objects.filter(username=User.normalize_username(name), is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                f"Nobody here is called “{name}”. Invite them: the link lets them make an account."
            )
        self.person = found
        return name


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(choices=Role.choices)


class AccountForm(forms.Form):
    """A new account: a name, and a password twice."""

    username = forms.CharField(max_length=150)
    password = forms.CharField(max_length=1_000, strip=False, widget=forms.PasswordInput)
    again = forms.CharField(max_length=1_000, strip=False, widget=forms.PasswordInput)

    @override
    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", "The two passwords differ.")
        return given
