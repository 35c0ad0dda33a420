"""Finding by terms: the table they stand in and the range scans over it, the same for every room (CUS-2, CAT-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from json import JSONEncoder
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, String, Table, bindparam, delete, func, insert, select
from sqlmodel import Field, Session, SQLModel

from ordersdesk.foundation.searching.terms import keys, phrase, pieces, squeezed, words
from ordersdesk.foundation.store.bulk import append
from ordersdesk.foundation.store.prepared import Prepared

SCANNED = 60  # rows of a scan: enough for a page of results after the same thing twice is dropped
COUNTED = 2_000  # from here two words are both common
LONGEST_QUERY = 200  # characters that are looked at
MOST_WORDS = 8
SIFTED = 20_000  # rows in which a second word is looked for
GATHERED = 5_000  # rows of new terms that wait in memory
_LAST = "\U0010ffff"  # sorts after everything that can be typed

# Sorted by bytes on both databases: a language's own order would not let a prefix be a range.
_TERM = String().with_variant(String(collation="C"), "postgresql")
TERM_TABLE: dict[str, Any] = {"sqlite_with_rowid": False}


class TermRow(SQLModel):
    """What a table of terms has; a room writes `class CustomerTerm(TermRow, table=True)` with a name and `TERM_TABLE`.

    No foreign key: checking one for each of ten terms would double the time of an import.
    """

    term: str = Field(primary_key=True, sa_type=_TERM)  # type: ignore[call-overload]
    owner_id: int = Field(primary_key=True)
    why: str = Field(primary_key=True)


@dataclass(frozen=True)
class Searched:
    """One kind of thing to find: its terms, and the column with all it is found by."""

    terms: Table
    owners: Table
    text: Column[str]


class Hit(NamedTuple):
    """One thing found, and why: the kind of term and the term itself."""

    owner_id: int
    why: str
    term: str


def finding(session: Session, searched: Searched, query: str, *, limit: int = SCANNED) -> list[Hit]:
    """Return what a query finds: first where it stands as it was typed, then where all its words stand."""
    query = query[:LONGEST_QUERY]
    split, whole, close = words(query)[:MOST_WORDS], phrase(query), squeezed(query)
    found = starting(session, searched, whole, parts=split, limit=limit)
    if len(found) < limit and close != whole and close.isalpha():
        found += starting(session, searched, close, limit=limit)  # `chen chen` is 陈晨 as well
    # One token such as `张江路123号` is meant as it stands; only when nowhere does, its words are looked for apart.
    if len(split) > 1 and len(found) < limit and not (found and len(query.split()) == 1):
        found += _matching(session, searched, split, limit=limit)
    return _once(found or _pasted(session, searched, query, close, limit=limit))


def starting(
    session: Session, searched: Searched, word: str, *, parts: Sequence[str] = (), limit: int = SCANNED
) -> list[Hit]:
    """Return what has a term beginning with the word, shortest first.

    A word longer than its terms must be in the text of what its rarest part finds.
    """
    if not word:
        return []
    prefixes = keys(word)
    if prefixes == (word,):
        rows = _range(searched.terms).rows(session, **_bounds(word), most=limit)
        return _once(Hit(*row) for row in rows)
    prefixes += tuple(prefix for part in parts if part != word for prefix in keys(part))
    rarest = prefixes[0] if len(prefixes) == 1 else min(_counted(session, searched.terms, prefixes))[1]
    return _once(_sifted(session, searched, rarest, [word], limit=limit))


def _matching(session: Session, searched: Searched, split: Sequence[str], *, limit: int) -> list[Hit]:
    """Scan the rarest word and look for the others in what it finds."""
    counted = {word: min(_counted(session, searched.terms, keys(word))) for word in split}
    # A word that begins no term may still stand in the middle of a text.
    begun = [word for word in split if counted[word][0]] or split
    rarest = min(begun, key=lambda word: (counted[word][0], -len(word)))
    prefix = counted[rarest][1]
    others = [word for word in split if word != prefix]
    return _sifted(session, searched, prefix, others, limit=limit)


def _pasted(session: Session, searched: Searched, query: str, close: str, *, limit: int) -> list[Hit]:
    """Find a text as it is stored, whatever stands between its words: from its rarest piece that begins a term."""
    counted = [(count, piece) for count, piece in _counted(session, searched.terms, pieces(query)) if count]
    return _sifted(session, searched, min(counted)[1], [close], limit=limit) if counted else []


def _counted(session: Session, terms: Table, prefixes: Sequence[str]) -> list[tuple[int, str]]:
    """Count the terms that begin so, as far as it matters which are fewer."""
    count = _count(terms)
    return [(count.rows(session, **_bounds(prefix), most=COUNTED)[0][0], prefix) for prefix in prefixes]


def _sifted(session: Session, searched: Searched, prefix: str, contained: Sequence[str], *, limit: int) -> list[Hit]:
    sift = _sift(searched.terms, searched.owners, searched.text.name, len(contained))
    held = {f"held{place}": f"%{literal(each)}%" for place, each in enumerate(contained)}
    return [Hit(*row) for row in sift.rows(session, **_bounds(prefix), **held, most=SIFTED, shown=limit)]


def literal(text: str) -> str:
    """Return the text as a LIKE pattern that means itself, `%` and `_` included."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _bounds(prefix: str) -> dict[str, str]:
    return {"first": prefix, "last": prefix + _LAST}


def _scan(terms: Table) -> Select[Any, Any, Any]:
    between = (terms.c.term >= bindparam("first"), terms.c.term < bindparam("last"))
    columns = (terms.c.owner_id, terms.c.why, terms.c.term)
    in_order = (terms.c.term, terms.c.owner_id, terms.c.why)
    return select(*columns).where(*between).order_by(*in_order).limit(bindparam("most"))


@cache
def _range(terms: Table) -> Prepared:
    return Prepared(_scan(terms))


@cache
def _count(terms: Table) -> Prepared:
    return Prepared(select(func.count()).select_from(_scan(terms).order_by(None).subquery()))


@cache
def _sift(terms: Table, owners: Table, text: str, others: int) -> Prepared:
    found = _scan(terms).subquery()
    holding = [owners.c[text].like(bindparam(f"held{place}"), escape="\\") for place in range(others)]
    joined = select(found).join(owners, owners.c.id == found.c.owner_id).where(*holding)
    return Prepared(joined.limit(bindparam("shown")))


def _once(hits: Iterable[Hit]) -> list[Hit]:
    first: dict[int, Hit] = {}
    for hit in hits:
        first.setdefault(hit.owner_id, hit)
    return list(first.values())


def replace_terms(
    session: Session, terms: Table, owner_id: int, *, old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]
) -> None:
    """Bring the (why, term) pairs of one thing from what they were to what they are, in the caller's transaction."""
    before, after = set(old), set(new)
    connection = session.connection()
    for why, term in sorted(before - after):
        same = (terms.c.term == term) & (terms.c.owner_id == owner_id) & (terms.c.why == why)
        connection.execute(delete(terms).where(same))
    added = [{"term": term, "owner_id": owner_id, "why": why} for why, term in sorted(after - before)]
    if added:
        connection.execute(insert(terms), added)


class NewTerms:
    """The terms of many new things: gathered part by part, written in one go in the order of their key.

    Millions of terms put in one by one would cost more than all else of an import, and a table that is filled out of
    order is written several times over: SQLite takes them apart and sorts them itself, on the disk if need be.
    """

    def __init__(self, session: Session, terms: Table) -> None:
        self._session = session
        self._terms = terms
        self._waiting = f"new_{terms.name}"
        self._connection = session.connection()
        self._is_sorted_later = self._connection.dialect.name == "sqlite"
        self._gathered: list[tuple[Any, ...]] = []
        if self._is_sorted_later:
            self._run("CREATE TEMP TABLE {waiting} (owner_id, why, terms)")

    def gather(self, owner: int, found: Mapping[str, Iterable[str]]) -> None:
        """Take in the terms of a new thing by why they find it; it has none yet."""
        if self._is_sorted_later:
            self._gathered += [(owner, why, _listed(terms)) for why, terms in found.items()]
        else:
            self._gathered += [(term, owner, why) for why, terms in found.items() for term in terms]
        if len(self._gathered) >= (GATHERED if self._is_sorted_later else GATHERED * 10):
            self._store()

    def _store(self) -> None:
        rows, self._gathered = self._gathered, []
        if self._is_sorted_later:
            self._run("INSERT INTO temp.{waiting} VALUES (?, ?, ?)", rows)
        else:
            append(self._session, self._terms, _COLUMNS, sorted(rows))

    def write(self) -> None:
        """Write what was gathered."""
        self._store()
        if self._is_sorted_later:
            self._run(
                "INSERT INTO {terms} (term, owner_id, why) SELECT each.value, owner_id, why"
                " FROM temp.{waiting}, json_each(temp.{waiting}.terms) AS each ORDER BY 1, 2, 3"
            )
            self._run("DROP TABLE temp.{waiting}")

    def _run(self, statement: str, rows: list[tuple[Any, ...]] | None = None) -> None:
        named = statement.format(terms=f'"{self._terms.name}"', waiting=f'"{self._waiting}"')
        if rows is None or rows:
            self._connection.exec_driver_sql(named, rows)


_COLUMNS = ("term", "owner_id", "why")
_ENCODED = JSONEncoder(ensure_ascii=False).encode


def _listed(terms: Iterable[str]) -> str:
    """Write a JSON list: folded terms hold no line ends, and the library would take four times as long."""
    joined = "\n".join(terms)
    if '"' in joined or "\\" in joined:
        return _ENCODED(joined.split("\n"))
    return '["' + joined.replace("\n", '","') + '"]' if joined else "[]"
