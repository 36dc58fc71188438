"""Imports and foreign keys point downward."""

import subprocess
import sys
import tomllib

from django.apps import apps

from deploy.paths import ROOT

FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
RANK = {floor: rank for rank, floor in enumerate(reversed(FLOORS))}


def test_every_folder_with_an_app_is_a_floor():
    found = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert found <= set(FLOORS)


def test_imports_point_downward():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_foreign_keys_point_downward():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model and model._meta.app_label in RANK
        if RANK.get(field.related_model._meta.app_label, -1) > RANK[model._meta.app_label]
    ]
    assert upward == []
