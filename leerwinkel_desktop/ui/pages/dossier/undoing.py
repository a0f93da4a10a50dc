"""Ctrl+Z and Ctrl+Shift+Z in a dossier: first the typing in the field, then step by step what was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Record, owner_of
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import undoing
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.undoing import Steps, Told
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.declared import Part, draws
from leerwinkel_desktop.ui.pages.dossier.field_keys import FieldKeys
from leerwinkel_desktop.ui.widgets.plain import XS, button

Act = Callable[[Workspace, Steps], Told | None]


class Page(Protocol):
    """What undoing needs of the page of a dossier."""

    view: DossierView
    part: Part
    parts: tuple[Part, ...]

    def forms(self) -> Iterator[RecordForm[Record]]: ...
    def go(self, key: str) -> None: ...
    def show_field(self, where: str, record_id: str) -> None: ...
    def show_trajectory(self, trajectory_id: str) -> None: ...


class UndoBar(QWidget):
    """Two buttons that say what they would do; `done` tells what was done, before anything is drawn anew."""

    done = Signal(object)

    def __init__(
        self, desk: Desk, client_id: str, forms: Callable[[], Iterator[RecordForm[Record]]], page: QWidget
    ) -> None:
        super().__init__()
        self._desk, self._forms = desk, forms
        self._steps = undoing.begin(desk.workspace, client_id)
        self.keys = FieldKeys(desk, forms, page)
        self.undo_button = button("", self.undo, look="icon", glyph="undo", name=_("Ongedaan maken (Ctrl+Z)"))
        self.redo_button = button("", self.redo, look="icon", glyph="redo", name=_("Opnieuw (Ctrl+Shift+Z)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self.undo_button)
        layout.addWidget(self.redo_button)
        counsellor_only(self)
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Ctrl+Y": self.redo,
            "Alt+H": self.keys.ask,
        }
        for key, act in acts.items():
            QShortcut(QKeySequence(key), page).activated.connect(act)
        self.tell()

    def watch(self, form: RecordForm[Record]) -> None:
        """Look after one more form of the page."""
        self.keys.watch(form)
        form.state.connect(self.tell)

    def tell(self) -> None:
        """Take in what was saved, and say what can be undone and redone."""
        undoing.look(self._desk.workspace, self._steps)
        typing = any(form.waiting for form in self._forms())
        self._name(self.undo_button, _("Ongedaan maken"), "Ctrl+Z", self._steps.done, typing=typing)
        self._name(self.redo_button, _("Opnieuw"), "Ctrl+Shift+Z", self._steps.undone, typing=False)

    def _name(self, made: QWidget, text: str, key: str, steps: list[undoing.Step], *, typing: bool) -> None:
        what = _("wat je net typte") if typing else steps[-1].what if steps else ""
        name = f"{text}: {what} ({key})" if what else f"{text} ({key})"
        made.setToolTip(name)
        made.setAccessibleName(name)
        made.setEnabled(typing or bool(steps))

    def undo(self) -> None:
        """Take back the typing in this field; else the last step."""
        place = self.keys.at_cursor()
        if place is None or not place[0].retract(place[1]):
            self._begin(undoing.undo)

    def redo(self) -> None:
        """Type again what was taken back in this field; else do again what was undone last."""
        place = self.keys.at_cursor()
        if place is None or not place[0].type_again(place[1]):
            self._begin(undoing.redo)

    def _begin(self, act: Act) -> None:
        for form in self._forms():
            form.flush()
        self._desk.when_free(partial(self._go, act))

    def _go(self, act: Act) -> None:
        if not shiboken6.isValid(self):
            return  # the dossier was closed while an import went on
        try:
            told = act(self._desk.workspace, self._steps)
        finally:
            self.tell()
        if told is None:
            return
        self.done.emit(told)
        text = told.plain if client_view().on else told.text
        again = (_("Opnieuw"), self.redo) if act is undoing.undo else (_("Ongedaan maken"), self.undo)
        self._desk.toast(text, act=again)


def reveal(page: Page, told: Told, current: str | None) -> None:
    """Show where something was undone: its trajectory, its part, its field; a client sees only their own."""
    parts = [page.part, *page.parts]
    named = ((part, name) for part in parts for name in told.names if draws(part, told.kind, name))
    anywhere = ((part, "") for part in parts if draws(part, told.kind))
    part, name = next(named, None) or next(anywhere, (None, ""))
    if part is None or (client_view().on and not part.for_client):
        return
    trajectory = _trajectory_of(page.view, told.kind, told.record_id)
    if trajectory is not None and trajectory != current:
        page.show_trajectory(trajectory)
    if part is not page.part:
        page.go(part.key)
    if name and any(one.id == told.record_id for one in _of_kind(page.view, told.kind)):
        page.show_field(f"{told.kind}.{name}", told.record_id)
    elif name:  # the form in which it was typed is empty again
        empty = (form for form in page.forms() if form.is_new and form.address.startswith(f"{told.kind}/"))
        for form in empty:
            form.boxes[name].widget.setFocus()


def _of_kind(view: DossierView, kind: str) -> tuple[Record, ...]:
    return (view.client,) if kind == Client.kind else view.parts.get(kind, ())


def _trajectory_of(view: DossierView, kind: str, record_id: str) -> str | None:
    """The trajectory under which a record stands, None for one that stands under none."""
    found = next((one for one in _of_kind(view, kind) if one.id == record_id), None)
    owner = None if found is None else owner_of(type(found))
    if found is None or owner is None or kind == Trajectory.kind:
        return record_id if found is not None and kind == Trajectory.kind else None
    return _trajectory_of(view, owner.target or "", getattr(found, owner.name) or "")
