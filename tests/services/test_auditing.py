"""The administrator reads the audit trail with filters; it goes out without names."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.services import auditing, dossiers, profile
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.auditing import Filter

DAY = 86_400_000


@pytest.fixture
def trail(team):
    """Entries on three days: made on the first, opened on the second and the third."""
    view = dossiers.create(team.office, first_name="Verzonnen")
    for _ in range(2):
        team.office_clock.now += DAY
        dossiers.load(team.office, view.client.id)
    return team.office, view


def actions(found):
    return [entry.action for entry in found]


def test_newest_first_and_by_what_is_asked(trail):
    office, view = trail
    assert actions(auditing.entries(office))[:3] == ["dossier.opened", "dossier.opened", "dossier.created"]
    about = auditing.entries(office, Filter(subject=view.client.id))
    assert actions(about) == ["dossier.opened", "dossier.opened", "dossier.created"]
    assert actions(auditing.entries(office, Filter(action="dossier.created"))) == ["dossier.created"]
    assert len(auditing.entries(office, Filter(action="dossier"))) == 3
    assert auditing.entries(office, Filter(action="doss")) == []
    assert auditing.entries(office, Filter(user="Niemand")) == []
    assert len(auditing.entries(office, Filter(user=office.user, action="dossier"))) == 3
    occurring = auditing.choices(auditing.entries(office))
    assert occurring[0] == [office.user]
    assert "dossier.opened" in occurring[1]


def test_by_days_both_included(trail):
    office, _ = trail
    at = [entry.at_ms for entry in auditing.entries(office, Filter(action="dossier"))]
    days = [date.fromtimestamp((ms or 0) / 1000) for ms in at]
    second = Filter(action="dossier", start=days[1], end=days[1])
    assert [entry.at_ms for entry in auditing.entries(office, second)] == [at[1]]
    assert len(auditing.entries(office, Filter(action="dossier", start=days[1]))) == 2
    assert len(auditing.entries(office, Filter(action="dossier", end=days[1]))) == 2


def test_only_an_administrator_reads_it(trail, tmp_path):
    office, _ = trail
    for role in ("COUNSELLOR", "OFFICE"):
        other = replace(office, opened=replace(office.opened, role=role))
        with pytest.raises(NotAllowed):
            auditing.entries(other)
        with pytest.raises(NotAllowed):
            auditing.export(other, tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()


def test_in_the_prison_profile_the_passphrase_comes_first(trail, tmp_path):
    office, _ = trail
    profile.choose(office, "prison")
    office.opened.confirmed_ms = None
    with pytest.raises(profile.PassphraseNeeded):
        auditing.export(office, tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()


def test_it_goes_out_without_names(trail, tmp_path):
    office, view = trail
    count = auditing.export(office, tmp_path / "log.csv", Filter(action="dossier"))
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert (count, len(rows)) == (3, 4)
    assert tuple(rows[0]) == auditing.HEADING
    assert rows[1][3] == view.client.id
    assert office.user not in text
    assert "Verzonnen" not in text
    assert actions(auditing.entries(office))[0] == "audit.exported"


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit_entry SET subject = 'ander' WHERE number = {n}",
        "UPDATE audit_entry SET at_ms = at_ms + 1 WHERE number = {n}",
        "DELETE FROM audit_entry WHERE number = {n}",
        "UPDATE audit_entry SET user = 'Iemand' WHERE number = {n}",
    ],
)
def test_what_was_changed_is_found(trail, harm):
    office, _ = trail
    assert auditing.first_broken(office) is None
    with office.database.bare() as connection:
        last = connection.execute("SELECT max(number) FROM audit_entry").fetchone()[0]
        connection.execute(harm.format(n=last - 1))
    assert auditing.first_broken(office) in (last - 1, last)


def test_a_break_is_written_down_once(trail):
    office, _ = trail
    assert auditing.check_on_start(office) is None
    with office.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET action = 'anders' WHERE number = 2")
    assert [auditing.check_on_start(office) for _ in range(2)] == [2, 2]
    assert len(auditing.entries(office, Filter(action="audit.broken"))) == 1
