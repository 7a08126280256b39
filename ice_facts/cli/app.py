"""The Typer application, whose commands are built when they are called."""

from __future__ import annotations

import importlib
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ice_facts import __version__
from ice_facts.cli.commands import COMMANDS

START = """\
ice-facts answers what the rule on working with ICE is at a place, since when, and who says so.

  ice-facts city chicago                 who governs, rules in force, claims and sources
  ice-facts states --rule 287g=requires  where state law requires 287(g) agreements
  ice-facts claims --status outdated     what the articles say that no longer holds

'ice-facts --help' lists every command; 'ice-facts COMMAND --help' shows examples of one."""


class LazyGroup(TyperGroup):
    """A group that lists its commands from a table and builds only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        module = importlib.import_module(f"ice_facts.cli.{found.module}")
        return module.build(cmd_name, found)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            panels.setdefault(command.panel, []).append((name, command.summary))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from ice_facts.queries.about import data_version
        from ice_facts.store import Store

        typer.echo(f"ice-facts {__version__}")
        typer.echo(f"data {data_version(Store())}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            is_eager=True,
            callback=_print_version,
            help="Show the version of the program and the date of the data, and exit.",
        ),
    ] = False,
) -> None:
    """How US cities, counties and states deal with federal immigration enforcement.

    Every fact has a source, a date and a status; it works without a network.
    """
    if context.invoked_subcommand is None:
        typer.echo(START)
