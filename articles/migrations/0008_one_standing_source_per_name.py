"""A merged source gives its name free for one that stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_distinct_names"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="source",
            name="one_source_per_name",
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into", None)),
                fields=("corpus", "name"),
                name="one_standing_source_per_name",
            ),
        ),
    ]
