"""Entries are written by the tables they are of, whoever writes there; what is there already is entered once.

`search_entry_of_<kind>` says what is kept of a row; the trigger of its table and `FILL` both call it. To find another
kind of thing, a later migration gives it such a function and the triggers that `watched` makes.
"""

from django.db import migrations

WORDS = r"""
-- A text with each word that has a hyphen joined as well: who types "zijinstroom" finds "zij-instroom".
CREATE FUNCTION search_words(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT $1 || coalesce(
        (SELECT ' ' || string_agg(replace(found[1], '-', ''), ' ') FROM regexp_matches($1, '\w+(?:-\w+)+', 'g') found),
        ''
    )
$$;
CREATE FUNCTION search_put(
    kind text, object bigint, audiences text[], partnership bigint, key text, title text, body text
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_searchentry (kind, object_id, audiences, partnership_id, key, title, plain, beginning, vector)
    VALUES (
        kind, object, audiences, partnership, key, left(title, 200), left(immutable_unaccent(lower(title)), 200),
        left(body, 200),
        setweight(to_tsvector('dutch_unaccent', search_words(title)), 'A')
            || setweight(to_tsvector('dutch_unaccent', search_words(body)), 'C')
    )
    ON CONFLICT ON CONSTRAINT search_entry_once DO UPDATE SET
        audiences = excluded.audiences, partnership_id = excluded.partnership_id, key = excluded.key,
        title = excluded.title, plain = excluded.plain, beginning = excluded.beginning, vector = excluded.vector
$$;
"""
UNDO_WORDS = """
DROP FUNCTION search_put(text, bigint, text[], bigint, text, text, text);
DROP FUNCTION search_words(text);
"""

# Of a row of a group or of a whole partnership: as `meetings.models.meetings.open_to` says.
OF_A_TABLE = """CASE WHEN r.group_id IS NULL THEN ARRAY['in:' || r.partnership_id]
    ELSE ARRAY['group:' || r.group_id, 'of:' || r.partnership_id] END"""
PUBLIC_OR_INSIDE = "ARRAY[CASE WHEN r.is_published THEN 'public' ELSE 'in:' || r.partnership_id END]"

# kind: its table, for whom, partnership, in its address, title, text.
KINDS = {
    "initiative": (
        "partnerships_initiative",
        PUBLIC_OR_INSIDE,
        "r.partnership_id",
        "r.slug",
        "r.title",
        "concat_ws(' ', r.summary, r.region, r.question, r.aim, r.approach, r.lessons)",
    ),
    "partnership": (
        "partnerships_partnership",
        "CASE WHEN r.is_published THEN ARRAY['public', 'in:' || r.id] ELSE ARRAY['in:' || r.id] END",
        "r.id",
        "r.slug",
        "r.name",
        "concat_ws(' ', r.summary, array_to_string(r.municipalities, ' '), r.description)",
    ),
    "organisation": (
        "partnerships_organisation",
        "ARRAY[CASE WHEN r.is_published THEN 'public' ELSE 'nobody' END]",
        "NULL",
        "r.slug",
        "r.name",
        "concat_ws(' ', r.town, r.description)",
    ),
    "call": (
        "partnerships_call",
        PUBLIC_OR_INSIDE,
        "r.partnership_id",
        "r.slug",
        "r.title",
        "concat_ws(' ', r.summary, r.text)",
    ),
    "group": (
        "partnerships_group",
        "ARRAY['group:' || r.id, 'of:' || r.partnership_id]",
        "r.partnership_id",
        "r.public_id::text",
        "r.name",
        "r.mandate",
    ),
    "action_line": (
        "partnerships_actionline",
        "ARRAY['in:' || r.partnership_id]",
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "r.goal",
    ),
    "meeting": (
        "meetings_meeting",
        OF_A_TABLE,
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "concat_ws(' ', r.place, r.remark)",
    ),
    "decision": (
        "meetings_decision",
        OF_A_TABLE,
        "r.partnership_id",
        "(SELECT public_id::text FROM meetings_meeting WHERE id = r.meeting_id)",
        "r.text",
        "r.reason",
    ),
    "action": (
        "meetings_action",
        f"({OF_A_TABLE}) || ('person:' || r.owner_id)",
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "r.outcome",
    ),
    "need": (
        "meetings_need",
        "ARRAY['in:' || r.partnership_id, 'person:' || r.person_id]",
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "concat_ws(' ', r.text, r.answer)",
    ),
}


def watched(kind, table, audiences, partnership, key, title, body):
    """What keeps the entries of one kind, with what was there already, and what undoes it."""
    keep = f"""
    CREATE FUNCTION search_entry_of_{kind}(r {table}) RETURNS void LANGUAGE sql AS $$
        SELECT search_put(
            '{kind}', r.id, array_remove({audiences}, NULL), {partnership}, {key}, {title}, coalesce({body}, '')
        )
    $$;
    CREATE FUNCTION search_entry_of_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM search_searchentry WHERE kind = '{kind}' AND object_id = OLD.id;
        ELSE
            PERFORM search_entry_of_{kind}(NEW);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER search_entry AFTER INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION search_entry_of_{kind}();
    """  # noqa: S608  names and texts of KINDS alone
    undo = f"""
    DROP TRIGGER search_entry ON {table};
    DROP FUNCTION search_entry_of_{kind}();
    DROP FUNCTION search_entry_of_{kind}({table});
    """
    return migrations.RunSQL(keep, undo)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("partnerships", "0035_groups_of_their_partnership"),
        ("meetings", "0002_reports_stand"),
    ]
    operations = [
        migrations.RunSQL(WORDS, UNDO_WORDS),
        *(watched(kind, *said) for kind, said in KINDS.items()),
    ]
