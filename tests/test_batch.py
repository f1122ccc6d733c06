import io

import pytest

from pipeline.batch import exit_code
from pipeline.errors import ExitCode, UsageError
from pipeline.items import item_of, items_of
from pipeline.model import Outcome
from pipeline.settings import Settings


def test_sources_come_in_order_of_name_and_hidden_files_and_outputs_are_passed_over(tmp_path):
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.html", "outputs/d/article.md", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [i.ref.removeprefix(f"{tmp_path}/") for i in items_of(tmp_path, tmp_path / "outputs")]
    assert found == ["a.md", "b.txt", "sub/c.html"]


def test_a_folder_that_does_not_exist_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        list(items_of(tmp_path / "none", tmp_path))


def test_a_folder_given_for_one_article_names_the_other_command(tmp_path):
    with pytest.raises(UsageError, match="marbre batch"):
        item_of(str(tmp_path), Settings(), io.BytesIO())


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], ExitCode.READY),
        ([Outcome("a", None, "written", verdict="ready_for_review")], ExitCode.READY),
        ([Outcome("a", None, "skipped")], ExitCode.READY),
        ([Outcome("a", None, "written", verdict="needs_work")], ExitCode.NEEDS_WORK),
        ([Outcome("a", None, "unchanged", verdict="needs_work")], ExitCode.NEEDS_WORK),
        (
            [Outcome("a", None, "written", verdict="needs_work"), Outcome("b", None, "failed")],
            ExitCode.NOT_WRITTEN,
        ),
        (
            [Outcome("a", None, "waiting"), Outcome("b", None, "written", verdict="needs_work")],
            ExitCode.WAITING,
        ),
        ([Outcome("a", None, "waiting"), Outcome("b", None, "failed")], ExitCode.NOT_WRITTEN),
    ],
)
def test_the_exit_code_tells_the_worst(outcomes, code):
    assert exit_code(outcomes) == code
