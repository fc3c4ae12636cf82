"""The rules a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "microgpt_gui"
SOURCES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
TEXTS = [
    *SOURCES,
    *(path for path in (ROOT / ".ci").iterdir() if path.is_file()),
    *ROOT.glob("*.md"),
    *ROOT.glob("*.toml"),
    *(ROOT / "resources").rglob("*.md"),
    *(ROOT / "resources").rglob("*.qss"),
    ROOT / "Makefile",
]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["importlinter"]["contracts"]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Bracketed, so that this file does not find itself.
UNFINISHED = re.compile("TO[D]O|FIX[M]E")
MACHINE_PATH = re.compile(
    r"(?<![\w.~$}/])/(home|Users|work|root|mnt|tmp)/|[A-Z]:\\\\Us"
)


@pytest.mark.parametrize("path", TEXTS, ids=relative)
def test_a_file_keeps_the_rules(path):
    text = path.read_text(encoding="utf-8")
    assert not UNFINISHED.search(text)
    if path != Path(__file__):
        assert not MACHINE_PATH.search(text)
    if path.suffix == ".py":
        assert len(text.splitlines()) < 390  # so that nobody squeezes a line in
        assert not re.search("util|helper|manager|misc|common", path.stem)
    if PACKAGE in path.parents:
        assert "setConfigOption" not in text  # plots keep pyqtgraph's own
        assert_slots_are_bound_methods(text)


def assert_slots_are_bound_methods(text: str) -> None:
    """PySide6 runs any other callable on the thread that emits the signal."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
        ):
            for argument in node.args:
                assert not is_lambda_or_partial(argument), f"line {node.lineno}"


def is_lambda_or_partial(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return isinstance(node, ast.Lambda) or name == "partial"


#: What needs NumPy, numba or LLVM; it is loaded only where it is asked for.
WITH_PACKAGES = (
    "microgpt_gui.engine.arrays",
    "microgpt_gui.engine.compiled.kernels.",
    "microgpt_gui.engine.compiled.machine_code.",
)


def modules_of(*layers: str) -> list[str]:
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for layer in layers
        for path in sorted((PACKAGE / layer).rglob("*.py"))
    ]


def test_little_lies_loose_in_gui():
    assert len([*(PACKAGE / "gui").glob("*.py")]) <= 8


@pytest.mark.parametrize("layer", ["engine", "data", "session", "cli"])
def test_layer_needs_no_gui_packages(layer):
    """Every module of it, in one fresh interpreter that has none of them."""
    modules = [m for m in modules_of(layer) if not m.startswith(WITH_PACKAGES)]
    absent = ["PySide6", "pyqtgraph", "superqt", "numpy", "numba", "llvmlite"]
    code = (
        "import importlib, sys\n"
        f"for name in {absent!r}:\n"
        "    sys.modules[name] = None\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


#: For each contract, a module and an import in it that the contract must refuse.
OFFENCES = {
    "layers point downwards only": (
        "microgpt_gui.engine.base",
        "microgpt_gui.session.config",
    ),
    "within gui, layers point downwards only": (
        "microgpt_gui.gui.widgets.action",
        "microgpt_gui.gui.run.run_state",
    ),
    "nothing below gui imports Qt or pyqtgraph": (
        "microgpt_gui.session.run",
        "PySide6.QtCore",
    ),
    "engines and data need the standard library alone": (
        "microgpt_gui.engine.sampling",
        "numpy",
    ),
    "panels do not know each other": (
        "microgpt_gui.gui.panels.loss",
        "microgpt_gui.gui.panels.sampling",
    ),
    "panels and the window reach the engine only through the session": (
        "microgpt_gui.gui.window.main_window",
        "microgpt_gui.engine",
    ),
    "theme and widgets know nothing of a run": (
        "microgpt_gui.gui.theme.appearance",
        "microgpt_gui.session.config",
    ),
    "no import circle among neighbours": (
        "microgpt_gui.gui.window.title",
        "microgpt_gui.gui.window.main_window",
    ),
}


def lint_imports(folder: Path) -> str:
    """Return what import-linter objects to in ``folder``; empty if nothing."""
    result = subprocess.run(
        [
            *(sys.executable, "-c"),
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout + result.stderr if result.returncode else ""


def test_contracts_hold():
    assert lint_imports(ROOT) == ""


def test_every_contract_has_an_offence():
    assert set(OFFENCES) == {contract["name"] for contract in CONTRACTS}


def test_every_contract_can_be_broken(tmp_path):
    """All in one copy, since each look through the imports takes seconds."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    for module, imported in OFFENCES.values():
        path = tmp_path.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    for folder in (PACKAGE, PACKAGE / "gui"):
        newcomer = tmp_path / folder.relative_to(ROOT) / "newcomer.py"
        newcomer.write_text("", encoding="utf-8")
    said = lint_imports(tmp_path)
    for contract, (module, imported) in OFFENCES.items():
        _, _, told = said.partition(f"\n{contract}\n---")
        told = told.partition("\n---")[0]
        name = imported if imported.startswith(PACKAGE.name) else imported.split(".")[0]
        if contract.endswith("among neighbours"):  # told by their last names
            module, name = (f".{n.rpartition('.')[2]}" for n in (module, name))
        assert f"{module} -> {name} " in told, said
        if contract.endswith("layers point downwards only"):
            assert "newcomer" in told, said  # which has no layer


def circle_in(graph: grimp.ImportGraph) -> list[str]:
    """Return modules of which each imports the next, the last the first; or none."""
    ways = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    try:
        TopologicalSorter(ways).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_modules_import_each_other_in_a_circle():
    """Imports for types alone count, and those inside functions; packages as well."""
    graph = grimp.build_graph(PACKAGE.name, cache_dir=None)
    assert circle_in(graph) == []
    package = "microgpt_gui.gui.window.timeline"
    graph.add_import(importer=f"{package}.bar", imported=package)
    assert circle_in(graph)
