"""Where the two databases of a ledger differ: SQLite in a file, Postgres by its address. All other SQL is the same.

The time of Postgres is that of the server, which all machines share; SQLite has that of this machine. On Postgres,
words are sorted byte by byte, as SQLite does, whatever the language of the database.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    String,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipeline.errors import LedgerAddressError, LedgerError
from pipeline.text.web_address import without_secrets

_SERVER = "postgresql"
_FILE = "sqlite"
_SECRETS = ("password", "sslpassword")
_DEFAULTS = {"connect_timeout": 10, "application_name": "marbre"}
# A machine that vanished holds its locks until the server notices: here after a minute, by default after two hours.
_SESSION = (
    "SET lock_timeout = {wait}; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
    " SET tcp_keepalives_count = 3"
)
# SQLSTATE, appendix A of the manual of Postgres. A refused connection has none.
_AWAY = re.compile(
    r"08...|57P0[1-4]|53300|40001|40P01|25P03"
)  # 40…: a deadlock ended in a rollback, as a lost server does
HELD = 10_000
_LOCKED = "55P03"
_CANNOT_HOLD = re.compile(r"22...|54...")
NO_RIGHT = "42501"
# Only English servers say it so; the others get the remedy for everything.
_BAD_LOGIN = re.compile(r"authentication failed|no password supplied|pg_hba\.conf|role .* does not exist")
_NO_DATABASE = re.compile(r"database .* does not exist")
# Put together from names of our own tables. In SQLite a CROSS JOIN is done in the order in which it is written.
_LOWEST_ON_SERVER = """
SELECT own.key, low.value FROM unnest(CAST(:keys AS integer[])) AS own (key) CROSS JOIN LATERAL (
    SELECT {value} AS value FROM {table} WHERE {group} = :group AND {key} = own.key ORDER BY {value} LIMIT :most) AS low
"""
_LOWEST_IN_FILE = """
SELECT own.value, low.{value} FROM json_each(:keys) AS own CROSS JOIN {table} AS low
ON low.{group} = :group AND low.{key} = own.value AND low.{value} IN (
    SELECT {value} FROM {table} WHERE {group} = :group AND {key} = own.value ORDER BY {value} LIMIT :most)
"""
_ESCAPED = {"\x00": "\x1a0", "\x1a": "\x1a1"}
_UNESCAPED = {there: here for here, there in _ESCAPED.items()}


class Words(TypeDecorator[str]):
    """Text of any length but in SQLite's own column type. Postgres takes no NUL, so there it is escaped."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        length = getattr(self.impl, "length", None)
        if dialect.name == _SERVER:
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(String(length) if length else Text())

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None] | None:
        return _escaped if dialect.name == _SERVER else None

    def result_processor(
        self, dialect: Dialect, _coltype: object
    ) -> Callable[[str | None], str | None] | None:
        return _unescaped if dialect.name == _SERVER else None


def _escaped(text: str | None) -> str | None:
    if not isinstance(text, str) or not ("\x00" in text or "\x1a" in text):
        return text
    return re.sub("[\x00\x1a]", lambda found: _ESCAPED[found[0]], text)


def _unescaped(text: str | None) -> str | None:
    if not isinstance(text, str) or "\x1a" not in text:
        return text
    return re.sub("\x1a[01]", lambda found: _UNESCAPED[found[0]], text)


def address_of(url: str) -> URL:
    """The address of a ledger, with the driver that is used. Raises `LedgerAddressError`."""
    shown = without_secrets(url)
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise _unusable(shown) from None
    match found.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return found
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return found.set(drivername="postgresql+psycopg")
    raise _unusable(shown)


def _unusable(shown: str) -> LedgerAddressError:
    message = f"The ledger {shown} is neither an SQLite file nor a Postgres database."
    return LedgerAddressError("ledger", message, "Write sqlite:///FILE or postgresql://USER@HOST/DATABASE.")


def has_secret(url: str) -> bool:
    """Whether a password stands in it."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return False
    return bool(address.password) or any(name in address.query for name in _SECRETS)


def file_of(url: str) -> Path | None:
    """The file of a ledger on SQLite, None for another database. Raises `LedgerAddressError`."""
    address = address_of(url)
    return Path(address.database or "") if address.get_backend_name() == _FILE else None


def without_password(address: URL) -> str:
    """As it can be printed and given to other programs; they take the password from ~/.pgpass or PGPASSWORD."""
    shown = address._replace(drivername=address.get_backend_name(), password=None)
    return shown.difference_update_query(_SECRETS).render_as_string(hide_password=False)


def engine_of(address: URL, wait: float) -> Engine:
    """A pool of connections, none opened yet. `wait`: seconds for which a lock is waited for. Raises `LedgerAddressError`."""
    if address.get_backend_name() == _FILE:
        engine = create_engine(address, connect_args={"timeout": wait})
        event.listen(engine, "connect", lambda raw, _: _prepare_file(raw, wait))
        return engine
    given = {name: value for name, value in _DEFAULTS.items() if name not in address.query}
    try:
        engine = create_engine(
            address, connect_args=given, pool_pre_ping=True, isolation_level="READ COMMITTED"
        )
    except ImportError:
        raise LedgerAddressError(
            "no_driver",
            "A ledger on Postgres needs packages that are not installed.",
            "Run pip install '.[workers]' in the folder of Marbre's sources, or leave --ledger out.",
        ) from None
    event.listen(engine, "connect", lambda raw, _: _prepare_session(raw, address, wait))
    return engine


def _prepare_file(raw: Any, wait: float) -> None:
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout={wait * 1000:.0f}")
    # The switch waits for nobody: a run that starts at the same moment may be making it just now.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an answer that was paid for survives a power cut
    cursor.close()


def _prepare_session(raw: Any, address: URL, wait: float) -> None:
    encoding = raw.pgconn.parameter_status(b"server_encoding").decode()
    if encoding != "UTF8":
        message = f"The database {address.database or ''} keeps its texts as {encoding}, which holds not every sign."
        raise LedgerAddressError(
            "ledger", message, "Make one with createdb --encoding=UTF8 --template=template0."
        )
    raw.autocommit = True  # in a transaction it would end with it
    raw.execute(_SESSION.format(wait=max(1, round(wait * 1000))))
    raw.autocommit = False


def now(connection: Connection) -> datetime:
    """The time that all programs on this ledger go by."""
    if connection.dialect.name == _FILE:
        return datetime.now(UTC)
    told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return told.astimezone(UTC)


def alone(connection: Connection) -> None:
    """Until the transaction ends nobody else is where this is called: what is read now is so when it is written."""
    if connection.dialect.name == _FILE:
        raw: Any = connection.connection.dbapi_connection
        if not raw.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        place = func.hashtext(func.current_schema())
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("marbre"), place)))


def insertion(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that can be told what to do where there is such a row already."""
    return sqlite.insert(table) if connection.dialect.name == _FILE else postgresql.insert(table)


def insert_or_leave(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Whether it was inserted; False where one of its keys is taken. The transaction goes on in both cases."""
    return wrote(connection, insertion(connection, table).values(**values).on_conflict_do_nothing())


def wrote(connection: Connection, change: "sqlite.Insert | postgresql.Insert") -> bool:
    """Whether an insertion that may find a row in its place has written one."""
    return connection.execute(change.execution_options(preserve_rowcount=True)).rowcount == 1


def enter_numbers(connection: Connection, table: Table, rows: Sequence[Sequence[int]]) -> None:
    """Rows of a table that has nothing but numbers of four bytes, a hundred thousand of them in one statement."""
    marks = ", ".join("?" for _ in table.c)
    in_file = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608
    _many(connection, table, rows, in_file, f"INSERT INTO {table.name} SELECT * FROM {{rows}}")  # noqa: S608


def forget_numbers(connection: Connection, table: Table, rows: Sequence[Sequence[int]]) -> None:
    """The same taken out again."""
    where = " AND ".join(f"{column.name} = ?" for column in table.c)
    same = " AND ".join(f"{table.name}.{column.name} = told.{column.name}" for column in table.c)
    in_file = f"DELETE FROM {table.name} WHERE {where}"  # noqa: S608
    _many(connection, table, rows, in_file, f"DELETE FROM {table.name} USING {{rows}} WHERE {same}")  # noqa: S608


def _many(
    connection: Connection, table: Table, rows: Sequence[Sequence[int]], in_file: str, on_server: str
) -> None:
    if not rows:
        return
    if connection.dialect.name == _FILE:
        connection.exec_driver_sql(in_file, [*map(tuple, rows)])
        return
    names = [column.name for column in table.c]
    columns = ", ".join(f"CAST(:{name} AS integer[])" for name in names)
    told = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    lists = f"unnest({columns}) AS told ({', '.join(names)})"
    connection.execute(text(on_server.format(rows=lists)), told)


def lowest_of_each(
    connection: Connection, table: Table, group: int, keys: Sequence[int], most: int
) -> Sequence[tuple[int, int]]:
    """Of a table with the primary key (group, key, value): to each of the keys its lowest values, `most` at most. One that
    stands in a million rows costs no more than another.
    """
    names = dict(zip(("group", "key", "value"), (c.name for c in table.primary_key), strict=True))
    is_file = connection.dialect.name == _FILE
    query = (_LOWEST_IN_FILE if is_file else _LOWEST_ON_SERVER).format(table=table.name, **names)
    told = {"group": group, "keys": json.dumps([*keys]) if is_file else [*keys], "most": most}
    return [(key, value) for key, value in connection.execute(text(query), told)]


def locked(connection: Connection, table: Table, row: dict[str, Any]) -> Any:
    """The row with that primary key (one column), entered as given where there is none. Nobody else reads it so, or
    changes it, before the transaction ends.
    """
    (key,) = table.primary_key
    # A write comes first: that locks a file as it locks a row.
    look = table.update().where(key == row[key.name]).values({key.name: row[key.name]}).returning(table)
    if (found := connection.execute(look).first()) is None:
        insert_or_leave(connection, table, row)
        found = connection.execute(look).one()
    return found


def not_held_up(connection: Connection) -> None:
    """Others wait for this transaction: the server ends it where nothing comes of it for `HELD` milliseconds. A process that
    is stopped in it, or a machine that sleeps, would keep its rows as long as it likes.
    """
    if connection.dialect.name != _FILE:
        connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {HELD}")


def still(connection: Connection) -> None:
    """Let a transaction see the whole ledger as it is now, whatever others write from here on."""
    if connection.dialect.name == _FILE:
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def count_on(connection: Connection, table: Table) -> None:
    """After rows came with their numbers, new ones get higher ones. SQLite does that by itself."""
    if connection.dialect.name == _FILE or "id" not in table.c:
        return
    sequence = func.pg_get_serial_sequence(table.name, "id")
    highest = select(func.max(table.c.id)).scalar_subquery()
    connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def is_busy(error: Exception) -> bool:
    """Whether somebody else kept a lock for too long."""
    raw = getattr(error, "orig", None)
    name = str(getattr(raw, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or _state(error) == _LOCKED


def is_lost(error: Exception) -> bool:
    """Whether the server went away, or gave the transaction up: the same may go well in a moment."""
    if not isinstance(error, DBAPIError) or _of_file(error):
        return False
    state = _state(error)
    nothing_said = not state and type(error.orig).__name__ == "OperationalError"
    return error.connection_invalidated or nothing_said or bool(_AWAY.fullmatch(state))


def cannot_hold(error: Exception) -> bool:
    """Whether it is what was to be written that no database takes: a value too long or out of range."""
    return bool(_CANNOT_HOLD.fullmatch(_state(error)))


def _of_file(error: DBAPIError) -> bool:
    return isinstance(error.orig, sqlite3.Error)


def _state(error: Exception) -> str:
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def plain(error: BaseException, address: URL) -> str:
    """The first line of what the database says, its password left out wherever it stands."""
    told = (str(getattr(error, "orig", None) or error).splitlines() or ["no reason given"])[0]
    for secret in (address.password, *(address.query.get(name) for name in _SECRETS)):
        if secret:
            told = told.replace(str(secret), "…")
    return told.rstrip(".")


def unopened(error: Exception, address: URL, remedy: str) -> LedgerError:
    """Why a ledger cannot be opened, and what to do; `remedy` is that for a file."""
    why = plain(error, address)
    message = f"The ledger cannot be opened: {why}."
    if address.get_backend_name() == _FILE:
        return LedgerError("ledger", message, remedy)
    if _BAD_LOGIN.search(why):
        todo = "Look at user and password of the address (or ~/.pgpass, PGPASSWORD), and at pg_hba.conf of the server."
    elif _NO_DATABASE.search(why):
        todo = f"Make it with createdb {address.database or ''}, or give another with --ledger."
    elif _state(error) == NO_RIGHT:
        todo = "Give that user a database or schema of its own, or GRANT it CREATE there."
    elif not is_lost(error):
        todo = "Look at the address given with --ledger."
    else:
        todo = "Look whether the server runs there, and at user, password and database of the address."
        return LedgerError("ledger", message, todo)
    return LedgerAddressError("ledger", message, todo)
