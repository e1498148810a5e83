"""What the new columns say of articles that were stored before there were such columns.

In batches, each a transaction of its own: no article is locked for long, a batch that would wait
for other work is tried again, and what was done is not done again.
"""

import time

from django.db import OperationalError, migrations, transaction

BATCH = 1_000
PATIENCE_MS = 250
PAUSE_SECONDS = 0.5

# The alias as printed if it is still one of the source's, else the source's own name, else its
# first.
FILL = """
WITH filled AS (
    SELECT article.id,
        (
            SELECT alias.id FROM articles_sourcealias AS alias
            JOIN articles_source AS source ON source.id = alias.source_id
            LEFT JOIN articles_version AS version ON version.id = article.version_id
            WHERE alias.source_id = article.source_id
            ORDER BY alias.printed IS NOT DISTINCT FROM version.read->>'source' DESC,
                alias.printed = source.name DESC, alias.id
            LIMIT 1
        ) AS source_alias_id,
        (
            SELECT count(*) FROM articles_version AS later
            JOIN articles_version AS earlier ON earlier.id = later.previous_id
            WHERE later.article_id = article.id AND later.origin = 'published'
                AND earlier.reader = later.reader
                AND earlier.reader_version = later.reader_version
                AND earlier.sha256 <> later.sha256
        ) AS edits
    FROM articles_article AS article
    WHERE article.id BETWEEN %s AND %s
)
UPDATE articles_article AS article
SET external_id = article.read_external_id,
    canonical_url = article.read_canonical_url,
    source_alias_id = filled.source_alias_id,
    edits = filled.edits
FROM filled
WHERE article.id = filled.id
    AND (article.external_id, article.canonical_url, article.source_alias_id, article.edits)
        IS DISTINCT FROM
        (article.read_external_id, article.read_canonical_url, filled.source_alias_id, filled.edits)
"""


def fill(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM articles_article")
        first, last = cursor.fetchone()
    for start in range(first, last + 1, BATCH):
        while not _filled(connection, start):
            time.sleep(PAUSE_SECONDS)


def _filled(connection, start):
    """Fill a batch unless another transaction holds some of its articles for long."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            cursor.execute(FILL, [start, start + BATCH - 1])
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", None) in ("55P03", "40P01"):  # waited; deadlock
            return False
        raise
    return True


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0004_kept")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
