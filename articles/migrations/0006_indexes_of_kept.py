"""Indexes of the new columns, built beside the work that goes on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0005_fill_kept")]
    operations = [
        AddIndexConcurrently(
            "article",
            models.Index(
                fields=["-edits", "-id"],
                condition=models.Q(edits__gt=0),
                name="article_most_edited",
            ),
        ),
        AddIndexConcurrently(
            "article",
            models.Index(
                fields=["source_alias"],
                condition=models.Q(source_alias__isnull=False),
                name="article_by_source_alias",
            ),
        ),
        AddIndexConcurrently(
            "article",
            models.Index(
                fields=["joined_into"],
                condition=models.Q(joined_into__isnull=False),
                name="article_by_joined_into",
            ),
        ),
    ]
