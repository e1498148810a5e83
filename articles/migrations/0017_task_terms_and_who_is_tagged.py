"""Let tasks be changed after work began; have related coverage learn of who is tagged."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_names_of_stories_and_first_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Held(
            [
                "articles_assignment",
                "articles_assignmentevent",
                "articles_entity",
                "articles_mention",
                "articles_task",
                "articles_taskevent",
            ],
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assignment",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assignment",
                    name="before_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assignment",
                    name="after_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assignment",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="before_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="after_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="assignment",
                    name="left_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="assignment",
                    name="suggestions",
                    field=models.BooleanField(null=True),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
                    name="left_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
                    name="suggestions",
                    field=models.BooleanField(null=True),
                ),
                migrations.AddField(
                    model_name="task",
                    name="blind_until",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="taskevent",
                    name="blind_until",
                    field=models.DateTimeField(null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "left_at", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "suggestions", "task_id", "user_id") SELECT new_values."done_at", new_values."id", new_values."item_id", new_values."left_at", new_values."needs_discussion", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."seconds", new_values."status", new_values."suggestions", new_values."task_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="17659b2044fc59e31b38b3e6e4af8ea825a18612",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_efa3f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_assignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "left_at", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "suggestions", "task_id", "user_id") SELECT old_values."done_at", old_values."id", old_values."item_id", old_values."left_at", old_values."needs_discussion", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."position", old_values."seconds", old_values."status", old_values."suggestions", old_values."task_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cacc0b02c4250a0f577f01f117b015be38e52787",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_d938c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_assignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "left_at", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "suggestions", "task_id", "user_id") SELECT new_values."done_at", new_values."id", new_values."item_id", new_values."left_at", new_values."needs_discussion", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."position", new_values."seconds", new_values."status", new_values."suggestions", new_values."task_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="111c45097a0732ffb912784cb3e21a08e133c420",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_7bb7b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_assignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "left_at", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "suggestions", "task_id", "user_id") SELECT old_values."done_at", old_values."id", old_values."item_id", old_values."left_at", old_values."needs_discussion", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."seconds", old_values."status", old_values."suggestions", old_values."task_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="06e05a9d516f0612638a1fb0bbefecedc201e4e6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_91ae9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_assignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_called",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed JOIN was ON was.id = changed.id JOIN articles_entity AS entity ON entity.id = changed.id OR entity.merged_into_id = changed.id JOIN articles_mention ON articles_mention.entity_id = entity.id WHERE articles_mention.status = 'accepted' AND (was.name, was.merged_into_id) IS DISTINCT FROM (changed.name, changed.merged_into_id)) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="a031f0f82a22b751689c7374bb08b3adee6c9a7f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_called_7bccd",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_who_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed WHERE (changed.entity_id IS NOT NULL AND changed.status = 'accepted' AND (changed.task_id IS NULL OR changed.layer_of_id IS NULL OR EXISTS (SELECT FROM articles_task AS task WHERE task.id = changed.task_id AND NOT task.blind)))) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="507c229cadc4446bde0de1cafd1fae8faa738aae",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_who_insert_6065d",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_who_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.article_id FROM changed JOIN was ON was.id = changed.id WHERE (was.entity_id, was.status = 'accepted') IS DISTINCT FROM (changed.entity_id, changed.status = 'accepted') AND ((was.entity_id IS NOT NULL AND was.status = 'accepted' AND (was.task_id IS NULL OR was.layer_of_id IS NULL OR EXISTS (SELECT FROM articles_task AS task WHERE task.id = was.task_id AND NOT task.blind))) OR (changed.entity_id IS NOT NULL AND changed.status = 'accepted' AND (changed.task_id IS NULL OR changed.layer_of_id IS NULL OR EXISTS (SELECT FROM articles_task AS task WHERE task.id = changed.task_id AND NOT task.blind))))) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="abfce8c9d8233e68a5adb2637ebbe9aa62d28538",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_who_update_a2d3b",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_who_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed WHERE (changed.entity_id IS NOT NULL AND changed.status = 'accepted' AND (changed.task_id IS NULL OR changed.layer_of_id IS NULL OR EXISTS (SELECT FROM articles_task AS task WHERE task.id = changed.task_id AND NOT task.blind)))) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="b73bb485816eca7eaf47c4a3d012a97b2d692074",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_who_delete_ae45b",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_blind",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT tagged.article_id FROM changed JOIN was ON was.id = changed.id CROSS JOIN LATERAL (SELECT article_id FROM articles_mention WHERE articles_mention.task_id = changed.id UNION SELECT article_id FROM articles_code WHERE articles_code.task_id = changed.id) AS tagged WHERE was.blind <> changed.blind) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search', 'related']) AS consumer; RETURN NULL;",
                            hash="ef75d1bf42f26f5a4b993bcca58f2b293d7447c5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_blind_1c8f1",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "blind_until", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT new_values."blind", new_values."blind_until", new_values."by_id", new_values."closed_at", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."instructions", new_values."name", new_values."overlap", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipe", new_values."sharing", new_values."suggestions" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bc80e19061abbc5db17da16d71314ab394871325",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c62c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "blind_until", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT old_values."blind", old_values."blind_until", old_values."by_id", old_values."closed_at", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."instructions", old_values."name", old_values."overlap", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."recipe", old_values."sharing", old_values."suggestions" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5b835f71676b9cdd0ff43592ea11176de7f56072",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_9418a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "blind_until", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT new_values."blind", new_values."blind_until", new_values."by_id", new_values."closed_at", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."instructions", new_values."name", new_values."overlap", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."recipe", new_values."sharing", new_values."suggestions" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="01d6e45a24e39fa0fd58936dd8e4a483e2e99ca8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_8ac27",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "blind_until", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT old_values."blind", old_values."blind_until", old_values."by_id", old_values."closed_at", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."instructions", old_values."name", old_values."overlap", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recipe", old_values."sharing", old_values."suggestions" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7233d5e07d5306042c004051af57e9c16552bddb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2bdc2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("blind", False), ("blind_until", None), _connector="OR"
                        ),
                        name="a_blind_task_was_not_opened",
                    ),
                ),
            ],
        ),
    ]
