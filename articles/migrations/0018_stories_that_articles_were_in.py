"""Put an article back where the machine had it once nobody says any more where it belongs."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_task_terms_and_who_is_tagged"),
    ]

    operations = [
        Held(
            ["articles_coverage", "articles_storypin", "articles_storypinevent"],
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="storypin",
                    name="place_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="storypin",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="storypin",
                    name="before_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="storypin",
                    name="after_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="storypin",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="storypin",
                    name="was_in",
                    field=models.BigIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name="storypinevent",
                    name="was_in",
                    field=models.BigIntegerField(null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="place_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="UPDATE articles_coverage SET pinned = false, story_id = (SELECT id FROM articles_story WHERE id = changed.was_in) FROM changed WHERE articles_coverage.article_id = changed.article_id; INSERT INTO articles_change (article_id, consumer) SELECT article_id, 'related' FROM changed; RETURN NULL;",
                            hash="8cb7fe668601bc90d081708f6fea3f9396dbb1b0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_place_delete_ae23a",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "was_in") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."story_id", new_values."was_in" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c1f11943cc98c204fa84e542f8d911e1981f1c42",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c551a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "was_in") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."story_id", old_values."was_in" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad930b1ffa36490125ff30b79d0b8e3c69bd94e2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_fd86c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "was_in") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."story_id", new_values."was_in" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad2df2b30b541ff1483a83934914194a0b8e196f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_7c361",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id", "was_in") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."story_id", old_values."was_in" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c90f9f5d5a739032c9bc6b323313d74887a1b571",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8424",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
