import datetime as dt

import pytest

from core import jobs
from core.models import Job
from tests.core.threads import in_threads

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 10, 8, 9, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=11)
RUN = {"导出": lambda job: {"行数": job.payload["行数"]}}


def enqueue(rows=1, **options):
    return jobs.enqueue("导出", payload={"行数": rows}, at=AT, **options)


def claim(at=AT, worker="甲"):
    return jobs.claim_next(worker, kinds=("导出",), at=at)


def test_job_runs_and_keeps_its_result():
    enqueue(rows=3)
    job = jobs.run_next(RUN, worker="甲", clock=lambda: AT)
    job.refresh_from_db()
    assert (job.state, job.progress, job.result, job.finished_at) == ("done", 100, {"行数": 3}, AT)
    assert jobs.run_next(RUN, worker="甲", clock=lambda: AT) is None


def test_job_waits_for_its_time_and_its_kind():
    enqueue(run_after=LATER)
    assert (claim(), jobs.claim_next("甲", kinds=("导入",), at=LATER)) == (None, None)
    assert claim(at=LATER).state == "running"


def test_job_of_a_dead_worker_comes_back_and_the_dead_one_cannot_end_it():
    enqueue()
    first, second = claim(worker="甲"), claim(at=LATER, worker="乙")
    assert (first.pk, second.attempts) == (second.pk, 2)
    assert (jobs.finish(first, at=LATER), jobs.report_progress(first, 50, at=LATER)) == (False, False)
    assert (jobs.report_progress(second, 50, at=LATER), jobs.finish(second, at=LATER)) == (True, True)


def test_failing_job_is_tried_three_times():
    enqueue(rows=None)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            jobs.run_next({"导出": lambda _: 1 // 0}, worker="甲", clock=lambda: AT)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (
        "failed",
        3,
        "ZeroDivisionError: integer division or modulo by zero",
    )


def test_job_that_kills_its_workers_is_given_up():
    enqueue()
    for number in range(3):
        claim(at=AT + number * dt.timedelta(minutes=11))
    end = AT + dt.timedelta(hours=1)
    assert (claim(at=end), jobs.give_up_abandoned(at=end)) == (None, 1)
    assert Job.objects.get().state == "failed"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_four_workers_run_each_job_once():
    for number in range(30):
        enqueue(rows=number)
    done = []

    def work(number):
        while job := jobs.run_next(RUN, worker=f"执行者{number}", clock=lambda: AT):
            done.append(job.payload["行数"])

    assert in_threads(work, 4) == []
    assert sorted(done) == list(range(30))
