"""What keeps the code readable at a glance: the numbers of contributing.md, counted."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE, USUAL_FILE = 300, 100
LONGEST_FUNCTION = 45


def our_modules() -> Iterator[tuple[str, str]]:
    """Name and text of what we wrote by hand, tests apart."""
    for package in sorted(ROOT.iterdir()):
        if package.name == "tests" or not (package / "__init__.py").exists():
            continue
        for file in sorted(package.rglob("*.py")):
            if file.parent.name != "migrations":
                yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")


def functions(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def test_no_file_is_long_and_most_are_short():
    lines = {name: text.count("\n") for name, text in our_modules() if text}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}
    assert statistics.median(lines.values()) < USUAL_FILE


def test_no_function_is_longer_than_a_screen():
    found = [(module, *each) for module, text in our_modules() for each in functions(text)]
    assert [each for each in found if each[2] > LONGEST_FUNCTION] == []
