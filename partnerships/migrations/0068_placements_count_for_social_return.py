"""An SROI activity says whether it was counted from placements."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0067_terms_of_proposals_looked_at")]
    operations = [
        migrations.AddField(
            model_name="socialreturnactivity",
            name="is_of_placements",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="counted from placements"
            ),
        ),
    ]
