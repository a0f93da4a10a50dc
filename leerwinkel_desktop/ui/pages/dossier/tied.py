"""Fields that are only asked after another answer: why not lower, the reason why somebody did not start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Record, Value
from leerwinkel_desktop.domain.training import FollowUp, TrainingStart
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.ui.field_box import FieldBox, Seen
from leerwinkel_desktop.ui.forms import RecordForm

R = TypeVar("R", bound=Record)
ANY: Final = None
AFTER: Final[dict[type[Record], dict[str, tuple[str, str | None]]]] = {
    Trajectory: {
        "willingness_why": ("willingness", ANY),
        "close_reason": ("status", "CLOSED"),
        "closed_on": ("status", "CLOSED"),
        "discovery_channel": ("referral_source", "EIGEN"),
    },
    FollowUp: {"not_started_reason": ("outcome", "NOT_STARTED")},
    TrainingStart: {"stop_reason": ("status", "STOPPED")},
}
"""By kind and field: the field that comes first, and the answer on which it is asked (ANY answer)."""


class TiedForm(RecordForm[R]):
    """A form that shows such a field with its answer, and for as long as something stands in it."""

    def __init__(self, desk: Any, kind: type[R], *others: Any, **more: Any) -> None:
        super().__init__(desk, kind, *others, **more)
        self._after = {
            name: after
            for name, after in AFTER.get(kind, {}).items()
            if name in self.boxes and after[0] in self.boxes
        }
        for name, (first, _answer) in self._after.items():
            self.boxes[first].editor.changed.connect(self._show_fitting)
            self.boxes[name].widget.setProperty("wide", True)  # hidden, it leaves no hole
        self._place_again()
        self._show_fitting()

    def refresh(self, record: Record, seen: Seen) -> None:
        """See RecordForm."""
        super().refresh(record, seen)
        self._show_fitting()

    def recall(self, memo: Mapping[str, Any]) -> None:
        """See RecordForm."""
        super().recall(memo)
        self._show_fitting()

    def _show_fitting(self) -> None:
        for name, (first, answer) in self._after.items():
            value, box = _value(self.boxes[first]), self.boxes[name]
            asked = value is not None if answer is ANY else value == answer
            box.setVisible(asked or box.typing or _value(box) not in (None, ()))


def _value(box: FieldBox) -> Value:
    try:
        return box.editor.value()
    except InvalidValue:
        return box.shown
