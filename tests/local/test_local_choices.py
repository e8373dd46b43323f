"""What the launcher chooses, and the one line it says when it cannot."""

import shutil
import socket
import subprocess
import sys
from collections import namedtuple

import pytest

from fibro.local import account, binaries, database, environment, faults, places, ports, venv
from fibro.local.binaries import Unfit, inspect
from fibro.local.faults import Fault
from fibro.local.places import ROOT


@pytest.fixture
def make_postgres(tmp_path):
    """Build a directory that looks like PostgreSQL's programs."""

    def build(version="17.2", extensions=binaries.EXTENSIONS, name="bin"):
        programs = tmp_path / f"pg-{version}" / name
        share = programs.parent / "share" / "extension"
        for directory in (programs, share):
            directory.mkdir(parents=True)
        for program in ("postgres", "initdb"):
            file = programs / program
            file.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
            file.chmod(0o755)
        for extension in extensions:
            (share / f"{extension}.control").touch()
        return programs

    return build


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """Only the PostgreSQLs below tmp_path are installed, and nothing can be fetched."""
    monkeypatch.setattr(binaries, "SYSTEM_PLACES", [f"{tmp_path}/pg-*/bin"])
    monkeypatch.setattr(binaries, "_wheel", lambda: None)
    monkeypatch.setattr(venv, "ensure", lambda *_: None)
    return {"PATH": str(tmp_path)}


def test_pg_bin_is_taken_before_all_others(make_postgres, installed):
    make_postgres("18.1")
    chosen = make_postgres("16.4", name="elsewhere")
    assert binaries.find(environ=installed | {"PG_BIN": str(chosen)}).major == 16


def test_pg_bin_that_is_too_old_is_said(make_postgres, installed):
    old = make_postgres("14.9")
    with pytest.raises(Fault, match=r"PG_BIN=.* PostgreSQL 14; fibro needs 15"):
        binaries.find(environ=installed | {"PG_BIN": str(old)})


def test_pg_bin_without_postgres_is_said(installed, tmp_path):
    with pytest.raises(Fault, match="there is no postgres in it"):
        binaries.find(environ=installed | {"PG_BIN": str(tmp_path)})


def test_the_newest_fitting_one_is_taken(make_postgres, installed):
    make_postgres("14.9")
    make_postgres("16.4")
    make_postgres("17.2")
    make_postgres("18.1", extensions=["pg_trgm"])
    assert binaries.find(environ=installed).major == 17


def test_missing_extension_is_named(make_postgres):
    with pytest.raises(Unfit, match="unaccent is missing"):
        inspect(make_postgres("17.3", extensions=["pg_trgm"]))


def test_data_decides_the_version(make_postgres, installed):
    make_postgres("16.4")
    make_postgres("17.2")
    assert binaries.find(made_by={16}, environ=installed).major == 16


def test_data_of_a_version_that_is_gone_is_not_forgotten(make_postgres, installed):
    make_postgres("17.2")
    with pytest.raises(Fault, match="made by PostgreSQL 16, which is not here any more"):
        binaries.find(made_by={16}, environ=installed)


def test_no_postgresql_at_all_says_what_to_do(installed):
    with pytest.raises(Fault, match=r"apt install postgresql.* or set DATABASE_URL"):
        binaries.find(environ=installed)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000.5", "٨٠"])
def test_a_bad_port_is_one_line(port):
    with pytest.raises(Fault, match="is not a port"):
        ports.wanted({"PORT": port})


def test_a_taken_port_offers_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Fault, match=f"Port {port} is taken.*PORT="):
            ports.require_free(ports.wanted({"PORT": str(port)}))


def test_a_foreign_host_is_one_line():
    with pytest.raises(Fault, match="not an address of this machine"):
        ports.require_free(ports.Address("192.0.2.1", 8000))


def test_addresses_as_they_are_printed():
    assert ports.wanted({}).url == "http://127.0.0.1:8000"
    assert ports.Address("::1", 81).url == "http://[::1]:81"
    assert ports.Address("0.0.0.0", 82).url == "http://127.0.0.1:82"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("nonsense", "not the address of a PostgreSQL database"),
        ("mysql://a/b", "not the address of a PostgreSQL database"),
        ("postgres://h:port/x", "not the address of a PostgreSQL database"),
        ("postgres://localhost", "not the address of a PostgreSQL database"),
        ("postgres://u:secret@127.0.0.1:1/x", "nothing answers at 127.0.0.1:1"),
        ("postgres:////nowhere/x", "nothing answers at /nowhere:5432"),
    ],
)
def test_a_wrong_database_url_is_one_line_without_its_password(url, line):
    with pytest.raises(Fault, match=line) as fault:
        database.require(url)
    assert "secret" not in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ('FATAL:  database "x" does not exist', "createdb x"),
        ('FATAL:  password authentication failed for user "u"', "refuses this user or password"),
        ('FATAL:  role "u" does not exist', "refuses this user or password"),
        ("failed to resolve host 'h'", "not a known host"),
    ],
)
def test_what_a_server_refuses_is_put_plainly(said, line):
    assert line in database._reason(said, "x", "h:5432")


def test_a_full_disk_is_noticed_before_and_during(monkeypatch, tmp_path):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))
    with pytest.raises(Fault, match="Less than 200 MB are free"):
        faults.require_room(tmp_path / "not" / "there")
    assert str(faults.from_output("pip", "", log=tmp_path / "log")) == faults.NO_SPACE
    monkeypatch.undo()
    said = "OSError: [Errno 28] No space left on device"
    assert str(faults.from_output("pip", said, log=tmp_path / "log")) == faults.NO_SPACE


def test_a_failed_installation_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    script = "import sys; sys.exit('NewConnectionError: no route')"
    with pytest.raises(Fault, match="Check the network"):
        venv._run(
            [sys.executable, "-c", script], fault="x", advice={"NewConn": "Check the network"}
        )


def test_a_moved_environment_is_not_used():
    assert not venv._usable({"path": "/somewhere/else/.venv", "python": venv._python_version()})


def test_the_user_decides_before_the_launcher(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    monkeypatch.setenv("ALLOWED_HOSTS", "example.org")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    env = environment.for_site("postgres:////sockets/fibro", debug=False)
    assert env["ALLOWED_HOSTS"] == "example.org"
    assert env["SECRET_KEY"] == (tmp_path / "secret-key").read_text().strip()
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert "PGSSLMODE" not in env


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_an_old_python_is_one_line(python):
    done = subprocess.run(
        ["make", "run", f"PYTHON={python}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "fibro needs Python 3.11 or newer" in done.stderr


@pytest.mark.django_db
class TestAccount:
    @pytest.fixture(autouse=True)
    def elsewhere(self, monkeypatch, tmp_path):
        monkeypatch.setattr(places, "LOCAL", tmp_path)

    def test_it_is_made_once_and_told_each_time(self, capsys, django_user_model):
        account.main("http://site")
        account.main("http://site")
        first, second = capsys.readouterr().out.splitlines()
        assert first == second
        assert "http://site/admin/ as editor, password " in first
        assert django_user_model.objects.get().is_superuser

    def test_a_changed_password_is_not_told(self, capsys, django_user_model):
        account.main("http://site")
        editor = django_user_model.objects.get()
        editor.set_password("another")
        editor.save()
        capsys.readouterr()
        account.main("http://site")
        assert "editor, with your own password" in capsys.readouterr().out

    def test_none_is_made_beside_another_superuser(self, capsys, django_user_model):
        django_user_model.objects.create_superuser("someone", password="pw")
        account.main("http://site")
        assert "with your own password" in capsys.readouterr().out
        assert django_user_model.objects.count() == 1
