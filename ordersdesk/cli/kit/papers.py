"""Where papers go from the command line: on which paper, to which printer, folder or file, or only on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import one_of, setting_of
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from ordersdesk.cli.kit.setting import Setting
    from ordersdesk.printing.forms.form import Form

FORMS = ("a4", "a5", "continuous", "escp", "thermal", "text")
FOLDER = "papers"  # where papers go unless somewhere else is named, in the desk's home
On = Annotated[str, typer.Option("--form", metavar="FORM", help=_("a4, a5, continuous, escp, thermal or text."))]
To = Annotated[str, typer.Option(metavar="PLACE", help=_("A printer, a folder/ or a file; papers/ in the home."))]
Replace = Annotated[bool, typer.Option("--replace", help=_("Over an older file of this name."))]
Preview = Annotated[bool, typer.Option("--preview", help=_("Only show them, as plain text."))]


def place_of(setting: Setting, to: str) -> str | Path:
    """Return where papers go: the named place, else the folder of the desk."""
    return to or f"{setting.home / FOLDER}/"


def show_pages(ctx: typer.Context, numbers: Sequence[str], pages: Sequence[Sequence[str]]) -> None:
    """Show pages exactly as the text form prints them."""
    from ordersdesk.cli.kit.telling import tell_json
    from ordersdesk.printing.devices.plain import BREAK

    if setting_of(ctx).json:
        tell_json({"numbers": list(numbers), "pages": pages})
    else:
        print(BREAK.join("\n".join(page) for page in pages))


def issue_papers(
    ctx: typer.Context, forms: Sequence[Form], paper: str, to: str, *, replace: bool = False, preview: bool = False
) -> None:
    """Show papers as plain text, or make and deliver them; several go into one file."""
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.printing.devices.plain import leaves
    from ordersdesk.printing.output import issue

    setting, numbers = setting_of(ctx), [form.number for form in forms]
    one_of("--form", paper, FORMS)
    if preview:
        show_pages(ctx, numbers, leaves(forms))
        return
    places = issue(forms, paper, place_of(setting, to), setting.home / "forms", title=numbers[0], replace=replace)
    if setting.json:
        tell_json({"numbers": numbers, "places": places})
    else:
        say(_("{numbers} printed: {places}").format(numbers=word_list(numbers), places=word_list(places)))
