"""Only partners that joined are counted."""

from django.db import migrations

COUNTED = """
CREATE OR REPLACE FUNCTION initiative_partners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT count(*) FILTER (WHERE o.kind IN ('care_provider', 'welfare')), count(*) FILTER (WHERE o.kind = 'school')
    INTO NEW.employers, NEW.schools
    FROM partnerships_initiativepartner p JOIN partnerships_organisation o ON o.id = p.organisation_id
    WHERE p.initiative_id = NEW.id AND p.state = 'joined';
    RETURN NEW;
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION initiative_partners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT count(*) FILTER (WHERE o.kind IN ('care_provider', 'welfare')), count(*) FILTER (WHERE o.kind = 'school')
    INTO NEW.employers, NEW.schools
    FROM partnerships_initiativepartner p JOIN partnerships_organisation o ON o.id = p.organisation_id
    WHERE p.initiative_id = NEW.id;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0040_partners_held")]
    operations = [migrations.RunSQL(COUNTED, BEFORE)]
