"""Baseline: a Typer program that draws one Rich table."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    """Draw a table of one row."""
    table = Table("Name", "Length")
    table.add_row(name, str(len(name)))
    Console(force_terminal=True).print(table)


app()
