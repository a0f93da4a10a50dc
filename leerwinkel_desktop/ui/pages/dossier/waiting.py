"""Keeps what was typed in parts of a dossier that are not in sight, and does not fit its field yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.ui.field_box import typed_in
from leerwinkel_desktop.ui.forms import RecordForm


class Waiting:
    """One memo for each form; it is put back in the form when its part is drawn again.

    A memo is plain JSON, so that a draft can hold it through a lock (services/drafts.py).
    """

    def __init__(self, memos: Sequence[dict[str, Any]] = ()) -> None:
        self.memos = list(memos)

    def keep(self, part: str, trajectory: str | None, forms: Iterable[RecordForm[Record]]) -> None:
        """Keep what these forms hold that does not fit."""
        for form in forms:
            unfit = {name: box for name, box in form.boxes.items() if box.dirty}
            if unfit:
                typed = {name: typed_in(box) for name, box in unfit.items()}
                told = [box.told for box in unfit.values()]
                place = {"part": part, "trajectory": trajectory}
                self.memos.append({**place, **form.place, "typed": typed, "told": told})

    def take(
        self, part: str, trajectory: str | None, forms: Iterable[RecordForm[Record]]
    ) -> list[dict[str, Any]]:
        """What waits for this part of this trajectory, or for one of these forms; it waits no more."""
        drawn = {form.address for form in forms}
        own = [memo for memo in self.memos if memo["part"] == part]
        here = [memo for memo in own if memo["trajectory"] == trajectory or memo["form"] in drawn]
        self.memos = [memo for memo in self.memos if memo not in here]
        return here

    @property
    def told(self) -> list[str]:
        """The labels of the fields, each with what was typed."""
        return [told for memo in self.memos for told in memo["told"]]
