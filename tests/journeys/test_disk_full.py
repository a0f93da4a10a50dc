"""The disk is full while somebody types: typing goes on, it is told once, and nothing is lost after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from leerwinkel_desktop.services import dossiers, drafts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import drafts as sealed

LONG = "lang " * 700
AMPLE = 2**30


def may_have(workspace: Workspace, most: int | None = None) -> None:
    """How many pages the database may have: None for as many as it has, so that nothing new fits."""
    with workspace.database.bare() as connection:
        count = int(connection.execute("PRAGMA page_count").fetchone()[0])
        connection.execute(f"PRAGMA max_page_count = {most or count}").fetchone()


@contextmanager
def full(workspace: Workspace) -> Iterator[None]:
    """SQLite's own refusal, as on a disk that is full; on every system."""
    workspace.database.fold()
    may_have(workspace)
    yield
    may_have(workspace, AMPLE)


@pytest.fixture
def window(make_vault, enter):
    make_vault().close()
    return enter("vault")


def box(shell: Any, name: str) -> Any:
    return next(form.boxes[name] for form in shell.dossier.forms() if name in form.boxes)


def stored(window: Any, client_id: str) -> Any:
    return dossiers.reload(window.workspace, client_id)


def write_note(shell: Any) -> None:
    """Something long under 1 In kaart, so that it needs another page of the database."""
    shell.dossier.go("map")
    box(shell, "went_well").widget.insertPlainText(LONG)


def test_typing_goes_on_and_all_is_kept_once_there_is_room(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace, first_name="Amina").client.id
    shell.open_dossier(client)
    with full(window.workspace):
        write_note(shell)
        qtbot.waitUntil(lambda: "De schijf is vol" in shell.banner.text)
        assert "Typ gerust verder" in shell.banner.text
        assert "niet alles is bewaard" in shell.dossier.state.text()
        shell.banner.hide()
        box(shell, "went_well").widget.insertPlainText("en meer")
        for form in shell.dossier.forms():
            form.flush()
        assert shell.banner.text == "", "it is told once"
        assert box(shell, "went_well").widget.toPlainText() == LONG + "en meer"
        assert stored(window, client).trajectory.went_well is None
        qtbot.waitUntil(lambda: drafts.find(window.workspace) is not None)
    qtbot.waitUntil(lambda: stored(window, client).trajectory.went_well == LONG + "en meer")
    qtbot.waitUntil(lambda: "weer bewaard" in shell.banner.text)
    qtbot.waitUntil(lambda: drafts.find(window.workspace) is None)


def test_who_leaves_the_dossier_meanwhile_loses_nothing(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace, first_name="Amina").client.id
    shell.open_dossier(client)
    with full(window.workspace):
        write_note(shell)
        shell.go("dossiers")
        assert shell.dossier is None
        assert shell.desk.later.waiting == 1
        qtbot.waitUntil(lambda: drafts.find(window.workspace) is not None)
        found = drafts.find(window.workspace)
        assert found is not None
        (waiting,) = found.unsaved
        assert waiting.values == {"went_well": LONG.strip()}
        assert "De schijf is vol" in shell.banner.text
    qtbot.waitUntil(lambda: stored(window, client).trajectory.went_well == LONG.strip())
    assert shell.desk.later.waiting == 0


def test_a_lock_meanwhile_loses_nothing(qtbot, window, enter):
    shell = window.shell
    client = dossiers.create(window.workspace, first_name="Amina").client.id
    shell.open_dossier(client)
    with full(window.workspace):
        write_note(shell)
        with qtbot.waitSignal(window.locked) as locked:
            window.lock()
    assert locked.args == [True]
    window.close()
    again = enter("vault")
    qtbot.waitUntil(lambda: stored(again, client).trajectory.went_well == LONG.strip())


def test_an_act_that_is_not_tried_again_loses_it(qtbot, window):
    """The control: a save that nobody wrote down as typed is told, and gone."""
    client = dossiers.create(window.workspace, first_name="Amina")
    assert client.trajectory is not None
    typed = replace(client.trajectory, went_well=LONG)
    with full(window.workspace):
        window.shell.desk.when_free(lambda: dossiers.save(window.workspace, typed))
        assert "De schijf is vol" in window.shell.banner.text
        assert window.shell.desk.later.waiting == 0
    assert stored(window, client.client.id).trajectory.went_well is None


def test_closing_the_window_warns_once_before_it_costs_something(qtbot, window):
    shell = window.shell
    shell.open_dossier(dossiers.create(window.workspace, first_name="Amina").client.id)
    place = window.folder / sealed.FOLDER
    with full(window.workspace):
        write_note(shell)
        shutil.rmtree(place, ignore_errors=True)
        place.write_bytes(b"")  # no draft can be written there either
        assert not window.close()
        assert "nog eens" in shell.banner.text
        assert box(shell, "went_well").widget.toPlainText() == LONG
        place.unlink()
        assert window.close(), "a draft holds it now"
    assert list(place.iterdir())


def test_who_closes_twice_means_it(qtbot, window):
    shell = window.shell
    shell.open_dossier(dossiers.create(window.workspace, first_name="Amina").client.id)
    place = window.folder / sealed.FOLDER
    with full(window.workspace):
        write_note(shell)
        shutil.rmtree(place, ignore_errors=True)
        place.write_bytes(b"")
        assert not window.close()
        assert window.close()
