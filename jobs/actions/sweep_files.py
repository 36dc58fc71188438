import datetime as dt

from jobs.files import folder_of_all
from jobs.models import GeneratedFile
from tenancy.scope import current_tenant_id


def sweep_files(*, before: dt.datetime) -> int:
    """Remove files on disk, older than `before`, whose row was rolled back. Returns how many."""
    folder = folder_of_all() / str(current_tenant_id())
    if not folder.is_dir():
        return 0
    kept = set(GeneratedFile.objects.values_list("storage_name", flat=True).iterator())
    stray = [
        path
        for path in folder.iterdir()
        if f"{folder.name}/{path.name}" not in kept and path.stat().st_mtime < before.timestamp()
    ]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)
