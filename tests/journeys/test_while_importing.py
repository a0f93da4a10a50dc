"""An import holds the database for seconds: typing goes on, nothing blocks, nothing is lost, Cancel works."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar

from leerwinkel_desktop.domain.clients import Client, EducationRecord
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers, drafts, enrolment, exchange
from leerwinkel_desktop.services.auditing import entries
from leerwinkel_desktop.services.rights import consents, correction, informing
from leerwinkel_desktop.ui.pages.dossier.history import HistoryView, ValuesCard

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


class Held:
    """Somebody else writes, from another thread, until it is let go; as an import does."""

    def __init__(self, workspace) -> None:
        self._go = threading.Event()
        self._holding = threading.Event()
        self._workspace = workspace
        self._thread = threading.Thread(target=self._hold)

    def _hold(self) -> None:
        with self._workspace.database.write():
            self._holding.set()
            self._go.wait(60)

    def begin(self) -> None:
        self._thread.start()
        assert self._holding.wait(60)

    def let_go(self) -> None:
        self._go.set()
        self._thread.join()


@contextmanager
def held(workspace) -> Iterator[Held]:
    made = Held(workspace)
    made.begin()
    try:
        yield made
    finally:
        made.let_go()


@pytest.fixture
def window(make_vault, enter):
    make_vault().close()
    return enter("vault")


def line(shell, name):
    box = next(form.boxes[name] for form in shell.dossier.forms() if name in form.boxes)
    return box.widget.focusProxy() or box.widget


def flush(shell):
    for form in shell.dossier.forms():
        form.flush()


def stored(window, client_id):
    return dossiers.reload(window.workspace, client_id).client


def test_what_is_typed_waits_and_is_kept_by_itself(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    with held(window.workspace):
        qtbot.keyClicks(line(shell, "first_name"), "Amina")
        flush(shell)
        assert "zodra het inlezen klaar is" in shell.dossier.state.text()
        assert shell.banner.text == ""
        assert stored(window, client).first_name is None
    qtbot.waitUntil(lambda: stored(window, client).first_name == "Amina")
    assert "bewaard" in shell.dossier.state.text()
    qtbot.waitUntil(lambda: shell.dossier.state.text() == "✓ bewaard")


def test_a_dossier_opens_meanwhile_and_the_trail_is_told_after(qtbot, window):
    client = dossiers.create(window.workspace, first_name="Amina").client.id

    def told():
        return [one.subject for one in entries(window.workspace) if one.action == "dossier.opened"]

    with held(window.workspace):
        window.shell.open_dossier(client)
        assert window.shell.dossier.view.client.first_name == "Amina"
        assert told() == []
    qtbot.waitUntil(lambda: told() == [client])


def test_who_leaves_the_dossier_loses_nothing(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    with held(window.workspace):
        qtbot.keyClicks(line(shell, "last_name"), "Voorbeeld")
        shell.go("dossiers")
        assert shell.dossier is None
        assert shell.banner.text == ""
    qtbot.waitUntil(lambda: stored(window, client).last_name == "Voorbeeld")


def test_what_waits_is_on_the_disk_meanwhile_and_comes_back_once(qtbot, window):
    """Also when the power goes after it was saved, and before the draft of before is gone."""
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    with held(window.workspace):
        qtbot.keyClicks(line(shell, "last_name"), "Voorbeeld")
        shell.dossier.go("map")
        boxes = [card.box for card in shell.dossier.cards if hasattr(card, "box")]
        next(box for box in boxes if "year" in box._spec.names).adding.click()
        qtbot.keyClicks(line(shell, "title"), "Snit en naad")
        qtbot.waitUntil(lambda: drafts.find(window.workspace) is not None)
        window.keeper.look()
        stale = drafts.find(window.workspace)
    assert stale is not None
    assert [one.values for one in stale.unsaved] == [{"last_name": "Voorbeeld"}]

    def rows_there():
        view = dossiers.reload(window.workspace, client)
        return view.client.last_name, [one.title for one in view.of(EducationRecord)]

    qtbot.waitUntil(lambda: rows_there() == ("Voorbeeld", ["Snit en naad"]))
    qtbot.waitUntil(lambda: drafts.find(window.workspace) is None)
    shell.go("dossiers")
    shell.recall(stale)
    flush(shell)
    assert rows_there() == ("Voorbeeld", ["Snit en naad"])


def test_a_new_client_comes_as_soon_as_that_can_be(qtbot, window):
    with held(window.workspace):
        window.shell.new_client()
        assert "Er wordt net ingelezen" in window.shell.banner.text
        assert dossiers.count(window.workspace) == 0
    qtbot.waitUntil(lambda: window.shell.dossier is not None)
    assert dossiers.count(window.workspace) == 1


def test_a_lock_keeps_what_waited(qtbot, window, enter):
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    with held(window.workspace):
        qtbot.keyClicks(line(shell, "first_name"), "Amina")
        flush(shell)
        shell.go("dossiers")
        shell.open_dossier(client)
        qtbot.keyClicks(line(shell, "last_name"), "Voorbeeld")
    with qtbot.waitSignal(window.locked) as locked:
        window.lock()
    assert locked.args == [True]
    window.close()
    again = enter("vault")
    found = stored(again, client)
    assert (found.first_name, found.last_name) == ("Amina", "Voorbeeld")
    assert drafts.find(again.workspace) is not None


def meet(office, laptop, folder):
    enrolment.write_enrol_card(laptop, folder / "laptop.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "laptop.lwc"), folder / "welkom.lwc")
    enrolment.accept(laptop, folder / "welkom.lwc")


def crowd(workspace, size):
    """So many people, for an import that takes a while."""
    with workspace.database.write() as transaction:
        transaction.save_all(Client(id=new_id(), client_no=str(number)) for number in range(size))


def test_typing_through_a_real_import_meets_what_it_brings(qtbot, make_vault, enter, idle, tmp_path):
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    client = dossiers.create(laptop, first_name="Amina").client.id
    exchange.import_bundle(office, exchange.write_bundle(laptop, tmp_path).path)
    dossiers.change(laptop, Client, client, phone="0400 00 00 02", last_name="Voorbeeld")
    crowd(laptop, 3000)
    bundle = exchange.write_bundle(laptop, tmp_path).path
    office.close()
    window = enter("kantoor")
    shell = window.shell
    home = shell.go("handover").side
    home.look_into(bundle)
    idle(window)
    home.take_in()
    shell.open_dossier(client)
    phone = line(shell, "phone")
    window.activateWindow()
    phone.setFocus()
    qtbot.waitUntil(phone.hasFocus)
    typed, bar = 0, home.work.findChild(QProgressBar)
    while window.jobs.busy and typed < 8:
        qtbot.keyClicks(phone, "1")
        flush(shell)
        typed += 1
        done = bar.value()
        qtbot.waitUntil(lambda done=done: bar.value() != done or not window.jobs.busy)
    idle(window)
    flush(shell)
    qtbot.waitUntil(lambda: stored(window, client).phone == "1" * typed)
    assert stored(window, client).last_name == "Voorbeeld"
    qtbot.waitUntil(lambda: line(shell, "last_name").text() == "Voorbeeld")
    qtbot.waitUntil(lambda: shell.dossier.notices.undecided.told.text() == "1 gegeven te beslissen")


def test_cancel_lets_the_database_go(qtbot, make_vault, enter, idle, tmp_path):
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    crowd(laptop, 6000)
    bundle = exchange.write_bundle(laptop, tmp_path).path
    office.close()
    window = enter("kantoor")
    home = window.shell.go("handover").side
    home.look_into(bundle)
    idle(window)
    home.take_in()
    qtbot.waitUntil(lambda: "inlezen" in home.work.text.lower())
    qtbot.mouseClick(home.work.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(home.work.isHidden, timeout=1000)
    assert "Gestopt" in window.shell.banner.text
    assert dossiers.count(window.workspace) == 0
    window.shell.new_client()
    qtbot.waitUntil(lambda: window.shell.dossier is not None)


def test_rounding_off_waits_and_then_closes(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    shell.dossier.round_off.click()
    dialog = shell.dossier._dialog
    dialog.minutes.editor.set_value(50)
    with held(window.workspace):
        dialog.done_button.click()
        assert "vanzelf bewaard" in dialog.told.text()
        assert not dialog.done_button.isEnabled(), "it is not kept twice"
        assert shell.banner.text == ""
    qtbot.waitUntil(lambda: shell.dossier._dialog is None)
    (kept,) = dossiers.reload(window.workspace, client).of(Session)
    assert kept.minutes == 50


def test_who_thinks_better_of_rounding_off_meanwhile_keeps_nothing(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace).client.id
    shell.open_dossier(client)
    shell.dossier.round_off.click()
    dialog = shell.dossier._dialog
    with held(window.workspace):
        dialog.done_button.click()
        dialog.reject()
    qtbot.waitUntil(lambda: not shell.desk.later.waiting)
    assert dossiers.reload(window.workspace, client).of(Session) == ()


def test_rights_and_earlier_values_wait_too(qtbot, window):
    shell = window.shell
    view = dossiers.create(window.workspace, first_name="Amina")
    client, dossier = view.client.id, view.dossier.id
    dossiers.change(window.workspace, Client, client, first_name="Anina")
    shell.open_dossier(client)
    shell.dossier.go("rights")
    rights = shell.dossier._rights_view
    (first, *_rest) = rights.consents.rows.values()
    with held(window.workspace):
        rights.informing.handed.click()
        first.no.click()
        first.giving.witness.setText("Lore")
        first.giving.done.click()
        assert not first.giving.isEnabled(), "nobody answers twice"
        shell.dossier.go("history")
        values = shell.dossier.findChild(ValuesCard)
        values.fields.setCurrentIndex(values.fields.findData("first_name"))
        shell.dossier.findChild(HistoryView).table.select_first()
        former = correction.field_history(window.workspace, Client.kind, client, "first_name")[-1]
        values.lines.put_back(former)
        assert "vanzelf zodra dat klaar is" in shell.banner.text
        assert shell.desk.later.waiting == 3
    qtbot.waitUntil(lambda: not shell.desk.later.waiting)
    assert len(informing.given(window.workspace, dossier)) == 1
    assert len(consents.history(window.workspace, dossier, first._purpose)) == 1
    assert stored(window, client).first_name == "Amina"


def test_undoing_waits_and_goes_by_itself(qtbot, window):
    shell = window.shell
    client = dossiers.create(window.workspace, first_name="Amina").client.id
    shell.open_dossier(client)
    typed = line(shell, "first_name")
    typed.selectAll()
    qtbot.keyClicks(typed, "Bram")
    flush(shell)
    with held(window.workspace):
        qtbot.keyClick(typed, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert "vanzelf zodra dat klaar is" in shell.banner.text
        assert stored(window, client).first_name == "Bram"
    qtbot.waitUntil(lambda: stored(window, client).first_name == "Amina")
    qtbot.waitUntil(lambda: line(shell, "first_name").text() == "Amina")
    assert not shell.desk.later.waiting
