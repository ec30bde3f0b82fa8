"""Puts another source in a module's place: before it is imported, or in its functions.

Most changes lie inside one function. Giving the living function another code needs no
second import of everything that uses it.
"""

import ast
import gc
import inspect
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType

Source = str | ast.Module
Place = tuple[str, int]  # a function's qualified name, and its first line


class Instead(SourceFileLoader):
    """On `sys.meta_path`: gives a module another source than its file has."""

    def __init__(self, file: Path, source: str) -> None:
        super().__init__(".".join(file.with_suffix("").parts), str(file.absolute()))
        self.source = source

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.name:
            return None
        return spec_from_file_location(name, self.path, loader=self)

    def get_code(self, _name: str) -> CodeType:
        return self.source_to_code(self.source.encode(), self.path)


def functions_of(file: Path) -> dict[Place, FunctionType]:
    """The functions of an imported file."""
    path = str(file.absolute())
    codes = (
        (one, one.__code__) for one in gc.get_objects() if isinstance(one, FunctionType)
    )
    return {
        (code.co_qualname, code.co_firstlineno): one
        for one, code in codes
        if code.co_filename == path
    }


def replace_functions(
    functions: dict[Place, FunctionType], source: str, changed: Source
) -> bool:
    """Give `functions` the changed code; False where the change lies outside of them."""
    outline, before = _parts(compile(source, "", "exec"))
    new_outline, after = _parts(compile(changed, "", "exec"))
    if outline != new_outline:
        return False
    different = [place for place in before if before[place] != after[place]]
    if not functions.keys() >= set(different):
        return False
    try:
        for place in different:
            functions[place].__code__ = after[place]
    except ValueError:  # it needs another closure
        return False
    return bool(different)


def _parts(code: CodeType) -> tuple[list[object], dict[Place, CodeType]]:
    """What runs at the import of a module or class body, and the functions it makes."""
    outline: list[object] = [code.co_code, code.co_names]
    functions: dict[Place, CodeType] = {}
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            outline.append(repr(constant))
        elif not constant.co_flags & inspect.CO_OPTIMIZED:
            inner, more = _parts(constant)
            outline.append(inner)
            functions |= more
        elif constant.co_name.startswith(
            "<"
        ):  # a lambda or generator: may run at import
            outline.append(constant)
        else:
            functions[constant.co_qualname, constant.co_firstlineno] = constant
    return outline, functions
