import subprocess
import sys

import pytest

from pipeline.errors import StorageError
from pipeline.schedule.lock import held, is_held
from tests.waiting import wait_for

HOLD = "import sys, time; from pathlib import Path; from pipeline.schedule.lock import held\nwith held(Path(sys.argv[1]), 'x'):\n print('held', flush=True); time.sleep(60)"


def test_one_at_a_time_holds_it_and_the_next_when_it_lets_go(tmp_path):
    path = tmp_path / ".marbre" / "x.lock"
    assert not is_held(path)
    with held(path, "A test"):
        assert is_held(path)
        with pytest.raises(StorageError, match="A test is under way") as error, held(path, "A test"):
            pass
        assert (error.value.code, error.value.exit_code) == ("busy", 4)
    assert not is_held(path)
    with held(path, "A test"):
        pass


def test_it_is_free_again_when_its_holder_was_killed(tmp_path):
    path = tmp_path / "x.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    assert is_held(path)
    holder.kill()
    holder.communicate()
    wait_for(lambda: not is_held(path))
    with held(path, "A test"):
        pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"), held(tmp_path / "file" / "x.lock", "A test"):
        pass
