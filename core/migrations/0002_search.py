"""Extensions, Dutch text search without accents, and an IMMUTABLE unaccent for indexes and generated columns."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is STABLE because its dictionary can be altered; ours never is. Naming the dictionary
# with its schema keeps the function safe from a changed search_path.
CREATE_FUNCTION = """
CREATE FUNCTION immutable_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$
"""

CREATE_CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION dutch_unaccent (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION dutch_unaccent
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(CREATE_FUNCTION, "DROP FUNCTION immutable_unaccent(text)"),
        migrations.RunSQL(CREATE_CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION dutch_unaccent"),
    ]
