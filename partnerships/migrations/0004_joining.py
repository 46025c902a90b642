"""A member takes part by two yeses: its row names a request that was accepted, and stands only as long as that does.

An ended row names its request too, but no longer needs it to be accepted: a yes can be taken back.
"""

from django.db import migrations

YESES = """
ALTER TABLE partnerships_joinrequest ADD CONSTRAINT join_request_as_members_name_it
    UNIQUE (id, partnership_id, organisation_id, coordinates, is_accepted);
ALTER TABLE partnerships_member ADD CONSTRAINT member_by_two_yeses
    FOREIGN KEY (join_request_id, partnership_id, organisation_id, coordinates, rests_on_accepted)
    REFERENCES partnerships_joinrequest (id, partnership_id, organisation_id, coordinates, is_accepted)
    DEFERRABLE INITIALLY DEFERRED;
"""
# Whoever sits without an organisation sits as what the person is: of a seat with one the key is null and asks nothing.
VOICES = """
ALTER TABLE partnerships_affiliation ADD CONSTRAINT affiliation_as_seats_name_it UNIQUE (id, person_id, voice);
ALTER TABLE partnerships_groupseat ADD CONSTRAINT seat_speaks_as_affiliation
    FOREIGN KEY (affiliation_id, person_id, perspective)
    REFERENCES partnerships_affiliation (id, person_id, voice)
    DEFERRABLE INITIALLY DEFERRED;
"""
SILENT = """
ALTER TABLE partnerships_groupseat DROP CONSTRAINT seat_speaks_as_affiliation;
ALTER TABLE partnerships_affiliation DROP CONSTRAINT affiliation_as_seats_name_it;
"""
BACK = """
ALTER TABLE partnerships_member DROP CONSTRAINT member_by_two_yeses;
ALTER TABLE partnerships_joinrequest DROP CONSTRAINT join_request_as_members_name_it;
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_mandates")]
    operations = [migrations.RunSQL(YESES, BACK), migrations.RunSQL(VOICES, SILENT)]
