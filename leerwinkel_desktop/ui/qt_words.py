"""The words of Qt's own dialogs that its Dutch catalogue (qtbase_nl) does not have."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTranslator

DUTCH: Final = {
    "&Look in:": "&Zoeken in:",
    "Files of &type:": "Soort &bestanden:",
    "Page &Set:": "Welke pagin&a's:",
    "Double Sided Printing": "Dubbelzijdig afdrukken",
    "Off": "Uit",
    "Long side binding": "Omslaan langs de lange kant",
    "Short side binding": "Omslaan langs de korte kant",
    "Page &order:": "V&olgorde:",
    "Pages &per sheet:": "&Pagina's per blad:",
}


class QtWords(QTranslator):
    """To be installed first, so asked last: what it does not know stays as it is."""

    def translate(
        self,
        context: str,  # noqa: ARG002
        sourceText: str,
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        return DUTCH.get(sourceText, sourceText)

    def isEmpty(self) -> bool:
        return False
