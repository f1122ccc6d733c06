from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tests.sharing import slow_first


@dataclass(frozen=True)
class Named:
    nodeid: str


def named(*files):
    return [Named(f"{file}::test_{n}") for file, number in files for n in range(number)]


def test_each_worker_begins_with_slow_files_that_stay_together_and_goes_on_with_quick_ones():
    tests = named(("tests/a.py", 4), ("tests/e2e/b.py", 2), ("tests/e2e/c.py", 1), ("tests/d.py", 5))
    order = [test.nodeid for test in slow_first(tests, 2)]
    assert order[:3] == ["tests/e2e/b.py::test_0", "tests/e2e/b.py::test_1", "tests/a.py::test_0"]
    assert order[6:8] == ["tests/e2e/c.py::test_0", "tests/d.py::test_0"]


FILES = st.lists(st.tuples(st.sampled_from(["tests/e2e/a.py", "tests/e2e/b.py", "tests/c.py"]), st.integers(0, 9)), unique_by=lambda f: f[0])  # fmt: skip


@given(FILES, st.integers(1, 5))
def test_no_test_is_lost_and_none_is_run_twice(files, workers):
    tests = named(*files)
    assert sorted(t.nodeid for t in slow_first(tests, workers)) == sorted(t.nodeid for t in tests)
