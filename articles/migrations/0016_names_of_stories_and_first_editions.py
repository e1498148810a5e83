"""Note the first of editions as well as who joins it or leaves; find stories by their names."""

import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_stories_let_go"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Held(
            ["articles_coverage", "articles_story"],
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="coverage",
                    name="note_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="coverage",
                    name="note_update",
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(
                        django.db.models.functions.text.Upper("name"),
                        condition=models.Q(("name", ""), _negated=True),
                        name="story_by_name",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coverage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed WHERE editions <> article_id OR story_id IS NOT NULL UNION SELECT editions FROM changed WHERE editions <> article_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="f075a6399c0bf73d6a6a9e6282d8a81d697b2405",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_34b97",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_coverage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coverage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.article_id FROM changed JOIN was USING (article_id) WHERE coalesce(was.editions, was.article_id) <> coalesce(changed.editions, changed.article_id) OR was.story_id IS DISTINCT FROM changed.story_id UNION SELECT side.id FROM changed JOIN was USING (article_id), unnest(ARRAY[was.editions, changed.editions]) AS side (id) WHERE was.editions IS DISTINCT FROM changed.editions AND side.id IS NOT NULL) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="2ec0d6c4752e4be1521c58bd97be0cbd408b4dcc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_2dff0",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_coverage",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
