"""Modules import each other by hashed names, or a browser would keep old ones beside new ones."""

import re

from deploy.paths import ROOT
from ui.static_files import HashedFiles

MODULES = ROOT / "static" / "js" / "entry"
IMPORT = re.compile(r'from "\./([^"]+)"')


def test_every_import_of_a_module_is_a_hashed_file_that_exists(tmp_path):
    source = tmp_path / "js" / "entry"
    source.mkdir(parents=True)
    for path in MODULES.glob("*.js"):
        (source / path.name).write_bytes(path.read_bytes())
    storage = HashedFiles(location=tmp_path, base_url="/static/")
    paths = {f"js/entry/{path.name}": (storage, f"js/entry/{path.name}") for path in MODULES.glob("*.js")}
    failed = [(name, result) for name, _, result in storage.post_process(paths) if isinstance(result, Exception)]
    assert failed == []
    main = source / storage.hashed_files["js/entry/main.js"].rpartition("/")[2]
    seen, waiting = set(), [main]
    while waiting:
        path = waiting.pop()
        seen.add(path.name)
        for name in IMPORT.findall(path.read_text()):
            assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name), (path.name, name)
            assert (source / name).exists()
            if name not in seen:
                waiting.append(source / name)
    assert len(seen) == len(list(MODULES.glob("*.js"))) - len(list(MODULES.glob("*.*.js")))
