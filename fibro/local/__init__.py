"""The local launcher: fibro on one machine, with a PostgreSQL of its own.

`python -m fibro.local` prepares .venv and then runs, serves, tests or executes a command. Three
processes share the work. The launcher (session.py) runs commands and ends with them. The keeper
(keeper.py) owns PostgreSQL and notices when the launcher is gone, however it went. PostgreSQL is
the keeper's child and ends with it. All that lasts lives in .local/ (places.py).
"""
