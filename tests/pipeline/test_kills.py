"""The indexer killed again and again: nothing is lost, nothing half there, and nothing withdrawn comes back."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="forks a warm process, and watches system calls, on Linux only")
@pytest.mark.parametrize(("option", "counted", "number"), [("--times", "kills", 12), ("--every", "boundaries", 450)])
def test_a_killed_run_ends_as_one_that_was_never_killed(option: str, counted: str, number: int) -> None:
    others = {"--times": "0", "--every": "0", "--seed": "11"} | {option: str(number)}
    command = [sys.executable, "-m", "benchmarks.kills", *(word for pair in others.items() for word in pair)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    about = json.loads(done.stdout)
    assert (about["faults"], done.returncode) == ([], 0)
    assert about[counted] >= 9
