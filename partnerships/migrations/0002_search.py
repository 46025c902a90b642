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
-- The planner cannot know how rare the beginning of a word is, and would read the whole table for three rows.
CREATE FUNCTION initiatives_with(words tsquery, most integer) RETURNS TABLE (id bigint)
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT i.id FROM partnerships_initiative i WHERE i.is_published AND i.search @@ words LIMIT most
$$;
"""
UNDO_VECTOR = """
DROP FUNCTION initiatives_with(tsquery, integer);
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

# A filter or a count on themes reads the initiative only, as it does for branches and provinces. The first trigger
# makes the column true whatever is written to it, the second has it looked at again when the themes change.
THEMES = """
CREATE FUNCTION initiative_theme_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.theme_ids := ARRAY(
        SELECT theme_id FROM partnerships_initiative_themes WHERE initiative_id = NEW.id ORDER BY theme_id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER initiative_theme_ids BEFORE INSERT OR UPDATE OF theme_ids ON partnerships_initiative
    FOR EACH ROW EXECUTE FUNCTION initiative_theme_ids();
CREATE FUNCTION initiative_themes_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE partnerships_initiative SET theme_ids = DEFAULT
    WHERE id IN (OLD.initiative_id, NEW.initiative_id);
    RETURN NULL;
END $$;
CREATE TRIGGER initiative_themes_changed AFTER INSERT OR UPDATE OR DELETE ON partnerships_initiative_themes
    FOR EACH ROW EXECUTE FUNCTION initiative_themes_changed();
"""
UNDO_THEMES = """
DROP TRIGGER initiative_themes_changed ON partnerships_initiative_themes;
DROP FUNCTION initiative_themes_changed();
DROP TRIGGER initiative_theme_ids ON partnerships_initiative;
DROP FUNCTION initiative_theme_ids();
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
        migrations.RunSQL(THEMES, UNDO_THEMES),
        migrations.RunSQL(BY_TITLE, "DROP INDEX initiative_by_title"),
    ]
