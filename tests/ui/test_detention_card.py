"""The card of the detention block is there for those on the access list, and for nobody else."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.parts_begin import DETENTION, WHO


@pytest.mark.parametrize("access", [True, False])
def test_the_card_is_drawn_for_the_access_list_only(desk, qtbot, access):
    made = dossiers.create(desk.workspace, first_name="Verzonnen")
    dossiers.add(desk.workspace, DetentionEpisode, made.dossier.id, prison="Verzonnen")
    if not access:
        desk.workspace.database.block = None
    page = DossierPage(desk, made.client.id)
    qtbot.addWidget(page)
    page.go("data")
    assert page.cards
    told = {label.text() for label in page.findChildren(QLabel)}
    assert (DETENTION.heading in told) is access
    assert WHO.heading in told
