"""The dictionary of Chinese words is all there and takes little of a desk's memory (CUS-2)."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources

import pytest

from ordersdesk.foundation.searching.pinyin import readings, sounds, syllables
from ordersdesk.foundation.searching.pinyin_words import first_word, spoken

MEBIBYTES = 30  # of the library's own objects it would be 55
GROWTH = """
import pathlib
from ordersdesk.foundation.searching import pinyin
def resident(): return int(pathlib.Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) // 1024
before = resident()
pinyin.readings("重庆办公用品有限公司"), pinyin.sounds("晟")
print(resident() - before)
"""


def test_every_word_of_the_dictionary_is_read_as_it_stands_there() -> None:
    held = json.loads(resources.files("pypinyin").joinpath("phrases_dict.json").read_text("utf-8"))
    said = {word: tuple(first for first, *_others in read) for word, read in held.items()}
    assert {word: spoken(word) for word in held} == said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *[("重庆银行", "重庆"), ("一丁点儿小", "一丁点儿"), ("吕布音乐", "吕"), ("中A国", "中"), ("国", "国")],
        *[("", ""), ("重\n庆", "重"), ("\n重庆", "\n"), ("重庆\0chóng", "重庆"), ("庆\0", "庆")],
    ],
)
def test_a_text_begins_with_the_longest_word_there_is(text: str, word: str) -> None:
    assert first_word(text) == word


@pytest.mark.parametrize("before", ["", "吕", "上海", "明源科技发展", "中华人民共和国明源科技发展"])
def test_the_end_of_a_name_is_read_alike_behind_any_beginning(before: str) -> None:
    assert syllables(f"{before}重庆音乐银行")[len(before) :] == ("chong", "qing", "yin", "yue", "yin", "hang")


def test_words_are_read_as_words_and_characters_in_each_way() -> None:
    assert syllables("重庆音乐") == ("chong", "qing", "yin", "yue")
    assert readings("单晓明") == {("shan", "xiao", "ming"), ("dan", "xiao", "ming")}
    assert (syllables("绿"), sounds("乐")[:2], spoken("A4")) == (("lv",), ("le", "yue"), ())


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_first_chinese_name_a_desk_saves_takes_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < MEBIBYTES
