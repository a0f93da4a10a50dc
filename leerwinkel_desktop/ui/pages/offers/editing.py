"""Adds or changes a course, and who gives it; it is kept as somebody types, as everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.domain.fields import Kind, Record, fields_of
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import catalogue
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.field_box import NOTHING
from leerwinkel_desktop.ui.forms import Draft, RecordForm, Stored, Target
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, button, column, row, words

LAST: Final = ("code", "source", "source_url")
_OWN: Final = [field.name for field in fields_of(Offering) if field.kind is not Kind.REF]
COURSE: Final = (*(name for name in _OWN if name not in LAST), *LAST)
PROVIDER: Final = tuple(field.name for field in fields_of(Provider))


class EditView(QWidget):
    """One course with its provider; `left` goes back to the list. The record comes with the first value."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.course: RecordForm[Record] | None = None
        self.provider: RecordForm[Record] | None = None
        self._target: Target | None = None
        self._heading = words("", step="title", wrap=False)
        back = button("", self.leave_it, look="icon", glyph="back", name=_("Terug naar de lijst"))
        self.who = ChoiceBox()
        self.who.setAccessibleName(_("Bij wie"))
        self.who.activated.connect(lambda _index: self._on_who())
        self._course_card = Card(_("Opleiding"))
        self._provider_card = Card(_("Bij wie"), _("Wat hier verandert, verandert voor al hun opleidingen."))
        caption = words(_("School of aanbieder"))
        caption.setObjectName("caption")
        caption.setBuddy(self.who)
        self.fresh = button(_("Nieuwe aanbieder"), self._on_fresh, look="quiet", glyph="add")
        self._provider_card.add(column(caption, self.who, row(self.fresh, None)))
        self._provider_room = QVBoxLayout()
        self._provider_card.add(self._provider_room)
        scroll = Column(margins=0)
        scroll.add(self._course_card)
        scroll.add(self._provider_card)
        self.setLayout(column(row(back, self._heading, None, space=M), scroll, space=M))

    def show_course(self, course: Offering | None) -> None:
        """Change this course, or begin a new one for None."""
        self.leave()
        self._heading.setText(_("Opleiding wijzigen") if course else _("Nieuwe opleiding"))
        seen = catalogue.seen_of(self._desk.workspace, course.id) if course else NOTHING
        self._target = (
            Stored(self._desk, Offering, course.id)
            if course
            else Draft(self._desk, Offering, "", **_checked(self._desk))
        )
        before, self.course = (
            self.course,
            RecordForm(self._desk, Offering, self._target, COURSE, course, seen=seen),
        )
        if before is not None:
            self._course_card.body.replaceWidget(before, self.course)
            before.hide()
            before.deleteLater()
        else:
            self._course_card.add(self.course)
        self._fill_who(course.provider_id if course else None)
        self.course.focus_first()

    def _fill_who(self, provider_id: str | None) -> None:
        self.who.clear()
        self.who.addItem(_("Kies een aanbieder"), None)
        for one in catalogue.providers(self._desk.workspace):
            self.who.addItem(one.name or _("Zonder naam"), one.id)
        self.who.setCurrentIndex(max(0, self.who.findData(provider_id)))
        self._show_provider(provider_id)

    def _show_provider(self, provider_id: str | None) -> None:
        found = {one.id: one for one in catalogue.providers(self._desk.workspace)}
        self._put_provider(found.get(provider_id or ""))

    def _put_provider(self, provider: Provider | None, *, fresh: bool = False) -> None:
        before, self.provider = self.provider, None
        if before is not None:
            before.flush()
            self._provider_room.removeWidget(before)
            before.hide()
            before.deleteLater()
        if provider is not None or fresh:
            target: Target = (
                Stored(self._desk, Provider, provider.id)
                if provider
                else Draft(self._desk, Provider, "", self._on_made)
            )
            seen = catalogue.seen_of(self._desk.workspace, provider.id) if provider else NOTHING
            self.provider = RecordForm(self._desk, Provider, target, PROVIDER, provider, seen=seen)
            self._provider_room.addWidget(self.provider)

    def _on_fresh(self) -> None:
        self.who.setCurrentIndex(0)
        self._put_provider(None, fresh=True)
        if self.provider is not None:
            self.provider.focus_first()

    def _on_made(self, provider: Record) -> None:
        """A new provider is kept: it is the one of this course."""
        self._link(provider.id)
        self.who.addItem(_("Nieuwe aanbieder"), provider.id)
        self.who.setCurrentIndex(self.who.count() - 1)

    def _on_who(self) -> None:
        provider_id = self.who.currentData()
        self._desk.when_free(lambda: self._link(provider_id))
        self._show_provider(provider_id)

    def _link(self, provider_id: str | None) -> None:
        if self._target is not None and self.course is not None:
            self.course.flush()
            self._target.write({"provider_id": provider_id}, NOTHING)
            self._desk.kept.emit()

    def forms(self) -> list[RecordForm[Record]]:
        """The forms that are open."""
        return [form for form in (self.course, self.provider) if form is not None]

    def leave(self) -> None:
        """Keep what is being typed."""
        for form in self.forms():
            form.flush()

    def leave_it(self) -> None:
        """Keep what is typed and go back, unless something does not fit: then that is said beside it."""
        self.leave()
        if not any(form.waiting for form in self.forms()):
            self.left.emit()

    def memo(self) -> list[dict[str, Any]]:
        """What is typed and not kept."""
        return [form.place | form.memo() for form in self.forms()]

    def recall(self, memos: list[Mapping[str, Any]]) -> None:
        """Put that back."""
        for memo in memos:
            for form in self.forms():
                if form.address == memo["form"]:
                    form.recall(memo)


def _checked(desk: Desk) -> dict[str, Any]:
    """Who writes a course down has just looked at it."""
    return {"checked_on": desk.workspace.today()}
