"""Deciding: grant, deny or withdraw what a document of any kind waits for, also by a code (USR-2, USR-3, JOY-10)."""
