"""Which commands there are. Each lives in a module of its own; heavy imports happen when a command runs."""

import sys

import typer

from bot.cli import demo, operations, places
from bot.settings import SettingsError

app = typer.Typer(
    name="nguontin",
    help="Nguồn Tin: citizens' security tips, without giving the citizens away.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
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
