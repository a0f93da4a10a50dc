"""`leerwinkel doctor`: look whether the machine is fit for work: vault, clock, disk, fonts, printer."""

from __future__ import annotations

import click

from leerwinkel_desktop.cli.opening import answer, asked, everywhere, folder, passphrase
from leerwinkel_desktop.services import checkup
from leerwinkel_desktop.services.problems import ENVIRONMENT


@click.command()
@everywhere
def doctor() -> None:
    """Kijk na of dit toestel klaar is om te werken."""
    word = passphrase() if asked().passphrase_file else None
    found = checkup.run(folder(), word)
    data = [{"what": one.what, "good": one.good, "detail": one.detail} for one in found]
    signs = {True: "in orde", False: "LET OP", None: "niet nagekeken"}
    answer(data, "\n".join(f"{one.what:<14} {signs[one.good]:<15} {one.detail}" for one in found))
    if any(one.good is False for one in found):
        raise click.exceptions.Exit(ENVIRONMENT)
