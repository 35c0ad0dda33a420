"""The printing room: lays a form out as a PDF or as plain text; it knows no order (SLP-3)."""
