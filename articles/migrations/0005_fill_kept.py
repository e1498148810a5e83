"""What the new columns say of articles that were stored before there were such columns.

In batches, each a transaction of its own: no article is locked for long, and what was done is not
done again.
"""

from django.db import migrations

BATCH = 5_000

# The alias as printed if it is still one of the source's, else the source's own name, else its
# first.
FILL = """
UPDATE articles_article AS article
SET external_id = article.read_external_id,
    canonical_url = article.read_canonical_url,
    source_alias_id = (
        SELECT alias.id FROM articles_sourcealias AS alias
        JOIN articles_source AS source ON source.id = alias.source_id
        LEFT JOIN articles_version AS version ON version.id = article.version_id
        WHERE alias.source_id = article.source_id
        ORDER BY alias.printed IS NOT DISTINCT FROM version.read->>'source' DESC,
            alias.printed = source.name DESC, alias.id
        LIMIT 1
    ),
    edits = (
        SELECT count(*) FROM articles_version AS later
        JOIN articles_version AS earlier ON earlier.id = later.previous_id
        WHERE later.article_id = article.id AND later.origin = 'published'
            AND earlier.reader = later.reader
            AND earlier.reader_version = later.reader_version
            AND earlier.sha256 <> later.sha256
    )
WHERE article.id BETWEEN %s AND %s
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM articles_article")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, BATCH):
            cursor.execute(FILL, [start, start + BATCH - 1])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0004_kept")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
