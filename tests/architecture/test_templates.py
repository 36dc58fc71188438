from pathlib import Path

import pytest
from django.template import engines

from deploy.paths import ROOT

TEMPLATES = ROOT / "templates"
NAMES = [str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html"))]


def test_there_are_templates():
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert engines["django"].get_template(name).template.name == name


def test_templates_live_in_one_place():
    strays = [path for path in ROOT.glob("*/templates/**/*.html") if Path(".venv") not in path.parents]
    assert strays == []
