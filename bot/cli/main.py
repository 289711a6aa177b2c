"""Which commands there are. Each lives in a module of its own; heavy imports happen when a command runs."""

import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli import demo, operations, places
from bot.settings import SettingsError

app = typer.Typer(
    name="nguontin",
    help="Nguồn Tin: citizens' security tips, without giving the citizens away.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        print(f"nguontin {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Nguồn Tin: citizens' security tips, without giving the citizens away."""


app.command()(operations.run)
app.command()(demo.demo)
app.command()(operations.check)
app.command()(operations.invite)
app.command()(operations.confirm)
app.command()(operations.recount)
app.command()(operations.digest)
app.command()(operations.keys)
app.command()(operations.alias)
app.command()(places.locate)
app.command()(places.posters)


def main() -> None:
    """Run the command line; a wrong setting is a sentence, not a traceback."""
    try:
        app()
    except SettingsError as error:
        sys.exit(str(error))
