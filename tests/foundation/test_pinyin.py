"""The dictionary of Chinese words is all there and takes little of a desk's memory (CUS-2)."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources

import pytest

from ordersdesk.foundation.pinyin import readings, sounds, syllables
from ordersdesk.foundation.pinyin_words import LONGEST, cut, spoken

MEBIBYTES = 30  # of the library's own objects it would be 55
GROWTH = """
import pathlib
from ordersdesk.foundation import pinyin
def resident(): return int(pathlib.Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) // 1024
before = resident()
pinyin.readings("重庆办公用品有限公司"), pinyin.sounds("晟")
print(resident() - before)
"""


def test_every_word_of_the_dictionary_is_read_as_it_stands_there() -> None:
    held = json.loads(resources.files("pypinyin").joinpath("phrases_dict.json").read_text("utf-8"))
    said = {word: tuple(first for first, *_others in read) for word, read in held.items()}
    assert ({word: spoken(word) for word in held}, max(map(len, held))) == (said, LONGEST)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        *[("重庆银行", ["重庆", "银行"]), ("吕布音乐", ["吕", "布", "音乐"]), ("中A国", ["中", "A", "国"])],
        *[("", []), ("重\n庆", ["重", "\n", "庆"]), ("重庆\0chóng", ["重庆", "\0", *"chóng"])],
    ],
)
def test_a_text_is_cut_into_its_longest_words(text: str, pieces: list[str]) -> None:
    assert list(cut(text)) == pieces


def test_words_are_read_as_words_and_characters_in_each_way() -> None:
    assert syllables("重庆音乐") == ("chong", "qing", "yin", "yue")
    assert readings("单晓明") == {("shan", "xiao", "ming"), ("dan", "xiao", "ming")}
    assert (syllables("绿"), sounds("乐")[:2], spoken("A4")) == (("lv",), ("le", "yue"), ())


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_first_chinese_name_a_desk_saves_takes_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < MEBIBYTES
