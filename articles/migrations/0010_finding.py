"""What derived data must catch up with, and what a researcher keeps of an answer."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_corrected_rights"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Build",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "consumer",
                    models.CharField(choices=[("search", "Search")], max_length=10, unique=True),
                ),
                ("name", models.CharField(max_length=100)),
                ("format", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("article_id", models.BigIntegerField()),
                ("consumer", models.CharField(choices=[("search", "Search")], max_length=10)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("shared", models.BooleanField(default=False)),
                ("recipe", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CollectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("shared", models.BooleanField(default=False)),
                ("recipe", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("collection", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CollectionItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query", models.TextField(blank=True)),
                ("format", models.CharField(max_length=20)),
                ("options", models.JSONField(blank=True, default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("bytes", models.BigIntegerField(default=0)),
                ("problem", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("query", models.TextField(blank=True)),
                ("sort", models.CharField(blank=True, max_length=20)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("looked_at", models.DateTimeField()),
                ("feed_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "ordering": ("name", "pk"),
            },
        ),
        Held(
            [
                "articles_corpus",
                "auth_user",
                "articles_article",
                "articles_credit",
                "articles_person",
                "articles_operation",
            ],
            [
                migrations.RemoveConstraint(
                    model_name="operation",
                    name="operation_act_is_known",
                ),
                migrations.AlterField(
                    model_name="operation",
                    name="act",
                    field=models.CharField(
                        choices=[
                            ("correct", "Correction"),
                            ("correct_text", "Corrected text"),
                            ("choose_version", "Choice of version"),
                            ("split", "Split"),
                            ("join", "Join"),
                            ("flags", "Flags looked at"),
                            ("source", "Source"),
                            ("merge_sources", "Merged sources"),
                            ("move_aliases", "Names moved"),
                            ("author", "Author"),
                            ("merge_authors", "Merged authors"),
                            ("split_author", "Author split"),
                            ("corpus", "Corpus"),
                            ("members", "Members"),
                            ("collect", "Collection"),
                            ("undo", "Undo"),
                        ],
                        max_length=20,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="ae54ac5d39d8f841d7a1c10f60046a07ef092e53",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_18325",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="23b2e33b71c06b5d188eb60a9f06b14fe0c4958b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_eadba",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="8bacd538e560fe7a435d435cba186d1fd5c25485",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_63b54",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="credit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_version JOIN changed ON articles_version.id = changed.version_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="5d62356116b429f7a561b35ee7857f0e16d2dee0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_a206c",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_credit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="credit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_version JOIN changed ON articles_version.id = changed.version_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="1d3929d7927b01613c189a55150419ef1f1f3c69",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_90f04",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_credit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="credit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_version JOIN changed ON articles_version.id = changed.version_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="ee3fcdff35f3180e1bd9fa1eb280399e34548852",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_0cc1d",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_credit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_same_as",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_version JOIN articles_credit ON articles_credit.version_id = articles_version.id JOIN changed ON changed.id = articles_credit.person_id JOIN was ON was.id = changed.id WHERE was.same_as_id IS DISTINCT FROM changed.same_as_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="0c926393d0c58cd7024a6283ee22237d41075bef",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_same_as_e3cbb",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_person",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="operation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "correct",
                                    "correct_text",
                                    "choose_version",
                                    "split",
                                    "join",
                                    "flags",
                                    "source",
                                    "merge_sources",
                                    "move_aliases",
                                    "author",
                                    "merge_authors",
                                    "split_author",
                                    "corpus",
                                    "members",
                                    "collect",
                                    "undo",
                                ],
                            )
                        ),
                        name="operation_act_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="change",
                    index=models.Index(fields=["consumer", "id"], name="change_by_consumer"),
                ),
                migrations.AddField(
                    model_name="collection",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="collections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="collection",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collections",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionevent",
                    name="by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="collectionevent",
                    name="corpus",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.collection",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitem",
                    name="article",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collected",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitem",
                    name="collection",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="articles.collection",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitemevent",
                    name="article",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitemevent",
                    name="collection",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.collection",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitemevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="collectionitemevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.collectionitem",
                    ),
                ),
                migrations.AddField(
                    model_name="export",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="savedsearch",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="collection",
                    constraint=models.UniqueConstraint(
                        fields=("corpus", "by", "name"), name="one_collection_per_name"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionevent" ("by_id", "corpus_id", "created_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "shared") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipe", new_values."shared" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="11604c915205d8ff3c2ac4455f29ec921586312b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b93f0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_collection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionevent" ("by_id", "corpus_id", "created_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "shared") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."recipe", old_values."shared" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3f404075c1367bab70102e7244804d7f430c5483",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_6c576",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_collection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionevent" ("by_id", "corpus_id", "created_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "shared") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."recipe", new_values."shared" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1678bbc2293e78769d4d67007aebc8858e50193d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_f9026",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_collection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionevent" ("by_id", "corpus_id", "created_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "shared") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recipe", old_values."shared" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="89b3da7ed43fdcc128eace535217730055f025e0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1cd6c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_collection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c84280e74e0295510aa639303fbee5604c4ee761",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_84703",
                            table="articles_collectionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="collectionitem",
                    constraint=models.UniqueConstraint(
                        fields=("collection", "article"), name="one_item_per_collected_article"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="b8652dc437724b6e005be7874402d9ed09169b36",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_88245",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="e8428e9161e785ac520d68c6e71f6d8bf9de8dd6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_f8e97",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="636e616a2a35f7070a0032819458e54df3c38d41",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_3ea3e",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionitemevent" ("article_id", "at", "collection_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."article_id", new_values."at", new_values."collection_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d426115163a7b33a7aff0074479153d856eec069",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_05e31",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionitemevent" ("article_id", "at", "collection_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."article_id", old_values."at", old_values."collection_id", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="855ac8cca37b22492d1387dc022843e436f330da",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_0fa74",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionitemevent" ("article_id", "at", "collection_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."article_id", new_values."at", new_values."collection_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fa11b8b0ee5372520f46764f768be4f2f717cdce",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_9897e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_collectionitemevent" ("article_id", "at", "collection_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."article_id", old_values."at", old_values."collection_id", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6e23507b7cd2a8c92911457493336e00f86f3ca9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_490ec",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_collectionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectionitemevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ff75ca40d9698d6fc2fb9a2f3a2d2aa2d84b96c3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_10b08",
                            table="articles_collectionitemevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="export",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "ready", "failed", "cancelled"])
                        ),
                        name="export_status_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedsearch",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("by", "name"),
                        name="one_saved_search_per_name",
                    ),
                ),
            ],
        ),
    ]
