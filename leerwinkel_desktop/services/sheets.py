"""Makes advice sheets from a dossier, and keeps what was printed (DOMAIN.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leerwinkel_desktop.domain.advice import AdviceMaterial, House, Variant, logos_for
from leerwinkel_desktop.domain.clients import Client, Dossier, Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.organisation import Counsellor, Programme
from leerwinkel_desktop.domain.paper_links import without_links
from leerwinkel_desktop.domain.plain_language import mended
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    LearningQuestion,
    Option,
    Trajectory,
)
from leerwinkel_desktop.i18n import SECOND_LANGUAGES, SOURCE_LANGUAGE
from leerwinkel_desktop.printing import advice_sheet
from leerwinkel_desktop.printing import pages as page_images
from leerwinkel_desktop.printing import warnings as wording
from leerwinkel_desktop.printing.advice_sheet import Sheet
from leerwinkel_desktop.printing.pages import PageImage
from leerwinkel_desktop.printing.warnings import SheetWarning, WarningCode
from leerwinkel_desktop.services import detention, profile, sheet_files
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.sheet_files import KeptSheet
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import people
from leerwinkel_desktop.store.database import Reader
from leerwinkel_desktop.store.devices import read_device
from leerwinkel_desktop.store.files import write_durably

HOUSE_SETTINGS = ("address", "phone", "walk_in")
READ_AS = {"ary": "ar"}
"""Who speaks Moroccan Arabic reads standard Arabic."""


def set_house(workspace: Workspace, **values: str | None) -> None:
    """Keep address, phone and walk_in of the Leerwinkel, for the foot of each sheet."""
    with workspace.database.write() as transaction:
        for name in HOUSE_SETTINGS:
            if name in values:
                transaction.set_setting(f"house.{name}", values[name])


def told_house(workspace: Workspace) -> dict[str, str | None]:
    """What set_house keeps, by name."""
    with workspace.database.read() as reader:
        return {name: reader.setting(f"house.{name}") for name in HOUSE_SETTINGS}


def house(reader: Reader, counsellor: str | None) -> House:
    """The Leerwinkel as it stands on paper, with the counsellor's phone where it is known."""
    known = reader.find(Counsellor, name=counsellor) if counsellor else []
    told = {name: reader.setting(f"house.{name}") for name in HOUSE_SETTINGS}
    return House(
        name=read_device(reader.connection).organisation_name or "Leerwinkel",
        counsellor=counsellor,
        counsellor_phone=known[-1].phone if known else None,
        **told,
    )


def material(workspace: Workspace, trajectory_id: str, variant: Variant = Variant.ORDINARY) -> AdviceMaterial:
    """Everything that a sheet of this trajectory is made of; the detention block for INSIDE only.

    Raises NotFound, or NoAccess for INSIDE when the user may not open the block.
    """
    if variant is Variant.INSIDE:
        _note_block(workspace, trajectory_id)
    with workspace.database.read() as reader:
        trajectory = reader.get(Trajectory, trajectory_id)
        dossier = reader.get(Dossier, trajectory.dossier_id or "")
        own = people.dossiers_of(reader.connection, dossier.id)
        episode, approvals = _block(reader, dossier.id) if variant is Variant.INSIDE else (None, ())
        questions = reader.find(LearningQuestion, trajectory_id=trajectory.id)
        sheets = reader.find(AdviceSheet, trajectory_id=trajectory.id)
        options = tuple(reader.find(Option, trajectory_id=trajectory.id))
        checked = [option.checked_on for option in options if option.checked_on]
        return AdviceMaterial(
            client=reader.get(Client, people.person_of(reader.connection, dossier.client_id or "")),
            trajectory=trajectory,
            house=house(reader, trajectory.counsellor),
            today=workspace.today(),
            question=questions[-1] if questions else None,
            talents=tuple(talent for each in own for talent in reader.find(Talent, dossier_id=each)),
            options=options,
            steps=tuple(reader.find(AdviceStep, trajectory_id=trajectory.id)),
            sheet=sheets[-1] if sheets else None,
            episode=episode,
            approvals=approvals,
            checked_on=min(checked) if checked else None,
            logos=_logos(reader, trajectory.programme, variant),
        )


def _logos(reader: Reader, code: str | None, variant: Variant) -> tuple[str, ...]:
    """The emblems that the programme asks for on this variant; "EU, Stad Mechelen" in its field."""
    known = reader.find(Programme, code=code) if code else []
    return logos_for(known[-1].logo_set if known else None, variant)


def _block(reader: Reader, dossier_id: str) -> tuple[DetentionEpisode | None, tuple[DetentionApproval, ...]]:
    dossiers = people.dossiers_of(reader.connection, dossier_id)
    episodes = [one for each in dossiers for one in reader.find(DetentionEpisode, dossier_id=each)]
    if not episodes:
        return None, ()
    newest = max(episodes, key=lambda one: one.id)
    return newest, tuple(reader.find(DetentionApproval, episode_id=newest.id))


def _note_block(workspace: Workspace, trajectory_id: str) -> None:
    """Put the first look of this session into the audit trail, not each redrawing."""
    detention.require(workspace)
    with workspace.database.read() as reader:
        episode, _ = _block(reader, reader.get(Trajectory, trajectory_id).dossier_id or "")
    shown = episode.dossier_id if episode is not None else None
    if shown is not None and detention.is_first_look(workspace, shown):
        with workspace.database.write() as transaction:
            detention.note_opening(transaction, workspace.user, shown)


def render(
    workspace: Workspace,
    trajectory_id: str,
    variant: str,
    *,
    large_print: bool = False,
    language: str | None = None,
) -> Sheet:
    """The sheet in one variant (code of list `sheet_variant`). Raises NotFound, NoAccess or BetrayingWord.

    Without a `language` it is that of `language_of`.
    """
    return _made(workspace, _seen(workspace, trajectory_id, variant), variant, large_print, language)


Links = tuple[tuple[str, str], ...]


def _seen(workspace: Workspace, trajectory_id: str, variant: str) -> tuple[AdviceMaterial, Links]:
    """What the sheet is made of, and the links that this profile leaves out."""
    found = material(workspace, trajectory_id, Variant(variant))
    if profile.current(workspace).links_on_paper:
        return found, ()
    return without_links(found)


def _made(
    workspace: Workspace,
    seen: tuple[AdviceMaterial, Links],
    variant: str,
    large_print: bool,
    language: str | None,
    *,
    draft: bool = False,
) -> Sheet:
    found, links = seen
    made = advice_sheet.render(
        found,
        Variant(variant),
        codelists=workspace.codelists,
        large_print=large_print,
        draft=draft,
        language=language or language_of(found),
    )
    left_out = tuple(SheetWarning(WarningCode.LEFT_OUT, field, link) for field, link in links)
    return replace(made, warnings=(*made.warnings, *left_out))


def language_of(found: AdviceMaterial) -> str:
    """The language beside the Dutch: of the last sheet that was kept, else of the client; "nl" for none."""
    kept = found.sheet.language if found.sheet is not None and found.sheet.sha256 else None
    asked = kept or found.client.contact_language or SOURCE_LANGUAGE
    asked = READ_AS.get(asked, asked)
    return asked if asked in SECOND_LANGUAGES else SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class Live:
    """The sheet as it stands now: `shown` has the mark of a draft until `final` is kept as `version`."""

    shown: Sheet
    final: bytes
    version: KeptSheet | None
    kept: tuple[KeptSheet, ...]


def live(
    workspace: Workspace,
    trajectory_id: str,
    variant: str,
    *,
    large_print: bool = False,
    language: str | None = None,
) -> Live:
    """The sheet for beside the fields, a draft until these very bytes were made ready. Raises as `render`."""
    seen = _seen(workspace, trajectory_id, variant)
    sheet = _made(workspace, seen, variant, large_print, language)
    kept = sheet_files.kept(workspace, trajectory_id)
    version = sheet_files.same_file(kept, sheet.pdf)
    shown = sheet if version else _made(workspace, seen, variant, large_print, language, draft=True)
    return Live(shown, sheet.pdf, version, kept)


def for_dossier(
    workspace: Workspace,
    view: DossierView,
    variant: str,
    *,
    large_print: bool = False,
    language: str | None = None,
) -> Sheet:
    """The sheet of the newest trajectory of a dossier, otherwise as `render`."""
    if view.trajectory is None:
        raise NotFound("trajectory", view.client.client_no or "")
    return render(workspace, view.trajectory.id, variant, large_print=large_print, language=language)


def pages(pdf: bytes, dpi: int) -> Iterator[PageImage]:
    """The pages of a sheet as pictures, for the screen or for a printer's resolution."""
    return page_images.render_pages(pdf, dpi)


def warning_text(warning: SheetWarning) -> str:
    """A warning about a sheet, in Dutch."""
    return wording.sentence(warning)


def mend(workspace: Workspace, warning: SheetWarning) -> Callable[[], bool] | None:
    """Put the plain words of a warning into its field; gives what takes that back again.

    None when the words are not there any more. The other answers False when somebody typed there meanwhile.
    """
    kind, _dot, name = warning.where.partition(".")
    if warning.finding is None or kind not in BY_KIND:
        return None
    record, before = BY_KIND[kind], ""
    with workspace.database.write() as transaction:
        found = transaction.get(record, warning.record_id)
        before = getattr(found, name) or ""
        after = mended(before, warning.finding)
        if after is None:
            return None
        transaction.save(replace(found, **{name: after}))

    def take_back() -> bool:
        with workspace.database.write() as transaction:
            stands = transaction.get(record, warning.record_id)
            if getattr(stands, name) != after:
                return False
            transaction.save(replace(stands, **{name: before}))
            return True

    return take_back


def part_name(where: str) -> str:
    """What a part of the sheet is called, in Dutch."""
    return wording.part_name(where)


def write(sheet: Sheet, path: Path) -> None:
    """Keep the PDF as a file. Raises DiskFull or VaultUnreachable."""
    write_durably(path, sheet.pdf)


def mark_printed(
    workspace: Workspace, trajectory_id: str, variant: str, sheet: Sheet, *, large_print: bool = False
) -> AdviceSheet:
    """Keep this very sheet in the dossier, and that it was printed today (see `sheet_files`)."""
    return sheet_files.mark_printed(
        workspace, trajectory_id, variant, sheet.pdf, large_print=large_print, language=sheet.language
    )
