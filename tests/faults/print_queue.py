"""A real print queue for a test: a cupsd of its own with a PDF printer, in a mount namespace of its own.

It listens on a socket in its own folder only; the system's own printers, queues and settings are not touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Final

PATIENCE = 60.0
NAME: Final = "PDF"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
TOOLS = ("cupsd", "lpadmin", "lpstat", "cupsdisable", "cupsreject", "nsenter", "unshare")
PATH = f"{os.environ['PATH']}{os.pathsep}/usr/sbin{os.pathsep}/sbin"

BEGIN: Final = """
set -e
mount --make-rprivate /
mount --bind "$1/etc" /etc/cups
for folder in /var/spool/cups /var/cache/cups /run/cups; do
  mkdir -p $folder
  mount -t tmpfs -o mode=755,size=64m own $folder
done
mkdir -m 1777 /var/spool/cups/tmp
exec cupsd -f
"""
FILES: Final = {
    "cupsd.conf": """
LogLevel info
Listen {folder}/cups.sock
Browsing No
WebInterface No
PreserveJobFiles No
<Location />
</Location>
<Policy default>
<Limit All>
</Limit>
</Policy>
""",
    "cups-files.conf": """
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
""",
    "cups-pdf.conf": """
Out {folder}/out
AnonDirName {folder}/out
Spool {folder}/spool
Log {folder}
Label 1
""",
}


def missing() -> str:
    """Why there can be no queue on this machine; empty when there can."""
    lacking = [name for name in TOOLS if shutil.which(name, path=PATH) is None]
    lacking += [path.name for path in (PPD, BACKEND) if not path.exists()]
    if sys.platform != "linux" or lacking:
        return f"a real print queue takes CUPS with its PDF printer (setup/system-libraries tests): {lacking}"
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], check=False).returncode != 0:
        return "the PDF printer of CUPS, and a place of its own for cupsd, take root (CAP_SYS_ADMIN)"
    return ""


class Queue:
    """The queue PDF, accepting and idle; `server` is what CUPS_SERVER must say to find it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="queue-"))
        self.folder.chmod(0o755)  # its filters run as a user of their own
        for name in ("etc", "etc/ppd", "out"):
            (self.folder / name).mkdir()
        (self.folder / "out").chmod(0o777)
        for name, text in FILES.items():
            (self.folder / "etc" / name).write_text(text.format(folder=self.folder))
        self.server = str(self.folder / "cups.sock")
        self._told = (self.folder / "told").open("wb")
        self._process = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", BEGIN, "sh", str(self.folder)],
            stdout=self._told,
            stderr=self._told,
            env={"PATH": PATH},
        )
        self._until(lambda: self._ask("lpstat", "-r") is not None)
        self.do("lpadmin", "-p", NAME, "-v", "cups-pdf:/", "-P", str(PPD), "-E")
        self.do("lpadmin", "-d", NAME)

    def _ask(self, *command: str) -> str | None:
        done = subprocess.run(
            [command[0], "-h", self.server, *command[1:]],
            env={"PATH": PATH, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert self._process.poll() is None, (self.folder / "told").read_text()
        return done.stdout if done.returncode == 0 and "not running" not in done.stdout else None

    def _until(self, holds: Callable[[], bool]) -> None:
        """Ask again and again; each answer takes its time."""
        begin = perf_counter()
        while not holds():
            assert perf_counter() - begin < PATIENCE, self._log()

    def _log(self) -> str:
        return (self.folder / "error_log").read_text(errors="replace")

    def do(self, *command: str) -> None:
        """One command of CUPS to this queue."""
        assert self._ask(*command) is not None, f"{command}: {self._log()}"

    def inside(self, script: str) -> None:
        """Do something where the server stands, with its own disk for jobs."""
        subprocess.run(["nsenter", "-t", str(self._process.pid), "-m", "sh", "-c", script], check=True)

    def fill(self) -> None:
        """Leave no room for another job."""
        self.inside("dd if=/dev/zero of=/var/spool/cups/full bs=64k 2>/dev/null || true")

    def printed(self) -> list[Path]:
        """The papers that came out, once no job is on its way any more."""
        self._until(lambda: self._ask("lpstat", "-W", "not-completed", "-o") == "")
        return sorted((self.folder / "out").glob("*.pdf"))

    def stop(self) -> None:
        """The server goes, as when somebody ends it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()

    def end(self) -> None:
        self.stop()
        self._told.close()
        shutil.rmtree(self.folder)
