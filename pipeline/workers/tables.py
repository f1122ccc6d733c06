"""What workers share in Postgres beside the ledger's own tables, made with the queue's tables when first needed."""

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from pipeline.archive.tables import METADATA as OF_ARCHIVES
from pipeline.dialects import Words

FORMAT = 3
"""Of a job and these tables. It is part of the queue's name: a program that knows another leaves these jobs alone."""
QUEUE = f"marbre-{FORMAT}"
REFRESHES_QUEUE = f"marbre-refresh-{FORMAT}"
"""Its own: a program that knows articles alone would end such a job."""
QUEUES = (QUEUE, REFRESHES_QUEUE)
REFRESH_ROUND = "refresh-"
"""How the digest of a submission begins that a refresh made: it has the settings of pieces, and a time of its own."""
METADATA = MetaData()
# A job is handed out when no other of its source is under way: without this each look reads all that wait.
_BY_LOCK = """
CREATE INDEX IF NOT EXISTS work_jobs_by_lock ON procrastinate_jobs (lock) WHERE status IN ('todo', 'doing')
"""
# What a source's newest submission says of its piece is asked by name, whatever its settings.
_BY_KEY = "CREATE INDEX IF NOT EXISTS work_items_by_key ON work_items (key)"
# Tables that an earlier version made have not all columns; looked at first, since adding one waits for all who read.
_HAS_ALL = """
SELECT NOT EXISTS (
    SELECT 1 FROM unnest(CAST(:tables AS text[]), CAST(:columns AS text[])) AS told (name, column_name)
    WHERE NOT EXISTS (
        SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(told.name) AND attname = told.column_name))
"""
_ADDED = ((("work_items", "keyphrase"), "TEXT"), (("work_items", "keyphrase_why"), "TEXT"))
_ARE_THERE = "SELECT bool_and(to_regclass(name) IS NOT NULL) FROM unnest(CAST(:names AS text[])) AS name"
_LOCK = 0x4D_61_72_62_72_65  # of Postgres, while tables are made: any number that nobody else takes

# The settings that decide what is written, given once for all sources that were submitted with them.
SUBMISSIONS = Table(
    "work_submissions",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("digest", String(64), nullable=False, index=True, comment="of settings and flags"),
    Column(
        "settings", JSON, nullable=False, comment="those that decide the content; no secret is among them"
    ),
    Column("flags", JSON, nullable=False, comment="those given on the command line"),
    Column("now", String(40), nullable=False, comment="the time its pieces go by"),
    Column("program", String(32), nullable=False, comment="version that submitted it"),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# Bytes as they were found, or a page of the web as it was read; each once, whoever submits it.
SOURCES = Table(
    "work_sources",
    METADATA,
    Column("sha256", String(64), primary_key=True, comment="of the bytes stored, unpacked"),
    Column("data", LargeBinary, nullable=False, comment="compressed by zlib"),
)

# A row for each source under each set of settings: what is to be read, and what became of it.
ITEMS = Table(
    "work_items",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("key", Text, nullable=False, comment="what the ledger knows the source by"),
    Column("submission", BigInteger, nullable=False),
    Column("ref", Text, nullable=False, comment="its name as given"),
    Column(
        "media", String(64), nullable=False, comment="of a file; empty for a page of the web, stored as read"
    ),
    Column("beside", Boolean, nullable=False, comment="whether it may give background to the others"),
    Column("sha256", String(64), nullable=False, comment="row of `work_sources`"),
    Column("keyphrase", Text, comment="of a file of queries, given out over all sources submitted together"),
    Column("keyphrase_why", Text, comment="why this source got it"),
    Column("job", BigInteger, index=True, comment="of the queue; null until it is deferred"),
    Column(
        "killed",
        Integer,
        nullable=False,
        server_default="0",
        comment="workers that ended while at work on it, since it last got further",
    ),
    Column("status", String(16), comment="null until it is done"),
    Column("verdict", String(20)),
    Column("why", Words, comment="of what became of it, or the error"),
    Column("code", String(40), comment="of the error"),
    Column("ended", DateTime(timezone=True)),
    UniqueConstraint("digest", "key"),
)
Index("work_items_ended", ITEMS.c.ended)
Index(
    "work_items_not_deferred",
    ITEMS.c.submission,
    postgresql_where=ITEMS.c.job.is_(None) & ITEMS.c.status.is_(None),
)

# Of two sources with the same text the first is the one that is written.
SEEN = Table(
    "work_seen",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", String(64), primary_key=True, comment="hash of the article's text"),
    Column("ref", Text, nullable=False),
)

FILES = Table(
    "work_files",
    METADATA,
    Column("slug", String(100), primary_key=True),
    Column("name", String(80), primary_key=True, comment="below the piece's folder"),
    Column("sha256", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False, comment="compressed by zlib"),
)

# What should be each piece's own, as hashes: who says the same is found by a query.
SAID = Table(
    "work_said",
    METADATA,
    Column("slug", String(100), primary_key=True),
    Column("field", String(16), primary_key=True),
    Column("said", String(64), nullable=False, comment="hash of the value as the register compares it"),
    Index("work_said_by_value", "field", "said"),
)

# What a worker needs for a piece that is due, until it is done: nothing of it is read anywhere else.
REFRESHES = Table(
    "work_refreshes",
    METADATA,
    Column("item", BigInteger, primary_key=True),
    Column("submission", BigInteger, nullable=False, comment="with the settings and the time of the refresh"),
    Column("sha256", String(64), nullable=False, comment="row of `work_sources`: the source as it is now"),
    Column("media", String(64), nullable=False, comment="as in `work_items`"),
    Column("beside", ARRAY(Text), nullable=False, comment="names and hashes of the background in `told`"),
    Column("told", LargeBinary, nullable=False, comment="why it is due, and its background; compressed"),
)

# The lowest fingerprints of each source whose turn it was: a reprint of it shares some. Who looks one up needs no row.
PRINTS = Table(
    "work_prints",
    METADATA,
    Column("item", BigInteger, primary_key=True, comment="row of `work_items`"),
    Column("hash", BigInteger, primary_key=True, comment="of 32 bits; -1 for a text without any"),
    Index("work_prints_by_hash", "hash", "item"),
)

# The files of a folder that may give background to what is submitted with it; as often as it changed.
BESIDE = Table(
    "work_beside",
    METADATA,
    Column("shelf", String(64), primary_key=True, comment="hash of names and contents of all its files"),
    Column("place", Integer, primary_key=True, comment="in their order"),
    Column("key", Text, nullable=False, comment="what the ledger would know the source by"),
    Column("ref", Text, nullable=False, comment="its name as given"),
    Column("media", String(64), nullable=False),
    Column("sha256", String(64), nullable=False, comment="row of `work_sources`"),
)

# Of an article that lost a worker: how far it had come then, and how many it has lost in all.
LOSSES = Table(
    "work_losses",
    METADATA,
    Column("item", BigInteger, primary_key=True),
    Column("answers", BigInteger, nullable=False, comment="that were remembered for its source"),
    Column("times", Integer, nullable=False),
)

# A submission that no worker can do, until somebody or the day has seen to that.
HOLDS = Table(
    "work_holds",
    METADATA,
    Column("submission", BigInteger, primary_key=True),
    Column("code", String(40), nullable=False, comment="of the error"),
    Column("why", Words, nullable=False),
    Column("until", DateTime(timezone=True), comment="when it goes on by itself; null where it does not"),
)


def are_there(connection: Connection, *names: str) -> bool:
    """Whether a ledger on Postgres has all these tables: one that nobody submitted to has none of them."""
    return bool(connection.execute(text(_ARE_THERE), {"names": [*names]}).scalar())


def _have_all(connection: Connection) -> bool:
    tables, columns = zip(*(place for place, _ in _ADDED), strict=True)
    return bool(connection.execute(text(_HAS_ALL), {"tables": [*tables], "columns": [*columns]}).scalar())


def prepare(connection: Connection) -> None:
    """Make what is not there yet: our tables and Procrastinate's. Of programs that start together one does it."""
    if are_there(connection, *METADATA.tables, *OF_ARCHIVES.tables) and _have_all(connection):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    METADATA.create_all(connection)
    OF_ARCHIVES.create_all(connection)
    for (table, column), kind in _ADDED:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}"))
    if not are_there(connection, "procrastinate_jobs"):
        from procrastinate.schema import SchemaManager

        # Past the driver's parameters: the schema has percent signs of its own.
        driver = connection.connection.driver_connection
        driver.execute(SchemaManager.get_schema().encode())  # type: ignore[union-attr]
    connection.execute(text(_BY_LOCK))
    connection.execute(text(_BY_KEY))
