"""THE list: every document kind with its table and flow. Start reading here."""

from __future__ import annotations
