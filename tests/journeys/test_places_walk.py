"""Windows that meet on a WebDAV server and an SFTP server, both real and on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import dossiers, places
from tests.services.places import conftest as servers
from tests.services.places.conftest import sftp, ssh, webdav

__all__ = ["sftp", "ssh", "webdav"]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Here sockets are opened on purpose, to this machine itself and nowhere else."""
    servers.CONNECTED.clear()
    yield
    assert set(servers.CONNECTED) <= {servers.HOST}, "this test spoke to another machine"


@pytest.fixture
def add(qtbot, idle) -> Callable[..., Any]:
    """Adds a place in a window, as a user would; gives its dialog."""

    def make(window: Any, kind: str, **typed: str) -> Any:
        side = window.shell.go("handover").side
        idle(window)
        qtbot.mouseClick(side.places.add_one, LEFT)
        dialog = side.places.dialog
        qtbot.mouseClick(dialog.kind.button(kind), LEFT)
        for name, text in typed.items():
            dialog.lines[name].setText(text)
        qtbot.mouseClick(dialog.save, LEFT)
        idle(window)
        return dialog

    return make


def test_many_shops_meet_in_a_cloud(qtbot, enter, enrolled, idle, add, webdav):
    enrolled()
    (webdav.root / "samen").mkdir()
    laptop, office = enter("laptop"), enter("kantoor")
    for window in (laptop, office):
        add(window, "WEBDAV", name="Wolk", address=webdav.place.address, folder="samen", user="wie",
            secret="fout")  # fmt: skip
        side = window.shell.go("handover").side
        assert "aanvaardt deze naam of dit wachtwoord niet" in side.places.result.text()
        qtbot.mouseClick(side.places.change, LEFT)
        dialog = side.places.dialog
        dialog.lines["user"].setText(webdav.place.user)
        dialog.lines["secret"].setText(webdav.place.secret)
        qtbot.mouseClick(dialog.save, LEFT)
        idle(window)
        assert side.places.result.text().startswith("✓ Werkt.")
    out, home = (window.shell.go("handover").side for window in (laptop, office))
    dossiers.create(laptop.workspace, first_name="Amina")
    out.refresh()
    idle(laptop)
    assert out.to.place == places.find(laptop.workspace, "Wolk")
    qtbot.mouseClick(out.write, LEFT)
    idle(laptop)
    assert "op Wolk." in laptop.shell.banner.text
    (laid,) = (webdav.root / "samen").iterdir()
    qtbot.mouseClick(home.inbox.far, LEFT)
    idle(office)
    assert "1 nieuwe bundel" in office.shell.banner.text
    assert home.inbox.listed.current().name == laid.name
    assert home.inbox.listed.current().sender == laptop.workspace.device().name
    assert not list((office.workspace.folder / "inbox").glob("*")), "nothing is fetched before somebody asks"
    qtbot.mouseClick(home.inbox.look, LEFT)
    idle(office)
    assert home.preview.summary.text() == "1 persoon: 1 nieuw"
    qtbot.mouseClick(home.preview.take, LEFT)
    idle(office)
    assert dossiers.count(office.workspace) == 1
    assert home.outcome.answer.text() == "Schrijf bevestiging op Wolk"
    qtbot.mouseClick(home.outcome.answer, LEFT)
    idle(office)
    qtbot.mouseClick(out.inbox.far, LEFT)
    idle(laptop)
    qtbot.mouseClick(out.inbox.look, LEFT)
    idle(laptop)
    assert "3 wijzigingen van deze laptop zijn veilig" in laptop.shell.banner.text


def test_the_key_of_a_server_is_compared_before_anything_secret_goes_there(
    enter, enrolled, idle, add, qtbot, sftp
):
    enrolled()
    (sftp.root / "samen").mkdir()
    office = enter("kantoor")
    typed = {"name": "Server", "address": sftp.place.address, "folder": "samen"}
    typed |= {"user": sftp.place.user, "secret": sftp.place.secret}
    before = len(sftp.seen)
    dialog = add(office, "SFTP", **typed)
    assert dialog.signs.text().startswith("SHA256:")
    assert dialog.signs.isVisible()
    assert len(sftp.seen) == before, "no name and no password before the yes"
    qtbot.mouseClick(dialog.differ, LEFT)
    idle(office)
    assert places.places(office.workspace) == [], "a server that is not the right one is forgotten"
    dialog = add(office, "SFTP", **typed)
    qtbot.mouseClick(dialog.same, LEFT)
    idle(office)
    side = office.shell.go("handover").side
    assert side.places.result.text().startswith("✓ Werkt.")
    assert len(sftp.seen) > before
