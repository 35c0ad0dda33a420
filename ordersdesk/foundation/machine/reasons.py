"""Why a file or folder cannot be used, in the language being spoken: the system's own words are English."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from ordersdesk.foundation.texts.language import N_, _

_WORDS: Mapping[int, str] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("you have no right to it"),
    errno.EPERM: N_("you have no right to it"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk does not work"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EEXIST: N_("there is one already"),
    errno.EBUSY: N_("another program has it"),
}


def reason(error: BaseException) -> str:
    """Say why, as a part of a sentence; what has no words here is said as the system says it."""
    words = _WORDS.get(error.errno or 0) if isinstance(error, OSError) else None
    return _(words) if words else str(getattr(error, "strerror", None) or error)
