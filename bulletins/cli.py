"""The command `bulletins`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bulletins import (
    crawl_commands,
    database_commands,
    diff_commands,
    erase_commands,
    explain_commands,
    outlet_commands,
    place_commands,
    stack_commands,
    story_commands,
)
from bulletins.console import err
from bulletins.home import apply_dotenv
from crawlers.records import BulletinsError

EPILOG = """
Exit codes: 0 done; 1 a failed check or run; 2 a wrong command line; 3 something is missing or down and the message says
what to do; 10 a crawl that is complete but lost some pages; 20 a crawl that may be tried again; 30 one that may not;
40 one that the outlet's own rules forbid; 130 stopped by Ctrl-C.
"""

app = typer.Typer(
    name="bulletins",
    help="Crawl, clean, deduplicate, tag and load the news on the Syria conflict.\n\n"
    "Begin with `bulletins demo`; it needs no network. State lives below BULLETINS_HOME (./var).",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
stack_commands.add_to(app)
crawl_commands.add_to(app)
outlet_commands.add_to(app)
database_commands.add_to(app)
explain_commands.add_to(app)
diff_commands.add_to(app)
story_commands.add_to(app)
erase_commands.add_to(app)
place_commands.add_to(app)


@app.callback()
def options(
    outlets: Annotated[
        Path | None,
        typer.Option(help="Folder of outlet declarations, instead of crawlers/outlets.", envvar="BULLETINS_OUTLETS"),
    ] = None,
) -> None:
    """Take the options that hold for all commands."""
    if outlets is not None:
        import os

        os.environ["BULLETINS_OUTLETS"] = str(outlets.absolute())


def main() -> None:
    """Run the command line; an expected error is one line that says what to do."""
    try:
        apply_dotenv()
        app()
    except BulletinsError as error:
        for line in str(error).splitlines():
            err.print(f"bulletins: {line}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(getattr(error, "exit_code", 3))
    except BrokenPipeError:
        sys.exit(0)  # the reader of our output, such as `head`, has had enough
    except KeyboardInterrupt:
        err.print("bulletins: stopped", style="yellow")
        sys.exit(130)


if __name__ == "__main__":
    main()
