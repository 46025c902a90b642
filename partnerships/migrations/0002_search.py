"""Search over initiatives: a trigger keeps the vector, trigrams catch typing errors."""

from django.db import migrations

VECTOR = """
CREATE FUNCTION initiative_search_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search :=
        setweight(to_tsvector('dutch_unaccent', coalesce(NEW.title, '')), 'A')
        || setweight(to_tsvector('dutch_unaccent', coalesce(NEW.summary, '') || ' ' || coalesce(NEW.region, '')), 'B')
        || setweight(to_tsvector('dutch_unaccent', concat_ws(' ', NEW.question, NEW.aim, NEW.approach, NEW.lessons)), 'C');
    RETURN NEW;
END $$;
CREATE TRIGGER initiative_search_vector
    BEFORE INSERT OR UPDATE OF title, summary, region, question, aim, approach, lessons ON partnerships_initiative
    FOR EACH ROW EXECUTE FUNCTION initiative_search_vector();
CREATE INDEX initiative_title_trigrams ON partnerships_initiative
    USING gin (immutable_unaccent(lower(title)) gin_trgm_ops);
"""
UNDO = """
DROP INDEX initiative_title_trigrams;
DROP TRIGGER initiative_search_vector ON partnerships_initiative;
DROP FUNCTION initiative_search_vector();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("core", "0002_search")]
    operations = [migrations.RunSQL(VECTOR, UNDO)]
