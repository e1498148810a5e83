"""Corpora, who may do what in them, and their sources and people."""

from collections.abc import Iterable
from functools import cache
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.changes import noting
from articles.models.statements import Statement, stand_in
from articles.models.tracking import kept

type Visitor = User | AnonymousUser | AbstractBaseUser

DEFAULT_CORPUS = "default"


class Access(models.TextChoices):
    """Who may read a corpus without being its member."""

    OPEN = "open", "Open to read"
    LICENSED = "licensed", "Licensed: others see metadata and snippets"
    MEMBERS = "members", "Members only"


class Role(models.TextChoices):
    """What a member may do; each role may do all that the ones before it may."""

    VIEWER = "viewer", "Viewer"
    ANNOTATOR = "annotator", "Annotator"
    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Admin"

    @classmethod
    def at_least(cls, role: "Role") -> list["Role"]:
        """Return the roles that may do what ``role`` may."""
        order = list(cls)
        return order[order.index(role) :]


class CorpusQuerySet(models.QuerySet["Corpus"]):
    """Who may see or change a corpus is decided here and nowhere else."""

    def visible_to(self, user: Visitor) -> Self:
        """Those that ``user`` may know of: metadata and snippets of their articles."""
        return self._open_to(user, Access.OPEN, Access.LICENSED)

    def readable_by(self, user: Visitor) -> Self:
        """Those whose texts and captures ``user`` may read; of licensed ones its members alone."""
        return self._open_to(user, Access.OPEN)

    def _open_to(self, user: Visitor, *access: Access) -> Self:
        if _is_superuser(user):
            return self
        allowed = Q(access__in=access)
        if user.is_authenticated:
            allowed |= Q(pk__in=Membership.objects.filter(user_id=user.pk).values("corpus_id"))
        return self.filter(allowed)

    def with_members(self, user: Visitor) -> Self:
        """Those of which ``user`` is a member: their history and their people are shown to them."""
        return self.allowing(user, Role.VIEWER)

    def annotatable_by(self, user: Visitor) -> Self:
        """Those that ``user`` may tag."""
        return self.allowing(user, Role.ANNOTATOR)

    def editable_by(self, user: Visitor) -> Self:
        """Those into which ``user`` may ingest and in which they may put things right."""
        return self.allowing(user, Role.EDITOR)

    def administered_by(self, user: Visitor) -> Self:
        """Those whose settings and members are ``user``'s to change."""
        return self.allowing(user, Role.ADMIN)

    def allowing(self, user: Visitor, role: "Role") -> Self:
        """Those in which ``user`` may do what ``role`` may."""
        if _is_superuser(user):
            return self
        if not user.is_authenticated:
            return self.none()
        members = Membership.objects.filter(user_id=user.pk, role__in=Role.at_least(role))
        return self.filter(pk__in=members.values("corpus_id"))


def _is_superuser(user: Visitor) -> bool:
    return bool(user.is_active and getattr(user, "is_superuser", False))


@kept()
class Corpus(models.Model):
    """A body of articles, and the boundary of permission."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.MEMBERS)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = CorpusQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "corpora"
        constraints = (
            models.CheckConstraint(
                condition=Q(access__in=Access.values), name="corpus_access_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


@kept()
class Membership(models.Model):
    """A person's role in a corpus."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["corpus", "user"], name="one_role_per_member"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.corpus}"


class WithinCorpusQuerySet[M: models.Model](models.QuerySet[M]):
    """What lives within one corpus is visible and editable as its corpus is."""

    def visible_to(self, user: Visitor) -> Self:
        """Those in corpora that ``user`` may know of."""
        if _is_superuser(user):
            return self
        return self.filter(corpus__in=_ids("visible_to", user))

    def readable_by(self, user: Visitor) -> Self:
        """Those in corpora whose texts ``user`` may read."""
        if _is_superuser(user):
            return self
        return self.filter(corpus__in=_ids("readable_by", user))

    def editable_by(self, user: Visitor) -> Self:
        """Those in corpora that ``user`` may edit."""
        if _is_superuser(user):
            return self
        return self.filter(corpus__in=_ids("editable_by", user))


def _ids(way: str, user: Visitor) -> Iterable[int]:
    """Return the ids of the corpora that a queryset's method finds for a user, no superuser.

    As a list: with constants the planner can walk an index in list order.
    """
    question = _corpora(way, is_someone=user.is_authenticated)
    return [pk for (pk,) in question.ask(user.pk)]


@cache
def _corpora(way: str, *, is_someone: bool) -> Statement:
    who = User(pk=stand_in(0)) if is_someone else AnonymousUser()
    return Statement.of(getattr(Corpus.objects, way)(who).order_by().values_list("pk"))


def may(user: Visitor, role: Role, corpus: int) -> bool:
    """Whether ``user`` may do in a corpus what a role may."""
    if not user.is_authenticated:
        return False
    return bool(_allowed(role, is_superuser=_is_superuser(user)).ask(user.pk, corpus))


@cache
def _allowed(role: Role, *, is_superuser: bool) -> Statement:
    who = User(pk=stand_in(0), is_active=True, is_superuser=is_superuser)
    rows = Corpus.objects.allowing(who, role).filter(pk=stand_in(1))
    return Statement.of(rows.order_by().values_list("pk"))


class SourceQuerySet(WithinCorpusQuerySet["Source"]):
    """Reads of sources."""

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)


@kept()
class Source(models.Model):
    """An outlet, under its canonical name."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=300)
    domains = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    # A merged source keeps its row, so that its address leads on and the merge can be undone.
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged"
    )

    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            # A merged one gives its name free: what stands may come to be called so.
            models.UniqueConstraint(
                fields=["corpus", "name"],
                condition=Q(merged_into=None),
                name="one_standing_source_per_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source-detail", args=[self.pk])


@kept()
class SourceAlias(models.Model):
    """A name under which a source was printed, case-folded. One alias names one source.

    Articles know the alias they were printed under, so that it can move to another source, and
    they with it.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    folded = models.CharField(max_length=300)
    printed = models.CharField(max_length=300)

    class Meta:
        ordering = ("printed",)
        constraints = (
            models.UniqueConstraint(fields=["corpus", "folded"], name="one_source_per_alias"),
        )

    def __str__(self) -> str:
        return self.printed


@kept()
class AgencyAlias(models.Model):
    """An agency that the shipped table lacks, or a name for one, known within a corpus."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="agency_aliases")
    name = models.CharField(max_length=200)
    alias = models.CharField(max_length=200)

    class Meta:
        ordering = ("name", "alias")
        verbose_name_plural = "agency aliases"
        constraints = (
            models.UniqueConstraint(fields=["corpus", "alias"], name="one_agency_per_alias"),
        )

    def __str__(self) -> str:
        return f"{self.alias} → {self.name}"


class PersonQuerySet(WithinCorpusQuerySet["Person"]):
    """Reads of people."""

    def standing(self) -> Self:
        """Those that are not another name of someone else."""
        return self.filter(same_as=None)

    def names_of(self, people: Iterable[int]) -> list[int]:
        """Return the ids of all rows by which people are known, their own among them.

        Asked first, and then for: one condition on credits and on people would read every credit.
        """
        ids = list(people)
        known = self.filter(Q(pk__in=ids) | Q(same_as__in=ids)).order_by()
        return list(known.values_list("pk", flat=True))


@kept()
class Person(models.Model):
    """Someone who is credited with articles of a corpus, by one printed name.

    Who was printed under several names is several rows, of which one stands for all: the others
    are ``same_as`` it, never a row that is itself the same as another. Credits keep the row of the
    name that was printed, so that a merge or a split touches no credit.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="other_names"
    )

    objects: ClassVar = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "people"
        # The search index knows an author by the row that stands for all their names.
        triggers = (
            noting(
                "note_same_as",
                "SELECT article_id FROM articles_version"
                " JOIN articles_credit ON articles_credit.version_id = articles_version.id"
                " JOIN changed ON changed.id = articles_credit.person_id"
                " JOIN was ON was.id = changed.id"
                " WHERE was.same_as_id IS DISTINCT FROM changed.same_as_id",
                operation=pgtrigger.Update,
                seen={"old": "was", "new": "changed"},
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["corpus", "folded"], name="one_person_per_name"),
            models.CheckConstraint(
                condition=~Q(same_as=models.F("id")), name="nobody_is_another_name_of_themselves"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person-detail", args=[self.pk])
