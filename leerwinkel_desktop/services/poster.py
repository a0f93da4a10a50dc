"""Makes the poster of the office: the signs that every laptop compares (SECURITY.md §3 "Trust")."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services import enrolment
from leerwinkel_desktop.services.workspace import Workspace


def render(workspace: Workspace) -> bytes:
    """The poster as a PDF, in large print; there is no secret on it. Raises NotAnOffice on a laptop."""
    device = workspace.device()
    if device.role != "office":
        raise enrolment.NotAnOffice
    signs = enrolment.own_fingerprint(workspace).replace("-", "   ")
    house = device.organisation_name or "Leerwinkel"
    paper = Paper(
        title=_("De tekens van dit kantoor"),
        name=house,
        date=workspace.today().strftime("%d/%m/%Y"),
        sections=(
            PaperSection(_("Dit moet op je laptop staan"), "agreement", text=(signs,)),
            PaperSection(
                _("Zo gebruik je deze affiche"),
                "steps",
                bullets=(
                    _("Je meldt een laptop aan en leest de welkomkaart in."),
                    _("Vergelijk de tekens op het scherm met die op dit blad, groep per groep."),
                    _("Zijn ze gelijk, ga dan verder. Verschilt er één teken, stop dan en vraag raad."),
                ),
            ),
        ),
        small_print=(_("Op dit blad staat geen geheim. Laat het zichtbaar hangen in het kantoor."),),
        house=house,
    )
    return render_paper(paper, large_print=True)
