"""Beside the dossier: what is still to do in it. A line leads to its field; the panel folds away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.early_signals import Sign
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import to_do
from leerwinkel_desktop.services.following import All
from leerwinkel_desktop.services.to_do import Seen, Sort, ToDo
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.declared import Part
from leerwinkel_desktop.ui.pages.dossier.part_view import PartView
from leerwinkel_desktop.ui.pages.dossier.profiled import seen_by
from leerwinkel_desktop.ui.whereabouts import day_and_month
from leerwinkel_desktop.ui.widgets.glyphs import Glyph, GlyphButton
from leerwinkel_desktop.ui.widgets.plain import XS, M, S, clear, row, words
from leerwinkel_desktop.ui.widgets.widths import AT_100, grow
from leerwinkel_desktop.ui.worries import WORRIES

WIDTH: Final = 264
STRIP: Final = 56
MOST_MISSING: Final = 5
BESIDE: Final = 1080
WIDE: Final = 1640
"""In pixels at 100 %: a window that is narrower has no room for the panel beside the cards."""
HEADINGS: Final = {
    Sort.WORRY: _("Let op"),
    Sort.GONE: _("Niet bereikt"),
    Sort.DUE: _("Op te volgen"),
    Sort.BARRIER: _("Doen wij"),
    Sort.MISSING: _("Nog leeg, nodig voor de cijfers"),
}
GLYPHS: Final = {Sort.WORRY: "attention", Sort.GONE: "attention", Sort.DUE: "calendar"}


class ToDoPanel(QWidget):
    """`asked` gives kind and name of a field and the id of its record."""

    asked = Signal(str, str)

    def __init__(self, desk: Desk, records: All, seen: Seen, *, wide: bool = False) -> None:
        super().__init__()
        self._least = WIDE if wide else BESIDE
        self.setObjectName("page")
        self.setAccessibleName(_("Nog te doen"))
        self._desk, self._records, self._seen = desk, records, seen
        self._told: list[ToDo] | None = None
        self.fold = GlyphButton("forward", "", "icon")
        self.fold.clicked.connect(self._on_fold)
        self._title = words(_("Nog te doen"), step="lead", wrap=False)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(XS)
        self._room = self._scrolling()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(S, M, S, M)
        top = row(self._title, None, self.fold)
        layout.addLayout(top)
        layout.addWidget(self._room, 1)
        layout.addStretch(0)
        self._chosen = folded(desk.workspace)
        self._folded = bool(self._chosen)
        self._width = grow(self)
        self._dress()
        self.tell()
        counsellor_only(self)

    def _scrolling(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("column")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, S, 0)
        inside.addLayout(self._lines)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(_("Nog te doen"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def tell(self) -> None:
        """Show what is to do now."""
        found = to_do.to_do(self._desk.workspace, self._records, self._seen)
        if found == self._told:
            return
        self._told = found
        clear(self._lines)
        for sort, group in groupby(found, key=lambda one: one.sort):
            self._show(sort, list(group))
        if not found:
            self._lines.addWidget(words(_("Niets meer te doen. Goed bezig!"), tone="muted"))
        self._dress()

    def _show(self, sort: Sort, found: list[ToDo]) -> None:
        heading = words(HEADINGS[sort], step="small", tone="muted")
        heading.setContentsMargins(S, S, 0, 0)
        self._lines.addWidget(heading)
        shown = found[:MOST_MISSING] if sort is Sort.MISSING else found
        for one in shown:
            made = Line(self._sentence(one), GLYPHS.get(sort, "empty"))
            made.clicked.connect(partial(self._on_line, one))
            self._lines.addWidget(made)
        more = len(found) - len(shown)
        if more:
            rest = words(counted("en nog 1 veld", "en nog {n} velden", more), step="small", tone="muted")
            rest.setContentsMargins(S, 0, 0, 0)
            self._lines.addWidget(rest)

    def _on_line(self, one: ToDo, _checked: bool = False) -> None:
        self.asked.emit(one.where, one.record_id)

    def _sentence(self, one: ToDo) -> str:
        lists, day = self._desk.workspace.codelists, day_and_month(one.day) if one.day else ""
        match one.sort:
            case Sort.WORRY:
                return WORRIES[Sign(one.what)].format(day=day)
            case Sort.BARRIER:
                return lists["barrier"].label_of(one.what)
            case Sort.MISSING:
                return one.what
        moment = lists["follow_up_moment"].label_of(one.what) if one.what else _("Opvolging")
        if one.sort is Sort.GONE:
            return _("{moment} · drie keer geprobeerd. Niet bereikbaar?").format(moment=moment)
        return _("{moment} · sinds {day}").format(moment=moment, day=day)

    def lines(self) -> Iterator[Line]:
        """The lines from top to bottom."""
        for at in range(self._lines.count()):
            item = self._lines.itemAt(at)
            made = None if item is None else item.widget()
            if isinstance(made, Line):
                yield made

    def showEvent(self, event: QShowEvent) -> None:
        """Folded as this user left it; else whole when there is room."""
        super().showEvent(event)
        if self._chosen is None:
            times = QApplication.font().pointSizeF() / AT_100
            self._folded = self.window().width() < self._least * times
            self._dress()

    def _on_fold(self) -> None:
        self._chosen = self._folded = not self._folded
        self._dress()
        now = self._folded
        self._desk.when_free(lambda: keep_folded(self._desk.workspace, now))

    def _dress(self) -> None:
        """Whole, or only the button with the number."""
        urgent = sum(one.sort is not Sort.MISSING for one in self._told or ())
        count = counted("1 ding", "{n} dingen", urgent) if urgent else _("niets dringends")
        name = _("Nog te doen tonen ({count})") if self._folded else _("Nog te doen wegvouwen ({count})")
        self.fold.setAccessibleName(name.format(count=count))
        self.fold.setToolTip(self.fold.accessibleName())
        self.fold.set_glyph(("attention" if urgent else "back") if self._folded else "forward")
        for part in (self._title, self._room):
            part.setVisible(not self._folded)
        width = STRIP if self._folded else WIDTH
        self._width.set(width, width)


class Line(QPushButton):
    """One thing to do, on as many lines as it takes; pressing it goes to its field."""

    def __init__(self, text: str, glyph: str) -> None:
        super().__init__()
        self.setProperty("look", "line")
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        self.told = words(text)
        sign = Glyph(glyph)
        across = row(sign, self.told, space=S, margins=S)
        across.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        across.setStretch(1, 1)
        self.setLayout(across)
        for part in (sign, self.told):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.minimumSize()


def _name(workspace: Workspace) -> str:
    return f"to_do.folded.{workspace.user}"


def folded(workspace: Workspace) -> bool | None:
    """Whether this user folded the panel away; None for who never chose."""
    with workspace.database.read() as reader:
        return {"1": True, "0": False}.get(reader.setting(_name(workspace)) or "")


def keep_folded(workspace: Workspace, now: bool) -> None:
    """Remember it for this user, on this computer."""
    with workspace.database.write() as transaction:
        transaction.set_setting(_name(workspace), str(int(now)))


def beside(desk: Desk, drawn: PartView, part: Part, go: Callable[[str, str], None]) -> ToDoPanel:
    """The panel beside the cards of a part."""
    made = ToDoPanel(desk, drawn.records, seen_by(desk.workspace), wide=part.wide)
    made.asked.connect(go)
    drawn.refreshed.connect(made.tell)
    return made
