"""Tagging: entities, codebooks, mentions and where they are, codes, tasks and what settles them."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_finding"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Held(
            [
                "articles_corpus",
                "auth_user",
                "articles_article",
                "articles_version",
                "articles_operation",
            ],
            [
                migrations.CreateModel(
                    name="Adjudication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now=True)),
                        ("is_done", models.BooleanField(default=False)),
                        ("decisions", models.JSONField(blank=True, default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name="AdjudicationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("at", models.DateTimeField(auto_now=True)),
                        ("is_done", models.BooleanField(default=False)),
                        ("decisions", models.JSONField(blank=True, default=list)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Anchor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("start", models.PositiveIntegerField(null=True)),
                        ("end", models.PositiveIntegerField(null=True)),
                        ("quote", models.TextField()),
                        ("prefix", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=64)),
                        (
                            "placing",
                            models.CharField(
                                choices=[
                                    ("made", "Where it was made"),
                                    ("exact", "At the same words"),
                                    ("context", "At the same words, by what is around them"),
                                    ("fuzzy", "At words that are much like them"),
                                    ("placed", "By a person"),
                                    ("orphan", "Nowhere: its words are gone"),
                                    ("dropped", "Given up by a person"),
                                ],
                                default="made",
                                max_length=10,
                            ),
                        ),
                        ("sure", models.FloatField(default=1.0)),
                        ("label", models.CharField(max_length=120)),
                    ],
                    options={
                        "ordering": ("version", "start", "-end", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="AnchorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("start", models.PositiveIntegerField(null=True)),
                        ("end", models.PositiveIntegerField(null=True)),
                        ("quote", models.TextField()),
                        ("prefix", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=64)),
                        (
                            "placing",
                            models.CharField(
                                choices=[
                                    ("made", "Where it was made"),
                                    ("exact", "At the same words"),
                                    ("context", "At the same words, by what is around them"),
                                    ("fuzzy", "At words that are much like them"),
                                    ("placed", "By a person"),
                                    ("orphan", "Nowhere: its words are gone"),
                                    ("dropped", "Given up by a person"),
                                ],
                                default="made",
                                max_length=10,
                            ),
                        ),
                        ("sure", models.FloatField(default=1.0)),
                        ("label", models.CharField(max_length=120)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To do"),
                                    ("done", "Done"),
                                    ("skipped", "Skipped"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("needs_discussion", models.BooleanField(default=False)),
                        ("note", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ("task", "user", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To do"),
                                    ("done", "Done"),
                                    ("skipped", "Skipped"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("needs_discussion", models.BooleanField(default=False)),
                        ("note", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Code",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("code", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=4000)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ("article", "code", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Codebook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("note", models.TextField(blank=True)),
                        ("is_main", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ("-is_main", "name", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CodebookEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("note", models.TextField(blank=True)),
                        ("is_main", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CodebookVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("published_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("codebook", "-number"),
                    },
                ),
                migrations.CreateModel(
                    name="CodebookVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("published_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.UUIDField(default=uuid.uuid4)),
                        ("code", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=4000)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DistinctEntities",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "distinct entities",
                    },
                ),
                migrations.CreateModel(
                    name="DistinctEntitiesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Entity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=300)),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name_plural": "entities",
                        "ordering": ("name", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="EntityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=300)),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EntityName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("folded", models.CharField(max_length=300)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ("entity", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="EntityNameEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=300)),
                        ("folded", models.CharField(max_length=300)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExternalId",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ("scheme", "value"),
                    },
                ),
                migrations.CreateModel(
                    name="ExternalIdEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("scheme", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=300)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("kind", models.CharField(max_length=40)),
                        ("attributes", models.JSONField(blank=True, default=dict)),
                        ("comment", models.TextField(blank=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("person", "A person"),
                                    ("same", "Same mention"),
                                    ("recogniser", "A recogniser"),
                                    ("imported", "Imported"),
                                    ("gold", "Adjudicated"),
                                ],
                                default="person",
                                max_length=10,
                            ),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("suggested", "Suggested"),
                                    ("accepted", "Accepted"),
                                    ("rejected", "Rejected"),
                                ],
                                default="accepted",
                                max_length=10,
                            ),
                        ),
                        ("score", models.FloatField(null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="MentionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.UUIDField(default=uuid.uuid4)),
                        ("kind", models.CharField(max_length=40)),
                        ("attributes", models.JSONField(blank=True, default=dict)),
                        ("comment", models.TextField(blank=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("person", "A person"),
                                    ("same", "Same mention"),
                                    ("recogniser", "A recogniser"),
                                    ("imported", "Imported"),
                                    ("gold", "Adjudicated"),
                                ],
                                default="person",
                                max_length=10,
                            ),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("suggested", "Suggested"),
                                    ("accepted", "Accepted"),
                                    ("rejected", "Rejected"),
                                ],
                                default="accepted",
                                max_length=10,
                            ),
                        ),
                        ("score", models.FloatField(null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Relation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ("source", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="RelationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=40)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Spread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("what", models.CharField(max_length=10)),
                        ("plan", models.JSONField(default=dict)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("made", models.PositiveIntegerField(default=0)),
                        ("report", models.JSONField(blank=True, default=list)),
                        ("problem", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("instructions", models.TextField(blank=True)),
                        (
                            "sharing",
                            models.CharField(
                                choices=[
                                    ("everyone", "Everyone gets every article"),
                                    ("split", "Each article goes to one person"),
                                    ("overlap", "Each article goes to several people"),
                                ],
                                default="everyone",
                                max_length=10,
                            ),
                        ),
                        ("overlap", models.PositiveSmallIntegerField(default=2)),
                        ("blind", models.BooleanField(default=True)),
                        ("suggestions", models.BooleanField(default=False)),
                        ("recipe", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("instructions", models.TextField(blank=True)),
                        (
                            "sharing",
                            models.CharField(
                                choices=[
                                    ("everyone", "Everyone gets every article"),
                                    ("split", "Each article goes to one person"),
                                    ("overlap", "Each article goes to several people"),
                                ],
                                default="everyone",
                                max_length=10,
                            ),
                        ),
                        ("overlap", models.PositiveSmallIntegerField(default=2)),
                        ("blind", models.BooleanField(default=True)),
                        ("suggestions", models.BooleanField(default=False)),
                        ("recipe", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TaskItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ("task", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="TaskItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="operation",
                    name="operation_act_is_known",
                ),
                migrations.AlterField(
                    model_name="build",
                    name="consumer",
                    field=models.CharField(
                        choices=[("search", "Search"), ("annotate", "Tagging")],
                        max_length=10,
                        unique=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="change",
                    name="consumer",
                    field=models.CharField(
                        choices=[("search", "Search"), ("annotate", "Tagging")], max_length=10
                    ),
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
                            ("tag", "Tagging"),
                            ("entity", "Entity"),
                            ("merge_entities", "Merged entities"),
                            ("split_entity", "Entity split"),
                            ("codebook", "Codebook"),
                            ("task", "Task"),
                            ("work", "Work on a task"),
                            ("adjudicate", "Adjudication"),
                            ("undo", "Undo"),
                        ],
                        max_length=20,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_text",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.id FROM changed JOIN was ON was.id = changed.id WHERE (was.version_id IS DISTINCT FROM changed.version_id OR was.standing IS DISTINCT FROM changed.standing) AND EXISTS (SELECT FROM articles_mention WHERE articles_mention.article_id = changed.id)) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['annotate']) AS consumer; RETURN NULL;",
                            hash="1c11080a09813ecbe4a98607d89681302d57708d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_text_26547",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="adjudication",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="adjudicationevent",
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
                    model_name="adjudicationevent",
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
                    model_name="adjudicationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.adjudication",
                    ),
                ),
                migrations.AddField(
                    model_name="anchor",
                    name="version",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="anchorevent",
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
                    model_name="anchorevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.anchor",
                    ),
                ),
                migrations.AddField(
                    model_name="anchorevent",
                    name="version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="assignment",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
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
                    model_name="assignmentevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.assignment",
                    ),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="article",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="layer_of",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="version",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="codebook",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="codebook",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codebooks",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="codebookevent",
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
                    model_name="codebookevent",
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
                    model_name="codebookevent",
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
                    model_name="codebookevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.codebook",
                    ),
                ),
                migrations.AddField(
                    model_name="codebookversion",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="codebookversion",
                    name="codebook",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="articles.codebook",
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="codebook_version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="codebookversionevent",
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
                    model_name="codebookversionevent",
                    name="codebook",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.codebook",
                    ),
                ),
                migrations.AddField(
                    model_name="codebookversionevent",
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
                    model_name="codebookversionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="codeevent",
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
                    model_name="codeevent",
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
                    model_name="codeevent",
                    name="codebook_version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="codeevent",
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
                    model_name="codeevent",
                    name="layer_of",
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
                    model_name="codeevent",
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
                    model_name="codeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.code",
                    ),
                ),
                migrations.AddField(
                    model_name="codeevent",
                    name="version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentities",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentitiesevent",
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
                    model_name="distinctentitiesevent",
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
                    model_name="distinctentitiesevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.distinctentities",
                    ),
                ),
                migrations.AddField(
                    model_name="entity",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="entity",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entities",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="entity",
                    name="merged_into",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentitiesevent",
                    name="first",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentitiesevent",
                    name="second",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentities",
                    name="first",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="distinctentities",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="entityevent",
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
                    model_name="entityevent",
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
                    model_name="entityevent",
                    name="merged_into",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="entityevent",
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
                    model_name="entityevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="entityname",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="entityname",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="entityname",
                    name="entity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="entitynameevent",
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
                    model_name="entitynameevent",
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
                    model_name="entitynameevent",
                    name="entity",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="entitynameevent",
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
                    model_name="entitynameevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.entityname",
                    ),
                ),
                migrations.AddField(
                    model_name="externalid",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="externalid",
                    name="entity",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_ids",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="externalidevent",
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
                    model_name="externalidevent",
                    name="entity",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="externalidevent",
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
                    model_name="externalidevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.externalid",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="article",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="codebook_version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="decided_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="entity",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="mentions",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="layer_of",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="anchorevent",
                    name="mention",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="anchor",
                    name="mention",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
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
                    model_name="mentionevent",
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
                    model_name="mentionevent",
                    name="codebook_version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
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
                    model_name="mentionevent",
                    name="decided_by",
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
                    model_name="mentionevent",
                    name="entity",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.entity",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="layer_of",
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
                    model_name="mentionevent",
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
                    model_name="mentionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="relation",
                    name="article",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="relation",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="relation",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="relation",
                    name="source",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="relation",
                    name="target",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_from",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="relationevent",
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
                    model_name="relationevent",
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
                    model_name="relationevent",
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
                    model_name="relationevent",
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
                    model_name="relationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.relation",
                    ),
                ),
                migrations.AddField(
                    model_name="relationevent",
                    name="source",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="relationevent",
                    name="target",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="spread",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spreads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="spread",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spreads",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="spread",
                    name="operation",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.operation",
                    ),
                ),
                migrations.AddField(
                    model_name="task",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="task",
                    name="codebook_version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="tasks",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="task",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="mentions",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="entitynameevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="entityname",
                    name="task",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="entityevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="entity",
                    name="task",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entities",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="codeevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="code",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="codes",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="assignment",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="operation",
                    name="blind_task",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.task",
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
                                    "tag",
                                    "entity",
                                    "merge_entities",
                                    "split_entity",
                                    "codebook",
                                    "task",
                                    "work",
                                    "adjudicate",
                                    "undo",
                                ],
                            )
                        ),
                        name="operation_act_is_known",
                    ),
                ),
                migrations.AddField(
                    model_name="taskevent",
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
                    model_name="taskevent",
                    name="codebook_version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.codebookversion",
                    ),
                ),
                migrations.AddField(
                    model_name="taskevent",
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
                    model_name="taskevent",
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
                    model_name="taskevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitem",
                    name="article",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitem",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitem",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="assignmentevent",
                    name="item",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.taskitem",
                    ),
                ),
                migrations.AddField(
                    model_name="assignment",
                    name="item",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="articles.taskitem",
                    ),
                ),
                migrations.AddField(
                    model_name="adjudicationevent",
                    name="item",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.taskitem",
                    ),
                ),
                migrations.AddField(
                    model_name="adjudication",
                    name="item",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjudication",
                        to="articles.taskitem",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitemevent",
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
                    model_name="taskitemevent",
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
                    model_name="taskitemevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.taskitem",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitemevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.task",
                    ),
                ),
                migrations.AddField(
                    model_name="taskitemevent",
                    name="version",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codebook",
                    constraint=models.UniqueConstraint(
                        fields=("corpus", "name"), name="one_codebook_per_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codebook",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("corpus",),
                        name="one_main_codebook",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookevent" ("by_id", "corpus_id", "created_at", "id", "is_main", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."is_main", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9204cde2726194e9b57a0fa53b9fe9dc71caab5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0158",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_codebook",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookevent" ("by_id", "corpus_id", "created_at", "id", "is_main", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."is_main", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="30d0d63bed193933b09b47eb7268ef101f453cf8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_75036",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_codebook",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookevent" ("by_id", "corpus_id", "created_at", "id", "is_main", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."is_main", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7337467213e7b35a9b54e97e2922a8b94789bb00",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_0a3ae",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_codebook",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookevent" ("by_id", "corpus_id", "created_at", "id", "is_main", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."is_main", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3d0bd03a68d702f744bc1e9c22730b0e3e95bb9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6683f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_codebook",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e28c74f02a8bd0151d61d64bf6af85286d59679c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_32a92",
                            table="articles_codebookevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codebookversion",
                    constraint=models.UniqueConstraint(
                        fields=("codebook", "number"), name="one_codebook_version_per_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codebookversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("codebook",),
                        name="one_draft_per_codebook",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookversionevent" ("by_id", "codebook_id", "content", "created_at", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at") SELECT new_values."by_id", new_values."codebook_id", new_values."content", new_values."created_at", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4d3e401688ca742c7c6b2bc760356742ec4432cb",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31ddf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_codebookversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookversionevent" ("by_id", "codebook_id", "content", "created_at", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at") SELECT old_values."by_id", old_values."codebook_id", old_values."content", old_values."created_at", old_values."id", old_values."note", old_values."number", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."published_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4b4a0e3cb940d05e1c9bc97edb681d1229aeaa46",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_812fe",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_codebookversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookversionevent" ("by_id", "codebook_id", "content", "created_at", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at") SELECT new_values."by_id", new_values."codebook_id", new_values."content", new_values."created_at", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."published_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9da1f6b968c2e0537d642cdced3d8c8d5fac1811",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_bd0c2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_codebookversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codebookversionevent" ("by_id", "codebook_id", "content", "created_at", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at") SELECT old_values."by_id", old_values."codebook_id", old_values."content", old_values."created_at", old_values."id", old_values."note", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="60a3c8f27216daaa10f97a77af58376b71ef26eb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fe8c9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_codebookversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codebookversionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f20b1fffeb229ed16f1b89aaa2013640b3bae83",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ae6ac",
                            table="articles_codebookversionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctentitiesevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="351294f1ac32a33def3b198facf3a867ebac5fa4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_adc32",
                            table="articles_distinctentitiesevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinctentities",
                    constraint=models.UniqueConstraint(
                        fields=("first", "second"), name="one_word_on_two_entities"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinctentities",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="distinct_entities_are_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctentities",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctentitiesevent" ("corpus_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_id") SELECT new_values."corpus_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."second_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="30a71923a245501206a5c08c550959e441e712b8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2cf28",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_distinctentities",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctentities",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctentitiesevent" ("corpus_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_id") SELECT old_values."corpus_id", old_values."first_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."second_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="359f31926e2ccaaf73fed71ef8bc04c84fe66a4d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_9e47b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_distinctentities",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctentities",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctentitiesevent" ("corpus_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_id") SELECT new_values."corpus_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."second_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="428169b1eb5de66bc4ab4164d4cd1bfdffb6fca7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_2dde7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_distinctentities",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinctentities",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_distinctentitiesevent" ("corpus_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_id") SELECT old_values."corpus_id", old_values."first_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."second_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="573de355d76a1edfe8d758b61356e5374567cb39",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a870f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_distinctentities",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="externalid",
                    constraint=models.UniqueConstraint(
                        fields=("corpus", "scheme", "value"), name="one_entity_per_external_id"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="externalid",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_externalidevent" ("corpus_id", "entity_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT new_values."corpus_id", new_values."entity_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."scheme", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d5b07dba3a054168d36a6de4a704e00d8eb2f059",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_34894",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_externalid",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="externalid",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_externalidevent" ("corpus_id", "entity_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT old_values."corpus_id", old_values."entity_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3d2904066ae33b72c3beccd2923d0bcb8f4fe6fc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_25407",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_externalid",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="externalid",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_externalidevent" ("corpus_id", "entity_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT new_values."corpus_id", new_values."entity_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."scheme", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d097c0f6c8705078bc538bbaf2db4ed51ddc2309",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_efaba",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_externalid",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="externalid",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_externalidevent" ("corpus_id", "entity_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "value") SELECT old_values."corpus_id", old_values."entity_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="85a318410c8e8689291a4e57661e8f63ad0ed805",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_df1f1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_externalid",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="externalidevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ccaabaaac3663e44fb651124c5ad837bcc97527b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f6a61",
                            table="articles_externalidevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="anchorevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="24c3d09cfbb7fa54ced6d87c2ac7b94903289226",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_96395",
                            table="articles_anchorevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="anchor",
                    index=models.Index(
                        condition=models.Q(("placing", "orphan")),
                        fields=["version"],
                        name="anchor_orphaned",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="anchor",
                    constraint=models.UniqueConstraint(
                        fields=("mention", "version"), name="one_anchor_per_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="anchor",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("start__isnull", False)),
                        fields=("version", "start", "end", "label"),
                        name="one_mention_per_place_and_label",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="anchor",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end__gt", models.F("start")),
                                ("end__isnull", False),
                                ("start__isnull", False),
                                models.Q(("placing__in", ["orphan", "dropped"]), _negated=True),
                            ),
                            models.Q(
                                ("end", None),
                                ("start", None),
                                ("placing__in", ["orphan", "dropped"]),
                            ),
                            _connector="OR",
                        ),
                        name="an_anchor_has_a_place_or_says_why_not",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="anchor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_anchorevent" ("end", "id", "label", "mention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placing", "prefix", "quote", "start", "suffix", "sure", "version_id") SELECT new_values."end", new_values."id", new_values."label", new_values."mention_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."placing", new_values."prefix", new_values."quote", new_values."start", new_values."suffix", new_values."sure", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cfe0f83087cdc26d2d16940bd7363cc8364ed445",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eb299",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_anchor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="anchor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_anchorevent" ("end", "id", "label", "mention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placing", "prefix", "quote", "start", "suffix", "sure", "version_id") SELECT old_values."end", old_values."id", old_values."label", old_values."mention_id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."placing", old_values."prefix", old_values."quote", old_values."start", old_values."suffix", old_values."sure", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f2836aa88bbe12df1d10de53b7099ec738212c9e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_ea7da",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_anchor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="anchor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_anchorevent" ("end", "id", "label", "mention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placing", "prefix", "quote", "start", "suffix", "sure", "version_id") SELECT new_values."end", new_values."id", new_values."label", new_values."mention_id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."placing", new_values."prefix", new_values."quote", new_values."start", new_values."suffix", new_values."sure", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5931c5936130ffa6446a35ce4dd2c5cd3a865d76",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_5a404",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_anchor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="anchor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_anchorevent" ("end", "id", "label", "mention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placing", "prefix", "quote", "start", "suffix", "sure", "version_id") SELECT old_values."end", old_values."id", old_values."label", old_values."mention_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."placing", old_values."prefix", old_values."quote", old_values."start", old_values."suffix", old_values."sure", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4fe2786c1e78cc652703ab9a55ea98b1c5f29949",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_938e6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_anchor",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="relation",
                    constraint=models.UniqueConstraint(
                        fields=("source", "target", "kind"), name="one_relation_per_pair"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_relationevent" ("article_id", "by_id", "corpus_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT new_values."article_id", new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source_id", new_values."target_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e28440c39e1fb8aeff2c2bd036e04804895865c4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2271f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_relationevent" ("article_id", "by_id", "corpus_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT old_values."article_id", old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."source_id", old_values."target_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a08884a1cc575af65652651b7e7a37fa72b842c8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_a4e22",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_relationevent" ("article_id", "by_id", "corpus_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT new_values."article_id", new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."source_id", new_values."target_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f4eaf9a19ec65a0986c6e67ce7a90b7a6ad75f2b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_30764",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_relationevent" ("article_id", "by_id", "corpus_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT old_values."article_id", old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."target_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="23c9609d707c43bbd35880279a38d481624ed034",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32d38",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c2966050476787b1a74350b0d8e75154e3dd512b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8a2a4",
                            table="articles_relationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="spread",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "done", "failed", "cancelled"])
                        ),
                        name="spread_status_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.UniqueConstraint(
                        fields=("corpus", "name"), name="one_task_per_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sharing__in", ["everyone", "split", "overlap"])),
                        name="task_sharing_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT new_values."blind", new_values."by_id", new_values."closed_at", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."instructions", new_values."name", new_values."overlap", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipe", new_values."sharing", new_values."suggestions" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c66307a6a275895cec2b861c6a3c0a80db6b95f1",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT old_values."blind", old_values."by_id", old_values."closed_at", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."instructions", old_values."name", old_values."overlap", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."recipe", old_values."sharing", old_values."suggestions" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8c2098208a2655de5022667bf1b8cc5d8e1cdb01",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT new_values."blind", new_values."by_id", new_values."closed_at", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."instructions", new_values."name", new_values."overlap", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."recipe", new_values."sharing", new_values."suggestions" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a83c48a389b7d504b59fb3329b56a06acc3273e1",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskevent" ("blind", "by_id", "closed_at", "codebook_version_id", "corpus_id", "created_at", "id", "instructions", "name", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipe", "sharing", "suggestions") SELECT old_values."blind", old_values."by_id", old_values."closed_at", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."instructions", old_values."name", old_values."overlap", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recipe", old_values."sharing", old_values."suggestions" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="35d7c6890de455b50ec06931bac9f7453f3a5b07",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2bdc2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mentionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="db92fe8d45754f61b2e2928c30b0ef2176f5b487",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_83d18",
                            table="articles_mentionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(
                        condition=models.Q(("entity__isnull", False)),
                        fields=["entity", "id"],
                        name="mention_by_entity",
                    ),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(fields=["corpus", "status", "id"], name="mention_by_status"),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(
                        condition=models.Q(("task__isnull", False)),
                        fields=["task", "layer_of", "article"],
                        name="mention_by_layer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(fields=["by", "-created_at"], name="mention_by_person"),
                ),
                migrations.AddConstraint(
                    model_name="mention",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["suggested", "accepted", "rejected"])),
                        name="mention_status_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mention",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["person", "same", "recogniser", "imported", "gold"])
                        ),
                        name="mention_origin_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mention",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("layer_of", None), ("task__isnull", False), _connector="OR"
                        ),
                        name="a_layer_is_of_a_task",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="27b07c9b3f006ca882cd2cc5dd5ff5aa4d7da91c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_d2972",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="59dca01c1dbb6e180eadf5937fc2d2bfb82bb5aa",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_35370",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="98f730be80aa35aa5e39230130f9fe05ccaa65c0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_4f282",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_mentionevent" ("article_id", "attributes", "by_id", "codebook_version_id", "comment", "corpus_id", "created_at", "decided_by_id", "entity_id", "id", "key", "kind", "layer_of_id", "maker", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "status", "task_id") SELECT new_values."article_id", new_values."attributes", new_values."by_id", new_values."codebook_version_id", new_values."comment", new_values."corpus_id", new_values."created_at", new_values."decided_by_id", new_values."entity_id", new_values."id", new_values."key", new_values."kind", new_values."layer_of_id", new_values."maker", new_values."origin", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."score", new_values."status", new_values."task_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bfbbd7830b9f6c674bb002207238e63cb4f02298",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_84f64",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_mentionevent" ("article_id", "attributes", "by_id", "codebook_version_id", "comment", "corpus_id", "created_at", "decided_by_id", "entity_id", "id", "key", "kind", "layer_of_id", "maker", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "status", "task_id") SELECT old_values."article_id", old_values."attributes", old_values."by_id", old_values."codebook_version_id", old_values."comment", old_values."corpus_id", old_values."created_at", old_values."decided_by_id", old_values."entity_id", old_values."id", old_values."key", old_values."kind", old_values."layer_of_id", old_values."maker", old_values."origin", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."score", old_values."status", old_values."task_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="24e5104860f4a7a47822b5b4aab4026bee7a4bfb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_b7847",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_mentionevent" ("article_id", "attributes", "by_id", "codebook_version_id", "comment", "corpus_id", "created_at", "decided_by_id", "entity_id", "id", "key", "kind", "layer_of_id", "maker", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "status", "task_id") SELECT new_values."article_id", new_values."attributes", new_values."by_id", new_values."codebook_version_id", new_values."comment", new_values."corpus_id", new_values."created_at", new_values."decided_by_id", new_values."entity_id", new_values."id", new_values."key", new_values."kind", new_values."layer_of_id", new_values."maker", new_values."origin", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."score", new_values."status", new_values."task_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8ab268c09dbab505a36aae68f90a44938a2d5fe3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_e9c4b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_mentionevent" ("article_id", "attributes", "by_id", "codebook_version_id", "comment", "corpus_id", "created_at", "decided_by_id", "entity_id", "id", "key", "kind", "layer_of_id", "maker", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "status", "task_id") SELECT old_values."article_id", old_values."attributes", old_values."by_id", old_values."codebook_version_id", old_values."comment", old_values."corpus_id", old_values."created_at", old_values."decided_by_id", old_values."entity_id", old_values."id", old_values."key", old_values."kind", old_values."layer_of_id", old_values."maker", old_values."origin", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."score", old_values."status", old_values."task_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f00388d653ae75514287f31ebe22d00398f07c9f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_33e13",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitynameevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cbffffdad650394943a5adc896c04613c6816c27",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2ef09",
                            table="articles_entitynameevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="entityname",
                    index=models.Index(
                        fields=["corpus", "folded"],
                        name="entity_name_by_letters",
                        opclasses=["int8_ops", "varchar_pattern_ops"],
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entityname",
                    constraint=models.UniqueConstraint(
                        fields=("entity", "folded"), name="one_row_per_entity_name"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entityname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entitynameevent" ("by_id", "corpus_id", "created_at", "entity_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."entity_id", new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7278b27419019a358c79b70a24cc3a4adbf92d44",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ed84",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_entityname",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entityname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entitynameevent" ("by_id", "corpus_id", "created_at", "entity_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."entity_id", old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."task_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1f0e1ef8808ea82d6e56b6c8959e793f6318d57d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_2d8a9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_entityname",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entityname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entitynameevent" ("by_id", "corpus_id", "created_at", "entity_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."entity_id", new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="de4bd1076b5a412bed8e8b677c17f5ac43280622",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_25dfc",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_entityname",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entityname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entitynameevent" ("by_id", "corpus_id", "created_at", "entity_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."entity_id", old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."task_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="767a267393e858d5f0b9a5b3e39019838719ec4a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7d769",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_entityname",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f4a6b630eb414560c965da7e366928ae9c9407e0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8c1f6",
                            table="articles_entityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="entity",
                    index=models.Index(fields=["corpus", "kind", "name"], name="entity_by_kind"),
                ),
                migrations.AddConstraint(
                    model_name="entity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="nothing_is_merged_into_itself",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_merged_into",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_mention JOIN changed ON changed.id = articles_mention.entity_id JOIN was ON was.id = changed.id WHERE was.merged_into_id IS DISTINCT FROM changed.merged_into_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="b76468593ea771f302d7758d251f0c75b29649b4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_merged_into_f9d9b",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entityevent" ("by_id", "corpus_id", "created_at", "id", "kind", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f6de18c90ef8c9eb1565a42cf5201eeb1ec5ef6a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d0ccd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entityevent" ("by_id", "corpus_id", "created_at", "id", "kind", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."kind", old_values."merged_into_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."task_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b67138e8384a653959cc753a5f301552879ca68",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_5bc0c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entityevent" ("by_id", "corpus_id", "created_at", "id", "kind", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ada81b20d79aafb6345a0b6da6fee167498257ef",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_0dda5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_entityevent" ("by_id", "corpus_id", "created_at", "id", "kind", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."kind", old_values."merged_into_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."task_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b3ef77fb687a9138d8de0af002f8a0401a6468a1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ed48b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_entity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="codeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6b9eadd4312a5933d99a6a70f9c3933999cf94b8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a03d3",
                            table="articles_codeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="code",
                    index=models.Index(
                        condition=models.Q(("task__isnull", False)),
                        fields=["task", "layer_of", "article"],
                        name="code_by_layer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="code",
                    constraint=models.UniqueConstraint(
                        fields=("article", "task", "layer_of", "code", "value"),
                        name="one_code_per_value",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="code",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("layer_of", None), ("task__isnull", False), _connector="OR"
                        ),
                        name="a_layer_of_codes_is_of_a_task",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="c48759aef28ef85a6b424aadc7dbf3d0949bf14b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_cea5f",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="995af3f6d60f2590715f54f21908119968721365",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_01c95",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="df3127954ffabebb3b63daf489a5616cecdef4cc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_c682f",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codeevent" ("article_id", "by_id", "code", "codebook_version_id", "corpus_id", "created_at", "id", "key", "layer_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "value", "version_id") SELECT new_values."article_id", new_values."by_id", new_values."code", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."key", new_values."layer_of_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."task_id", new_values."value", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="59ef764ddf1057b71df68911632e726dd4625cbe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ae5b7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codeevent" ("article_id", "by_id", "code", "codebook_version_id", "corpus_id", "created_at", "id", "key", "layer_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "value", "version_id") SELECT old_values."article_id", old_values."by_id", old_values."code", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."key", old_values."layer_of_id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."task_id", old_values."value", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="739ff7a59df41435f90520d25ee85ef0fd22c1ce",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_20094",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codeevent" ("article_id", "by_id", "code", "codebook_version_id", "corpus_id", "created_at", "id", "key", "layer_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "value", "version_id") SELECT new_values."article_id", new_values."by_id", new_values."code", new_values."codebook_version_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."key", new_values."layer_of_id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."task_id", new_values."value", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fe4db3b7aea1cdfa41d18fa5feb31c568626e5ea",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_ad52a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="code",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_codeevent" ("article_id", "by_id", "code", "codebook_version_id", "corpus_id", "created_at", "id", "key", "layer_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "value", "version_id") SELECT old_values."article_id", old_values."by_id", old_values."code", old_values."codebook_version_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."key", old_values."layer_of_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."task_id", old_values."value", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5312d199445ac851681ece65fece0ea1a7e07537",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dc83b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_code",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="004c96f6a5c54142ec761a09da634829ec459f20",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b03a0",
                            table="articles_taskevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taskitem",
                    constraint=models.UniqueConstraint(
                        fields=("task", "article"), name="one_item_per_task_article"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskitemevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "task_id", "version_id") SELECT new_values."article_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."task_id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9f7abaffb5cb0c44b8c8192544e5a900970eda2c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b58ef",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_taskitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskitemevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "task_id", "version_id") SELECT old_values."article_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."position", old_values."task_id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="32409a0f5f50d0bc6841589defac94124c23b2c4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_f0801",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_taskitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskitemevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "task_id", "version_id") SELECT new_values."article_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."position", new_values."task_id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6c0b521c9fd47f37a5ba1c5ed018d8a18de077be",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_1f9f0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_taskitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_taskitemevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "task_id", "version_id") SELECT old_values."article_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."task_id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad241f040975a5105aa4de410dc3eb6131904b6b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc21b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_taskitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignmentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4e5e97e54587c83f74900191ef60b8dc1fe2e8d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c51c1",
                            table="articles_assignmentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="assignment",
                    index=models.Index(
                        fields=["task", "user", "position"], name="assignment_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=models.UniqueConstraint(
                        fields=("item", "user"), name="one_assignment_per_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "done", "skipped"])),
                        name="assignment_status_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "task_id", "user_id") SELECT new_values."done_at", new_values."id", new_values."item_id", new_values."needs_discussion", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."seconds", new_values."status", new_values."task_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="75f5921192338d59c8ad854420d8390cc48c903d",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "task_id", "user_id") SELECT old_values."done_at", old_values."id", old_values."item_id", old_values."needs_discussion", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."position", old_values."seconds", old_values."status", old_values."task_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2a0994e86401642e471c0604d9ff3fecd195ed24",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "task_id", "user_id") SELECT new_values."done_at", new_values."id", new_values."item_id", new_values."needs_discussion", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."position", new_values."seconds", new_values."status", new_values."task_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="01dd1a1318765e70983c612d7f54c3a4256bdcd8",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_assignmentevent" ("done_at", "id", "item_id", "needs_discussion", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "seconds", "status", "task_id", "user_id") SELECT old_values."done_at", old_values."id", old_values."item_id", old_values."needs_discussion", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."seconds", old_values."status", old_values."task_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2c135cdf2b3b23f025c93b08667118bcb7fb337c",
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
                    model_name="adjudicationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ab595ce5a0bd1d3b821e8903070ed85915389fcf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0ddf6",
                            table="articles_adjudicationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjudication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_adjudicationevent" ("at", "by_id", "decisions", "id", "is_done", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."by_id", new_values."decisions", new_values."id", new_values."is_done", new_values."item_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6a68dba92cbef7b71d8f2913e5865eceb10eeb62",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6f973",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_adjudication",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjudication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_adjudicationevent" ("at", "by_id", "decisions", "id", "is_done", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."at", old_values."by_id", old_values."decisions", old_values."id", old_values."is_done", old_values."item_id", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c6393ea7dd491c9d0efb84850b9f203794d05a03",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_71e87",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_adjudication",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjudication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_adjudicationevent" ("at", "by_id", "decisions", "id", "is_done", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."by_id", new_values."decisions", new_values."id", new_values."is_done", new_values."item_id", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cfec7404818b8ba7049f2bf2d7476483983f7a9b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_f18b0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_adjudication",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjudication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_adjudicationevent" ("at", "by_id", "decisions", "id", "is_done", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."at", old_values."by_id", old_values."decisions", old_values."id", old_values."is_done", old_values."item_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="15b319d553a578cedd0cb3b4b249edb514a7b725",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54827",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_adjudication",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taskitemevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cd7447fd2ddf8962a8cd8e000ce5c4b4ac6b4651",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3e3c4",
                            table="articles_taskitemevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
