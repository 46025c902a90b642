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
BACK = """
ALTER TABLE partnerships_member DROP CONSTRAINT member_by_two_yeses;
ALTER TABLE partnerships_joinrequest DROP CONSTRAINT join_request_as_members_name_it;
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_mandates")]
    operations = [migrations.RunSQL(YESES, BACK)]
