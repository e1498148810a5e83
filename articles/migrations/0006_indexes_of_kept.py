"""Indexes of the new columns, built beside the work that goes on, and checks of old rows.

Interrupted, it can begin again: an index that was left half built is built anew.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

from articles.migrations._locks import Validate

INDEXES = (
    "article_most_edited",
    "article_by_source_alias",
    "article_by_joined_into",
    "articles_person_same_as_id_7a96d581",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0005_fill_kept")]
    operations = [
        *(migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", "") for name in INDEXES),
        Validate("articles_article", "articles_article_edits_check"),
        ValidateConstraint("person", "nobody_is_another_name_of_themselves"),
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY articles_person_same_as_id_7a96d581 "
            "ON articles_person (same_as_id)",
            "",
        ),
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
