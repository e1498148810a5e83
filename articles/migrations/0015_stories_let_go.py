"""Let a story that is undone go of what the machine put into it meanwhile."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_related_coverage")]

    operations = [
        Held(
            ["articles_story"],
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="let_go",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="WITH freed AS (UPDATE articles_coverage SET story_id = NULL FROM changed WHERE articles_coverage.story_id = changed.id AND NOT articles_coverage.pinned RETURNING article_id) INSERT INTO articles_change (article_id, consumer) SELECT article_id, 'related' FROM freed; RETURN NULL;",
                            hash="3a6e5ca254fca28cab90d0d29302120e6676906e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_let_go_bb1fe",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
