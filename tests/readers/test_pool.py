"""The pool: limits on time, memory and answer, and that one bad paper costs nobody else anything."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import UnreadablePaper
from indexer.readers.pool import Limits, Pool, Task
from tests.conftest import ROOT
from tests.makers import pool_tasks

SMALL = Limits(memory=1 << 30, answer=1 << 20)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(pid: int) -> bool:
    """Wait until a process has ended."""
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def results(*ways: str, seconds: float = 60) -> dict[str, object]:
    with Pool(pool_tasks.misbehave, 2, SMALL) as pool:
        return {task.name: result for task, result in pool.run(Task(way, (way,), seconds) for way in ways)}


def test_every_task_comes_back_with_its_result() -> None:
    with Pool(pool_tasks.double, 2) as pool:
        finished = {task.name: result for task, result in pool.run(Task(str(n), (n,), 60) for n in range(20))}
    assert finished == {str(n): n * 2 for n in range(20)}


def test_no_tasks_give_no_results_and_start_no_process() -> None:
    with Pool(pool_tasks.double, 2) as pool:
        assert list(pool.run([])) == []


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("crash", "its reader crashed (SIGABRT; out of memory?)"),
        ("refuse", "needs a password"),
        ("bomb", "needs more than 1024 MB of memory to read"),
        ("flood", "its text takes 3 MB, more than the 1 MB allowed"),
        ("deep", "nested too deeply to read"),
        ("quit", "a fault of this program, not of the paper: SystemExit"),
        ("surprise", "a fault of this program, not of the paper: ZeroDivisionError at pool_tasks.py"),
    ],
)
def test_a_bad_paper_costs_only_itself_and_says_why(way: str, said: str) -> None:
    finished = results("first", way, "second", "third")
    trouble = finished.pop(way)
    assert isinstance(trouble, UnreadablePaper)
    assert said in str(trouble)
    assert finished == {"first": "first", "second": "second", "third": "third"}


@pytest.mark.parametrize("way", ["hang", "compute"])
def test_a_paper_that_hangs_is_given_up_after_its_time(way: str) -> None:
    with Pool(pool_tasks.misbehave, 2, SMALL) as pool:
        tasks = [Task(way, (way,), 0.5), *(Task(name, (name,), 60) for name in ("first", "second"))]
        finished = {task.name: result for task, result in pool.run(tasks)}
    assert str(finished.pop(way)) == "not read within 0.5 s of processor time (2.5 s by the clock); given up"
    assert finished == {"first": "first", "second": "second"}


def test_a_paper_whose_reader_waits_for_its_turn_is_read() -> None:
    with Pool(pool_tasks.misbehave, 1, SMALL) as pool:
        finished = [result for _, result in pool.run([Task("wait", ("wait",), 0.5)])]
    assert finished == ["wait"]


def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with Pool(pool_tasks.start_child, 1) as pool:
        list(pool.run([Task("child", (str(note),), 2)]))
    assert gone(int(note.read_text()))


def test_a_worker_is_replaced_after_its_share_of_papers() -> None:
    with Pool(pool_tasks.whoami, 1, Limits(recycle=2)) as pool:
        workers = [result for _, result in pool.run(Task(str(n), (), 60) for n in range(6))]
    assert workers[0::2] == workers[1::2]
    assert len(set(workers)) == 3


def test_tasks_are_taken_only_as_workers_become_free() -> None:
    taken: list[int] = []

    def source() -> Iterator[Task]:
        for n in range(10):
            taken.append(n)
            yield Task(str(n), (n,), 60)

    with Pool(pool_tasks.double, 2) as pool:
        next(pool.run(source()))
        assert len(taken) <= 3


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from tests.makers import pool_tasks
        from indexer.readers.pool import Pool, Task
        if __name__ == "__main__":
            with Pool(pool_tasks.start_child, 1) as pool:
                list(pool.run([Task("child", ({str(note)!r},), 600)]))
    """
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(program))
    parent = subprocess.Popen([sys.executable, str(script)])
    for _ in range(200):
        if note.exists() and note.read_text():
            break
        time.sleep(0.05)
    child = int(note.read_text())
    worker = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(worker)
    assert gone(child)
