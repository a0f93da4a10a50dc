"""Rights on the command line: `dossier export|erase|anonymise|retention|keep|consent|history`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop.cli.opening import DAY, FILE, answer, everywhere, say, workspace
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.rights import consents, correction, erasure, own_data, retention

NUMBER = click.argument("number", metavar="DOSSIER_NO")
YES = click.option("--yes", is_flag=True, help="Vraag niet meer of je het zeker weet.")


@click.command()
@NUMBER
@click.option("-o", "--output", type=FILE, required=True)
@click.option("--shielded", is_flag=True, help="Ook wat afgeschermd is, als je daar toegang toe hebt.")
@everywhere
def export(number: str, output: Path, shielded: bool) -> None:
    """Schrijf alles wat over iemand bewaard wordt, leesbaar (.pdf) of voor een programma (.json)."""
    if output.suffix.lower() not in own_data.FORMATS:
        raise click.UsageError("De naam van het bestand moet eindigen op .pdf of .json.")
    with workspace() as opened:
        client = dossiers.find_number(opened, number).client
        own_data.write(own_data.collect(opened, client.id, judicial=shielded), output)
    say(f"Gegevens: {output}")


def _gone(reason: erasure.Reason, number: str, yes: bool, question: str) -> None:
    with workspace() as opened:
        client_id = erasure.find_client(opened, number)
        if not yes:
            click.confirm(question.format(number=number), abort=True, err=True)
        done = erasure.erase_many(opened, [client_id], reason)
    data = {
        "erased": done.people,
        "rows": done.rows,
        "files": done.files,
        "waiting": list(done.waiting),
        "quarantine": done.quarantine,
    }
    text = f"{number} is weg: {done.rows} rijen en {done.files} bestanden met kopieën. De telling blijft."
    if done.waiting:
        text += f"\nNog te bevestigen door: {', '.join(done.waiting)} (via het volgende ontvangstbewijs)."
    if done.quarantine:
        text += (
            f"\nIn quarantaine liggen {done.quarantine} verzegelde bundels; "
            "wat daarin over deze persoon staat, valt weg als ze gelezen worden."
        )
    answer(data, text)


@click.command()
@NUMBER
@YES
@everywhere
def erase(number: str, yes: bool) -> None:
    """Wis iemand voorgoed, op vraag van die persoon. Alleen op kantoor."""
    _gone("REQUEST", number, yes, "{number} voorgoed wissen? Dit kan niet ongedaan gemaakt worden.")


@click.command()
@NUMBER
@YES
@everywhere
def anonymise(number: str, yes: bool) -> None:
    """Maak een dossier anoniem omdat de bewaartermijn om is. Alleen op kantoor."""
    _gone("RETENTION", number, yes, "{number} anoniem maken? Dit kan niet ongedaan gemaakt worden.")


@click.command(name="retention")
@click.option("--on", type=DAY, help="Bekijk de lijst zoals ze op die dag zou zijn.")
@everywhere
def due(on: datetime | None) -> None:
    """Toon de dossiers waarvan de bewaartermijn om is: bewaren, anoniem maken of wissen."""
    with workspace() as opened:
        day = on.date() if on else opened.today()
        found = retention.due(opened, day)
    data = [
        {
            "number": one.number,
            "last_contact": one.last_contact,
            "until": one.until,
            "why": one.why,
            "dossier_due": one.due(day),
            "block_due": one.block_due(day),
        }
        for one in found
    ]
    lines = [
        f"{one.number or '-':<18} laatste contact {_day(one.last_contact):<11} tot {_day(one.until):<11} "
        f"{one.why if one.due(day) else 'alleen het afgeschermde blok'}"
        for one in found
    ]
    answer(data, "\n".join(lines) or "Er is niets te beslissen.")


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "onbekend"


@click.command()
@NUMBER
@click.option("--until", type=DAY, required=True)
@click.option("--reason", required=True, help="Waarom het dossier langer nodig is.")
@everywhere
def keep(number: str, until: datetime, reason: str) -> None:
    """Beslis om een dossier langer te bewaren, met de reden."""
    with workspace() as opened:
        view = dossiers.find_number(opened, number)
        retention.keep(opened, view.dossier.id, until.date(), reason)
    say(f"{number} blijft tot {_day(until.date())}.")


@click.command()
@NUMBER
@click.argument("purpose", required=False)
@click.argument("state", required=False, type=click.Choice(["GIVEN", "REFUSED", "WITHDRAWN"]))
@click.option("--witness", help="Naam van de getuige bij een mondeling antwoord.")
@click.option(
    "--how",
    type=click.Choice(["SIGNATURE", "ORAL_WITNESS", "ORAL"]),
    help="Hoe het gezegd werd; ORAL (mondeling, zonder getuige) kan alleen bij een nee.",
)
@click.option("--partner", help="Met wie de gegevens gedeeld worden (bij SHARE_PARTNER).")
@everywhere
def consent(
    number: str,
    purpose: str | None,
    state: str | None,
    witness: str | None,
    how: str | None,
    partner: str | None,
) -> None:
    """Toon de toestemmingen, of bewaar een antwoord (GIVEN, REFUSED, WITHDRAWN)."""
    if purpose is not None and state is None:
        raise click.UsageError("Geef ook het antwoord: GIVEN, REFUSED of WITHDRAWN.")
    with workspace() as opened:
        dossier_id = dossiers.find_number(opened, number).dossier.id
        if purpose is not None and state is not None:
            how = how or _usual_how(state, witness)
            consents.answer(opened, dossier_id, purpose, state, how=how, witness=witness, partner=partner)
        questions = consents.ask(opened, dossier_id)
        states = opened.codelists["consent_state"]
    data: list[dict[str, Any]] = [
        {
            "purpose": one.purpose,
            "state": one.answer.state if one.answer else None,
            "date": one.answer.date if one.answer else None,
            "partner": one.answer.partner if one.answer else None,
            "how": one.answer.how if one.answer else None,
            "text_version": one.answer.text_version if one.answer else None,
        }
        for one in questions
    ]
    lines = [
        f"{one.purpose:<22} {states.get(one.answer.state).label if one.answer and one.answer.state else '-'}"
        + (f", met {one.answer.partner}" if one.answer and one.answer.partner else "")
        for one in questions
    ]
    answer(data, "\n".join(lines))


def _usual_how(state: str, witness: str | None) -> str:
    if witness:
        return consents.ORAL_WITNESS
    return consents.SIGNATURE if state == consents.GIVEN else consents.ORAL


@click.command()
@NUMBER
@click.argument("field")
@everywhere
def history(number: str, field: str) -> None:
    """Toon wat een veld van de klant vroeger zei."""
    with workspace() as opened:
        client = dossiers.find_number(opened, number).client
        found = correction.field_history(opened, client.kind, client.id, field)
    data = [
        {"at_ms": one.at_ms, "device": one.device, "value": one.value, "merged": one.merged} for one in found
    ]
    lines = [
        f"{_moment(one.at_ms)}  {one.device or '-':<20} {one.text or '(leeg)'}"
        f"{' (samengevoegd)' if one.merged else ''}"
        for one in found
    ]
    answer(data, "\n".join(lines) or "Dit veld is nooit ingevuld.")


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().strftime("%d/%m/%Y %H:%M")


COMMANDS = (export, erase, anonymise, due, keep, consent, history)
