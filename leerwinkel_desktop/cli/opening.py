"""The options that every command knows, and how a command gets at an unlocked vault."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from leerwinkel_desktop import paths
from leerwinkel_desktop.services import vaults, window_lock
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@dataclass
class Asked:
    """What was asked for on the command line, before or behind the command's name."""

    vault: Path | None = None
    passphrase_file: Path | None = None
    json: bool = False
    quiet: bool = False


def _keep(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    asked, name = ctx.find_object(Asked), option.name
    if not value or asked is None or name is None:
        return
    # What was typed before the command's name counts above the environment, which each level reads anew.
    if ctx.get_parameter_source(name) is not ParameterSource.ENVIRONMENT or not getattr(asked, name):
        setattr(asked, name, value)


def everywhere(command: F) -> F:
    """Give a command the options of CLI.md "Everywhere"."""
    kept: dict[str, Any] = {"expose_value": False, "callback": _keep}
    for option in (
        click.option("--quiet", is_flag=True, help="Zeg alleen wat gevraagd is.", **kept),
        click.option("--json", is_flag=True, help="Antwoord als JSON.", **kept),
        click.option(
            "--passphrase-file",
            type=FILE,
            envvar="LEERWINKEL_PASSPHRASE_FILE",
            help="Bestand met de wachtzin op de eerste regel.",
            **kept,
        ),
        click.option("--vault", type=FOLDER, envvar="LEERWINKEL_VAULT", help="Map van de kluis.", **kept),
    ):
        command = option(command)
    return command


def asked() -> Asked:
    """What was asked for in the running command."""
    return click.get_current_context().find_object(Asked) or Asked()


def folder() -> Path:
    """The folder of the vault."""
    return asked().vault or paths.default_vault()


def alone() -> None:
    """From here to the end of the command no window shows the vault; before anything is asked or touched.

    Raises WindowOpen or VaultUnreachable.
    """
    click.get_current_context().with_resource(window_lock.hold(folder()))


def first_line(file: Path, option: str) -> str:
    """The passphrase in a file, with or without the mark that Windows puts before a text."""
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise click.BadParameter(
            "dit bestand met de wachtzin is niet te lezen of is leeg.", param_hint=option
        ) from error


def passphrase(prompt: str = "Wachtzin", *, confirm: bool = False) -> str:
    """The passphrase from its file, or typed on a terminal; never an argument."""
    file = asked().passphrase_file
    if file is not None:
        return first_line(file, "--passphrase-file")
    return typed(prompt, confirm=confirm)


def typed(prompt: str, *, confirm: bool = False) -> str:
    """A passphrase typed on a terminal."""
    if not sys.stdin.isatty():
        raise click.UsageError("Er is geen terminal om de wachtzin te vragen: geef een bestand.")
    word: str = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    return word


def new_passphrase(command: F) -> F:
    """Give a command the option that names the file with a new passphrase."""
    return click.option("--new-passphrase-file", type=FILE, help="Bestand met de nieuwe wachtzin.")(command)


def chosen(file: Path | None) -> str:
    """The new passphrase, from its file or typed twice on a terminal."""
    if file is not None:
        return first_line(file, "--new-passphrase-file")
    return typed("Nieuwe wachtzin", confirm=True)


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The unlocked vault, closed again behind the command."""
    opened = vaults.unlock(folder(), passphrase())
    opened.opened.confirmed_ms = opened.now_ms()  # one command is one session
    try:
        yield opened
    finally:
        opened.close()


def say(text: str) -> None:
    """Tell something unless --quiet or --json was given."""
    if not (asked().quiet or asked().json):
        click.echo(text)


def answer(data: Any, text: str) -> None:
    """Give the answer of a command: as JSON when a program reads it, in Dutch otherwise."""
    if asked().json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    else:
        click.echo(text)


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, and nothing on a pipe."""
    if asked().quiet or asked().json or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total or None, description=text)

        yield show
