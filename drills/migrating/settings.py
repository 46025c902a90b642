"""A host that is brought up to date, and one where that is done all at once."""

from drills.load.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "drills.migrating.coming", "drills.migrating.spoilt"]  # noqa: F405
