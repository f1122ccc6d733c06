"""What is known of archives: of a folder its pieces, of each its paragraphs, of these the fingerprints.

In a file of SQLite's, which is one folder's, or in the ledger's Postgres, which many machines share.
"""

from sqlalchemy import JSON, Column, Index, Integer, MetaData, String, Table

from pipeline.dialects import Words

METADATA = MetaData()

ARCHIVES = Table(
    "archives",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="by the folder's path"),
    Column("pieces", Integer, nullable=False, comment="that say something"),
    Column(
        "left_out", JSON, nullable=False, comment="files that were not read, with the reason; the first few"
    ),
)

PIECES = Table(
    "archive_pieces",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("archive", Integer, nullable=False),
    Column(
        "path", Words, nullable=False, comment="under the folder; of a piece a worker wrote / and its slug"
    ),
    Column("stamp", String(64), nullable=False, comment="changes when the file does"),
    Column("slug", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("paragraphs", Integer, nullable=False),
    # By their hash: these are texts of any length.
    Index("archive_pieces_by_path", "path", postgresql_using="hash"),
    Index("archive_pieces_by_slug", "slug", postgresql_using="hash"),
)

PARAGRAPHS = Table(
    "archive_paragraphs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("piece", Integer, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("text", Words, nullable=False),
)

PRINTS = Table(
    "archive_prints",
    METADATA,
    Column("archive", Integer, primary_key=True, autoincrement=False),
    Column("hash", Integer, primary_key=True, autoincrement=False, comment="of 32 bits, with a sign"),
    Column("paragraph", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
