"""What the schema in PostgreSQL has besides the migrations: refusals, numbers, order of writing."""

FIRST = (
    "CREATE TABLE migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
    "CREATE TABLE as_made (thing text PRIMARY KEY, definition text NOT NULL)",
    "CREATE TABLE moved (at timestamptz NOT NULL DEFAULT now())",
    """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$""",
    """CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN $1 IS NULL THEN $2 WHEN $2 IS NULL THEN $1 ELSE $1 || ',' || $2 END $$""",
    "CREATE AGGREGATE group_concat(text) (SFUNC = joined, STYPE = text)",
)
"""Before the first migration."""

LATER = {
    "postgresql_02_hosts": (
        "CREATE TABLE contents (sha256 text PRIMARY KEY, bytes bytea NOT NULL)",
        "ALTER TABLE contents ALTER COLUMN bytes SET STORAGE EXTERNAL",
        "CREATE TABLE secrets (name text PRIMARY KEY, body text NOT NULL)",
        """CREATE TABLE superseded (
            generation text NOT NULL, at timestamptz NOT NULL DEFAULT now())""",
        """CREATE UNLOGGED TABLE notes (
            process text NOT NULL, topic text NOT NULL, body text NOT NULL,
            at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (process, topic))""",
    ),
}
"""After the migrations, each once: what a file has in files beside it. Several machines have no
folder in common, so documents, the secret of cookies, a newer generation and notes are here."""

RIGHTS = {
    "migrations": "SELECT",
    "as_made": "SELECT",
    "arrivals": "SELECT, INSERT",
    "moved": "SELECT, INSERT",
    "contents": "SELECT, INSERT, DELETE",
    "secrets": "SELECT, INSERT",
    "superseded": "SELECT, INSERT",
    "notes": "SELECT, INSERT, UPDATE, DELETE",
}
"""What the app's login may do with each table that is PostgreSQL's only."""

NUMBERED = ("events", "sightings")
"""Tables whose rows get the next number: without gaps, since one act at a time writes."""

ORDERED = ("certifications", "outside_lists", "transcriptions")
"""Tables of which a query asks for the order of writing, SQLite's ``rowid``: never changed."""


def numbering(schema: str) -> list[str]:
    """After the migrations: numbers of the log, and the order in which rows were written.

    ``x.rowid`` of a row ``x`` is what the function ``rowid(x)`` returns.
    """
    made = [
        f"""CREATE OR REPLACE FUNCTION next_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM {schema}.moved) THEN
                RAISE EXCEPTION 'moved' USING ERRCODE = 'AR001';
            END IF;
            IF NEW.seq IS NULL THEN
                SELECT coalesce(max(seq), 0) + 1 INTO NEW.seq FROM {schema}.{table};
            END IF;
            RETURN NEW;
        END $$"""
        for table in NUMBERED
    ]
    made += [
        f"""CREATE OR REPLACE TRIGGER {table}_numbered BEFORE INSERT ON {table}
        FOR EACH ROW EXECUTE FUNCTION next_{table}()"""
        for table in NUMBERED
    ]
    made += [
        """CREATE TABLE IF NOT EXISTS arrivals (
            place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE)""",
        f"""CREATE OR REPLACE FUNCTION arrive() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO {schema}.arrivals (id) VALUES (NEW.id);
            RETURN NULL;
        END $$""",
    ]
    for table in ORDERED:
        made += [
            f"""CREATE OR REPLACE TRIGGER {table}_arrive AFTER INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION arrive()""",
            f"""CREATE OR REPLACE FUNCTION rowid({table}) RETURNS bigint LANGUAGE sql STABLE AS
            $$ SELECT place FROM {schema}.arrivals WHERE id = $1.id $$""",
        ]
    return made


DESCRIBED = """
    WITH home AS (SELECT oid FROM pg_namespace WHERE nspname = :schema)
    SELECT 'column ' || c.relname || '.' || a.attname,
        format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull::text || ' '
        || coalesce(l.collname, '') || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = (SELECT oid FROM home) AND c.relkind = 'r'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname,
        pg_get_constraintdef(oid) || ' ' || convalidated::text
    FROM pg_constraint WHERE connamespace = (SELECT oid FROM home) AND conrelid <> 0
    UNION ALL SELECT 'index ' || c.relname, pg_get_indexdef(c.oid)
    FROM pg_class c WHERE c.relnamespace = (SELECT oid FROM home) AND c.relkind = 'i'
    UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = (SELECT oid FROM home) AND NOT tgisinternal
    UNION ALL SELECT 'guard ' || c.relname || ' ' || r.conname || ' ' || t.tgfoid::regproc::text,
        string_agg(t.tgenabled::text, '')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_constraint r ON r.oid = t.tgconstraint
    WHERE c.relnamespace = (SELECT oid FROM home) AND tgisinternal
    GROUP BY c.relname, r.conname, t.tgfoid
    UNION ALL SELECT 'function ' || p.oid::regprocedure::text, p.prosrc
    FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM home)
    ORDER BY 1"""
"""Every thing of a schema with its definition, one row each."""
