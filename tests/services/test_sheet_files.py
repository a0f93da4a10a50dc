"""The exact file of a sheet is kept, told by its hash, sealed where it must be, and can wait for paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.detention import DetentionEpisode, NoAccess
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.sheet_files import LARGEST_FILE, ChangedSheet, SheetFile, packed, unpacked
from leerwinkel_desktop.domain.trajectories import AdviceSheet, LearningQuestion
from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.services import dossiers, exchange, problems, sheet_files, sheets


@pytest.fixture
def view(office):
    made = dossiers.create(office, first_name="Amina", last_name="Verzonnen")
    assert made.trajectory is not None
    dossiers.add(office, LearningQuestion, made.trajectory.id, dream="Ik wil bakker worden.")
    dossiers.add(office, DetentionEpisode, made.dossier.id, request_slip_to="dienst Onderwijs")
    return dossiers.reload(office, made.client.id)


@pytest.fixture
def trajectory(view):
    return view.trajectory.id


def change_dream(office, view):
    question = view.of(LearningQuestion)[0]
    dossiers.change(office, LearningQuestion, question.id, dream="Ik wil kok worden.")


def stored(office):
    with office.database.read() as reader:
        return reader.find(SheetFile)


def test_a_draft_until_it_is_made_ready_and_again_when_a_word_changes(office, view, trajectory):
    live = sheets.live(office, trajectory, "ORDINARY")
    assert "ONTWERP" in extract_text(live.shown.pdf)
    assert "ONTWERP" not in extract_text(live.final)
    sheet_files.confirm(office, trajectory, "ORDINARY", live.final)
    ready = sheets.live(office, trajectory, "ORDINARY")
    assert ready.shown.pdf == ready.final == live.final
    assert ready.version is not None
    assert (ready.version.printed_on, ready.version.confirmed_by) == (None, office.user)
    assert sheets.live(office, trajectory, "ORDINARY", large_print=True).version is None
    change_dream(office, view)
    assert "ONTWERP" in extract_text(sheets.live(office, trajectory, "ORDINARY").shown.pdf)


def test_what_is_read_back_is_what_was_made_ready(office, view, trajectory):
    final = sheets.live(office, trajectory, "ORDINARY").final
    sheet = sheet_files.mark_printed(office, trajectory, "ORDINARY", final)
    change_dream(office, view)
    assert sheet_files.read_back(office, sheet.id) == final
    (version,) = sheet_files.kept(office, trajectory)
    assert (version.version, version.printed_on, version.label) == (1, office.today(), "Gewoon blad")


def test_ready_and_then_printed_is_one_version(office, trajectory):
    final = sheets.live(office, trajectory, "ORDINARY").final
    ready = sheet_files.confirm(office, trajectory, "ORDINARY", final)
    assert ready.printed_at is None
    again = sheet_files.mark_printed(office, trajectory, "ORDINARY", final)
    assert (again.id, again.printed_at) == (ready.id, office.today())
    assert len(stored(office)) == 1


def test_a_file_that_was_changed_is_not_shown_as_the_real_one(office, trajectory):
    final = sheets.live(office, trajectory, "ORDINARY").final
    sheet = sheet_files.confirm(office, trajectory, "ORDINARY", final)
    (file,) = stored(office)
    for content in (packed(final.replace(b"/A", b"/B", 1)), "geen base85 \x7f", (file.content or "")[:-9]):
        dossiers.save(office, replace(file, content=content))
        with pytest.raises(ChangedSheet) as caught:
            sheet_files.read_back(office, sheet.id)
        assert "niet meer" in (problems.sentence(caught.value) or "")


def test_a_file_that_unpacks_without_end_is_refused():
    with pytest.raises(ChangedSheet):
        unpacked(packed(bytes(50_000_000)), "0" * 64)


def test_the_file_for_inside_is_sealed_and_closed_to_who_has_no_access(office, trajectory):
    final = sheets.live(office, trajectory, "INSIDE").final
    sheet = sheet_files.mark_printed(office, trajectory, "INSIDE", final)
    (file,) = stored(office)
    assert file.content is not None
    assert file.content != packed(final)
    assert len(file.content) < LARGEST_FILE
    assert sheet_files.read_back(office, sheet.id) == final
    sheet_files.print_later(office, sheet.id)
    office.database.block = None
    assert sheet_files.kept(office, trajectory) == ()
    assert sheet_files.to_print(office) == ()
    with pytest.raises(NoAccess):
        sheet_files.read_back(office, sheet.id)
    with pytest.raises(NoAccess):
        sheet_files.confirm(office, trajectory, "INSIDE", final)


def test_a_copy_says_so_on_each_page_and_leaves_the_file_alone(office, trajectory):
    final = sheets.live(office, trajectory, "ORDINARY").final
    sheet_files.mark_printed(office, trajectory, "ORDINARY", final)
    (version,) = sheet_files.kept(office, trajectory)
    copy = sheet_files.copy_of(office, version)
    assert page_count(copy) == page_count(final)
    told = extract_text(copy)
    assert told.count("Kopie van") == page_count(final)
    assert "bakker" in told
    assert sheet_files.read_back(office, version.sheet_id) == final


def test_the_list_of_what_is_still_to_be_printed(office, view, trajectory):
    final = sheets.live(office, trajectory, "ORDINARY").final
    sheet = sheet_files.confirm(office, trajectory, "ORDINARY", final)
    assert sheet_files.to_print(office) == ()
    sheet_files.print_later(office, sheet.id)
    (waiting,) = sheet_files.to_print(office)
    assert (waiting.name, waiting.label, waiting.client_id) == (
        "Amina Verzonnen", "Gewoon blad", view.client.id,
    )  # fmt: skip
    sheet_files.print_later(office, sheet.id, on=False)
    assert sheet_files.to_print(office) == ()
    sheet_files.print_later(office, sheet.id)
    sheet_files.printed(office, sheet.id)
    assert sheet_files.to_print(office) == ()
    assert dossiers.reload(office, view.client.id).of(AdviceSheet)[-1].printed_at == office.today()


def test_a_sheet_without_a_file_cannot_wait_or_be_read(office, trajectory):
    bare = dossiers.add(office, AdviceSheet, trajectory, version=1)
    for act in (sheet_files.print_later, sheet_files.read_back):
        with pytest.raises(NotFound):
            act(office, bare.id)
    assert sheet_files.kept(office, trajectory) == ()


def test_a_file_outlives_the_laptop_that_made_it(team, tmp_path):
    view = dossiers.create(team.laptop, first_name="Amina")
    assert view.trajectory is not None
    final = sheets.live(team.laptop, view.trajectory.id, "ORDINARY").final
    sheet = sheet_files.mark_printed(team.laptop, view.trajectory.id, "ORDINARY", final)
    exchange.import_bundle(team.office, exchange.write_bundle(team.laptop, tmp_path).path)
    assert sheet_files.read_back(team.office, sheet.id) == final
