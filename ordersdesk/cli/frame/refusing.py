"""How a refusal leaves the program: rule, sentence and what to do, for people or for programs."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ordersdesk.foundation.texts.language import _, bracketed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import escaped, shown


def refusal(no: Refused) -> dict[str, Any]:
    """Return a refusal as programs read it, with every finding when it carries several."""
    told: dict[str, Any] = {"rule": no.rule, "message": no.message, "mend": no.mend, "field": no.field}
    findings = getattr(no, "findings", ())
    if findings:
        told["findings"] = [
            {
                "rule": one.rule,
                "weight": one.weight.value,
                "field": one.field,
                "message": one.sentence(),
                "key": one.key,
            }
            for one in findings
        ]
    return {"refused": told}


def tell_refusal(no: Refused, *, as_json: bool) -> None:
    """Print a refusal: as JSON on stdout, else in sentences on stderr."""
    if as_json:
        print(escaped(json.dumps(refusal(no), ensure_ascii=False, indent=2)))
        return
    for line in sentences(no):
        print(shown(line), file=sys.stderr)


def sentences(no: Refused) -> list[str]:
    """Return what a person reads: every finding, then what to do."""
    findings = getattr(no, "findings", ())
    if not findings:
        return [line for line in (under(no.rule, no.message), no.mend) if line]
    told = [under(bracketed(one.rule, place_said(one.field)), one.sentence()) for one in findings]
    asked = [one.key for one in findings if one.weight.value == "ask"]
    if asked and asked == [one.key for one in findings if one.weight.value != "review"]:
        yes = ", ".join(f'"{key}"' for key in asked)
        return [*told, _('Ask the customer; to say yes put into the order: "accepted": [{keys}]').format(keys=yes)]
    return [*told, no.mend]


def place_said(field: str) -> str:
    """Name the field of an order that is meant: `lines.0.quantity` is the quantity of its first line."""
    from ordersdesk.orders.terms.labels import FIELDS

    known = field.split(".")
    name = _(FIELDS.get(known[-1], known[-1]))
    if known[0] == "lines" and len(known) == 3:
        return _("{field}, line {line}").format(field=name, line=int(known[1]) + 1)
    return name


def under(rule: str, sentence: str) -> str:
    """Put a rule's id before a sentence, as the language writes it."""
    return _("{rule}: {sentence}").format(rule=rule, sentence=sentence)


def close_quietly() -> None:
    """Leave stdout alone after its reader has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
