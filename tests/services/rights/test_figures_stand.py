"""When people are erased, published figures stay as they were (DOMAIN.md §9)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import reports
from leerwinkel_desktop.services.demo import genk
from leerwinkel_desktop.services.rights import erasure

PALMARES = reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF)


def year(of, programme=None):
    return reports.ReportRequest("genk", date(of, 1, 1), date(of, 12, 31), date(of, 12, 31), programme)


def told(workspace, request):
    """All rows as they are printed, without the ids behind them."""
    rows = reports.run(workspace, request, provisional=()).rows
    return [replace(row, behind=()) for row in rows]


def clients(workspace):
    with workspace.database.read() as reader:
        return [client.id for client in reader.find(Client)]


def test_a_third_of_the_palmares_may_go(golden):
    several = [
        PALMARES,
        *(year(each) for each in range(2020, 2025)),
        reports.ReportRequest("genk", date(2021, 1, 1), date(2023, 12, 31), date(2023, 12, 31)),
        reports.ReportRequest("genk", date(2021, 9, 1), date(2022, 10, 15), date(2022, 11, 3)),
    ]
    before = [told(golden, each) for each in several]
    reports.publish(golden, PALMARES)
    reports.publish(golden, several[-1])
    everyone = clients(golden)
    done = erasure.erase_many(golden, everyone[::3], "RETENTION")
    assert (done.people, len(clients(golden))) == (146, 292)
    after = [told(golden, each) for each in several]
    assert after == before
    assert json.loads(reports.export(reports.run(golden, PALMARES), "json"))["figures"][1]["n"] == 438


def test_what_was_never_published_is_counted_by_year_and_the_report_says_so(golden):
    cut = reports.ReportRequest("genk", date(2021, 9, 1), date(2022, 10, 15), date(2022, 11, 3))
    erasure.erase_many(golden, clients(golden)[::3], "RETENTION")
    notes = reports.run(golden, cut).provisional
    assert any("alleen het jaar bekend" in note for note in notes)
    assert reports.run(golden, year(2021)).provisional == ()


def test_nothing_finer_than_a_year_stays(golden):
    reports.publish(golden, PALMARES)
    erasure.erase_many(golden, clients(golden), "REQUEST")
    with golden.database.read() as reader:
        kept = reader.connection.execute("SELECT facts FROM statistic").fetchall()
        answers = reader.connection.execute("SELECT answer FROM frozen_answer").fetchall()
    assert len(kept) == 438
    for (text,) in [*kept, *answers]:
        assert "-0" not in text
        assert "-1" not in text
        json.loads(text)
    names = set().union(*(json.loads(text) for (text,) in kept))
    assert names <= {"gender", "nis_code", "belgian", "foreign", "trajectories"}


def test_rows_of_people_who_are_gone_open_no_dossier(golden):
    everyone = clients(golden)
    erasure.erase_many(golden, everyone[:10], "REQUEST")
    row = reports.run(golden, PALMARES).row("G02")
    assert len(row.behind) == 438
    from leerwinkel_desktop.services.reports.behind import clients_behind

    assert sorted(clients_behind(golden, row)) == sorted(everyone[10:])
