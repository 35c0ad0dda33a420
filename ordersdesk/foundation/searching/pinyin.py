"""How Chinese names are read: full pinyin, surnames as surnames, characters in each of their readings (CUS-2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from ordersdesk.foundation.searching.pinyin_words import first_word, library, spoken, toneless

END = 10  # characters at the end of a name whose reading is kept

# Characters that are read otherwise when they are a surname; a dictionary of words does not know.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "盖": "ge", "任": "ren",
    "朴": "piao", "覃": "qin", "万": "wan", "黑": "he", "员": "yun", "尉": "yu", "冼": "xian", "翟": "zhai",
    "乐": "yue", "重": "chong", "缪": "miao", "种": "chong", "华": "hua", "葛": "ge", "燕": "yan", "召": "shao",
    "折": "she", "繁": "po", "秘": "bi", "洗": "xian", "薄": "bo", "谌": "chen", "隗": "wei", "逄": "pang",
    "长孙": "zhang sun", "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "澹台": "tan tai", "鲜于": "xian yu",
    "令狐": "ling hu", "夏侯": "xia hou", "宇文": "yu wen", "皇甫": "huang fu",
}  # fmt: skip


# Surnames of two characters that are read as they are always read.
COMPOUND = frozenset(
    ["欧阳", "上官", "诸葛", "司马", "司徒", "司空", "东方", "公孙", "慕容", "轩辕", "端木", "南宫", "独孤", "闻人",
     "赫连", "钟离", "濮阳", "淳于", "太史", "申屠", "百里", "呼延", "东郭", "南门", "公羊", "宇文", "拓跋", "完颜"]
)  # fmt: skip


def syllables(han: str) -> tuple[str, ...]:
    """Return the reading of each character, as words are read: 重庆 is chong qing."""
    read: list[str] = []
    while len(han) > END:
        word = first_word(han)
        read += _word(word)
        han = han[len(word) :]
    return (*read, *_end(han))


@lru_cache(maxsize=20_000)  # a million names begin in many ways and end in few
def _end(han: str) -> tuple[str, ...]:
    if not han:
        return ()
    word = first_word(han)
    return (*_word(word), *_end(han[len(word) :]))


@lru_cache(maxsize=20_000)  # a million names are made of few words
def _word(han: str) -> tuple[str, ...]:
    spelled = map(toneless(), spoken(han)) if len(han) > 1 else library().lazy_pinyin(han)
    return tuple(map(_plain, spelled))


def surname_first(han: str) -> tuple[str, ...]:
    """Return the reading of a person's name: 单 is shan, not dan; given names are no words, so read one by one."""
    length = next((length for length in (2, 1) if han[:length] in SURNAMES), 0)
    surname = SURNAMES[han[:length]].split() if length else []
    return (*surname, *chain.from_iterable(map(_word, han[length:])))


def readings(han: str, *, person: bool | None = None) -> set[tuple[str, ...]]:
    """Return how a name may be read: as a person's, as words, or both when nobody says which it is."""
    if not han:
        return set()
    if person is not None:
        return {surname_first(han) if person else syllables(han)}
    named = han[:2] in SURNAMES or han[:1] in SURNAMES
    return {surname_first(han), syllables(han)} if named else {syllables(han)}


def sounds(char: str) -> tuple[str, ...]:
    """Return every reading of one character: 晟 is cheng and sheng."""
    read = library()
    return tuple(dict.fromkeys(map(_plain, read.pinyin(char, style=read.Style.NORMAL, heteronym=True)[0])))


def variants(han: str, reading: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the places of a reading where one character is read otherwise too, and how.

    Nobody who types a name read in two uncommon ways at once is served by it: that would be a hundred readings.
    """
    for place, other in enumerate(map(_others, han, reading)):
        for sound in other:
            yield place, sound


@lru_cache(maxsize=20_000)
def _others(char: str, read: str) -> tuple[str, ...]:
    return tuple(sound for sound in sounds(char) if sound != read)


def surname_length(han: str) -> int:
    """Return how many characters of a person's name are the surname: 欧阳 is one."""
    return 2 if len(han) > 2 and (han[:2] in COMPOUND or han[:2] in SURNAMES) else 1


def _plain(syllable: str) -> str:
    return syllable.replace("ü", "v")
