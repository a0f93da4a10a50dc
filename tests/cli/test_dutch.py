"""The command line speaks Dutch, also where its library does the talking."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from leerwinkel_desktop.cli import dutch, root
from leerwinkel_desktop.paths import resources


@pytest.fixture
def say():
    command = root.build(lambda vault: 0, lambda folder: None)

    def run(*words: str) -> str:
        return CliRunner().invoke(command, words).output

    return run


def test_every_text_in_the_table_is_one_that_the_library_says():
    said = {
        node.value
        for file in Path(click.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert set(tomllib.loads((resources() / dutch.FILE).read_text(encoding="utf-8"))) <= said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--help"], "Gebruik:"),
        (["report", "--help"], "Opdrachten"),
        (["vault", "create", "--help"], "Toon deze uitleg."),
        (["vault", "create", "--role", "x"], "staat niet in"),
        (["sheet"], "Dit ontbreekt:"),
        (["dossier", "list", "--limit", "0"], "ligt niet in"),
        (["nergens"], "De opdracht 'nergens' bestaat niet."),
        (["--nergens"], "De optie '--nergens' bestaat niet."),
        (["bundle", "import", "/bestaat/niet.lwb", "--vault"], "heeft een waarde nodig"),
    ],
)
def test_what_it_says_is_dutch(say, words, told):
    output = say(*words)
    assert told in output
    assert not any(english in output for english in ("Usage:", "Options:", "Commands:", "Error:", "Missing"))
