"""The detention block is sealed for all but those on its access list, on disk, in the log and on sticks."""

from __future__ import annotations

import io
import json
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.advice import Variant
from leerwinkel_desktop.domain.detention import (
    ALL_SLOTS,
    DetentionApproval,
    DetentionEpisode,
    NoAccess,
    SealedRecord,
    UnsealedBlock,
)
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import (
    access_list,
    detention,
    dossiers,
    exchange,
    reports,
    sheets,
    users,
    vaults,
    workbook,
)
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.store import audit, changelog, slots
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.detention import BlockKeys, key_id, new_key
from sync import encode
from sync.age import Identity, open_file, read_chunks
from sync.changes import new_change
from sync.trust import new_identity

MARKER = "Kwibusmerkteken"
OTHER_WORD = "kastanje gitaar molen vuurtoren"


def stream(workspace):
    actor = workspace.device().actor
    with workspace.database.read() as reader:
        return list(changelog.stream(reader.connection, actor, 0))


def recipient_of(laptop):
    return Identity(laptop.device().identity).recipient


def block_of(workspace, view):
    return dossiers.reload(workspace, view.client.id).of(DetentionEpisode)


def locked(workspace):
    """The same vault as somebody sees it who is not on the list."""
    workspace.database.block = None
    return workspace


def actions(workspace):
    with workspace.database.read() as reader:
        return [(one.action, one.subject) for one in audit.entries(reader.connection)]


def add_user(workspace, name, role="COUNSELLOR"):
    return users.add(workspace, name, role, OTHER_WORD, vaults.TESTS_ONLY)


@pytest.fixture
def pages_of(decrypted):
    """Every page of the database of a workspace, which is closed."""

    def read(workspace):
        key = workspace.opened.key
        workspace.close()
        return decrypted(workspace.folder / FILE, key)

    return read


@pytest.fixture
def view(office):
    made = dossiers.create(office, first_name="Verzonnen")
    episode = dossiers.add(
        office, DetentionEpisode, made.dossier.id, prison=MARKER, status="ONB", next_visit=date(2026, 3, 4)
    )
    dossiers.add(office, DetentionApproval, episode.id, for_what=f"Les {MARKER}", state="ASKED")
    return dossiers.reload(office, made.client.id)


def test_with_access_the_block_reads_back(office, view):
    (episode,), (approval,) = view.of(DetentionEpisode), view.of(DetentionApproval)
    assert (episode.prison, episode.status, episode.next_visit) == (MARKER, "ONB", date(2026, 3, 4))
    assert (approval.for_what, approval.state, approval.episode_id) == (f"Les {MARKER}", "ASKED", episode.id)
    assert view.has_block
    with office.database.read() as reader:
        assert reader.get(DetentionEpisode, episode.id) == episode
        assert reader.rows(DetentionApproval, ("id", "state"), episode_id=episode.id) == [
            (approval.id, "ASKED")
        ]
        assert reader.find(DetentionEpisode, prison=MARKER) == [episode]
        with pytest.raises(NotFound):
            reader.get(DetentionApproval, episode.id)


@pytest.mark.parametrize("sealed", [True, False])
def test_no_page_of_the_database_tells_anything(office, view, tools, pages_of, sealed):
    """The control stores the same words in an ordinary note, and must find them."""
    if not sealed:
        tools.save(office, replace(view.client, notes=MARKER))
    pages = pages_of(office)
    assert (MARKER.encode() in pages) is not sealed
    for word in (b"detention_episode", b"detention_approval", b"ASKED"):
        assert word not in pages.replace(b"unsealed", b"")


def test_the_log_holds_sealed_values_only(office, view):
    block = [change for change in stream(office) if change.kind.startswith("sealed")]
    assert len(block) == 2
    for change in block:
        assert set(change.patch) == {"dossier_id", *ALL_SLOTS}, "which values are filled in is not told"
        sizes = {len(change.patch[slot]) for slot in ALL_SLOTS}
        assert len(sizes) == 1, "how long they are is not told"
        assert MARKER.encode() not in encode(change)
    assert not [change for change in stream(office) if change.kind.startswith("detention")]


def test_a_later_save_seals_only_what_changed(office, view):
    (episode,) = view.of(DetentionEpisode)
    assert not dossiers.save(office, episode), "nothing differed"
    assert dossiers.save(office, replace(episode, contact_route="griffie"))
    assert set(stream(office)[-1].patch) == {"s03"}


def test_values_are_judged_before_they_are_sealed(office, view):
    (episode,) = view.of(DetentionEpisode)
    with pytest.raises(InvalidValue):
        dossiers.save(office, replace(episode, status="MOORD"))
    with pytest.raises(InvalidValue):
        dossiers.save(office, replace(episode, prison="x" * 301))


def test_the_longest_value_fits_its_slot(office, view):
    (episode,) = view.of(DetentionEpisode)
    for text in ("\U0001f4a1" * 300, '"' * 300, "é" * 300):
        dossiers.save(office, replace(episode, prison=text))
        assert block_of(office, view)[0].prison == text


def test_removed_and_brought_back(office, view):
    (episode,) = view.of(DetentionEpisode)
    dossiers.remove(office, episode)
    assert block_of(office, view) == ()
    dossiers.save(office, episode)
    assert block_of(office, view) == (episode,)


def test_without_access_there_is_nothing_to_see(office, view):
    (episode,) = view.of(DetentionEpisode)
    locked(office)
    seen = dossiers.load(office, view.client.id)
    assert not seen.has_block
    assert not {kind for kind in seen.parts if "detention" in kind or "sealed" in kind}
    assert not [one for one in dossiers.history(office, seen) if "sealed" in one.kind]
    assert not detention.may_open(office)
    for attempt in (
        lambda: dossiers.save(office, episode),
        lambda: dossiers.remove(office, episode),
        lambda: dossiers.add(office, DetentionEpisode, view.dossier.id, prison="x"),
        lambda: dossiers.change(office, DetentionEpisode, episode.id, prison="x"),
        lambda: sheets.render(office, view.trajectory.id, "INSIDE"),
    ):
        with pytest.raises(NoAccess):
            attempt()
    for variant in ("ORDINARY", "PORTABLE"):
        assert sheets.render(office, view.trajectory.id, variant).pdf
        assert sheets.material(office, view.trajectory.id, Variant(variant)).episode is None


def test_each_opening_stands_in_the_audit_trail(office, view):
    opened = ("detention.opened", view.dossier.id)
    before = actions(office).count(opened)
    dossiers.load(office, view.client.id)
    dossiers.load(office, view.client.id)
    assert actions(office).count(opened) == before + 2
    dossiers.load(office, view.client.id, block=False)
    dossiers.find_number(office, view.client.client_no)
    sheets.render(office, view.trajectory.id, "ORDINARY")
    assert actions(office).count(opened) == before + 2
    office.database.block.noted.clear()
    for _ in range(3):
        sheets.render(office, view.trajectory.id, "INSIDE")
    assert actions(office).count(opened) == before + 3, "once in a session for a sheet that is drawn again"


def test_the_history_is_told_in_the_words_of_the_block(office, view):
    (episode,) = view.of(DetentionEpisode)
    dossiers.save(office, replace(episode, status=None))
    told = [
        (one.kind, dict(one.patch)) for one in dossiers.history(office, view) if one.record_id == episode.id
    ]
    assert told[0] == ("detention_episode", {"status": None})
    assert told[1][1] == {
        "dossier_id": view.dossier.id,
        "prison": MARKER,
        "status": "ONB",
        "next_visit": "2026-03-04",
    }


def test_exports_reports_and_search_know_nothing_of_it(office, view, tmp_path):
    path = tmp_path / "uit.xlsx"
    workbook.export_workbook(office, tmp_path / "csv")
    workbook.export_workbook(office, path)
    for file in (tmp_path / "csv").iterdir():
        assert MARKER.encode() not in file.read_bytes()
    request = reports.ReportRequest("genk", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
    assert MARKER not in json.dumps(reports.export(reports.run(office, request), "json").decode())
    assert dossiers.search(office, MARKER) == []
    assert dossiers.search(office, "Verzonnen")


def test_the_access_list_grows_and_shrinks(office, view, team):
    granted = add_user(office, "Tweede Verzonnen")
    folder = office.folder
    second = vaults.unlock(folder, OTHER_WORD)
    assert not detention.may_open(second)
    assert not dossiers.reload(second, view.client.id).has_block
    with pytest.raises(NotAllowed):
        detention.grant(second, second.opened.user_id)
    with pytest.raises(NotAllowed):
        access_list.report(second)
    second.close()
    detention.grant(office, granted.id)
    detention.grant(office, granted.id)
    second = vaults.unlock(folder, OTHER_WORD)
    assert block_of(second, view)[0].prison == MARKER
    second.close()
    assert detention.has_access(office, granted.id)
    detention.withdraw(office, granted.id)
    detention.withdraw(office, granted.id)
    with pytest.raises(detention.LastAccess):
        detention.withdraw(office, office.opened.user_id)
    second = vaults.unlock(folder, OTHER_WORD)
    assert not detention.may_open(second)
    second.close()
    assert [
        action for action, _ in actions(office) if action.startswith("detention.") and "opened" not in action
    ] == [
        "detention.key",
        "detention.granted",
        "detention.granted",
        "detention.withdrawn",
    ]


def test_a_user_who_leaves_loses_the_block_too(office, view):
    leaver = add_user(office, "Vertrekker Verzonnen")
    detention.grant(office, leaver.id)
    users.remove(office, leaver.id)
    assert not detention.has_access(office, leaver.id)
    with office.database.read() as reader:
        held = reader.connection.execute("SELECT holder FROM block_share WHERE holder = ?", (leaver.id,))
        assert held.fetchall() == []


def test_an_administrator_without_access_cannot_give_it(office, view):
    other = add_user(office, "Beheerder Verzonnen", "ADMINISTRATOR")
    second = vaults.unlock(office.folder, OTHER_WORD)
    with pytest.raises(NoAccess):
        detention.grant(second, other.id)
    second.close()


def test_the_list_is_a_report(office, view):
    dossiers.load(office, view.client.id)
    other = add_user(office, "Tweede Verzonnen")
    detention.grant(office, other.id)
    detention.withdraw(office, other.id)
    found = access_list.report(office)
    assert [line.user for line in found.lines] == [office.user, "Tweede Verzonnen"]
    first, second = found.lines
    assert (first.category, first.until, first.openings) == ("ADMINISTRATOR", None, 1)
    assert (second.category, second.granted_by, second.openings) == ("COUNSELLOR", office.user, 0)
    assert second.until is not None
    data = json.loads(access_list.as_json(found))
    assert [person["user"] for person in data["persons"]] == [office.user, "Tweede Verzonnen"]
    text = access_list.as_text(found)
    assert "Beheerders" in text
    assert "1 keer geopend" in text
    assert access_list.as_pdf(found).startswith(b"%PDF")


def test_the_laptop_and_the_office_share_a_key_and_nothing_is_open_on_the_way(team, tools):
    office, laptop = team.office, team.laptop
    assert laptop.database.block.current == office.database.block.current, "it came with the welcome"
    with laptop.database.read() as reader:
        kept = reader.connection.execute("SELECT name FROM welcome_secret").fetchall()
    assert kept == [], "the key lies nowhere but with those on the list"
    view = dossiers.create(laptop, first_name="Onderweg")
    episode = dossiers.add(laptop, DetentionEpisode, view.dossier.id, prison=MARKER)
    path = team.hand_over()
    preview = exchange.preview(office, path)
    assert [set(person.what) for person in preview.persons] == [{"Klant", "Dossier", "Traject"}]
    exchange.import_bundle(office, path)
    assert block_of(office, view) == (episode,)
    locked(office)
    assert block_of(office, view) == ()
    with office.database.read() as reader:
        rows = reader.connection.execute("SELECT patch FROM change").fetchall()
    assert rows
    assert not [row for row in rows if MARKER in (row[0] or "")]


def test_who_opens_a_bundle_reads_no_block_in_it(tmp_path, team, tools):
    """With the recovery key, so with every right that the bundle knows; the name is the control."""
    made = vaults.create(tmp_path / "kantoor", OTHER_WORD, cost=vaults.TESTS_ONLY, today=lambda: tools.TODAY)
    laptop = tools.make(tmp_path / "laptop", tools.Clock(), role="laptop", name="Laptop")
    tools.meet(made.workspace, laptop, tmp_path)
    view = dossiers.create(laptop, first_name="Onderweg")
    dossiers.add(laptop, DetentionEpisode, view.dossier.id, prison=MARKER)
    written = exchange.write_bundle(laptop, tmp_path)
    raw = io.BytesIO(written.path.read_bytes())
    plain = b"".join(read_chunks(raw, open_file(raw, [Identity(made.recovery_identity or "")])))
    start = 5 + 4 + int.from_bytes(plain[5:9], "big") + 64  # magic, length, header, signature (FORMAT.md §3)
    body = zlib.decompressobj().decompress(plain[start:])
    assert b"Onderweg" in body
    assert b"sealed_record" in body, "that there is a block is open"
    assert MARKER.encode() not in body
    assert b"prison" not in body
    laptop.close()
    made.workspace.close()


def test_the_key_lies_nowhere_in_the_vault_but_with_its_holders(office, view, pages_of):
    """Who has the whole database, with the device's own secrets, still cannot open a share."""
    key = office.database.block.all[office.database.block.current]
    identity = office.device().identity
    with office.database.read() as reader:
        held = reader.connection.execute("SELECT holder, sealed FROM block_share").fetchall()
    assert {holder for holder, _ in held} == {office.opened.user_id, detention.PAPER}
    for holder, sealed in held:
        assert detention._unsealed(bytes(sealed), identity) is None
        mine = detention._unsealed(bytes(sealed), office.opened.identity)
        assert mine == (key if holder == office.opened.user_id else None)
    pages = pages_of(office)
    for form in (key, key.hex().encode(), b64encode(key)[:40]):
        assert form not in pages


def test_both_sides_edit_and_the_fields_merge_or_wait_for_a_decision(team, tools):
    office, laptop = team.office, team.laptop
    view = dossiers.create(laptop, first_name="Onderweg")
    episode = dossiers.add(laptop, DetentionEpisode, view.dossier.id, prison=MARKER)
    exchange.import_bundle(office, team.hand_over())
    dossiers.change(office, DetentionEpisode, episode.id, contact_route="griffie", status="ONB")
    dossiers.change(laptop, DetentionEpisode, episode.id, request_slip_to="onthaal", status="ONB")
    assert exchange.import_bundle(office, team.hand_over()).conflicts == 0, "the same value is no conflict"
    (merged,) = block_of(office, view)
    assert (merged.contact_route, merged.request_slip_to, merged.status) == ("griffie", "onthaal", "ONB")
    dossiers.change(office, DetentionEpisode, episode.id, prison="Hier")
    dossiers.change(laptop, DetentionEpisode, episode.id, prison="Daar")
    assert exchange.import_bundle(office, team.hand_over()).conflicts == 1


def test_what_a_laptop_sealed_before_it_had_the_key_is_sealed_anew(team):
    office, laptop = team.office, team.laptop
    with laptop.database.bare() as connection:  # a laptop that kept a key of its own until now
        connection.execute("DELETE FROM block_share")
        connection.execute("DELETE FROM block_key")
        connection.execute("DELETE FROM block_access")
    detention.open_block(laptop)
    view = dossiers.create(laptop, first_name="Vroeg")
    episode = dossiers.add(laptop, DetentionEpisode, view.dossier.id, prison=MARKER)
    own = laptop.database.block.current
    detention.take_key(
        laptop, detention.export_key_for(office, recipient_of(laptop)), laptop.device().identity
    )
    assert laptop.database.block.current != own
    assert block_of(laptop, view) == (episode,)
    exchange.import_bundle(office, team.hand_over())
    assert block_of(office, view) == (episode,)


def test_a_key_for_somebody_else_is_refused(office, laptop):
    sealed = detention.export_key_for(office, recipient_of(laptop))
    identity, _ = new_identity()
    for broken in (sealed, sealed[:-1], b"", sealed.replace(sealed[:8], b"00000000")):
        with pytest.raises(detention.NotAKey):
            detention.take_key(laptop, broken, identity if broken == sealed else laptop.device().identity)


def test_the_recovery_sheet_opens_the_block_again(tmp_path):
    made = vaults.create(tmp_path / "kantoor", OTHER_WORD, cost=vaults.TESTS_ONLY)
    office = made.workspace
    view = dossiers.create(office, first_name="Verzonnen")
    dossiers.add(office, DetentionEpisode, view.dossier.id, prison=MARKER)
    with office.database.bare() as connection:
        connection.execute("DELETE FROM block_share WHERE holder != 'PAPER'")
    office.close()
    office = vaults.unlock(tmp_path / "kantoor", OTHER_WORD)
    assert not detention.may_open(office)
    other, _ = new_identity()
    with pytest.raises(detention.NotAKey):
        detention.regain(office, other)
    detention.regain(office, made.recovery_identity or "")
    assert block_of(office, view)[0].prison == MARKER
    office.close()


def test_a_value_that_was_changed_or_moved_is_not_read(office, view):
    (episode,) = view.of(DetentionEpisode)
    keys = office.database.block
    text = keys.seal(episode.id, "s02", MARKER)
    assert keys.open(episode.id, "s02", text) == (True, MARKER)
    assert keys.open(episode.id, "s03", text) == (False, None)
    assert keys.open(new_id(), "s02", text) == (False, None)
    assert keys.open(episode.id, "s02", text[:-5] + "AAAA=") == (False, None)
    assert keys.open(episode.id, "s02", None) == (False, None)
    assert BlockKeys([new_key()]).open(episode.id, "s02", text) == (False, None)


def test_what_cannot_be_read_is_never_overwritten_by_nothing(office, view):
    (episode,) = view.of(DetentionEpisode)
    foreign = BlockKeys([new_key()]).seal(episode.id, "s03", "van een ander")
    with office.database.write() as transaction:
        transaction.save(replace(transaction.get(SealedRecord, episode.id), s03=foreign))
    assert block_of(office, view) == (episode,)
    dossiers.change(office, DetentionEpisode, episode.id, status="EX")
    with office.database.read() as reader:
        assert reader.get(SealedRecord, episode.id).s03 == foreign


def test_an_older_laptop_is_told_to_update_first(team, tools):
    actor = team.laptop.device().actor
    change = new_change(
        actor=actor,
        seq=1,
        hlc=tools.NOON << 16,
        kind="detention_episode",
        id=new_id(),
        patch={"prison": MARKER},
        base={},
    )
    path = team.forge([encode(change)], after_own=False)
    before = tools.dump(team.office)
    with pytest.raises(UnsealedBlock):
        exchange.import_bundle(team.office, path)
    assert tools.dump(team.office) == before


def test_a_key_is_named_without_being_told():
    key = new_key()
    assert len(key) == 32
    assert key.hex()[:8] not in key_id(key)
    assert len(key_id(key)) == 8


def test_the_slot_file_knows_nothing_of_the_block(office):
    assert b"detention" not in (office.folder / slots.FILE).read_bytes()


def test_a_key_that_was_not_kept_is_not_used(office, laptop):
    """A transaction that fails after taking a key in leaves the keys of this session as they were."""
    before = laptop.database.block.current
    recipient, identity = recipient_of(laptop), laptop.device().identity
    key = new_key()
    sealed = detention._sealed(key, recipient)

    def take_and_fail():
        with laptop.database.write() as transaction:
            detention.take_key_in(laptop, transaction, sealed, identity)
            assert transaction.block.current == key_id(key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    assert laptop.database.block.current == before
    detention.take_key(laptop, sealed, identity)
    assert laptop.database.block.current == key_id(key)
