"""Rights can be put right like any other field."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_one_standing_source_per_name"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="correction",
            name="corrected_field_is_known",
        ),
        migrations.AlterField(
            model_name="correction",
            name="field",
            field=models.CharField(
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
                    ("rights", "Rights"),
                    ("flags", "Flags looked at"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="correctionevent",
            name="field",
            field=models.CharField(
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
                    ("rights", "Rights"),
                    ("flags", "Flags looked at"),
                ],
                max_length=20,
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
                            "rights",
                            "flags",
                        ],
                    )
                ),
                name="corrected_field_is_known",
            ),
        ),
    ]
