"""Partners of an initiative ask, are invited, join and leave; those that were there have joined."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0036_initiative_proposals")]
    operations = [
        migrations.AddField(
            "initiativepartner",
            "row_version",
            models.PositiveIntegerField(
                db_default=1, default=1, editable=False, verbose_name="number of the version"
            ),
        ),
        migrations.AddField(
            "initiativepartner",
            "state",
            models.CharField(
                choices=[
                    ("invited", "invited"),
                    ("asked", "asks to take part"),
                    ("joined", "takes part"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                    ("left", "no longer takes part"),
                ],
                db_default="joined",
                default="joined",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            "initiativepartner",
            "role",
            models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="what it does here"
            ),
        ),
        migrations.AddField(
            "initiativepartner",
            "starts_on",
            models.DateField(blank=True, editable=False, null=True, verbose_name="takes part since"),
        ),
        migrations.AddField(
            "initiativepartner",
            "ends_on",
            models.DateField(blank=True, editable=False, null=True, verbose_name="took part until"),
        ),
        migrations.AddField(
            "initiativepartner",
            "contact",
            models.ForeignKey(
                blank=True,
                null=True,
                db_constraint=False,
                db_index=False,
                on_delete=models.PROTECT,
                related_name="+",
                to="accounts.person",
                verbose_name="contact person",
            ),
        ),
    ]
