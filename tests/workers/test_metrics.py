"""How far the workers are, for Prometheus."""

from prometheus_client.parser import text_string_to_metric_families

from pipeline.model import Money
from pipeline.workers.metrics import text_of
from pipeline.workers.status import Status

STATUS = Status(
    waiting=7, running=2, others=1, workers=3, done=5, verdicts={"needs_work": 1, "ready_for_review": 3},
    failed=4, set_aside=1, oldest=61.5, rate=120.0, paid=9, unpriced=0, spent=(Money(1.5, "EUR"), Money(2.0, "USD")), left=(),
)  # fmt: skip


def samples(text):
    families = text_string_to_metric_families(text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_jobs_articles_workers_pace_and_money_are_told():
    told = samples(text_of(STATUS))
    ended = {name[1]: value for name, value in told.items() if name[0] == "marbre_work_articles"}
    assert ended == {
        "ready_for_review": 3, "needs_work": 1, "rejected": 0, "none": 1, "failed": 4, "set_aside": 1,
    }  # fmt: skip
    assert told["marbre_work_jobs", "waiting"] == 7
    assert told["marbre_work_jobs", "running"] == 2
    assert told["marbre_work_jobs", "other_versions"] == 1
    assert (told["marbre_work_workers",], told["marbre_work_rate_per_hour",]) == (3, 120)
    assert told["marbre_work_oldest_seconds",] == 61.5
    assert (told["marbre_work_spent_total", "EUR"], told["marbre_work_spent_total", "USD"]) == (1.5, 2)


def test_where_nothing_waits_no_age_is_told():
    nothing = Status(0, 0, 0, 0, 0, {}, 0, 0, None, 0.0, 0, 0, (), ())
    assert ("marbre_work_oldest_seconds",) not in samples(text_of(nothing))
