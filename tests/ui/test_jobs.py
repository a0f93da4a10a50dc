"""Jobs run in order beside the window, tell where they are, stop when asked, and die with the window."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.ui.jobs import ImmediateJobs, JobRunner


@pytest.fixture
def runner(qtbot):
    made = JobRunner()
    yield made
    made.close()


@pytest.fixture
def owner(qtbot):
    return QObject()


def never(error: BaseException) -> None:
    raise AssertionError(error)


def test_jobs_run_in_order_on_another_thread_and_report_on_this_one(qtbot, runner, owner):
    told: list[tuple[int, int, int]] = []
    here = threading.get_ident()
    for number in range(5):
        runner.start(
            owner,
            lambda progress, number=number: (number, threading.get_ident()),
            lambda result: told.append((*result, threading.get_ident())),
            never,
        )
    qtbot.waitUntil(lambda: len(told) == 5)
    assert [number for number, _, _ in told] == [0, 1, 2, 3, 4]
    assert all(there != here and back == here for _, there, back in told)


def test_progress_arrives_before_the_result(qtbot, runner, owner):
    told: list[object] = []

    def work(progress):
        progress(1, 2, "halverwege")
        return "klaar"

    with qtbot.waitSignal(runner.idle):
        runner.start(owner, work, told.append, never, lambda *step: told.append(step))
    assert told == [(1, 2, "halverwege"), "klaar"]


def test_an_error_goes_to_failed(qtbot, runner, owner):
    told: list[BaseException] = []

    def work(progress):
        raise KeyError("kapot")

    with qtbot.waitSignal(runner.idle):
        runner.start(owner, work, never, told.append)
    assert isinstance(told[0], KeyError)


def test_a_running_job_stops_at_its_next_sign_of_life(qtbot, runner, owner):
    told: list[BaseException] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        go_on.wait(10)
        progress(1, 2, "")
        raise AssertionError("went on after it was cancelled")

    job = runner.start(owner, work, never, told.append)
    assert begun.wait(10)
    job.cancel()
    with qtbot.waitSignal(runner.idle):
        go_on.set()
    assert isinstance(told[0], Cancelled)


def test_a_waiting_job_that_is_cancelled_never_starts(qtbot, runner, owner):
    told: list[BaseException] = []
    started: list[str] = []
    gate = threading.Event()
    runner.start(owner, lambda progress: gate.wait(10), lambda _: None, never)
    job = runner.start(owner, lambda progress: started.append("ran"), never, told.append)
    job.cancel()
    with qtbot.waitSignal(runner.idle):
        gate.set()
    assert started == []
    assert isinstance(told[0], Cancelled)


def test_nothing_is_told_to_a_widget_that_is_gone(qtbot, runner):
    told: list[object] = []
    gate = threading.Event()
    owner = QObject()
    runner.start(owner, lambda progress: gate.wait(10), told.append, never)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not runner._open[0].wanted)
    with qtbot.waitSignal(runner.idle):
        gate.set()
    assert told == []


def test_close_waits_for_the_worker_and_can_start_again(qtbot, runner, owner):
    finished = threading.Event()
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            try:
                progress(0, 0, "")
            except Cancelled:
                finished.set()
                raise

    runner.start(owner, work, never, never)
    assert begun.wait(10)
    runner.close()
    assert finished.is_set()
    assert not runner.busy
    told: list[str] = []
    with qtbot.waitSignal(runner.idle):
        runner.start(owner, lambda progress: "weer", told.append, never)
    assert told == ["weer"]


def test_immediate_jobs_do_the_same_at_once(qtbot):
    told: list[object] = []
    jobs = ImmediateJobs()

    def work(progress):
        progress(1, 1, "stap")
        return "klaar"

    def break_down(progress):
        raise ZeroDivisionError

    jobs.start(QObject(), work, told.append, never, lambda *step: told.append(step))
    assert told == [(1, 1, "stap"), "klaar"]
    jobs.start(QObject(), break_down, never, lambda error: told.append(type(error)))
    assert told[-1] is ZeroDivisionError


def test_after_the_end_nothing_begins_any_more(runner, owner):
    ran: list[int] = []
    runner.start(owner, lambda _progress: ran.append(1), lambda _: None, never)
    assert runner.end()
    late = runner.start(owner, lambda _progress: ran.append(2), lambda _: None, never)
    assert late.cancelled
    assert not runner.busy
    assert runner.end()
    assert 2 not in ran
