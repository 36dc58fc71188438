"""The sample files live beside the project, not in it: their tests run when the folder is there and say so if not."""

from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()


def samples_folder() -> Path | None:
    found = (parent / "shared" / "samples" / "x12" for parent in HERE.parents)
    return next((folder for folder in found if folder.is_dir()), None)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "x12_samples: reads the sample files beside the project")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = [item for item in items if item.get_closest_marker("x12_samples")]
    config.stash[COUNT] = (len(wanted), samples_folder() is not None)
    if wanted and samples_folder() is None:
        config.hook.pytest_deselected(items=wanted)
        items[:] = [item for item in items if item not in wanted]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count, found = config.stash.get(COUNT, (0, False))
    if count:
        state = "run" if found else "not run (no folder shared/samples/x12 beside the project)"
        terminalreporter.write_line(f"x12 samples: {count} tests {state}")


COUNT = pytest.StashKey[tuple[int, bool]]()


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """The bytes of a sample file by its name without ending."""
    folder = samples_folder()
    assert folder is not None
    return lambda name: (folder / f"{name}.edi").read_bytes()
