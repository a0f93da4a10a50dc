"""The vault file: the right passphrase opens it, everything else is refused by name and before any work."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from leerwinkel_desktop.store import keys, slots
from leerwinkel_desktop.store.errors import (
    ForeignFile,
    NewerVault,
    NoVault,
    NoWayIn,
    SlotTooExpensive,
    UnknownUser,
    VaultFull,
    VaultUnreachable,
    WrongPassphrase,
)
from leerwinkel_desktop.store.slots.file import encode
from leerwinkel_desktop.store.slots.opened import write
from sync import age

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


@pytest.fixture
def vault(tmp_path):
    return tmp_path, slots.create(tmp_path, "Begeleider", PASSPHRASE, slots.CHEAPEST)


def tamper(folder, change):
    """Change the vault file, with no copy to fall back on."""
    path = folder / slots.FILE
    (folder / slots.COPY).unlink(missing_ok=True)
    data = msgspec.json.decode(path.read_bytes())
    change(data)
    path.write_bytes(msgspec.json.encode(data))


def test_argon2id_is_the_one_of_rfc_9106():
    """RFC 9106 §5.3, with the primitive that derives the keys of the slots."""
    argon = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )
    expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert argon.derive(b"\x01" * 32).hex() == expected


def test_the_passphrase_gives_the_key_back(vault):
    folder, opened = vault
    assert slots.unlock(folder, PASSPHRASE) == opened
    assert len(opened.key) == 32


def test_composed_and_decomposed_passphrases_are_one(tmp_path):
    slots.create(tmp_path, "Begeleider", "pe\u0301ter en vier woorden", slots.CHEAPEST)
    slots.unlock(tmp_path, "péter en vier woorden")


@pytest.mark.parametrize("typed", ["", "x", PASSPHRASE + " ", PASSPHRASE.upper(), "é" * 99, "\ud800"])
def test_another_passphrase_is_wrong(vault, typed):
    folder, _ = vault
    before = (folder / slots.FILE).read_bytes()
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, typed)
    assert (folder / slots.FILE).read_bytes() == before


def test_nothing_secret_stands_in_the_file_or_in_a_picture(vault):
    folder, opened = vault
    raw = (folder / slots.FILE).read_bytes()
    assert opened.key not in raw
    assert opened.key.hex().encode() not in raw
    assert PASSPHRASE.encode() not in raw
    assert opened.key.hex() not in repr(opened)


def test_there_is_no_vault(tmp_path):
    assert not slots.exists(tmp_path)
    for folder in (tmp_path, tmp_path / "weg"):
        with pytest.raises(NoVault):
            slots.unlock(folder, PASSPHRASE)


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "map").write_bytes(b"x")
    assert not slots.exists(tmp_path / "map")
    with pytest.raises((VaultUnreachable, NoVault)):
        slots.unlock(tmp_path / "map", PASSPHRASE)


def test_a_folder_where_the_file_should_be(tmp_path):
    (tmp_path / slots.FILE).mkdir()
    with pytest.raises(VaultUnreachable):
        slots.unlock(tmp_path, PASSPHRASE)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[]", b"null", b'{"format": "1"}', b'{"format": 1}', b'{"name": "pakket"}'),
        *(bytes(range(256)), b"\xff\xfe{\x00}\x00", b"SQLite format 3\0", b"[" * 100_000),
        b'{"format":1' + b" " * 2**20 + b"}",
    ],
)
def test_a_foreign_file(tmp_path, content):
    (tmp_path / slots.FILE).write_bytes(content)
    with pytest.raises(ForeignFile):
        slots.unlock(tmp_path, PASSPHRASE)
    assert (tmp_path / slots.FILE).read_bytes() == content


def test_a_newer_format(vault):
    folder, _ = vault
    tamper(folder, lambda file: file.update(format=3, later={"x": 1}))
    before = (folder / slots.FILE).read_bytes()
    with pytest.raises(NewerVault) as caught:
        slots.unlock(folder, PASSPHRASE)
    assert (caught.value.found, caught.value.known) == (3, 2)
    assert (folder / slots.FILE).read_bytes() == before


@pytest.mark.parametrize("more", [{"m": 2 * 1024 * 1024 + 1}, {"t": 17}, {"p": 17}, {"m": 2**40, "t": 2**31}])
def test_a_cost_above_the_ceiling_is_refused_before_any_work(vault, monkeypatch, more):
    folder, _ = vault
    tamper(folder, lambda file: file["slots"][0]["kdf"].update(more))
    monkeypatch.setattr(keys, "derive", lambda *_: pytest.fail("Argon2 was asked for"))
    with pytest.raises(SlotTooExpensive):
        slots.unlock(folder, PASSPHRASE)


def test_one_expensive_slot_among_good_ones_is_refused(vault, monkeypatch):
    folder, _ = vault

    def add(file):
        bad = msgspec.json.decode(msgspec.json.encode(file["slots"][0]))
        bad["kdf"]["t"] = 1000
        file["slots"].append(bad)

    tamper(folder, add)
    monkeypatch.setattr(keys, "derive", lambda *_: pytest.fail("Argon2 was asked for"))
    with pytest.raises(SlotTooExpensive):
        slots.unlock(folder, PASSPHRASE)


def flip(text):
    """Another base64 text of the same length."""
    return ("B" if text[0] == "A" else "A") + text[1:]


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: slot.update(id="anders"),
        lambda slot: slot.update(recipient=slot["recipient"].upper()),
        lambda slot: slot.update(nonce=flip(slot["nonce"])),
        lambda slot: slot.update(wrapped=flip(slot["wrapped"])),
        lambda slot: slot["kdf"].update(salt=flip(slot["kdf"]["salt"])),
        lambda slot: slot["kdf"].update(t=2),
        lambda slot: slot["kdf"].update(m=128),
    ],
)
def test_a_changed_slot_opens_no_more(vault, change):
    folder, _ = vault
    tamper(folder, lambda file: change(file["slots"][0]))
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE)


def test_the_vault_id_is_bound_too(vault):
    folder, _ = vault
    tamper(folder, lambda file: file.update(vault_id="anders"))
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: slot.update(nonce="AAAA"),
        lambda slot: slot["kdf"].update(salt="AAAA"),
        lambda slot: slot["kdf"].update(p=16, m=8),
        lambda slot: slot["kdf"].update(m=0),
        lambda slot: slot.update(type="hub"),
        lambda slot: slot.update(type="strange"),
        lambda slot: slot.update(extra=1),
        lambda slot: slot.update(user="Iemand anders"),
        lambda slot: slot.update(role="COUNSELLOR"),
        lambda slot: slot.update(sealed=flip(slot["sealed"])),
        lambda slot: slot.update(sealed=slot["sealed"][:800]),
    ],
)
def test_an_impossible_slot_is_foreign(vault, change):
    folder, _ = vault
    tamper(folder, lambda file: change(file["slots"][0]))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)


def test_slots_that_say_they_come_from_a_backup(vault):
    folder, _ = vault
    tamper(folder, lambda file: file.update(restored=True))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)


@pytest.mark.parametrize("more", ["copy", "strange"])
def test_a_slot_added_by_somebody_else_is_noticed(vault, tmp_path_factory, more):
    """The HMAC over all slots: the right passphrase opens its slot, but the list is not ours."""
    folder, _ = vault
    other = tmp_path_factory.mktemp("other")
    slots.create(other, "Insluiper", PASSPHRASE, slots.CHEAPEST)
    strange = msgspec.json.decode((other / slots.FILE).read_bytes())["slots"][0]
    tamper(folder, lambda file: file["slots"].append(strange if more == "strange" else file["slots"][0]))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)


def test_a_changed_mac_is_noticed(vault):
    folder, _ = vault
    tamper(folder, lambda file: file.update(mac=flip(file["mac"])))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)


def test_a_new_passphrase_keeps_the_key_and_the_identity(vault):
    folder, opened = vault
    before = dataclasses.replace(opened)
    slots.change_passphrase(folder, opened, "een heel andere zin met woorden", slots.CHEAPEST)
    again = slots.unlock(folder, "een heel andere zin met woorden")
    assert again == opened
    assert (again.key, again.identity, again.user_id) == (before.key, before.identity, before.user_id)
    assert again.user_key != before.user_key
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE)


def test_a_changed_passphrase_does_not_live_on_in_the_copy(vault):
    folder, opened = vault
    slots.change_passphrase(folder, opened, "een heel andere zin met woorden", slots.CHEAPEST)
    (folder / slots.FILE).unlink()
    assert slots.exists(folder)
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE)
    slots.unlock(folder, "een heel andere zin met woorden")
    assert (folder / slots.FILE).read_bytes() == (folder / slots.COPY).read_bytes()


@pytest.mark.parametrize("place", [0, 20, 300, -400, -60, -4])
@pytest.mark.parametrize("name", [slots.FILE, slots.COPY])
def test_a_flipped_bit_is_mended_from_the_copy(vault, place, name):
    folder, opened = vault
    good = (folder / slots.FILE).read_bytes()
    broken = bytearray(good)
    broken[place] ^= 1
    (folder / name).write_bytes(broken)
    assert slots.unlock(folder, PASSPHRASE) == opened
    assert (folder / slots.FILE).read_bytes() == (folder / slots.COPY).read_bytes() == good


FIRST = Path(__file__).parent / "vaults" / "format-1.json"
FIRST_KEY = "1560eb4556a28e991644872f5e4dfd6c42dde76fffa294d602bc494e021b858f"


def test_a_vault_of_the_first_format_opens_and_becomes_one_of_this(tmp_path):
    (tmp_path / slots.FILE).write_bytes(FIRST.read_bytes())
    (tmp_path / slots.COPY).write_bytes(b"{}")
    assert slots.users(tmp_path) == []
    assert slots.ways(tmp_path) == {}
    with pytest.raises(WrongPassphrase):
        slots.unlock(tmp_path, "een andere zin")
    assert (tmp_path / slots.FILE).read_bytes() == FIRST.read_bytes()
    opened = slots.unlock(tmp_path, PASSPHRASE)
    assert (opened.key.hex(), opened.user, opened.role) == (
        FIRST_KEY,
        "Verzonnen Begeleider",
        "ADMINISTRATOR",
    )
    assert slots.read(tmp_path).format == 2
    assert opened.user_id == "fd041a2f-9816-44ed-9aa9-10787dacbb86"
    assert slots.unlock(tmp_path, PASSPHRASE) == opened
    assert (tmp_path / slots.COPY).read_bytes() == (tmp_path / slots.FILE).read_bytes()


@pytest.mark.parametrize("name", ["user", "mac", "vault_id", "wrapped"])
def test_a_changed_vault_of_the_first_format_is_refused(tmp_path, name):
    file = msgspec.json.decode(FIRST.read_bytes())
    part = file if name in file else file["slots"][0]
    part[name] = flip(part[name])
    (tmp_path / slots.FILE).write_bytes(msgspec.json.encode(file))
    with pytest.raises((WrongPassphrase, ForeignFile)):
        slots.unlock(tmp_path, PASSPHRASE)


def test_the_copy_of_the_first_format_is_no_way_back_to_an_old_passphrase(tmp_path):
    newer = tmp_path / "nieuw"
    newer.mkdir()
    slots.create(newer, "Begeleider", "de zin die nu geldt", slots.CHEAPEST)
    (newer / slots.COPY).write_bytes(FIRST.read_bytes())
    with pytest.raises(WrongPassphrase):
        slots.unlock(newer, PASSPHRASE)


def test_stronger_parameters_are_taken_up_at_the_next_unlock(vault, monkeypatch):
    folder, opened = vault
    slots.change_passphrase(folder, opened, PASSPHRASE, (128, 1, 1))
    monkeypatch.setattr(keys, "FLOOR", (256, 2, 1))
    first = slots.unlock(folder, PASSPHRASE)
    (slot,) = slots.read(folder).slots
    assert isinstance(slot, slots.UserSlot)
    kdf = slot.kdf
    assert (kdf.m, kdf.t, kdf.p) == (256, 2, 1)
    before = (folder / slots.FILE).read_bytes()
    assert slots.unlock(folder, PASSPHRASE) == first
    assert (first.key, first.identity) == (opened.key, opened.identity)
    assert (folder / slots.FILE).read_bytes() == before


def test_strong_parameters_are_never_made_weaker():
    salt = bytes(16)
    assert keys.strengthened(keys.Kdf(m=2**20, t=1, p=4, salt=salt)) == (2**20, 3, 4)
    assert keys.strengthened(keys.Kdf(m=2**20, t=3, p=8, salt=salt)) is None


def test_users_are_bound_to_their_own_slots(vault):
    folder, opened = vault
    second = slots.add_user(folder, opened, "Tweede", "OFFICE", "nog een zin met woorden", slots.CHEAPEST)
    other = slots.unlock(folder, "nog een zin met woorden")
    assert (other.user_id, other.user, other.role, other.key) == (second, "Tweede", "OFFICE", opened.key)
    assert other.identity != opened.identity
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE, user_id=second)
    with pytest.raises(WrongPassphrase):
        slots.confirm(folder, opened, "nog een zin met woorden")
    slots.confirm(folder, opened, PASSPHRASE)
    slots.edit_user(folder, opened, second, "Anders", "COUNSELLOR")
    assert [(u.name, u.role) for u in slots.users(folder)] == [
        ("Begeleider", "ADMINISTRATOR"),
        ("Anders", "COUNSELLOR"),
    ]
    assert slots.unlock(folder, "nog een zin met woorden").role == "COUNSELLOR"
    swap = msgspec.json.decode((folder / slots.FILE).read_bytes())
    swap["slots"][0]["sealed"], swap["slots"][1]["sealed"] = (
        swap["slots"][1]["sealed"],
        swap["slots"][0]["sealed"],
    )
    tamper(folder, lambda file: file.update(swap))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)


@pytest.mark.parametrize("way", ["hub", "paper"])
def test_the_office_and_the_sheet_open_the_same_key(vault, way):
    folder, opened = vault
    identity, other = age.new_identity_text(), age.new_identity_text()
    slots.set_way(folder, opened, way, age.Identity(other).recipient, "actor")
    slots.set_way(folder, opened, way, age.Identity(identity).recipient, "actor")
    file = slots.read(folder)
    assert slots.open_with_identity(file, identity, way) == [opened.key]
    assert list(slots.ways(folder)) == [way]
    with pytest.raises(NoWayIn):
        slots.open_with_identity(file, other, way)
    with pytest.raises(NoWayIn):
        slots.open_with_identity(file, identity, "hub" if way == "paper" else "paper")
    assert slots.unlock(folder, PASSPHRASE) == opened


def test_a_slot_that_travels_is_bound_to_its_vault_and_owner(vault):
    folder, opened = vault
    identity = age.new_identity_text()
    slots.set_way(folder, opened, "hub", age.Identity(identity).recipient, "actor")
    slot = slots.ways(folder)["hub"]
    assert slots.open_slot(opened.vault_id, slot, identity) == [opened.key]
    for vault_id, changed in (
        ("anders", slot),
        (opened.vault_id, msgspec.structs.replace(slot, owner="een ander")),
    ):
        with pytest.raises(ForeignFile):
            slots.open_slot(vault_id, changed, identity)


def test_a_stranger_with_another_key_changes_nothing(vault, tmp_path_factory):
    folder, opened = vault
    before = (folder / slots.FILE).read_bytes()
    stranger = dataclasses.replace(opened, key=bytes(32))
    for act in (
        lambda: slots.add_user(folder, stranger, "X", "OFFICE", "x", slots.CHEAPEST),
        lambda: slots.change_passphrase(folder, stranger, "x", slots.CHEAPEST),
        lambda: slots.begin_key_change(folder, stranger),
        lambda: slots.without_users(folder, stranger),
    ):
        with pytest.raises(ForeignFile):
            act()
    assert (folder / slots.FILE).read_bytes() == before


def test_the_sheet_opens_no_list_that_others_changed(vault):
    folder, opened = vault
    sheet = age.new_identity_text()
    slots.set_way(folder, opened, "paper", age.Identity(sheet).recipient, "actor")
    tamper(folder, lambda file: file["slots"].append(file["slots"][0]))
    with pytest.raises(ForeignFile):
        slots.open_with_identity(slots.read(folder), sheet, "paper")


@pytest.mark.parametrize("version", [0, 1])
def test_a_file_that_says_it_is_older_than_it_is(vault, version):
    folder, _ = vault
    tamper(folder, lambda file: file.update(format=version))
    with pytest.raises(ForeignFile):
        slots.read(folder)
    with pytest.raises(ForeignFile):
        slots.decode((folder / slots.FILE).read_bytes())


def test_a_user_who_is_let_in_anew_still_stands_in_a_copy(vault):
    """A vault out of a backup stays one until its new life begins, whoever is helped first."""
    folder, opened = vault
    (folder / slots.FILE).write_bytes(slots.as_restored(folder, opened))
    (folder / slots.COPY).unlink()
    copy = slots.unlock(folder, PASSPHRASE)
    made = slots.reset_user(folder, copy, copy.user_id, "nog een zin met woorden", slots.CHEAPEST)
    assert made.restored
    assert made == slots.unlock(folder, "nog een zin met woorden")


def test_who_has_no_slot_any_more_changes_nothing(vault):
    folder, opened = vault
    gone = dataclasses.replace(opened, user_id="weg")
    before = (folder / slots.FILE).read_bytes()
    for act in (
        lambda: slots.change_passphrase(folder, gone, "een heel andere zin", slots.CHEAPEST),
        lambda: slots.edit_user(folder, opened, "weg", "Anders"),
        lambda: slots.reset_user(folder, opened, "weg", "een heel andere zin", slots.CHEAPEST),
    ):
        with pytest.raises(UnknownUser):
            act()
    assert gone.user_key == opened.user_key
    assert (folder / slots.FILE).read_bytes() == before


def test_there_is_an_end_to_the_slots(vault):
    folder, opened = vault
    slot = slots.read(folder).slots[0]
    write(folder, opened, [slot] * slots.MOST_SLOTS)
    with pytest.raises(VaultFull):
        slots.add_user(folder, opened, "X", "OFFICE", "een zin te veel", slots.CHEAPEST)


def ways_in(folder, known, sheet):
    """Open the vault in every way that should open it, and see that it is one key."""
    found = {slots.unlock(folder, word, who).key for who, word in known.items()}
    found |= set(slots.open_with_identity(slots.read(folder), sheet, "paper"))
    assert len(found) == 1


@pytest.mark.parametrize("rounds", [30, pytest.param(1000, marks=pytest.mark.soak)])
def test_slots_come_and_go_in_random_order(vault, rounds):
    folder, opened = vault
    sheet, chance = age.new_identity_text(), random.Random(7)
    slots.set_way(folder, opened, "paper", age.Identity(sheet).recipient, "actor")
    known, gone = {opened.user_id: PASSPHRASE}, []
    for turn in range(rounds):
        someone = chance.choice(sorted(known))
        opened = slots.unlock(folder, known[someone], someone)
        others = sorted(set(known) - {someone})
        act = chance.choice(["add", "remove", "change", "edit", "reset", "sheet", "rekey"])
        if act == "add" and len(known) < 6:
            word = f"zin nummer {turn}"
            known[slots.add_user(folder, opened, "Verzonnen", "OFFICE", word, slots.CHEAPEST)] = word
        elif act in ("remove", "rekey") and (others or act == "rekey"):
            leaves = chance.sample(others, 1) if act == "remove" else []
            slots.begin_key_change(folder, opened, leaves)
            if chance.random() < 0.5:  # cut off, and taken up by whoever comes next
                opened = slots.unlock(folder, known[someone], someone)
            slots.finish_key_change(folder, opened)
            gone += [known.pop(one) for one in leaves]
        elif act == "change":
            gone.append(known[someone])
            known[someone] = f"andere zin {turn}"
            slots.change_passphrase(folder, opened, known[someone], slots.CHEAPEST)
        elif act == "edit":
            slots.edit_user(folder, opened, chance.choice(sorted(known)), f"Naam {turn}", "COUNSELLOR")
        elif act == "reset" and others:
            known[others[0]] = f"nieuwe zin {turn}"
            slots.reset_user(folder, opened, others[0], known[others[0]], slots.CHEAPEST)
        elif act == "sheet":
            sheet = age.new_identity_text()
            slots.set_way(folder, opened, "paper", age.Identity(sheet).recipient, "actor")
        ways_in(folder, known, sheet)
        for word in gone[-3:]:
            with pytest.raises(WrongPassphrase):
                slots.unlock(folder, word)


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_way_in_that_was_lost_is_seen(vault, lost):
    """The control: a writer that forgets one slot, whichever it is, does not pass."""
    folder, opened = vault
    sheet = age.new_identity_text()
    slots.set_way(folder, opened, "paper", age.Identity(sheet).recipient, "actor")
    second = slots.add_user(folder, opened, "Tweede", "OFFICE", "nog een zin met woorden", slots.CHEAPEST)
    known = {opened.user_id: PASSPHRASE, second: "nog een zin met woorden"}
    ways_in(folder, known, sheet)
    kept = slots.read(folder).slots
    write(folder, opened, [*kept[:lost], *kept[lost + 1 :]])
    with pytest.raises((WrongPassphrase, NoWayIn)):
        ways_in(folder, known, sheet)


def test_costs_in_the_product_are_never_below_the_floor():
    m, t, p = keys.calibrated(0.0)
    assert (m, t, p) == keys.FLOOR == (64 * 1024, 3, 4)


def test_the_slots_of_another_vault_under_the_same_key_are_not_taken(vault):
    """Somebody put another file there while the vault was open."""
    folder, opened = vault
    other = dataclasses.replace(opened, vault_id="00000000-0000-4000-8000-000000000000")
    write(folder, other, slots.read(folder).slots)
    with pytest.raises(ForeignFile):
        slots.change_passphrase(folder, opened, "een heel andere zin", slots.CHEAPEST)


def test_more_slots_than_there_can_be_are_refused_before_any_work(vault, monkeypatch):
    """Each costs a derivation: a list without an end would keep whoever knows the passphrase out."""
    folder, opened = vault
    slot = slots.read(folder).slots[0]
    raw = encode(opened.vault_id, opened.key, [slot] * (slots.MOST_SLOTS + 1), restored=False)
    for name in (slots.FILE, slots.COPY):
        (folder / name).write_bytes(raw)
    asked = []
    monkeypatch.setattr(keys, "derive", lambda *more: asked.append(more))
    with pytest.raises(ForeignFile):
        slots.unlock(folder, PASSPHRASE)
    assert asked == []


def test_a_folder_that_cannot_be_looked_into_has_no_vault(tmp_path):
    assert not slots.exists(tmp_path / ("x" * 1000))
