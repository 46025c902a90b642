"""Search over initiatives: a trigger keeps the vector, trigrams catch typing errors, names sort as a reader expects."""

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
"""
UNDO_VECTOR = """
DROP TRIGGER initiative_search_vector ON partnerships_initiative;
DROP FUNCTION initiative_search_vector();
"""

# The threshold belongs to the function: 0.5 forgives one wrong letter in a word of five, and sharing three letters
# is not enough. The inner LIMIT bounds the work when a mistyped word resembles very many rows; the index finds them.
LIKENESS = """
CREATE INDEX initiative_trigrams ON partnerships_initiative
    USING gin (immutable_unaccent(lower(title || ' ' || summary)) gin_trgm_ops) WHERE is_published;
CREATE FUNCTION initiatives_like(words text[], most integer) RETURNS TABLE (id bigint)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.5 SET enable_seqscan = off AS $$
    SELECT found.id
    FROM (
        SELECT i.id, i.refreshed_on, immutable_unaccent(lower(i.title || ' ' || i.summary)) AS doc
        FROM partnerships_initiative i
        WHERE i.is_published AND words[1] <% immutable_unaccent(lower(i.title || ' ' || i.summary))
        LIMIT 2000
    ) found
    CROSS JOIN LATERAL (
        SELECT bool_and(word <% found.doc) AS has_all, sum(word_similarity(word, found.doc)) AS likeness
        FROM unnest(words) word
    ) score
    WHERE score.has_all
    ORDER BY score.likeness DESC, found.refreshed_on DESC, found.id
    LIMIT most
$$;
"""
UNDO_LIKENESS = """
DROP FUNCTION initiatives_like(text[], integer);
DROP INDEX initiative_trigrams;
"""

# The same expression as models.initiatives.TITLE_KEY.
BY_TITLE = """
CREATE INDEX initiative_by_title ON partnerships_initiative (immutable_unaccent(lower(title)), id) WHERE is_published
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("core", "0002_search")]
    operations = [
        migrations.RunSQL(VECTOR, UNDO_VECTOR),
        migrations.RunSQL(LIKENESS, UNDO_LIKENESS),
        migrations.RunSQL(BY_TITLE, "DROP INDEX initiative_by_title"),
    ]
