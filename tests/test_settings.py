"""The choices of the window survive, and a broken file means the defaults."""

from __future__ import annotations

import pytest

from leerwinkel_desktop import settings
from leerwinkel_desktop.settings import Settings


def test_there_and_back(tmp_path):
    path = tmp_path / "deep" / "window.json"
    settings.save(path, Settings("dark", 150))
    assert settings.load(path) == Settings("dark", 150)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"theme": "pink", "text_percent": 90}', '{"text_percent": "150"}']
)
def test_anything_else_is_the_default(tmp_path, text):
    path = tmp_path / "window.json"
    path.write_text(text, encoding="utf-8")
    assert settings.load(path) == Settings()


def test_no_file_is_the_default(tmp_path):
    assert settings.load(tmp_path / "none.json") == Settings()
