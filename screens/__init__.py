"""The screens of the desk. Import `screens.…` before Textual: it reads these settings when it is imported."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")  # a result waits for up to two ticks of the painter; 120 saves 9 ms a key
os.environ.setdefault("ESCDELAY", "25")  # a lone Escape waits this long for the rest of an escape sequence
