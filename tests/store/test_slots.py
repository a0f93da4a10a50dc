"""The vault file: the right passphrase opens it, everything else is refused by name and before any work."""

from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.errors import (
    ForeignFile,
    NewerVault,
    NoVault,
    SlotTooExpensive,
    VaultUnreachable,
    WrongPassphrase,
)

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


@pytest.fixture
def vault(tmp_path):
    return tmp_path, slots.create(tmp_path, "Begeleider", PASSPHRASE, slots.CHEAPEST)


def tamper(folder, change):
    path = folder / slots.FILE
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
    tamper(folder, lambda file: file.update(format=2, later={"x": 1}))
    before = (folder / slots.FILE).read_bytes()
    with pytest.raises(NewerVault) as caught:
        slots.unlock(folder, PASSPHRASE)
    assert (caught.value.found, caught.value.known) == (2, 1)
    assert (folder / slots.FILE).read_bytes() == before


@pytest.mark.parametrize("more", [{"m": 2 * 1024 * 1024 + 1}, {"t": 17}, {"p": 17}, {"m": 2**40, "t": 2**31}])
def test_a_cost_above_the_ceiling_is_refused_before_any_work(vault, monkeypatch, more):
    folder, _ = vault
    tamper(folder, lambda file: file["slots"][0]["kdf"].update(more))
    monkeypatch.setattr(slots, "_derive", lambda *_: pytest.fail("Argon2 was asked for"))
    with pytest.raises(SlotTooExpensive):
        slots.unlock(folder, PASSPHRASE)


def test_one_expensive_slot_among_good_ones_is_refused(vault, monkeypatch):
    folder, _ = vault

    def add(file):
        bad = msgspec.json.decode(msgspec.json.encode(file["slots"][0]))
        bad["kdf"]["t"] = 1000
        file["slots"].append(bad)

    tamper(folder, add)
    monkeypatch.setattr(slots, "_derive", lambda *_: pytest.fail("Argon2 was asked for"))
    with pytest.raises(SlotTooExpensive):
        slots.unlock(folder, PASSPHRASE)


def flip(text):
    """Another base64 text of the same length."""
    return ("B" if text[0] == "A" else "A") + text[1:]


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: slot.update(user="Iemand anders"),
        lambda slot: slot.update(id="anders"),
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
        lambda slot: slot.update(extra=1),
    ],
)
def test_an_impossible_slot_is_foreign(vault, change):
    folder, _ = vault
    tamper(folder, lambda file: change(file["slots"][0]))
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


def test_a_new_passphrase_keeps_the_key_and_a_copy_of_the_file(vault):
    folder, opened = vault
    before = (folder / slots.FILE).read_bytes()
    slots.change_passphrase(folder, opened, "een heel andere zin met woorden", slots.CHEAPEST)
    assert slots.unlock(folder, "een heel andere zin met woorden").key == opened.key
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, PASSPHRASE)
    assert (folder / "vault.json.bak").read_bytes() == before


def test_costs_in_the_product_are_never_below_the_floor():
    m, t, p = slots.calibrated(0.0)
    assert (m, t, p) == slots.FLOOR == (64 * 1024, 3, 4)
