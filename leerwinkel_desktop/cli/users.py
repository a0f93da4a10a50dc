"""`leerwinkel vault users`: who has a passphrase for this vault."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import (
    alone,
    answer,
    chosen,
    everywhere,
    new_passphrase,
    say,
    workspace,
)
from leerwinkel_desktop.services import users as service
from leerwinkel_desktop.services.users import Role, User

ROLES: dict[str, Role] = {
    "counsellor": "COUNSELLOR",
    "office": "OFFICE",
    "administrator": "ADMINISTRATOR",
}
LABELS = {"COUNSELLOR": "begeleider", "OFFICE": "kantoor", "ADMINISTRATOR": "beheerder"}
ROLE = click.Choice(list(ROLES))


@click.group(invoke_without_command=True)
@everywhere
@click.pass_context
def users(ctx: click.Context) -> None:
    """De gebruikers van de kluis; zonder meer: wie er zijn."""
    if ctx.invoked_subcommand is None:
        show()


def show() -> None:
    """Print everybody who has a slot."""
    with workspace() as opened:
        found = service.users(opened)
    text = "\n".join(f"{user.name} ({LABELS[user.role]})" for user in found)
    answer([_data(user) for user in found], text)


@users.command(name="list")
@everywhere
def list_() -> None:
    """Toon wie een wachtzin heeft."""
    show()


@users.command()
@click.argument("name")
@click.option("--role", type=ROLE, default="counsellor", show_default=True)
@new_passphrase
@everywhere
def add(name: str, role: str, new_passphrase_file: Path | None) -> None:
    """Geef iemand een eigen wachtzin."""
    alone()
    with workspace() as opened:
        made = service.add(opened, name, ROLES[role], chosen(new_passphrase_file))
    answer(_data(made), f"{made.name} heeft nu een eigen wachtzin ({LABELS[made.role]}).")


@users.command()
@click.argument("user")
@click.argument("name")
@everywhere
def rename(user: str, name: str) -> None:
    """Geef een gebruiker een andere naam."""
    alone()
    with workspace() as opened:
        made = service.rename(opened, service.find(opened, user).id, name)
    answer(_data(made), f"De gebruiker heet nu {made.name}.")


@users.command()
@click.argument("user")
@click.argument("role", type=ROLE)
@everywhere
def role(user: str, role: str) -> None:
    """Geef een gebruiker een andere rol."""
    alone()
    with workspace() as opened:
        made = service.set_role(opened, service.find(opened, user).id, ROLES[role])
    answer(_data(made), f"{made.name} is nu {LABELS[made.role]}.")


@users.command()
@click.argument("user")
@everywhere
def remove(user: str) -> None:
    """Verwijder een gebruiker; de kluis krijgt een nieuwe sleutel."""
    alone()
    with workspace() as opened:
        found = service.find(opened, user)
        service.remove(opened, found.id)
    say(
        f"{found.name} heeft geen toegang meer, en de kluis heeft een nieuwe sleutel. "
        "Vroegere reservekopieën staan nog onder de oude: maak een nieuwe."
    )


def _data(user: User) -> dict[str, str]:
    return {"id": user.id, "name": user.name, "role": user.role}
