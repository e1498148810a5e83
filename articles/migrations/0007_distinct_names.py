"""Names that look alike and that people found to mean two, with their history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_indexes_of_kept"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistinctNames",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("source", "Source"), ("author", "Author")], max_length=6
                    ),
                ),
                ("first", models.CharField(max_length=300)),
                ("second", models.CharField(max_length=300)),
                (
                    "corpus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distinct_names",
                        to="articles.corpus",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "distinct names",
            },
        ),
        migrations.CreateModel(
            name="DistinctNamesEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("source", "Source"), ("author", "Author")], max_length=6
                    ),
                ),
                ("first", models.CharField(max_length=300)),
                ("second", models.CharField(max_length=300)),
                (
                    "corpus",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.corpus",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.distinctnames",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="distinctnames",
            constraint=models.UniqueConstraint(
                fields=("corpus", "kind", "first", "second"), name="one_word_on_two_names"
            ),
        ),
        migrations.AddConstraint(
            model_name="distinctnames",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["source", "author"])),
                name="distinct_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="distinctnames",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="distinct_names_are_in_order",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distinctnames",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctnamesevent" ("corpus_id", "first", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second") SELECT new_values."corpus_id", new_values."first", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."second" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7f5fb3881361c0ab014a540bf16aed69fc3b724c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_30ef0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="articles_distinctnames",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distinctnames",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctnamesevent" ("corpus_id", "first", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second") SELECT old_values."corpus_id", old_values."first", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."second" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8494c994adcf56e126baa31e4552f556db8d5a71",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_0388b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="articles_distinctnames",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distinctnames",
            trigger=pgtrigger.compiler.Trigger(
                name="after_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctnamesevent" ("corpus_id", "first", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second") SELECT new_values."corpus_id", new_values."first", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."second" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3288ee87313ec06541b6274c5820ae46fdfed294",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_after_update_4b6b9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="articles_distinctnames",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distinctnames",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctnamesevent" ("corpus_id", "first", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second") SELECT old_values."corpus_id", old_values."first", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."second" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e6975760101fe299dca1389bd75f464eb8ec45d0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_35a7b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="articles_distinctnames",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="distinctnamesevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="554736d6a64d356bfc41f292de2cd8399767a64c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8a989",
                    table="articles_distinctnamesevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
