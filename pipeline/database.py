"""The way to a ledger's database: opened, kept open, told in one line when it fails, waited for when it went away."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import LedgerBusyError, LedgerError, LedgerLostError, MarbreError, StorageError
from pipeline.ledger_rows import REMEDY, reading

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WAIT = 30.0
"""Seconds for which a lock of another program, or a server that went away, is waited for."""
_LOOK = 0.25  # seconds between two looks whether a server is back
_OF_A_SERVER = "Look at the log of its server, or give another with --ledger."

T = TypeVar("T")


class Database:
    """One pool of connections to one database, whose tables are those of this version.

    Raises `LedgerAddressError` (exit code 2) for what is no ledger, `LedgerError` for one that cannot be opened.
    """

    def __init__(self, url: str, wait: float = WAIT) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from pipeline.dialects import address_of, engine_of, unopened
        from pipeline.ledger_schema import VERSION, prepare

        self.address = address_of(url)
        self.wait = wait
        self._gone = False
        self._engine: Engine = engine_of(self.address, wait)
        self._remedy = REMEDY if self.address.get_backend_name() == "sqlite" else _OF_A_SERVER
        try:
            with self._told_if_busy(), self._engine.begin() as connection:
                found = prepare(connection)
            if found != VERSION:
                message = f"The ledger has version {found}, this program knows {VERSION}."
                raise LedgerError("ledger", message, "Upgrade Marbre.")
        except SQLAlchemyError as error:
            self.close()
            raise unopened(error, self.address, self._remedy) from None
        except MarbreError:
            self.close()
            raise

    def close(self) -> None:
        self._engine.dispose()

    def now(self) -> datetime:
        """The time that all who use this ledger go by, in UTC."""
        from pipeline.dialects import now

        return self.doing(now)

    def doing(self, work: "Callable[[Connection], T]") -> T:
        """What `work` gives, in one transaction; from its beginning again where the server went away meanwhile.

        So `work` is what can be done twice: the server may have gone after it had written all and before it said so.
        """
        until = time.monotonic() + self.wait
        while True:
            try:
                with self.connect() as connection:
                    return work(connection)
            except LedgerLostError:
                if self._gone or time.monotonic() >= until:
                    raise

    @contextmanager
    def connect(self) -> Iterator["Connection"]:
        """One transaction; modules that look after a table of their own use it too."""
        with self._guard(), self._standing() as connection, connection.begin():
            yield connection

    def _standing(self) -> "Connection":
        """A connection to a server that is there. It is waited for, but not again by everybody who comes after."""
        from sqlalchemy.exc import DBAPIError

        from pipeline.dialects import is_lost

        until = time.monotonic() + (0 if self._gone else self.wait)
        while True:
            try:
                connection = self._engine.connect()
            except DBAPIError as error:
                if not is_lost(error) or time.monotonic() >= until:
                    self._gone = is_lost(error)
                    raise
                time.sleep(_LOOK)
            else:
                self._gone = False
                return connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what the database says into one line that names the remedy."""
        from sqlalchemy.exc import DatabaseError, IntegrityError

        from pipeline.dialects import cannot_hold, is_lost, plain

        try:
            with self._told_if_busy():
                yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            why = plain(error, self.address)
            if is_lost(error):
                message = f"The server of the ledger went away and was not back in {self.wait:g} s: {why}."
                raise LedgerLostError(
                    "ledger_lost", message, "Run it again when the server is there."
                ) from None
            if cannot_hold(error):
                raise StorageError(
                    "ledger", f"The ledger cannot hold this: {why}.", "Leave it out."
                ) from None
            raise LedgerError("ledger", f"The ledger failed: {why}.", self._remedy) from None
        except (ValueError, TypeError, OverflowError, RecursionError):
            # A field that is no JSON, no number, nested too deep, or larger than a database holds.
            with reading("a row"):
                raise

    @contextmanager
    def _told_if_busy(self) -> Iterator[None]:
        from sqlalchemy.exc import DatabaseError

        from pipeline.dialects import is_busy

        try:
            yield
        except DatabaseError as error:
            if not is_busy(error):
                raise
            message = f"The ledger was locked by another program for {self.wait:g} s."
            raise LedgerBusyError("ledger_busy", message, "Run it again when that has ended.") from None
