"""Buttons that print a paper or keep it as a file; the prison profile may ask the passphrase again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import profile
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.print_pdf import print_pdf
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import S, button

Make = Callable[[], bytes]
"""Makes the bytes of a paper or a file."""
Work = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A form in which something can be kept: the word on the button, the ending, and how it is made."""

    label: str
    suffix: str
    make: Make


class PaperOut(QWidget):
    """`what` names the paper for screen readers, `name` its file; `out` says that it was printed or kept.

    `asks` True: the prison profile asks the passphrase again before it goes out. `copies` is asked when it is
    printed.
    """

    out = Signal()

    def __init__(
        self,
        desk: Desk,
        what: str,
        name: str,
        make: Make,
        *,
        asks: bool = False,
        more: Sequence[Kind] = (),
        copies: Callable[[], int] = lambda: 1,
    ) -> None:
        super().__init__()
        self._desk, self._what, self._name, self._make, self._asks = desk, what, name, make, asks
        self._copies = copies
        self.dialog: ConfirmDialog | None = None
        self.print_button = button(
            _("Druk af"), self.print_paper, glyph="print", name=_("{what}: druk af").format(what=what)
        )
        self.kinds = [Kind("pdf", ".pdf", make), *more]
        self.keep_buttons: list[QPushButton] = []
        self._across = FlowLayout(self, S)
        self._across.addWidget(self.print_button)
        for kind in self.kinds:
            self.keep_buttons.append(self._keeper(kind))
            self._across.addWidget(self.keep_buttons[-1])

    def put_beside(self, widget: QWidget) -> None:
        """Let something stand on the line of the buttons, after them."""
        self._across.addWidget(widget)

    def _keeper(self, kind: Kind) -> QPushButton:
        text = _("Bewaar als {kind} …").format(kind=kind.label)
        return button(text, lambda: self.keep(kind), glyph="save", name=f"{self._what}: {text.lower()}")

    def print_paper(self) -> None:
        """Make the paper and print it."""
        printer = self._desk.paper.printer(self, "Leerwinkel", self._copies())
        if printer is not None:
            self._go(
                lambda progress: print_pdf(printer, self._make(), progress),
                _("Het blad is naar de printer."),
            )

    def keep(self, kind: Kind) -> None:
        """Make the file and keep it where the user wants it."""
        title, name = _("Bewaar als {kind}").format(kind=kind.label), f"{self._name}{kind.suffix}"
        path = self._desk.paper.save_file(self, title, name, f"{kind.label} (*{kind.suffix})")
        if path is not None:
            target = path if path.suffix else path.with_suffix(kind.suffix)
            self._go(
                lambda _progress: write_durably(target, kind.make()),
                _("Het bestand {name} staat op de schijf.").format(name=Path(target).name),
            )

    def _go(self, work: Work, told: str) -> None:
        if not self._asks or not profile.current(self._desk.workspace).passphrase_again:
            self._start(work, told, self._desk.report)
            return
        dialog = ConfirmDialog(
            self,
            _("Gegevens gaan het programma uit"),
            (_("In het gevangenisprofiel vragen we daarom opnieuw je wachtzin."),),
            _("Ga verder"),
            secret=True,
        )

        def after(secret: str | None) -> Work:
            def confirmed(progress: Progress) -> None:
                profile.confirm(self._desk.workspace, secret)
                work(progress)

            return confirmed

        def on_confirmed(secret: str | None) -> None:
            dialog.work(_("De wachtzin nakijken …"))
            self._start(after(secret), told, self._refused(dialog), dialog)

        dialog.confirmed.connect(on_confirmed)
        self.dialog = dialog
        dialog.open()

    def _refused(self, dialog: ConfirmDialog) -> Callable[[BaseException], None]:
        def refuse(error: BaseException) -> None:
            if problems.is_expected(error):
                dialog.complain(problems.sentence(error))
            else:
                dialog.complain(_("Er ging iets mis in het programma."))
                self._desk.report(error)

        return refuse

    def _start(
        self,
        work: Work,
        told: str,
        failed: Callable[[BaseException], None],
        dialog: ConfirmDialog | None = None,
    ) -> None:
        self._rest(True)

        def done(_nothing: Any) -> None:
            self._rest(False)
            if dialog is not None:
                dialog.accept()
            self._desk.toast(told)
            self.out.emit()

        def fail(error: BaseException) -> None:
            self._rest(False)
            failed(error)

        self._desk.jobs.start(self, work, done, fail)

    def _rest(self, resting: bool) -> None:
        for made in (self.print_button, *self.keep_buttons):
            made.setDisabled(resting)
