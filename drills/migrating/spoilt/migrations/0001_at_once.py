from django.db import migrations


class Migration(migrations.Migration):
    """One transaction, which holds all it locked; it takes as long as a table of some millions of rows does."""

    dependencies = [("coming", "0007_gone")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_evidence ADD COLUMN drill_bad integer DEFAULT 3 NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE students_evidence ADD CONSTRAINT drill_bad_positive CHECK (drill_bad > 0)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "CREATE INDEX drill_bad_goal ON students_goal (state, plan_id)", migrations.RunSQL.noop
        ),
        migrations.RunSQL("ALTER TABLE students_goal ADD COLUMN drill_bad integer", migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE students_goal SET drill_bad = 1", migrations.RunSQL.noop),
        migrations.RunSQL("SELECT pg_sleep(3)", migrations.RunSQL.noop),
    ]
