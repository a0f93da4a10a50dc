"""The palmares of Genk on the golden workbook: what the window draws is what the JSON says."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leerwinkel_desktop.services import reports, workbook
from leerwinkel_desktop.services.demo import genk

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


def drawn(page):
    """Every figure in the table by id and key: n, N and % as they stand on the screen."""
    model = page.table.model()
    found = {}
    for number in range(model.rowCount()):
        line = page.table.at(model.index(number, 0)).line
        if not line.heading:
            cells = [model.index(number, at).data() for at in (2, 3, 4)]
            found[line.id, line.key] = tuple(cells)
    return found


def test_the_window_shows_the_published_figures(qtbot, open_window, make_vault, tmp_path):
    vault = make_vault()
    path = tmp_path / "registration.xlsx"
    genk.write_workbook(path, genk.GENK_SEED)
    workbook.import_workbook(vault, path)
    report = reports.run(vault, reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF))
    told = reports.as_data(report)["figures"]
    vault.close()
    window = open_window()
    qtbot.keyClicks(window.page.passphrase, PASSPHRASE)
    qtbot.keyClick(window.page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    page = window.shell.go("figures")
    days = {"start": genk.GENK_FROM, "end": genk.GENK_TO, "as_of": genk.GENK_AS_OF}
    for name, day in days.items():
        page.boxes[name].editor.line.setText(day.strftime("%d/%m/%Y"))
    with qtbot.waitSignal(page.counted):
        page.count()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    shares = {
        (one["id"], one["key"]): (str(one["n"]), str(one["N"]), str(one["percent"]))
        for one in told
        if one["percent"] is not None
    }
    on_screen = drawn(page)
    assert shares[("G05", None)] == ("306", "438", "70")
    assert {key: on_screen[key] for key in shares} == shares
