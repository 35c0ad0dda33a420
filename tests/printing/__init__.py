"""The printing room: figures in words, cells, characters, pages."""
