"""What the launcher can do: run, serve, test and exec."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from . import database, environment, ports
from .faults import Fault, from_output, told_in_one_line
from .places import local
from .session import Session, Stopped, running_url

MANAGE = [sys.executable, "manage.py"]
OWN_CHOICE_OF_WORKERS = ("-n", "--numprocesses", "--pdb", "no:xdist", "-pno:xdist")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fibro.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve for development, with auto-reload")
    commands.add_parser("serve", help="serve as in production")
    test = commands.add_parser("test", help="run the tests in a database of their own")
    test.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments for pytest")
    execute = commands.add_parser("exec", help="run a command beside the local database")
    execute.add_argument("--temporary", action="store_true", help="beside an empty one instead")
    execute.add_argument("arguments", nargs=argparse.REMAINDER, help="the command")
    options = parser.parse_args(arguments)
    if getattr(options, "arguments", [])[:1] == ["--"]:
        del options.arguments[0]
    return options


def main(options: argparse.Namespace) -> int:
    match options.command:
        case "test":
            return test(options.arguments)
        case "exec":
            return execute(options.arguments, temporary=options.temporary)
        case served:
            try:
                return serve(development=served == "run")
            except Stopped:
                print("\nStopped. What you edited is kept.", flush=True)
                return 0


def serve(*, development: bool) -> int:
    address = ports.wanted()
    with _session("lasting") as (session, url):
        env = environment.for_site(url, debug=development, address=address)
        _step(session, env, "migrate", "--no-input")
        _step(session, env, "load_starter", show=True)
        if development:
            command = [*MANAGE, "runserver", str(address)]
        else:
            _step(session, env, "collectstatic", "--no-input")
            command = [sys.executable, "-m", "gunicorn", "fibro.wsgi", "--bind", str(address)]
            command += ["--worker-class", "gthread", "--threads", "4", "--access-logfile", "-"]
            command += ["--graceful-timeout", "5", "--no-control-socket"]
        print(f"\nfibro is at {address.url}/", flush=True)
        session.run([sys.executable, "-m", "fibro.local.account", address.url], env=env)
        print("Ctrl-C stops it.\n", flush=True)
        return session.run(command, env=env)


def test(arguments: list[str]) -> int:
    if not any(argument.startswith(OWN_CHOICE_OF_WORKERS) for argument in arguments):
        arguments = ["-n", "2", "--dist", "loadfile", *arguments]
    with _session("temporary") as (session, url):
        env = environment.for_tests(url, scratch=str(session.scratch))
        command = [sys.executable, "-m", "pytest", *arguments]
        return session.run(command, env=env, interactive=True)


def execute(command: list[str], *, temporary: bool) -> int:
    if not command:
        raise Fault("exec needs a command: exec -- python manage.py shell")
    with _session("temporary" if temporary else "lasting", join=True) as (session, url):
        env = environment.for_site(url, debug=True)
        if not shutil.which(command[0], path=env["PATH"]):
            raise Fault(f"There is no command {command[0]}.")
        return session.run(command, env=env, interactive=True)


@contextmanager
def _session(kind: str, *, join: bool = False) -> Iterator[tuple[Session, str]]:
    """A session and the address of its database: DATABASE_URL if set; with `join`, the lasting
    database where it is served already; else one of our own."""
    if url := os.environ.get("DATABASE_URL"):
        database.require(url)
    elif join and kind == "lasting":
        url = running_url()
    with Session(database=None if url else kind) as session:
        if session.url:
            database.make(session.url)
        yield session, session.url or url


def _step(session: Session, env: dict[str, str], *command: str, show: bool = False) -> None:
    """Run a management command that is silent unless it fails, or shows what it did."""
    log = local(f"{command[0]}.log")
    with log.open("w") as output:
        status = session.run([*MANAGE, *command], env=env, output=output)
    said = log.read_text(errors="replace")
    if status:
        raise from_output(f"{command[0]} failed", said, log=log)
    if show and said.strip():
        print(said.strip(), flush=True)


if __name__ == "__main__":
    with told_in_one_line():
        sys.exit(main(parse(sys.argv[1:])))
