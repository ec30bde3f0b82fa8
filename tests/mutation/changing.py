"""Writes every small change of a module as JSON; runs where cosmic-ray is installed.

Left out is what no test could notice or what no test is needed for:
- a change that makes the same program as another one, or as none, or no Python at all;
- one inside an annotation only: it does nothing, or nothing can be imported any more;
- `/` for the `*` before arguments that are named: those who call do name them;
- `==` for `is`: we write `is` between members of an enum, of which each is there once.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

THE_SAME = ("_Is_Eq", "_IsNot_NotEq")


class _Plain(ast.NodeTransformer):
    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.args = node.posonlyargs + node.args + node.kwonlyargs
        node.defaults += [default for default in node.kw_defaults if default]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)


def _program(source: str) -> str:
    """What of a source counts."""
    return ast.dump(_Plain().visit(ast.parse(source)))


def changes(source: str) -> Iterator[str]:
    """Each changed source."""
    seen = {_program(source)}
    nodes = list(ast_nodes(get_ast(source)))
    for name in operator_names():
        kind = get_operator(name)
        if kind.arguments() or name.endswith(THE_SAME):
            continue
        places = sum(1 for node in nodes for _ in kind().mutation_positions(node))
        for place in range(places):
            try:
                changed = mutate_code(source, kind(), place)
                program = _program(changed)
            except (SyntaxError, AttributeError):  # or an exception with a dotted name
                continue
            if program not in seen:
                seen.add(program)
                yield changed


if __name__ == "__main__":
    json.dump(list(changes(Path(sys.argv[1]).read_text())), sys.stdout)
