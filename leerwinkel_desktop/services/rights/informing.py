"""Tells people what happens with their data: a page in plain Dutch, and which version they got (art. 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.rights import Informing
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services.rights import house, retention, texts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import people

NAME = "informing"


def version(workspace: Workspace) -> str:
    """The version of the page that is handed over today."""
    return texts.document(NAME, workspace.today()).version


def paper(workspace: Workspace, text_version: str | None = None) -> Paper:
    """The page as it is printed today, or in an earlier version. Raises KeyError for an unknown version."""
    found = texts.document(NAME, workspace.today(), text_version)
    facts = house.facts(workspace)
    asks = facts.dpo or _("Vraag het aan je begeleider.")
    words = {
        "controller": facts.controller or facts.name,
        "address": facts.controller_address or "",
        "dpo": ", ".join(part for part in (asks, facts.dpo_contact) if part),
        "years": str(retention.rules(workspace.today()).default.years),
    }
    return Paper(
        title=found.body["title"],
        name=found.body["lead"],
        date="",
        sections=tuple(_section(each, words) for each in found.body["section"]),
        small_print=(
            _("Versie {version}, afgedrukt op {day}.").format(
                version=found.version, day=in_full(workspace.today())
            ),
        ),
        house=facts.name,
        one_side=True,
    )


def _section(section: Mapping[str, Any], words: Mapping[str, str]) -> PaperSection:
    def told(texts: list[str]) -> tuple[str, ...]:
        return tuple(filter(None, (text.format_map(words) for text in texts)))

    return PaperSection(
        heading=section["heading"],
        icon=section["icon"],
        text=told(section.get("text", [])),
        bullets=told(section.get("bullets", [])),
        facts=tuple((label, text.format_map(words)) for label, text in section.get("facts", [])),
    )


def render(workspace: Workspace, *, large_print: bool = False) -> bytes:
    """The page as a PDF."""
    return render_paper(paper(workspace), large_print=large_print)


def handed_over(workspace: Workspace, dossier_id: str, how: str = "PAPER") -> Informing:
    """Remember that the person got the page today, in which version and how (list `informing_how`).

    Raises InvalidValue or NotFound.
    """
    made = Informing(
        id=new_id(), dossier_id=dossier_id, date=workspace.today(), text_version=version(workspace), how=how
    )
    with workspace.database.write() as transaction:
        transaction.save(made)
        transaction.note("informing.handed_over", dossier_id, workspace.user)
    return made


def given(workspace: Workspace, dossier_id: str) -> list[Informing]:
    """What the person was given, oldest first."""
    with workspace.database.read() as reader:
        dossiers = people.dossiers_of(reader.connection, dossier_id)
        found = [one for each in dossiers for one in reader.find(Informing, dossier_id=each)]
    return sorted(found, key=lambda one: one.id)


def is_due(workspace: Workspace, dossier_id: str) -> bool:
    """Whether the person did not get today's version yet."""
    return all(one.text_version != version(workspace) for one in given(workspace, dossier_id))
