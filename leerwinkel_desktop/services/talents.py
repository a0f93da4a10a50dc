"""What a counsellor does with talents beside typing them: put them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.services.workspace import Workspace


def arrange(workspace: Workspace, talent_ids: Sequence[str]) -> None:
    """Put talents in this order, in one transaction; the first three come on the sheet. Raises NotFound."""
    with workspace.database.write() as transaction:
        transaction.save_all(
            replace(transaction.get(Talent, own), position=place)
            for place, own in enumerate(talent_ids, start=1)
        )
