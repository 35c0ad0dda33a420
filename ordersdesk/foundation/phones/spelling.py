"""The pre-pass over what people type for a phone, before any numbering plan is asked (CUS-3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What a phone system sends for a caller who does not show a number (lower case, after folding).
WITHHELD = frozenset({
    "", "anonymous", "unknown", "private", "withheld", "restricted", "unavailable", "blocked", "hidden", "null", "none",
    "no number", "no caller id", "未知", "未知号码", "匿名", "隐藏", "隐藏号码", "私人号码", "无号码", "不详",
})  # fmt: skip
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー─﹘⁃~・"), "-")
_LABEL = re.compile(
    r"^(?:(?:联系|办公|公司|固定|移动)?(?:电话|手机|座机|固话|总机|传真|号码|热线)号?码?"
    r"|(?:telephone|tel|phone|mobile|mob|cell|fax)(?![a-z]))[\s.:]*",
    re.IGNORECASE,
)
_MARK = (
    r"(?:转|轉|分机|分機|内线|;ext=|;?\s*(?<![a-z])ext(?:ension|ensi[oó]n|n)?"
    r"|xtensi[oó]n|xtensio|extn?|xtn|xt|x|#|доб|(?<![a-z])int)"
)
_EXTENSION = re.compile(rf"[\s,;-]*{_MARK}+号?[\s.:,=-]*(\d{{1,20}})\s*(?:#|分机|分機)?$", re.IGNORECASE)
_ONLY_EXTENSION = re.compile(rf"^{_MARK}+号?[\s.:,=-]*(\d{{1,20}})#?$", re.IGNORECASE)
_TAIL = re.compile(r"^(.*\d\)?)[\s-]+(\d{1,6})#?$")
_BRACKETS = re.compile(r"[(\[{<【《]([^()\[\]{}<>【】《》]*)[)\]}>】》]")
_SPLIT = re.compile(r"[/,、;|\n\\]+|\s或\s?|或")
_SIP = re.compile(r"<?\bsips?:([^@;>]*)@?[^>]*>?", re.IGNORECASE)
_PERSON = re.compile(r"^[^\W\d_]*[\u3400-\u9fff][^\W\d_]*[\s:]*(?=[+(\d])|(?<=\d)[\s:]*[\u3400-\u9fff]{1,8}$")


@dataclass(frozen=True)
class Spelled:
    """One phone as spelled: the dialled part, what a label marked as the extension, and a possible `-801` tail."""

    body: str
    extension: str = ""

    @property
    def digits(self) -> str:
        """The digits alone."""
        return "".join(char for char in self.body if char.isdigit())

    @property
    def is_international(self) -> bool:
        """Whether a plus or a double zero opens it."""
        return self.body.lstrip(" (-").startswith("+") or self.digits.startswith("00")

    @property
    def is_clean(self) -> bool:
        """Whether nothing but digits and the marks between them is left."""
        return bool(self.body) and not re.search(r"[^\d\s()+.·*'&-]", self.body) and "*" not in self.body

    def tail(self) -> tuple[str, str] | None:
        """Split `62345678-801` into number and extension, if it can be read so."""
        found = _TAIL.match(self.body)
        return (found[1], found[2]) if found and not self.extension else None


def plain(text: str) -> str:
    """Return the text with one form for each digit and dash, and without marks nobody sees."""
    if text.isascii():
        return text.strip()
    seen = (
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in ("Cf", "Cc", "Cs")
    )
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in seen)
    return digits.translate(_DASHES).strip()


def sip_user(text: str) -> str:
    """Return the number in a telephone system's `"Name" <sip:NUMBER@HOST>`, or the text itself."""
    found = _SIP.search(text)
    return found[1] if found else text


def pieces(text: str) -> list[str]:
    """Split where people write several numbers into one field."""
    return [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]


def only_extension(text: str) -> str:
    """Return the digits when the text is nothing but a marked extension such as `转802`."""
    found = _ONLY_EXTENSION.match(text)
    return found[1] if found else ""


def spelled(text: str, *, names: bool = True) -> Spelled:
    """Read one number: drop its label and a name beside it, open brackets, cut the marked extension."""
    body = _LABEL.sub("", _BRACKETS.sub(_opened, text)).strip()
    found = _EXTENSION.search(body)
    if found:
        body = body[: found.start()]
    body = _PERSON.sub("", body) if names else body
    return Spelled(body.strip(" ;,"), found[1] if found else "")


def _opened(brackets: re.Match[str]) -> str:
    inner = brackets[1].strip()
    if re.fullmatch(r"\+?[\d\s.-]+", inner):
        return f" {inner} "
    return f" {inner}" if only_extension(inner) else " "
