"""The members of a corpus, and the invitations to it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import orjson
from django.contrib.auth.models import User as UserModel
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.articles.editing import answered, checked, operation_headers
from articles.api.articles.records import VISIBLE
from articles.api.checking import Check, one_of, text
from articles.api.endpoint import Endpoint, detail, etag_of, matches
from articles.api.operations import JSON, Operation, lists, reads
from articles.api.permitting import check_administers
from articles.api.presenters import members as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.ingest import storing
from articles.membership import invitations, members
from articles.models import Corpus, Door, Invitation, Membership, Role
from articles.models.access import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_ROLE = one_of(*Role.values)
_NEW: Mapping[str, Check] = {
    "username": text(150, pattern=VISIBLE, hint="This must hold words."),
    "role": _ROLE,
}
_CHANGES: Mapping[str, Check] = {"role": _ROLE}
_INVITED: Mapping[str, Check] = {"role": _ROLE, "note": text(invitations.MAX_NOTE)}


class MembersEndpoint(Endpoint):
    """What concerns the members of a corpus. Only for people: of open corpora too."""

    permission_classes = (IsAuthenticated,)


class MemberList(MembersEndpoint):
    """The members of a corpus."""

    operations: ClassVar = {
        "GET": lists("Member"),
        "POST": Operation(
            {201: "Member"}, body={JSON: checking.fields(_NEW, required=tuple(_NEW)).schema}
        ),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the members and their roles; for members."""
        query, at = paging.read(request), Addresses(request)
        rows = _members(_corpus_of_mine(request, pk))
        return paging.page(request, rows, ("pk",), lambda row: present.member(row, at), query=query)

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Make someone who has an account a member; for admins. 409 if they are one.

        404 with `errors` if nobody here has that name: invite them instead.
        """
        corpus = _corpus_to_administer(request, pk)
        return once(request, lambda: _add(request, corpus))


def _add(request: Request, corpus: Corpus) -> Answer:
    values = checked(request.data, _NEW, required=tuple(_NEW))
    name = UserModel.normalize_username(values["username"])
    person = UserModel.objects.filter(username=name, is_active=True).first()
    if person is None:
        message = "Nobody here has this name. Invite them instead."
        raise Problem(404, f"username: {message}", errors={"username": message})
    try:
        operation = members.add(
            corpus, person, Role(values["role"]), by=_asking(request), door=Door.API
        )
    except members.MembersRefusedError as fault:
        raise Problem(409, fault.reason) from None
    shown = present.member(_members(corpus).get(user=person), Addresses(request))
    headers = {"Location": shown["url"], **operation_headers(operation, Addresses(request))}
    return answer(201, shown, headers)


class MemberDetail(MembersEndpoint):
    """A member of a corpus."""

    operations: ClassVar = {
        "GET": reads("Member"),
        "PATCH": Operation(
            {200: "Member"}, body={JSON: checking.fields(_CHANGES, required=("role",)).schema}
        ),
        "DELETE": Operation({204: None}),
    }

    def get(self, request: Request, pk: int, member: int) -> HttpResponseBase:
        """Return a member; for members."""
        row = get_object_or_404(_members(_corpus_of_mine(request, pk)), user_id=member)
        return detail(request, present.member(row, Addresses(request)), page=_page_of(row))

    def patch(self, request: Request, pk: int, member: int) -> HttpResponseBase:
        """Give a member another role; for admins. 409 if no admin would be left.

        Send the `ETag` that you read as `If-Match`: 412 tells that someone was faster, with the
        `current` state.
        """
        corpus = _corpus_to_administer(request, pk)
        role = Role(checked(request.data, _CHANGES, required=("role",))["role"])
        with transaction.atomic():
            _check_unchanged(request, corpus, member)
            try:
                operation = members.change_role(
                    corpus, member, role, by=_asking(request), door=Door.API
                )
            except members.MembersRefusedError as fault:
                raise Problem(409, fault.reason) from None
        row = get_object_or_404(_members(corpus), user_id=member)
        shown = present.member(row, Addresses(request))
        return answered(request, shown, operation, page=_page_of(row))

    def delete(self, request: Request, pk: int, member: int) -> HttpResponse:
        """End a membership: admins anyone's, members their own. 409 if no admin would be left."""
        corpus = _corpus_of_mine(request, pk)
        if member != request.user.pk:
            check_administers(request, corpus)
        with transaction.atomic():
            _check_unchanged(request, corpus, member)
            try:
                operation = members.remove(corpus, member, by=_asking(request), door=Door.API)
            except members.MembersRefusedError as fault:
                raise Problem(409, fault.reason) from None
        return HttpResponse(status=204, headers=operation_headers(operation, Addresses(request)))


def _check_unchanged(request: Request, corpus: Corpus, member: int) -> None:
    """Lock the corpus, so that what is compared stays true; raise Http404, Problem 412."""
    storing.lock(corpus)
    current = present.member(
        get_object_or_404(_members(corpus), user_id=member), Addresses(request)
    )
    header = request.headers.get("If-Match")
    if header is not None and not matches(header, etag_of(current)):
        raise Problem(412, "Someone changed this since you read it.", current=current)


class InvitationList(MembersEndpoint):
    """The invitations to a corpus."""

    operations: ClassVar = {
        "GET": lists("Invitation"),
        "POST": Operation(
            {201: "Invitation"},
            body={JSON: checking.fields(_INVITED, required=("role",)).schema},
        ),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the invitations, the newest first; for admins. Their links are told no more."""
        query, at = paging.read(request), Addresses(request)
        rows = _invitations(_corpus_to_administer(request, pk))
        return paging.page(
            request, rows, ("-pk",), lambda row: present.invitation(row, at), query=query
        )

    def post(self, request: Request, pk: int) -> HttpResponse:
        """Invite someone; for admins. `link` lets one person in, once, within 14 days.

        It is told in this answer and nowhere else: a repeat under the same `Idempotency-Key` has
        null in its place.
        """
        corpus = _corpus_to_administer(request, pk)
        links: list[str] = []
        # What is kept for a repeat holds no secret.
        response = once(request, lambda: _invite(request, corpus, links))
        if links:
            told = {**orjson.loads(response.content), "link": links[0]}
            response.content = orjson.dumps(told)
        return response


def _invite(request: Request, corpus: Corpus, links: list[str]) -> Answer:
    values = checked(request.data, _INVITED, required=("role",))
    try:
        invitation, secret, operation = invitations.invite(
            corpus,
            role=Role(values["role"]),
            note=values.get("note", ""),
            by=_asking(request),
            door=Door.API,
        )
    except invitations.InvitationsRefusedError as fault:
        raise Problem(409, str(fault)) from None
    links.append(request.build_absolute_uri(reverse("invitation-accept", args=[secret])))
    shown = present.invitation(invitation, Addresses(request))
    headers = {"Location": shown["url"], **operation_headers(operation, Addresses(request))}
    return answer(201, shown, headers)


class InvitationDetail(MembersEndpoint):
    """An invitation to a corpus."""

    operations: ClassVar = {"GET": reads("Invitation")}

    def get(self, request: Request, pk: int, invitation: int) -> HttpResponseBase:
        """Return an invitation and what became of it; for admins."""
        row = _invitation(request, pk, invitation)
        return detail(request, present.invitation(row, Addresses(request)))


class InvitationRevoke(MembersEndpoint):
    """The end of an invitation before its time."""

    operations: ClassVar = {"POST": Operation({200: "Invitation"})}

    def post(self, request: Request, pk: int, invitation: int) -> HttpResponse:
        """Revoke an invitation; for admins. 409 if it has ended already."""
        row = _invitation(request, pk, invitation)
        return once(request, lambda: _revoke(request, row))


def _revoke(request: Request, row: Invitation) -> Answer:
    operation = invitations.revoke(row, by=_asking(request), door=Door.API)
    if operation is None:
        raise Problem(409, "This invitation has ended already.")
    row.refresh_from_db()
    shown = present.invitation(row, Addresses(request))
    return answer(200, shown, operation_headers(operation, Addresses(request)))


def _corpus_of_mine(request: Request, pk: int) -> Corpus:
    """Return a corpus of which the client is a member; raise Http404 or Problem 403."""
    corpus: Corpus = get_object_or_404(Corpus.objects.visible_to(request.user), pk=pk)
    if not Corpus.objects.with_members(request.user).filter(pk=pk).exists():
        raise Problem(403, f"The members of the corpus “{corpus.slug}” are shown to its members.")
    return corpus


def _corpus_to_administer(request: Request, pk: int) -> Corpus:
    """Return a corpus that the client administers; raise Http404 or Problem 403."""
    corpus: Corpus = get_object_or_404(Corpus.objects.visible_to(request.user), pk=pk)
    check_administers(request, corpus)
    return corpus


def _members(corpus: Corpus) -> Any:
    return Membership.objects.filter(corpus=corpus).select_related("user", "corpus")


def _invitations(corpus: Corpus) -> Any:
    found = Invitation.objects.filter(corpus=corpus)
    return found.select_related("corpus", "created_by", "accepted_by")


def _invitation(request: Request, pk: int, invitation: int) -> Invitation:
    found = _invitations(_corpus_to_administer(request, pk))
    row: Invitation = get_object_or_404(found, pk=invitation)
    return row


def _asking(request: Request) -> "User":
    return cast("User", request.user)


def _page_of(row: Membership) -> str:
    return reverse("corpus-members", args=[row.corpus.slug])
