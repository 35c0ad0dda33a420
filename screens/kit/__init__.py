"""Lists, pages and questions made from the declaration of a kind of document."""
