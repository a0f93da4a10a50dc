"""The six fields of a quick info question, and what was typed in them as answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Record, Value, field_of
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.quick_question import Asked
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.editors.choosing import ChoiceSegments
from leerwinkel_desktop.ui.editors.codes import CodeEditor
from leerwinkel_desktop.ui.editors.lines import LineEditor
from leerwinkel_desktop.ui.editors.values import day_text, parse_birth, parse_names
from leerwinkel_desktop.ui.field_box import FieldBox, beside

_FIELDS: Final[dict[str, tuple[type[Record], str, str]]] = {
    "name": (Client, "first_name", _("Naam of roepnaam")),
    "birth": (Client, "birth_year", _("Geboortejaar of geboortedatum")),
    "gender": (Client, "gender", _("Geslacht")),
    "level": (Trajectory, "level_at_intake", _("Hoogste diploma")),
    "question": (LearningQuestion, "type", _("Vraag")),
    "referral": (Trajectory, "referral_source", _("Doorverwezen door")),
}
_BOX_OF: Final = {
    "first_name": "name",
    "last_name": "name",
    "birth_year": "birth",
    "birth_date": "birth",
    "gender": "gender",
    "level_at_intake": "level",
    "type": "question",
    "own_words": "question",
    "referral_source": "referral",
}
"""Which box a field of a record is typed in."""


def boxes_of(workspace: Workspace) -> dict[str, FieldBox]:
    """The six boxes, in the order in which they are asked."""
    return {name: _box(workspace, name) for name in _FIELDS}


def _box(workspace: Workspace, name: str) -> FieldBox:
    record, own, label = _FIELDS[name]
    field = replace(field_of(record, own), label=label)
    editor = _editor(workspace, name, field)
    for widget in (editor, editor.focusProxy()):
        if widget is not None and not isinstance(editor, ChoiceSegments):
            widget.setAccessibleName(label)
    box = FieldBox(field, editor)
    box.want(True)  # a queue is no place for what the figures would like
    return box


def _editor(workspace: Workspace, name: str, field: Field) -> QWidget:
    if name == "name":
        return LineEditor(lambda text: text.strip() or None, _shown)
    if name == "birth":
        return LineEditor(lambda text: parse_birth(field.name, text, workspace.today()), _shown)
    codelist = workspace.codelists[field.codelist or ""]
    if name == "gender":
        return ChoiceSegments(field, codelist, workspace.today)
    editor = CodeEditor(field, codelist, workspace.today)
    if name == "question":
        editor.set_hint(_("Typ om te zoeken, of in eigen woorden"))
    return editor


def _shown(value: Value) -> str:
    return day_text(value) if isinstance(value, date) else "" if value is None else str(value)


def asked_in(boxes: dict[str, FieldBox]) -> Asked | None:
    """The answers, or None with a word beside what does not fit; a question may be in their own words."""
    values: dict[str, Any] = {}
    for name, box in boxes.items():
        try:
            values[name] = box.editor.value()
            box.complain("")
        except InvalidValue as error:
            if name == "question":
                values["own_words"] = str(box.editor.typed()).strip()
                continue
            box.complain(beside(box.field, error))
    return asked_of(values) if values.keys() >= boxes.keys() - {"question"} else None


def fitting(boxes: dict[str, FieldBox]) -> Asked:
    """The answers that fit by now; nothing is called wrong yet."""
    values: dict[str, Any] = {}
    for name, box in boxes.items():
        try:
            values[name] = box.editor.value()
        except InvalidValue:
            values[name] = None
    return asked_of(values)


def asked_of(values: dict[str, Any]) -> Asked:
    """The answers by name of their box."""
    name, birth = values.get("name") or "", values.get("birth")
    names = parse_names(name)
    return Asked(
        first_name=names.get("first_name", name or None),
        last_name=names.get("last_name"),
        birth_year=birth if isinstance(birth, int) else None,
        birth_date=birth if isinstance(birth, date) else None,
        gender=values.get("gender"),
        level=values.get("level"),
        question=values.get("question"),
        own_words=values.get("own_words"),
        referral=values.get("referral"),
    )


def complain(boxes: dict[str, FieldBox], error: InvalidValue) -> None:
    """Say beside the box what the record does not take, and go there."""
    box = boxes[_BOX_OF.get(error.field, "name")]
    box.complain(beside(box.field, error))
    box.widget.setFocus()
