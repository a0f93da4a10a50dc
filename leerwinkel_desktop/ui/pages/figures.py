"""The figures: a report over a period; each row opens the dossiers behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InputError, InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Privacy
from leerwinkel_desktop.domain.indicators.figures import Row
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import problems, reports
from leerwinkel_desktop.services.reports.behind import clients_behind
from leerwinkel_desktop.services.reports.lines import Line, lines, shown
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.editors.codes import CodeEditor
from leerwinkel_desktop.ui.field_box import FieldBox
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import L, M, button, row, words

PAUSE_MS = 600
FORMATS = {
    "xlsx": _("Excel (*.xlsx)"),
    "pdf": _("PDF (*.pdf)"),
    "csv": _("CSV (*.csv)"),
    "json": _("JSON (*.json)"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the table, with the row that opens into dossiers."""

    line: Line
    row: Row | None


def _cell(place: int) -> Callable[[Shown], str]:
    return lambda each: shown(each.line)[place]


COLUMNS: Sequence[Column[Shown]] = (
    Column("", lambda each: each.line.id if each.line.key is None else ""),
    Column(
        _("Cijfer"), lambda each: ("" if each.line.key is None else "      ") + each.line.label, stretch=True
    ),
    Column(_("n"), _cell(0), number=True),
    Column(_("N"), _cell(1), number=True),
    Column(_("%"), _cell(2), number=True),
    Column(_("Opmerking"), lambda each: each.line.remark),
)


def _asked(name: str, label: str, kind: Kind, codelist: str | None = None) -> Field:
    return Field(name, label, kind, Privacy.ORDINARY, codelist=codelist)


def _editor(field: Field, desk: Desk) -> QWidget:
    """A list to choose from, however short it is: it stands in one line with the dates."""
    lists, today = desk.workspace.codelists, desk.workspace.today
    if field.codelist is None:
        return editor_for(field, lists, today)
    made = CodeEditor(field, lists[field.codelist], today)
    made.setAccessibleName(field.label)
    made.setItemText(0, _("Alle"))
    return made


class FiguresPage(QWidget):
    """Counts again after each change of the question, as a job; `opened` gives client ids and why."""

    opened = Signal(list, str)
    counted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._turn = 0
        self.report: reports.Report | None = None
        self.boxes = {
            field.name: FieldBox(field, _editor(field, desk))
            for field in (
                _asked("start", _("Van"), Kind.DATE),
                _asked("end", _("Tot en met"), Kind.DATE),
                _asked("as_of", _("Peildatum"), Kind.DATE),
                _asked("programme", _("Programma"), Kind.CODE, "programme"),
                _asked("location", _("Plaats"), Kind.TEXT),
            )
        }
        today = desk.workspace.today()
        self.boxes["start"].editor.set_value(date(today.year, 1, 1))
        self.boxes["end"].editor.set_value(today)
        self.boxes["as_of"].editor.set_value(today)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.count)
        for box in self.boxes.values():
            box.want(True)
            box.editor.changed.connect(self._pause.start)
            box.editor.left.connect(self._on_left)
        self.export_button = button(_("Exporteer …"), self._choose_format, glyph="save")
        self.open_button = button(_("Toon de dossiers"), self.open_current, look="primary", glyph="dossiers")
        self._state = words("", tone="muted")
        self.table: RowTable[Shown] = RowTable(COLUMNS, _("Cijfers"))
        self.table.activated.connect(self._on_activated)
        self.table.chosen.connect(self._on_current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addLayout(row(words(_("Cijfers"), step="title"), None, self.export_button, self.open_button))
        layout.addLayout(row(*self.boxes.values(), space=M))
        layout.addWidget(self._state)
        layout.addWidget(self.table, 1)
        self._rest(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.count()

    def _rest(self, resting: bool) -> None:
        self.export_button.setDisabled(resting)
        self._on_current()

    def _on_left(self) -> None:
        if self._pause.isActive():
            self.count()

    def _request(self) -> reports.ReportRequest | None:
        """What is asked, or None with a word beside the field that does not fit."""
        values: dict[str, Any] = {}
        for name, box in self.boxes.items():
            try:
                values[name] = box.editor.value()
                missing = values[name] is None and box.field.kind is Kind.DATE
                box.complain(problems.reason_text("required") if missing else "")
            except InvalidValue as error:
                values[name] = None
                box.complain(problems.reason_text(error.reason))
        if any(not isinstance(values[name], date) for name in ("start", "end", "as_of")):
            return None
        return reports.ReportRequest("genk", **values)

    def count(self) -> None:
        """Count again; an answer that is overtaken is dropped."""
        self._pause.stop()
        request = self._request()
        if request is None:
            return
        self._turn += 1
        turn, workspace = self._turn, self._desk.workspace
        self._state.setText(_("Tellen …"))

        def done(report: reports.Report) -> None:
            if turn == self._turn:
                self._show(report)

        def failed(error: BaseException) -> None:
            if turn == self._turn and isinstance(error, InputError):
                self._state.setText("")
                self.boxes["end"].complain(problems.sentence(error) or "")
            elif turn == self._turn:
                self._desk.report(error)

        self._desk.jobs.start(self, lambda _progress: reports.run(workspace, request), done, failed)

    def _show(self, report: reports.Report) -> None:
        self.report = report
        rows = {(each.id, each.key): each for each in report.rows}
        self.table.set_rows(
            [Shown(line, None if line.heading else rows.get((line.id, line.key))) for line in lines(report)]
        )
        self._state.setText(
            " · ".join(report.provisional)
            or _("{title}: elk cijfer opent de dossiers erachter (Enter).").format(title=report.title)
        )
        self._rest(False)
        self.counted.emit()

    def _on_current(self) -> None:
        current = self.table.current()
        self.open_button.setEnabled(bool(current and current.row and current.row.behind))

    def _on_activated(self, index: QModelIndex) -> None:
        self._open(self.table.at(index))

    def open_current(self) -> None:
        """Open the dossiers behind the selected row."""
        current = self.table.current()
        if current is not None:
            self._open(current)

    def _open(self, each: Shown) -> None:
        if each.row is not None and each.row.behind:
            clients = clients_behind(self._desk.workspace, each.row)
            self.opened.emit(clients, _("Achter het cijfer “{label}”").format(label=each.line.label))

    def _choose_format(self) -> None:
        menu = QMenu(self)
        for name, label in FORMATS.items():
            menu.addAction(label).triggered.connect(lambda _checked, name=name: self.export(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))

    def export(self, name: str) -> None:
        """Write the report as a file: xlsx, pdf, csv or json."""
        report = self.report
        if report is None:
            return
        path = self._desk.paper.save_file(self, _("Exporteer de cijfers"), f"cijfers.{name}", FORMATS[name])
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(f".{name}")
        workspace = self._desk.workspace

        def export() -> None:
            reports.write(reports.export(report, name), target)
            reports.publish(workspace, report.request)

        self._desk.jobs.start(
            self,
            lambda _progress: export(),
            lambda _nothing: self._desk.say(_("De cijfers staan in {name}.").format(name=target.name)),
            self._desk.report,
        )
