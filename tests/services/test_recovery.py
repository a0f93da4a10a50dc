"""A forgotten passphrase: through the office, or with the printed text alone; and who may not, may not."""

from __future__ import annotations

import dataclasses
import shutil

import msgspec
import pytest

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import (
    access,
    backups,
    dossiers,
    exchange,
    passphrases,
    recovery,
    users,
    vaults,
)
from leerwinkel_desktop.services import trust as trusting
from leerwinkel_desktop.store import keys, slots
from leerwinkel_desktop.store.errors import NoWayIn, TooManyTries, UnknownUser, WrongPassphrase
from sync.errors import FingerprintDiffers, FingerprintMistyped

NEW = "molen gordijn perzik brug uil kachel"
SECOND = "walnoot spiegel trein kano das ochtend"
ME = "Begeleider"
CHEAP = vaults.TESTS_ONLY


@pytest.fixture
def sheet(tools, tmp_path):
    """An office with its printed key, and its laptop, closed, with a dossier that waits."""
    made = vaults.create(tmp_path / "office", tools.PASSPHRASE, cost=CHEAP)
    laptop = tools.make(tmp_path / "laptop", tools.Clock(), role="laptop", name="Jobbeurs")
    tools.meet(made.workspace, laptop, tmp_path)
    dossiers.create(laptop, first_name="Verzonnen")
    users.add(laptop, "Tweede Verzonnen", "COUNSELLOR", SECOND, CHEAP)
    laptop.close()
    yield Desk(made.workspace, made.recovery_identity or "", made.root_key, laptop.folder, tmp_path)
    made.workspace.close()


class Desk:
    def __init__(self, office, text, root, laptop, folder):
        self.office, self.text, self.root, self.laptop = office, text, root, laptop
        self.ask, self.reply = folder / "vraag.lwr", folder / "antwoord.lwr"

    def request(self, user=ME, word=NEW):
        return recovery.request(self.laptop, user, word, self.ask, cost=CHEAP)

    def answer(self, typed):
        recovery.answer(self.office, recovery.read_request(self.ask), typed, self.reply)

    def accept(self, word=NEW):
        return recovery.accept(self.laptop, self.reply, word, cost=CHEAP)


def test_through_the_office_from_end_to_end(sheet, tools):
    desk = sheet
    before = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    waiting, me, key = exchange.pending(before), before.opened.user_id, before.opened.key
    before.close()
    assert recovery.waiting_for_answer(desk.laptop) is None
    shown = desk.request()
    assert recovery.waiting_for_answer(desk.laptop) == shown
    asked = recovery.read_request(desk.ask)
    assert asked.fingerprint == shown
    assert recovery.laptop_name(desk.office, asked) == "Jobbeurs"
    desk.answer(shown)
    opened = desk.accept()
    assert (opened.opened.user_id, opened.user, opened.opened.role) == (me, ME, "ADMINISTRATOR")
    assert opened.opened.key == key
    assert exchange.pending(opened) == waiting
    assert "vault.recovered" in [row[4] for row in tools.dump(opened)["audit_entry"]]
    assert ("recovery.answered", asked.owner) in [row[4:6] for row in tools.dump(desk.office)["audit_entry"]]
    opened.close()
    assert recovery.waiting_for_answer(desk.laptop) is None
    with pytest.raises(WrongPassphrase):
        vaults.unlock(desk.laptop, tools.PASSPHRASE)
    for word in (NEW, SECOND):
        vaults.unlock(desk.laptop, word).close()
    with pytest.raises(recovery.NoRequest):
        desk.accept()


def test_nothing_secret_travels_or_waits_readable(sheet, tools):
    desk = sheet
    desk.answer(desk.request())
    opened = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    key = opened.opened.key
    opened.close()
    for path in (desk.ask, desk.reply, desk.laptop / recovery.PENDING):
        raw = path.read_bytes()
        assert key not in raw
        assert b"AGE-SECRET-KEY" not in raw
        assert NEW.encode() not in raw
        assert b"Verzonnen" not in desk.ask.read_bytes()


def test_what_waits_needs_the_new_passphrase(sheet):
    """Whoever takes the laptop and the stick with the answer has no way in; guessing is slowed down."""
    desk = sheet
    desk.answer(desk.request())
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            desk.accept("een gok van een dief")
    with pytest.raises(TooManyTries):
        desk.accept()


def test_signs_that_differ_get_no_answer(sheet):
    desk = sheet
    shown = desk.request()
    asked = recovery.read_request(desk.ask)
    other = desk.request("Tweede Verzonnen")
    assert other != shown
    for typed, error in (
        (shown, FingerprintDiffers),
        (other[:-1] + ("0" if other[-1] != "0" else "1"), FingerprintMistyped),
        ("", FingerprintMistyped),
    ):
        with pytest.raises(error):
            desk.answer(typed)
    with pytest.raises(FingerprintDiffers):
        recovery.answer(desk.office, asked, other, desk.reply)
    assert not desk.reply.exists()
    desk.answer(other.lower().replace("-", " "))


def test_an_answer_to_an_earlier_request(sheet):
    desk = sheet
    desk.answer(desk.request())
    desk.request()
    with pytest.raises(recovery.AnswerForAnother):
        desk.accept()


def test_an_answer_after_the_key_has_changed(sheet, tools):
    desk = sheet
    desk.answer(desk.request())
    opened = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    users.change_key(opened)
    opened.close()
    with pytest.raises(recovery.AnswerForAnother):
        desk.accept()
    vaults.unlock(desk.laptop, tools.PASSPHRASE).close()
    desk.answer(desk.request())
    desk.accept().close()


@pytest.mark.parametrize("state", ["LOST", "REVOKED", "unknown"])
def test_a_laptop_that_is_out_gets_no_answer(sheet, state):
    desk = sheet
    shown = desk.request()
    asked = recovery.read_request(desk.ask)
    if state == "LOST":
        trusting.lost(desk.office, asked.owner)
    elif state == "REVOKED":
        trusting.revoke(desk.office, asked.owner)
    else:
        asked = dataclasses.replace(asked, owner="0" * 32)
    with pytest.raises(recovery.RefusedLaptop):
        recovery.answer(desk.office, asked, shown, desk.reply)
    assert not desk.reply.exists()


def test_a_thief_cannot_pass_his_slot_off_as_another_laptops(sheet, tools):
    """The owner is bound into the sealed slot: with another name on it, the office cannot open it."""
    desk = sheet
    desk.request()
    file = msgspec.json.decode(desk.ask.read_bytes())
    file["hub"]["owner"] = desk.office.device().actor
    desk.ask.write_bytes(msgspec.json.encode(file))
    asked = recovery.read_request(desk.ask)
    with pytest.raises((recovery.RefusedLaptop, EnvironmentProblem)):
        recovery.answer(desk.office, asked, asked.fingerprint, desk.reply)
    assert not desk.reply.exists()


def test_only_the_office_answers(sheet, tools):
    desk = sheet
    shown = desk.request()
    asked = recovery.read_request(desk.ask)
    laptop = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    with pytest.raises(trusting.NotAnOffice):
        recovery.answer(laptop, asked, shown, desk.reply)
    laptop.close()
    counsellor = dataclasses.replace(
        desk.office, opened=dataclasses.replace(desk.office.opened, role="COUNSELLOR")
    )
    with pytest.raises(access.NotAllowed):
        recovery.answer(counsellor, asked, shown, desk.reply)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format":2}', bytes(range(256)), b"[" * 60_000])
def test_a_file_that_is_no_request(sheet, content):
    desk = sheet
    desk.ask.write_bytes(content)
    with pytest.raises(recovery.NotARequest):
        recovery.read_request(desk.ask)


@pytest.mark.parametrize("content", [b"", b"age-encryption.org/v1\n", bytes(range(256)), b"x" * 100_000])
def test_a_file_that_is_no_answer(sheet, content):
    desk = sheet
    desk.request()
    desk.reply.write_bytes(content)
    with pytest.raises(recovery.AnswerForAnother):
        desk.accept()


def test_a_request_needs_a_good_passphrase_and_a_user(sheet):
    desk = sheet
    with pytest.raises(passphrases.WeakPassphrase):
        desk.request(word="kort")
    with pytest.raises(UnknownUser):
        desk.request("Niemand")
    with pytest.raises(UnknownUser):
        recovery.request(desk.laptop, None, NEW, desk.ask, cost=CHEAP)
    assert not desk.ask.exists()


def test_a_laptop_that_no_office_knows_has_no_other_way(tools, tmp_path):
    tools.make(tmp_path / "los", tools.Clock(), role="laptop").close()
    with pytest.raises(NoWayIn):
        recovery.request(tmp_path / "los", ME, NEW, tmp_path / "vraag", cost=CHEAP)


def test_the_printed_text_alone_opens_the_office(sheet, tools):
    """As it stands on paper: in groups, over two lines, typed in small letters."""
    desk = sheet
    desk.office.close()
    paper = "\n".join(
        ("Herstelblad", " ".join(recovery.groups(desk.text)[:8]), " ".join(recovery.groups(desk.text)[8:]))
    )
    opened = recovery.open_with_sheet(desk.office.folder, paper.lower(), ME, NEW, cost=CHEAP)
    assert opened.opened.role == "ADMINISTRATOR"
    assert vaults.check(opened).good
    opened.close()
    vaults.unlock(desk.office.folder, NEW).close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(desk.office.folder, tools.PASSPHRASE)


def test_the_printed_text_alone_lets_a_laptop_in_when_the_office_is_dead(sheet):
    desk = sheet
    desk.office.close()
    shutil.rmtree(desk.office.folder)
    shown = desk.request()
    asked = recovery.read_request(desk.ask)
    recovery.answer_with_sheet(asked, shown, desk.text, desk.reply)
    opened = desk.accept()
    assert len(dossiers.search(opened, "", 5)) == 1
    opened.close()


def test_the_secret_is_never_typed_on_a_laptop(sheet):
    desk = sheet
    with pytest.raises(recovery.SheetOnLaptop):
        recovery.open_with_sheet(desk.laptop, desk.text, ME, NEW, cost=CHEAP)


def test_a_sheet_that_was_mistyped_or_is_anothers(sheet, tools, tmp_path):
    desk = sheet
    folder = desk.office.folder
    at = next(at for at in range(30, 60) if desk.text[at] != desk.text[at + 1])
    swapped = desk.text[:at] + desk.text[at + 1] + desk.text[at] + desk.text[at + 2 :]
    for text in ("", "AGE-SECRET-KEY-PQ-1", desk.text[:-1], swapped, desk.text.replace("PQ-", "")):
        with pytest.raises(recovery.SheetMistyped):
            recovery.open_with_sheet(folder, text, ME, NEW, cost=CHEAP)
    other = vaults.create(tmp_path / "ander", tools.PASSPHRASE, cost=CHEAP)
    other.workspace.close()
    with pytest.raises(NoWayIn):
        recovery.open_with_sheet(folder, other.recovery_identity or "", ME, NEW, cost=CHEAP)


def test_the_sheet_is_rehearsed(sheet, tools):
    desk = sheet
    assert recovery.sheet_state(desk.office) == recovery.SheetState(None, None)
    recovery.sheet_printed(desk.office)
    assert recovery.sheet_state(desk.office).rehearsed_ms is None
    last = recovery.groups(desk.text)[-1]
    assert "".join(recovery.groups(desk.text)) == desk.text
    assert not recovery.rehearse(desk.office, desk.text, last[:-1])
    assert recovery.sheet_state(desk.office).rehearsed_ms is None
    assert recovery.rehearse(desk.office, desk.text, f" {last.lower()} ")
    assert recovery.sheet_state(desk.office).rehearsed_ms is not None
    assert recovery.rehearse_whole(desk.office, desk.text)
    with pytest.raises(recovery.SheetMistyped):
        recovery.rehearse_whole(desk.office, "AGE")


def test_a_new_office_key_finds_its_way_to_the_laptops_slot(sheet, tools):
    desk = sheet
    before = slots.ways(desk.laptop)
    assert set(before) == {"hub", "paper"}
    assert before["hub"].recipient != before["paper"].recipient
    laptop = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    with laptop.database.bare() as connection:
        connection.execute("UPDATE actor SET recipient = ? WHERE role = 'office'", (laptop.opened.recipient,))
    laptop.close()
    vaults.unlock(desk.laptop, tools.PASSPHRASE).close()
    assert slots.ways(desk.laptop)["hub"].recipient == laptop.opened.recipient


def test_a_backup_of_a_laptop_opens_through_the_office(sheet, tools, tmp_path):
    desk = sheet
    laptop = vaults.unlock(desk.laptop, tools.PASSPHRASE)
    actor = laptop.device().actor
    backups.write(laptop, tmp_path / "kopie.lwk")
    laptop.close()
    shutil.rmtree(desk.laptop)
    backups.restore(desk.laptop, tmp_path / "kopie.lwk")
    with pytest.raises(NoWayIn):
        vaults.unlock(desk.laptop, tools.PASSPHRASE)
    with pytest.raises(InputError):
        recovery.request(desk.laptop, ME, NEW, desk.ask, cost=CHEAP)
    shown = recovery.request(desk.laptop, None, NEW, desk.ask, name="Verzonnen Beheerder", cost=CHEAP)
    desk.answer(shown)
    opened = desk.accept()
    assert (opened.user, opened.opened.role) == ("Verzonnen Beheerder", "ADMINISTRATOR")
    assert opened.device().actor != actor
    assert len(dossiers.search(opened, "", 5)) == 1
    opened.close()
    vaults.unlock(desk.laptop, NEW).close()


@pytest.mark.parametrize("way", ["hub", "paper"])
def test_a_request_without_the_way_that_would_open_it(sheet, way):
    """A laptop that knows one way only asks through that one; with the other there is nothing to open."""
    desk = sheet
    shown = desk.request()
    asked = recovery.read_request(desk.ask)
    if way == "hub":
        with pytest.raises(NoWayIn):
            recovery.answer(desk.office, dataclasses.replace(asked, hub=None), shown, desk.reply)
    else:
        with pytest.raises(NoWayIn):
            recovery.answer_with_sheet(dataclasses.replace(asked, paper=None), shown, desk.text, desk.reply)
    assert not desk.reply.exists()


def test_an_office_with_more_than_one_key_tries_each(sheet):
    """The laptop has not heard yet of the office's new key: its slot is under the one before."""
    desk = sheet
    trusting.rotate(desk.office, desk.root)
    desk.answer(desk.request())
    desk.accept().close()


def test_the_sheet_of_another_office_opens_no_request(sheet, tools, tmp_path):
    desk = sheet
    other = vaults.create(tmp_path / "ander", tools.PASSPHRASE, cost=CHEAP)
    shown = desk.request()
    with pytest.raises(NoWayIn):
        recovery.answer_with_sheet(
            recovery.read_request(desk.ask), shown, other.recovery_identity or "", desk.reply
        )
    assert not desk.reply.exists()
    assert not recovery.rehearse_whole(desk.office, other.recovery_identity or "")
    assert recovery.sheet_state(desk.office).rehearsed_ms is None
    other.workspace.close()


@pytest.mark.parametrize("change", [{"format": 2}, {"hub": None, "paper": None}])
def test_a_request_of_another_form(sheet, change):
    desk = sheet
    desk.request()
    desk.ask.write_bytes(msgspec.json.encode(msgspec.json.decode(desk.ask.read_bytes()) | change))
    with pytest.raises(recovery.NotARequest):
        recovery.read_request(desk.ask)


def test_what_waits_and_cannot_be_read_is_no_request(sheet):
    desk = sheet
    desk.answer(desk.request())
    (desk.laptop / recovery.PENDING).write_bytes(b"half")
    assert recovery.waiting_for_answer(desk.laptop) is None
    with pytest.raises(recovery.NoRequest):
        desk.accept()


def test_a_laptop_has_no_sheet(tools, tmp_path):
    laptop = tools.make(tmp_path / "los", tools.Clock(), role="laptop")
    text = keys.new_identity()
    for act in (
        lambda: recovery.sheet_printed(laptop),
        lambda: recovery.rehearse_whole(laptop, text),
        lambda: recovery.rehearse(laptop, text, recovery.groups(text)[-1]),
    ):
        with pytest.raises(trusting.NotAnOffice):
            act()
    assert recovery.sheet_state(laptop) == recovery.SheetState(None, None)
    laptop.close()
