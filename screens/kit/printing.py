"""Papers are printed from a screen: on which paper and where to is asked once a session, the work is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual import getters

from ordersdesk.delivery.papers.actions import On, Printed
from ordersdesk.foundation.machine.own_files import private_folder
from ordersdesk.foundation.texts.language import N_, NP_, _, in_turn, ngettext, with_more, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.papers import PAPERS
from screens.forms.asking_screen import AskingScreen
from screens.forms.form_field import Choice, FormField, Kind
from screens.seat.desk import OrderDesk

Print = Callable[[On], Printed]


class PrintingScreen(AskingScreen):
    """`put_on_paper` asks for the paper when it is not known yet; `printed` hears what became of it."""

    app = getters.app(OrderDesk)

    async def put_on_paper(self, work: Print) -> None:
        """Print; at first ask on which paper and where to."""
        if self.app.paper:
            self._print(work)
        else:
            await self.ask_paper(work)

    async def ask_paper(self, work: Print | None = None) -> None:
        """Ask for the paper, and print when there is something to print."""
        await self.question.ask(self._fields(), partial(self._paper_chosen, work))

    def printed(self, printed: Printed) -> Any:
        """Say what is on paper."""
        raise NotImplementedError

    def _fields(self) -> list[FormField]:
        known = self.app.paper
        usual = {"form": self.app.desk.policy.slips.form, "to": str(self.app.home / "papers") + "/"} | known
        papers = [Choice(name, paper.label) for name, paper in PAPERS.items()]
        return [
            FormField(
                "form", NP_("printer", "Paper"), required=True, kind=Kind.CHOICE, choices=papers, default=usual["form"],
                rule="SLP-3", help=N_("F4 shows the papers there are."),
            ),
            FormField(
                "to", N_("Where to"), required=True, default=usual["to"], rule="SLP-3",
                help=N_("A printer by its name, a folder or a file. It is remembered until you leave the desk."),
            ),
        ]  # fmt: skip

    async def _paper_chosen(self, work: Print | None, answers: Mapping[str, str]) -> None:
        self.app.paper = dict(answers)
        if work:
            self._print(work)
        else:
            await self.close_question()
            self.say(_("Slips go to {where} now.").format(where=answers["to"]), "good")

    def _print(self, work: Print) -> None:
        on = partial(_on, self.app.home, dict(self.app.paper))
        self.app.run_errand(
            self, lambda: work(on()), what=_("printing"), then=self._is_printed, refused=self._not_printed
        )

    async def _is_printed(self, printed: Printed) -> None:
        await self.close_question()
        self.printed(printed)

    def _not_printed(self, refused: Refused) -> None:
        """Ask anew next time: the paper or the place may be what was wrong."""
        if not self.is_asking and refused.field in WHERE:
            self.app.paper = {}
        self.app.refuse(refused)


WHERE = ("form", "to", "file")  # on what paper, and where to


def _on(home: Path, paper: Mapping[str, str]) -> On:
    """Return where to print; the desk's own folder is made when it is not there, another one is not."""
    own = home / "papers"
    if Path(paper["to"]) == own:
        private_folder(own)
    return On(to=paper["to"], form=paper["form"], own=home / "forms")


def told_printed(printed: Printed) -> tuple[str, str]:
    """Say what is on paper, and what is not and why; with the tone to say it in."""
    count = len(printed.numbers)
    where = word_list(printed.places)
    told = ngettext("{count} slip printed to {where}.", "{count} slips printed to {where}.", count).format(
        count=count, where=where
    )
    if not count:
        told = _("Nothing is printed.")
    if printed.skipped:
        first = printed.skipped[0]
        more = len(printed.skipped) - 1
        skipped = _("Not {slip}: {why}").format(slip=first.number, why=first.why)
        told = in_turn([told, with_more(skipped, more)])
    told = in_turn([told, printed.failed])
    return told, "warn" if printed.skipped or printed.failed or not count else "good"
