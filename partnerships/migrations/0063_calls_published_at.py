"""And a call."""

from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER call_first_published BEFORE INSERT OR UPDATE OF is_published, published_at
ON partnerships_call FOR EACH ROW EXECUTE FUNCTION first_published()
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0062_initiatives_published_at")]
    operations = [
        migrations.AddField(
            "call",
            "published_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER call_first_published ON partnerships_call"),
    ]
