"""Whom we speak to: certificates, host keys, redirects, rights, and where a secret never shows."""

from __future__ import annotations

import logging
import socket
import threading
from dataclasses import replace

import asyncssh
import pytest

from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.places import kept, webdav
from leerwinkel_desktop.services.places.errors import (
    AccessRefused,
    BadAddress,
    HostKeyChanged,
    NoAnswer,
    NotTrusted,
    PlaceFull,
    ReadOnlyPlace,
    StrangeAnswer,
    UnknownHost,
    UnknownHostKey,
)
from leerwinkel_desktop.store.places import Place


@pytest.fixture
def web(servers):
    """Serves any WSGI program for one test; gives its port."""
    started = []

    def serve(app, tls=None):
        started.append(servers.serve(app, tls))
        return started[-1].bind_addr[1]

    yield serve
    for one in started:
        one.stop()


def answering(status, headers=(), seen=None):
    def app(environ, start_response):
        if seen is not None:
            seen.append((environ["REQUEST_METHOD"], environ.get("HTTP_AUTHORIZATION")))
        start_response(status, [("Content-Type", "text/html"), *headers])
        return [b"<html>Meld je aan</html>"]

    return app


@pytest.mark.parametrize("kind", ["WEBDAV", "S3"])
def test_a_certificate_that_nobody_vouches_for_gets_nothing(kind, web, servers, certificate):
    seen: list[object] = []
    port = web(answering("200 OK", seen=seen), certificate)
    place = Place(
        name="Vals", kind=kind, address=f"https://{servers.HOST}:{port}", folder="map", user="u", secret="s"
    )
    with pytest.raises(NotTrusted):
        places.check(place)
    assert seen == []


def test_a_certificate_that_this_computer_trusts(web, servers, certificate, tmp_path, monkeypatch):
    """The control of the test above, and how an office's own certificates work."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    port = web(servers.webdav_app(tmp_path), certificate)
    address = f"https://{servers.HOST}:{port}"
    place = Place(name="Echt", kind="WEBDAV", address=address, user=servers.USER, secret=servers.SECRET)
    assert places.check(place).unwritable is None


def test_storage_trusts_what_this_computer_trusts(web, servers, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    address = f"https://{servers.HOST}:{web(answering('400 Bad Request'), certificate)}"
    with pytest.raises(StrangeAnswer):
        places.check(Place(name="Echt", kind="S3", address=address, folder="b", user="u", secret="s"))


@pytest.mark.parametrize("status", ["200 OK", "500 Internal Server Error", "400 Bad Request"])
@pytest.mark.parametrize("kind", ["WEBDAV", "S3"])
def test_what_is_no_such_server(kind, status, web, servers, monkeypatch):
    monkeypatch.setattr("webdav4.retry.BACKOFF", 0)
    port = web(answering(status))
    place = Place(
        name="Iets", kind=kind, address=f"http://{servers.HOST}:{port}", folder="map", user="u", secret="s"
    )
    with pytest.raises((StrangeAnswer, NoAnswer)):
        places.check(place)


def test_what_is_no_ssh_server(web, servers, workspace):
    port = web(answering("200 OK"))
    with pytest.raises((StrangeAnswer, NoAnswer)):
        places.greet(workspace, Place(name="Iets", kind="SFTP", address=f"{servers.HOST}:{port}", user="u"))


def test_a_redirect_to_another_server_gets_no_password(web, servers):
    asked, elsewhere = list[object](), list[object]()
    other = web(answering("200 OK", seen=elsewhere))
    port = web(answering("302 Found", [("Location", f"http://{servers.HOST}:{other}/")], asked))
    place = Place(name="Om", kind="WEBDAV", address=f"http://{servers.HOST}:{port}", user="u", secret="s")
    with pytest.raises(StrangeAnswer):
        places.check(place)
    assert len(asked) == 1
    assert elsewhere == []


def test_a_host_that_nobody_knows(monkeypatch):
    def unknown(*_arguments, **_named):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    with pytest.raises(UnknownHost):
        places.check(Place(name="Weg", kind="WEBDAV", address="https://wolk.example", user="u", secret="s"))
    with pytest.raises(UnknownHost):
        places.check(Place(name="Weg", kind="SFTP", address="wolk.example", user="u", host_key=some_key()))


def some_key():
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def test_a_server_that_falls_silent_is_left(web, servers, monkeypatch):
    """The limit is a figure of `stores`; here it is short."""
    monkeypatch.setattr(webdav, "PATIENCE", 0.2)
    started, go_on = [], threading.Event()

    def silent(environ, start_response):
        started.append(1)
        go_on.wait(20)
        start_response("200 OK", [])
        return [b""]

    place = Place(name="Stil", kind="WEBDAV", address=f"http://{servers.HOST}:{web(silent)}", user="u")
    with pytest.raises(NoAnswer):
        places.check(place)
    go_on.set()
    assert started


def test_the_key_is_pinned_before_anything_secret_is_sent(ssh, workspace):
    server = ssh()
    new = kept.add(workspace, replace(server.place, host_key=""))
    with pytest.raises(UnknownHostKey):
        places.check(new)
    assert server.seen == []
    pinned, shown = places.greet(workspace, new)
    assert shown.startswith("SHA256:")
    assert places.find(workspace, new.name) == pinned
    assert pinned.host_key == server.place.host_key
    assert server.seen == []
    assert places.check(pinned).unwritable is None
    assert set(server.seen) == {server.place.user}


def test_another_key_later_is_refused(ssh, workspace):
    first, second = ssh(), ssh()
    moved = kept.add(workspace, replace(second.place, host_key=first.place.host_key))
    with pytest.raises(HostKeyChanged):
        places.check(moved)
    again, shown = places.greet(workspace, moved)
    assert again.host_key == first.place.host_key, "a pinned key is never replaced by itself"
    assert shown.startswith("SHA256:")
    assert second.seen == []
    places.change(workspace, replace(moved, address="elders.example"))
    assert places.find(workspace, moved.name).host_key == ""


def test_a_private_key_instead_of_a_password(ssh, workspace):
    server = ssh()
    key = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    with pytest.raises(AccessRefused):
        places.check(replace(server.place, secret=key))
    with pytest.raises(BadAddress):
        places.check(replace(server.place, secret="-----BEGIN NONSENSE-----\n"))


def root(folder):
    (folder / "wolk").mkdir()
    return folder / "wolk"


class Refusing(asyncssh.SFTPServer):
    """An SFTP server that lets nobody write."""

    def open(self, path, pflags, attrs):
        if pflags & asyncssh.FXF_WRITE:
            raise asyncssh.SFTPPermissionDenied("read only")
        return super().open(path, pflags, attrs)


class Full(asyncssh.SFTPServer):
    """An SFTP server on a full disk."""

    def write(self, file_obj, offset, data):
        raise OSError(28, "No space left on device")


def test_where_nothing_may_be_written(ssh, web, servers, tmp_path, workspace, sealed):
    dav = web(servers.webdav_app(root(tmp_path), readonly=True))
    cloud = Place(
        name="Wolk",
        kind="WEBDAV",
        address=f"http://{servers.HOST}:{dav}",
        user=servers.USER,
        secret=servers.SECRET,
    )
    for place in (cloud, ssh(Refusing).place):
        assert isinstance(places.check(place).unwritable, ReadOnlyPlace)
        with pytest.raises(ReadOnlyPlace):
            places.lay_down(workspace, place, sealed())


def test_where_no_room_is_left(ssh, web, servers, tmp_path, workspace, sealed):
    whole = servers.webdav_app(root(tmp_path))

    def full(environ, start_response):
        if environ["REQUEST_METHOD"] != "PUT":
            return whole(environ, start_response)
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response("507 Insufficient Storage", [("Content-Length", "0")])
        return [b""]

    server = ssh(Full)
    cloud = Place(
        name="Wolk",
        kind="WEBDAV",
        address=f"http://{servers.HOST}:{web(full)}",
        user=servers.USER,
        secret=servers.SECRET,
    )
    for place in (cloud, server.place):
        with pytest.raises(PlaceFull):
            places.lay_down(workspace, place, sealed("laptop-01-1-3-aa.lwb"))
    assert list(server.root.iterdir()) == [], "an upload that failed is taken away again"


def test_a_server_that_gives_less_than_it_said(web, servers, tmp_path, workspace, sealed):
    whole, folder = servers.webdav_app(root(tmp_path)), tmp_path / "wolk"

    def short(environ, start_response):
        if environ["REQUEST_METHOD"] != "GET":
            return whole(environ, start_response)
        start_response("200 OK", [("Content-Length", "10")])
        return [servers.SEALED[:10]]

    place = Place(
        name="Wolk",
        kind="WEBDAV",
        address=f"http://{servers.HOST}:{web(short)}",
        user=servers.USER,
        secret=servers.SECRET,
    )
    (folder / "laptop-01-1-3-aa.lwb").write_bytes(sealed("a.lwb", 1000).read_bytes())
    (tmp_path / "in").mkdir()
    with pytest.raises(NoAnswer):
        places.fetch(workspace, place, "laptop-01-1-3-aa.lwb", tmp_path / "in")
    assert list((tmp_path / "in").iterdir()) == []


@pytest.mark.parametrize("kind", ["webdav", "sftp", "s3"])
def test_no_log_tells_a_secret(kind, request, workspace, sealed, caplog):
    server = request.getfixturevalue(kind)
    caplog.set_level(logging.DEBUG)
    folder = f"logboek/{kind}"
    (server.root / folder).mkdir(parents=True)
    place = replace(server.place, folder=folder)
    places.lay_down(workspace, place, sealed("laptop-01-1-3-aa.lwb", 1000))
    places.waiting(workspace, place)
    assert place.secret not in caplog.text
    assert place.secret not in repr(place)
