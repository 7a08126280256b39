"""Baseline: the least that a Typer program with one argument costs."""

import typer

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    """Print a name."""
    typer.echo(name)


app()
