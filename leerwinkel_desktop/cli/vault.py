"""`leerwinkel vault`: make and check a vault, its users, passphrases, backups and recovery."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import (
    FILE,
    alone,
    answer,
    chosen,
    everywhere,
    folder,
    new_passphrase,
    passphrase,
    progress,
    say,
    workspace,
)
from leerwinkel_desktop.cli.recover import recover
from leerwinkel_desktop.cli.users import users
from leerwinkel_desktop.services import backups, passphrases, vaults
from leerwinkel_desktop.services.problems import ENVIRONMENT
from leerwinkel_desktop.services.vaults import DamagedVault


@click.group()
def vault() -> None:
    """De kluis: maken, nakijken, gebruikers, wachtzin, reservekopie en herstel."""


vault.add_command(users)
vault.add_command(recover)


@vault.command()
@click.option("--role", type=click.Choice(["office", "laptop"]), default="office", show_default=True)
@click.option("--name", help="Naam van dit toestel.")
@click.option("--user", default="Begeleider", show_default=True, help="Wie de kluis opent.")
@everywhere
def create(role: str, name: str | None, user: str) -> None:
    """Maak een kluis. Een kantoor krijgt ook een herstelsleutel, die maar één keer getoond wordt."""
    word = passphrase("Nieuwe wachtzin", confirm=True)
    made = vaults.create(
        folder(), word, role="office" if role == "office" else "laptop", name=name, user=user
    )
    made.workspace.close()
    data = {
        "vault": str(folder()),
        "role": role,
        "recovery_identity": made.recovery_identity,
        "root_key": made.root_key,
    }
    text = f"De kluis staat in {folder()}."
    if made.recovery_identity:
        text += (
            "\n\nHerstelsleutel en wortelsleutel: druk ze twee keer af en bewaar ze in twee gesloten "
            "omslagen, op twee plaatsen."
            f"\nZe worden nergens anders bewaard.\n\n{made.recovery_identity}\n# {made.root_key}"
        )
    answer(data, text)


@vault.command()
@everywhere
def check() -> None:
    """Lees elke bladzijde van de databank en elke regel van het logboek na."""
    try:
        with workspace() as opened:
            health = vaults.check(opened)
    except DamagedVault:
        health = vaults.Health(("dossiers.db",), None)
    if health.good:
        answer(_health(health), "De kluis is in orde.")
        return
    known = [str(one.path) for one in backups.known(folder())]
    text = "De kluis is beschadigd. Bewaar de map zoals ze is en zet een reservekopie terug."
    if health.damage:
        text += f"\nBeschadigde bladzijden: {len(health.damage)}."
    if health.broken_audit:
        text += f"\nHet logboek klopt niet meer vanaf regel {health.broken_audit}."
    if known:
        text += "\nReservekopieën, nieuwste eerst:\n" + "\n".join(known)
    answer({**_health(health), "backups": known}, text)
    raise click.exceptions.Exit(ENVIRONMENT)


def _health(health: vaults.Health) -> dict[str, object]:
    return {"good": health.good, "damage": list(health.damage), "broken_audit": health.broken_audit}


@vault.command(name="passphrase")
@click.option("--suggest", is_flag=True, help="Stel alleen een wachtzin van zes woorden voor.")
@new_passphrase
@everywhere
def change(new_passphrase_file: Path | None, suggest: bool) -> None:
    """Wijzig de wachtzin; dossiers en niet-overgedragen werk blijven zoals ze zijn."""
    if suggest:
        offered = passphrases.offer()
        answer({"passphrase": offered, "bits": round(passphrases.entropy(), 1)}, offered)
        return
    alone()
    with workspace() as opened:
        vaults.change_passphrase(opened, chosen(new_passphrase_file))
    say("De wachtzin is gewijzigd.")


@vault.command()
@click.argument("file", type=FILE)
@everywhere
def backup(file: Path) -> None:
    """Schrijf een reservekopie; ze gaat alleen open via het kantoor of met het herstelblad."""
    with workspace() as opened, progress() as show:
        made = backups.write(opened, file, show)
    data = {"file": str(made.path), "vault_id": made.vault_id, "made_ms": made.made_ms, "bytes": made.size}
    answer(data, f"De reservekopie staat in {made.path} ({made.size / 1e6:.1f} MB).")


@vault.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Zet de kluis die er staat opzij, in dezelfde map.")
@click.option(
    "--keep-users", is_flag=True, help="De gebruikers van de kluis die er staat; vraagt een wachtzin van hen."
)
@everywhere
def restore(file: Path, replace: bool, keep_users: bool) -> None:
    """Zet een reservekopie terug; wie gewist werd, wordt opnieuw gewist."""
    alone()
    word = passphrase() if keep_users else None
    with progress() as show:
        found = backups.restore(folder(), file, word, replace=replace, progress=show)
    made = datetime.fromtimestamp(found.made_ms / 1000, tz=UTC).astimezone()
    text = f"De reservekopie van {made:%d/%m/%Y %H:%M} staat in {folder()}."
    if not keep_users:
        text += (
            "\nDe kluis heeft nog geen gebruikers: herstel de toegang met “vault recover request” via het "
            "kantoor, of op kantoor met “vault recover sheet”."
        )
    text += (
        "\nBij het openen krijgt de kluis een nieuwe naam in het netwerk van kantoor en laptops: "
        "meld een laptop daarna opnieuw aan, en geef bij een kantoor elke laptop opnieuw een welkomstkaart."
    )
    answer({"vault": str(folder()), "made_ms": found.made_ms, "users_kept": keep_users}, text)
