"""Commands that are imported when they are called: reading pages takes seconds to import, searching must not."""

from __future__ import annotations

import importlib
from types import MappingProxyType

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

COMMANDS = MappingProxyType(
    {
        "ingest": "pipeline.cli.ingest:ingest",
        "reconcile": "pipeline.cli.reconcile:reconcile",
        "search": "pipeline.cli.search:search",
        "status": "pipeline.cli.status:status",
        "export": "pipeline.cli.export:export",
        "extract": "pipeline.cli.extract:extract",
        "repair": "pipeline.cli.repair:repair",
        "eval": "pipeline.cli.eval_command:evaluate",
    }
)
"""Where each command's function is; the order is that of the help."""


class LazyGroup(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: object) -> list[str]:
        """Name the commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:
        """Import a command; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(getattr(importlib.import_module(module), function))
        command = get_command(alone)
        return command if isinstance(command, TyperCommand) else None
