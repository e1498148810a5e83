"""Identity keeps what the outlet says; people's corrections get columns of their own.

Renaming a column takes no time, and PostgreSQL's indexes follow it by themselves; only Django's
state of them is told.
"""

from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_cache_table")]
    operations = [
        Held(
            ["articles_article"],
            [
                migrations.RenameField("article", "external_id", "read_external_id"),
                migrations.RenameField("article", "canonical_url", "read_canonical_url"),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("article", "one_article_per_external_id"),
                migrations.RemoveConstraint("article", "one_article_per_url"),
                migrations.RemoveIndex("article", "article_by_url"),
                migrations.AddConstraint(
                    "article",
                    models.UniqueConstraint(
                        fields=["corpus", "read_external_id"],
                        condition=models.Q(read_external_id__isnull=False),
                        name="one_article_per_external_id",
                    ),
                ),
                migrations.AddConstraint(
                    "article",
                    models.UniqueConstraint(
                        fields=["corpus", "read_canonical_url"],
                        condition=models.Q(
                            read_canonical_url__isnull=False, read_external_id__isnull=True
                        ),
                        name="one_article_per_url",
                    ),
                ),
                migrations.AddIndex(
                    "article",
                    models.Index(
                        fields=["corpus", "read_canonical_url"],
                        condition=models.Q(read_canonical_url__isnull=False),
                        name="article_by_url",
                    ),
                ),
            ]
        ),
    ]
