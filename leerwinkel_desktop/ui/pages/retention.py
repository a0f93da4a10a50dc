"""The yearly list to decide on: dossiers that were kept long enough (DOMAIN.md §9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import field_of
from leerwinkel_desktop.domain.retention import years_after
from leerwinkel_desktop.domain.rights import RetentionDecision
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access, profile
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.rights import erasure, retention
from leerwinkel_desktop.services.rights.retention import Kept
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import FieldBox, beside
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow
from leerwinkel_desktop.ui.work import LongWork

WIDTH = 480
MUCH_LATER = 1
"""In years: what is proposed when somebody wants to keep a dossier longer."""


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else _("onbekend")


class RetentionPage(QWidget):
    """A table and what to do with the chosen rows; nothing happens by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.dialog: ConfirmDialog | None = None
        self.keeping: KeepDialog | None = None
        self.work = LongWork(desk)
        self.told = words("", tone="muted")
        columns: tuple[Column[Kept], ...] = (
            Column(_("Nummer"), lambda kept: kept.number or "-"),
            Column(_("Naam"), lambda kept: kept.name or "-", stretch=True),
            Column(
                _("Laatste contact"), lambda kept: _day(kept.last_contact), lambda kept: kept.last_contact
            ),
            Column(_("Bewaard tot"), lambda kept: _day(kept.until), lambda kept: kept.until),
            Column(_("Wat"), self._what),
        )
        self.table: RowTable[Kept] = RowTable(columns, _("Dossiers om over te beslissen"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.sort_as_given()
        self.table.activated.connect(self._on_activated)
        self.table.marked.connect(self._look)
        self._empty = words(_("Er is niets te beslissen."), step="large", tone="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QWidget()
        empty.setLayout(column(None, self._empty, None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self.open = button(_("Open"), self.open_chosen)
        self.keep = button(_("Bewaar langer …"), self.ask_keep)
        self.anonymise = button(_("Maak anoniem …"), self.ask_anonymise)
        self.block = button(_("Wis het afgeschermde deel …"), self.ask_block)
        back = button(
            "",
            lambda: desk.sent.emit("administration"),
            look="icon",
            glyph="back",
            name=_("Terug naar Beheer"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addLayout(row(back, words(_("Bewaartermijnen"), step="title"), None, space=M))
        layout.addWidget(self.told)
        layout.addWidget(self.work)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row(self.open, self.keep, self.anonymise, self.block, None, space=S))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        workspace = self._desk.workspace
        if not access.allowed(workspace, "OFFICE"):
            self._on_list([])
            self._empty.setText(_("Over bewaren beslist wie op kantoor werkt."))
            return
        self._desk.jobs.start(
            self, lambda _progress: retention.due(workspace), self._on_list, self._desk.report
        )

    def _on_list(self, found: list[Kept]) -> None:
        self.table.set_rows(found)
        self.table.select_first()
        self._stack.setCurrentIndex(0 if found else 1)
        count = (
            _("1 dossier wacht op een beslissing.")
            if len(found) == 1
            else _("{n} dossiers wachten op een beslissing.").format(n=len(found))
        )
        told = _("Loop deze lijst één keer per jaar na. Wat niemand beslist, blijft staan.")
        self.told.setText(f"{count} {told}" if found else told)
        self._look()

    def _what(self, kept: Kept) -> str:
        today = self._desk.workspace.today()
        if not kept.due(today):
            return _("alleen het afgeschermde deel")
        return kept.why or _("nog geen contact opgeschreven")

    def chosen(self) -> list[Kept]:
        """The rows that are selected, from top to bottom."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self.table.at(index) for index in rows]

    def _look(self) -> None:
        """Let only those buttons be pressed that fit what is chosen."""
        chosen, today = self.chosen(), self._desk.workspace.today()
        whole = bool(chosen) and all(kept.due(today) for kept in chosen)
        self.open.setEnabled(len(chosen) == 1)
        self.keep.setEnabled(len(chosen) == 1 and whole)
        self.anonymise.setEnabled(whole and self._at_office)
        self.block.setEnabled(
            bool(chosen) and all(kept.block_due(today) for kept in chosen) and self._at_office
        )

    @property
    def _at_office(self) -> bool:
        return self._desk.workspace.device().role == "office"

    def _on_activated(self, index: QModelIndex) -> None:
        self._desk.sent.emit(f"dossier/{self.table.at(index).client_id}")

    def open_chosen(self) -> None:
        """Open the dossier in this window."""
        self._desk.sent.emit(f"dossier/{self.chosen()[0].client_id}")

    def ask_keep(self) -> None:
        """Ask until when, and why."""
        self.keeping = KeepDialog(self._desk, self.chosen()[0], self)
        self.keeping.accepted.connect(self.refresh)
        self.keeping.finished.connect(self.keeping.deleteLater)
        self.keeping.open()

    def ask_anonymise(self) -> None:
        """Say what it means, and ask the number (or how many) to be typed over."""
        chosen = self.chosen()
        one = len(chosen) == 1
        self._ask(
            _("Dit dossier anoniem maken?")
            if one
            else _("{n} dossiers anoniem maken?").format(n=len(chosen)),
            (
                _("Namen, gesprekken, bladen en geschiedenis gaan weg."),
                _("Alleen één rij zonder naam blijft per persoon, zodat de cijfers blijven kloppen."),
                _("Niemand kan dit ongedaan maken, ook wij niet."),
            ),
            _("Maak anoniem"),
            (chosen[0].number or _("ANONIEM")) if one else _("ANONIEM"),
            lambda: self._anonymise(chosen),
        )

    def _anonymise(self, chosen: Sequence[Kept]) -> str:
        done = erasure.erase_many(self._desk.workspace, [kept.client_id for kept in chosen], "RETENTION")
        if done.people == 1:
            return _("Het dossier is anoniem. De cijfers blijven kloppen.")
        return _("{n} dossiers zijn anoniem. De cijfers blijven kloppen.").format(n=done.people)

    def ask_block(self) -> None:
        """Ask once more before the detention block alone goes."""
        chosen = self.chosen()
        self._ask(
            _("Het afgeschermde deel wissen?"),
            (
                _("Alles over detentie gaat weg; de rest van het dossier blijft."),
                _("Niemand kan dit ongedaan maken, ook wij niet."),
            ),
            _("Wis dit deel"),
            "",
            lambda: self._erase_blocks(chosen),
        )

    def _erase_blocks(self, chosen: Sequence[Kept]) -> str:
        for kept in chosen:
            erasure.erase_block(self._desk.workspace, kept.dossier_id)
        return _("Het afgeschermde deel is gewist.")

    def _ask(
        self, heading: str, meaning: Sequence[str], action: str, typed: str, act: Callable[[], str]
    ) -> None:
        workspace = self._desk.workspace
        again = profile.current(workspace).passphrase_again
        dialog = ConfirmDialog(self, heading, meaning, action, typed=typed, secret=again)

        def work(secret: str | None, _progress: Progress) -> str:
            profile.confirm(workspace, secret)
            return act()

        def done(told: str) -> None:
            dialog.accept()
            self._desk.kept.emit()
            self._desk.say(told)
            self.refresh()

        def failed(error: BaseException) -> None:
            dialog.complain(problems.sentence(error))
            if not problems.is_expected(error):
                self._desk.report(error)

        def go_on(secret: str | None) -> None:
            dialog.work(_("Bezig …"))
            self._desk.jobs.start(self, lambda progress: work(secret, progress), done, failed)

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()


class KeepDialog(QDialog):
    """Until when a dossier is kept longer, and why."""

    def __init__(self, desk: Desk, kept: Kept, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, kept
        self.setWindowTitle("Leerwinkel")
        grow(self, least=WIDTH)
        self.until = self._box("until")
        self.reason = self._box("reason")
        self.until.editor.set_value(years_after(desk.workspace.today(), MUCH_LATER))
        keep = button(_("Bewaar"), self.accept, look="primary")
        self.setLayout(
            column(
                words(_("Langer bewaren"), step="heading"),
                words(_("De persoon of een inspectie kan vragen waarom. Schrijf het hier op."), tone="muted"),
                self.until,
                self.reason,
                row(None, button(_("Toch niet"), self.reject), keep),
                space=M,
                margins=L,
            )
        )
        keep.setDefault(True)
        self.reason.widget.setFocus()

    def _box(self, name: str) -> FieldBox:
        field, workspace = field_of(RetentionDecision, name), self._desk.workspace
        box = FieldBox(field, editor_for(field, workspace.codelists, workspace.today))
        box.want(True)
        return box

    def accept(self) -> None:
        """Keep the decision, and close; stay open with a word beside what does not fit."""
        values: dict[str, Any] = {}
        try:
            for name, box in (("until", self.until), ("reason", self.reason)):
                box.complain("")
                values[name] = box.editor.value()
            if values["until"] is None:
                raise InvalidValue("until", "required")
            retention.keep(
                self._desk.workspace, self._kept.dossier_id, values["until"], values["reason"] or ""
            )
        except InvalidValue as error:
            box = self.until if error.field == "until" else self.reason
            box.complain(beside(box.field, error))
            return
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.kept.emit()
        self._desk.toast(_("✓ bewaard"))
        super().accept()
