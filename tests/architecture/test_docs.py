"""What the documents name is there: links, files, commands, settings."""

import re

import pytest
from django.core.management import get_commands

from deploy.paths import ROOT

PAGES = {str(path.relative_to(ROOT)): path for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]}
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"var", "staticfiles"}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# a name with a slash, in backticks or in a block of code
NAMED_PATH = re.compile(r"(?<![\w/.$<-])((?:\.ci|\w+)/[\w./-]*\w)(?![\w/<…*{])")
VERB = re.compile(r"manage\.py ([a-z_]+)")
TARGET = re.compile(r"\bmake ([a-z-]+)")
SETTING = re.compile(r"\b(?:OMS|BENCH)_[A-Z_]+\b")
FOREIGN = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|work|Users|opt|srv|mnt)\b")
BEHIND_MAKE = {"bench", "migrate", "set_up"}
FROM_DJANGO = {"collectstatic", "dbshell", "makemigrations", "shell"}


def code_of(text):
    """What stands in backticks and in blocks of code."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [*blocks, *re.findall(r"`([^`\n]+)`", text)]


def anchors_of(text):
    """As code hosting sites make them from headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def sources():
    names = ("*.py", "*.yml", "Makefile", "Dockerfile", "*.sh", "*.sql")
    tops = [ROOT / folder for folder in FOLDERS - {".venv", ".git", ".bootstrap", "docs"}]
    found = [path for name in names for path in ROOT.glob(name)]
    found += [path for top in tops for name in names for path in top.rglob(name)]
    return "\n".join(path.read_text(encoding="utf-8") for path in found if path.name != "test_docs.py")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    text = PAGES[page].read_text(encoding="utf-8")
    lost = []
    for target in LINK.findall(text):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        path = (PAGES[page].parent / file) if file else PAGES[page]
        if not path.exists() or (anchor and anchor not in anchors_of(path.read_text(encoding="utf-8"))):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page):
    named = {
        path
        for code in code_of(PAGES[page].read_text(encoding="utf-8"))
        for path in NAMED_PATH.findall(code)
        if path.partition("/")[0] in FOLDERS
    }
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_are_named_are_there(page):
    text = PAGES[page].read_text(encoding="utf-8")
    targets = (ROOT / "Makefile").read_text().partition(".PHONY:")[2].partition("\n\n")[0].replace("\\", "").split()
    assert {target for code in code_of(text) for target in TARGET.findall(code)} <= set(targets)
    assert {verb for code in code_of(text) for verb in VERB.findall(code)} <= set(get_commands()) | FROM_DJANGO


def test_the_readme_lists_every_command_of_ours_and_no_other():
    section = PAGES["README.md"].read_text(encoding="utf-8").partition("\n## Commands\n")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^\| `([a-z_]+)", section, re.MULTILINE))
    ours = {verb for verb, app in get_commands().items() if app in FOLDERS}
    assert listed == ours - BEHIND_MAKE


def test_settings_that_are_named_are_read_somewhere():
    code = sources()
    named = {name for path in PAGES.values() for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    assert sorted(name for name in named if name not in code) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_path_of_somebodys_machine(page):
    assert FOREIGN.findall(PAGES[page].read_text(encoding="utf-8")) == []


def test_every_decision_is_in_the_list():
    listed = set(LINK.findall(PAGES["docs/decisions/README.md"].read_text(encoding="utf-8")))
    there = {path.name for path in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
    assert there == {link for link in listed if "/" not in link}
