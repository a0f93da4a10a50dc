"""The handbook: every page is read, reached, found and plain; every link and picture leads somewhere."""

from __future__ import annotations

import re

import pytest

from leerwinkel_desktop.domain import plain_language
from leerwinkel_desktop.paths import resources
from leerwinkel_desktop.services import handbook
from leerwinkel_desktop.services.handbook import Page

RULES = plain_language.parse((resources() / "plain_language" / "rules.toml").read_text(encoding="utf-8"))
LABEL = re.compile(r"\*{1,2}[^*]+\*{1,2}")
"""What stands on a button is named as it is there."""


def test_there_is_a_page_for_each_file_and_no_other():
    assert {path.stem for path in handbook.folder().glob("*.md")} == set(handbook.ORDER)


@pytest.mark.parametrize("page", handbook.pages(), ids=lambda page: page.key)
def test_a_page_has_one_title_and_links_that_lead_to_pages(page: Page):
    assert page.text.startswith("# ")
    assert len(re.findall(r"^# ", page.text, re.MULTILINE)) == 1
    assert set(page.links) <= set(handbook.ORDER)
    assert page.key not in page.links


@pytest.mark.parametrize("page", handbook.pages(), ids=lambda page: page.key)
def test_a_page_is_in_plain_words(page: Page):
    text = handbook.LINK.sub(lambda found: found[1], handbook.PICTURE.sub("", page.text))
    text = LABEL.sub("Dit", text).replace(handbook.KEYS_HERE, "")
    told = [f"{found.fault}: {found.found}" for found in RULES.check(page.key, text)]
    assert told == []


def test_no_page_is_orphaned():
    reached, waiting = {handbook.FIRST}, [handbook.FIRST]
    while waiting:
        for link in handbook.page(waiting.pop()).links:
            if link not in reached:
                reached.add(link)
                waiting.append(link)
    assert reached == set(handbook.ORDER)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wachtzin vergeten", "als-het-misgaat"),
        ("wachtzijn vergeten", "als-het-misgaat"),
        ("GEVANGENIS", "in-de-gevangenis"),
        ("agen", "agenda"),
        ("feestdagen zitdag", "momenten"),
    ],
)
def test_words_are_found_also_misspelled(typed, first):
    assert handbook.find(typed)[0].key == first


def test_nothing_is_found_for_words_that_are_not_there():
    assert handbook.find("kwantumfysica") == []


def test_a_picture_that_was_not_drawn_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(handbook, "folder", lambda: tmp_path)
    page = Page("x", "X", "# X\n\n![Een](een.png)\n![Twee](twee.png)\n")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "een.png").write_bytes(b"")
    assert handbook.shown(page) == "# X\n\n![Een](een.png)\n\n"


@pytest.mark.parametrize("name", ["../outside", "/outside", ""])
def test_a_picture_is_never_looked_for_elsewhere(tmp_path, monkeypatch, name):
    monkeypatch.setattr(handbook, "folder", lambda: tmp_path / "handbook")
    (tmp_path / "handbook" / "pictures").mkdir(parents=True)
    (tmp_path / "handbook" / "outside.png").write_bytes(b"")
    (tmp_path / "handbook" / "pictures" / ".png").write_bytes(b"")
    inside = name.replace("/outside", f"{tmp_path}/handbook/outside") if name.startswith("/") else name
    assert handbook.picture(inside) is None
