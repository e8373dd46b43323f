"""articles -> triggers -> fibro.publishing -> fibro.search, reading, sources, images -> Django.

Imports inside functions count too. Only the modules right in fibro/ see both content apps. The
admin's screens stand above the rooms: they, and nothing else, share what fibro.admin_base gives.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = {"fibro.evidence", "fibro.fields", "fibro.filters", "fibro.liveness", "fibro.pagination"}
SHARED_BY_ADMINS = {"fibro.admin_base", "fibro.admin_relations"}
BASE = {"fibro.search", "fibro.sources", "fibro.reading", "fibro.images"}
MAY_IMPORT = {
    "fibro.search": set(),
    "fibro.images": set(),
    "fibro.sources": {"fibro.search"},
    "fibro.reading": {"fibro.search", "fibro.sources"},
    "fibro.publishing": BASE,
    "triggers": BASE | {"fibro.publishing"},
    "articles": BASE | {"fibro.publishing", "triggers"},
    "fibro.starter": BASE | {"fibro.publishing"},
}


def room_of(module):
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "fibro" and len(parts) > 1 else parts[0]


def imports(path):
    """Absolute names of all modules that a file imports, wherever in it."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *([node.module] if node.module else [])))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def foreign_imports(room):
    folder = ROOT / room.replace(".", "/")
    for path in folder.rglob("*.py"):
        for module in imports(path):
            to = room_of(module)
            ours = to in MAY_IMPORT or to.startswith("fibro.") or to in ("triggers", "articles")
            is_admin = "admin" in (path.stem, path.parent.name)
            shared = SHARED | SHARED_BY_ADMINS if is_admin else SHARED
            if ours and to != room and to not in shared:
                yield path.relative_to(ROOT), module, to


def test_imports_run_one_way():
    wrong = [
        f"{path} imports {module}"
        for room, allowed in MAY_IMPORT.items()
        for path, module, to in foreign_imports(room)
        if to not in allowed
    ]
    assert wrong == []


def test_the_shared_modules_see_no_room():
    wrong = [
        f"{module} imports {imported}"
        for module in SHARED
        for imported in imports(ROOT / f"{module.replace('.', '/')}.py")
        if room_of(imported) in MAY_IMPORT
    ]
    assert wrong == []


def test_the_check_sees_function_level_imports(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "fibro/search").mkdir(parents=True)
    (tmp_path / "fibro/search/x.py").write_text(
        "def f():\n    from articles.models import Article\n"
    )
    assert [to for _, _, to in foreign_imports("fibro.search")] == ["articles", "articles"]
