import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import doctor
from deploy.paths import ROOT

DOCTOR = ROOT / "deploy" / "doctor.py"
FIND_PYTHON = ROOT / "deploy" / "find-python"


def test_healthy_machine_gets_no_apt_line():
    text = doctor.report([doctor.present("Pango")], is_root=False)
    assert text == "Checking this machine\n  ok       Pango"


def test_one_line_installs_everything_once():
    findings = [
        doctor.missing("Pango", ["libpango-1.0-0", "libpangoft2-1.0-0"]),
        doctor.present("disk"),
        doctor.missing("Pango again", ["libpango-1.0-0", "python3-venv"]),
    ]
    lines = doctor.report(findings, is_root=False).splitlines()
    assert lines[-1] == "  sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 python3-venv"
    assert [line.split()[0] for line in lines[1:4]] == ["MISSING", "ok", "MISSING"]


@pytest.mark.parametrize(
    ("version", "ok"),
    [((2, 7, 18), False), ((3, 10, 13), False), ((3, 11, 0), True), ((3, 13, 1), True), ((4, 0, 0), True)],
)
def test_oldest_python(version, ok):
    assert doctor.check_python(version).ok is ok


def test_python_without_venv_names_its_package():
    def refuse(name):
        raise ImportError(name)

    finding = doctor.check_venv(refuse)
    assert not finding.ok
    assert finding.packages[0].startswith("python3")
    assert finding.packages[0].endswith("-venv")


def test_missing_library_names_its_packages():
    finding = doctor.check_library("Nothing", ["libnothing-at-all.so.9"], ["libnothing9"])
    assert (finding.ok, finding.packages) == (False, ["libnothing9"])


def test_runs_as_a_script_and_exits_by_its_findings():
    done = subprocess.run([sys.executable, DOCTOR], capture_output=True, text=True, cwd="/")
    assert done.stderr == ""
    assert done.stdout.startswith("Checking this machine\n")
    assert done.returncode == ("MISSING" in done.stdout)


def fake_python(folder: Path, name: str, answers: str) -> None:
    """A program that answers find-python's three questions: starts, new enough, has venv."""
    path = folder / name
    path.write_text(
        f'#!/bin/sh\ncase "$2" in "") n=1;; *version_info*) n=2;; *) n=3;; esac\nset -- {answers}\neval "exit \\$$n"\n'
    )
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("present", "chosen"),
    [
        ({"python3": "0 0 0"}, "python3"),
        ({"python3.13": "127 0 0", "python3.12": "0 0 0"}, "python3.12"),
        ({"python3.13": "0 0 1", "python3.11": "0 0 0"}, "python3.11"),
        ({"python3.11": "0 0 1", "python3": "0 1 0"}, "python3.11"),
        ({"python3": "0 1 0"}, "python3"),
        ({}, ""),
    ],
)
def test_best_python_is_found(tmp_path, present, chosen):
    for name, answers in present.items():
        fake_python(tmp_path, name, answers)
    done = subprocess.run(
        [shutil.which("sh"), FIND_PYTHON], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.stdout.strip() == (str(tmp_path / chosen) if chosen else "")


def test_make_is_told_when_there_is_no_python(tmp_path):
    for tool in ("sh", "make", "uname"):
        found = shutil.which(tool)
        if found:
            os.symlink(found, tmp_path / tool)
    done = subprocess.run(["make", "-C", ROOT, "doctor"], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode != 0
    assert "apt-get install -y python3 python3-venv" in done.stdout
