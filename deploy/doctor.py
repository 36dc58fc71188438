"""Says in one list what this machine lacks, with one line that installs it.

It is the first thing that runs, with whatever Python there is: so it uses only syntax and modules that
very old and incomplete ones have, and imports nothing of ours.
"""

import os
import platform
import sys

OLDEST = (3, 11)
DISK_GB = 2
LIBRARIES = [
    ("Pango", ["libpango-1.0.so.0", "libpangoft2-1.0.so.0"], ["libpango-1.0-0", "libpangoft2-1.0-0"]),
    ("HarfBuzz-subset", ["libharfbuzz-subset.so.0"], ["libharfbuzz-subset0"]),
]


class Finding(object):
    def __init__(self, text, ok, packages=()):
        self.text = text
        self.ok = ok
        self.packages = list(packages)


def present(text):
    return Finding(text, ok=True)


def missing(text, packages):
    return Finding(text, ok=False, packages=packages)


def check_machine():
    name = platform.machine()
    supported = sys.platform.startswith("linux") and name in ("x86_64", "aarch64")
    return Finding("Linux on x86_64 or aarch64 (here: %s on %s)" % (sys.platform, name), supported)


def check_python(version=None):
    version = tuple(version or sys.version_info)[:3]
    found = ".".join(str(part) for part in version)
    text = "Python %d.%d or newer (found: %s)" % (OLDEST[0], OLDEST[1], found)
    return Finding(text, version[:2] >= OLDEST, ["python3", "python3-venv"])


def check_venv(importer=__import__):
    try:
        importer("venv")
        importer("ensurepip")
    except ImportError:
        return missing("venv with pip for %s" % sys.executable, [venv_package()])
    return present("venv with pip")


def venv_package():
    """Debian's own python3 has python3-venv, every other version one of its own name."""
    if os.path.basename(sys.executable or "") in ("python3", "python"):
        return "python3-venv"
    return "python%d.%d-venv" % tuple(sys.version_info[:2])


def check_library(title, names, packages):
    try:
        import ctypes  # noqa: PLC0415 -- an incomplete Python may lack it
    except ImportError:
        return missing("%s (this Python cannot load libraries: it lacks ctypes)" % title, packages)
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            return missing("%s, to make PDFs" % title, packages)
    return present(title)


def check_disk(folder):
    status = os.statvfs(folder)
    free_gb = status.f_bavail * status.f_frsize / 1e9
    return Finding("%d GB of disk (free at %s: %.1f GB)" % (DISK_GB, folder, free_gb), free_gb >= DISK_GB)


def check_service_user(find=os.path.exists):
    """Under root PostgreSQL gets a user of its own, which somebody must be able to create."""
    text = "useradd, to run the database as a user of its own"
    return Finding(text, find("/usr/sbin/useradd"), ["passwd"])


def examine(root):
    findings = [check_machine(), check_python()]
    if findings[1].ok:
        findings.append(check_venv())
    findings += [check_library(*library) for library in LIBRARIES]
    findings.append(check_disk(root))
    if os.geteuid() == 0:
        findings.append(check_service_user())
    return findings


def report(findings, is_root):
    lines = ["Checking this machine"]
    lines += ["  %-8s %s" % ("ok" if finding.ok else "MISSING", finding.text) for finding in findings]
    packages = []
    for finding in findings:
        if not finding.ok:
            packages += [name for name in finding.packages if name not in packages]
    if packages:
        sudo = "" if is_root else "sudo "
        lines.append("On Debian or Ubuntu this installs what is missing:")
        lines.append("  %sapt-get install -y %s" % (sudo, " ".join(packages)))
    return "\n".join(lines)


def main():
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    findings = examine(root)
    healthy = all(finding.ok for finding in findings)
    if not healthy or "--quiet" not in sys.argv:
        print(report(findings, os.geteuid() == 0))
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
