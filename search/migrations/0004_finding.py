"""The two questions of the search: rows that have the words, and rows whose title resembles them.

The planner cannot know how rare the beginning of a word is, nor how few may see a row, and would read the whole table; so
it is told not to. For whom a row is stands in the index, but looking up hundreds of audiences there costs more than reading
the rows that have the words: who may see those of more than a dozen gets the second way, in which the index does not know
the column. Of a kind at most `most` are looked at, taken as they come where there are more: whoever types a word
that very many have gets some of them, and the advice to add a word.
"""

from django.db import migrations

FIND = """
CREATE FUNCTION search_with(words tsquery, kinds text[], whose text[], most integer)
RETURNS TABLE (kind text, object_id bigint, partnership_id bigint, key text, title text, body text, rank real)
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT of_kind.name, found.object_id, found.partnership_id, found.key, found.title, found.beginning,
        ts_rank(found.vector, words)
    FROM unnest(kinds) of_kind(name)
    CROSS JOIN LATERAL (
        (
            SELECT e.* FROM search_searchentry e
            WHERE cardinality(whose) <= 12
                AND e.kind = of_kind.name AND e.audiences && whose::varchar[] AND e.vector @@ words
            LIMIT most
        )
        UNION ALL
        (
            SELECT e.* FROM search_searchentry e
            WHERE cardinality(whose) > 12
                AND e.kind = of_kind.name AND (e.audiences || '{}') && whose::varchar[] AND e.vector @@ words
            LIMIT most
        )
    ) found
$$;
SELECT similarity('', '');  -- loads what knows the threshold: only then may it be set by who is no superuser
CREATE FUNCTION search_like(words text[], kinds text[], whose text[], most integer)
RETURNS TABLE (kind text, object_id bigint, partnership_id bigint, key text, title text, body text, rank real)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.5 SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT of_kind.name, found.object_id, found.partnership_id, found.key, found.title, found.beginning, score.likeness
    FROM unnest(kinds) of_kind(name)
    CROSS JOIN LATERAL (
        (
            SELECT e.* FROM search_searchentry e
            WHERE cardinality(whose) <= 12
                AND e.kind = of_kind.name AND e.audiences && whose::varchar[] AND words[1] <% e.plain
            LIMIT most
        )
        UNION ALL
        (
            SELECT e.* FROM search_searchentry e
            WHERE cardinality(whose) > 12
                AND e.kind = of_kind.name AND (e.audiences || '{}') && whose::varchar[] AND words[1] <% e.plain
            LIMIT most
        )
    ) found
    CROSS JOIN LATERAL (
        SELECT bool_and(word <% found.plain) AS has_all, sum(word_similarity(word, found.plain))::real AS likeness
        FROM unnest(words) word
    ) score
    WHERE score.has_all
$$;
"""
UNDO = """
DROP FUNCTION search_like(text[], text[], text[], integer);
DROP FUNCTION search_with(tsquery, text[], text[], integer);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_filled")]
    operations = [migrations.RunSQL(FIND, UNDO)]
