"""Which supports to ask about when something stands in the way, and noting that one was advised (step 3)."""

from __future__ import annotations

from dataclasses import replace

from leerwinkel_desktop.domain.codelists import Code
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Barrier, Support
from leerwinkel_desktop.services.workspace import Workspace


def suggested(workspace: Workspace, barrier: str | None) -> tuple[Code, ...]:
    """The supports that may help with a barrier today, the likeliest first; suggestions, never promises."""
    lists, today = workspace.codelists, workspace.today()
    lines = (one for one in lists["barrier_support"].current(today) if one.text("barrier") == barrier)
    codes = dict.fromkeys(code for line in lines for code in line.texts("supports"))
    known = {code.code: code for code in lists["support"].current(today)}
    return tuple(known[code] for code in codes if code in known)


def advise(workspace: Workspace, barrier_id: str, code: str) -> Support:
    """Note that a support was advised because of a barrier; twice the same notes it once.

    A barrier without a support gets this one. One transaction. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        barrier = transaction.get(Barrier, barrier_id)
        known = transaction.find(Support, trajectory_id=barrier.trajectory_id, code=code)
        today = workspace.today()
        fresh = Support(id=new_id(), trajectory_id=barrier.trajectory_id, code=code, advised_on=today)
        support = known[0] if known else fresh
        named = barrier if barrier.support_code else replace(barrier, support_code=code)
        transaction.save_all((support, named))
        return support
