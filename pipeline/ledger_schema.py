"""The ledger's tables."""

from sqlalchemy import JSON, BigInteger, Column, Float, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

META = Table("meta", METADATA, Column("version", Integer, nullable=False))

CALLS = Table(
    "calls",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("article", String(64), nullable=False, index=True, comment="sha256 of the source"),
    Column("stage", String(16), nullable=False),
    Column("prompt", String(64), nullable=False, comment="id/version"),
    Column("model", String(255), nullable=False),
    Column("served", String(255), nullable=False),
    Column("request", JSON, nullable=False),
    Column("answer", Text, nullable=False),
    Column("finish", String(32), nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("reasoning_tokens", Integer, nullable=False),
    Column("at", String(32), nullable=False),
)

PIECES = Table(
    "pieces",
    METADATA,
    Column("slug", String(100), primary_key=True),
    Column("source", Text, nullable=False, unique=True),
    Column("source_sha256", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("files_sha256", String(64), nullable=False),
    Column("date_published", String(40), nullable=False),
    Column("date_modified", String(40), nullable=False),
    Column("entry", JSON, nullable=False),
    Index("pieces_by_content", "source_sha256"),
)

SPENDING = Table(
    "spending",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("run", String(32), nullable=False, index=True),
    Column("day", String(10), nullable=False, index=True, comment="UTC"),
    Column("amount", BigInteger, nullable=False, comment="billionths of the currency: sums stay exact"),
    Column("expires", Float, comment="seconds since 1970; null once the call is settled"),
)
