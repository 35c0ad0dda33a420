"""How one comes in at the demo desk; apart from what fills it, which the running desk never loads."""

from __future__ import annotations

LOGIN, PASSWORD = "lin", "demo"
