"""Have search learn of it where what an article is linked to stands no more, or stands again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_stories_that_articles_were_in"),
    ]

    operations = [
        Held(
            ["articles_article"],
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_standing",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT near.id FROM changed JOIN was ON was.id = changed.id CROSS JOIN LATERAL (SELECT second_id FROM articles_link WHERE first_id = changed.id UNION ALL SELECT first_id FROM articles_link WHERE second_id = changed.id) AS near (id) WHERE was.standing <> changed.standing) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="d78b1dfd2fd4ad84b209e3526115438b6811d02e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_standing_d817a",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
