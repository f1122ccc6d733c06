"""How fast the work goes: a pace that was really kept."""

import pytest
from sqlalchemy import text

from pipeline.workers.status import status_of
from pipeline.workers.tables import QUEUE

JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock) VALUES (:queue, 't', :name, :name)
RETURNING id
"""
BEGUN = "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :job"
BACK = "UPDATE procrastinate_events SET at = at - make_interval(secs => :ago) WHERE job_id = :job"
ENDED = """
INSERT INTO work_items (digest, submission, key, ref, media, beside, sha256, job, status, verdict, ended)
VALUES ('d', 1, :name, :name, '', true, 's', :job, 'written', 'needs_work', now())
"""
GONE = "DELETE FROM procrastinate_jobs"


def done(ledger, name, seconds):
    """An article that took so long and has ended just now."""
    with ledger.connect() as connection:
        job = connection.execute(text(JOB), {"name": name, "queue": QUEUE}).scalar_one()
        connection.execute(text(BEGUN), {"job": job})
        connection.execute(text(BACK), {"job": job, "ago": seconds})
        connection.execute(text(ENDED), {"name": name, "job": job})


def test_the_pace_counts_from_when_the_first_of_them_was_begun(ledger):
    """Not from its end: five articles that took a minute together are no thousands an hour."""
    for n in range(5):
        done(ledger, f"{n}", 60)
    assert status_of(ledger).rate == pytest.approx(300, rel=0.1)


def test_the_pace_looks_back_on_ten_minutes_at_most(ledger):
    done(ledger, "long", 3_600)
    assert status_of(ledger).rate == pytest.approx(6, rel=0.1)


def test_without_the_jobs_the_pace_counts_from_the_first_end(ledger):
    done(ledger, "1", 60)
    with ledger.connect() as connection:
        connection.execute(text(GONE))
        connection.execute(text("UPDATE work_items SET ended = ended - interval '2 minutes'"))
    assert status_of(ledger).rate == pytest.approx(30, rel=0.1)


def test_where_nothing_was_done_there_is_no_pace(ledger):
    assert status_of(ledger).rate == 0
