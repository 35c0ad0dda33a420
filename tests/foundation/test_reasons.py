"""Why a file cannot be used is said in the language being spoken."""

from __future__ import annotations

import errno

import pytest

from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.texts import language


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "没有这个文件或文件夹"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link"),
        (ValueError("embedded null byte"), "embedded null byte"),
    ],
)
def test_a_reason_is_said_in_chinese_or_as_the_system_says_it(error: BaseException, said: str) -> None:
    language.use("zh_CN")
    assert reason(error) == said
