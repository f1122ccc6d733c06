"""A worker that the queue does not let in says why, and ends where no waiting helps."""

import asyncio
import re

import pytest

from pipeline.errors import LedgerAddressError
from pipeline.settings import Settings
from pipeline.workers.events import Event
from pipeline.workers.worker import Wanted, work
from tests.workers.queued import submitted


def test_a_user_who_may_not_use_the_queue_is_told_so_once(ledger, sources, postgres):
    submitted(ledger, sources)
    schema = re.search(r"t[0-9a-f]{32}", ledger.address.render_as_string())
    assert schema
    postgres.sql(
        f"DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'r3ader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        f" GRANT USAGE ON SCHEMA {schema[0]} TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA {schema[0]} TO reader"
    )
    url = f"{postgres.by_network('reader', 'r3ader')}?options=-csearch_path%3D{schema[0]}"
    told: list[Event] = []
    wanted = Wanted(until_empty=True, grace=0, tell=told.append)
    with pytest.raises(LedgerAddressError, match="The queue cannot be used: permission denied for") as error:
        asyncio.run(asyncio.wait_for(work(Settings(ledger=url), wanted), 30))
    assert "GRANT" in error.value.remedy
    assert "r3ader" not in str(error.value)
    assert told == []
