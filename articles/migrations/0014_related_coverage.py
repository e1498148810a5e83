"""Related coverage: links and what people say of them, stories, where each article stands."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_texts_that_change"),
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
                "articles_build",
                "articles_change",
            ],
            [
                migrations.CreateModel(
                    name="Boilerplate",
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
                        ("mark", models.BigIntegerField()),
                        ("articles", models.PositiveIntegerField()),
                        ("stops", models.BooleanField()),
                    ],
                    options={
                        "verbose_name_plural": "boilerplate",
                    },
                ),
                migrations.CreateModel(
                    name="Coverage",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="coverage",
                                serialize=False,
                                to="articles.article",
                            ),
                        ),
                        ("editions", models.BigIntegerField(null=True)),
                        ("pinned", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name_plural": "coverage",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
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
                        (
                            "verdict",
                            models.CharField(
                                choices=[("confirmed", "Confirmed"), ("rejected", "Rejected")],
                                max_length=10,
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing"),
                                    ("first", "The first is from the second"),
                                    ("second", "The second is from the first"),
                                    ("none", "It has none, or none that is known"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "ordering": ("link", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="JudgementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("confirmed", "Confirmed"), ("rejected", "Rejected")],
                                max_length=10,
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing"),
                                    ("first", "The first is from the second"),
                                    ("second", "The second is from the first"),
                                    ("none", "It has none, or none that is known"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Link",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("same_text", "Same text"),
                                    ("edited_version", "Edited version"),
                                    ("excerpt", "Excerpt"),
                                    ("quoted_passage", "Quoted passage"),
                                    ("same_event", "Same event"),
                                    ("follow_up", "Follow-up"),
                                    ("background", "Background"),
                                    ("correction", "Correction"),
                                    ("disputes", "Disputes"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("suggested", "Suggested"),
                                    ("accepted", "Confirmed"),
                                    ("rejected", "Rejected"),
                                    ("disputed", "Confirmed and rejected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="suggested",
                                max_length=10,
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Open"),
                                    ("first", "The first is from the second"),
                                    ("second", "The second is from the first"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("suggested", models.BooleanField(default=True)),
                        ("score", models.FloatField(null=True)),
                        ("evidence", models.JSONField(default=dict)),
                        (
                            "found_direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Open"),
                                    ("first", "The first is from the second"),
                                    ("second", "The second is from the first"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        ("found_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Story",
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
                        ("name", models.CharField(blank=True, max_length=300)),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name_plural": "stories",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="StoryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(blank=True, max_length=300)),
                        ("note", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StoryPin",
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
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="StoryPinEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("at", models.DateTimeField(auto_now=True)),
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
                        choices=[
                            ("search", "Search"),
                            ("annotate", "Tagging"),
                            ("related", "Related coverage"),
                        ],
                        max_length=10,
                        unique=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="change",
                    name="consumer",
                    field=models.CharField(
                        choices=[
                            ("search", "Search"),
                            ("annotate", "Tagging"),
                            ("related", "Related coverage"),
                        ],
                        max_length=10,
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
                            ("link", "Link"),
                            ("story", "Story"),
                            ("undo", "Undo"),
                        ],
                        max_length=20,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_relatable",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT id FROM changed WHERE version_id IS NOT NULL AND standing) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="49a0d030ceb86cf01fc658848e4bf9a2d01ea8b0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_relatable_c3054",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_related",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.id FROM changed JOIN was ON was.id = changed.id WHERE (was.version_id, was.standing, was.published_date, was.source_id) IS DISTINCT FROM (changed.version_id, changed.standing, changed.published_date, changed.source_id)) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="536b2dc0d070c1413a91915001fce1c70be007ff",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_related_cde50",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_unrelated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT id FROM changed) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['related']) AS consumer; RETURN NULL;",
                            hash="1d1816a68cf321c31477e57d4102ecb605752fad",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_unrelated_b0a18",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_article",
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
                                    "tag",
                                    "entity",
                                    "merge_entities",
                                    "split_entity",
                                    "codebook",
                                    "task",
                                    "work",
                                    "adjudicate",
                                    "link",
                                    "story",
                                    "undo",
                                ],
                            )
                        ),
                        name="operation_act_is_known",
                    ),
                ),
                migrations.AddField(
                    model_name="boilerplate",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="coverage",
                    name="version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="judgement",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="judgement",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="judgementevent",
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
                    model_name="judgementevent",
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
                    model_name="judgementevent",
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
                    model_name="judgementevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.judgement",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="first",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="first_version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="second_version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddField(
                    model_name="judgementevent",
                    name="link",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.link",
                    ),
                ),
                migrations.AddField(
                    model_name="judgement",
                    name="link",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="articles.link",
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stories",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="merged_into",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="articles.story",
                    ),
                ),
                migrations.AddField(
                    model_name="coverage",
                    name="story",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="coverage",
                        to="articles.story",
                    ),
                ),
                migrations.AddField(
                    model_name="storyevent",
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
                    model_name="storyevent",
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
                    model_name="storyevent",
                    name="merged_into",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.story",
                    ),
                ),
                migrations.AddField(
                    model_name="storyevent",
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
                    model_name="storyevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.story",
                    ),
                ),
                migrations.AddField(
                    model_name="storypin",
                    name="article",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="story_pin",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="storypin",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="storypin",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="storypin",
                    name="story",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="articles.story",
                    ),
                ),
                migrations.AddField(
                    model_name="storypinevent",
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
                    model_name="storypinevent",
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
                    model_name="storypinevent",
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
                    model_name="storypinevent",
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
                    model_name="storypinevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="articles.storypin",
                    ),
                ),
                migrations.AddField(
                    model_name="storypinevent",
                    name="story",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.story",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="boilerplate",
                    constraint=models.UniqueConstraint(
                        fields=("corpus", "mark"), name="one_row_per_print"
                    ),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(
                        fields=["corpus", "status", "-score", "id"], name="link_by_status"
                    ),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(fields=["corpus", "kind", "id"], name="link_by_kind"),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.UniqueConstraint(
                        fields=("first", "second", "kind"), name="one_link_per_pair_and_kind"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="linked_articles_are_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "same_text",
                                    "edited_version",
                                    "excerpt",
                                    "quoted_passage",
                                    "same_event",
                                    "follow_up",
                                    "background",
                                    "correction",
                                    "disputes",
                                ],
                            )
                        ),
                        name="link_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["suggested", "accepted", "rejected", "disputed", "withdrawn"],
                            )
                        ),
                        name="link_status_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("direction__in", ["", "first", "second"]),
                            ("found_direction__in", ["", "first", "second"]),
                        ),
                        name="link_direction_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT unnest(ARRAY[first_id, second_id]) FROM changed WHERE status <> 'withdrawn') AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="80368eb10007c41ce2a144b035b80beb9e7dd85d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_insert_6ad82",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT unnest(ARRAY[changed.first_id, changed.second_id]) FROM changed JOIN was ON was.id = changed.id WHERE (was.status, was.direction) IS DISTINCT FROM (changed.status, changed.direction)) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="b9c8f00cd072e2684eec42656a5565f90503f8f7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_1e109",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT unnest(ARRAY[first_id, second_id]) FROM changed WHERE status <> 'withdrawn') AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="36ebf2105f32958b258323585b1328b933cb14ad",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_note_delete_42a9b",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgementevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e405dea3055052e5b17ba577d86bff97c18699d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b2d2b",
                            table="articles_judgementevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="judgement",
                    constraint=models.UniqueConstraint(
                        fields=("link", "by"), name="one_judgement_per_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="judgement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["confirmed", "rejected"])),
                        name="verdict_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="judgement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("direction__in", ["", "first", "second", "none"])),
                        name="said_direction_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="derive_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            UPDATE articles_link AS link\n            SET status = CASE\n                    WHEN held.yes AND held.no THEN 'disputed'\n                    WHEN held.yes THEN 'accepted'\n                    WHEN held.no THEN 'rejected'\n                    WHEN link.suggested THEN 'suggested'\n                    ELSE 'withdrawn' END,\n                direction = CASE coalesce(held.said, '')\n                    WHEN '' THEN link.found_direction\n                    WHEN 'none' THEN ''\n                    ELSE held.said END\n            FROM (\n                SELECT touched.id,\n                    coalesce(bool_or(judgement.verdict = 'confirmed'), false) AS yes,\n                    coalesce(bool_or(judgement.verdict = 'rejected'), false) AS no,\n                    (array_agg(judgement.direction ORDER BY judgement.at DESC, judgement.id DESC)\n                        FILTER (WHERE judgement.verdict = 'confirmed'\n                            AND judgement.direction <> ''))[1] AS said\n                FROM (SELECT DISTINCT link_id AS id FROM changed) AS touched\n                LEFT JOIN articles_judgement AS judgement ON judgement.link_id = touched.id\n                GROUP BY touched.id\n            ) AS held\n            WHERE link.id = held.id;\n            INSERT INTO articles_change (article_id, consumer)\n            SELECT DISTINCT unnest(ARRAY[link.first_id, link.second_id]), 'related'\n            FROM articles_link AS link JOIN changed ON changed.link_id = link.id;\n            RETURN NULL;\n        ",
                            hash="3ab54e6e126791a8b27c0884a9e14c0be9eaa2ae",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_derive_insert_b924f",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="derive_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            UPDATE articles_link AS link\n            SET status = CASE\n                    WHEN held.yes AND held.no THEN 'disputed'\n                    WHEN held.yes THEN 'accepted'\n                    WHEN held.no THEN 'rejected'\n                    WHEN link.suggested THEN 'suggested'\n                    ELSE 'withdrawn' END,\n                direction = CASE coalesce(held.said, '')\n                    WHEN '' THEN link.found_direction\n                    WHEN 'none' THEN ''\n                    ELSE held.said END\n            FROM (\n                SELECT touched.id,\n                    coalesce(bool_or(judgement.verdict = 'confirmed'), false) AS yes,\n                    coalesce(bool_or(judgement.verdict = 'rejected'), false) AS no,\n                    (array_agg(judgement.direction ORDER BY judgement.at DESC, judgement.id DESC)\n                        FILTER (WHERE judgement.verdict = 'confirmed'\n                            AND judgement.direction <> ''))[1] AS said\n                FROM (SELECT DISTINCT link_id AS id FROM changed) AS touched\n                LEFT JOIN articles_judgement AS judgement ON judgement.link_id = touched.id\n                GROUP BY touched.id\n            ) AS held\n            WHERE link.id = held.id;\n            INSERT INTO articles_change (article_id, consumer)\n            SELECT DISTINCT unnest(ARRAY[link.first_id, link.second_id]), 'related'\n            FROM articles_link AS link JOIN changed ON changed.link_id = link.id;\n            RETURN NULL;\n        ",
                            hash="8859d5c95348de80ce2cac03602f7a3f77405ee6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_derive_update_efb66",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="derive_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            UPDATE articles_link AS link\n            SET status = CASE\n                    WHEN held.yes AND held.no THEN 'disputed'\n                    WHEN held.yes THEN 'accepted'\n                    WHEN held.no THEN 'rejected'\n                    WHEN link.suggested THEN 'suggested'\n                    ELSE 'withdrawn' END,\n                direction = CASE coalesce(held.said, '')\n                    WHEN '' THEN link.found_direction\n                    WHEN 'none' THEN ''\n                    ELSE held.said END\n            FROM (\n                SELECT touched.id,\n                    coalesce(bool_or(judgement.verdict = 'confirmed'), false) AS yes,\n                    coalesce(bool_or(judgement.verdict = 'rejected'), false) AS no,\n                    (array_agg(judgement.direction ORDER BY judgement.at DESC, judgement.id DESC)\n                        FILTER (WHERE judgement.verdict = 'confirmed'\n                            AND judgement.direction <> ''))[1] AS said\n                FROM (SELECT DISTINCT link_id AS id FROM changed) AS touched\n                LEFT JOIN articles_judgement AS judgement ON judgement.link_id = touched.id\n                GROUP BY touched.id\n            ) AS held\n            WHERE link.id = held.id;\n            INSERT INTO articles_change (article_id, consumer)\n            SELECT DISTINCT unnest(ARRAY[link.first_id, link.second_id]), 'related'\n            FROM articles_link AS link JOIN changed ON changed.link_id = link.id;\n            RETURN NULL;\n        ",
                            hash="3f160ab35823176f8c536151000eccedc1711c59",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_derive_delete_b32fc",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_judgementevent" ("at", "by_id", "corpus_id", "direction", "id", "link_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT new_values."at", new_values."by_id", new_values."corpus_id", new_values."direction", new_values."id", new_values."link_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d3c6dc133f7c0250ab5a03a4a29e751a62eb791a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_833f7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_judgementevent" ("at", "by_id", "corpus_id", "direction", "id", "link_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT old_values."at", old_values."by_id", old_values."corpus_id", old_values."direction", old_values."id", old_values."link_id", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."verdict" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3a092c87fe5751d1a516cd1c336f8b9d42e34d0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_88adc",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_judgementevent" ("at", "by_id", "corpus_id", "direction", "id", "link_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT new_values."at", new_values."by_id", new_values."corpus_id", new_values."direction", new_values."id", new_values."link_id", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="755ad7fc188396458fc53320f47ad38ed8a01cfc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_6de5c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="judgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_judgementevent" ("at", "by_id", "corpus_id", "direction", "id", "link_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT old_values."at", old_values."by_id", old_values."corpus_id", old_values."direction", old_values."id", old_values."link_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a8da9ea5ddb752b411a45e81889e4ee3833933fa",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_80340",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_judgement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(fields=["corpus", "-id"], name="story_newest_in_corpus"),
                ),
                migrations.AddConstraint(
                    model_name="story",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="no_story_is_merged_into_itself",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_merged_into",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM articles_coverage JOIN changed ON changed.id = articles_coverage.story_id JOIN was ON was.id = changed.id WHERE was.merged_into_id IS DISTINCT FROM changed.merged_into_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="f0fa3d5bc54f68d6f530e4562090c1e56b8f2882",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_merged_into_9cded",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storyevent" ("by_id", "corpus_id", "created_at", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8bbd31a2491b1f623b4bc853a1148582ccbfbc65",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d78bc",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storyevent" ("by_id", "corpus_id", "created_at", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."merged_into_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="dff324d866879706e74248053a3d52c4a2c458e4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_9e6c8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storyevent" ("by_id", "corpus_id", "created_at", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."by_id", new_values."corpus_id", new_values."created_at", new_values."id", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4a43675a11e37229c4522aa8fef322931eff77c5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_d7dba",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="story",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storyevent" ("by_id", "corpus_id", "created_at", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."by_id", old_values."corpus_id", old_values."created_at", old_values."id", old_values."merged_into_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="49c4273e78a9345fa55ba68a9a2093925a79c3fd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0bb31",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_story",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="coverage",
                    index=models.Index(fields=["editions"], name="coverage_by_editions"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coverage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT article_id FROM changed WHERE editions <> article_id OR story_id IS NOT NULL) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="40c08024799b0c78dd16fef8629946482a563922",
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
                            func="INSERT INTO articles_change (article_id, consumer) SELECT touched.id, consumer FROM (SELECT DISTINCT id FROM (SELECT changed.article_id FROM changed JOIN was USING (article_id) WHERE coalesce(was.editions, was.article_id) <> coalesce(changed.editions, changed.article_id) OR was.story_id IS DISTINCT FROM changed.story_id) AS named (id)) AS touched CROSS JOIN unnest(ARRAY['search']) AS consumer; RETURN NULL;",
                            hash="190720059e44562737d1c9e3fbf1f809415ebdfa",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_note_update_2dff0",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS changed ",
                            table="articles_coverage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="493737bff6dfdf8222c3399f0652df86c0bec219",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_467d6",
                            table="articles_storyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="place_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_coverage (article_id, story_id, pinned) SELECT article_id, story_id, true FROM changed ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, pinned = true; RETURN NULL;",
                            hash="7c7e7a6a38d307fb2f989c9aee522bb4761531c8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_place_insert_f4996",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="place_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO articles_coverage (article_id, story_id, pinned) SELECT article_id, story_id, true FROM changed ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, pinned = true; RETURN NULL;",
                            hash="baafdf47b55364e7934c779dc1d1cdb45a1cef16",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_place_update_5ad2a",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypin",
                    trigger=pgtrigger.compiler.Trigger(
                        name="place_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="UPDATE articles_coverage SET pinned = false, story_id = NULL FROM changed WHERE articles_coverage.article_id = changed.article_id; INSERT INTO articles_change (article_id, consumer) SELECT article_id, 'related' FROM changed; RETURN NULL;",
                            hash="a3f9f879b5b01f3d0abb68c56d9bdd0793bf6fc1",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."story_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ce4b2f7e4122200a8940114f252413fee5053fa4",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."story_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2b587cc8ab388cb7c98673255f03b24c2344d6be",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."story_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8444b131f20150f71ed3b885848db1c0faa0be83",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_storypinevent" ("article_id", "at", "by_id", "corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "story_id") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."story_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="32c8093e7a81b132c1a73d7dd0d050ffc1a24734",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8424",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_storypin",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storypinevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4277fe94137eca53c005cca04b729265a20bca12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_63428",
                            table="articles_storypinevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
