"""A draft is kept for each user, sealed beside the database; it goes with its client and follows the key."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import along, backups, dossiers, drafts, exchange, users, vaults
from leerwinkel_desktop.services.drafts import Draft
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.store import drafts as sealed
from leerwinkel_desktop.store.errors import DamagedDraft, DiskFull, VaultUnreachable

SECOND = "molen gordijn perzik brug uil kachel"
WORDS = "Verzonnen woorden van gisteren"


@pytest.fixture
def second(office):
    """The same vault as another user has it in hand."""
    user = users.add(office, "Tweede", "ADMINISTRATOR", SECOND, vaults.TESTS_ONLY)
    return replace(office, opened=replace(office.opened, user="Tweede", user_id=user.id))


def someone(workspace, **values):
    return dossiers.create(workspace, first_name="Verzonnen", **values).client.id


def about(client_id, *unsaved):
    return Draft("dossier", client_id, {"forms": [{"typed": {"notes": [WORDS, True]}}]}, unsaved)


def waiting(client_id):
    return drafts.unsaved(client_id, Client, client_id, None, {"notes": WORDS}, {})


def file_of(workspace):
    return workspace.folder / sealed.FOLDER / workspace.opened.user_id


def files(folder):
    return [path for path in (folder / sealed.FOLDER).rglob("*") if path.is_file()]


def test_a_draft_comes_back_and_stays(office):
    assert drafts.find(office) is None
    who = someone(office)
    drafts.keep(office, about(who, waiting(who)))
    assert drafts.find(office) == about(who, waiting(who))
    assert drafts.find(office) == about(who, waiting(who))


def test_the_next_draft_takes_its_place(office):
    drafts.keep(office, about(someone(office)))
    drafts.keep(office, Draft("figures"))
    assert drafts.find(office) == Draft("figures")
    drafts.drop(office)
    assert drafts.find(office) is None
    drafts.drop(office)


def test_each_user_has_a_draft_of_their_own(office, second):
    mine = about(someone(office))
    drafts.keep(office, mine)
    assert drafts.find(second) is None
    drafts.keep(second, Draft("figures"))
    assert drafts.find(office) == mine
    shutil.copyfile(file_of(office), file_of(second))
    with pytest.raises(DamagedDraft):
        drafts.find(second)


def test_a_draft_is_no_change_and_no_audit_entry(office, tools):
    who = someone(office)
    before = tools.dump(office)
    drafts.keep(office, about(who))
    assert tools.dump(office) == before


def test_it_waits_for_nobody_who_writes(office, tools):
    """As an import does, somebody holds the write lock; the draft is on the disk meanwhile."""
    who = someone(office)
    other = vaults.unlock(office.folder, tools.PASSPHRASE)
    with other.database.write():
        drafts.keep(office, about(who))
        assert drafts.find(office) == about(who)
    other.close()


def test_it_is_sealed(office):
    drafts.keep(office, about(someone(office)))
    (path,) = files(office.folder)
    assert WORDS.encode() not in path.read_bytes()
    assert b"dossier" not in path.read_bytes()


def test_what_waited_is_saved_once(office):
    view = dossiers.create(office, first_name="Verzonnen")
    who, made = view.client.id, new_id()
    drafts.save(office, waiting(who))
    row = drafts.unsaved(who, Talent, made, view.dossier.id, {"description": "Rekent snel"}, {})
    for _ in range(2):
        drafts.save(office, row)
        drafts.save(office, waiting(who))
    found = dossiers.reload(office, who)
    assert found.client.notes == WORDS
    assert [(one.id, one.description) for one in found.of(Talent)] == [(made, "Rekent snel")]


# Who goes, goes from the drafts too


def test_erasing_a_person_leaves_the_others(office, second):
    gone, stays = someone(office), someone(office)
    drafts.keep(office, about(gone, waiting(stays)))
    drafts.keep(second, about(stays, waiting(gone)))
    (office.folder / sealed.FOLDER / ".half.0123abcd.part").write_bytes(b"left by a kill")
    erasure.erase(office, gone)
    assert drafts.find(office) == Draft(drafts.START, unsaved=(waiting(stays),))
    assert drafts.find(second) == about(stays)
    assert len(files(office.folder)) == 2


def test_erasing_takes_what_may_name_anybody(office, second):
    gone = someone(office)
    drafts.keep(second, Draft("dossiers", None, {"text": "Verzonnen"}))
    drafts.keep(office, about(gone))
    erasure.anonymise(office, gone)
    assert files(office.folder) == []


def test_a_question_over_a_page_may_name_anybody_and_goes_with_an_erasure(office):
    one, other = someone(office), someone(office)
    over = {"open": True, "boxes": {"typed": {"name": [WORDS, True, {}]}}}
    drafts.keep(office, Draft("dossier", one, over=over))
    assert drafts.find(office) == Draft("dossier", one, over=over)
    erasure.erase(office, other)
    assert drafts.find(office) == Draft("dossier", one)


def test_who_was_erased_is_not_kept_again(office):
    """The window of before still shows the person: what it keeps every moment does not bring him back."""
    gone = someone(office)
    erasure.erase(office, gone)
    drafts.keep(office, about(gone, waiting(gone)))
    assert files(office.folder) == []


def test_an_erasure_that_is_killed_is_finished_at_the_next_start(office, tools):
    gone = someone(office)
    drafts.keep(office, about(gone))
    office.close()
    code = """
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.rights import erasure
opened = vaults.unlock(Path(arguments[0]), sys.stdin.readline().rstrip())
sys.setprofile(watch)
erasure.erase(opened, arguments[1])
"""
    done = tools.dying(code, office.folder, gone, when="remove_copies#2")
    assert done.returncode == tools.KILLED, done.stderr
    assert files(office.folder) != []
    vaults.unlock(office.folder, tools.PASSPHRASE).close()
    assert files(office.folder) == []


def test_the_block_takes_the_draft_of_its_person_along(office):
    view = dossiers.create(office, first_name="Verzonnen")
    drafts.keep(office, about(view.client.id))
    erasure.erase_block(office, view.dossier.id)
    assert files(office.folder) == []


def test_who_leaves_a_laptop_leaves_no_draft(team):
    laptop = team.laptop
    gone = someone(laptop)
    exchange.import_bundle(team.office, team.hand_over())
    actor = laptop.device().actor
    exchange.import_bundle(laptop, exchange.write_for_laptop(team.office, actor, team.stick))
    stays = someone(laptop)
    drafts.keep(laptop, about(gone, waiting(stays)))
    along.let_go_here(laptop, [gone])
    assert drafts.find(laptop) == Draft(drafts.START, unsaved=(waiting(stays),))


def test_what_the_office_erased_goes_on_a_laptop(team):
    laptop = team.laptop
    gone = someone(laptop)
    exchange.import_bundle(team.office, team.hand_over())
    drafts.keep(laptop, about(gone))
    erasure.erase(team.office, gone)
    actor = laptop.device().actor
    exchange.import_bundle(laptop, exchange.write_for_laptop(team.office, actor, team.stick))
    assert files(laptop.folder) == []


# Keys, backups, another vault


def test_it_follows_the_key_and_the_passphrase(office, second, tools):
    mine, his = about(someone(office)), about(someone(office))
    drafts.keep(office, mine)
    drafts.keep(second, his)
    old = replace(office.opened)
    users.change_key(office)
    vaults.change_passphrase(office, "walnoot spiegel trein kano das ochtend", vaults.TESTS_ONLY)
    assert drafts.find(office) == mine
    with pytest.raises(DamagedDraft):
        sealed.read(office.folder, old, old.user_id)
    office.close()
    other = vaults.unlock(office.folder, SECOND)
    assert drafts.find(other) == his
    other.close()


def test_a_removed_user_takes_his_draft_along(office, second):
    drafts.keep(second, about(someone(office)))
    users.remove(office, second.opened.user_id)
    assert files(office.folder) == []


@pytest.mark.parametrize("step", ["Database.change_key", "write_durably#3", "move_on", "finish_key_change"])
def test_a_change_of_key_that_is_killed_costs_no_draft(office, tools, step):
    mine = about(someone(office))
    drafts.keep(office, mine)
    office.close()
    code = """
from leerwinkel_desktop.services import users, vaults
opened = vaults.unlock(Path(arguments[0]), sys.stdin.readline().rstrip())
sys.setprofile(watch)
users.change_key(opened)
"""
    done = tools.dying(code, office.folder, when=step)
    assert done.returncode == tools.KILLED, done.stderr
    again = vaults.unlock(office.folder, tools.PASSPHRASE)
    assert again.opened.next_key is None
    assert drafts.find(again) == mine
    again.close()


def test_a_draft_that_is_not_moved_on_is_lost_with_the_key(office, monkeypatch):
    """The control."""
    drafts.keep(office, about(someone(office)))
    monkeypatch.setattr(sealed, "move_on", lambda *_all: None)
    users.change_key(office)
    with pytest.raises(DamagedDraft):
        drafts.find(office)


def test_a_backup_has_no_draft_and_its_vault_neither(office, tools, tmp_path):
    who = someone(office)
    backups.write(office, tmp_path / "kopie.lwk")
    drafts.keep(office, about(who))
    office.close()
    backups.restore(office.folder, tmp_path / "kopie.lwk", tools.PASSPHRASE, replace=True)
    assert [path for path in office.folder.rglob("*") if sealed.FOLDER in path.parts] == []
    again = vaults.unlock(office.folder, tools.PASSPHRASE)
    assert drafts.find(again) is None
    again.close()


# What may happen to the file


@pytest.mark.parametrize("rot", ["flipped", "torn", "empty", "grown"])
def test_a_damaged_draft_is_told_once_and_holds_nothing_up(office, tools, rot):
    drafts.keep(office, about(someone(office)))
    path = file_of(office)
    raw = path.read_bytes()
    flipped = bytes([*raw[:40], raw[40] ^ 1, *raw[41:]])
    path.write_bytes({"flipped": flipped, "torn": raw[:-7], "empty": b"", "grown": raw + b"\0"}[rot])
    office.close()
    again = vaults.unlock(office.folder, tools.PASSPHRASE)
    with pytest.raises(DamagedDraft):
        drafts.find(again)
    assert drafts.find(again) is None
    again.close()


def test_a_damaged_draft_does_not_hold_up_an_erasure(office, second):
    gone = someone(office)
    drafts.keep(second, about(gone))
    raw = file_of(second).read_bytes()
    file_of(second).write_bytes(raw[:-1] + b"\0")
    erasure.erase(office, gone)
    assert file_of(second).read_bytes() == b"", "nothing of it can be read any more"
    with pytest.raises(DamagedDraft):
        drafts.find(second)


def test_a_full_disk_leaves_the_draft_of_before(office, full_after):
    who = someone(office)
    drafts.keep(office, about(who))
    with full_after(office.folder / sealed.FOLDER, 20), pytest.raises(DiskFull):
        drafts.keep(office, about(who, waiting(who)))
    assert drafts.find(office) == about(who)
    drafts.keep(office, about(who, waiting(who)))
    assert drafts.find(office) == about(who, waiting(who))
    assert files(office.folder) == [file_of(office)]


def test_a_place_that_cannot_be_written_is_told(office):
    (office.folder / sealed.FOLDER).write_bytes(b"")  # no folder can be made where a file stands
    with pytest.raises(VaultUnreachable):
        drafts.keep(office, Draft("figures"))


def test_a_file_that_cannot_go_is_told(office):
    file_of(office).mkdir(parents=True)
    with pytest.raises(VaultUnreachable):
        sealed.drop(office.folder, office.opened.user_id)


def test_a_vault_that_went_away_is_told(office):
    gone = office.folder / "elders"
    with pytest.raises(VaultUnreachable):
        sealed.write(gone, office.opened, office.opened.user_id, b"woorden")
    drafts.keep(office, Draft("figures"))
    with pytest.raises(VaultUnreachable):
        sealed.drop(office.folder, "x" * 300)  # the disk refuses even to look


def test_a_file_that_went_meanwhile_holds_no_change_of_key_up(office, second):
    drafts.keep(second, Draft("figures"))
    gone = file_of(office)
    try:
        gone.symlink_to(gone.with_name("nowhere"))  # listed, and not there when it is read
    except OSError:
        pytest.skip("this machine makes no symbolic links for us")
    sealed.move_on(office.folder, office.opened, {office.opened.user_id, second.opened.user_id})
    assert drafts.find(second) == Draft("figures")
