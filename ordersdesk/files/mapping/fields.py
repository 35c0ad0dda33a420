"""The fields a file can bring, and the kinds of record they make up: the nouns of the tables in `kinds`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ordersdesk.foundation.texts.language import N_, current
from ordersdesk.foundation.texts.texts import NAME

Type = Literal[
    "text", "note", "code", "phone", "whole", "money", "percent", "share", "date", "moment", "span", "choice",
    "yes",
]  # fmt: skip
TYPE_NAMES: dict[str, str] = {
    "text": N_("text"),
    "note": N_("text of several lines"),
    "code": N_("code"),
    "phone": N_("phone numbers"),
    "whole": N_("whole number"),
    "money": N_("amount"),
    "percent": N_("percent, such as 13 or 13%"),
    "share": N_("part, such as 15% or 0.15"),
    "date": N_("day"),
    "moment": N_("day, with or without the time"),
    "span": N_("length of time, such as 166 (seconds) or 0:02:46"),
    "yes": N_("yes or no"),
}
# What forms put behind a column's name; never a unit of another size, such as kg.
_REMARK = re.compile(
    r"[(\[【]\s*(?:非?必[填须录选]项?|[选可]填|可选|可空|可不填|不可为空|不能为空|唯一|required|mandatory|optional|元|人民币|rmb|cny|¥|￥)\s*[)\]】]",
    re.IGNORECASE,
)
# The characters of column names as Taiwan and Hong Kong write them: 客戶名稱 is 客户名称.
_SIMPLIFIED = str.maketrans(
    "專業個買產倉價會傳體餘冊凍別務區協單縣發變號員國備復頭實審屬庫應開棄錄態總戶報掛數斷無時機條來標點狀"
    "現電碼離積稱稅類級納線組結統編網聯裝規計訂議記設訪識訴話詢語調賬帳貨質購貴費轉運進適郵裡鈴銀銷錯長門"
    "閉間際項預顏額註",
    "专业个买产仓价会传体余册冻别务区协单县发变号员国备复头实审属库应开弃录态总户报挂数断无时机条来标点状"
    "现电码离积称税类级纳线组结统编网联装规计订议记设访识诉话询语调账账货质购贵费转运进适邮里铃银销错长门"
    "闭间际项预颜额注",
)
_NOISE = re.compile(r"[\s_\-:：*()（）/.]+")


def plain_name(header: str) -> str:
    """Return a column name as it is compared: simplified, without case, width, spaces, marks and `（必填）`."""
    plain = unicodedata.normalize("NFKC", header).translate(_SIMPLIFIED)
    return _NOISE.sub("", _REMARK.sub("", plain)).casefold()


@dataclass(frozen=True)
class Field:
    """One field: its type, the headers it is known under (apart by `|`), and a choice's values with their spellings."""

    name: str
    type: Type
    known_as: str
    required: bool = False
    longest: int = NAME
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    own: bool = False
    """Every row has its own: one amount over several merged rows cannot be each row's."""
    filled: bool = False
    """Where there is a column for it, every row says it."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, the English one first."""
        return tuple(self.known_as.split("|"))

    @property
    def label(self) -> str:
        """The header in the language being spoken: what problems and exports call the field."""
        chinese = next((header for header in self.headers if not header.isascii()), self.headers[0])
        return chinese if current() == "zh_CN" else self.headers[0]

    def is_named(self, header: str) -> bool:
        """Return whether a column is obviously this field."""
        return plain_name(header) in {plain_name(name) for name in (self.name, *self.headers)}

    @cached_property
    def spelled(self) -> dict[str, str]:
        """Every accepted spelling of each choice."""
        pairs = ((plain_name(word), value) for value, words in self.choices.items() for word in (value, *words))
        return dict(pairs)


def choice(name: str, known_as: str, values: str, *, required: bool = False) -> Field:
    """Declare a field that is one of some values, written `value: spelling, spelling; value`."""
    choices: dict[str, tuple[str, ...]] = {}
    for said in values.split(";"):
        value, _colon, words = said.partition(":")
        choices[value.strip()] = tuple(word.strip() for word in words.split(",") if word.strip())
    return Field(name, "choice", known_as, required, choices=choices)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its fields, and which of them together say that two rows mean the same thing."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    is_grouped: bool = False
    per_row: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return a field by name."""
        return next((each for each in self.fields if each.name == name), None)
