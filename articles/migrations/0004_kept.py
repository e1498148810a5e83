"""Corrections, operations, invitations, and the history of what people make.

What concerns new tables alone comes first; tables in use are changed at the end, together.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from articles.migrations._locks import Held


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_identity_as_read"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyAliasEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("alias", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CorpusEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("open", "Open to read"),
                            ("licensed", "Licensed: others see metadata and snippets"),
                            ("members", "Members only"),
                        ],
                        default="members",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("source", "Source"),
                            ("published", "Published"),
                            ("modified", "Updated"),
                            ("byline", "Byline"),
                            ("credits", "Credits"),
                            ("dateline", "Dateline"),
                            ("section", "Section"),
                            ("page", "Page"),
                            ("edition", "Edition"),
                            ("language", "Language"),
                            ("canonical_url", "Address"),
                            ("external_id", "Identifier"),
                            ("flags", "Flags looked at"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("article", "field"),
            },
        ),
        migrations.CreateModel(
            name="CorrectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("source", "Source"),
                            ("published", "Published"),
                            ("modified", "Updated"),
                            ("byline", "Byline"),
                            ("credits", "Credits"),
                            ("dateline", "Dateline"),
                            ("section", "Section"),
                            ("page", "Page"),
                            ("edition", "Edition"),
                            ("language", "Language"),
                            ("canonical_url", "Address"),
                            ("external_id", "Identifier"),
                            ("flags", "Flags looked at"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("editor", "Editor"),
                            ("admin", "Admin"),
                        ],
                        default="viewer",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("editor", "Editor"),
                            ("admin", "Admin"),
                        ],
                        default="viewer",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("editor", "Editor"),
                            ("admin", "Admin"),
                        ],
                        default="viewer",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("context", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("by_name", models.CharField(blank=True, max_length=150)),
                (
                    "act",
                    models.CharField(
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
                            ("undo", "Undo"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("editor", "Editor"),
                            ("admin", "Admin"),
                        ],
                        max_length=10,
                    ),
                ),
                ("summary", models.CharField(max_length=500)),
                ("size", models.PositiveIntegerField(default=1)),
                (
                    "door",
                    models.CharField(
                        choices=[("command", "Command line"), ("page", "Page"), ("api", "API")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("folded", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceAliasEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("folded", models.CharField(max_length=300)),
                ("printed", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=300)),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=255), blank=True, default=list
                    ),
                ),
                (
                    "country",
                    models.CharField(blank=True, help_text="ISO 3166-1 alpha-2", max_length=2),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TextCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("after", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TextCorrectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agencyaliasevent",
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
            model_name="agencyaliasevent",
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
            model_name="agencyaliasevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.agencyalias",
            ),
        ),
        migrations.AddField(
            model_name="corpusevent",
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
            model_name="corpusevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.corpus",
            ),
        ),
        migrations.AddField(
            model_name="correctionevent",
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
            model_name="correctionevent",
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
            model_name="correctionevent",
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
            model_name="correctionevent",
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
            model_name="correctionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.correction",
            ),
        ),
        migrations.AddField(
            model_name="invitationevent",
            name="accepted_by",
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
            model_name="invitationevent",
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
            model_name="invitationevent",
            name="created_by",
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
            model_name="invitationevent",
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
            model_name="invitationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.invitation",
            ),
        ),
        migrations.AddField(
            model_name="membershipevent",
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
            model_name="membershipevent",
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
            model_name="membershipevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.membership",
            ),
        ),
        migrations.AddField(
            model_name="membershipevent",
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
            model_name="personevent",
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
            model_name="personevent",
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
            model_name="personevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.person",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="same_as",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.person",
            ),
        ),
        migrations.AddField(
            model_name="sourcealiasevent",
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
            model_name="sourcealiasevent",
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
            model_name="sourcealiasevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.sourcealias",
            ),
        ),
        migrations.AddField(
            model_name="sourcealiasevent",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
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
            model_name="sourceevent",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
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
            model_name="sourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="textcorrectionevent",
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
            model_name="textcorrectionevent",
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
            model_name="textcorrectionevent",
            name="joined_into",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="textcorrectionevent",
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
            model_name="textcorrectionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.textcorrection",
            ),
        ),
        migrations.AddField(
            model_name="textcorrectionevent",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.version",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencyaliasevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="93ee8061cb6d6b9cbd3aab57664d8b69a379e0b7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5925e",
                    table="articles_agencyaliasevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="corpusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d2fc1493c9ce89f85ed6b3f3c4a674f7bce683ad",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f10b7",
                    table="articles_corpusevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b7cc5fab6d092edeecc31b0a4e71e40c59c4c891",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_24b3d",
                    table="articles_correctionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c837bb34ee5fabb456821f4e72721681c1682041",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a02fc",
                    table="articles_invitationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5bd224dd205127fcdacbc8680ff796f8b48502a4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b0c18",
                    table="articles_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0526978c0e93079544df078d30b4fff191e5a52",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e5dee",
                    table="articles_personevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcealiasevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cefa94af23265232aae61821fe34943148fd42c3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0b236",
                    table="articles_sourcealiasevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e9730fb735902e4ea577448ced0e34f1aa9850ea",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dd193",
                    table="articles_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="textcorrectionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="56f2d34c6a786e88475a60da1212d3286d92a4df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8d21",
                    table="articles_textcorrectionevent",
                    when="BEFORE",
                ),
            ),
        ),
        Held(
            [
                "articles_corpus",
                "auth_user",
                "articles_membership",
                "articles_agencyalias",
                "articles_sourcealias",
                "articles_source",
                "articles_person",
                "articles_article",
                "articles_version",
                "articles_credit",
            ],
            [
                migrations.RemoveConstraint(
                    model_name="corpus",
                    name="corpus_access_is_known",
                ),
                migrations.AddField(
                    model_name="article",
                    name="canonical_url",
                    field=models.CharField(max_length=4000, null=True),
                ),
                migrations.SeparateDatabaseAndState(
                    # Checking a million rows would keep everybody waiting; 0006 does that beside them.
                    database_operations=[
                        migrations.RunSQL(
                            'ALTER TABLE "articles_article" ADD COLUMN "edits" integer DEFAULT 0 NOT NULL'
                        ),
                        migrations.RunSQL(
                            'ALTER TABLE "articles_article" ADD CONSTRAINT "articles_article_edits_check" '
                            'CHECK ("edits" >= 0) NOT VALID'
                        ),
                    ],
                    state_operations=[
                        migrations.AddField(
                            model_name="article",
                            name="edits",
                            field=models.PositiveIntegerField(db_default=0, default=0),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="article",
                    name="external_id",
                    field=models.CharField(max_length=500, null=True),
                ),
                migrations.AddField(
                    model_name="article",
                    name="joined_into",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="article",
                    name="source_alias",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.sourcealias",
                    ),
                ),
                migrations.AddField(
                    model_name="article",
                    name="standing",
                    field=models.BooleanField(db_default=True, default=True),
                ),
                migrations.AddField(
                    model_name="credit",
                    name="corrected",
                    field=models.BooleanField(db_default=False, default=False),
                ),
                migrations.AddField(
                    model_name="credit",
                    name="standing",
                    field=models.BooleanField(db_default=True, default=True),
                ),
                migrations.SeparateDatabaseAndState(
                    # 0006 builds its index beside the work that goes on.
                    database_operations=[
                        migrations.AddField(
                            model_name="person",
                            name="same_as",
                            field=models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="other_names",
                                to="articles.person",
                            ),
                        ),
                    ],
                    state_operations=[
                        migrations.AddField(
                            model_name="person",
                            name="same_as",
                            field=models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="other_names",
                                to="articles.person",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="source",
                    name="merged_into",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="articles.source",
                    ),
                ),
                migrations.AddField(
                    model_name="version",
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
                    model_name="version",
                    name="rereads",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AlterField(
                    model_name="corpus",
                    name="access",
                    field=models.CharField(
                        choices=[
                            ("open", "Open to read"),
                            ("licensed", "Licensed: others see metadata and snippets"),
                            ("members", "Members only"),
                        ],
                        default="members",
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agencyalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_agencyaliasevent" ("alias", "corpus_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."alias", new_values."corpus_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4c6d8c83c1c71b88dda462535b4bfec62c09d84a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d64d4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_agencyalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agencyalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_agencyaliasevent" ("alias", "corpus_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."alias", old_values."corpus_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="827bc08dbc5fabaed670065d1e7d98aab6d54ff0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_ebbc4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_agencyalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agencyalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_agencyaliasevent" ("alias", "corpus_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."alias", new_values."corpus_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6d44043b08d74c070569833169dc1904c5a69883",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_f221b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_agencyalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agencyalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_agencyaliasevent" ("alias", "corpus_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."alias", old_values."corpus_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f9cd0d1e968899b08e1140dd9240cd42a4273baf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fa728",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_agencyalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="corpus",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_corpusevent" ("access", "created_at", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."access", new_values."created_at", new_values."description", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fef6d19e1341e06ad184979ff52ca50598010bce",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ca17d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_corpus",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="corpus",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_corpusevent" ("access", "created_at", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."access", old_values."created_at", old_values."description", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1fef3cb25182945c303cd4c330df8b60564174bb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_e3cce",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_corpus",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="corpus",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_corpusevent" ("access", "created_at", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."access", new_values."created_at", new_values."description", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f2d0214ee2f141c80c736db2d568c0fcde0d1a2d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_00f51",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_corpus",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="corpus",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_corpusevent" ("access", "created_at", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."access", old_values."created_at", old_values."description", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ac9b7d8b4ceecf84d8af5ea362724cd822e24bbc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7695b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_corpus",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_membershipevent" ("corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a572684ec190d83b109d2020343ec1b63cb88f51",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8f51",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_membershipevent" ("corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="423ebb469f08879459f90d8bd932b23ca35736ce",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_a7e11",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_membershipevent" ("corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."corpus_id", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7a751e5914cc2812cde8357845358185f3206cbd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_cf96d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_membershipevent" ("corpus_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."corpus_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="02d37b9abb16376e0f70a17167a0d685fd383725",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_90b02",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_personevent" ("corpus_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as_id") SELECT new_values."corpus_id", new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."same_as_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f345d11eefadaf2baeb8f364a6206aa766498fd0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2843",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_personevent" ("corpus_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as_id") SELECT old_values."corpus_id", old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."same_as_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="33584a2d0983fd228f180ecb1e6bf449d5436dee",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_d8808",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_personevent" ("corpus_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as_id") SELECT new_values."corpus_id", new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."same_as_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b417366a9de6339c2e1db4301591763e8df38dc3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_5036a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_personevent" ("corpus_id", "folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as_id") SELECT old_values."corpus_id", old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."same_as_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="18c897adf0369a467e4cd3a39664dcfb908387d2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66b3f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourceevent" ("corpus_id", "country", "domains", "id", "languages", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."corpus_id", new_values."country", new_values."domains", new_values."id", new_values."languages", new_values."merged_into_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5a90f16142afeb8a6f5ef72dc9152030984a11bd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e4235",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourceevent" ("corpus_id", "country", "domains", "id", "languages", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."corpus_id", old_values."country", old_values."domains", old_values."id", old_values."languages", old_values."merged_into_id", old_values."name", _pgh_attached_context.value, NOW(), \'before\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c85e2cafb52a05c6d30376eeb27032d8de638e33",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_be715",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourceevent" ("corpus_id", "country", "domains", "id", "languages", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."corpus_id", new_values."country", new_values."domains", new_values."id", new_values."languages", new_values."merged_into_id", new_values."name", _pgh_attached_context.value, NOW(), \'after\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9b7bcd0f843dd30bae1f2d9c612174eda216486a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_57a68",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourceevent" ("corpus_id", "country", "domains", "id", "languages", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."corpus_id", old_values."country", old_values."domains", old_values."id", old_values."languages", old_values."merged_into_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad6024b8754b71e7580434a6c207644e374daee6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07439",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sourcealias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourcealiasevent" ("corpus_id", "folded", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "source_id") SELECT new_values."corpus_id", new_values."folded", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."printed", new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="701570c46a0783587dba7117c4d7cc78b2b10e42",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5ad12",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_sourcealias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sourcealias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourcealiasevent" ("corpus_id", "folded", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "source_id") SELECT old_values."corpus_id", old_values."folded", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."printed", old_values."source_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="aac5818c73491c1abc389900e30b001d0a6c4a1b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_d37d0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_sourcealias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sourcealias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourcealiasevent" ("corpus_id", "folded", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "source_id") SELECT new_values."corpus_id", new_values."folded", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."printed", new_values."source_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7bba8623bcce10c90c344d708ed565531a561c41",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_7538f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_sourcealias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sourcealias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourcealiasevent" ("corpus_id", "folded", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "source_id") SELECT old_values."corpus_id", old_values."folded", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."printed", old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cf1c6d1d5f4c0b136ac9a96c3a1f74467cfa4195",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f7abe",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_sourcealias",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="corpus",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("access__in", ["open", "licensed", "members"])),
                        name="corpus_access_is_known",
                    ),
                ),
                AddConstraintNotValid(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("same_as", models.F("id")), _negated=True),
                        name="nobody_is_another_name_of_themselves",
                    ),
                ),
                migrations.AddField(
                    model_name="correction",
                    name="article",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="correction",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="correction",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="accepted_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="corpus",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="created_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="operation",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="operations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="operation",
                    name="corpus",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="operations",
                        to="articles.corpus",
                    ),
                ),
                migrations.AddField(
                    model_name="operation",
                    name="undoes",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="articles.operation",
                    ),
                ),
                migrations.AddField(
                    model_name="textcorrection",
                    name="article",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_correction",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="textcorrection",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="textcorrection",
                    name="joined_into",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined_texts",
                        to="articles.article",
                    ),
                ),
                migrations.AddField(
                    model_name="textcorrection",
                    name="version",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.UniqueConstraint(
                        fields=("article", "field"), name="one_correction_per_field"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                [
                                    "source",
                                    "published",
                                    "modified",
                                    "byline",
                                    "credits",
                                    "dateline",
                                    "section",
                                    "page",
                                    "edition",
                                    "language",
                                    "canonical_url",
                                    "external_id",
                                    "flags",
                                ],
                            )
                        ),
                        name="corrected_field_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="correction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_correctionevent" ("article_id", "at", "by_id", "corpus_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."field", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="49b744342d397783eaecaa1b31311502827665a0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_195a7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_correction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="correction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_correctionevent" ("article_id", "at", "by_id", "corpus_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."field", old_values."id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4796469937ec5a965f1aff7b7683521728149536",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_e75b9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_correction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="correction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_correctionevent" ("article_id", "at", "by_id", "corpus_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."article_id", new_values."at", new_values."by_id", new_values."corpus_id", new_values."field", new_values."id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5ba35190cf28de10a1567dac7129c76e1a39ea40",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_40b75",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_correction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="correction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_correctionevent" ("article_id", "at", "by_id", "corpus_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."article_id", old_values."at", old_values."by_id", old_values."corpus_id", old_values."field", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e83b99266f5b22a1a4510ae9ff4901b33108984e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4a60c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_correction",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["viewer", "annotator", "editor", "admin"])
                        ),
                        name="invitation_role_is_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_invitationevent" ("accepted_at", "accepted_by_id", "corpus_id", "created_at", "created_by_id", "expires_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT new_values."accepted_at", new_values."accepted_by_id", new_values."corpus_id", new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="20277a5c26d5446d06fe2f8328448b96d439600e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0a5e1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_invitationevent" ("accepted_at", "accepted_by_id", "corpus_id", "created_at", "created_by_id", "expires_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT old_values."accepted_at", old_values."accepted_by_id", old_values."corpus_id", old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."revoked_at", old_values."role" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_at" IS DISTINCT FROM (new_values."accepted_at") OR old_values."accepted_by_id" IS DISTINCT FROM (new_values."accepted_by_id") OR old_values."corpus_id" IS DISTINCT FROM (new_values."corpus_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."role" IS DISTINCT FROM (new_values."role")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="17822a64c7deb637f5a39059e85e23eb895854d7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_95fda",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_invitationevent" ("accepted_at", "accepted_by_id", "corpus_id", "created_at", "created_by_id", "expires_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT new_values."accepted_at", new_values."accepted_by_id", new_values."corpus_id", new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."revoked_at", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_at" IS DISTINCT FROM (new_values."accepted_at") OR old_values."accepted_by_id" IS DISTINCT FROM (new_values."accepted_by_id") OR old_values."corpus_id" IS DISTINCT FROM (new_values."corpus_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."role" IS DISTINCT FROM (new_values."role")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d8cb0331a1dc8ba6619acae1ad15fe993abda77d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_4e191",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_invitationevent" ("accepted_at", "accepted_by_id", "corpus_id", "created_at", "created_by_id", "expires_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role") SELECT old_values."accepted_at", old_values."accepted_by_id", old_values."corpus_id", old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4540ed86f77321d8dae3dc401f976809d85cd0f3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3010f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="operation",
                    index=models.Index(fields=["corpus", "-id"], name="operation_newest_in_corpus"),
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
                                    "undo",
                                ],
                            )
                        ),
                        name="operation_act_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="operation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "undo"), ("undoes__isnull", False)),
                            models.Q(models.Q(("act", "undo"), _negated=True), ("undoes", None)),
                            _connector="OR",
                        ),
                        name="an_undo_undoes_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="textcorrection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("version__isnull", True),
                            ("joined_into__isnull", True),
                            _connector="XOR",
                        ),
                        name="a_text_stands_or_is_joined",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="textcorrection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("joined_into", models.F("article")), _negated=True),
                        name="nothing_is_joined_to_itself",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textcorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_textcorrectionevent" ("after", "article_id", "at", "by_id", "id", "joined_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."after", new_values."article_id", new_values."at", new_values."by_id", new_values."id", new_values."joined_into_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ced2b75933f04aa88fa74897f2e9732004c4a191",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cf529",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="articles_textcorrection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textcorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_textcorrectionevent" ("after", "article_id", "at", "by_id", "id", "joined_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."after", old_values."article_id", old_values."at", old_values."by_id", old_values."id", old_values."joined_into_id", _pgh_attached_context.value, NOW(), \'before\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="76bf3122c9b00462464c3ebfe840e052556d5d8e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_320d8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_textcorrection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textcorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="after_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_textcorrectionevent" ("after", "article_id", "at", "by_id", "id", "joined_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."after", new_values."article_id", new_values."at", new_values."by_id", new_values."id", new_values."joined_into_id", _pgh_attached_context.value, NOW(), \'after\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4235838d970d8a180c42d1706f70e328cc54fd29",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_after_update_4118e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="articles_textcorrection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textcorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_textcorrectionevent" ("after", "article_id", "at", "by_id", "id", "joined_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."after", old_values."article_id", old_values."at", old_values."by_id", old_values."id", old_values."joined_into_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a6ec4e18b860c989745e6beb2caffffc8283f305",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc38a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="articles_textcorrection",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
