"""Real processes: a database starts, lasts, and leaves nothing behind however it is ended."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from fibro.local import binaries
from fibro.local.places import ROOT
from fibro.local.processes import exists

DEADLINE = 30
LAUNCHER = [sys.executable, "-m", "fibro.local.commands", "exec"]
SLEEPER = """
import json, os, pathlib, sys, time
path = pathlib.Path(sys.argv[1])
note = {"pid": os.getpid(), "url": os.environ["DATABASE_URL"]}
path.with_suffix(".new").write_text(json.dumps(note))
path.with_suffix(".new").rename(path)
time.sleep(600)
"""
# Started between the tests and the launcher, as make is.
MIDDLEMAN = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


def wait_for(condition):
    deadline = time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return found


def alive(pid):
    """Whether a process runs; one that has ended and waits to be reaped does not."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False
    return exists(pid)


class Place:
    """A .local of its own, outside pytest's directories: another account must reach it."""

    def __init__(self, home):
        self.home = home
        self.temporary = home / "t"
        self.started = []
        self.temporary.mkdir()
        self.temporary.chmod(0o1777)
        self.env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.env |= {"FIBRO_LOCAL": str(home), "TMPDIR": str(self.temporary)}

    def run(self, *command):
        return subprocess.run(
            [*LAUNCHER, *command],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    def python(self, script):
        return self.run("--", sys.executable, "-c", script)

    def start(self, *options, before=()):
        """Start a launcher; return it with the process ids of its command and its PostgreSQL."""
        note = self.home / f"note-{len(self.started)}.json"
        process = subprocess.Popen(
            [*before, *LAUNCHER, *options, "--", sys.executable, "-c", SLEEPER, str(note)],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started.append(process)
        wait_for(lambda: note.exists() or process.poll() is not None)
        told = json.loads(note.read_text())
        sockets = told["url"].partition(":5432/")[2].rpartition("/")[0]
        server = int(Path(sockets, ".s.PGSQL.5432.lock").read_text().split()[0])
        return process, told["pid"], server

    def gone(self, *pids):
        return not any(map(alive, pids)) and not list(self.temporary.iterdir())


@pytest.fixture(scope="module")
def place():
    if not (next(binaries.system(), None) or binaries._wheel() or os.environ.get("PG_BIN")):
        pytest.skip("no PostgreSQL programs on this machine")
    home = Path(tempfile.mkdtemp(prefix="fl-", dir="/tmp"))
    home.chmod(0o755)
    place = Place(home)
    yield place
    for process in place.started:
        if process.poll() is None:
            process.terminate()
            process.wait(DEADLINE)
    shutil.rmtree(home)


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")


def test_data_survives_a_restart_and_accents_are_letters(place):
    write = """
import os, psycopg, environ
parts = environ.Env.db_url_config(os.environ["DATABASE_URL"])
with psycopg.connect(host=parts["HOST"], user="fibro", dbname="fibro") as db:
    db.execute("CREATE TABLE kept AS SELECT lower('É') || to_tsvector('simple', 'crème brûlée')")
"""
    done = place.python(write)
    assert done.returncode == 0, done.stderr
    read = write.partition("    db.execute")[0]
    read += "    print(*db.execute('TABLE kept').fetchone())"
    done = place.python(read)
    assert done.stdout.strip() == "é'brûlée':2 'crème':1", done.stderr
    assert place.gone()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_an_ended_launcher_leaves_nothing(place, signum):
    launcher, command, server = place.start()
    launcher.send_signal(signum)
    launcher.wait(DEADLINE)
    wait_for(lambda: place.gone(command, server))


def test_a_killed_launcher_leaves_no_temporary_database(place):
    launcher, command, server = place.start("--temporary")
    assert len(list(place.temporary.iterdir())) == 1
    launcher.kill()
    launcher.wait(DEADLINE)
    wait_for(lambda: place.gone(command, server))


def test_a_killed_parent_takes_the_launcher_along(place):
    parent, command, server = place.start(before=[sys.executable, "-c", MIDDLEMAN])
    parent.kill()
    parent.wait(DEADLINE)
    wait_for(lambda: place.gone(command, server))


@needs_proc
def test_a_killed_keeper_takes_all_along(place):
    launcher, command, server = place.start()
    os.kill(parent_of(server), signal.SIGKILL)
    assert launcher.wait(DEADLINE) == 1
    wait_for(lambda: place.gone(command, server))


@needs_proc
def test_a_killed_server_ends_the_launcher(place):
    launcher, command, server = place.start()
    os.kill(server, signal.SIGKILL)
    assert launcher.wait(DEADLINE) == 1
    wait_for(lambda: place.gone(command, server))


def test_a_second_launcher_joins_the_first(place):
    launcher, command, server = place.start()
    done = place.python("import os; print(os.environ['DATABASE_URL'])")
    sockets = list(place.temporary.glob("fibro-*"))
    assert any(str(directory) in done.stdout for directory in sockets), done.stderr
    assert alive(command)
    launcher.terminate()
    launcher.wait(DEADLINE)
    wait_for(lambda: place.gone(command, server))


def test_the_status_is_that_of_the_command(place):
    assert place.python("raise SystemExit(7)").returncode == 7


def test_a_broken_server_is_one_line(place):
    data = next(path for path in place.home.glob("postgres-*") if path.is_dir())
    settings = data / "postgresql.conf"
    original = settings.read_text()
    settings.write_text(f"{original}\nshared_buffers = lots\n")
    try:
        done = place.python("pass")
    finally:
        settings.write_text(original)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "PostgreSQL did not start" in done.stderr
    assert place.gone()


def test_a_half_made_database_is_made_again(place):
    home = place.home / "fresh"
    home.mkdir()
    home.chmod(0o755)
    done_name = next(path.name for path in place.home.glob("postgres-*") if path.is_dir())
    (home / f"{done_name}.new").mkdir()
    (home / f"{done_name}.new" / "PG_VERSION").touch()
    done = subprocess.run(
        [*LAUNCHER, "--", sys.executable, "-c", "print('well')"],
        cwd=ROOT,
        env=place.env | {"FIBRO_LOCAL": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    assert done.stdout == "well\n", done.stderr
    assert not (home / f"{done_name}.new").exists()
