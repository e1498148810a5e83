"""What people put right about articles. Effective values follow from it, and undo takes it back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.articles import Article, Version
from articles.models.corpora import Corpus
from articles.models.tracking import kept


class CorrectedField(models.TextChoices):
    """The fields outside the text that people put right."""

    SOURCE = "source", "Source"
    PUBLISHED = "published", "Published"
    MODIFIED = "modified", "Updated"
    BYLINE = "byline", "Byline"
    CREDITS = "credits", "Credits"
    DATELINE = "dateline", "Dateline"
    SECTION = "section", "Section"
    PAGE = "page", "Page"
    EDITION = "edition", "Edition"
    LANGUAGE = "language", "Language"
    CANONICAL_URL = "canonical_url", "Address"
    EXTERNAL_ID = "external_id", "Identifier"
    RIGHTS = "rights", "Rights"
    # Flags that someone looked at and found to be no fault.
    FLAGS = "flags", "Flags looked at"


@kept()
class Correction(models.Model):
    """A person's value for a field outside the text, laid over what was read.

    ``value`` is JSON; null says that there is none. By field: ``source``, ``byline``, ``section``,
    ``page``, ``edition``, ``language``, ``canonical_url``, ``external_id`` and ``rights`` are
    strings; ``published`` and ``modified`` are ``{date, precision, at}`` as in ``Version.read``;
    ``dateline`` is ``{place, agency}``; ``credits`` a list of ``{kind, name, role, place}``;
    ``flags`` maps each flag looked at to the id of the newest version that was there to be seen
    then, of the article or of what was joined to it.
    """

    # Its corpus too, so that what a corpus' people put right is found without its articles.
    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="corrections")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="corrections", db_index=False
    )
    field = models.CharField(max_length=20, choices=CorrectedField.choices)
    value = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    objects: ClassVar = models.Manager["Correction"]()

    class Meta:
        ordering = ("article", "field")
        constraints = (
            models.UniqueConstraint(fields=["article", "field"], name="one_correction_per_field"),
            models.CheckConstraint(
                condition=Q(field__in=CorrectedField.values), name="corrected_field_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.article_id}"


@kept()
class TextCorrection(models.Model):
    """A person's word on the text of an article: which version stands, or where it belongs.

    It holds until the outlet publishes another text: a version with a number over ``after``.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="text_correction"
    )
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    joined_into = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="joined_texts"
    )
    # The article's newest version when this was said.
    after = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(version__isnull=True) ^ Q(joined_into__isnull=True),
                name="a_text_stands_or_is_joined",
            ),
            models.CheckConstraint(
                condition=~Q(joined_into=models.F("article")), name="nothing_is_joined_to_itself"
            ),
        )

    def __str__(self) -> str:
        return f"Text of {self.article_id}"
