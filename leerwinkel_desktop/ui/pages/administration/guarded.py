"""Long work that may have to ask the passphrase again first (the prison profile wants it)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.profile import PassphraseNeeded
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.work import LongWork

T = TypeVar("T")
IN_PRISON = _("In het gevangenisprofiel vragen we hier opnieuw je wachtzin.")


class GuardedWork(LongWork):
    """`dialog` is the question for the passphrase while it is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at = desk
        self.dialog: ConfirmDialog | None = None

    def guarded(self, text: str, work: Callable[[str | None], T], done: Callable[[T], None]) -> None:
        """Do `work(None)` as a job; when a passphrase is needed, ask it and do `work(passphrase)`."""

        def attempt(_progress: Progress) -> Callable[[], None]:
            try:
                result = work(None)
            except PassphraseNeeded:
                return lambda: self._ask(IN_PRISON, text, work, done)
            return lambda: done(result)

        self.run(text, attempt, lambda go_on: go_on())

    def confirmed(self, why: str, text: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Ask the passphrase in every profile, saying why, and then do `work()` as a job."""
        self._ask(why, text, lambda _again: work(), done)

    def _ask(self, why: str, text: str, work: Callable[[str | None], T], done: Callable[[T], None]) -> None:
        dialog = ConfirmDialog(
            self.window(),
            _("Ben jij het?"),
            (why,),
            _("Ga verder"),
            secret=True,
        )
        workspace = self._at.workspace

        def confirmed(secret: str) -> None:
            dialog.work(_("De wachtzin nakijken …"))
            self._at.jobs.start(
                dialog,
                lambda _progress: access.confirm(workspace, secret),
                lambda _nothing: again(secret),
                lambda error: dialog.complain(problems.sentence(error)),
            )

        def again(secret: str) -> None:
            dialog.accept()
            self.run(text, lambda _progress: work(secret), done)

        dialog.confirmed.connect(confirmed)
        self.dialog = dialog
        dialog.open()
