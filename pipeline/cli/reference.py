"""The reference of all commands in docs/CLI.md, written from the commands themselves.

`python -m pipeline.cli.reference docs/CLI.md` brings the file up to date; a test fails where it is not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from typer.core import TyperArgument, TyperCommand, TyperOption
from typer.main import get_command

from pipeline.cli.command import COMMON_OPTIONS
from pipeline.cli.lazy import COMMANDS, LazyGroup
from pipeline.cli.main import app

BEGIN = "<!-- reference: python -m pipeline.cli.reference docs/CLI.md -->"
END = "<!-- end of reference -->"


def reference() -> str:
    """Describe every command with its arguments and options, in Markdown; what all have in common comes once."""
    group = get_command(app)
    if not isinstance(group, LazyGroup):
        raise TypeError(f"the application is a {type(group).__name__}")
    commands = [command for name in COMMANDS if (command := group.get_command(None, name))]
    common = [_option(option) for option in _options(commands[0]) if option.name in COMMON_OPTIONS]
    sections = ["\n".join(_described(command)) for command in commands]
    return "\n\n".join([*sections, "\n".join(["### Every command / Mọi lệnh", "", *common])])


def updated(document: str) -> str:
    """Return a document with the reference between its two marks brought up to date."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


def _described(command: TyperCommand) -> Iterator[str]:
    arguments = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
    yield f"### `{' '.join(['doisoat', str(command.name), *map(_usage, arguments), '[OPTIONS]'])}`"
    yield ""
    yield command.help or ""
    yield ""
    for argument in arguments:
        yield f"- `{_name(argument)}`: {argument.help}"
    for option in _options(command):
        if option.name not in COMMON_OPTIONS:
            yield _option(option)


def _options(command: TyperCommand) -> list[TyperOption]:
    return [parameter for parameter in command.params if isinstance(parameter, TyperOption)]


def _option(option: TyperOption) -> str:
    names = ", ".join(f"`{name} {option.metavar}`" if option.metavar else f"`{name}`" for name in option.opts)
    return f"- {names}: {option.help}{_default(option)}"


def _name(argument: TyperArgument) -> str:
    return argument.metavar or str(argument.name).upper()


def _usage(argument: TyperArgument) -> str:
    name = f"{_name(argument)}..." if argument.nargs == -1 else _name(argument)
    return name if argument.required else f"[{name}]"


def _default(option: TyperOption) -> str:
    if option.default in (None, False):
        return ""
    value = option.default.value if isinstance(option.default, Enum) else option.default
    return f" (mặc định / default: {value})"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")
