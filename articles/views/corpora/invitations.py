"""An invitation, opened by whom it is for: with an account that is there, or with a new one."""

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from articles.membership import invitations
from articles.membership.invitations import Standing
from articles.models import Corpus, Door, Invitation, Role, attempts
from articles.views.corpora.corpus_forms import AccountForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@sensitive_post_parameters()
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what an invitation is to, and let in who takes it up. Guesses are counted."""
    response = _answer(request, secret)
    # The address is the key: it must not stand in any referrer, nor in any index.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@sensitive_variables("secret")
def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    if wait := attempts.retry_after(request):
        minutes = max(1, -(-wait // 60))
        page = render(
            request,
            "invitation/wait.html",
            {"minutes": minutes},
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
        page["Retry-After"] = str(wait)
        return page
    invitation = invitations.find(secret)
    if invitation is None:
        attempts.failed(request)
        return render(request, "invitation/unknown.html", status=HTTPStatus.NOT_FOUND)
    if (standing := invitations.standing(invitation)) is not Standing.OPEN:
        return _ended(request, invitation, standing)
    if request.method != "POST":
        return _page(request, invitation, AccountForm())
    try:
        if request.user.is_authenticated:
            return _accept(request, invitation)
        return _make_account(request, invitation)
    except invitations.InvitationEndedError as fault:
        return _ended(request, invitation, fault.standing)


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    operation = invitations.accept(invitation, by=cast("User", request.user), door=Door.PAGE)
    if operation is None:
        messages.info(request, "You have this role already, or a higher one: nothing changed.")
    else:
        messages.success(request, _welcome(invitation))
    return _onwards(invitation)


def _make_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            person = invitations.accept_as_new(
                invitation,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                door=Door.PAGE,
            )
        except invitations.AccountRefusedError as fault:
            for field, sentences in fault.errors.items():
                for sentence in sentences:
                    form.add_error(field, sentence)
        else:
            login(request, person)
            messages.success(request, _welcome(invitation))
            return _onwards(invitation)
    return _page(request, invitation, form, HTTPStatus.BAD_REQUEST)


def _welcome(invitation: Invitation) -> str:
    return f"You are now a member of {invitation.corpus}: {_role(invitation)}."


def _onwards(invitation: Invitation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("corpus-detail", args=[invitation.corpus.slug]))


def _page(
    request: HttpRequest,
    invitation: Invitation,
    form: AccountForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    held = None
    if request.user.is_authenticated:
        held = invitations.held_role(invitation, request.user)
    context = {
        "invitation": invitation,
        "role": _role(invitation),
        "held": held.label.lower() if held else "",
        "has_enough": held is not None and held in Role.at_least(Role(invitation.role)),
        "may_see": Corpus.objects.visible_to(request.user).filter(pk=invitation.corpus_id).exists(),
        "form": form,
    }
    return render(request, "invitation/accept.html", context, status=status)


def _ended(request: HttpRequest, invitation: Invitation, standing: Standing) -> HttpResponse:
    """Say that it has ended; of which corpus, nobody is told any more."""
    context = {
        "standing": standing.value,
        "mine": invitation.accepted_by_id is not None
        and invitation.accepted_by_id == request.user.pk,
        "corpus": invitation.corpus,
    }
    return render(request, "invitation/ended.html", context, status=HTTPStatus.GONE)


def _role(invitation: Invitation) -> str:
    return str(Role(invitation.role).label.lower())
