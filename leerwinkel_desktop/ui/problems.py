"""Shows what went wrong: a sentence for what the user or the surroundings can mend, else the crash dialog."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.logs import details
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow


def sentence(error: BaseException) -> str:
    """The Dutch sentence for an error that is expected."""
    from leerwinkel_desktop.services import problems  # not before something goes wrong

    return problems.sentence(error) or str(type(error).__name__)


def is_expected(error: BaseException) -> bool:
    """Whether the error is of a kind that the program goes on after."""
    from leerwinkel_desktop.services import problems  # not before something goes wrong

    return problems.exit_status(error) != problems.BUG


def show(error: BaseException, banner: Banner) -> None:
    """Say in the banner what is the matter, or open the crash dialog for a bug."""
    if is_expected(error):
        tone = "attention" if isinstance(error, InputError) else "danger"
        banner.say(sentence(error), tone)
    else:
        CrashDialog(details(error), banner.window()).open()


class CrashDialog(QDialog):
    """Something went wrong that should not: what it means, and details that can be copied."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        grow(self, least=560)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Technische details"))
        self.details.setMinimumHeight(160)
        layout = column(
            words(_("Er ging iets mis in het programma"), step="heading"),
            words(
                _(
                    "Wat al bewaard was, is veilig. Je kunt verder werken. "
                    "Gebeurt het opnieuw, sluit het programma dan en start het weer."
                )
            ),
            words(
                _("Bezorg deze details aan wie je helpt. Er staan geen gegevens van klanten in."),
                tone="muted",
            ),
            self.details,
            row(
                button(_("Kopieer de details"), self._copy, glyph="save"),
                None,
                button(_("Verder werken"), self.accept, look="primary"),
            ),
            space=M,
            margins=L,
        )
        self.setLayout(layout)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


def catch_all(parent: QWidget) -> None:
    """Let every error that nobody caught open the crash dialog over this window."""

    def on_error(
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        print(details(error), file=sys.stderr)
        CrashDialog(details(error), parent).open()

    sys.excepthook = on_error
