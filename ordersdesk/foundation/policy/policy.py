"""The policy: every number of the handbook with its rule, from `data/policy.toml` and the site's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from ordersdesk.foundation.policy import paper_settings, settings, slip_settings
from ordersdesk.foundation.policy.allowed import allowed, nearest, written
from ordersdesk.foundation.policy.approval_settings import Approvals, Changes
from ordersdesk.foundation.policy.value_types import Rule, Section
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused

DEFAULTS = "policy.toml"
# Keys that a site may still have from before, with what stands in their place.
FORMER = {
    "delivery.waves": N_(
        "Write delivery.departures for the vans of every day (DLV-2), delivery.urgent_cars for urgent goods (DLV-4)."
    ),
}


class Policy(BaseModel):
    """What is in force: the defaults of the house with what the site changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    branch: settings.Branch
    firm: paper_settings.Firm
    clock: settings.ClockLimits
    users: settings.Users
    phones: settings.Phones
    customers: settings.Customers
    catalogue: settings.Catalogue
    stock: settings.Stock
    calls: settings.Calls
    orders: settings.Orders
    approvals: Approvals
    changes: Changes
    sheets: paper_settings.Sheets
    delivery: settings.Delivery
    slips: slip_settings.Slips
    carriage: slip_settings.Carriage
    valuable: slip_settings.Valuable
    pads: slip_settings.Pads
    calendar: settings.Calendar
    choices: settings.Choices
    _site: str = PrivateAttr(default="")
    _changed: frozenset[str] = PrivateAttr(default=frozenset())

    def source(self, key: str) -> str:
        """Say where a value comes from: the site's file, or the defaults."""
        return self._site if key in self._changed else DEFAULTS


class Row(NamedTuple):
    """One value of the policy as `policy show` lists it."""

    key: str
    value: str
    rule: str
    source: str


def load(site: Path | None = None) -> Policy:
    """Return the policy in force; a wrong site file is refused naming key, value and what is allowed."""
    own = _read(site) if site else {}
    for unknown in _unknown_occasions(own):
        raise unknown
    policy = _checked(_merged(_defaults(), own))
    if site:
        policy._site = str(site)  # pyright: ignore[reportPrivateUsage]
        policy._changed = frozenset(_keys(own))  # pyright: ignore[reportPrivateUsage]
    return policy


def faults(site: Path) -> list[Refused]:
    """Return everything that is wrong with a site's file, each with key, value and what is allowed."""
    try:
        own = _read(site)
    except Refused as unread:
        return [unread]
    found = _unknown_occasions(own)
    try:
        _validated(_merged(_defaults(), own))
    except ValidationError as error:
        found += [_refusal(each) for each in error.errors(include_url=False, include_context=False)]
    return list({str(each): each for each in found}.values())


def rows(policy: Policy, rules: Mapping[str, str] = MappingProxyType({})) -> list[Row]:
    """List every value with its rule and where it comes from; `rules` are those of the occasions, by key."""
    return [
        Row(key, written(getattr(getattr(policy, name), last)), rules.get(key) or rule_of(section, last), source)
        for name, section in sections().items()
        for last in keys(name)
        for key in [f"{name}.{last}"]
        for source in [policy.source(key)]
    ]


def keys(name: str) -> list[str]:
    """Return the keys of a section: the occasions of approvals, then those that it says itself."""
    own = list(sections()[name].model_fields)
    return [*(key for key in _defaults()[name] if key not in own), *own]


def missing(policy: Policy) -> list[str]:
    """Return the keys of the firm that are still empty: papers leave them out."""
    return [f"firm.{key}" for key, value in policy.firm if not value.strip()]


def sections() -> dict[str, type[Section]]:
    """Return the sections of the policy by name."""
    return {name: cast("type[Section]", field.annotation) for name, field in Policy.model_fields.items()}


def rule_of(section: type[Section], key: str) -> str:
    """Return the rule a value belongs to; an occasion's own is said by the room that asks."""
    field = section.model_fields.get(key)
    return next(mark.id for mark in field.metadata if isinstance(mark, Rule)) if field else section.rule


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, Any]:
    return _read(data_path(DEFAULTS))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            "POL-1",
            _("The policy file {file} cannot be read: {reason}.").format(file=path, reason=error),
            mend=_("Correct the file, or start without it."),
        ) from error


def _merged(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the site's values over the defaults: tables are added to, everything else is replaced."""
    merged = dict(defaults)
    for key, value in own.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, dict)
        merged[key] = _merged(cast("dict[str, Any]", under), cast("dict[str, Any]", value)) if both else value
    return merged


def _keys(own: Mapping[str, Any]) -> Iterator[str]:
    for name, section in own.items():
        yield from (f"{name}.{key}" for key in section)


def _checked(values: dict[str, Any]) -> Policy:
    try:
        return _validated(values)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_context=False)[0]) from error


def _validated(values: dict[str, Any]) -> Policy:
    occasions = frozenset(key for key, value in _defaults()["approvals"].items() if isinstance(value, dict))
    return Policy.model_validate(values, context=occasions)


def _unknown_occasions(own: Mapping[str, Any]) -> list[Refused]:
    section = own.get("approvals")
    names = cast("dict[str, Any]", section) if isinstance(section, dict) else {}
    return [_unknown(["approvals", name], Approvals) for name in names if name not in _defaults()["approvals"]]


def _refusal(error: ErrorDetails) -> Refused:
    place = [str(step) for step in error["loc"]]
    section = sections().get(place[0])
    if section is None or (len(place) > 1 and place[1] not in keys(place[0])):
        return _unknown(place, section)
    rule, choice = section.rule, _("a section [{name}]").format(name=place[0])
    if len(place) > 1:
        rule, choice = rule_of(section, place[1]), allowed(section, place[1])
    return Refused(
        rule,
        _("Policy {key} = {value} is not allowed.").format(key=".".join(place), value=written(error["input"])),
        mend=_("Allowed: {allowed}.").format(allowed=choice),
        field=".".join(place[:2]),
    )


def _unknown(place: list[str], section: type[Section] | None) -> Refused:
    known = keys(place[0]) if section and len(place) > 1 else list(sections())
    former = FORMER.get(".".join(place[:2]), "")
    return Refused(
        "POL-1",
        _("The policy knows no {key}.").format(key=".".join(place)),
        mend=_(former) or _("Allowed: {allowed}.").format(allowed=nearest(place[-1], known)),
        field=".".join(place),
    )
