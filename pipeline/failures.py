"""Which sources came to nothing when they were last tried, in the ledger: what a later run may be told to try alone."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from pipeline.errors import MarbreError
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import NOT_TRIED, Outcome

_AT_ONCE = 50
"""Written in one transaction; a folder of unusable sources fails by the hundred each second."""
NO_ROOM = ("budget", "budget_day")
"""Error codes of articles that nobody tried for want of money."""


class Failures:
    """Those of one run, written down as its outcomes come."""

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        self._ledger, self._at = ledger, now.astimezone(UTC).isoformat(timespec="seconds")
        self._keys: dict[str, str] = {}
        self._before: set[str] = set()
        self._changed: dict[str, str | None] = {}

    def expect(self, items: Iterable[Item]) -> None:
        """These are tried next."""
        keys = {item.ref: item.key for item in items}
        self._keys |= keys
        with suppress(MarbreError):  # the articles will meet it too, and tell it
            self._before |= failed(self._ledger, list(keys.values()))

    def note(self, outcome: Outcome) -> None:
        """What became of one; a run that did not come to it, or not to its end, has found out nothing. Nor is anything known
        of one that waits for a batch.
        """
        key = self._keys.pop(outcome.source, None)
        if key is None or outcome.status == "waiting" or was_not_tried(outcome):
            return
        if outcome.status == "failed":
            self._changed[key] = outcome.error.code if outcome.error else "internal"
        elif key in self._before:
            self._changed[key] = None
        self._before.discard(key)
        if len(self._changed) >= _AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Write down what was noted. What the ledger cannot take is only forgotten: the pieces do not hang on it."""
        from pipeline.dialects import insert_or_leave
        from pipeline.ledger_schema import FAILURES

        changed, self._changed = self._changed, {}
        rows = [{"source": k, "code": code, "at": self._at} for k, code in changed.items() if code]
        if changed:
            with suppress(MarbreError), self._ledger.connect() as connection:
                connection.execute(FAILURES.delete().where(FAILURES.c.source.in_(list(changed))))
                for row in rows:
                    insert_or_leave(connection, FAILURES, row)  # another run may have found the same


def was_not_tried(outcome: Outcome) -> bool:
    """Whether the run was stopped before it came to this article, or to its end."""
    return outcome.why == NOT_TRIED or (outcome.error is not None and outcome.error.code in NO_ROOM)


def failed(ledger: Ledger, keys: Sequence[str]) -> set[str]:
    """Those of a few hundred sources that came to nothing when they were last tried."""
    from sqlalchemy import select

    from pipeline.ledger_schema import FAILURES

    with ledger.connect() as connection:
        return set(connection.scalars(select(FAILURES.c.source).where(FAILURES.c.source.in_(keys))))
