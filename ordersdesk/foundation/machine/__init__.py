"""The machine around the desk: its files, its log, its telephone line."""
