"""A successor is an initiative that there is, another one, and never one that goes on as this one."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Of two who tie a ring together at the same moment, the second waits for the row of the first and then sees it.
NO_RING = """
CREATE FUNCTION partnerships_initiatives_make_no_ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM partnerships_initiative WHERE id = NEW.successor_id FOR NO KEY UPDATE;
    IF EXISTS (
        WITH RECURSIVE later(id) AS (
            SELECT NEW.successor_id
            UNION
            SELECT known.successor_id FROM partnerships_initiative known JOIN later ON later.id = known.id
            WHERE known.successor_id IS NOT NULL
        )
        SELECT FROM later WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'An initiative does not go on as what came before it.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER initiatives_make_no_ring AFTER INSERT OR UPDATE OF successor_id ON partnerships_initiative
    FOR EACH ROW WHEN (NEW.successor_id IS NOT NULL) EXECUTE FUNCTION partnerships_initiatives_make_no_ring();
"""
GONE = """
DROP TRIGGER initiatives_make_no_ring ON partnerships_initiative;
DROP FUNCTION partnerships_initiatives_make_no_ring();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0051_initiatives_by_successor")]
    operations = [
        AddConstraintNotValid(
            "initiative",
            models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("successor", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="initiative_not_its_own_successor",
                violation_error_message="An initiative does not go on as itself.",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiative ADD CONSTRAINT initiative_successor_fk FOREIGN KEY (successor_id) "
            "REFERENCES partnerships_initiative (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
            "ALTER TABLE partnerships_initiative DROP CONSTRAINT initiative_successor_fk",
            state_operations=[
                migrations.AlterField(
                    "initiative",
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="predecessors",
                        to="partnerships.initiative",
                        verbose_name="goes on as",
                    ),
                )
            ],
        ),
        migrations.RunSQL(NO_RING, GONE),
    ]
