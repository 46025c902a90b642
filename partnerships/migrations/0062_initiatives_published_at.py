"""Since when everyone can read an initiative: kept by the database, of whatever is published from now on."""

from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION first_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.published_at := CASE WHEN NEW.is_published THEN clock_timestamp() END;
    ELSE
        NEW.published_at := OLD.published_at;
        IF NEW.is_published AND NOT OLD.is_published AND NEW.published_at IS NULL THEN
            NEW.published_at := clock_timestamp();
        END IF;
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER initiative_first_published BEFORE INSERT OR UPDATE OF is_published, published_at
ON partnerships_initiative FOR EACH ROW EXECUTE FUNCTION first_published()
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0061_saved_searches")]
    operations = [
        migrations.AddField(
            "initiative",
            "published_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION first_published()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER initiative_first_published ON partnerships_initiative"),
    ]
