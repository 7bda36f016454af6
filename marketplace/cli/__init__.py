"""The commands of the market, each in a file of its own, read only when it is asked for."""

import copy
import importlib

import click
from flask.cli import AppGroup, with_appcontext

from marketplace.cli.speaking import Unknown

COMMANDS = (
    "backup",
    "build-places",
    "create-user",
    "draw-states",
    "drill",
    "import-products",
    "law-check",
    "migrate",
    "move-database",
    "reindex",
    "release",
    "reset-factor",
    "restore",
    "seed-demo",
    "serve",
    "worker",
)


class Commands(AppGroup):
    """`flask --app run <name>` runs the one command of the module of that name (with _ for -)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the interface
        """Their names, as typed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the interface
        """Import the command and run it inside the app; an unknown name refuses in words."""
        if cmd_name not in COMMANDS:
            return Unknown(cmd_name, COMMANDS)
        module = importlib.import_module(f"marketplace.cli.{cmd_name.replace('-', '_')}")
        command = copy.copy(next(value for value in vars(module).values() if isinstance(value, click.Command)))
        if command.callback is not None:
            command.callback = with_appcontext(command.callback)
        return command
