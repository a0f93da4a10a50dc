"""Builds the program that needs no Python: a folder, and an archive of it, in dist/.

`python build_installer.py` (or `make installer`) freezes the command `leerwinkel` with PyInstaller and prunes
what the window never uses. Then it starts the result in an empty home, without a screen: it must tell its
version, play the whole demo (real vaults, real sheets, a real workbook) and draw its own pictures.

Built and started on Debian 12. Untried: Windows and macOS. A program is built on the kind of system that it
is for, and runs there on the same version or a newer one. It is not signed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import PyInstaller.__main__

from leerwinkel_desktop import __version__

PROJECT = Path(__file__).resolve().parent
DIST = PROJECT / "dist"
PROGRAM = DIST / "leerwinkel"
INSIDE = PROGRAM / "_internal"
WINDOWS = sys.platform == "win32"

DATA = {"resources": "leerwinkel_desktop/resources", "sync/FORMAT.md": "sync", "LICENSE": "."}
OWN = ("leerwinkel_desktop", "sync")
FONTS = ("fontpkg", "fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
UNUSED_MODULES = ("tkinter", "unittest", "pydoc", "pip", "setuptools")

# Of Qt's plugins, those that the window can meet: a screen, no screen, a picture, a printer, a keyboard.
PLUGINS = {
    "platforms": ("offscreen", "xcb", "wayland", "windows", "cocoa"),
    "imageformats": ("jpeg", "svg", "ico"),
    "iconengines": ("svg",),
    "platformthemes": ("xdgdesktopportal",),
    "platforminputcontexts": ("compose", "ibus"),
    "printsupport": ("",),
    "styles": ("",),
    "wayland-decoration-client": ("",),
    "wayland-graphics-integration-client": ("wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("",),
}
TELLS_LICENCE = re.compile(r"\.dist-info/(licenses/|licen[cs]e|copying|notice)", re.IGNORECASE)
PROMISED = ("demo/sheets/ordinary.pdf", "demo/reports/genk.json", "demo/registration.xlsx", "pictures/*.png")


def main() -> None:
    """Builds, prunes, starts and packs; ends with a reason when the program does not work."""
    draw()
    freeze()
    prune()
    if sys.platform == "linux":
        sweep()
    credit()
    start()
    archive = pack()
    print(f"{PROGRAM.relative_to(PROJECT)}/  {megabytes(PROGRAM)} MB")
    print(f"{archive.relative_to(PROJECT)}  {archive.stat().st_size // 10**6} MB")


def draw() -> None:
    """Draws the pictures of the handbook anew, from the program as it is."""
    screenless = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-m", "leerwinkel_desktop.ui.handbook_pictures"],
        check=True,
        cwd=PROJECT,
        env=screenless,
    )


def freeze() -> None:
    """Leaves the program in dist/leerwinkel/."""
    work = str(PROJECT / "build")
    arguments = ["--noconfirm", "--clean", "--onedir", "--name", "leerwinkel", "--log-level", "ERROR"]
    arguments += ["--distpath", str(DIST), "--workpath", work, "--specpath", work, "--paths", str(PROJECT)]
    for source, inside in DATA.items():
        arguments += ["--add-data", f"{PROJECT / source}{os.pathsep}{inside}"]
    for package in OWN:
        arguments += ["--collect-submodules", package, "--collect-data", package]
    for package in FONTS:  # found by their entry points, so their metadata comes along
        arguments += ["--collect-data", package, "--copy-metadata", package, "--hidden-import", package]
    arguments += ["--collect-all", "anyascii"]  # its tables are data, read block by block
    for module in UNUSED_MODULES:
        arguments += ["--exclude-module", module]
    if WINDOWS:  # one program for window and command line: the console goes when nobody typed in it
        arguments += ["--hide-console", "hide-early"]
    PyInstaller.__main__.run([*arguments, str(PROJECT / "leerwinkel_desktop" / "__main__.py")])


def prune() -> None:
    """Takes out the plugins and translations that nothing here asks for."""
    before = megabytes(PROGRAM)
    plugins = (path for path in INSIDE.glob("PySide6/**/plugins/*/*") if not wanted(path))
    translations = (path for path in INSIDE.glob("PySide6/**/*.qm") if not path.stem.endswith("_nl"))
    for path in [*plugins, *translations]:
        path.unlink()
    print(f"pruned {before - megabytes(PROGRAM)} of {before} MB")


def wanted(plugin: Path) -> bool:
    """Says whether a Qt plugin stays."""
    return any(name in plugin.stem for name in PLUGINS.get(plugin.parent.name, ()))


def sweep() -> None:
    """Takes out the libraries that only what was pruned linked to; ends the build when one is missing."""
    before = megabytes(PROGRAM)
    shared = {path for place in (INSIDE, INSIDE / "PySide6/Qt/lib") for path in place.glob("lib*.so*")}
    loaded = [path for path in INSIDE.rglob("*.so*") if path not in shared]
    loaded += INSIDE.glob("libpython*")
    needed: set[Path] = set()
    for library in loaded:
        needed |= {library} | links(library)
    for path in shared - needed:
        if path.resolve() not in needed:
            path.unlink()
    print(f"swept {before - megabytes(PROGRAM)} of {before} MB")


def links(library: Path) -> set[Path]:
    """Answers the files inside the program that a library loads, near and far, links and where they lead."""
    env = os.environ | {"LD_LIBRARY_PATH": str(INSIDE)}
    told = subprocess.run(["ldd", library], env=env, capture_output=True, text=True, check=True).stdout
    if "not found" in told:
        sys.exit(f"{library.relative_to(INSIDE)} lacks a library:\n{told}")
    words = (Path(word) for word in told.split() if word.startswith("/"))
    inside = {path for path in words if path.is_relative_to(INSIDE)}
    return inside | {path.resolve() for path in inside}


def credit() -> None:
    """Leaves beside the program, in licences/, what each package that travels along asks to be told."""
    folder = PROGRAM / "licences"
    lines = []
    for name in re.findall(
        r"^([\w-]+)==", (PROJECT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE
    ):
        package = metadata.distribution(name)
        fields = package.metadata.json
        told = str(fields.get("license_expression") or fields.get("license") or "see its texts")
        lines.append(f"{name} {package.version}: {told.splitlines()[0]}\n")
        for file in package.files or []:
            if TELLS_LICENCE.search(file.as_posix()):
                target = folder / name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_binary())
    (folder / "PACKAGES.txt").write_text("".join(lines), encoding="utf-8")


def start() -> None:
    """Starts the built program as a new user without a screen would, and sees that it left what it must."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        told = run(home, "--version")
        if __version__ not in told:
            sys.exit(f"the built program calls itself {told!r}, not {__version__}")
        run(home, "demo", str(home / "demo"))
        run(home, "screenshots", str(home / "pictures"))
        absent = [pattern for pattern in PROMISED if not list(home.glob(pattern))]
    if absent:
        sys.exit(f"the built program left no {', '.join(absent)}")


def run(home: Path, *arguments: str) -> str:
    """Answers what the built program printed; ends the build when it failed."""
    print("starting leerwinkel", arguments[0], flush=True)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR", "LANG") if name in os.environ}
    places = {
        "HOME": str(home),
        "LOCALAPPDATA": str(home),
        "APPDATA": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }
    program = PROGRAM / ("leerwinkel.exe" if WINDOWS else "leerwinkel")
    ran = subprocess.run(
        [program, *arguments],
        env=kept | places,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode:
        sys.exit(f"the built program failed at {arguments[0]}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def pack() -> Path:
    """Leaves an archive of the folder beside it, with its SHA-256, and answers its path."""
    system = f"{platform.system()}-{platform.machine()}".lower()
    name = str(DIST / f"leerwinkel-{__version__}-{system}")
    archive = Path(shutil.make_archive(name, "zip" if WINDOWS else "gztar", DIST, PROGRAM.name))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(f"{digest}  {archive.name}\n", encoding="ascii")
    return archive


def megabytes(folder: Path) -> int:
    """The size of all files under a folder in units of a million bytes; links count once, where they lead."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) // 10**6


if __name__ == "__main__":
    main()
