"""The ledger's tables, and how an older ledger becomes one of this version."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    literal,
    select,
)

from pipeline.dialects import Words, alone, insert_or_leave
from pipeline.ledger_rows import reading

VERSION = 6
METADATA = MetaData()
# SQLite numbers rows by itself only where the column is an INTEGER, which there has eight bytes.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

META = Table("meta", METADATA, Column("version", Integer, nullable=False))

# A row for each answer that was paid for. Of those under one key only one can be used: the others were empty,
# truncated, forgotten, or came second, and stay for what they cost.
CALLS = Table(
    "calls",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    Column("key", Words(64), nullable=False),
    Column("usable", Boolean, nullable=False),
    Column("article", Words(64), nullable=False, comment="sha256 of the source"),
    Column("source", Words(), nullable=False, comment="resolved path or URL; empty when not known"),
    Column("stage", Words(16), nullable=False),
    Column("prompt", Words(64), nullable=False, comment="id/version"),
    Column("model", Words(255), nullable=False),
    Column("served", Words(255), nullable=False),
    Column("request", JSON, nullable=False),
    Column("answer", Words(), nullable=False),
    Column("finish", Words(32), nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("cache_write_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("reasoning_tokens", Integer, nullable=False),
    Column("amount", Float(53), comment="what it cost; null when that is not known"),
    Column("currency", Words(3)),
    Column("estimated", Boolean, nullable=False),
    Column("at", Words(32), nullable=False, comment="UTC"),
)
# The next index holds usable answers alone, and SQLite takes it for no query but one spelled like its condition.
Index("calls_by_key", CALLS.c.key)
Index("calls_by_article", CALLS.c.article)
Index("calls_by_source", CALLS.c.source)
Index(
    "calls_one_usable",
    CALLS.c.key,
    unique=True,
    sqlite_where=CALLS.c.usable,
    postgresql_where=CALLS.c.usable,
)

PIECES = Table(
    "pieces",
    METADATA,
    Column("slug", Words(100), primary_key=True),
    Column("source", Words(), nullable=False, unique=True),
    Column("source_sha256", Words(64), nullable=False),
    Column("fingerprint", Words(64), nullable=False),
    Column("files_sha256", Words(64), nullable=False),
    Column("date_published", Words(40), nullable=False),
    Column("date_modified", Words(40), nullable=False),
    Column("entry", JSON, nullable=False),
    Index("pieces_by_content", "source_sha256"),
)

SPENDING = Table(
    "spending",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    Column("run", Words(32), nullable=False, index=True),
    # The length is as old as the table, and no database keeps it.
    Column(
        "day", Words(10), nullable=False, index=True, comment="UTC; then the currency, where it is not USD"
    ),
    Column("amount", BigInteger, nullable=False, comment="billionths of the currency: sums stay exact"),
    Column("expires", Float, comment="seconds since 1970; null while a batch holds it"),
)

# What was spent on a day and in a run, of the calls that are settled: those leave `spending`.
SUMS = Table(
    "sums",
    METADATA,
    Column(
        "name",
        Words(64),
        primary_key=True,
        comment="`day 2026-01-31`, `day 2026-01-31 EUR` (UTC), or `run …`",
    ),
    Column("amount", BigInteger, nullable=False, comment="billionths of the currency"),
)

# What has gone to a server in the last minute, from all programs.
TRAFFIC = Table(
    "traffic",
    METADATA,
    Column("server", Words(), primary_key=True, comment="its address without what is secret"),
    Column("sent", JSON, nullable=False, comment="as pipeline/limits.py writes it"),
)

# Which run is at work on a source.
CLAIMS = Table(
    "claims",
    METADATA,
    Column("source", Words(), primary_key=True, comment="resolved path or URL"),
    Column("run", Words(32), nullable=False, index=True),
    Column("place", Words(), nullable=False, comment="machine, name space and number of the process"),
    Column("expires", Float(53), nullable=False, comment="seconds since 1970"),
)

# A batch is written down before it is sent: `mark` goes with it, so that one whose name was never learned is found.
BATCHES = Table(
    "batches",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    Column("mark", Words(32), nullable=False, unique=True),
    Column("server", Words(), nullable=False, comment="base URL; empty for the default server"),
    Column("name", Words(255), comment="the server's; null while it is not known"),
    Column("open", Boolean, nullable=False),
    Column("at", Words(32), nullable=False, comment="UTC"),
    Column(
        "until", Float, nullable=False, comment="seconds since 1970: by then it is sent, or never will be"
    ),
)

# Of the lines under one key only one is open: nothing is asked in two batches at once.
LINES = Table(
    "batch_lines",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    Column("batch", _NUMBER, nullable=False, index=True),
    Column("key", Words(64), nullable=False, index=True),
    Column("state", Words(16), nullable=False, comment="open, answered, refused, unanswered or told"),
    Column("article", Words(64), nullable=False, comment="sha256 of the source"),
    Column("source", Words(), nullable=False),
    Column("stage", Words(16), nullable=False),
    Column("prompt", Words(64), nullable=False),
    Column("model", Words(255), nullable=False),
    Column("row", Words(64), nullable=False, comment="of the table of models"),
    Column(
        "request", JSON, nullable=False, comment="empty once the line is closed, or its article forgotten"
    ),
    Column("reserved", _NUMBER, comment="row of `spending`"),
    Column("problem", JSON, comment="code, message and remedy of what came instead of an answer"),
)
Index(
    "batch_lines_one_open",
    LINES.c.key,
    unique=True,
    sqlite_where=LINES.c.state == "open",
    postgresql_where=LINES.c.state == "open",
)

# What each source of a piece said when the piece was written; number 1 is the source itself, the others gave background.
ORIGINS = Table(
    "origins",
    METADATA,
    Column("slug", Words(100), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("source", Words(), nullable=False, index=True, comment="resolved path or URL"),
    Column("sha256", Words(64), nullable=False, index=True),
    Column("substance", Words(64), nullable=False, comment="hash of what it says, whatever its form"),
    Column("size", BigInteger, comment="of the file; null when the file must be read to know"),
    Column("mtime", BigInteger, comment="nanoseconds"),
    Column("etag", Words(), nullable=False),
    Column("last_modified", Words(), nullable=False),
    Column("piece", JSON, nullable=False, comment="of number 1: what deciding needs to know of the piece"),
    Column(
        "checks", Words(), nullable=False, comment="of number 1: the checks there were, those that may block"
    ),
    # Last: what stands before is read without it.
    Column("said", LargeBinary, comment="title, credit and paragraphs, compressed; null once forgotten"),
)

# The sources that came to nothing when they were last tried.
FAILURES = Table(
    "failures",
    METADATA,
    Column("source", Words(), primary_key=True, comment="resolved path or URL"),
    Column("code", Words(64), nullable=False, comment="of the error"),
    Column("at", Words(32), nullable=False, comment="UTC"),
)


def keep(connection: Connection, row: dict[str, Any]) -> None:
    """Enter a call: usable only where no other under its key is."""
    if not insert_or_leave(connection, CALLS, row):
        connection.execute(CALLS.insert().values(**row | {"usable": False}))


def is_kept(connection: Connection, row: dict[str, Any]) -> bool:
    """Whether this very call is there: the same answer under the same key, of the same second."""
    same = [CALLS.c[name] == row[name] for name in ("key", "article", "stage", "at", "answer", "finish")]
    return connection.execute(select(CALLS.c.id).where(*same)).first() is not None


def prepare(connection: Connection) -> int:
    """Make the tables of a new ledger, migrate an older one; the version found or made.

    A newer ledger is left as it is. Two runs that start together do it once: the second waits.
    """
    if (found := version_of(connection)) is not None and found >= VERSION:
        return found
    alone(connection)  # in SQLite, each change of a table would stand for itself otherwise
    found = version_of(connection)
    if found is not None and found >= VERSION:
        return found
    if found == 1:
        _from_version_1(connection)
    METADATA.create_all(connection)  # 2 had no batches, 3 no origins, no claims, 4 no sums, 5 no failures
    for table in METADATA.tables.values():
        for index in table.indexes:  # tables that were there get those of later versions
            index.create(connection, checkfirst=True)
    change = META.insert() if found is None else META.update()
    connection.execute(change.values(version=VERSION))
    return VERSION


def version_of(connection: Connection) -> int | None:
    """None where the tables are not there yet. Raises `LedgerError` for a version that is no number."""
    if not inspect(connection).has_table(META.name):
        return None
    with reading("a version"):
        found = connection.execute(select(META.c.version)).scalar()
        if found is not None and (type(found) is not int or found < 1):
            raise ValueError(str(found))
        return found


def _from_version_1(connection: Connection) -> None:
    """Version 1 had one row a key, no price, no name of the source; an empty answer could not be used there either."""
    connection.exec_driver_sql("ALTER TABLE calls RENAME TO calls_1")
    connection.exec_driver_sql("DROP INDEX ix_calls_article")
    METADATA.create_all(connection)
    old = Table("calls_1", MetaData(), autoload_with=connection)
    source = (
        select(func.min(PIECES.c.source)).where(PIECES.c.source_sha256 == old.c.article).scalar_subquery()
    )
    new = {
        "usable": old.c.answer != "",
        "source": func.coalesce(source, ""),
        "cache_write_tokens": literal(0),
        "estimated": literal(value=False),
    }
    taken = {c.name: c for c in old.c} | new
    connection.execute(insert(CALLS).from_select([*taken], select(*taken.values()).order_by(old.c.at)))
    connection.exec_driver_sql("DROP TABLE calls_1")
