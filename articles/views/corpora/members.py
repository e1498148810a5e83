"""The members of a corpus: who they are, what they may do, and who is invited."""

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from articles.membership import invitations, members
from articles.models import Act, Corpus, Door, Invitation, Membership, Role
from articles.views.acts import actor, tell
from articles.views.corpora.corpora import about, known_corpus
from articles.views.corpora.corpus_forms import AddMemberForm, InviteForm, RoleForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ENDED_SHOWN = 20


@login_required
@require_safe
@never_cache
def corpus_members(request: HttpRequest, slug: str) -> HttpResponse:
    """List the members; admins change their roles here, and invite."""
    corpus = known_corpus(request, slug)
    if not Corpus.objects.with_members(request.user).filter(pk=corpus.pk).exists():
        raise PermissionDenied(f"The members of {corpus} are shown to its members.")
    return _page(request, corpus)


@login_required
@require_POST
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Make someone who has an account a member."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.MEMBERS)
    form = AddMemberForm(request.POST)
    if form.is_valid():
        try:
            operation = members.add(
                corpus, form.person, Role(form.cleaned_data["role"]), by=by, door=Door.PAGE
            )
        except members.MembersRefusedError as fault:
            form.add_error("username", fault.reason)
        else:
            tell(request, operation)
            return _back(corpus)
    return _page(request, corpus, HTTPStatus.BAD_REQUEST, add_form=form)


@login_required
@require_POST
def member_role(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Give a member another role."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.MEMBERS)
    get_object_or_404(Membership, corpus=corpus, user_id=member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, corpus, HTTPStatus.BAD_REQUEST, refused="Choose a role of the list.")
    try:
        operation = members.change_role(
            corpus, member, Role(form.cleaned_data["role"]), by=by, door=Door.PAGE
        )
    except members.MembersRefusedError as fault:
        return _page(request, corpus, HTTPStatus.CONFLICT, refused=fault.reason)
    tell(request, operation)
    return _back(corpus)


@login_required
@require_POST
def member_remove(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """End a membership."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.MEMBERS)
    get_object_or_404(Membership, corpus=corpus, user_id=member)
    try:
        operation = members.remove(corpus, member, by=by, door=Door.PAGE)
    except members.MembersRefusedError as fault:
        return _page(request, corpus, HTTPStatus.CONFLICT, refused=fault.reason)
    tell(request, operation)
    return _back(corpus)


@login_required
@require_POST
def corpus_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """End one's own membership."""
    corpus = known_corpus(request, slug)
    if not Corpus.objects.with_members(request.user).filter(pk=corpus.pk).exists():
        raise PermissionDenied(f"You are not a member of {corpus}.")
    by = cast("User", request.user)
    try:
        members.remove(corpus, by.pk, by=by, door=Door.PAGE)
    except members.MembersRefusedError as fault:
        return _page(request, corpus, HTTPStatus.CONFLICT, refused=fault.reason)
    messages.success(request, f"You left {corpus}. An admin of it can let you in again.")
    return HttpResponseRedirect(reverse("corpus-list"))


@sensitive_variables("secret")
@login_required
@require_POST
@never_cache
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an invitation and show its link, this once: it is in this answer and nowhere else."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.MEMBERS)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, corpus, HTTPStatus.BAD_REQUEST, invite_form=form)
    try:
        invitation, secret, _ = invitations.invite(
            corpus,
            role=Role(form.cleaned_data["role"]),
            note=form.cleaned_data["note"],
            by=by,
            door=Door.PAGE,
        )
    except invitations.InvitationsRefusedError as fault:
        form.add_error(None, str(fault))
        return _page(request, corpus, HTTPStatus.CONFLICT, invite_form=form)
    link = request.build_absolute_uri(reverse("invitation-accept", args=[secret]))
    return _page(request, corpus, HTTPStatus.CREATED, made=invitation, link=link)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End an invitation that nobody has used yet."""
    corpus = known_corpus(request, slug)
    by = actor(request, corpus, Act.MEMBERS)
    invitation = get_object_or_404(Invitation, corpus=corpus, pk=pk)
    operation = invitations.revoke(invitation, by=by, door=Door.PAGE)
    if operation is None:
        messages.info(request, "This invitation had ended already.")
    else:
        tell(request, operation)
    return _back(corpus)


def _back(corpus: Corpus) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("corpus-members", args=[corpus.slug]))


def _page(
    request: HttpRequest, corpus: Corpus, status: int = HTTPStatus.OK, **more: object
) -> HttpResponse:
    context = {
        **about(request, corpus),
        "tab": "members",
        "memberships": listed(corpus),
        "roles": Role.choices,
        "add_form": AddMemberForm(),
        "invite_form": InviteForm(),
        **more,
    }
    if context["administers"]:
        sent = Invitation.objects.filter(corpus=corpus).select_related("created_by", "accepted_by")
        pending = sent.open()
        context["pending"] = list(pending)
        context["ended"] = list(sent.exclude(pk__in=pending.values("pk"))[:ENDED_SHOWN])
    return render(request, "corpus/members.html", context, status=status)


def listed(corpus: Corpus) -> list[Membership]:
    """Return the members, admins first, then by name."""
    rank = Case(
        *(When(role=role, then=Value(-index)) for index, role in enumerate(Role)),
        output_field=IntegerField(),
    )
    found = Membership.objects.filter(corpus=corpus).select_related("user")
    return list(found.annotate(rank=rank).order_by("rank", "user__username"))
