"""Note every article whose current text changes: a tag may be made while that is under way."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_names_by_words")]

    operations = [
        Held(
            ["articles_article"],
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="article",
                    name="note_text",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_text",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.id FROM changed JOIN was ON was.id = changed.id WHERE was.version_id IS NOT NULL AND (was.version_id IS DISTINCT FROM changed.version_id OR was.standing IS DISTINCT FROM changed.standing)) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['annotate']) AS consumer; RETURN NULL;",
                            hash="2a4e401f685dbc08c8c2a3d7b60d92d8548de7d8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_text_26547",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
