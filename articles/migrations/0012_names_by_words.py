"""Names of entities by the first letters of any of their words, as one types."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_tagging")]

    operations = [
        migrations.AddIndex(
            model_name="entityname",
            index=GinIndex(
                models.Func(
                    models.Func(
                        models.Func(
                            models.F("folded"), models.Value(" "), function="string_to_array"
                        ),
                        models.Value(""),
                        function="array_remove",
                    ),
                    function="array_to_tsvector",
                ),
                fastupdate=False,
                name="entity_name_by_words",
            ),
        ),
    ]
