"""What only the counsellor may see is not in sight in client view, whatever else happens to it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from leerwinkel_desktop.ui.client_view import client_view, counsellor_only, wanted


@pytest.fixture
def switch():
    yield client_view()
    client_view().set(False)


@pytest.fixture
def room(qtbot, dressed):
    made = QWidget()
    made.setLayout(QVBoxLayout())
    qtbot.addWidget(made)
    made.show()
    return made


def put(room, text="MEC-2026-0042"):
    made = QLabel(text)
    room.layout().addWidget(made)
    made.show()
    return made


def test_a_marked_widget_is_away_and_comes_back(switch, room):
    secret, own = put(room), put(room, "Amina")
    counsellor_only(secret)
    counsellor_only(secret)
    switch.set(True)
    assert not secret.isVisible()
    assert own.isVisible()
    switch.set(False)
    assert secret.isVisible()


def test_showing_it_meanwhile_waits_until_after(switch, room):
    secret = put(room)
    counsellor_only(secret)
    secret.hide()
    switch.set(True)
    assert not wanted(secret)
    secret.show()
    assert not secret.isVisible()
    assert wanted(secret)
    switch.set(False)
    assert secret.isVisible()


def test_hiding_it_meanwhile_holds_after(switch, room):
    secret = put(room)
    counsellor_only(secret)
    switch.set(True)
    secret.hide()
    switch.set(False)
    assert not secret.isVisible()


def test_what_was_hidden_stays_hidden(switch, room):
    secret = put(room)
    secret.hide()
    counsellor_only(secret)
    switch.set(True)
    switch.set(False)
    assert not secret.isVisible()


@pytest.mark.parametrize("first", ["marked", "placed"])
def test_what_is_made_meanwhile_is_hidden_too(qtbot, switch, room, first):
    switch.set(True)
    secret = QLabel("vertrouwelijk")
    qtbot.addWidget(secret)
    steps = {"marked": lambda: counsellor_only(secret), "placed": lambda: room.layout().addWidget(secret)}
    steps.pop(first)()
    steps.popitem()[1]()
    room.layout().activate()
    assert not secret.isVisible()
    room.hide()
    room.show()
    assert not secret.isVisible()
    switch.set(False)
    assert secret.isVisible()


def test_a_widget_without_a_place_does_not_become_a_window(qtbot, switch, dressed):
    secret = QLabel("vertrouwelijk")
    qtbot.addWidget(secret)
    counsellor_only(secret)
    switch.set(True)
    switch.set(False)
    assert not secret.isVisible()
