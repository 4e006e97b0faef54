"""First schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one version up."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        comment="who did what at the desk",
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_report"), ["report"], unique=False)

    op.create_table(
        "followed",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("due_at", sa.Text(), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("missing_since", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_followed")),
        comment="what `sync` and `watch` read from: files, feeds and pages, and how they were last seen",
    )
    with op.batch_alter_table("followed", schema=None) as batch_op:
        batch_op.create_index("ix_followed_due_at", ["kind", "due_at"], unique=False)
        batch_op.create_index("ix_followed_of", ["of", "kind"], unique=False)

    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judgements")),
        comment="`value`: JSON; `other`: REPORT/RECORD of a merge or split; `start`, `end`: offsets of the record's words when it was judged; `undoes`: number of the judgement that this one takes back",
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgements_coder"), ["coder"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgements_report"), ["report"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_judgements_report_record"), ["report", "record"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_judgements_undoes"), ["undoes"], unique=False)

    op.create_table(
        "merged_events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("plover_type", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("interval_start", sa.Text(), nullable=True),
        sa.Column("interval_end", sa.Text(), nullable=True),
        sa.Column("interval_granularity", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("place_admin1", sa.Text(), nullable=True),
        sa.Column("place_precision", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("actor_country", sa.Text(), nullable=True),
        sa.Column("actor_sector", sa.Text(), nullable=True),
        sa.Column("actor_wikidata", sa.Text(), nullable=True),
        sa.Column("recipient_name", sa.Text(), nullable=True),
        sa.Column("recipient_country", sa.Text(), nullable=True),
        sa.Column("recipient_sector", sa.Text(), nullable=True),
        sa.Column("recipient_wikidata", sa.Text(), nullable=True),
        sa.Column("dead_best", sa.Float(), nullable=True),
        sa.Column("dead_low", sa.Float(), nullable=True),
        sa.Column("dead_high", sa.Float(), nullable=True),
        sa.Column("injured_best", sa.Float(), nullable=True),
        sa.Column("injured_low", sa.Float(), nullable=True),
        sa.Column("injured_high", sa.Float(), nullable=True),
        sa.Column("arrested_best", sa.Float(), nullable=True),
        sa.Column("arrested_low", sa.Float(), nullable=True),
        sa.Column("arrested_high", sa.Float(), nullable=True),
        sa.Column("abducted_best", sa.Float(), nullable=True),
        sa.Column("abducted_low", sa.Float(), nullable=True),
        sa.Column("abducted_high", sa.Float(), nullable=True),
        sa.Column("displaced_best", sa.Float(), nullable=True),
        sa.Column("displaced_low", sa.Float(), nullable=True),
        sa.Column("displaced_high", sa.Float(), nullable=True),
        sa.Column("participants_best", sa.Float(), nullable=True),
        sa.Column("participants_low", sa.Float(), nullable=True),
        sa.Column("participants_high", sa.Float(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("packed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_events")),
        comment="`contested`: fields on which reports contradict each other; `packed`: JSON",
    )
    with op.batch_alter_table("merged_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_events_geonameid"), ["geonameid"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_merged_events_interval_start"), ["interval_start"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_merged_events_place_country"), ["place_country"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_merged_events_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_merged_events_story"), ["story"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_merged_events_type_interval_start"),
            ["type", "interval_start"],
            unique=False,
        )

    op.create_table(
        "merging_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "report", name=op.f("pk_merging_keys")),
        comment="what reports are found by: rare terms, and who did what to whom in which days",
    )
    with op.batch_alter_table("merging_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merging_keys_report"), ["report"], unique=False)

    op.create_table(
        "merging_open",
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("step", "report", name=op.f("pk_merging_open")),
        comment="what is left to do: reports to be `paired` with others, and `grouped`",
    )
    op.create_table(
        "merging_pairs",
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("near", sa.Float(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name=op.f("pk_merging_pairs")),
        comment="reports that are compared, a report with itself too, see `dateline.merging.pairs`; `links`: their events with scores, as JSON",
    )
    with op.batch_alter_table("merging_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merging_pairs_second"), ["second"], unique=False)

    op.create_table(
        "merging_reports",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_merging_reports")),
        comment="`digest`: of the coding that `packed` was made from; `packed`: Zstandard JSON",
    )
    op.create_table(
        "merging_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_merging_state")),
        comment="`seen`: number of the last change merged; `constraints`, `weights`: as of last time",
    )
    op.create_table(
        "reports",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("retrieved_at", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("dateline_version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("coded", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        comment="`previous`: id of the earlier version with the same URL; `coded`: Zstandard JSON",
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_id_digest"), ["id", "digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_published"), ["published"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_publisher"), ["publisher"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_url"), ["url"], unique=False)

    op.create_table(
        "reports_events",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("merged", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", "event", name=op.f("pk_reports_events")),
        comment="`why`: the parts of the score with their weights, as words",
    )
    with op.batch_alter_table("reports_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_events_merged"), ["merged"], unique=False)

    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("packed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        comment="`reports`, `sources`: how many, copies counted once in the second; `packed`: JSON",
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_first"), ["first"], unique=False)
        batch_op.create_index(batch_op.f("ix_stories_last"), ["last"], unique=False)

    op.create_table(
        "stories_reports",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_stories_reports")),
        comment="`copy_of`: id of the first report with the same text",
    )
    with op.batch_alter_table("stories_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_reports_story"), ["story"], unique=False)

    op.create_table(
        "actors",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sectors", sa.Text(), nullable=True),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.Column("offices", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_actors_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_actors")),
    )
    op.create_table(
        "commitments",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("strength", sa.Text(), nullable=True),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("holders", sa.Text(), nullable=True),
        sa.Column("holder_text", sa.Text(), nullable=True),
        sa.Column("holder_text_start", sa.Integer(), nullable=True),
        sa.Column("holder_text_end", sa.Integer(), nullable=True),
        sa.Column("beneficiaries", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("what_start", sa.Integer(), nullable=True),
        sa.Column("what_end", sa.Integer(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=True),
        sa.Column("deadline_start", sa.Text(), nullable=True),
        sa.Column("deadline_end", sa.Text(), nullable=True),
        sa.Column("deadline_granularity", sa.Text(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("deadline_text", sa.Text(), nullable=True),
        sa.Column("deadline_text_start", sa.Integer(), nullable=True),
        sa.Column("deadline_text_end", sa.Integer(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("condition_start", sa.Integer(), nullable=True),
        sa.Column("condition_end", sa.Integer(), nullable=True),
        sa.Column("specific", sa.Boolean(), nullable=True),
        sa.Column("verifiable", sa.Boolean(), nullable=True),
        sa.Column("dated", sa.Boolean(), nullable=True),
        sa.Column("attributable", sa.Boolean(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_commitments_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_commitments")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commitments_deadline_end"), ["deadline_end"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_commitments_who"), ["who"], unique=False)

    op.create_table(
        "event_contexts",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_event_contexts_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", "context", name=op.f("pk_event_contexts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("event_contexts", schema=None) as batch_op:
        batch_op.create_index("ix_event_contexts_context", ["context"], unique=False)

    op.create_table(
        "events",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("contexts", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=True),
        sa.Column("factuality", sa.Float(), nullable=True),
        sa.Column("historical", sa.Boolean(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=True),
        sa.Column("plover_type", sa.Text(), nullable=True),
        sa.Column("plover_mode", sa.Text(), nullable=True),
        sa.Column("quad", sa.Integer(), nullable=True),
        sa.Column("scale", sa.Float(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("goldstein", sa.Float(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("trigger_start", sa.Integer(), nullable=True),
        sa.Column("trigger_end", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_end", sa.Integer(), nullable=True),
        sa.Column("mentions", sa.Text(), nullable=True),
        sa.Column("actors", sa.Text(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("reciprocal", sa.Boolean(), nullable=True),
        sa.Column("instruments", sa.Text(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_basis", sa.Text(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("interval_start", sa.Text(), nullable=True),
        sa.Column("interval_end", sa.Text(), nullable=True),
        sa.Column("interval_granularity", sa.Text(), nullable=True),
        sa.Column("time_basis", sa.Text(), nullable=True),
        sa.Column("sizes", sa.Text(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("actor_country", sa.Text(), nullable=True),
        sa.Column("actor_sector", sa.Text(), nullable=True),
        sa.Column("actor_sectors", sa.Text(), nullable=True),
        sa.Column("actor_title", sa.Text(), nullable=True),
        sa.Column("actor_text", sa.Text(), nullable=True),
        sa.Column("actor_wikidata", sa.Text(), nullable=True),
        sa.Column("recipient_name", sa.Text(), nullable=True),
        sa.Column("recipient_country", sa.Text(), nullable=True),
        sa.Column("recipient_sector", sa.Text(), nullable=True),
        sa.Column("recipient_sectors", sa.Text(), nullable=True),
        sa.Column("recipient_title", sa.Text(), nullable=True),
        sa.Column("recipient_text", sa.Text(), nullable=True),
        sa.Column("recipient_wikidata", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("place_admin1", sa.Text(), nullable=True),
        sa.Column("place_precision", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("dead_best", sa.Float(), nullable=True),
        sa.Column("dead_low", sa.Float(), nullable=True),
        sa.Column("dead_high", sa.Float(), nullable=True),
        sa.Column("injured_best", sa.Float(), nullable=True),
        sa.Column("injured_low", sa.Float(), nullable=True),
        sa.Column("injured_high", sa.Float(), nullable=True),
        sa.Column("arrested_best", sa.Float(), nullable=True),
        sa.Column("arrested_low", sa.Float(), nullable=True),
        sa.Column("arrested_high", sa.Float(), nullable=True),
        sa.Column("abducted_best", sa.Float(), nullable=True),
        sa.Column("abducted_low", sa.Float(), nullable=True),
        sa.Column("abducted_high", sa.Float(), nullable=True),
        sa.Column("displaced_best", sa.Float(), nullable=True),
        sa.Column("displaced_low", sa.Float(), nullable=True),
        sa.Column("displaced_high", sa.Float(), nullable=True),
        sa.Column("participants_best", sa.Float(), nullable=True),
        sa.Column("participants_low", sa.Float(), nullable=True),
        sa.Column("participants_high", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_events_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_events_actor_country_recipient_country"),
            ["actor_country", "recipient_country"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_events_geonameid"), ["geonameid"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_events_interval_start"), ["interval_start"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_events_place_country"), ["place_country"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_events_status"), ["status"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_events_type_interval_start"), ["type", "interval_start"], unique=False
        )

    op.create_table(
        "facts",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("quad", sa.Integer(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("end", sa.Text(), nullable=False),
        sa.Column("granularity", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_facts_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_facts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index("ix_facts_country", ["country"], unique=False)
        batch_op.create_index("ix_facts_geonameid", ["geonameid"], unique=False)
        batch_op.create_index("ix_facts_published", ["published", "report", "id"], unique=False)
        batch_op.create_index("ix_facts_start", ["start", "report", "id"], unique=False)
        batch_op.create_index("ix_facts_type", ["type"], unique=False)

    op.create_table(
        "merged_parties",
        sa.Column("merged", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged"],
            ["merged_events.id"],
            name=op.f("fk_merged_parties_merged"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("merged", "number", name=op.f("pk_merged_parties")),
        comment="`side`: `actor` or `recipient`; `actor`: id in the registry",
    )
    with op.batch_alter_table("merged_parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_parties_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_merged_parties_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_merged_parties_name"), ["name"], unique=False)

    op.create_table(
        "participants",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("head_start", sa.Integer(), nullable=True),
        sa.Column("head_end", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sectors", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("cluster", sa.Text(), nullable=True),
        sa.Column("members", sa.Text(), nullable=True),
        sa.Column("count", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("runner_up", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_participants_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_participants")),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participants_actor_report"), ["actor", "report"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_participants_name"), ["name"], unique=False)

    op.create_table(
        "parties",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("first_sector", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_parties_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", "side", "place", name=op.f("pk_parties")),
        comment="`who`: registry id, else name; `first`: no row of this event before it has that `who`",
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index("ix_parties_country", ["country", "side"], unique=False)
        batch_op.create_index("ix_parties_name", ["name"], unique=False)
        batch_op.create_index("ix_parties_sector", ["sector", "first_sector"], unique=False)
        batch_op.create_index("ix_parties_who", ["who", "first", "name"], unique=False)

    op.create_table(
        "places",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("admin2", sa.Text(), nullable=True),
        sa.Column("feature_class", sa.Text(), nullable=True),
        sa.Column("feature_code", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("resolution", sa.Integer(), nullable=True),
        sa.Column("hierarchy", sa.Text(), nullable=True),
        sa.Column("associative", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("runner_up", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_places_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_places")),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_places_geonameid_report"), ["geonameid", "report"], unique=False
        )

    op.create_table(
        "quantities",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("approximation", sa.Text(), nullable=True),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.Column("counted_start", sa.Integer(), nullable=True),
        sa.Column("counted_end", sa.Integer(), nullable=True),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("part_of", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_quantities_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_quantities")),
    )
    op.create_table(
        "statements",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("speaker_class", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("addressee_span", sa.Text(), nullable=True),
        sa.Column("addressee_span_start", sa.Integer(), nullable=True),
        sa.Column("addressee_span_end", sa.Integer(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=True),
        sa.Column("medium", sa.Text(), nullable=True),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("occasion_start", sa.Integer(), nullable=True),
        sa.Column("occasion_end", sa.Integer(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("interval_start", sa.Text(), nullable=True),
        sa.Column("interval_end", sa.Text(), nullable=True),
        sa.Column("interval_granularity", sa.Text(), nullable=True),
        sa.Column("time_basis", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_statements_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_statements")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_who"), ["who"], unique=False)

    op.create_table(
        "times",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("mod", sa.Text(), nullable=True),
        sa.Column("freq", sa.Text(), nullable=True),
        sa.Column("quant", sa.Text(), nullable=True),
        sa.Column("interval_start", sa.Text(), nullable=True),
        sa.Column("interval_end", sa.Text(), nullable=True),
        sa.Column("interval_granularity", sa.Text(), nullable=True),
        sa.Column("bound", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_times_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_times")),
    )
    op.create_table(
        "voices",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_voices_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", "place", name=op.f("pk_voices")),
        comment="who speaks in a statement, and who is bound by a commitment",
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("voices", schema=None) as batch_op:
        batch_op.create_index("ix_voices_name", ["name"], unique=False)
        batch_op.create_index("ix_voices_who", ["who", "layer"], unique=False)


def downgrade() -> None:
    """Go one version down."""
    with op.batch_alter_table("voices", schema=None) as batch_op:
        batch_op.drop_index("ix_voices_who")
        batch_op.drop_index("ix_voices_name")

    op.drop_table("voices")
    op.drop_table("times")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_who"))

    op.drop_table("statements")
    op.drop_table("quantities")
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_places_geonameid_report"))

    op.drop_table("places")
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index("ix_parties_who")
        batch_op.drop_index("ix_parties_sector")
        batch_op.drop_index("ix_parties_name")
        batch_op.drop_index("ix_parties_country")

    op.drop_table("parties")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participants_name"))
        batch_op.drop_index(batch_op.f("ix_participants_actor_report"))

    op.drop_table("participants")
    with op.batch_alter_table("merged_parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merged_parties_name"))
        batch_op.drop_index(batch_op.f("ix_merged_parties_country"))
        batch_op.drop_index(batch_op.f("ix_merged_parties_actor"))

    op.drop_table("merged_parties")
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index("ix_facts_type")
        batch_op.drop_index("ix_facts_start")
        batch_op.drop_index("ix_facts_published")
        batch_op.drop_index("ix_facts_geonameid")
        batch_op.drop_index("ix_facts_country")

    op.drop_table("facts")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_type_interval_start"))
        batch_op.drop_index(batch_op.f("ix_events_status"))
        batch_op.drop_index(batch_op.f("ix_events_place_country"))
        batch_op.drop_index(batch_op.f("ix_events_interval_start"))
        batch_op.drop_index(batch_op.f("ix_events_geonameid"))
        batch_op.drop_index(batch_op.f("ix_events_actor_country_recipient_country"))

    op.drop_table("events")
    with op.batch_alter_table("event_contexts", schema=None) as batch_op:
        batch_op.drop_index("ix_event_contexts_context")

    op.drop_table("event_contexts")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitments_who"))
        batch_op.drop_index(batch_op.f("ix_commitments_deadline_end"))

    op.drop_table("commitments")
    op.drop_table("actors")
    with op.batch_alter_table("stories_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stories_reports_story"))

    op.drop_table("stories_reports")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stories_last"))
        batch_op.drop_index(batch_op.f("ix_stories_first"))

    op.drop_table("stories")
    with op.batch_alter_table("reports_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_events_merged"))

    op.drop_table("reports_events")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_url"))
        batch_op.drop_index(batch_op.f("ix_reports_source"))
        batch_op.drop_index(batch_op.f("ix_reports_publisher"))
        batch_op.drop_index(batch_op.f("ix_reports_published"))
        batch_op.drop_index(batch_op.f("ix_reports_id_digest"))

    op.drop_table("reports")
    op.drop_table("merging_state")
    op.drop_table("merging_reports")
    with op.batch_alter_table("merging_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merging_pairs_second"))

    op.drop_table("merging_pairs")
    op.drop_table("merging_open")
    with op.batch_alter_table("merging_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merging_keys_report"))

    op.drop_table("merging_keys")
    with op.batch_alter_table("merged_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merged_events_type_interval_start"))
        batch_op.drop_index(batch_op.f("ix_merged_events_story"))
        batch_op.drop_index(batch_op.f("ix_merged_events_status"))
        batch_op.drop_index(batch_op.f("ix_merged_events_place_country"))
        batch_op.drop_index(batch_op.f("ix_merged_events_interval_start"))
        batch_op.drop_index(batch_op.f("ix_merged_events_geonameid"))

    op.drop_table("merged_events")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgements_undoes"))
        batch_op.drop_index(batch_op.f("ix_judgements_report_record"))
        batch_op.drop_index(batch_op.f("ix_judgements_report"))
        batch_op.drop_index(batch_op.f("ix_judgements_coder"))

    op.drop_table("judgements")
    with op.batch_alter_table("followed", schema=None) as batch_op:
        batch_op.drop_index("ix_followed_of")
        batch_op.drop_index("ix_followed_due_at")

    op.drop_table("followed")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_changes_report"))

    op.drop_table("changes")
    op.drop_table("audit")
